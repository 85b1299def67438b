/**
 * What all operations on page tables share: the node behind a capability, its level and its entries.
 *
 * INV4: the kernel's half of each root is equal to the template.
 */

import { ERROR_BAD_ARGUMENT, ERROR_BUSY, ERROR_OK, ERROR_OUT_OF_RANGE } from '../abi/errors.ts';
import { FRAME_TYPE_PAGE_TABLE_0, FRAME_TYPE_PAGE_TABLE_2, FRAME_TYPE_USER } from '../abi/frame-types.ts';
import { type Outcome } from '../abi/outcome.ts';
import { frameNumber, frameToVirtual, virtualAddress, type FrameNumber } from '../base/address.ts';
import { epoch } from '../base/epoch.ts';
import { frameRelease, frameTypeOf } from '../base/frame-count.ts';
import { frameEntry, frameIsMemory } from '../base/frame-table.ts';
import { fenceMemory } from '../machine/barrier.ts';
import { kernelRoot } from '../machine/image.ts';
import {
  LEVEL_ROOT,
  PTE_COUNT,
  PTE_UPPER_HALF,
  PTE_USER,
  PTE_VALID,
  PageTable,
  pteFrame,
  pteIndex,
} from '../machine/sv39.ts';

/** Addresses below are in the lower half of Sv39, which a component can map. */
const LOWER_HALF: u64 = 0x40_0000_0000n;

/**
 * The level of the page table in a frame that a capability names, by the frame's type. Answers Ok with 0 to 2; Busy when
 * the capability has just been dropped and another hart has claimed the frame: its type says nothing then.
 */
export function pageTableLevel(frame: FrameNumber): Outcome {
  const type = frameTypeOf(frameEntry(frame).state.load());
  if (!pageTableIsType(type)) return { error: ERROR_BUSY, value: 0n };
  return { error: ERROR_OK, value: type - FRAME_TYPE_PAGE_TABLE_0 };
}

/** The entries that a component may address: all, but in a root those of the lower half. */
export function pageTableLength(level: u64): u64 {
  return level === u64(LEVEL_ROOT) ? PTE_UPPER_HALF : PTE_COUNT;
}

/** An index that `pageTableIndexCheck` has let through, as the index of an array: the mask changes nothing. */
export function pageTableEntry(index: u64): u32 {
  return u32(index & (PTE_COUNT - 1n));
}

/** The node in a frame. */
export function pageTableIn(frame: FrameNumber): PageTable {
  return objectAt<PageTable>(frameToVirtual(frame));
}

/** Whether an entry index is one that a component may address: Ok; BadArgument for the kernel's half of a root; OutOfRange. */
export function pageTableIndexCheck(level: u64, index: u64): Outcome {
  if (index >= PTE_COUNT) return { error: ERROR_OUT_OF_RANGE, value: PTE_COUNT };
  if (index >= pageTableLength(level)) return { error: ERROR_BAD_ARGUMENT, value: 0n };
  return { error: ERROR_OK, value: 0n };
}

/**
 * Gives up what an entry counted that has been taken out: the linked table, or the mapped frame unless it is a page
 * of a device. Answers the stamp after which nobody can still use it.
 */
export function pageTableRelease(level: u64, entry: u64): Outcome {
  const frame = frameNumber(pteFrame(entry));
  if (level !== 0n || frameIsUser(frame)) return { error: ERROR_OK, value: frameRelease(frame) };
  fenceMemory();
  return { error: ERROR_OK, value: epoch.current.load() };
}

/** Whether a mapped page is a counted frame of memory: what is mapped and in the table is User while it is counted. */
function frameIsUser(frame: FrameNumber): boolean {
  return frameIsMemory(frame) && frameTypeOf(frameEntry(frame).state.load()) === FRAME_TYPE_USER;
}

/** The first entry that a component can address and that is in use, or the number of entries. Nobody can reach the table any more. */
export function pageTableFirstUsed(table: PageTable, level: u64): u64 {
  const length = pageTableLength(level);
  for (let index: u64 = 0n; index < PTE_COUNT; index++) {
    if (index === length || table.entries[u32(index)].load() !== 0n) return index;
  }
  return length;
}

/** Whether a type is that of a page table. */
export function pageTableIsType(type: u64): boolean {
  return type >= FRAME_TYPE_PAGE_TABLE_0 && type <= FRAME_TYPE_PAGE_TABLE_2;
}

/** Gives a new root the kernel's half, which is the same in every address space and which no operation addresses. */
export function pageTableInherit(root: PageTable): void {
  const template = objectAt<PageTable>(virtualAddress(kernelRoot()));
  for (let index: u64 = PTE_UPPER_HALF; index < PTE_COUNT; index++) {
    root.entries[u32(index)].store(template.entries[u32(index)].load());
  }
}

/** Whether a root maps an address of the lower half for user mode with a permission: what the page walker would find now. */
export function pageTableAllows(root: u64, address: u64, permission: u64): boolean {
  if (address >= LOWER_HALF) return false;
  let node = pageTableIn(frameNumber(root));
  for (let level: u32 = LEVEL_ROOT; level > 0; level--) {
    const link = node.entries[pteIndex(address, level)].load();
    if ((link & PTE_VALID) === 0n) return false;
    node = pageTableIn(frameNumber(pteFrame(link)));
  }
  const leaf: u64 = node.entries[pteIndex(address, 0)].load();
  const need: u64 = permission | PTE_VALID | PTE_USER;
  return (leaf & need) === need;
}
