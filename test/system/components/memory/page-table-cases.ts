/** Page tables: levels, links, the kernel's half of a root. */

import { BOOT_SLOT_ROOT, BOOT_SLOT_TABLE } from '../../../../kernel-src/abi/boot-info.ts';
import {
  ERROR_BAD_ARGUMENT,
  ERROR_NOT_EMPTY,
  ERROR_OK,
  ERROR_OUT_OF_RANGE,
  ERROR_WRONG_LEVEL,
} from '../../../../kernel-src/abi/errors.ts';
import {
  FRAME_TYPE_PAGE_TABLE_0,
  FRAME_TYPE_PAGE_TABLE_1,
  FRAME_TYPE_UNTYPED,
  FRAME_TYPE_USER,
} from '../../../../kernel-src/abi/frame-types.ts';
import { KIND_PAGE_TABLE } from '../../../../kernel-src/abi/kinds.ts';
import { spaceEntry, spaceGiveBack, spaceSlot } from '../../../../user/lib/address-space.ts';
import { frameGiveBack, frameIndex, frameRange, frameTake } from '../../../../user/lib/frames.ts';
import {
  capabilityTableDrop,
  framesRetype,
  pageTableClear,
  pageTableInspect,
  pageTableLink,
  pageTableMap,
  pageTableUnlink,
  pageTableUnmap,
} from '../../../../user/lib/generated/operations.ts';
import { memoryWord } from '../../../../user/lib/memory.ts';
import { frameReclaim, objectMake, objectUnmake } from '../../../../user/lib/objects.ts';
import { patternHolds, patternWrite } from '../../../../user/lib/pattern.ts';
import { tapAnswer, tapCheck, tapOk } from '../tap.ts';
import { isFrame, mapFrame, PLACE, READ, READ_WRITE } from './mapping.ts';

const TABLE: u64 = u64(BOOT_SLOT_TABLE);
const ROOT: u64 = u64(BOOT_SLOT_ROOT);
const ENTRIES: u64 = 512n;
const KERNEL_ENTRY: u64 = 256n;
/** An entry of the tables of level 1 and 2 that is not used otherwise. */
const FREE_ENTRY: u64 = 200n;
const MEGAPAGE: u64 = 0x20_0000n;

/** P1, P4: tables of three levels; unlinked as a whole, and linked again. */
function checkLinks(frame: u64): void {
  let sound = tapOk(mapFrame(frame, PLACE, READ_WRITE), 0n);
  patternWrite(PLACE, 5n);
  tapCheck(sound && patternHolds(PLACE, 5n), 'P1 levels 2, 1, 0 linked, a page mapped: written and read');
  const upper = spaceSlot(PLACE, 1n);
  const lower = spaceSlot(PLACE, 0n);
  sound = true;
  for (let entry: u64 = 1n; entry < 512n; entry++) {
    if (!tapOk(pageTableLink(upper, entry, lower), entry)) sound = false;
    if (memoryWord(PLACE + entry * MEGAPAGE) !== memoryWord(PLACE)) sound = false;
  }
  tapCheck(sound, 'P1 one table in all 512 entries of the one above: its page is in each part');
  for (let first: u64 = 64n; first < ENTRIES; first += 64n) {
    if (!tapOk(pageTableClear(upper, first, 64n), first)) sound = false;
  }
  if (!tapOk(pageTableClear(upper, 1n, 63n), 1n)) sound = false;
  tapCheck(sound && patternHolds(PLACE, 5n), 'P4 Clear of the other 511: the first one is still there');
  sound = tapOk(pageTableUnlink(ROOT, spaceEntry(PLACE, 2n)), 0n);
  const entry = pageTableInspect(lower, 0n);
  tapCheck(
    sound && entry.error === ERROR_OK && entry.value !== 0n,
    'P4 the whole part unlinked: its tables keep their entries',
  );
  sound = tapOk(pageTableLink(ROOT, spaceEntry(PLACE, 2n), upper), 0n);
  tapCheck(sound && patternHolds(PLACE, 5n), 'P4 linked again: the page is there');
}

/** P2: every pair of levels but the right one. */
function checkLevels(): void {
  let sound = true;
  for (let parent: u64 = 0n; parent < 3n; parent++) {
    for (let child: u64 = 0n; child < 3n; child++) {
      if (parent === child + 1n) continue;
      const found = parent === 0n ? 0n : child;
      const answer = pageTableLink(spaceSlot(PLACE, parent), FREE_ENTRY, spaceSlot(PLACE, child));
      if (!tapAnswer(answer, ERROR_WRONG_LEVEL, found, parent * 3n + child)) sound = false;
    }
  }
  tapCheck(sound, 'P2 a table links only tables one level below, never itself: WrongLevel, with the level');
}

/** P6: a page is mapped in level 0 only. */
function checkLargePages(frame: u64): void {
  let sound = true;
  for (let level: u64 = 1n; level < 3n; level++) {
    const slot = spaceSlot(PLACE, level);
    const mapped = pageTableMap(slot, FREE_ENTRY, frameRange(frame), frameIndex(frame), READ);
    if (!tapAnswer(mapped, ERROR_WRONG_LEVEL, level, level)) sound = false;
    if (!tapAnswer(pageTableUnmap(slot, FREE_ENTRY), ERROR_WRONG_LEVEL, level, level)) sound = false;
  }
  tapCheck(sound, 'P6 map or unmap a page in level 1 or 2: WrongLevel');
}

