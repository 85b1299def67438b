/** Types of frames: one becomes User, Kernel and Untyped again; and what Retype and Recover refuse. */

import { BOOT_SLOT_FRAMES, BOOT_SLOT_TABLE } from '../../kernel-src/abi/boot-info.ts';
import { INSPECT_FIRST } from '../../kernel-src/abi/capability-table-operations.ts';
import {
  ERROR_BAD_ARGUMENT,
  ERROR_IN_USE,
  ERROR_MISSING_RIGHTS,
  ERROR_OUT_OF_RANGE,
  ERROR_WRONG_TYPE,
} from '../../kernel-src/abi/errors.ts';
import {
  FRAME_TYPE_BLANK,
  FRAME_TYPE_RESERVED,
  FRAME_TYPE_UNTYPED,
  FRAME_TYPE_USER,
  FRAME_WORD_TYPE_SHIFT,
} from '../../kernel-src/abi/frame-types.ts';
import { KIND_FRAMES } from '../../kernel-src/abi/kinds.ts';
import { type Outcome } from '../../kernel-src/abi/outcome.ts';
import { RIGHT_FRAMES_READ, RIGHT_FRAMES_RETYPE } from '../../kernel-src/abi/rights.ts';
import { printText } from '../lib/console.ts';
import {
  FRAME_LIMIT,
  FRAME_NONE,
  frameGiveBack,
  frameHandle,
  frameIndex,
  frameOfNumber,
  frameRange,
  frameRangeLength,
  frameTake,
  frameWord,
  wordType,
} from '../lib/frames.ts';
import {
  capabilityTableCopy,
  capabilityTableDrop,
  capabilityTableInspect,
  framesRecover,
  framesRetype,
} from '../lib/generated/operations.ts';
import { SLOT_NONE, slotFind } from '../lib/slots.ts';
import {
  printFrame,
  reportBegin,
  reportFrame,
  reportRefusal,
  reportRights,
  reportStep,
  reportTaken,
  reportTitle,
  reportWord,
} from './report.ts';

const TABLE: u64 = u64(BOOT_SLOT_TABLE);
const FRAMES: u64 = u64(BOOT_SLOT_FRAMES);
/** A type that a component cannot give a frame. */
const NO_TYPE: u64 = 5n;

/** Retype of a frame by its handle. */
function retype(frame: u64, type: u64): Outcome {
  return framesRetype(frameRange(frame), frameIndex(frame), type);
}

/** What the detail of WrongType is for a type with count 0. */
function typeDetail(type: u64): u64 {
  return type << FRAME_WORD_TYPE_SHIFT;
}

/** One frame through all types that it can have without an object. */
function showTypes(frame: u64): void {
  reportBegin('frame ');
  printFrame(frame);
  printText(', Untyped, becomes User');
  reportWord(frame, FRAME_TYPE_USER, 0n);
  reportRefusal('  User once more', retype(frame, FRAME_TYPE_USER), ERROR_WRONG_TYPE, typeDetail(FRAME_TYPE_USER));
  reportRefusal('  Kernel at once', retype(frame, FRAME_TYPE_BLANK), ERROR_WRONG_TYPE, typeDetail(FRAME_TYPE_USER));
  reportRefusal('  a type that is none', retype(frame, NO_TYPE), ERROR_BAD_ARGUMENT, 1n);
  const recovered = framesRecover(frameRange(frame), frameIndex(frame), slotFind(TABLE, 0n));
  reportRefusal('  Recover, without an object in it', recovered, ERROR_WRONG_TYPE, typeDetail(FRAME_TYPE_USER));
  if (!reportStep('  User becomes Untyped', frameGiveBack(frame))) return;
  if (!reportStep('  Untyped becomes Kernel', retype(frame, FRAME_TYPE_BLANK))) return;
  reportFrame('  Untyped, then Kernel', frame, FRAME_TYPE_BLANK, 0n);
  if (!reportStep('  Kernel becomes Untyped', frameGiveBack(frame))) return;
  reportFrame('  given back', frame, FRAME_TYPE_UNTYPED, 0n);
}

/** The first frame of a type in the first range, or `FRAME_NONE`. */
function firstOfType(type: u64): u64 {
  const length = frameRangeLength(FRAMES);
  for (let index: u64 = 0n; index < length; index++) {
    bound(FRAME_LIMIT);
    const frame = frameHandle(FRAMES, index);
    if (wordType(frameWord(frame)) === type) return frame;
  }
  return FRAME_NONE;
}

/** Frames that are not for the taking. */
function showForbiddenFrames(): void {
  const count = frameRangeLength(FRAMES);
  const reserved = firstOfType(FRAME_TYPE_RESERVED);
  if (reserved !== FRAME_NONE) {
    const answer = retype(reserved, FRAME_TYPE_USER);
    reportRefusal(
      'a frame of firmware or kernel becomes User',
      answer,
      ERROR_WRONG_TYPE,
      typeDetail(FRAME_TYPE_RESERVED),
    );
  }
  const table = capabilityTableInspect(TABLE, TABLE, INSPECT_FIRST);
  if (!reportStep('Inspect of the own table', table)) return;
  const own = frameGiveBack(frameOfNumber(table.value));
  reportRefusal('the own capability table becomes Untyped', own, ERROR_IN_USE, 2n);
  const beyond = framesRetype(FRAMES, count, FRAME_TYPE_USER);
  reportRefusal('the frame after the last one becomes User', beyond, ERROR_OUT_OF_RANGE, count);
  const stray = framesRetype(FRAMES, 0x1_0000_0000n, FRAME_TYPE_USER);
  reportRefusal('frame 2^32 becomes User', stray, ERROR_OUT_OF_RANGE, count);
}

/** Capabilities for one frame, and for one that cannot be retyped. */
function showSmallerCapabilities(frame: u64): void {
  const slot = slotFind(TABLE, 0n);
  const part = capabilityTableCopy(TABLE, slot, frameRange(frame), RIGHT_FRAMES_RETYPE, frameIndex(frame), 1n, 0n);
  if (!reportStep('a capability for one frame', part)) return;
  reportRefusal('the second frame of a range of one', framesRetype(slot, 1n, FRAME_TYPE_USER), ERROR_OUT_OF_RANGE, 1n);
  if (!reportStep('Drop of it', capabilityTableDrop(TABLE, slot))) return;
  const readable = capabilityTableCopy(TABLE, slot, frameRange(frame), RIGHT_FRAMES_READ, 0n, 0n, 0n);
  if (!reportStep('a capability to read', readable)) return;
  const answer = framesRetype(slot, frameIndex(frame), FRAME_TYPE_USER);
  reportRights('by a capability that can only read', answer, ERROR_MISSING_RIGHTS, RIGHT_FRAMES_RETYPE, KIND_FRAMES);
  reportStep('Drop of it', capabilityTableDrop(TABLE, slot));
}

/** The section on types of frames. */
export function showTyping(): void {
  reportTitle('Frames');
  const frame = frameTake(FRAME_TYPE_USER);
  if (!reportTaken(frame)) return;
  showTypes(frame);
  showForbiddenFrames();
  showSmallerCapabilities(frame);
  const outside = framesRecover(frameRange(frame), frameIndex(frame), SLOT_NONE);
  reportRefusal('Recover into slot 64', outside, ERROR_OUT_OF_RANGE, SLOT_NONE);
}
