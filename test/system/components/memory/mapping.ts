/** Pages as the hardware sees them: zeroed, mapped, unmapped, protected, executed. */

import { ERROR_BAD_ARGUMENT, ERROR_EMPTY, ERROR_IN_USE, ERROR_OK } from '../../../../kernel-src/abi/errors.ts';
import { FRAME_TYPE_USER } from '../../../../kernel-src/abi/frame-types.ts';
import { type Outcome } from '../../../../kernel-src/abi/outcome.ts';
import { RIGHT_FRAMES_EXECUTE, RIGHT_FRAMES_READ, RIGHT_FRAMES_WRITE } from '../../../../kernel-src/abi/rights.ts';
import { spaceGiveBack, spaceMap, spaceProtect, spaceUnmap } from '../../../../user/lib/address-space.ts';
import {
  frameGiveBack,
  frameIndex,
  frameRange,
  frameTake,
  frameWord,
  wordCount,
  wordType,
} from '../../../../user/lib/frames.ts';
import { framesRetype } from '../../../../user/lib/generated/operations.ts';
import { memoryWord } from '../../../../user/lib/memory.ts';
import { pageIsZero, patternHolds, patternWrite } from '../../../../user/lib/pattern.ts';
import { tapAnswer, tapCheck, tapOk } from '../tap.ts';
import { executeAt, writeFunction } from './execute.ts';

export const READ: u64 = RIGHT_FRAMES_READ;
export const WRITE: u64 = RIGHT_FRAMES_WRITE;
const EXECUTE: u64 = RIGHT_FRAMES_EXECUTE;
export const READ_WRITE: u64 = RIGHT_FRAMES_READ | RIGHT_FRAMES_WRITE;
/** Where the component maps: its own entry of the root. */
export const PLACE: u64 = 0x20_0000_0000n;
const PAGE: u64 = 4096n;
/** Frames that go through the cycle, and rounds of changing what is at one address. */
const FRAMES: u64 = 64n;
const CHANGES: u64 = 1000n;

/** Maps a frame at an address. */
export function mapFrame(frame: u64, address: u64, permissions: u64): Outcome {
  return spaceMap(address, frameRange(frame), frameIndex(frame), permissions);
}

/** Whether a frame has a type and a count. */
export function isFrame(frame: u64, type: u64, count: u64): boolean {
  const word = frameWord(frame);
  return tapAnswer({ error: wordType(word), value: wordCount(word) }, type, count, frame);
}

/** R1: what was written in a frame is gone when it is User again. */
function checkZeroing(): void {
  let sound = true;
  for (let turn: u64 = 0n; turn < FRAMES; turn++) {
    const frame = frameTake(FRAME_TYPE_USER);
    if (!tapOk(mapFrame(frame, PLACE, READ_WRITE), turn)) sound = false;
    if (!pageIsZero(PLACE)) sound = false;
    patternWrite(PLACE, turn);
    if (!patternHolds(PLACE, turn)) sound = false;
    if (!tapAnswer(frameGiveBack(frame), ERROR_IN_USE, 1n, turn)) sound = false;
    if (!tapOk(spaceUnmap(PLACE), turn)) sound = false;
    if (!tapOk(frameGiveBack(frame), turn)) sound = false;
    if (!tapOk(framesRetype(frameRange(frame), frameIndex(frame), FRAME_TYPE_USER), turn)) sound = false;
    if (!tapOk(mapFrame(frame, PLACE, READ), turn)) sound = false;
    if (!pageIsZero(PLACE)) sound = false;
    if (!tapOk(spaceUnmap(PLACE), turn)) sound = false;
    if (!tapOk(frameGiveBack(frame), turn)) sound = false;
  }
  tapCheck(sound, 'R1 R5 64 frames written, unmapped, Untyped, User again: 4096 bytes of zero in each');
}

/** C1, C2: a frame counts its mappings. */
function checkCounts(frame: u64): void {
  let sound = true;
  for (let place: u64 = 0n; place < 3n; place++) {
    if (!tapOk(mapFrame(frame, PLACE + place * 0x20_1000n, READ_WRITE), place)) sound = false;
    if (!isFrame(frame, FRAME_TYPE_USER, place + 1n)) sound = false;
  }
  tapCheck(sound, 'C1 mapped in 3 entries: count 3');
  patternWrite(PLACE, 9n);
  tapCheck(patternHolds(PLACE + 0x20_1000n, 9n) && patternHolds(PLACE + 0x40_2000n, 9n), 'C1 the same memory at all 3');
  sound = tapOk(spaceUnmap(PLACE), 0n) && tapOk(spaceUnmap(PLACE + 0x20_1000n), 1n);
  tapCheck(sound && isFrame(frame, FRAME_TYPE_USER, 1n) && patternHolds(PLACE + 0x40_2000n, 9n), 'C2 unmap 2: count 1');
  tapCheck(tapAnswer(spaceUnmap(PLACE), ERROR_EMPTY, 0n, 0n), 'C2 unmap where no page is: Empty');
  tapCheck(
    tapOk(spaceUnmap(PLACE + 0x40_2000n), 2n) && isFrame(frame, FRAME_TYPE_USER, 0n),
    'C2 unmap the last: count 0',
  );
}

