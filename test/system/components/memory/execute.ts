/** Code in memory of the component's own. */

import { memorySetWord } from '../../../../user/lib/memory.ts';

/** `addi a0, zero, 0` in the lower half and `jalr zero, 0(ra)` in the upper one; the immediate begins at bit 20. */
const RETURN_ZERO: u64 = 0x0000_8067_0000_0513n;
const IMMEDIATE_SHIFT: u64 = 20n;

/** Calls the code at an address, which the component can execute. Defined in `execute.S`. */
export declare function executeAt(address: u64): u64;

/** Writes a function that returns a number below 2048. */
export function writeFunction(address: u64, result: u64): void {
  memorySetWord(address, RETURN_ZERO | (result << IMMEDIATE_SHIFT));
}
