/**
 * The booter's address space. Its lower half is made here, page by page; its
 * upper half is a copy of the kernel's map. A page counts one reference to its
 * frame, a link one to the table; the tables are also in slots of the booter.
 */

import { MEMORY_BOOTER } from '../abi/boot-info.ts';
import { FRAME_TYPE_PAGE_TABLE_0, FRAME_TYPE_PAGE_TABLE_1, FRAME_TYPE_PAGE_TABLE_2 } from '../abi/frame-types.ts';
import { physicalAddress, physicalToVirtual } from '../base/address.ts';
import { PAGE_SHIFT, PAGE_SIZE } from '../machine/layout.ts';
import {
  LEVEL_ROOT,
  type PageTable,
  PTE_COUNT,
  PTE_FRAME_SHIFT,
  PTE_UPPER_HALF,
  PTE_USER,
  pageTableAt,
  pteFrame,
  pteIndex,
  pteLeaf,
  pteLink,
} from '../machine/sv39.ts';
import { framesMake } from './frames.ts';
import { bootFailure, bootStop } from './report.ts';

/** Most lower tables: the booter has slots for 8. */
export const SPACE_TABLE_LIMIT: u32 = 8;

/** The tables of the booter's address space. */
export class BootSpace {
  /** Physical address of the root. */
  root: u64 = 0n;
  count: u32 = 0;
  /** Physical addresses of the lower tables, in the order of making. */
  readonly tables = array(u64, 8);
}
export const bootSpace = new BootSpace();

/** The table at a physical address. */
function tableAtPhysical(address: u64): PageTable {
  return pageTableAt(physicalToVirtual(physicalAddress(address)));
}

/** Makes the root: `template` is the kernel address of the root of the kernel's map. */
export function spaceStart(template: u64): void {
  bootSpace.root = framesMake(1n, MEMORY_BOOTER, FRAME_TYPE_PAGE_TABLE_2, 2n);
  const root = tableAtPhysical(bootSpace.root);
  const kernel = pageTableAt(template);
  for (let index: u64 = PTE_UPPER_HALF; index < PTE_COUNT; index++) {
    root.entries[u32(index)].store(kernel.entries[u32(index)].load());
  }
}

/** Makes a lower table, linked once and named by a slot. Answers its physical address. */
function newTable(level: u32): u64 {
  const index = bootSpace.count;
  if (index >= SPACE_TABLE_LIMIT) {
    bootFailure('the first component and the archive need more than 8 page tables: ');
    bootStop('an archive of 8 MiB fits, with a component of 2 MiB in one piece; make them smaller');
  }
  const type = level === 0 ? FRAME_TYPE_PAGE_TABLE_0 : FRAME_TYPE_PAGE_TABLE_1;
  const table = framesMake(1n, MEMORY_BOOTER, type, 2n);
  bootSpace.tables[index] = table;
  bootSpace.count = index + 1;
  return table;
}

/** The table of level 0 for an address. Makes the tables that are missing. */
function tableFor(address: u64): PageTable {
  let table = tableAtPhysical(bootSpace.root);
  for (let level: u32 = LEVEL_ROOT; level > 0; level--) {
    const index = pteIndex(address, level);
    const entry = table.entries[index].load();
    if (entry === 0n) {
      const fresh = newTable(level - 1);
      table.entries[index].store(pteLink(fresh >> PAGE_SHIFT));
      table = tableAtPhysical(fresh);
    } else {
      table = tableAtPhysical(pteFrame(entry) << PAGE_SHIFT);
    }
  }
  return table;
}

/** Most tables that one call fills. */
const RUN_LIMIT: u32 = 16;

/** Maps `count` frames from a physical address on, of type User and counted once for it, where nothing is mapped yet. */
export function spaceMap(address: u64, frames: u64, count: u64, permissions: u64): void {
  let left: u64 = count;
  let at: u64 = address;
  let entry = pteLeaf(frames >> PAGE_SHIFT, permissions | PTE_USER);
  while (left > 0n) {
    bound(RUN_LIMIT);
    const table = tableFor(at);
    for (let index: u64 = u64(pteIndex(at, 0)); index < PTE_COUNT; index++) {
      if (left === 0n) break;
      table.entries[u32(index)].store(entry);
      entry += 1n << PTE_FRAME_SHIFT;
      at += PAGE_SIZE;
      left -= 1n;
    }
  }
}
