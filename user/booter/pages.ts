/** Memory of the booter's own: frames mapped at addresses of its choice, used, unmapped; and what Map and Protect refuse. */

import { BOOT_SLOT_FRAMES, BOOT_SLOT_TABLE } from '../../kernel-src/abi/boot-info.ts';
import {
  ERROR_BAD_ARGUMENT,
  ERROR_EMPTY,
  ERROR_IN_USE,
  ERROR_MISSING_RIGHTS,
  ERROR_OCCUPIED,
  ERROR_OUT_OF_RANGE,
  ERROR_WRONG_TYPE,
} from '../../kernel-src/abi/errors.ts';
import { FRAME_TYPE_UNTYPED, FRAME_TYPE_USER, FRAME_WORD_TYPE_SHIFT } from '../../kernel-src/abi/frame-types.ts';
import { KIND_FRAMES } from '../../kernel-src/abi/kinds.ts';
import { type Outcome } from '../../kernel-src/abi/outcome.ts';
import { RIGHT_FRAMES_EXECUTE, RIGHT_FRAMES_READ, RIGHT_FRAMES_WRITE } from '../../kernel-src/abi/rights.ts';
import { spaceEntry, spaceGiveBack, spaceMap, spaceProtect, spaceSlot, spaceUnmap } from '../lib/address-space.ts';
import { printHex, printText } from '../lib/console.ts';
import { frameGiveBack, frameIndex, frameRange, frameRangeLength, frameTake } from '../lib/frames.ts';
import { capabilityTableCopy, capabilityTableDrop, framesRetype, pageTableMap } from '../lib/generated/operations.ts';
import { pageIsZero, patternHolds, patternWrite } from '../lib/pattern.ts';
import { slotFind } from '../lib/slots.ts';
import {
  reportBegin,
  reportFact,
  reportFrame,
  reportRefusal,
  reportRights,
  reportStep,
  reportTaken,
  reportTitle,
  reportWord,
} from './report.ts';

const TABLE: u64 = u64(BOOT_SLOT_TABLE);
const READ: u64 = RIGHT_FRAMES_READ;
const WRITE: u64 = RIGHT_FRAMES_WRITE;
const EXECUTE: u64 = RIGHT_FRAMES_EXECUTE;
const READ_WRITE: u64 = RIGHT_FRAMES_READ | RIGHT_FRAMES_WRITE;

/** Where pages are mapped: far from everything that boot has mapped. The third one needs a further table of level 0. */
export const PAGE_FIRST: u64 = 0x10_0000_0000n;
const PAGE_SECOND: u64 = 0x10_0000_5000n;
const PAGE_THIRD: u64 = 0x10_0020_0000n;

/** Maps a frame of the booter at an address. */
export function frameMap(frame: u64, address: u64, permissions: u64): Outcome {
  return spaceMap(address, frameRange(frame), frameIndex(frame), permissions);
}

/** One frame at three addresses, then at one. */
function showMapping(frame: u64): void {
  if (!reportStep('Map', frameMap(frame, PAGE_FIRST, READ_WRITE))) return;
  reportBegin('mapped at ');
  printHex(PAGE_FIRST, 10);
  printText(', 2 page tables made');
  reportWord(frame, FRAME_TYPE_USER, 1n);
  patternWrite(PAGE_FIRST, 1n);
  reportFact('a pattern written there and read', patternHolds(PAGE_FIRST, 1n), '4096 bytes as written');
  if (!reportStep('Map', frameMap(frame, PAGE_SECOND, READ))) return;
  if (!reportStep('Map', frameMap(frame, PAGE_THIRD, READ_WRITE))) return;
  reportFrame('mapped at 2 further addresses', frame, FRAME_TYPE_USER, 3n);
  const same = patternHolds(PAGE_SECOND, 1n) && patternHolds(PAGE_THIRD, 1n);
  reportFact('the pattern read there', same, '4096 bytes as written');
  if (!reportStep('Unmap', spaceUnmap(PAGE_SECOND))) return;
  if (!reportStep('Unmap', spaceUnmap(PAGE_THIRD))) return;
  reportFrame('unmapped at two of the three', frame, FRAME_TYPE_USER, 1n);
}

