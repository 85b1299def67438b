/** Frames that are set aside for components that own memory: the last ones of the longest free run, which the booter takes last. */

import { BOOT_SLOT_FRAMES } from '../../kernel-src/abi/boot-info.ts';
import { census } from '../lib/census.ts';
import { frameIndex, frameRange } from '../lib/frames.ts';
import { mustBe } from './must.ts';

const FRAMES: u64 = u64(BOOT_SLOT_FRAMES);

class Reserve {
  /** Frames that are set aside. */
  count: u64 = 0n;
}
const reserve = new Reserve();

/** Sets frames aside: answers the index of the first one in the first range. After `censusTake`. */
export function reserveFrames(count: u64): u64 {
  let best: u32 = 0;
  for (let index: u32 = 0; index < 64; index++) {
    if (index < census.runCount && census.runs[index].count > census.runs[best].count) best = index;
  }
  const run = census.runs[best];
  reserve.count = reserve.count + count;
  mustBe(run.count > reserve.count && frameRange(run.first) === FRAMES, 'found: frames to set aside', '');
  return frameIndex(run.first) + run.count - reserve.count;
}