/** M7: no operation addresses the kernel's half of a root; T3: no entry number is truncated. */
function checkKernelHalf(): void {
  const upper = spaceSlot(PLACE, 1n);
  let sound = true;
  for (let entry: u64 = KERNEL_ENTRY; entry < 512n; entry++) {
    if (!tapAnswer(pageTableLink(ROOT, entry, upper), ERROR_BAD_ARGUMENT, 0n, entry)) sound = false;
    if (!tapAnswer(pageTableUnlink(ROOT, entry), ERROR_BAD_ARGUMENT, 0n, entry)) sound = false;
    if (!tapAnswer(pageTableClear(ROOT, entry, 1n), ERROR_BAD_ARGUMENT, 0n, entry)) sound = false;
    if (!tapAnswer(pageTableInspect(ROOT, entry), ERROR_BAD_ARGUMENT, 0n, entry)) sound = false;
  }
  tapCheck(sound, "M7 link, unlink, clear, inspect in the kernel's half of the root: BadArgument");
  tapCheck(
    tapAnswer(pageTableClear(ROOT, 250n, 7n), ERROR_OUT_OF_RANGE, 7n, 250n),
    'M7 nor does a Clear reach into it',
  );
  sound = true;
  for (let bit: u64 = 9n; bit < 64n; bit++) {
    if (!tapAnswer(pageTableLink(ROOT, FREE_ENTRY | (1n << bit), upper), ERROR_OUT_OF_RANGE, ENTRIES, bit))
      sound = false;
    if (!tapAnswer(pageTableUnlink(ROOT, 1n << bit), ERROR_OUT_OF_RANGE, ENTRIES, bit)) sound = false;
  }
  tapCheck(sound, 'T3 an entry number with a stray bit is OutOfRange, never truncated');
}

/** A frame with something in it becomes a page table: every entry is 0. And one that still has an entry stays. */
function checkFresh(frame: u64): void {
  const dirty = frameTake(FRAME_TYPE_USER);
  let sound = tapOk(mapFrame(dirty, PLACE + 4096n, READ_WRITE), 0n);
  patternWrite(PLACE + 4096n, 6n);
  sound = sound && tapOk(pageTableUnmap(spaceSlot(PLACE, 0n), 1n), 0n) && tapOk(frameGiveBack(dirty), 0n);
  let level: u64 = 0n;
  for (let turn: u64 = 0n; turn < 2n; turn++) {
    level = turn;
    const made = objectMake(TABLE, KIND_PAGE_TABLE, level, 0n);
    for (let entry: u64 = 0n; entry < ENTRIES; entry++) {
      if (!tapAnswer(pageTableInspect(made.slot, entry), ERROR_OK, 0n, entry)) sound = false;
    }
    if (!tapOk(objectUnmake(TABLE, made.slot, made.frame), level)) sound = false;
  }
  tapCheck(sound, 'R1 a new page table has no entry, whatever was in its frame');
  const made = objectMake(TABLE, KIND_PAGE_TABLE, 0n, 0n);
  sound = tapOk(pageTableMap(made.slot, 511n, frameRange(frame), frameIndex(frame), READ), 0n);
  const dropped = objectUnmake(TABLE, made.slot, made.frame);
  tapCheck(
    sound && tapAnswer(dropped, ERROR_NOT_EMPTY, 511n, 0n),
    'O1 a table with an entry, its capability dropped: NotEmpty',
  );
  sound = isFrame(made.frame, FRAME_TYPE_PAGE_TABLE_0, 0n) && tapOk(frameReclaim(TABLE, made.frame), 0n);
  tapCheck(sound && isFrame(made.frame, FRAME_TYPE_UNTYPED, 0n), 'O1 recovered, emptied: Untyped');
}

/** A page table counts its slots and its links. */
function checkTableCounts(): void {
  const made = objectMake(TABLE, KIND_PAGE_TABLE, 1n, 0n);
  let sound = isFrame(made.frame, FRAME_TYPE_PAGE_TABLE_1, 1n);
  for (let entry: u64 = 0n; entry < 3n; entry++) {
    if (!tapOk(pageTableLink(ROOT, FREE_ENTRY + entry, made.slot), entry)) sound = false;
  }
  tapCheck(sound && isFrame(made.frame, FRAME_TYPE_PAGE_TABLE_1, 4n), 'INV1 a slot and 3 links: count 4');
  sound = tapOk(capabilityTableDrop(TABLE, made.slot), 0n) && tapOk(pageTableClear(ROOT, FREE_ENTRY, 3n), 0n);
  sound = sound && isFrame(made.frame, FRAME_TYPE_PAGE_TABLE_1, 0n) && tapOk(frameGiveBack(made.frame), 0n);
  tapCheck(sound && isFrame(made.frame, FRAME_TYPE_UNTYPED, 0n), 'INV1 dropped and cleared: count 0, and Untyped');
  const retyped = framesRetype(frameRange(made.frame), frameIndex(made.frame), FRAME_TYPE_USER);
  tapCheck(tapOk(retyped, 0n) && tapOk(frameGiveBack(made.frame), 0n), 'Q4 and User at once');
}

/** Everything about page tables. */
export function checkPageTables(): void {
  const frame = frameTake(FRAME_TYPE_USER);
  checkLinks(frame);
  checkLevels();
  checkLargePages(frame);
  checkKernelHalf();
  checkFresh(frame);
  checkTableCounts();
  tapCheck(tapOk(spaceGiveBack(), 0n) && tapOk(frameGiveBack(frame), 0n), 'tables and frame are given back');
}
