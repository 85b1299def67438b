/**
 * The heap of a component: memory at one place of its address space, which
 * grows by a page whenever it has to. Needs `framesStart`. What it was given it
 * keeps: when the end moves back, the pages stay for the next time.
 */

import { FRAME_SIZE } from '../../kernel-src/abi/boot-info.ts';
import { ERROR_OK, ERROR_OUT_OF_RANGE } from '../../kernel-src/abi/errors.ts';
import { FRAME_TYPE_USER } from '../../kernel-src/abi/frame-types.ts';
import { KIND_PAGE_TABLE } from '../../kernel-src/abi/kinds.ts';
import { type Outcome } from '../../kernel-src/abi/outcome.ts';
import { RIGHT_FRAMES_READ, RIGHT_FRAMES_WRITE } from '../../kernel-src/abi/rights.ts';
import { spaceEntry } from './address-space.ts';
import { FRAME_NONE, frameGiveBack, frameIndex, frameRange, frameTake } from './frames.ts';
import { capabilityTableDrop, pageTableLink, pageTableMap } from './generated/operations.ts';
import { objectMake, objectUnmake } from './objects.ts';
import { SLOT_NONE } from './slots.ts';

/** Where the heap begins: in a part of the address space where boot puts nothing. */
export const HEAP_BASE: u64 = 0x20_0000_0000n;
/** Most bytes: what one page table of level 1 covers. */
export const HEAP_LIMIT: u64 = 0x4000_0000n;
/** Pages of the largest heap. */
const PAGE_LIMIT: u32 = 0x4_0000;
/** Bytes that one page table of level 0 covers. */
const PART: u64 = 0x20_0000n;

class Heap {
  /** Id of the own capability table, and of the root of the own address space. */
  table: u64 = 0n;
  root: u64 = 0n;
  /** Slot of the table of level 1; `SLOT_NONE` before the first page. */
  upper: u64 = 0n;
  /** Slot of the table of level 0 that is being filled, and the part that it covers; or `SLOT_NONE`. */
  lower: u64 = 0n;
  part: u64 = 0n;
  /** The first address behind the heap, and behind its pages. */
  end: u64 = 0n;
  mapped: u64 = 0n;
}
const heap = new Heap();

/** Says which capability table and which root are the component's own. The heap is empty. */
export function heapStart(table: u64, root: u64): void {
  heap.table = table;
  heap.root = root;
  heap.upper = SLOT_NONE;
  heap.lower = SLOT_NONE;
  heap.end = HEAP_BASE;
  heap.mapped = HEAP_BASE;
}

/** Makes a page table of a level and links it in an entry of `parent`. Answers its slot. */
function heapTable(level: u64, parent: u64, entry: u64): Outcome {
  const made = objectMake(heap.table, KIND_PAGE_TABLE, level, 0n);
  if (made.error !== ERROR_OK) return { error: made.error, value: made.detail };
  const linked = pageTableLink(parent, entry, made.slot);
  if (linked.error === ERROR_OK) return { error: ERROR_OK, value: made.slot };
  const back = objectUnmake(heap.table, made.slot, made.frame);
  return back.error === ERROR_OK ? linked : back;
}

/** Makes the table of level 1. */
function heapUpper(): Outcome {
  if (heap.upper !== SLOT_NONE) return { error: ERROR_OK, value: heap.upper };
  const made = heapTable(1n, heap.root, spaceEntry(HEAP_BASE, 2n));
  if (made.error === ERROR_OK) heap.upper = made.value;
  return made;
}

/**
 * Makes the table of level 0 for the next page, unless it is there. The capability of the table before is dropped: that
 * table is full, its link keeps it, and so the heap never takes more than two slots.
 */
function heapLower(): Outcome {
  const part: u64 = heap.mapped / PART;
  if (heap.lower !== SLOT_NONE && heap.part === part) return { error: ERROR_OK, value: heap.lower };
  const upper = heapUpper();
  if (upper.error !== ERROR_OK) return upper;
  if (heap.lower !== SLOT_NONE) {
    const dropped = capabilityTableDrop(heap.table, heap.lower);
    if (dropped.error !== ERROR_OK) return dropped;
    heap.lower = SLOT_NONE;
  }
  const made = heapTable(0n, upper.value, spaceEntry(heap.mapped, 1n));
  if (made.error !== ERROR_OK) return made;
  heap.lower = made.value;
  heap.part = part;
  return made;
}

/** Maps one more page, of zeros. */
function heapPage(): Outcome {
  const lower = heapLower();
  if (lower.error !== ERROR_OK) return lower;
  const frame = frameTake(FRAME_TYPE_USER);
  const permissions: u64 = RIGHT_FRAMES_READ | RIGHT_FRAMES_WRITE;
  // With no frame left, the kernel refuses the handle of none.
  const done = pageTableMap(
    lower.value,
    spaceEntry(heap.mapped, 0n),
    frameRange(frame),
    frameIndex(frame),
    permissions,
  );
  if (done.error === ERROR_OK) {
    heap.mapped = heap.mapped + FRAME_SIZE;
    return done;
  }
  if (frame === FRAME_NONE) return done;
  const back = frameGiveBack(frame);
  return back.error === ERROR_OK ? done : back;
}

/** Moves the end of the heap up by some bytes. Answers where it was; or OutOfRange with what is left; or why a page cannot be had. */
export function heapGrow(bytes: u64): Outcome {
  const before = heap.end;
  const left: u64 = HEAP_BASE + HEAP_LIMIT - before;
  if (bytes > left) return { error: ERROR_OUT_OF_RANGE, value: left };
  const after: u64 = before + bytes;
  for (let page: u32 = 0; page <= PAGE_LIMIT; page++) {
    if (heap.mapped >= after) break;
    const grown = heapPage();
    if (grown.error !== ERROR_OK) return grown;
  }
  heap.end = after;
  return { error: ERROR_OK, value: before };
}

/** Moves the end of the heap down by some bytes. Answers where it was; or OutOfRange with the size of the heap. */
export function heapShrink(bytes: u64): Outcome {
  const before = heap.end;
  if (bytes > before - HEAP_BASE) return { error: ERROR_OUT_OF_RANGE, value: before - HEAP_BASE };
  heap.end = before - bytes;
  return { error: ERROR_OK, value: before };
}
