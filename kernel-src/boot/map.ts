/**
 * The kernel's own map: every address space has it as its upper half. Memory
 * appears at a fixed distance, readable and writable; code is executable and
 * not writable, constants are neither; memory of the firmware is not there at
 * all, and no leaf reaches into it, because some harts fault on a leaf that
 * crosses a border of physical memory protection. The frame table appears once
 * more, at its own address.
 */

import { BOOT_MEMORY_LIMIT, MEMORY_FREE } from '../abi/boot-info.ts';
import { physicalAddress, physicalToVirtual, virtualAddress, virtualToPhysical } from '../base/address.ts';
import { frameZero } from '../base/zero.ts';
import { fenceTranslations } from '../machine/barrier.ts';
import {
  imageConstantsEnd,
  imageEnd,
  imageHartAreas,
  imageStart,
  imageTables,
  imageTextEnd,
  kernelRoot,
} from '../machine/image.ts';
import {
  HART_AREA_SIZE,
  HART_AREA_STACK,
  HART_LIMIT,
  KERNEL_TABLE_LIMIT,
  PAGE_SHIFT,
  PAGE_SIZE,
  PHYSICAL_WINDOW,
  PHYSICAL_WINDOW_SIZE,
} from '../machine/layout.ts';
import { stopThroughFinisher } from '../machine/power.ts';
import { addressSpaceSelect } from '../machine/processor.ts';
import {
  LEVEL_ROOT,
  LEVEL_SIZES,
  type PageTable,
  PTE_COUNT,
  PTE_EXECUTE,
  PTE_FRAME_SHIFT,
  PTE_READ,
  PTE_SIZE,
  PTE_WRITE,
  pageTableAt,
  pageTableEntryAt,
  pteFrame,
  pteIndex,
  pteLeaf,
  pteLink,
  satpOf,
} from '../machine/sv39.ts';
import { memoryAt, memoryMap, pageDown } from './memory.ts';
import { bootFailure, bootStop } from './report.ts';

/** Tables of the image that are in use: the first two hold the map of the entry code. */
let tablesUsed: u64 = 2n;

/** Kernel address of a new table, all entries clear. */
function newTable(): u64 {
  if (tablesUsed >= KERNEL_TABLE_LIMIT) {
    bootFailure('memory is in so many pieces that 32 page tables cannot map it: ');
    bootStop('merge ranges of reserved memory in the device tree');
  }
  const table: u64 = imageTables() + tablesUsed * PAGE_SIZE;
  tablesUsed = tablesUsed + 1n;
  frameZero(virtualAddress(table));
  return table;
}

/** The frame number of what is at a kernel address. */
function frameOf(address: u64): u64 {
  return virtualToPhysical(virtualAddress(address)) >> PAGE_SHIFT;
}

/** The table of a level, 0 to 2, that maps a kernel address. Makes the tables that are missing. */
function tableFor(root: u64, address: u64, level: u32): PageTable {
  let table = pageTableAt(root);
  for (let at: u32 = LEVEL_ROOT; at > 0; at--) {
    if (at === level) break;
    const entry = table.entries[pteIndex(address, at)].load();
    if (entry === 0n) {
      const fresh = newTable();
      table.entries[pteIndex(address, at)].store(pteLink(frameOf(fresh)));
      table = pageTableAt(fresh);
    } else {
      table = pageTableAt(physicalToVirtual(physicalAddress(pteFrame(entry) << PAGE_SHIFT)));
    }
  }
  return table;
}

/** The highest level whose leaves can map from `address` on, at `distance`, without going beyond `size` bytes. */
function levelFor(address: u64, distance: u64, size: u64): u32 {
  for (let level: u32 = LEVEL_ROOT; level > 0; level--) {
    if (((address | distance) & (LEVEL_SIZES[level] - 1n)) === 0n && size >= LEVEL_SIZES[level]) return level;
  }
  return 0;
}

/** Writes the entries of a table from one address to another, each greater by `step` than the one before. */
function fillEntries(start: u64, end: u64, first: u64, step: u64): void {
  let entry: u64 = first;
  for (let at: u64 = start; at < end; at += PTE_SIZE) {
    bound(512);
    pageTableEntryAt(at).word.store(entry);
    entry += step;
  }
}

