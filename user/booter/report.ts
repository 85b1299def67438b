/**
 * The booter's report: a title for each theme, a line for each fact: what was
 * done, and what came of it. Remembers whether everything was as expected.
 */

import { ERROR_OK } from '../../kernel-src/abi/errors.ts';
import { FRAME_WORD_TYPE_SHIFT } from '../../kernel-src/abi/frame-types.ts';
import { KIND_NONE } from '../../kernel-src/abi/kinds.ts';
import { type Outcome } from '../../kernel-src/abi/outcome.ts';
import { printAnswer, printFrameWord } from '../lib/answers.ts';
import { printDecimal, printHex, printLine, printTab, printText } from '../lib/console.ts';
import { FRAME_NONE, frameAddress, frameWord, wordCount, wordType } from '../lib/frames.ts';
import { type MadeObject } from '../lib/objects.ts';

/** Where the answer begins. */
export const ANSWER_BEGIN: u32 = 50;

/** Facts that were not as expected. */
let failures: u64 = 0n;

/** Whether everything was as expected up to now. */
export function reportIsSound(): boolean {
  return failures === 0n;
}

/** Something was not as expected, and what has been printed. */
export function reportFailure(): void {
  failures = failures + 1n;
}

/** Prints the title of a section. */
export function reportTitle(title: Text): void {
  printLine();
  printText(title);
  printLine();
}

/** Begins a line: what is done. More can be printed before the answer. */
export function reportBegin(what: Text): void {
  printText('  ');
  printText(what);
}

/** Ends a line with an answer, which must be `error` with `detail`. `kind`: of the capability whose rights a detail names. */
export function reportAnswer(outcome: Outcome, error: u64, detail: u64, kind: u64): void {
  printTab(ANSWER_BEGIN);
  printAnswer(outcome, kind);
  if (outcome.error !== error || outcome.value !== detail) {
    printText('; expected ');
    printAnswer({ error: error, value: detail }, kind);
    reportFailure();
  }
  printLine();
}

/** Ends a line with what holds; if it does not hold, says so. */
export function reportHolds(holds: boolean, fact: Text): void {
  printTab(ANSWER_BEGIN);
  if (!holds) {
    printText('expected, but not found: ');
    reportFailure();
  }
  printText(fact);
  printLine();
}

/** A line: something is done, and a refusal is expected. */
export function reportRefusal(what: Text, outcome: Outcome, error: u64, detail: u64): void {
  reportBegin(what);
  reportAnswer(outcome, error, detail, KIND_NONE);
}

/** A line: something is done with a capability of a kind, and MissingRights or another refusal is expected. */
export function reportRights(what: Text, outcome: Outcome, error: u64, detail: u64, kind: u64): void {
  reportBegin(what);
  reportAnswer(outcome, error, detail, kind);
}

/** A line: something is done, and then a fact holds. */
export function reportFact(what: Text, holds: boolean, fact: Text): void {
  reportBegin(what);
  reportHolds(holds, fact);
}

/** A line: something is done, and then a number has the expected value. */
export function reportNumber(what: Text, name: Text, found: u64, expected: u64): void {
  reportBegin(what);
  printTab(ANSWER_BEGIN);
  printText(name);
  printText(' ');
  printDecimal(found);
  if (found !== expected) {
    printText('; expected ');
    printDecimal(expected);
    reportFailure();
  }
  printLine();
}

/** Ends a line with the type and the reference count of a frame, which must be these. */
export function reportWord(frame: u64, type: u64, count: u64): void {
  const word = frameWord(frame);
  printTab(ANSWER_BEGIN);
  printFrameWord(word);
  if (wordType(word) !== type || wordCount(word) !== count) {
    printText('; expected ');
    printFrameWord((type << FRAME_WORD_TYPE_SHIFT) | count);
    reportFailure();
  }
  printLine();
}

/** A line: something is done, and then a frame has this type and this count. */
export function reportFrame(what: Text, frame: u64, type: u64, count: u64): void {
  reportBegin(what);
  reportWord(frame, type, count);
}

/** Prints where a frame is. */
export function printFrame(frame: u64): void {
  printHex(frameAddress(frame), 10);
}

/** A frame was needed: a line only if there was none. True if there was one. */
export function reportTaken(frame: u64): boolean {
  if (frame !== FRAME_NONE) return true;
  reportFact('a frame for what follows', false, 'one that is Untyped');
  return false;
}

/** An object was needed: a line only if it could not be made. True if it was. */
export function reportMade(made: MadeObject): boolean {
  return reportStep('an object for what follows', { error: made.error, value: made.detail });
}

/** A step on the way that must succeed: a line only if it does not. True if it did. */
export function reportStep(what: Text, outcome: Outcome): boolean {
  if (outcome.error === ERROR_OK) return true;
  reportRefusal(what, outcome, ERROR_OK, 0n);
  return false;
}
