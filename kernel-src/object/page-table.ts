/**
 * PageTable: one node of a page table. The capability's `frame` is the frame of the node; the level is a part of the
 * frame's type, so that it cannot be mistaken.
 *
 * A node counts what its entries name: one for each mapped frame of memory, one for each linked node. Device pages
 * are not counted. An entry is changed by one atomic operation: whoever takes it out gives up its reference.
 *
 * INV2: what a user leaf maps is a frame of type User, or a page of a device.
 * INV5: a page table links only tables one level below its own.
 * INV6: no leaf is both writable and executable.
 * INV9: each leaf was made by Map, through a capability that allowed its permissions at that time.
 */

import {
  ERROR_BAD_ARGUMENT,
  ERROR_BUSY,
  ERROR_EMPTY,
  ERROR_MISSING_RIGHTS,
  ERROR_OCCUPIED,
  ERROR_OK,
  ERROR_OUT_OF_RANGE,
  ERROR_WRONG_TYPE,
  ERROR_WRONG_LEVEL,
} from '../abi/errors.ts';
import { FRAME_TYPE_PAGE_TABLE_0, FRAME_TYPE_USER } from '../abi/frame-types.ts';
import { KIND_DEVICE, KIND_FRAMES, KIND_PAGE_TABLE } from '../abi/kinds.ts';
import { type Outcome } from '../abi/outcome.ts';
import { RIGHT_PAGE_TABLE_LINK } from '../abi/rights.ts';
import { frameNumber, virtualAddress, type FrameNumber } from '../base/address.ts';
import { epoch } from '../base/epoch.ts';
import { frameReference, frameTypeOf, frameUnreference } from '../base/frame-count.ts';
import { hartOnEntry } from '../base/hart.ts';
import {
  capabilityCheck,
  capabilityFrame,
  capabilityRangeAt,
  capabilityReference,
  capabilitySlot,
} from '../capability/resolve.ts';
import { SLOT_KIND_MASK, slotAt, type Slot } from '../capability/slot.ts';
import { fenceInstructions, fenceMemory, fenceTranslations } from '../machine/barrier.ts';
import { pteAllows, PTE_EXECUTE, PTE_USER, pteFrame, pteLeaf, pteLink } from '../machine/sv39.ts';
import {
  pageTableEntry,
  pageTableIn,
  pageTableIndexCheck,
  pageTableLength,
  pageTableLevel,
  pageTableRelease,
} from './page-table-node.ts';

/** The number of entries that one Clear takes out at most. */
const CLEAR_LIMIT: u64 = 64n;

/** Where the level begins in a node as `nodeFind` answers it. */
const NODE_LEVEL_SHIFT: u64 = 32n;

/** The frame of a node. */
function nodeFrame(node: u64): FrameNumber {
  return frameNumber(node & 0xffff_ffffn);
}

/**
 * The node of the capability, if `index` is one of its entries and its level is in the range. Answers Ok with the
 * frame number in bits 0 to 31 and the level above: the level is looked at once, for the frame can become Busy later.
 */
function nodeFind(header: u64, slot: Slot, index: u64, lowest: u64, highest: u64): Outcome {
  const found = capabilityFrame(slot, header);
  if (found.error !== ERROR_OK) return found;
  const level = pageTableLevel(frameNumber(found.value));
  if (level.error !== ERROR_OK) return level;
  if (level.value < lowest || level.value > highest) return { error: ERROR_WRONG_LEVEL, value: level.value };
  const checked = pageTableIndexCheck(level.value, index);
  if (checked.error !== ERROR_OK) return checked;
  return { error: ERROR_OK, value: found.value | (level.value << NODE_LEVEL_SHIFT) };
}

/** Tells one entry as the hardware sees it, or 0. */
export function pageTableInspect(
  index: u64,
  _a1: u64,
  _a2: u64,
  _a3: u64,
  _a4: u64,
  _a5: u64,
  header: u64,
  slot: Slot,
): Outcome {
  const node = nodeFind(header, slot, index, 0n, 2n);
  if (node.error !== ERROR_OK) return node;
  return { error: ERROR_OK, value: pageTableIn(nodeFrame(node.value)).entries[pageTableEntry(index)].load() };
}

