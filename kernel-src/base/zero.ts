/** Zeroing of frames: eight stores a round. */

import { type VirtualAddress } from './address.ts';

/** A frame as words. */
class FrameWords {
  readonly words = array(u64, 512);
}
staticAssert(sizeof<FrameWords>() === 4096);

/** Sets all 4096 bytes of a frame to zero. Nobody else uses it. */
export function frameZero(address: VirtualAddress): void {
  const frame = objectAt<FrameWords>(address);
  for (let index: u32 = 0; index < 512; index += 8) {
    frame.words[index] = 0n;
    frame.words[index + 1] = 0n;
    frame.words[index + 2] = 0n;
    frame.words[index + 3] = 0n;
    frame.words[index + 4] = 0n;
    frame.words[index + 5] = 0n;
    frame.words[index + 6] = 0n;
    frame.words[index + 7] = 0n;
  }
}
