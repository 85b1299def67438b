/** Zeroing of frames: 128 stores a round, so that the loop itself costs little. */

import { type VirtualAddress } from './address.ts';

/** 64 bytes of a frame. */
class FrameLine {
  readonly words = array(u64, 8);
}
/** A frame as lines. */
class FrameLines {
  readonly lines = array(FrameLine, 64);
}
staticAssert(sizeof<FrameLines>() === 4096);

/** Sets the 64 bytes of a line to zero. */
function lineZero(line: FrameLine): void {
  line.words[0] = 0n;
  line.words[1] = 0n;
  line.words[2] = 0n;
  line.words[3] = 0n;
  line.words[4] = 0n;
  line.words[5] = 0n;
  line.words[6] = 0n;
  line.words[7] = 0n;
}

/** Sets all 4096 bytes of a frame to zero. Nobody else uses it. */
export function frameZero(address: VirtualAddress): void {
  const frame = objectAt<FrameLines>(address);
  for (let index: u32 = 0; index < 64; index += 16) {
    lineZero(frame.lines[index]);
    lineZero(frame.lines[index + 1]);
    lineZero(frame.lines[index + 2]);
    lineZero(frame.lines[index + 3]);
    lineZero(frame.lines[index + 4]);
    lineZero(frame.lines[index + 5]);
    lineZero(frame.lines[index + 6]);
    lineZero(frame.lines[index + 7]);
    lineZero(frame.lines[index + 8]);
    lineZero(frame.lines[index + 9]);
    lineZero(frame.lines[index + 10]);
    lineZero(frame.lines[index + 11]);
    lineZero(frame.lines[index + 12]);
    lineZero(frame.lines[index + 13]);
    lineZero(frame.lines[index + 14]);
    lineZero(frame.lines[index + 15]);
  }
}
