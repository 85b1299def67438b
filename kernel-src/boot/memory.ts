/**
 * The memory map: every part of memory and what it is used for, in the order
 * of addresses. Boot begins with memory that is free, marks what is not, and
 * takes from the rest. The booter is given the same map in its `BootInfo`.
 */

import { BOOT_MEMORY_LIMIT, BOOT_RAM_LIMIT, MEMORY_FIRMWARE, MEMORY_FREE, MemoryRange } from '../abi/boot-info.ts';
import { type Board, BOARD_MEMORY_LIMIT, BOARD_RANGE_LIMIT } from '../machine/board.ts';
import { consoleText } from '../machine/console.ts';
import { PAGE_SIZE, PHYSICAL_WINDOW_SIZE } from '../machine/layout.ts';
import { bootFailure, bootRange, bootSize, bootStage, bootStop } from './report.ts';

/** Clears the offset in a page. */
const PAGE_MASK: u64 = ~0xfffn;

/** Parts of memory. They do not overlap and are multiples of 4096 bytes. */
export class MemoryMap {
  count: u32 = 0;
  readonly parts = array(MemoryRange, 32);
}
/** Memory by its use. */
export const memoryMap = new MemoryMap();
/** Memory as the device tree has it, whatever it is used for: `BOOT_RAM_LIMIT` ranges at most. */
export const memoryRanges = new MemoryMap();

/** An address, down to a multiple of 4096. */
export function pageDown(address: u64): u64 {
  return address & PAGE_MASK;
}

/** An address, up to a multiple of 4096. */
export function pageUp(address: u64): u64 {
  return (address + PAGE_SIZE - 1n) & PAGE_MASK;
}

/** Writes one part. */
function partSet(part: MemoryRange, base: u64, size: u64, use: u32): void {
  part.base = base;
  part.size = size;
  part.use = use;
}

/** Makes room for one part before `index`. */
function insert(map: MemoryMap, index: u32): void {
  const count = map.count;
  if (count >= BOOT_MEMORY_LIMIT) {
    bootFailure('the memory map has more than 32 parts: ');
    bootStop('merge ranges of reserved memory in the device tree');
  }
  for (let at: u32 = count; at > index; at--) {
    const part = map.parts[at - 1];
    partSet(map.parts[at], part.base, part.size, part.use);
  }
  map.count = count + 1;
}

/** Takes away the part at `index`. */
function remove(map: MemoryMap, index: u32): void {
  for (let at: u32 = 1; at < BOOT_MEMORY_LIMIT && at < map.count; at++) {
    if (at <= index) continue;
    const part = map.parts[at];
    partSet(map.parts[at - 1], part.base, part.size, part.use);
  }
  map.count = map.count - 1;
}

/** Makes `address`, if it is inside a part, the beginning of one. */
function split(map: MemoryMap, address: u64): void {
  for (let index: u32 = 0; index < BOOT_MEMORY_LIMIT; index++) {
    if (index >= map.count) return;
    const part = map.parts[index];
    if (address <= part.base || address >= part.base + part.size) continue;
    insert(map, index + 1);
    partSet(map.parts[(index + 1) & 31], address, part.base + part.size - address, part.use);
    part.size = address - part.base;
    return;
  }
}

/** Merges neighbours of the same use. */
function merge(map: MemoryMap): void {
  let index: u32 = 0;
  for (let step: u32 = 0; step < BOOT_MEMORY_LIMIT; step++) {
    if (index + 1 >= map.count || index >= BOOT_MEMORY_LIMIT - 1) return;
    const part = map.parts[index];
    const next = map.parts[index + 1];
    if (part.use === next.use && part.base + part.size === next.base) {
      part.size = part.size + next.size;
      remove(map, index + 1);
    } else {
      index++;
    }
  }
}

/** Adds a range to memory, in its place in the order; parts that it overlaps grow instead. */
function addRange(map: MemoryMap, base: u64, end: u64): void {
  let from: u64 = base;
  let to: u64 = end;
  let index: u32 = 0;
  for (let step: u32 = 0; step < BOOT_MEMORY_LIMIT + 1; step++) {
    if (index >= map.count || index >= BOOT_MEMORY_LIMIT) break;
    const part = map.parts[index];
    const partEnd: u64 = part.base + part.size;
    if (part.base > to) break;
    if (partEnd < from) {
      index++;
      continue;
    }
    if (part.base < from) from = part.base;
    if (partEnd > to) to = partEnd;
    remove(map, index);
  }
  insert(map, index);
  partSet(map.parts[index & 31], from, to - from, MEMORY_FREE);
}

