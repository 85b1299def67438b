/**
 * After every system call, whether it succeeds or not: `ra`, `sp`, `gp`, `tp`
 * and `s0` to `s11` are as before, `a2` to `a7` and `t0` to `t6` are zero. Every
 * other register goes in with a random value, so nothing else can matter.
 */

import { BOOT_SLOT_FRAMES, BOOT_SLOT_TABLE, BootInfo } from '../../../../kernel-src/abi/boot-info.ts';
import { ERROR_OK } from '../../../../kernel-src/abi/errors.ts';
import { FRAME_TYPE_USER } from '../../../../kernel-src/abi/frame-types.ts';
import { frameGiveBack, frameIndex, frameRange, framesStart, frameTake } from '../../../../user/lib/frames.ts';
import { tapCheck, tapEnd, tapOk } from '../tap.ts';
import { callArgument, callMake, callPrepare } from './call.ts';
import { type CallLine, CALLS, FRAME_MARK, FRAME_MARKS } from './lines.ts';

/** Stack pointers: a random one, the first bytes of the kernel, the last byte of the address space, one that is not aligned. */
const STACKS: readonly u64[] = [0n, 0xffff_ffc0_8020_0000n, 0xffff_ffff_ffff_ffffn, 3n];

/** Indexes of the frames in the first range. */
const indexes = array(u64, 7);

/** An argument, with a mark replaced by the index of its frame. */
function argumentOf(value: u64): u64 {
  if (value < FRAME_MARK || value - FRAME_MARK >= FRAME_MARKS) return value;
  return indexes[u32(value - FRAME_MARK) % 7];
}

/** Makes one call. */
function makeCall(line: CallLine, stack: u64): boolean {
  callPrepare(stack);
  callArgument(0, argumentOf(line.a0));
  callArgument(1, argumentOf(line.a1));
  callArgument(2, argumentOf(line.a2));
  callArgument(3, argumentOf(line.a3));
  callArgument(4, argumentOf(line.a4));
  callArgument(5, argumentOf(line.a5));
  callArgument(6, line.operation);
  callArgument(7, line.capability);
  return callMake(line.error);
}

/** One line; a call that is refused changes nothing, so it is made with every stack pointer. */
function checkLine(line: CallLine): void {
  let sound = makeCall(line, 0n);
  if (line.error !== ERROR_OK) {
    for (const stack of STACKS) {
      if (!makeCall(line, stack)) sound = false;
    }
  }
  tapCheck(sound, line.name);
}

/** Finds the frames that the calls use, all Untyped. */
function findFrames(info: BootInfo): void {
  framesStart(u64(BOOT_SLOT_TABLE), u64(BOOT_SLOT_FRAMES), u64(info.ramCount));
  let sound = true;
  for (let index: u32 = 0; index < 7; index++) {
    const frame = frameTake(FRAME_TYPE_USER);
    if (frameRange(frame) !== u64(BOOT_SLOT_FRAMES)) sound = false;
    indexes[index] = frameIndex(frame);
    if (!tapOk(frameGiveBack(frame), frame)) sound = false;
  }
  tapCheck(sound, 'seven frames of the first range are Untyped');
}

/** Entered by the start file. */
export function componentMain(info: BootInfo): never {
  findFrames(info);
  for (const line of CALLS) checkLine(line);
  tapEnd();
}
