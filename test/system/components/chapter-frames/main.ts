/** The life of one frame, as the chapter "Frames" of the book tells it. */

import { BOOT_SLOT_TABLE, BootInfo } from '../../../../kernel-src/abi/boot-info.ts';
import { ERROR_IN_USE, ERROR_OK, ERROR_WRONG_TYPE } from '../../../../kernel-src/abi/errors.ts';
import {
  FRAME_TYPE_BLANK,
  FRAME_TYPE_CAPABILITY_TABLE,
  FRAME_TYPE_UNTYPED,
  FRAME_TYPE_USER,
  FRAME_WORD_INCARNATION_SHIFT,
  FRAME_WORD_TYPE_SHIFT,
} from '../../../../kernel-src/abi/frame-types.ts';
import { KIND_CAPABILITY_TABLE } from '../../../../kernel-src/abi/kinds.ts';
import {
  capabilityTableCreate,
  capabilityTableDrop,
  framesInspect,
  framesRetype,
} from '../../../../user/lib/generated/operations.ts';
import { frameIs, FRAMES, freeFrames } from '../free-frames.ts';
import { tapAnswer, tapCheck, tapEnd } from '../tap.ts';

const TABLE: u64 = u64(BOOT_SLOT_TABLE);
/** A slot that boot leaves empty. */
const SLOT: u64 = 60n;

/** Changes the type of a frame; true if that was allowed. */
function becomes(index: u64, type: u64): boolean {
  return tapAnswer(framesRetype(FRAMES, index, type), ERROR_OK, 0n, type);
}

/** Whether a change of type is refused with an error and its detail. */
function refused(index: u64, type: u64, error: u64, detail: u64): boolean {
  return tapAnswer(framesRetype(FRAMES, index, type), error, detail, type);
}

/** A frame that holds what a component wants, and no object. */
function memory(frame: u64): void {
  tapCheck(frameIs(frame, FRAME_TYPE_UNTYPED, 0n), 'a free frame is Untyped and counts 0');
  tapCheck(becomes(frame, FRAME_TYPE_USER), 'Untyped becomes User');
  const word: u64 = FRAME_TYPE_USER << FRAME_WORD_TYPE_SHIFT;
  tapCheck(refused(frame, FRAME_TYPE_USER, ERROR_WRONG_TYPE, word), 'User does not become User: WrongType');
  tapCheck(refused(frame, FRAME_TYPE_BLANK, ERROR_WRONG_TYPE, word), 'User does not become Kernel: WrongType');
  tapCheck(becomes(frame, FRAME_TYPE_UNTYPED), 'User becomes Untyped, because nothing maps it');
}

/** A frame that holds an object. */
function object(frame: u64): void {
  const before: u64 = framesInspect(FRAMES, frame).value >> FRAME_WORD_INCARNATION_SHIFT;
  tapCheck(becomes(frame, FRAME_TYPE_BLANK), 'Untyped becomes Kernel, with nothing in it: Blank');
  const made = capabilityTableCreate(TABLE, SLOT, KIND_CAPABILITY_TABLE, FRAMES, frame, 0n, 0n);
  tapCheck(tapAnswer(made, ERROR_OK, 0n, SLOT), 'Create makes a capability table of it');
  tapCheck(frameIs(frame, FRAME_TYPE_CAPABILITY_TABLE, 1n), 'its slot counts 1');
  tapCheck(refused(frame, FRAME_TYPE_UNTYPED, ERROR_IN_USE, 1n), 'it does not become Untyped: InUse 1');
  tapCheck(capabilityTableDrop(TABLE, SLOT).error === ERROR_OK, 'Drop empties the slot');
  tapCheck(
    frameIs(frame, FRAME_TYPE_CAPABILITY_TABLE, 0n),
    'nothing names the table any more, and it is still a table',
  );
  tapCheck(becomes(frame, FRAME_TYPE_UNTYPED), 'now it becomes Untyped');
  const after: u64 = framesInspect(FRAMES, frame).value >> FRAME_WORD_INCARNATION_SHIFT;
  tapCheck(after === before + 1n, 'and its incarnation is one more than before');
}

/** Entered by the start file. */
export function componentMain(info: BootInfo): never {
  const frame = freeFrames(info);
  memory(frame);
  object(frame);
  const reserved = framesRetype(FRAMES, 0n, FRAME_TYPE_UNTYPED);
  tapCheck(tapAnswer(reserved, ERROR_WRONG_TYPE, 0n, 0n), 'a frame of the firmware stays Reserved: WrongType');
  tapEnd();
}