/** Changes the use of the memory from `start` to `end` (physical, rounded outwards to pages), as far as it was `old`. */
export function memoryChange(start: u64, end: u64, old: u32, use: u32): void {
  const from = pageDown(start);
  const to = pageUp(end) < end ? PHYSICAL_WINDOW_SIZE : pageUp(end);
  split(memoryMap, from);
  split(memoryMap, to);
  for (let index: u32 = 0; index < BOOT_MEMORY_LIMIT && index < memoryMap.count; index++) {
    const part = memoryMap.parts[index];
    if (part.base >= from && part.base < to && part.use === old) part.use = use;
  }
  merge(memoryMap);
}

/** Gives free memory a use. */
export function memoryMark(start: u64, end: u64, use: u32): void {
  memoryChange(start, end, MEMORY_FREE, use);
}

/** The part of the memory map that an address is in, by its index; `BOOT_MEMORY_LIMIT` if it is in none. @apart */
export function memoryAt(address: u64): u32 {
  for (let index: u32 = 0; index < BOOT_MEMORY_LIMIT && index < memoryMap.count; index++) {
    const part = memoryMap.parts[index];
    if (address >= part.base && address - part.base < part.size) return index;
  }
  return BOOT_MEMORY_LIMIT;
}

/** Whether all memory from `start` to `end` is one part of a use. */
export function memoryIs(start: u64, end: u64, use: u32): boolean {
  const index = memoryAt(start);
  if (index >= BOOT_MEMORY_LIMIT) return false;
  const part = memoryMap.parts[index];
  return end - part.base <= part.size && part.use === use;
}

/** Adds one range of the device tree, as far as the kernel can use it. */
function addBoardRange(base: u64, size: u64): void {
  let end: u64 = pageDown(base + size);
  const start = pageUp(base);
  if (end > PHYSICAL_WINDOW_SIZE) {
    bootStage('memory above 255 GiB is left alone: ');
    bootRange(base, size);
    consoleText('\n');
    end = PHYSICAL_WINDOW_SIZE;
  }
  if (start < base || start >= end) return;
  addRange(memoryRanges, start, end);
}

/** Whether reserved memory is what a loader reserves for the archive that it leaves there: the same pages, no more. */
function isArchive(board: Board, base: u64, end: u64): boolean {
  return pageDown(base) === pageDown(board.archiveStart) && pageUp(end) === pageUp(board.archiveEnd);
}

/** Starts the map: all memory of the board, then without what is reserved. */
export function memoryStart(board: Board): void {
  for (let index: u32 = 0; index < BOARD_MEMORY_LIMIT && index < board.memory.count; index++) {
    addBoardRange(board.memory.parts[index].base, board.memory.parts[index].size);
  }
  if (memoryRanges.count > BOOT_RAM_LIMIT) {
    bootFailure('memory is in more than 8 pieces: ');
    bootStop('the booter is given one capability for each, and has room for 8');
  }
  for (let index: u32 = 0; index < BOOT_RAM_LIMIT && index < memoryRanges.count; index++) {
    const part = memoryRanges.parts[index];
    addRange(memoryMap, part.base, part.base + part.size);
  }
  for (let index: u32 = 0; index < BOARD_RANGE_LIMIT && index < board.reserved.count; index++) {
    const base = board.reserved.parts[index].base;
    const end: u64 = base + board.reserved.parts[index].size;
    if (!isArchive(board, base, end)) memoryMark(base, end, MEMORY_FIRMWARE);
  }
}

/** What `memoryFind` answers if there is no such memory. */
export const MEMORY_NONE: u64 = 0xffff_ffff_ffff_ffffn;

/** The physical address of the lowest free memory of `size` bytes that begins at a multiple of `alignment`, a power of two. */
export function memoryFind(size: u64, alignment: u64): u64 {
  for (let index: u32 = 0; index < BOOT_MEMORY_LIMIT && index < memoryMap.count; index++) {
    const part = memoryMap.parts[index];
    const base: u64 = (part.base + alignment - 1n) & ~(alignment - 1n);
    if (part.use === MEMORY_FREE && base + size <= part.base + part.size) return base;
  }
  return MEMORY_NONE;
}

/** Takes free memory, in pages, the lowest that is large enough. Answers its physical address. */
export function memoryTake(pages: u64, use: u32): u64 {
  const size: u64 = pages * PAGE_SIZE;
  for (let index: u32 = 0; index < BOOT_MEMORY_LIMIT && index < memoryMap.count; index++) {
    const part = memoryMap.parts[index];
    if (part.use !== MEMORY_FREE || part.size < size) continue;
    const base = part.base;
    const before = memoryMap.parts[index === 0 ? 0 : index - 1];
    if (before.use === use && before.base + before.size === base && part.size > size) {
      before.size = before.size + size;
      part.base = base + size;
      part.size = part.size - size;
    } else {
      memoryMark(base, base + size, use);
    }
    return base;
  }
  bootFailure('too little memory: ');
  bootSize(size);
  bootStop(' in one piece are needed and not free: give the machine more memory, or a smaller archive');
}
