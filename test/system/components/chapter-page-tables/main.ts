/** A page table made, filled, used and taken apart, as the chapter "Page tables" of the book tells it. */

import { BOOT_SLOT_ROOT, BOOT_SLOT_TABLE, BootInfo } from '../../../../kernel-src/abi/boot-info.ts';
import {
  ERROR_BAD_ARGUMENT,
  ERROR_IN_USE,
  ERROR_MISSING_RIGHTS,
  ERROR_OCCUPIED,
  ERROR_OK,
  ERROR_WRONG_LEVEL,
  ERROR_WRONG_TYPE,
} from '../../../../kernel-src/abi/errors.ts';
import {
  FRAME_TYPE_BLANK,
  FRAME_TYPE_UNTYPED,
  FRAME_TYPE_USER,
  FRAME_WORD_TYPE_SHIFT,
} from '../../../../kernel-src/abi/frame-types.ts';
import { KIND_PAGE_TABLE } from '../../../../kernel-src/abi/kinds.ts';
import {
  capabilityTableCreate,
  capabilityTableDrop,
  framesRetype,
  pageTableClear,
  pageTableInspect,
  pageTableLink,
  pageTableMap,
  pageTableProtect,
  pageTableUnlink,
  pageTableUnmap,
} from '../../../../user/lib/generated/operations.ts';
import { frameIs, FRAMES, freeFrames } from '../free-frames.ts';
import { pageAt, pageIsZero } from '../page.ts';
import { tapAnswer, tapCheck, tapEnd } from '../tap.ts';

const TABLE: u64 = u64(BOOT_SLOT_TABLE);
const ROOT: u64 = u64(BOOT_SLOT_ROOT);
/** Slots that boot leaves empty, for the two new nodes. */
const UPPER: u64 = 60n;
const LOWER: u64 = 61n;
/** Entry 8 of the root begins at 8 GiB; entry 0 of both lower nodes, too. Entry 1 of the lowest one is the next page. */
const ENTRY: u64 = 8n;
const FIRST_PAGE: u64 = 0x2_0000_0000n;
const SECOND_PAGE: u64 = 0x2_0000_1000n;
/** Permissions, as Map takes them. */
const READ: u64 = 2n;
const WRITE: u64 = 4n;
const EXECUTE: u64 = 8n;
/** Bits of an entry: valid, read, write, user, accessed, dirty (RISC-V privileged specification, Sv39). */
const ENTRY_BITS: u64 = 0x3ffn;
const READ_WRITE_LEAF: u64 = 0xd7n;
/** Something to find again. */
const PATTERN: u64 = 0x1234_5678_9abc_def0n;

/** Makes a node of a level in a frame. */
function makeNode(slot: u64, frame: u64, level: u64): boolean {
  if (!tapAnswer(framesRetype(FRAMES, frame, FRAME_TYPE_BLANK), ERROR_OK, 0n, frame)) return false;
  return tapAnswer(capabilityTableCreate(TABLE, slot, KIND_PAGE_TABLE, FRAMES, frame, level, 0n), ERROR_OK, 0n, slot);
}

/** Two nodes, linked below the root. */
function build(frame: u64): void {
  tapCheck(makeNode(UPPER, frame, 1n) && makeNode(LOWER, frame + 1n, 0n), 'two nodes, of level 1 and of level 0');
  tapCheck(
    tapAnswer(pageTableLink(ROOT, ENTRY, LOWER), ERROR_WRONG_LEVEL, 0n, LOWER),
    'level 0 below a root: WrongLevel 0',
  );
  tapCheck(
    tapAnswer(pageTableLink(ROOT, 256n, UPPER), ERROR_BAD_ARGUMENT, 0n, UPPER),
    "the kernel's half: BadArgument 0",
  );
  tapCheck(tapAnswer(pageTableLink(ROOT, ENTRY, UPPER), ERROR_OK, 0n, UPPER), 'Link level 1 below entry 8 of the root');
  tapCheck(tapAnswer(pageTableLink(UPPER, 0n, LOWER), ERROR_OK, 0n, LOWER), 'Link level 0 below level 1');
}

