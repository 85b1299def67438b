/** The words of all frames as one number, to see whether anything has changed. */

import { BOOT_SLOT_FRAMES } from '../../../kernel-src/abi/boot-info.ts';
import { INSPECT_FIRST } from '../../../kernel-src/abi/capability-table-operations.ts';
import { FRAME_LIMIT, frameRangeLength } from '../../../user/lib/frames.ts';
import { capabilityTableInspect, framesInspect } from '../../../user/lib/generated/operations.ts';
import { TABLE } from './workshop.ts';

/** One number out of what came before and a word. */
export function wordsMix(sum: u64, word: u64): u64 {
  const next: u64 = sum ^ word;
  return ((next << 13n) | (next >> 51n)) ^ (next >> 7n);
}

/** The words of the frames of the first `ranges` ranges, but for `count` frames from the frame number `first` on. */
export function wordsSum(ranges: u32, first: u64, count: u64): u64 {
  let sum: u64 = 0n;
  for (let range: u32 = 0; range < ranges; range++) {
    bound(8);
    const slot = u64(BOOT_SLOT_FRAMES + range);
    const begin = capabilityTableInspect(TABLE, slot, INSPECT_FIRST).value;
    const length = frameRangeLength(slot);
    for (let index: u64 = 0n; index < length; index++) {
      bound(FRAME_LIMIT);
      const frame: u64 = begin + index;
      if (frame < first || frame >= first + count) sum = wordsMix(sum, framesInspect(slot, index).value);
    }
  }
  return sum;
}
