/** Zeroing of frames: 32 stores a round, so that the loop itself costs little. */

import { type VirtualAddress } from './address.ts';

/** A frame as words. */
class FrameWords {
  readonly words = array(u64, 512);
}
staticAssert(sizeof<FrameWords>() === 4096);

/** Sets all 4096 bytes of a frame to zero. Nobody else uses it. */
export function frameZero(address: VirtualAddress): void {
  const frame = objectAt<FrameWords>(address);
  for (let index: u32 = 0; index < 512; index += 32) {
    frame.words[index] = 0n;
    frame.words[index + 1] = 0n;
    frame.words[index + 2] = 0n;
    frame.words[index + 3] = 0n;
    frame.words[index + 4] = 0n;
    frame.words[index + 5] = 0n;
    frame.words[index + 6] = 0n;
    frame.words[index + 7] = 0n;
    frame.words[index + 8] = 0n;
    frame.words[index + 9] = 0n;
    frame.words[index + 10] = 0n;
    frame.words[index + 11] = 0n;
    frame.words[index + 12] = 0n;
    frame.words[index + 13] = 0n;
    frame.words[index + 14] = 0n;
    frame.words[index + 15] = 0n;
    frame.words[index + 16] = 0n;
    frame.words[index + 17] = 0n;
    frame.words[index + 18] = 0n;
    frame.words[index + 19] = 0n;
    frame.words[index + 20] = 0n;
    frame.words[index + 21] = 0n;
    frame.words[index + 22] = 0n;
    frame.words[index + 23] = 0n;
    frame.words[index + 24] = 0n;
    frame.words[index + 25] = 0n;
    frame.words[index + 26] = 0n;
    frame.words[index + 27] = 0n;
    frame.words[index + 28] = 0n;
    frame.words[index + 29] = 0n;
    frame.words[index + 30] = 0n;
    frame.words[index + 31] = 0n;
  }
}
