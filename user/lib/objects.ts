/** Objects of the kernel in frames of the component: making one, taking its frame back. */

import { ERROR_OK } from '../../kernel-src/abi/errors.ts';
import {
  FRAME_TYPE_BLANK,
  FRAME_TYPE_CAPABILITY_TABLE,
  FRAME_TYPE_DEAD,
  FRAME_TYPE_PAGE_TABLE_0,
  FRAME_TYPE_PAGE_TABLE_2,
  FRAME_TYPE_UNTYPED,
  FRAME_TYPE_USER,
} from '../../kernel-src/abi/frame-types.ts';
import { CAPABILITY_TABLE_SLOTS } from '../../kernel-src/abi/identifiers.ts';
import { type Outcome } from '../../kernel-src/abi/outcome.ts';
import {
  FRAME_LIMIT,
  FRAME_NONE,
  frameGiveBack,
  frameHandle,
  frameIndex,
  frameRange,
  frameRangeLength,
  frameTake,
  frameWord,
  wordType,
} from './frames.ts';
import {
  capabilityTableClear,
  capabilityTableCreate,
  capabilityTableDrop,
  framesRecover,
  pageTableClear,
} from './generated/operations.ts';
import { slotFind } from './slots.ts';

/** Entries of a page table, those of a root that a component can address, and those that one Clear takes out. */
const ENTRIES: u64 = 512n;
const ROOT_ENTRIES: u64 = 256n;
const CLEAR_ENTRIES: u64 = 64n;
/** How often a range is gone through: a component needs three times, one that others made of its memory some more. */
const RECLAIM_PASSES: u32 = 16;

/** What `objectMake` answers. */
export type MadeObject = {
  /** Ok, or why there is no object, with the detail. */
  readonly error: u64;
  readonly detail: u64;
  /** Slot of the own table that names it. */
  readonly slot: u64;
  readonly frame: u64;
};

/**
 * Makes an object of a kind in a fresh frame, with a capability in an empty slot of the table that the id `table` names.
 * `first` and `second` are what Create needs for the kind. If Create refuses, the frame goes back.
 */
export function objectMake(table: u64, kind: u64, first: u64, second: u64): MadeObject {
  const frame = frameTake(FRAME_TYPE_BLANK);
  const slot = slotFind(table, 0n);
  const made = capabilityTableCreate(table, slot, kind, frameRange(frame), frameIndex(frame), first, second);
  const kept = made.error === ERROR_OK || frame === FRAME_NONE ? made : returned(made, frame);
  return { error: kept.error, detail: kept.value, slot: slot, frame: frame };
}

/** Gives back the frame for which Create was refused. Answers why it was, or why the frame stays as it is. */
function returned(refusal: Outcome, frame: u64): Outcome {
  const back = frameGiveBack(frame);
  return back.error === ERROR_OK ? refusal : back;
}

/** Drops the capability of an object in a slot of the table `table` and gives its frame back. Answers why that fails: something else names it, or it holds something. */
export function objectUnmake(table: u64, slot: u64, frame: u64): Outcome {
  const dropped = capabilityTableDrop(table, slot);
  if (dropped.error !== ERROR_OK) return dropped;
  return frameGiveBack(frame);
}

/** Takes every entry out of the page table in a slot. */
export function pageTableEmpty(slot: u64, type: u64): Outcome {
  const length = type === FRAME_TYPE_PAGE_TABLE_2 ? ROOT_ENTRIES : ENTRIES;
  for (let first: u64 = 0n; first < ENTRIES; first += CLEAR_ENTRIES) {
    if (first === length) break;
    const cleared = pageTableClear(slot, first, CLEAR_ENTRIES);
    if (cleared.error !== ERROR_OK) return cleared;
  }
  return { error: ERROR_OK, value: 0n };
}

/**
 * Takes a frame back whatever is in it: recovers the object, empties it, drops it, and makes the frame Untyped. Uses an
 * empty slot of the own table, which the id `table` names. Answers Ok; InUse while other objects name the frame: take
 * those back first, then call again.
 */
export function frameReclaim(table: u64, frame: u64): Outcome {
  const type = wordType(frameWord(frame));
  const whole = type === FRAME_TYPE_USER || type === FRAME_TYPE_BLANK || (type & FRAME_TYPE_DEAD) !== 0n;
  if (whole) return frameGiveBack(frame);
  const slot = slotFind(table, 0n);
  const recovered = framesRecover(frameRange(frame), frameIndex(frame), slot);
  if (recovered.error !== ERROR_OK) return recovered;
  let emptied = recovered;
  if (type === FRAME_TYPE_CAPABILITY_TABLE) emptied = capabilityTableClear(slot, 0n, CAPABILITY_TABLE_SLOTS);
  if (type >= FRAME_TYPE_PAGE_TABLE_0 && type <= FRAME_TYPE_PAGE_TABLE_2) emptied = pageTableEmpty(slot, type);
  const dropped = capabilityTableDrop(table, slot);
  if (emptied.error !== ERROR_OK) return emptied;
  if (dropped.error !== ERROR_OK) return dropped;
  return frameGiveBack(frame);
}

/** Goes through a range once. Answers Ok when every frame is Untyped, else why the last of those that are not is none. */
function reclaimPass(table: u64, range: u64, length: u64): Outcome {
  let answer: Outcome = { error: ERROR_OK, value: 0n };
  for (let index: u64 = 0n; index < length; index++) {
    bound(FRAME_LIMIT);
    const frame = frameHandle(range, index);
    if (wordType(frameWord(frame)) === FRAME_TYPE_UNTYPED) continue;
    const reclaimed = frameReclaim(table, frame);
    if (reclaimed.error !== ERROR_OK) answer = reclaimed;
  }
  return answer;
}

/** Takes back every frame of the range in a slot of the own table, whatever is in them. Answers Ok, or why one stays in use. */
export function rangeReclaim(table: u64, range: u64): Outcome {
  const length = frameRangeLength(range);
  let answer: Outcome = { error: ERROR_OK, value: 0n };
  for (let pass: u32 = 0; pass < RECLAIM_PASSES; pass++) {
    answer = reclaimPass(table, range, length);
    if (answer.error === ERROR_OK) break;
  }
  return answer;
}