/** What was written is gone when the frame is User again. */
function showZeroing(frame: u64): void {
  reportRefusal('it becomes Untyped', frameGiveBack(frame), ERROR_IN_USE, 1n);
  if (!reportStep('Unmap', spaceUnmap(PAGE_FIRST))) return;
  if (!reportStep('User becomes Untyped', frameGiveBack(frame))) return;
  const refused = frameMap(frame, PAGE_FIRST, READ);
  const untyped: u64 = FRAME_TYPE_UNTYPED << FRAME_WORD_TYPE_SHIFT;
  reportRefusal('unmapped, made Untyped, mapped', refused, ERROR_WRONG_TYPE, untyped);
  if (!reportStep('User again', framesRetype(frameRange(frame), frameIndex(frame), FRAME_TYPE_USER))) return;
  if (!reportStep('Map', frameMap(frame, PAGE_FIRST, READ_WRITE))) return;
  reportFact('made User again, mapped, read', pageIsZero(PAGE_FIRST), '4096 bytes of zero');
}

/** Another frame at the same address; permissions that shrink. The frame stays mapped there. */
function showChanges(frame: u64, other: u64): void {
  patternWrite(PAGE_FIRST, 2n);
  if (!reportStep('Map', frameMap(other, PAGE_SECOND, READ_WRITE))) return;
  patternWrite(PAGE_SECOND, 3n);
  if (!reportStep('Unmap', spaceUnmap(PAGE_FIRST))) return;
  if (!reportStep('Map', frameMap(other, PAGE_FIRST, READ_WRITE))) return;
  reportFact('another frame mapped at that address', patternHolds(PAGE_FIRST, 3n), 'its own 4096 bytes');
  if (!reportStep('Protect', spaceProtect(PAGE_FIRST, READ))) return;
  reportFact('Protect: only to be read', patternHolds(PAGE_FIRST, 3n), '4096 bytes as written');
  const more = spaceProtect(PAGE_FIRST, READ_WRITE);
  reportRights('Protect: to be written again', more, ERROR_MISSING_RIGHTS, WRITE, KIND_FRAMES);
  reportRefusal('Protect: to be neither read nor executed', spaceProtect(PAGE_FIRST, 0n), ERROR_BAD_ARGUMENT, 1n);
  reportRefusal('Map where a page is', frameMap(frame, PAGE_FIRST, READ), ERROR_OCCUPIED, 0n);
}

/** Pages that cannot be mapped. `PAGE_THIRD` is free. */
function showForbiddenPages(frame: u64): void {
  const executable = frameMap(frame, PAGE_THIRD, READ_WRITE | EXECUTE);
  reportRefusal('Map to be written and executed', executable, ERROR_BAD_ARGUMENT, 3n);
  reportRefusal('Map to be written, not read', frameMap(frame, PAGE_THIRD, WRITE), ERROR_BAD_ARGUMENT, 3n);
  reportRefusal('Map with a bit that is no permission', frameMap(frame, PAGE_THIRD, 0x12n), ERROR_BAD_ARGUMENT, 3n);
  const slot = slotFind(TABLE, 0n);
  const copied = capabilityTableCopy(TABLE, slot, frameRange(frame), READ, 0n, 0n, 0n);
  if (!reportStep('Copy', copied)) return;
  const written = spaceMap(PAGE_THIRD, slot, frameIndex(frame), READ_WRITE);
  reportRights('Map to be written, by one to read', written, ERROR_MISSING_RIGHTS, WRITE, KIND_FRAMES);
  reportStep('Drop', capabilityTableDrop(TABLE, slot));
  const frames = u64(BOOT_SLOT_FRAMES);
  const count = frameRangeLength(frames);
  reportRefusal(
    'Map of a frame after the last one',
    spaceMap(PAGE_THIRD, frames, count, READ),
    ERROR_OUT_OF_RANGE,
    count,
  );
  reportRefusal('Unmap where no page is', spaceUnmap(PAGE_THIRD), ERROR_EMPTY, 0n);
  const node = spaceSlot(PAGE_THIRD, 0n);
  const stray = pageTableMap(node, 0x1_0000_0000n | spaceEntry(PAGE_THIRD, 0n), frames, 0n, READ);
  reportRefusal('Map into entry 2^32', stray, ERROR_OUT_OF_RANGE, 512n);
}

/** The section on pages. */
export function showPages(): void {
  reportTitle('Pages');
  const frame = frameTake(FRAME_TYPE_USER);
  const other = frameTake(FRAME_TYPE_USER);
  if (!reportTaken(frame) || !reportTaken(other)) return;
  showMapping(frame);
  showZeroing(frame);
  showChanges(frame, other);
  showForbiddenPages(frame);
  reportStep('the page tables given back', spaceGiveBack());
  reportStep('a frame given back', frameGiveBack(frame));
  reportStep('a frame given back', frameGiveBack(other));
}