/** One frame, mapped and used. */
function mapOne(frame: u64): void {
  const early = pageTableMap(LOWER, 0n, FRAMES, frame, READ | WRITE);
  const untyped: u64 = FRAME_TYPE_UNTYPED << FRAME_WORD_TYPE_SHIFT;
  tapCheck(tapAnswer(early, ERROR_WRONG_TYPE, untyped, frame), 'an Untyped frame is not mapped: WrongType');
  tapCheck(tapAnswer(framesRetype(FRAMES, frame, FRAME_TYPE_USER), ERROR_OK, 0n, frame), 'Retype it to User');
  const both = pageTableMap(LOWER, 0n, FRAMES, frame, READ | WRITE | EXECUTE);
  tapCheck(tapAnswer(both, ERROR_BAD_ARGUMENT, 3n, frame), 'writable and executable: BadArgument 3');
  const kernel = pageTableMap(LOWER, 0n, FRAMES, 0n, READ);
  tapCheck(tapAnswer(kernel, ERROR_WRONG_TYPE, 0n, 0n), 'a frame of the firmware: WrongType');
  tapCheck(
    tapAnswer(pageTableMap(LOWER, 0n, FRAMES, frame, READ | WRITE), ERROR_OK, 0n, frame),
    'Map it, read and write',
  );
  const entry: u64 = pageTableInspect(LOWER, 0n).value & ENTRY_BITS;
  tapCheck(entry === READ_WRITE_LEAF, 'Inspect: valid, read, write, user, accessed, dirty');
  tapCheck(pageIsZero(pageAt(FIRST_PAGE)), 'the page at 8 GiB is zero');
  pageAt(FIRST_PAGE).words[7] = PATTERN;
  tapCheck(pageAt(FIRST_PAGE).words[7] === PATTERN, 'and holds what is stored there');
}

/** The same frame at a second address, with fewer permissions. */
function mapAgain(frame: u64): void {
  const taken = pageTableMap(LOWER, 0n, FRAMES, frame, READ);
  tapCheck(taken.error === ERROR_OCCUPIED, 'Map into the same entry: Occupied');
  tapCheck(
    tapAnswer(pageTableMap(LOWER, 1n, FRAMES, frame, READ), ERROR_OK, 0n, 1n),
    'Map it a second time, read only',
  );
  tapCheck(frameIs(frame, FRAME_TYPE_USER, 2n), 'two entries name it: it counts 2');
  tapCheck(pageAt(SECOND_PAGE).words[7] === PATTERN, 'both pages are the same memory');
  const more = pageTableProtect(LOWER, 1n, READ | WRITE);
  tapCheck(tapAnswer(more, ERROR_MISSING_RIGHTS, WRITE, 1n), 'Protect gives no permission: MissingRights 4');
  tapCheck(pageTableProtect(LOWER, 0n, READ).error === ERROR_OK, 'Protect takes one away');
  const used = framesRetype(FRAMES, frame, FRAME_TYPE_UNTYPED);
  tapCheck(tapAnswer(used, ERROR_IN_USE, 2n, frame), 'a mapped frame does not become Untyped: InUse 2');
}

/** Everything is taken apart, from the top. */
function takeApart(frame: u64): void {
  tapCheck(pageTableUnlink(ROOT, ENTRY).error === ERROR_OK, 'Unlink level 1: nothing below can be reached any more');
  tapCheck(frameIs(frame + 2n, FRAME_TYPE_USER, 2n), 'the entries below are still there: the frame counts 2');
  tapCheck(pageTableUnmap(LOWER, 0n).error === ERROR_OK, 'Unmap the first entry');
  tapCheck(pageTableClear(LOWER, 0n, 64n).error === ERROR_OK, 'Clear 64 entries');
  tapCheck(tapAnswer(framesRetype(FRAMES, frame + 2n, FRAME_TYPE_UNTYPED), ERROR_OK, 0n, 2n), 'now it becomes Untyped');
  const unlinked = pageTableUnlink(UPPER, 0n).error === ERROR_OK;
  const dropped =
    capabilityTableDrop(TABLE, UPPER).error === ERROR_OK && capabilityTableDrop(TABLE, LOWER).error === ERROR_OK;
  const upper = tapAnswer(framesRetype(FRAMES, frame, FRAME_TYPE_UNTYPED), ERROR_OK, 0n, 0n);
  const lower = tapAnswer(framesRetype(FRAMES, frame + 1n, FRAME_TYPE_UNTYPED), ERROR_OK, 0n, 1n);
  tapCheck(unlinked && dropped && upper && lower, 'Unlink, Drop: both nodes become Untyped');
}

/** Entered by the start file. */
export function componentMain(info: BootInfo): never {
  const frame = freeFrames(info);
  build(frame);
  mapOne(frame + 2n);
  mapAgain(frame + 2n);
  takeApart(frame);
  tapEnd();
}
