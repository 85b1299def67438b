/** The frame table at boot: where it lies, and the type of every frame. */

import {
  BOOT_MEMORY_LIMIT,
  MEMORY_ARCHIVE,
  MEMORY_DEVICE_TREE,
  MEMORY_FRAME_TABLE,
  MEMORY_FREE,
} from '../abi/boot-info.ts';
import { FRAME_TYPE_RESERVED, FRAME_TYPE_UNTYPED, FRAME_TYPE_USER } from '../abi/frame-types.ts';
import { frameNumber, physicalAddress, physicalToVirtual } from '../base/address.ts';
import { FRAME_TABLE_LIMIT, frameEntryAddress, frameTableFill, frameTablePlace } from '../base/frame-table.ts';
import { frameZero } from '../base/zero.ts';
import { PAGE_SHIFT } from '../machine/layout.ts';
import { MEGAPAGE_SIZE } from '../machine/sv39.ts';
import { kernelMapTable } from './map.ts';
import {
  MEMORY_NONE,
  memoryFind,
  memoryMap,
  memoryMark,
  memoryRanges,
  memoryTake,
  pageDown,
  pageUp,
} from './memory.ts';

/** The offset in the 2 MiB of a leaf. */
const LEAF_MASK: u64 = MEGAPAGE_SIZE - 1n;

/** Types `count` frames from a physical address on, all with one reference count. */
export function framesType(address: u64, count: u64, type: u64, references: u64): void {
  frameTableFill(frameNumber(address >> PAGE_SHIFT), count, type, references);
}

/** What the frames of a part of memory are, whose use is not to change any more while the kernel boots. */
function partType(use: u32): u64 {
  if (use === MEMORY_FREE) return FRAME_TYPE_UNTYPED;
  return use === MEMORY_ARCHIVE || use === MEMORY_DEVICE_TREE ? FRAME_TYPE_USER : FRAME_TYPE_RESERVED;
}

/**
 * Takes memory for the part of the frame table between two kernel addresses, in whole pages, and maps it there. By
 * leaves of 2 MiB where memory around it is free as well: that is mapped anyway. Otherwise by pages.
 */
export function framesPlace(start: u64, end: u64): void {
  const low: u64 = start & ~LEAF_MASK;
  const size: u64 = ((end + LEAF_MASK) & ~LEAF_MASK) - low;
  const leaves = memoryFind(size, MEGAPAGE_SIZE);
  if (leaves === MEMORY_NONE) {
    const pages = memoryTake((end - start) >> PAGE_SHIFT, MEMORY_FRAME_TABLE);
    kernelMapTable(pages, end - start, start);
  } else {
    memoryMark(leaves + start - low, leaves + end - low, MEMORY_FRAME_TABLE);
    kernelMapTable(leaves, size, low);
  }
}

/** Places the frame table in free memory and types every frame from the first to the last one of memory. Answers how many there are. */
export function framesStart(): u64 {
  const first = memoryRanges.parts[0].base;
  const last = memoryRanges.parts[(memoryRanges.count - 1) & 31];
  const count: u64 = (last.base + last.size - first) >> PAGE_SHIFT;
  const frame = frameNumber(first >> PAGE_SHIFT);
  framesPlace(pageDown(frameEntryAddress(frame)), pageUp(frameEntryAddress(frame + count)));
  frameTablePlace(frame, count);
  let end = first;
  for (let index: u32 = 0; index < BOOT_MEMORY_LIMIT && index < memoryMap.count; index++) {
    const part = memoryMap.parts[index];
    const type = partType(part.use);
    framesType(end, (part.base - end) >> PAGE_SHIFT, FRAME_TYPE_RESERVED, 0n);
    framesType(part.base, part.size >> PAGE_SHIFT, type, type === FRAME_TYPE_USER ? 1n : 0n);
    end = part.base + part.size;
  }
  return count;
}

/** Takes free frames and types them. Answers the physical address of the first one. */
export function framesTake(count: u64, use: u32, type: u64, references: u64): u64 {
  const address = memoryTake(count, use);
  framesType(address, count, type, references);
  return address;
}

/** Sets `count` frames from a physical address on to zero. */
export function framesZero(address: u64, count: u64): void {
  assert(count <= FRAME_TABLE_LIMIT);
  for (let index: u64 = 0n; index < count; index++) {
    frameZero(physicalToVirtual(physicalAddress(address + (index << PAGE_SHIFT))));
  }
}

/** Takes free frames as `framesTake` does, and sets them to zero. */
export function framesMake(count: u64, use: u32, type: u64, references: u64): u64 {
  const address = framesTake(count, use, type, references);
  framesZero(address, count);
  return address;
}