/** Maps physical memory, in whole pages, at a distance. Nothing is mapped there yet. */
function mapMemory(root: u64, start: u64, end: u64, distance: u64, permissions: u64): void {
  let at: u64 = start;
  while (at < end) {
    // Each turn fills a table of its own, or is one of two levels of smaller leaves on either side of the largest ones.
    bound(32);
    const level = levelFor(at, distance, end - at);
    const size = LEVEL_SIZES[level];
    const table = addressOf(tableFor(root, at + distance, level));
    const first: u64 = u64(pteIndex(at + distance, level));
    const wanted: u64 = first + (end - at) / size;
    const last = wanted < PTE_COUNT ? wanted : PTE_COUNT;
    const step: u64 = (size >> PAGE_SHIFT) << PTE_FRAME_SHIFT;
    fillEntries(table + first * PTE_SIZE, table + last * PTE_SIZE, pteLeaf(at >> PAGE_SHIFT, permissions), step);
    at += (last - first) * size;
  }
}

/** Maps physical memory at its place in the window. */
function mapWindow(root: u64, start: u64, end: u64, permissions: u64): void {
  mapMemory(root, start, end, PHYSICAL_WINDOW, permissions);
}

/** Maps the image: code, constants, data; the page below the stack of each hart stays out. */
function mapImage(root: u64): void {
  mapImagePart(root, imageStart(), imageTextEnd(), PTE_READ | PTE_EXECUTE);
  mapImagePart(root, imageTextEnd(), imageConstantsEnd(), PTE_READ);
  mapImagePart(root, imageConstantsEnd(), imageHartAreas(), PTE_READ | PTE_WRITE);
  let area = imageHartAreas();
  for (let hart: u32 = 0; hart < HART_LIMIT; hart++) {
    mapImagePart(root, area + HART_AREA_STACK, area + HART_AREA_SIZE, PTE_READ | PTE_WRITE);
    area += HART_AREA_SIZE;
  }
  mapImagePart(root, area, imageEnd(), PTE_READ | PTE_WRITE);
}

function mapImagePart(root: u64, start: u64, end: u64, permissions: u64): void {
  mapWindow(root, virtualToPhysical(virtualAddress(start)), virtualToPhysical(virtualAddress(end)), permissions);
}

/**
 * Makes the kernel's map from the memory map, in which nothing is marked yet
 * but the firmware and the kernel, and switches to it. `finisher` is the
 * physical address of the test finisher, or 0. Answers the kernel address of
 * the root: the upper half of every address space is a copy of it.
 */
export function kernelMap(finisher: u64): u64 {
  const root = newTable();
  assert(root === kernelRoot());
  for (let index: u32 = 0; index < BOOT_MEMORY_LIMIT && index < memoryMap.count; index++) {
    const part = memoryMap.parts[index];
    if (part.use === MEMORY_FREE) mapWindow(root, part.base, part.base + part.size, PTE_READ | PTE_WRITE);
  }
  mapImage(root);
  const usable = finisher !== 0n && kernelMapRegisters(root, finisher);
  addressSpaceSelect(satpOf(frameOf(root)));
  if (usable) stopThroughFinisher(physicalToVirtual(physicalAddress(finisher)));
  return root;
}

/** Maps free memory, in whole pages, at a kernel address as well, for the frame table. */
export function kernelMapTable(start: u64, size: u64, address: u64): void {
  mapMemory(kernelRoot(), start, start + size, address - start, PTE_READ | PTE_WRITE);
  fenceTranslations();
}

/** Maps the page of a device's registers. False if it is in memory, or beyond what the kernel sees. */
export function kernelMapRegisters(root: u64, address: u64): boolean {
  const page = pageDown(address);
  if (page >= PHYSICAL_WINDOW_SIZE || memoryAt(page) < BOOT_MEMORY_LIMIT) return false;
  mapWindow(root, page, page + PAGE_SIZE, PTE_READ | PTE_WRITE);
  return true;
}
