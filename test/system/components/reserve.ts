/** A range of free frames that is one component's own: in a slot of its maker, which takes none of them. */

import { ERROR_OK } from '../../../kernel-src/abi/errors.ts';
import { FRAME_TYPE_UNTYPED } from '../../../kernel-src/abi/frame-types.ts';
import { census } from '../../../user/lib/census.ts';
import { frameHandle, frameIndex, frameRange, frameWord, wordType } from '../../../user/lib/frames.ts';
import { capabilityTableCopy } from '../../../user/lib/generated/operations.ts';
import {
  RIGHT_FRAMES_EXECUTE,
  RIGHT_FRAMES_READ,
  RIGHT_FRAMES_RETYPE,
  RIGHT_FRAMES_WRITE,
} from '../../../kernel-src/abi/rights.ts';
import { FRAMES, TABLE } from './makers.ts';

const RIGHTS: u64 = RIGHT_FRAMES_RETYPE | RIGHT_FRAMES_READ | RIGHT_FRAMES_WRITE | RIGHT_FRAMES_EXECUTE;
/** Most frames of a reserve. */
const LIMIT: u64 = 256n;

/** A capability in an empty slot for the last `count` frames of the longest run of free ones. After `makersStart`. */
export function reserveMake(slot: u64, count: u64): boolean {
  let best: u32 = 0;
  for (let index: u32 = 0; index < 64; index++) {
    if (index < census.runCount && census.runs[index].count > census.runs[best].count) best = index;
  }
  const run = census.runs[best];
  if (run.count < count || frameRange(run.first) !== FRAMES) return false;
  const first: u64 = frameIndex(run.first) + run.count - count;
  return capabilityTableCopy(TABLE, slot, FRAMES, RIGHTS, first, count, 0n).error === ERROR_OK;
}

/** How many of the first `count` frames of the range in a slot are Untyped. */
export function reserveFree(slot: u64, count: u64): u64 {
  let free: u64 = 0n;
  for (let index: u64 = 0n; index < LIMIT; index++) {
    if (index < count && wordType(frameWord(frameHandle(slot, index))) === FRAME_TYPE_UNTYPED) free = free + 1n;
  }
  return free;
}
