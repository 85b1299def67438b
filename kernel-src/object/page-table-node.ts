/**
 * What all operations on page tables share: the node behind a capability, its level and its entries.
 *
 * INV4: the kernel's half of each root is equal to the template.
 */

import { ERROR_BAD_ARGUMENT, ERROR_OK, ERROR_OUT_OF_RANGE, ERROR_WRONG_LEVEL } from '../abi/errors.ts';
import { type Outcome } from '../abi/outcome.ts';
import { type FrameNumber, frameNumber, frameToVirtual, virtualAddress } from '../base/address.ts';
import { epoch } from '../base/epoch.ts';
import { frameRelease } from '../base/frame-count.ts';
import { capabilityObject } from '../capability/resolve.ts';
import { type Slot } from '../capability/slot.ts';
import { fenceMemory } from '../machine/barrier.ts';
import { kernelRoot } from '../machine/image.ts';
import {
  LEVEL_ROOT,
  LEVEL_ROOT_SHIFT,
  PageTable,
  type PageTableEntry,
  pageTableEntryAt,
  PTE_COUNT,
  PTE_SIZE,
  PTE_UNCOUNTED,
  PTE_UPPER_HALF,
  PTE_USER,
  PTE_VALID,
  pteFrame,
  pteIndex,
} from '../machine/sv39.ts';

/** The entries that a component may address: all, but in a root those of the lower half. */
export function pageTableLength(level: u64): u64 {
  return level === u64(LEVEL_ROOT) ? PTE_UPPER_HALF : PTE_COUNT;
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

/** The level in what `pageTableFind` answers. */
export const PAGE_TABLE_LEVEL_MASK: u64 = 3n;

/** The entry that `pageTableFind` has found. */
export function pageTableEntryOf(found: u64): PageTableEntry {
  return pageTableEntryAt(found & ~PAGE_TABLE_LEVEL_MASK);
}

/**
 * The entry `index` of the node that the capability names, if the level of the node is in a range. Answers Ok with its
 * kernel address, and the level in the lowest two bits; Busy; WrongLevel (the level); what `pageTableIndexCheck` says.
 */
export function pageTableFind(header: u64, slot: Slot, index: u64, lowest: u64, highest: u64): Outcome {
  const found = capabilityObject(slot, header);
  if (found.error !== ERROR_OK) return found;
  const level: u64 = found.value & PAGE_TABLE_LEVEL_MASK;
  if (level < lowest || level > highest) return { error: ERROR_WRONG_LEVEL, value: level };
  const checked = pageTableIndexCheck(level, index);
  if (checked.error !== ERROR_OK) return checked;
  return { error: ERROR_OK, value: found.value + index * PTE_SIZE };
}

/**
 * Gives up what an entry counted that has been taken out: the linked table, or the mapped frame unless it is a page
 * of a device. Answers the stamp after which nobody can still use it.
 */
export function pageTableRelease(entry: u64): Outcome {
  if ((entry & PTE_UNCOUNTED) === 0n) return { error: ERROR_OK, value: frameRelease(frameNumber(pteFrame(entry))) };
  fenceMemory();
  return { error: ERROR_OK, value: epoch.current.load() };
}

/** Eight entries that lie side by side. */
class PageTableLine {
  readonly entries = array(atomic(u64), 8);
}
/** A table as lines. */
class PageTableLines {
  readonly lines = array(PageTableLine, 64);
}
staticAssert(sizeof<PageTableLines>() === sizeof<PageTable>());
const LINE_ENTRIES: u64 = 8n;

/** Whether an entry of a line is in use. */
function lineIsUsed(line: PageTableLine): boolean {
  const lower: u64 = line.entries[0].load() | line.entries[1].load() | line.entries[2].load() | line.entries[3].load();
  const upper: u64 = line.entries[4].load() | line.entries[5].load() | line.entries[6].load() | line.entries[7].load();
  return (lower | upper) !== 0n;
}

/** The first entry of a line that is in use; 8 if none is. */
function lineFirstUsed(line: PageTableLine): u64 {
  for (const index of range(8)) {
    if (line.entries[index].load() !== 0n) return u64(index);
  }
  return LINE_ENTRIES;
}

/** The first entry that a component can address and that is in use, or the number of entries. Nobody can reach the table any more. */
export function pageTableFirstUsed(table: PageTable, level: u64): u64 {
  const length = pageTableLength(level);
  let index: u64 = 0n;
  for (const line of objectAt<PageTableLines>(addressOf(table)).lines) {
    if (index === length) break;
    if (lineIsUsed(line)) return index + lineFirstUsed(line);
    index += LINE_ENTRIES;
  }
  return length;
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
  const top: u64 = address >> LEVEL_ROOT_SHIFT;
  if (top >= PTE_UPPER_HALF) return false;
  let entry = pageTableIn(frameNumber(root)).entries[u32(top)].load();
  for (let level: u32 = LEVEL_ROOT; level > 0; level--) {
    if ((entry & PTE_VALID) === 0n) return false;
    entry = pageTableIn(frameNumber(pteFrame(entry))).entries[pteIndex(address, level - 1)].load();
  }
  const need: u64 = permission | PTE_VALID | PTE_USER;
  return (entry & need) === need;
}