/** Maps one frame of memory or one page of a device into an entry of a node of level 0. */
export function pageTableMap(
  index: u64,
  source: u64,
  sourceIndex: u64,
  permissions: u64,
  _a4: u64,
  _a5: u64,
  header: u64,
  slot: Slot,
): Outcome {
  const hart = hartOnEntry();
  const found = nodeFind(header, slot, index, 0n, 0n);
  if (found.error !== ERROR_OK) return found;
  if (!pteAllows(permissions)) return { error: ERROR_BAD_ARGUMENT, value: 3n };
  const named = capabilitySlot(hart, source, 1n);
  if (named.error !== ERROR_OK) return named;
  const memory = slotAt(virtualAddress(named.value));
  const memoryHeader = memory.header.load();
  const kind: u64 = memoryHeader & SLOT_KIND_MASK;
  const wanted = kind === KIND_DEVICE ? KIND_DEVICE : KIND_FRAMES;
  const checked = capabilityCheck(memoryHeader, source, wanted, permissions);
  if (checked.error !== ERROR_OK) return checked;
  const frame = capabilityRangeAt(memory, memoryHeader, sourceIndex);
  if (frame.error !== ERROR_OK) return frame;
  const node = pageTableIn(nodeFrame(found.value));
  if (node.entries[pageTableEntry(index)].load() !== 0n) return { error: ERROR_OCCUPIED, value: 0n };
  const counted = kind === KIND_DEVICE ? checked : frameReference(frameNumber(frame.value), FRAME_TYPE_USER);
  if (counted.error !== ERROR_OK) return counted;

  if (node.entries[pageTableEntry(index)].compareExchange(0n, pteLeaf(frame.value, permissions | PTE_USER))) {
    fenceTranslations();
    // What was stored into the frame, by the kernel that zeroed it or by a component, is what this hart fetches.
    if ((permissions & PTE_EXECUTE) !== 0n) fenceInstructions();
    return { error: ERROR_OK, value: 0n };
  }
  if (kind !== KIND_DEVICE) frameUnreference(frameNumber(frame.value));
  return { error: ERROR_BUSY, value: 0n };
}

/** Takes an entry out of a node whose level is in a range. Answers the stamp after which no hart can still use it. */
function entryRemove(index: u64, lowest: u64, highest: u64, header: u64, slot: Slot): Outcome {
  const node = nodeFind(header, slot, index, lowest, highest);
  if (node.error !== ERROR_OK) return node;

  const entry = pageTableIn(nodeFrame(node.value)).entries[pageTableEntry(index)].swap(0n);
  if (entry === 0n) return { error: ERROR_EMPTY, value: 0n };
  fenceTranslations();
  return pageTableRelease(node.value >> NODE_LEVEL_SHIFT, entry);
}

/** Unmaps one page. */
export function pageTableUnmap(
  index: u64,
  _a1: u64,
  _a2: u64,
  _a3: u64,
  _a4: u64,
  _a5: u64,
  header: u64,
  slot: Slot,
): Outcome {
  return entryRemove(index, 0n, 0n, header, slot);
}

/** Unlinks a node and with it, in one step, whatever hangs below it. */
export function pageTableUnlink(
  index: u64,
  _a1: u64,
  _a2: u64,
  _a3: u64,
  _a4: u64,
  _a5: u64,
  header: u64,
  slot: Slot,
): Outcome {
  return entryRemove(index, 1n, 2n, header, slot);
}