/** M4: unmap A, map B at the same address: every read is of B. A translation that stayed would show A. */
function checkReplacing(first: u64, second: u64): void {
  let sound =
    tapOk(mapFrame(first, PLACE + PAGE, READ_WRITE), 0n) && tapOk(mapFrame(second, PLACE + 2n * PAGE, READ_WRITE), 0n);
  patternWrite(PLACE + PAGE, 1n);
  patternWrite(PLACE + 2n * PAGE, 2n);
  const one = memoryWord(PLACE + PAGE);
  const two = memoryWord(PLACE + 2n * PAGE);
  for (let turn: u64 = 0n; turn < CHANGES; turn++) {
    const odd = (turn & 1n) === 1n;
    if (!tapOk(mapFrame(odd ? second : first, PLACE, READ), turn)) sound = false;
    if (memoryWord(PLACE) !== (odd ? two : one)) sound = false;
    if (!tapOk(spaceUnmap(PLACE), turn)) sound = false;
  }
  tapCheck(sound && one !== two, 'M4 unmap A, map B at the same address, 1000 times: the read is of B');
  tapCheck(tapOk(spaceUnmap(PLACE + PAGE), 1n) && tapOk(spaceUnmap(PLACE + 2n * PAGE), 2n), 'M4 both unmapped');
}

/** M1, M6 as far as they are allowed: every legal leaf is used as it allows; every other one is refused. */
function checkPermissions(frame: u64): void {
  let sound = true;
  for (let permissions: u64 = 0n; permissions < 64n; permissions++) {
    const legal = permissions === 2n || permissions === 6n || permissions === 8n || permissions === 10n;
    const answer = mapFrame(frame, PLACE, permissions);
    if (legal && !(tapOk(answer, permissions) && tapOk(spaceUnmap(PLACE), permissions))) sound = false;
    if (!legal && !tapAnswer(answer, ERROR_BAD_ARGUMENT, 3n, permissions)) sound = false;
  }
  tapCheck(sound, 'M1 W without R, W with X, none, and other bits are refused; R, RW, X, RX are not');
  for (let bit: u64 = 4n; bit < 64n; bit++) {
    if (!tapAnswer(mapFrame(frame, PLACE, READ | (1n << bit)), ERROR_BAD_ARGUMENT, 3n, bit)) sound = false;
  }
  tapCheck(sound, 'T3 permissions with a stray bit are BadArgument, never truncated');
}

/** M1, M6: code is written, then protected; it can be read, executed, and is what was written. */
function checkExecution(frame: u64): void {
  let sound = tapOk(mapFrame(frame, PLACE, READ_WRITE), 0n);
  for (let turn: u64 = 0n; turn < 16n; turn++) {
    writeFunction(PLACE, 100n + turn);
    if (!tapOk(mapFrame(frame, PLACE + PAGE, READ | EXECUTE), turn)) sound = false;
    if (executeAt(PLACE + PAGE) !== 100n + turn) sound = false;
    if (!tapOk(spaceProtect(PLACE + PAGE, EXECUTE), turn)) sound = false;
    if (executeAt(PLACE + PAGE) !== 100n + turn) sound = false;
    if (!tapOk(spaceUnmap(PLACE + PAGE), turn)) sound = false;
  }
  tapCheck(sound, 'M1 code is written at one address and executed at another, readable or not');
  patternWrite(PLACE, 7n);
  sound = tapOk(spaceProtect(PLACE, READ), 0n);
  tapCheck(sound && patternHolds(PLACE, 7n), 'M6 RW becomes R: it can still be read');
  sound = tapOk(spaceProtect(PLACE, READ), 0n);
  tapCheck(sound && patternHolds(PLACE, 7n), 'M6 R stays R');
  tapCheck(spaceProtect(PLACE, READ_WRITE).error !== ERROR_OK, 'M6 R does not become RW');
  tapCheck(tapOk(spaceUnmap(PLACE), 0n), 'M6 unmapped');
}

/** Stamps of Unmap only grow; and once the frame was used anew, they are greater. */
function checkStamps(frame: u64): void {
  let sound = true;
  let stamp: u64 = 0n;
  for (let turn: u64 = 0n; turn < CHANGES; turn++) {
    if (!tapOk(mapFrame(frame, PLACE, READ), turn)) sound = false;
    const unmapped = spaceUnmap(PLACE);
    if (unmapped.error !== ERROR_OK || unmapped.value <= stamp) sound = tapAnswer(unmapped, ERROR_OK, stamp + 1n, turn);
    stamp = unmapped.value;
    if (!tapOk(frameGiveBack(frame), turn)) sound = false;
    if (!tapOk(framesRetype(frameRange(frame), frameIndex(frame), FRAME_TYPE_USER), turn)) sound = false;
  }
  tapCheck(
    sound,
    'Q4 unmap, Untyped, User, 1000 times: succeeds without help, and every stamp is above the one before',
  );
}

/** Everything about pages. */
export function checkMapping(): void {
  checkZeroing();
  const first = frameTake(FRAME_TYPE_USER);
  const second = frameTake(FRAME_TYPE_USER);
  checkCounts(first);
  checkReplacing(first, second);
  checkPermissions(first);
  checkExecution(first);
  checkStamps(second);
  const given = tapOk(frameGiveBack(first), 1n) && tapOk(frameGiveBack(second), 2n);
  tapCheck(tapOk(spaceGiveBack(), 0n) && given, 'both frames and the page tables are given back');
}
