/**
 * Frames: a range of frames of memory, named by a capability that has no
 * object behind it. `first` and `count` of the slot are the range; every frame
 * of it has an entry in the frame table.
 */

import { ERROR_OK } from '../abi/errors.ts';
import { type Outcome } from '../abi/outcome.ts';
import { frameNumber } from '../base/address.ts';
import { frameEntry } from '../base/frame-table.ts';
import { capabilityRangeAt } from '../capability/resolve.ts';
import { type Operation } from '../capability/slot.ts';

/** Tells the word of a frame. */
export function framesInspect(...[index, , , , , , header, slot]: Parameters<Operation>): Outcome {
  const found = capabilityRangeAt(slot, header, index);
  if (found.error !== ERROR_OK) return found;
  return { error: ERROR_OK, value: frameEntry(frameNumber(found.value)).state.load() };
}
