/** A component's test report: TAP on the console, and the verdict as exit code of the machine. */

import { BOOT_SLOT_SYSTEM } from '../../../kernel-src/abi/boot-info.ts';
import { ERROR_OK } from '../../../kernel-src/abi/errors.ts';
import { type Outcome } from '../../../kernel-src/abi/outcome.ts';
import { printDecimal, printLine, printText } from '../../../user/lib/console.ts';
import { errorName } from '../../../user/lib/generated/names.ts';
import { systemShutdown } from '../../../user/lib/generated/operations.ts';

/** Checks so far, and how many of them failed. */
let checks: u64 = 0n;
let failures: u64 = 0n;

/** Reports one check. */
export function tapCheck(holds: boolean, what: Text): void {
  checks = checks + 1n;
  if (!holds) {
    failures = failures + 1n;
    printText('not ');
  }
  printText('ok ');
  printDecimal(checks);
  printText(' - ');
  printText(what);
  printLine();
}

function printOutcome(outcome: Outcome): void {
  printText(errorName(outcome.error));
  printText(' (');
  printDecimal(outcome.value);
  printText(')');
}

/** Whether an answer is the expected one. If not, a comment says what it was, and for which subject. */
export function tapAnswer(outcome: Outcome, error: u64, value: u64, subject: u64): boolean {
  if (outcome.error === error && outcome.value === value) return true;
  printText('# ');
  printDecimal(subject);
  printText(': found ');
  printOutcome(outcome);
  printText(', expected ');
  printText(errorName(error));
  printText(' (');
  printDecimal(value);
  printText(')');
  printLine();
  return false;
}

/** Whether an answer is Ok. If not, a comment says what it was, and for which subject. */
export function tapOk(outcome: Outcome, subject: u64): boolean {
  return tapAnswer(outcome, ERROR_OK, outcome.value, subject);
}

/** Prints the plan and switches the machine off: with 0 if every check held and there was one, else with 1. */
export function tapEnd(): never {
  printText('1..');
  printDecimal(checks);
  printLine();
  systemShutdown(u64(BOOT_SLOT_SYSTEM), failures === 0n && checks !== 0n ? 0n : 1n);
  unreachable();
}
