/** The frames of the machine by their type, at the beginning and at the end; and whether each one is back. */

import { BOOT_SLOT_FRAMES, BootInfo } from '../../kernel-src/abi/boot-info.ts';
import { ERROR_OK } from '../../kernel-src/abi/errors.ts';
import { type Outcome } from '../../kernel-src/abi/outcome.ts';
import { printAnswer, printFrameWord } from '../lib/answers.ts';
import { CENSUS_TYPES, census, censusTake } from '../lib/census.ts';
import { printDecimal, printDecimalAt, printHex, printLine, printText } from '../lib/console.ts';
import { FRAME_NONE, frameIndex, frameRange, frameWord } from '../lib/frames.ts';
import { frameTypeName } from '../lib/generated/names.ts';
import { printFrame, reportFailure, reportFact, reportTitle } from './report.ts';

/** Where the counts end: before and after. */
const BEFORE_END: u32 = 30;
const AFTER_END: u32 = 42;

/** Says which frame could not be inspected. */
function reportStopped(outcome: Outcome): void {
  printText('  frame ');
  printHex(frameIndex(census.stopped), 1);
  printText(' of the range in slot ');
  printDecimal(frameRange(census.stopped));
  printText(' answers ');
  printAnswer(outcome, 0n);
  printLine();
  reportFailure();
}

/** Counts the frames and remembers which are Untyped: before the booter changes any. */
export function framesRemember(info: BootInfo): Outcome {
  return censusTake(u64(BOOT_SLOT_FRAMES), u64(info.ramCount), false);
}

/** Names a frame that is not Untyped any more. */
function showMissing(): void {
  printText('  not given back: ');
  printDecimal(census.missing);
  printText(', the first at ');
  printFrame(census.firstMissing);
  printText(': ');
  printFrameWord(frameWord(census.firstMissing));
  printLine();
  reportFailure();
}

/** Frames by type, before and after. `before` is what `framesRemember` answered. */
export function showFrames(info: BootInfo, before: Outcome): void {
  reportTitle('Frames by type');
  if (before.error !== ERROR_OK) {
    reportStopped(before);
    return;
  }
  const after = censusTake(u64(BOOT_SLOT_FRAMES), u64(info.ramCount), true);
  if (after.error !== ERROR_OK) {
    reportStopped(after);
    return;
  }
  printText('                          before       after\n');
  for (let type: u32 = 0; type < CENSUS_TYPES; type++) {
    if (census.before[type] === 0n && census.after[type] === 0n) continue;
    printText('  ');
    printText(frameTypeName(u64(type)));
    printDecimalAt(census.before[type], BEFORE_END);
    printDecimalAt(census.after[type], AFTER_END);
    printLine();
  }
  if (census.firstMissing !== FRAME_NONE) showMissing();
  else reportFact('frames that were Untyped, one by one', true, 'all are Untyped again');
}
