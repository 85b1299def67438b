/** Console: the console of the firmware, for bring-up. It has no object and no state. */

import { ERROR_BAD_ARGUMENT, ERROR_OK, ERROR_OUT_OF_RANGE } from '../abi/errors.ts';
import { type Outcome } from '../abi/outcome.ts';
import { type Operation } from '../capability/slot.ts';
import { consoleByte } from '../machine/console.ts';

/** Bytes that one call can write: as many as a register holds. */
const CONSOLE_BYTES: u64 = 8n;

/** Writes the lowest `count` bytes of `bytes`. */
export function consoleWrite(...[bytes, count]: Parameters<Operation>): Outcome {
  if (count === 0n || count > CONSOLE_BYTES) return { error: ERROR_OUT_OF_RANGE, value: CONSOLE_BYTES + 1n };
  if (count < CONSOLE_BYTES && bytes >> (count << 3n) !== 0n) return { error: ERROR_BAD_ARGUMENT, value: 0n };
  for (let index: u64 = 0n; index < CONSOLE_BYTES && index < count; index++) {
    consoleByte(u8.wrap(bytes >> (index << 3n)));
  }
  return { error: ERROR_OK, value: count };
}
