/**
 * PageTable: one node of a page table. The capability's `frame` is the frame of the node; the level is a part of the
 * frame's type, so that it cannot be mistaken. `extra` has both: see `slotObject`.
 *
 * A node counts what its entries name: one for each mapped frame of memory, one for each linked node. Device pages
 * are not counted. An entry is changed by one atomic operation: whoever takes it out gives up its reference.
 *
 * INV5: a page table links only tables one level below its own.
 */

import {
  ERROR_BAD_ARGUMENT,
  ERROR_BUSY,
  ERROR_EMPTY,
  ERROR_MISSING_RIGHTS,
  ERROR_OCCUPIED,
  ERROR_OK,
  ERROR_OUT_OF_RANGE,
  ERROR_WRONG_LEVEL,
  ERROR_WRONG_TYPE,
} from '../abi/errors.ts';
import { FRAME_TYPE_PAGE_TABLE_0 } from '../abi/frame-types.ts';
import { KIND_PAGE_TABLE } from '../abi/kinds.ts';
import { type Outcome } from '../abi/outcome.ts';
import { RIGHT_PAGE_TABLE_LINK } from '../abi/rights.ts';
import { frameNumber, virtualAddress } from '../base/address.ts';
import { epoch } from '../base/epoch.ts';
import { frameTypeOf, frameUnreference } from '../base/frame-count.ts';
import { hartOnEntry } from '../base/hart.ts';
import { capabilityCheck, capabilityReference, capabilitySlot } from '../capability/resolve.ts';
import { type Operation, type Slot, slotAt } from '../capability/slot.ts';
import { fenceMemory, fenceTranslations } from '../machine/barrier.ts';
import {
  pageTableEntryAt,
  PTE_SIZE,
  PTE_UNCOUNTED,
  PTE_USER,
  pteAllows,
  pteFrame,
  pteLeaf,
  pteLink,
} from '../machine/sv39.ts';
import {
  PAGE_TABLE_LEVEL_MASK,
  pageTableEntryOf,
  pageTableFind,
  pageTableLength,
  pageTableRelease,
} from './page-table-node.ts';

/** The number of entries that one Clear takes out at most. */
const CLEAR_LIMIT: u64 = 64n;

/** Tells one entry as the hardware sees it, or 0. */
export function pageTableInspect(...[index, , , , , , header, slot]: Parameters<Operation>): Outcome {
  const found = pageTableFind(header, slot, index, 0n, 2n);
  if (found.error !== ERROR_OK) return found;
  return { error: ERROR_OK, value: pageTableEntryOf(found.value).word.load() & ~PTE_UNCOUNTED };
}

/** Takes an entry out of a node whose level is in a range. Answers the stamp after which no hart can still use it. */
function entryRemove(index: u64, lowest: u64, highest: u64, header: u64, slot: Slot): Outcome {
  const found = pageTableFind(header, slot, index, lowest, highest);
  if (found.error !== ERROR_OK) return found;

  const entry = pageTableEntryOf(found.value).word.swap(0n);
  if (entry === 0n) return { error: ERROR_EMPTY, value: 0n };
  fenceTranslations();
  return pageTableRelease(entry);
}

/** Unmaps one page. */
export function pageTableUnmap(...[index, , , , , , header, slot]: Parameters<Operation>): Outcome {
  return entryRemove(index, 0n, 0n, header, slot);
}

/** Unlinks a node and with it, in one step, whatever hangs below it. @cold */
export function pageTableUnlink(...[index, , , , , , header, slot]: Parameters<Operation>): Outcome {
  return entryRemove(index, 1n, 2n, header, slot);
}

/** Takes permissions away from a mapped page. Answers the stamp after which no hart can still use them. */
export function pageTableProtect(...[index, permissions, , , , , header, slot]: Parameters<Operation>): Outcome {
  const found = pageTableFind(header, slot, index, 0n, 0n);
  if (found.error !== ERROR_OK) return found;
  if (!pteAllows(permissions)) return { error: ERROR_BAD_ARGUMENT, value: 1n };
  const entry = pageTableEntryAt(found.value);
  const before = entry.word.load();
  if (before === 0n) return { error: ERROR_EMPTY, value: 0n };
  const missing: u64 = permissions & ~before;
  if (missing !== 0n) return { error: ERROR_MISSING_RIGHTS, value: missing };

  const after = pteLeaf(pteFrame(before), permissions | PTE_USER | (before & PTE_UNCOUNTED));
  if (!entry.word.compareExchange(before, after)) return { error: ERROR_BUSY, value: 0n };
  fenceTranslations();
  fenceMemory();
  return { error: ERROR_OK, value: epoch.current.load() };
}

/** Links a node of the level below. A node may be linked in several places. @cold */
export function pageTableLink(...[index, child, , , , , header, slot]: Parameters<Operation>): Outcome {
  const hart = hartOnEntry();
  const found = pageTableFind(header, slot, index, 1n, 2n);
  if (found.error !== ERROR_OK) return found;
  const named = capabilitySlot(hart, child, 1n);
  if (named.error !== ERROR_OK) return named;
  const source = slotAt(virtualAddress(named.value));
  const sourceHeader = source.header.load();
  const checked = capabilityCheck(sourceHeader, child, KIND_PAGE_TABLE, RIGHT_PAGE_TABLE_LINK);
  if (checked.error !== ERROR_OK) return checked;
  const entry = pageTableEntryOf(found.value);
  if (entry.word.load() !== 0n) return { error: ERROR_OCCUPIED, value: 0n };
  const level: u64 = found.value & PAGE_TABLE_LEVEL_MASK;
  const frame = capabilityReference(source, sourceHeader, FRAME_TYPE_PAGE_TABLE_0 + level - 1n);
  if (frame.error === ERROR_WRONG_TYPE)
    return { error: ERROR_WRONG_LEVEL, value: frameTypeOf(frame.value) - FRAME_TYPE_PAGE_TABLE_0 };
  if (frame.error !== ERROR_OK) return frame;

  if (entry.word.compareExchange(0n, pteLink(frame.value))) {
    fenceTranslations();
    return { error: ERROR_OK, value: 0n };
  }
  frameUnreference(frameNumber(frame.value));
  return { error: ERROR_BUSY, value: 0n };
}

/** Takes out up to 64 entries, mapped pages or linked nodes. Answers the stamp after which no hart can still use them. */
export function pageTableClear(...[first, count, , , , , header, slot]: Parameters<Operation>): Outcome {
  const found = pageTableFind(header, slot, first, 0n, 2n);
  if (found.error !== ERROR_OK) return found;
  const room: u64 = pageTableLength(found.value & PAGE_TABLE_LEVEL_MASK) - first;
  if (count === 0n) return { error: ERROR_BAD_ARGUMENT, value: 1n };
  const most = room < CLEAR_LIMIT ? room : CLEAR_LIMIT;
  if (count > most) return { error: ERROR_OUT_OF_RANGE, value: most + 1n };

  for (let step: u64 = 0n; step < CLEAR_LIMIT && step < count; step++) {
    const entry = pageTableEntryOf(found.value + step * PTE_SIZE).word.swap(0n);
    if (entry !== 0n) pageTableRelease(entry);
  }
  fenceTranslations();
  fenceMemory();
  return { error: ERROR_OK, value: epoch.current.load() };
}
