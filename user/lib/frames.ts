/**
 * The frames of the component: finding one that is Untyped and giving it a
 * type, and giving it back. A frame is named by one number, its handle: the
 * slot of the Frames capability in bits 32 and up, its index in that range below.
 */

import { INSPECT_COUNT, INSPECT_FIRST } from '../../kernel-src/abi/capability-table-operations.ts';
import { ERROR_OK } from '../../kernel-src/abi/errors.ts';
import {
  FRAME_TYPE_UNTYPED,
  FRAME_WORD_COUNT_MASK,
  FRAME_WORD_TYPE_MASK,
  FRAME_WORD_TYPE_SHIFT,
} from '../../kernel-src/abi/frame-types.ts';
import { type Outcome } from '../../kernel-src/abi/outcome.ts';
import { capabilityTableInspect, framesInspect, framesRetype } from './generated/operations.ts';

/** The handle of no frame. As an argument of a system call it is refused. */
export const FRAME_NONE: u64 = 0xffff_ffff_ffff_ffffn;
/** Most frames of a range: 255 GiB. */
export const FRAME_LIMIT: u32 = 0x3fc_0000;
/** Most ranges. */
export const FRAME_RANGE_LIMIT: u32 = 64;
const RANGE_SHIFT: u64 = 32n;
const INDEX_MASK: u64 = 0xffff_ffffn;
const PAGE_SHIFT: u64 = 12n;

/** Where the component's frames are. */
class FramePool {
  /** Id of its own capability table, with the right to inspect. */
  table: u64 = 0n;
  /** Slot of the first Frames capability, and how many follow each other. */
  first: u64 = 0n;
  count: u64 = 0n;
  /** Where the search goes on: a range, counted from 0, and an index in it. */
  range: u64 = 0n;
  index: u64 = 0n;
}
const pool = new FramePool();

/** Says where the Frames capabilities are: `count` slots from `first` on, of the table that the id `table` names. */
export function framesStart(table: u64, first: u64, count: u64): void {
  assert(count <= u64(FRAME_RANGE_LIMIT));
  pool.table = table;
  pool.first = first;
  pool.count = count;
  pool.range = 0n;
  pool.index = 0n;
}

/** The handle of a frame. */
export function frameHandle(range: u64, index: u64): u64 {
  return (range << RANGE_SHIFT) | index;
}

/** The slot of a frame's range. */
export function frameRange(frame: u64): u64 {
  return frame >> RANGE_SHIFT;
}

/** The index of a frame in its range. */
export function frameIndex(frame: u64): u64 {
  return frame & INDEX_MASK;
}

/** How many frames a range has. */
export function frameRangeLength(range: u64): u64 {
  const found = capabilityTableInspect(pool.table, range, INSPECT_COUNT);
  return found.error === ERROR_OK ? found.value : 0n;
}

/** The frame's physical address. */
export function frameAddress(frame: u64): u64 {
  const first = capabilityTableInspect(pool.table, frameRange(frame), INSPECT_FIRST);
  assert(first.error === ERROR_OK);
  return (first.value + frameIndex(frame)) << PAGE_SHIFT;
}

/** The frame with a physical frame number; `FRAME_NONE` if no range has it. */
export function frameOfNumber(number: u64): u64 {
  for (let range: u64 = pool.first; range < pool.first + pool.count; range++) {
    bound(FRAME_RANGE_LIMIT);
    const first = capabilityTableInspect(pool.table, range, INSPECT_FIRST);
    if (first.error !== ERROR_OK || number < first.value) continue;
    if (number - first.value < frameRangeLength(range)) return frameHandle(range, number - first.value);
  }
  return FRAME_NONE;
}

/** The frame's word, as Inspect tells it. */
export function frameWord(frame: u64): u64 {
  const found = framesInspect(frameRange(frame), frameIndex(frame));
  assert(found.error === ERROR_OK);
  return found.value;
}

/** The type in a frame's word, with the mark of the dead. */
export function wordType(word: u64): u64 {
  return (word >> FRAME_WORD_TYPE_SHIFT) & FRAME_WORD_TYPE_MASK;
}

/** The reference count in a frame's word. */
export function wordCount(word: u64): u64 {
  return word & FRAME_WORD_COUNT_MASK;
}

/** The first frame of a range, at or after an index, that is Untyped and could be given a type; or `FRAME_NONE`. */
function takeFrom(range: u64, start: u64, type: u64): u64 {
  const length = frameRangeLength(range);
  for (let index: u64 = start; index < length; index++) {
    bound(FRAME_LIMIT);
    const frame = frameHandle(range, index);
    if (wordType(frameWord(frame)) !== FRAME_TYPE_UNTYPED) continue;
    if (framesRetype(range, index, type).error === ERROR_OK) return frame;
  }
  return FRAME_NONE;
}

/** Gives the next Untyped frame a type: User or Blank. Answers `FRAME_NONE` if there is none. */
export function frameTake(type: u64): u64 {
  if (pool.count === 0n) return FRAME_NONE;
  const range = pool.range;
  let start = pool.index;
  for (let step: u64 = 0n; step <= pool.count; step++) {
    bound(FRAME_RANGE_LIMIT + 1);
    const position: u64 = (range + step) % pool.count;
    const frame = takeFrom(pool.first + position, start, type);
    if (frame !== FRAME_NONE) {
      pool.range = position;
      pool.index = frameIndex(frame) + 1n;
      return frame;
    }
    start = 0n;
  }
  return FRAME_NONE;
}

/** Makes a frame Untyped. Answers as Frames.Retype. */
export function frameGiveBack(frame: u64): Outcome {
  return framesRetype(frameRange(frame), frameIndex(frame), FRAME_TYPE_UNTYPED);
}
