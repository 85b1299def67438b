/** Measured system calls, and what a bench does when one of them answers something else than Ok. */

import { BOOT_SLOT_SYSTEM } from '../../kernel-src/abi/boot-info.ts';
import { ERROR_OK } from '../../kernel-src/abi/errors.ts';
import { type Outcome } from '../../kernel-src/abi/outcome.ts';
import { printDecimal, printLine, printText } from '../../user/lib/console.ts';
import { errorName } from '../../user/lib/generated/names.ts';
import { systemShutdown } from '../../user/lib/generated/operations.ts';

/** One system call: its error, and in `value` the instructions from before the call to after it. Defined in `measure.S`. */
export declare function measureCall(
  a0: u64,
  a1: u64,
  a2: u64,
  a3: u64,
  a4: u64,
  a5: u64,
  operation: u64,
  capability: u64,
): Outcome;
/** The instructions of a thousand `nop`s. Defined in `measure.S`. */
export declare function measureNothing(): u64;

/** Ends the bench with exit code 1. */
export function benchFail(what: Text, found: u64): never {
  printText('bench failed: ');
  printText(what);
  printText(': ');
  printDecimal(found);
  printLine();
  systemShutdown(u64(BOOT_SLOT_SYSTEM), 1n);
  unreachable();
}

/** The instructions of a call that must succeed. */
export function measured(outcome: Outcome, what: Text): u64 {
  if (outcome.error === ERROR_OK) return outcome.value;
  printText(errorName(outcome.error));
  printLine();
  benchFail(what, outcome.error);
}

/** Stops unless an answer is Ok. */
export function required(outcome: Outcome, what: Text): u64 {
  if (outcome.error === ERROR_OK) return outcome.value;
  printText(errorName(outcome.error));
  printLine();
  benchFail(what, outcome.value);
}
