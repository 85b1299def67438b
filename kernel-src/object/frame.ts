/**
 * Frames: a range of frames of memory, named by a capability that has no
 * object behind it. `first` and `count` of the slot are the range; every frame
 * of it has an entry in the frame table.
 */

import { ERROR_BUSY, ERROR_OK, ERROR_OUT_OF_RANGE } from '../abi/errors.ts';
import { type Outcome } from '../abi/outcome.ts';
import { frameNumber } from '../base/address.ts';
import { frameEntry } from '../base/frame-table.ts';
import { type Hart } from '../base/hart.ts';
import { type Slot } from '../capability/slot.ts';
import { fenceReads } from '../machine/barrier.ts';

/** Tells the word of a frame. */
export function framesInspect(
  index: u64,
  _a1: u64,
  _a2: u64,
  _a3: u64,
  _a4: u64,
  _a5: u64,
  hart: Hart,
  slot: Slot,
): Outcome {
  fenceReads();
  const first = slot.first.load();
  const count = slot.count.load();
  fenceReads();
  if (slot.header.load() !== hart.header) return { error: ERROR_BUSY, value: 0n };
  if (index >= count) return { error: ERROR_OUT_OF_RANGE, value: count };
  return { error: ERROR_OK, value: frameEntry(frameNumber(first + index)).state.load() };
}
