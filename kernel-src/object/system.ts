/** System: the machine as a whole. It has no object and no state. */

import { ERROR_OUT_OF_RANGE } from '../abi/errors.ts';
import { type Outcome } from '../abi/outcome.ts';
import { type Operation } from '../capability/slot.ts';
import { machineReboot, machineShutdown } from '../machine/power.ts';

/** The first exit code that is too large: a parent process sees 8 bits. */
const EXIT_CODES: u64 = 256n;

/** Switches the machine off. Returns only with an error. */
export function systemShutdown(...[code]: Parameters<Operation>): Outcome {
  if (code >= EXIT_CODES) return { error: ERROR_OUT_OF_RANGE, value: EXIT_CODES };
  machineShutdown(u32(code));
}

/** Starts the machine again. Does not return. */
export function systemReboot(...[]: Parameters<Operation>): Outcome {
  machineReboot();
}
