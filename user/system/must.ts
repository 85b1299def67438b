/** What has to hold for the system to go on: else one line says what does not, and the machine is switched off. */

import { BOOT_SLOT_SYSTEM } from '../../kernel-src/abi/boot-info.ts';
import { printLine, printText } from '../lib/console.ts';
import { systemShutdown } from '../lib/generated/operations.ts';

/** The exit code when something does not hold. */
const EXIT_FAILURE: u64 = 1n;

/** Switches the machine off. */
export function powerOff(code: u64): never {
  systemShutdown(u64(BOOT_SLOT_SYSTEM), code);
  unreachable();
}

/** Goes on if it holds. */
export function mustBe(holds: boolean, what: Text, name: Text): void {
  if (holds) return;
  printText('system: not ');
  printText(what);
  printText(' ');
  printText(name);
  printLine();
  powerOff(EXIT_FAILURE);
}
