/** Answers of the kernel in words. */

import {
  ERROR_BAD_ARGUMENT,
  ERROR_BUSY,
  ERROR_DEAD,
  ERROR_EMPTY,
  ERROR_FAULTED,
  ERROR_IN_USE,
  ERROR_MISSING_RIGHTS,
  ERROR_NO_CAPABILITY,
  ERROR_NOT_EMPTY,
  ERROR_NOT_QUIESCENT,
  ERROR_OCCUPIED,
  ERROR_OK,
  ERROR_OUT_OF_RANGE,
  ERROR_OVERFLOW,
  ERROR_WRONG_HART,
  ERROR_WRONG_KIND,
  ERROR_WRONG_LEVEL,
  ERROR_WRONG_TYPE,
} from '../../kernel-src/abi/errors.ts';
import { FRAME_TYPE_DEAD } from '../../kernel-src/abi/frame-types.ts';
import { KIND_NONE } from '../../kernel-src/abi/kinds.ts';
import { type Outcome } from '../../kernel-src/abi/outcome.ts';
import { printDecimal, printHex, printText } from './console.ts';
import { wordCount, wordType } from './frames.ts';
import { errorName, frameTypeName, kindName, RIGHT_BITS, rightName } from './generated/names.ts';

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

/** Type and count of a frame's word: `User, count 1`. */
export function printFrameWord(word: u64): void {
  const type = wordType(word);
  printText(frameTypeName(type & ~FRAME_TYPE_DEAD));
  if ((type & FRAME_TYPE_DEAD) !== 0n) printText(', dead');
  printText(', count ');
  printDecimal(wordCount(word));
}

/** Rights by their names in a kind, each after a space; as a number if the kind is not known. */
function printRights(kind: u64, rights: u64): void {
  if (kind === KIND_NONE) {
    printText(' ');
    printHex(rights, 1);
    return;
  }
  for (let bit: u64 = 0n; bit < RIGHT_BITS; bit++) {
    if (((rights >> bit) & 1n) === 0n) continue;
    printText(' ');
    printText(rightName(kind, bit));
  }
}

/** What stands between the name of an error and its detail, a number. */
function beforeNumber(error: u64): Text {
  switch (error) {
    case ERROR_NO_CAPABILITY:
      return ' at level ';
    case ERROR_OUT_OF_RANGE:
    case ERROR_OVERFLOW:
      return ', limit ';
    case ERROR_IN_USE:
      return ', count ';
    case ERROR_NOT_EMPTY:
      return ', first one used: ';
    case ERROR_NOT_QUIESCENT:
      return ', stamp ';
    case ERROR_WRONG_LEVEL:
      return ': level ';
    case ERROR_WRONG_HART:
      return ': hart ';
    default:
      return ' ';
  }
}

/** The detail of an error as the manual explains it, after the error's name. `kind` is that of the capability which lacks rights. */
function printDetail(error: u64, detail: u64, kind: u64): void {
  switch (error) {
    case ERROR_EMPTY:
    case ERROR_BUSY:
    case ERROR_DEAD:
    case ERROR_FAULTED:
      return;
    case ERROR_BAD_ARGUMENT:
      printArgument(detail);
      return;
    case ERROR_WRONG_KIND:
    case ERROR_OCCUPIED:
      // A page table says no more than that the entry is in use.
      if (detail === KIND_NONE) return;
      printText(': ');
      printText(kindName(detail));
      return;
    case ERROR_WRONG_TYPE:
      printText(': ');
      printFrameWord(detail);
      return;
    case ERROR_MISSING_RIGHTS:
      printRights(kind, detail);
      return;
    default:
      printText(beforeNumber(error));
      printDecimal(detail);
  }
}

/** Prints an answer: the error's name and its detail, or Ok and the result. `kind`: of the capability whose rights a detail names, or none. */
export function printAnswer(outcome: Outcome, kind: u64): void {
  printText(errorName(outcome.error));
  if (outcome.error === ERROR_OK) {
    printText(' ');
    printDecimal(outcome.value);
  } else {
    printDetail(outcome.error, outcome.value, kind);
  }
}