/** Takes permissions away from a mapped page. Answers the stamp after which no hart can still use them. */
export function pageTableProtect(
  index: u64,
  permissions: u64,
  _a2: u64,
  _a3: u64,
  _a4: u64,
  _a5: u64,
  header: u64,
  slot: Slot,
): Outcome {
  const found = nodeFind(header, slot, index, 0n, 0n);
  if (found.error !== ERROR_OK) return found;
  if (!pteAllows(permissions)) return { error: ERROR_BAD_ARGUMENT, value: 1n };
  const node = pageTableIn(nodeFrame(found.value));
  const before = node.entries[pageTableEntry(index)].load();
  if (before === 0n) return { error: ERROR_EMPTY, value: 0n };
  const missing: u64 = permissions & ~before;
  if (missing !== 0n) return { error: ERROR_MISSING_RIGHTS, value: missing };

  const after = pteLeaf(pteFrame(before), permissions | PTE_USER);
  if (!node.entries[pageTableEntry(index)].compareExchange(before, after)) return { error: ERROR_BUSY, value: 0n };
  fenceTranslations();
  fenceMemory();
  return { error: ERROR_OK, value: epoch.current.load() };
}

/** Links a node of the level below. A node may be linked in several places. */
export function pageTableLink(
  index: u64,
  child: u64,
  _a2: u64,
  _a3: u64,
  _a4: u64,
  _a5: u64,
  header: u64,
  slot: Slot,
): Outcome {
  const hart = hartOnEntry();
  const found = nodeFind(header, slot, index, 1n, 2n);
  if (found.error !== ERROR_OK) return found;
  const named = capabilitySlot(hart, child, 1n);
  if (named.error !== ERROR_OK) return named;
  const source = slotAt(virtualAddress(named.value));
  const sourceHeader = source.header.load();
  const checked = capabilityCheck(sourceHeader, child, KIND_PAGE_TABLE, RIGHT_PAGE_TABLE_LINK);
  if (checked.error !== ERROR_OK) return checked;
  const node = pageTableIn(nodeFrame(found.value));
  if (node.entries[pageTableEntry(index)].load() !== 0n) return { error: ERROR_OCCUPIED, value: 0n };
  const level: u64 = found.value >> NODE_LEVEL_SHIFT;
  const frame = capabilityReference(source, sourceHeader, FRAME_TYPE_PAGE_TABLE_0 + level - 1n);
  if (frame.error === ERROR_WRONG_TYPE)
    return { error: ERROR_WRONG_LEVEL, value: frameTypeOf(frame.value) - FRAME_TYPE_PAGE_TABLE_0 };
  if (frame.error !== ERROR_OK) return frame;

  if (node.entries[pageTableEntry(index)].compareExchange(0n, pteLink(frame.value))) {
    fenceTranslations();
    return { error: ERROR_OK, value: 0n };
  }
  frameUnreference(frameNumber(frame.value));
  return { error: ERROR_BUSY, value: 0n };
}

/** Takes out up to 64 entries, mapped pages or linked nodes. Answers the stamp after which no hart can still use them. */
export function pageTableClear(
  first: u64,
  count: u64,
  _a2: u64,
  _a3: u64,
  _a4: u64,
  _a5: u64,
  header: u64,
  slot: Slot,
): Outcome {
  const found = nodeFind(header, slot, first, 0n, 2n);
  if (found.error !== ERROR_OK) return found;
  const level: u64 = found.value >> NODE_LEVEL_SHIFT;
  const room: u64 = pageTableLength(level) - first;
  if (count === 0n) return { error: ERROR_BAD_ARGUMENT, value: 1n };
  const most = room < CLEAR_LIMIT ? room : CLEAR_LIMIT;
  if (count > most) return { error: ERROR_OUT_OF_RANGE, value: most + 1n };

  const node = pageTableIn(nodeFrame(found.value));
  for (let step: u64 = 0n; step < CLEAR_LIMIT; step++) {
    if (step === count) break;
    const entry = node.entries[pageTableEntry(first + step)].swap(0n);
    if (entry !== 0n) pageTableRelease(level, entry);
  }
  fenceTranslations();
  fenceMemory();
  return { error: ERROR_OK, value: epoch.current.load() };
}
