/**
 * A count of all frames by type, twice: at the beginning it also remembers which
 * frames are Untyped, at the end it looks whether each of those is Untyped again.
 */

import { ERROR_OK, ERROR_OVERFLOW } from '../../kernel-src/abi/errors.ts';
import { FRAME_TYPE_UNTYPED } from '../../kernel-src/abi/frame-types.ts';
import { type Outcome } from '../../kernel-src/abi/outcome.ts';
import {
  FRAME_LIMIT,
  FRAME_NONE,
  FRAME_RANGE_LIMIT,
  frameHandle,
  frameRangeLength,
  wordCount,
  wordType,
} from './frames.ts';
import { framesInspect } from './generated/operations.ts';

/** Frame types that are counted; the last counter is for all others. */
export const CENSUS_TYPES: u32 = 16;
/** Runs of Untyped frames that can be remembered: more than a memory map has parts. */
const RUN_LIMIT: u32 = 64;

/** Frames that follow each other. */
class FrameRun {
  /** Handle of the first one. */
  first: u64 = 0n;
  count: u64 = 0n;
}

/** What was counted. */
export class Census {
  /** Frames by type, at the beginning and at the end. */
  readonly before = array(u64, 16);
  readonly after = array(u64, 16);
  /** How many frames were Untyped with count 0 at the beginning and are not at the end. */
  missing: u64 = 0n;
  /** The handle of the first of them. */
  firstMissing: u64 = 0n;
  /** The frame at which a count ended that could not go on. */
  stopped: u64 = 0n;
  runCount: u32 = 0;
  readonly runs = array(FrameRun, 64);
}
export const census = new Census();

/** Whether a frame's word says that it is in no use. */
function isFree(word: u64): boolean {
  return wordType(word) === FRAME_TYPE_UNTYPED && wordCount(word) === 0n;
}

/** The counter of a word. */
function counterOf(word: u64): u32 {
  const type = wordType(word);
  return type < u64(CENSUS_TYPES) ? u32(type) : CENSUS_TYPES - 1;
}

/** Counts a frame at the beginning. False if there is no room for one more run. */
function countBefore(frame: u64, word: u64): boolean {
  const counter = counterOf(word);
  census.before[counter] = census.before[counter] + 1n;
  if (!isFree(word)) return true;
  if (census.runCount > 0) {
    const last = census.runs[census.runCount - 1];
    if (last.first + last.count === frame) {
      last.count = last.count + 1n;
      return true;
    }
  }
  if (census.runCount >= RUN_LIMIT) return false;
  const run = census.runs[census.runCount];
  run.first = frame;
  run.count = 1n;
  census.runCount = census.runCount + 1;
  return true;
}

/** Whether a frame was in no use at the beginning. */
function wasFree(frame: u64): boolean {
  for (let index: u32 = 0; index < RUN_LIMIT; index++) {
    if (index >= census.runCount) break;
    const run = census.runs[index];
    if (frame >= run.first && frame - run.first < run.count) return true;
  }
  return false;
}

/** Counts a frame at the end, and tests whether it is back. */
function countAfter(frame: u64, word: u64): void {
  const counter = counterOf(word);
  census.after[counter] = census.after[counter] + 1n;
  if (isFree(word) || !wasFree(frame)) return;
  if (census.missing === 0n) census.firstMissing = frame;
  census.missing = census.missing + 1n;
}

/** Counts the frames of one range. Answers Ok; or what a frame answered, which then is in `stopped`; or Overflow when there are too many runs. */
function countRange(range: u64, atEnd: boolean): Outcome {
  const length = frameRangeLength(range);
  // No range is empty: the answer says what is wrong with the capability.
  if (length === 0n) return framesInspect(range, 0n);
  for (let index: u64 = 0n; index < length; index++) {
    bound(FRAME_LIMIT);
    const found = framesInspect(range, index);
    census.stopped = frameHandle(range, index);
    if (found.error !== ERROR_OK) return found;
    if (atEnd) {
      countAfter(census.stopped, found.value);
    } else if (!countBefore(census.stopped, found.value)) {
      return { error: ERROR_OVERFLOW, value: u64(RUN_LIMIT) };
    }
  }
  return { error: ERROR_OK, value: length };
}

/** Counts all frames of `count` ranges from the slot `first` on: the first time (`atEnd` false) or the second time. */
export function censusTake(first: u64, count: u64, atEnd: boolean): Outcome {
  census.missing = 0n;
  census.firstMissing = FRAME_NONE;
  let total: u64 = 0n;
  for (let range: u64 = first; range < first + count; range++) {
    bound(FRAME_RANGE_LIMIT);
    const counted = countRange(range, atEnd);
    if (counted.error !== ERROR_OK) return counted;
    total += counted.value;
  }
  return { error: ERROR_OK, value: total };
}
