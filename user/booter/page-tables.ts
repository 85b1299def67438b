/** Page tables: linked in several places, unlinked with what is in them, and links that are refused. */

import { BOOT_SLOT_ROOT, BOOT_SLOT_TABLE } from '../../kernel-src/abi/boot-info.ts';
import {
  ERROR_BAD_ARGUMENT,
  ERROR_MISSING_RIGHTS,
  ERROR_NOT_EMPTY,
  ERROR_OCCUPIED,
  ERROR_OK,
  ERROR_OUT_OF_RANGE,
  ERROR_WRONG_LEVEL,
} from '../../kernel-src/abi/errors.ts';
import { FRAME_TYPE_UNTYPED, FRAME_TYPE_USER } from '../../kernel-src/abi/frame-types.ts';
import { KIND_PAGE_TABLE } from '../../kernel-src/abi/kinds.ts';
import {
  RIGHT_FRAMES_READ,
  RIGHT_FRAMES_WRITE,
  RIGHT_PAGE_TABLE_LINK,
  RIGHT_PAGE_TABLE_MAP,
} from '../../kernel-src/abi/rights.ts';
import { spaceEntry, spaceGiveBack, spaceMap, spaceSlot } from '../lib/address-space.ts';
import { printHex } from '../lib/console.ts';
import { frameGiveBack, frameIndex, frameRange, frameTake } from '../lib/frames.ts';
import {
  capabilityTableCopy,
  capabilityTableDrop,
  pageTableInspect,
  pageTableLink,
  pageTableMap,
  pageTableUnlink,
} from '../lib/generated/operations.ts';
import { memoryWord } from '../lib/memory.ts';
import { frameReclaim, objectMake, objectUnmake } from '../lib/objects.ts';
import { patternHolds, patternWrite } from '../lib/pattern.ts';
import { slotFind } from '../lib/slots.ts';
import { PAGE_FIRST } from './pages.ts';
import {
  reportBegin,
  reportFact,
  reportFrame,
  reportHolds,
  reportMade,
  reportRefusal,
  reportRights,
  reportStep,
  reportTaken,
  reportTitle,
} from './report.ts';

const TABLE: u64 = u64(BOOT_SLOT_TABLE);
const ROOT: u64 = u64(BOOT_SLOT_ROOT);
/** The same table of level 0 as that of `PAGE_FIRST`, linked in another entry of level 1. */
const PAGE_AGAIN: u64 = 0x10_0040_0000n;
/** The first entry of a root that belongs to the kernel, and the number of entries. */
const KERNEL_ENTRY: u64 = 256n;
const ENTRIES: u64 = 512n;

/** One table of level 0 in two entries of level 1, then in none, then in one again. */
function showLinks(upper: u64, lower: u64): void {
  if (!reportStep('Link', pageTableLink(upper, spaceEntry(PAGE_AGAIN, 1n), lower))) return;
  reportBegin('a table linked twice: its page at ');
  printHex(PAGE_AGAIN, 10);
  reportHolds(patternHolds(PAGE_AGAIN, 4n), '4096 bytes as written');
  const occupied = pageTableLink(upper, spaceEntry(PAGE_AGAIN, 1n), lower);
  reportRefusal('Link where a table is', occupied, ERROR_OCCUPIED, 0n);
  if (!reportStep('Unlink', pageTableUnlink(upper, spaceEntry(PAGE_AGAIN, 1n)))) return;
  if (!reportStep('Unlink', pageTableUnlink(upper, spaceEntry(PAGE_FIRST, 1n)))) return;
  const entry = pageTableInspect(lower, spaceEntry(PAGE_FIRST, 0n));
  reportFact('unlinked twice', entry.error === ERROR_OK && entry.value !== 0n, 'it keeps its entry');
  if (!reportStep('Link', pageTableLink(upper, spaceEntry(PAGE_FIRST, 1n), lower))) return;
  reportFact('linked again', patternHolds(PAGE_FIRST, 4n), '4096 bytes as written');
}

