/** Answers of the kernel in words. */

import {
  ERROR_BAD_ARGUMENT,
  ERROR_BUSY,
  ERROR_EMPTY,
  ERROR_MISSING_RIGHTS,
  ERROR_NO_CAPABILITY,
  ERROR_OK,
  ERROR_OUT_OF_RANGE,
  ERROR_WRONG_KIND,
} from '../../kernel-src/abi/errors.ts';
import { type Outcome } from '../../kernel-src/abi/outcome.ts';
import { printDecimal, printHex, printText } from './console.ts';
import { errorName, kindName } from './generated/names.ts';

/** Detail of BadArgument for the register of the capability id. */
const CAPABILITY_REGISTER: u64 = 7n;

function printArgument(register: u64): void {
  if (register === CAPABILITY_REGISTER) {
    printText(' in the capability id');
  } else {
    printText(' in a');
    printDecimal(register);
  }
}

/** The detail of an error as the manual explains it, after the error's name. */
function printDetail(error: u64, detail: u64): void {
  if (error === ERROR_EMPTY || error === ERROR_BUSY) return;
  if (error === ERROR_BAD_ARGUMENT) {
    printArgument(detail);
    return;
  }
  if (error === ERROR_WRONG_KIND) {
    printText(': ');
    printText(kindName(detail));
    return;
  }
  if (error === ERROR_MISSING_RIGHTS) {
    printText(' ');
    printHex(detail, 1);
    return;
  }
  if (error === ERROR_NO_CAPABILITY) printText(' at level');
  if (error === ERROR_OUT_OF_RANGE) printText(', limit');
  printText(' ');
  printDecimal(detail);
}

/** Prints an answer: the error's name and its detail, or Ok and the result. */
export function printAnswer(outcome: Outcome): void {
  printText(errorName(outcome.error));
  if (outcome.error === ERROR_OK) {
    printText(' ');
    printDecimal(outcome.value);
  } else {
    printDetail(outcome.error, outcome.value);
  }
}
