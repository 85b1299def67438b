/** What all operations on page tables share: the node behind a capability, its level and its entries. */

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
  PTE_EXECUTE,
  PTE_READ,
  PTE_UPPER_HALF,
  PTE_WRITE,
  PageTable,
  pteFrame,
} from '../machine/sv39.ts';

/** The permissions of a leaf that a component chooses. */
const PERMISSIONS: u64 = PTE_READ | PTE_WRITE | PTE_EXECUTE;

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

/** Whether permissions are a legal leaf: readable or executable, not writable without readable, not writable and executable. */
export function pageTablePermissionsCheck(permissions: u64, argument: u64): Outcome {
  const legal =
    (permissions & ~PERMISSIONS) === 0n &&
    (permissions & (PTE_READ | PTE_EXECUTE)) !== 0n &&
    ((permissions & PTE_WRITE) === 0n || (permissions & (PTE_READ | PTE_EXECUTE)) === PTE_READ);
  if (legal) return { error: ERROR_OK, value: 0n };
  return { error: ERROR_BAD_ARGUMENT, value: argument };
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
export function pageTableRelease(level: u64, entry: u64): u64 {
  const frame = frameNumber(pteFrame(entry));
  if (level !== 0n || frameIsUser(frame)) return frameRelease(frame);
  fenceMemory();
  return epoch.current.load();
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