/** Tables that do not fit each other. */
function showLevels(upper: u64, lower: u64, frame: u64): void {
  const free = spaceEntry(PAGE_AGAIN, 1n);
  reportRefusal('level 0 linked under level 2', pageTableLink(ROOT, free, lower), ERROR_WRONG_LEVEL, 0n);
  reportRefusal('a root linked under level 1', pageTableLink(upper, free, ROOT), ERROR_WRONG_LEVEL, 2n);
  reportRefusal('level 1 linked under itself', pageTableLink(upper, free, upper), ERROR_WRONG_LEVEL, 1n);
  reportRefusal('a table linked under level 0', pageTableLink(lower, free, lower), ERROR_WRONG_LEVEL, 0n);
  const large = pageTableMap(upper, free, frameRange(frame), frameIndex(frame), RIGHT_FRAMES_READ);
  reportRefusal('a frame mapped in level 1', large, ERROR_WRONG_LEVEL, 1n);
  const kernel = pageTableLink(ROOT, KERNEL_ENTRY, upper);
  reportRefusal("Link in the kernel's half of the root", kernel, ERROR_BAD_ARGUMENT, 0n);
  reportRefusal("Unlink in the kernel's half", pageTableUnlink(ROOT, ENTRIES - 1n), ERROR_BAD_ARGUMENT, 0n);
  reportRefusal('Inspect of entry 512', pageTableInspect(lower, ENTRIES), ERROR_OUT_OF_RANGE, ENTRIES);
  const slot = slotFind(TABLE, 0n);
  const copied = capabilityTableCopy(TABLE, slot, lower, RIGHT_PAGE_TABLE_MAP, 0n, 0n, 0n);
  if (!reportStep('Copy', copied)) return;
  const bare = pageTableLink(upper, free, slot);
  reportRights('Link, by a capability to map', bare, ERROR_MISSING_RIGHTS, RIGHT_PAGE_TABLE_LINK, KIND_PAGE_TABLE);
  reportStep('Drop', capabilityTableDrop(TABLE, slot));
}

/** A table of level 0 that is in no address space can be filled; linked, its page is there at once. */
function showLinkLast(upper: u64, frame: u64): void {
  const made = objectMake(TABLE, KIND_PAGE_TABLE, 0n, 0n);
  if (!reportMade(made)) return;
  const mapped = pageTableMap(made.slot, 7n, frameRange(frame), frameIndex(frame), RIGHT_FRAMES_READ);
  if (!reportStep('Map', mapped)) return;
  if (!reportStep('Link', pageTableLink(upper, spaceEntry(PAGE_AGAIN, 1n), made.slot))) return;
  const same = memoryWord(PAGE_AGAIN + 0x7000n) === memoryWord(PAGE_FIRST);
  reportFact('a page mapped first, its table linked after', same, 'it is there');
  if (!reportStep('Unlink', pageTableUnlink(upper, spaceEntry(PAGE_AGAIN, 1n)))) return;
  const full = objectUnmake(TABLE, made.slot, made.frame);
  reportRefusal('unlinked, its capability dropped, Untyped', full, ERROR_NOT_EMPTY, 7n);
  if (!reportStep('Recover', frameReclaim(TABLE, made.frame))) return;
  reportFrame('recovered, emptied, dropped, Untyped', made.frame, FRAME_TYPE_UNTYPED, 0n);
}

/** The section on page tables. */
export function showPageTables(): void {
  reportTitle('Page tables');
  const frame = frameTake(FRAME_TYPE_USER);
  if (!reportTaken(frame)) return;
  const mapped = spaceMap(PAGE_FIRST, frameRange(frame), frameIndex(frame), RIGHT_FRAMES_READ | RIGHT_FRAMES_WRITE);
  if (!reportStep('Map', mapped)) return;
  patternWrite(PAGE_FIRST, 4n);
  const upper = spaceSlot(PAGE_FIRST, 1n);
  const lower = spaceSlot(PAGE_FIRST, 0n);
  showLinks(upper, lower);
  showLevels(upper, lower, frame);
  showLinkLast(upper, frame);
  reportStep('the page tables given back', spaceGiveBack());
  reportStep('the frame given back', frameGiveBack(frame));
}
