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
import { CAPABILITY_TABLE_SLOTS } from '../abi/identifiers.ts';
import { KIND_DEVICE, KIND_FRAMES, KIND_PAGE_TABLE } from '../abi/kinds.ts';
import { type Outcome } from '../abi/outcome.ts';
import { RIGHT_PAGE_TABLE_LINK } from '../abi/rights.ts';
import { frameNumber, virtualAddress } from '../base/address.ts';
import { epoch } from '../base/epoch.ts';
import { frameAcquire, frameIsReferenced, frameRefuse, frameTypeOf, frameUnreference } from '../base/frame-count.ts';
import { currentHart, hartOnEntry } from '../base/hart.ts';
import {
  capabilityCheck,
  capabilityObject,
  capabilityOwn,
  capabilityRangeAt,
  capabilityReference,
  capabilitySlot,
} from '../capability/resolve.ts';
import { SLOT_KIND_MASK, slotAt, slotHeader, type Slot } from '../capability/slot.ts';
import { fenceInstructions, fenceMemory, fenceTranslations } from '../machine/barrier.ts';
import {
  pteAllows,
  PTE_EXECUTE,
  PTE_SIZE,
  PTE_UNCOUNTED,
  PTE_USER,
  type PageTableEntry,
  pageTableEntryAt,
  pteFrame,
  pteLeaf,
  pteLink,
} from '../machine/sv39.ts';
import { pageTableIndexCheck, pageTableLength, pageTableRelease } from './page-table-node.ts';

/** The number of entries that one Clear takes out at most. */
const CLEAR_LIMIT: u64 = 64n;

/** The level in what `entryFind` answers. */
const LEVEL_MASK: u64 = 3n;

/** The entry that `entryFind` has found. */
function entryOf(found: u64): PageTableEntry {
  return pageTableEntryAt(found & ~LEVEL_MASK);
}

/**
 * The entry `index` of the node that the capability names, if the level of the node is in a range. Answers Ok with its
 * kernel address, and the level in the lowest two bits; Busy; WrongLevel (the level); what `pageTableIndexCheck` says.
 */
function entryFind(header: u64, slot: Slot, index: u64, lowest: u64, highest: u64): Outcome {
  const found = capabilityObject(slot, header);
  if (found.error !== ERROR_OK) return found;
  const level: u64 = found.value & LEVEL_MASK;
  if (level < lowest || level > highest) return { error: ERROR_WRONG_LEVEL, value: level };
  const checked = pageTableIndexCheck(level, index);
  if (checked.error !== ERROR_OK) return checked;
  return { error: ERROR_OK, value: found.value + index * PTE_SIZE };
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
  const found = entryFind(header, slot, index, 0n, 2n);
  if (found.error !== ERROR_OK) return found;
  return { error: ERROR_OK, value: entryOf(found.value).word.load() & ~PTE_UNCOUNTED };
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
  const found = entryFind(header, slot, index, 0n, 0n);
  if (found.error !== ERROR_OK) return found;
  if (!pteAllows(permissions)) return { error: ERROR_BAD_ARGUMENT, value: 3n };
  if (source >= CAPABILITY_TABLE_SLOTS) return mapDeep(found.value, source, sourceIndex, permissions);
  return mapFrom(found.value, source, sourceIndex, permissions, capabilityOwn(hartOnEntry(), source));
}

/** Map from a source that is named by a deeper id. @cold */
function mapDeep(entry: u64, source: u64, sourceIndex: u64, permissions: u64): Outcome {
  const named = capabilitySlot(currentHart(), source, 1n);
  if (named.error !== ERROR_OK) return named;
  return mapFrom(entry, source, sourceIndex, permissions, slotAt(virtualAddress(named.value)));
}

/** Map into the entry at an address from the slot that the id `source` has led to. */
function mapFrom(address: u64, source: u64, sourceIndex: u64, permissions: u64, memory: Slot): Outcome {
  const header = memory.header.load();
  const frames: u64 = slotHeader(KIND_FRAMES, permissions);
  const seen: u64 = header & (frames | SLOT_KIND_MASK);
  if (seen !== frames && seen !== slotHeader(KIND_DEVICE, permissions)) return mapRefuse(header, source, permissions);
  const page = capabilityRangeAt(memory, header, sourceIndex);
  if (page.error !== ERROR_OK) return page;
  const entry = pageTableEntryAt(address);
  if (entry.word.load() !== 0n) return { error: ERROR_OCCUPIED, value: 0n };
  const frame = frameNumber(page.value);
  let leaf = pteLeaf(frame, permissions | PTE_USER);
  if (seen === frames) {
    const word = frameAcquire(frame);
    if (!frameIsReferenced(word, FRAME_TYPE_USER)) return frameRefuse(frame, word, FRAME_TYPE_USER);
  } else leaf = leaf | PTE_UNCOUNTED;

  if (entry.word.compareExchange(0n, leaf)) {
    fenceTranslations();
    // What was stored into the frame, by the kernel that zeroed it or by a component, is what this hart fetches.
    if ((permissions & PTE_EXECUTE) !== 0n) fenceInstructions();
    return { error: ERROR_OK, value: 0n };
  }
  if (seen === frames) frameUnreference(frame);
  return { error: ERROR_BUSY, value: 0n };
}

/** Says why a capability is none to map from with these permissions. @cold */
function mapRefuse(header: u64, source: u64, permissions: u64): Outcome {
  const kind: u64 = header & SLOT_KIND_MASK;
  return capabilityCheck(header, source, kind === KIND_DEVICE ? KIND_DEVICE : KIND_FRAMES, permissions);
}

/** Takes an entry out of a node whose level is in a range. Answers the stamp after which no hart can still use it. */
function entryRemove(index: u64, lowest: u64, highest: u64, header: u64, slot: Slot): Outcome {
  const found = entryFind(header, slot, index, lowest, highest);
  if (found.error !== ERROR_OK) return found;

  const entry = entryOf(found.value).word.swap(0n);
  if (entry === 0n) return { error: ERROR_EMPTY, value: 0n };
  fenceTranslations();
  return pageTableRelease(entry);
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
  const found = entryFind(header, slot, index, 0n, 0n);
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
  const found = entryFind(header, slot, index, 1n, 2n);
  if (found.error !== ERROR_OK) return found;
  const named = capabilitySlot(hart, child, 1n);
  if (named.error !== ERROR_OK) return named;
  const source = slotAt(virtualAddress(named.value));
  const sourceHeader = source.header.load();
  const checked = capabilityCheck(sourceHeader, child, KIND_PAGE_TABLE, RIGHT_PAGE_TABLE_LINK);
  if (checked.error !== ERROR_OK) return checked;
  const entry = entryOf(found.value);
  if (entry.word.load() !== 0n) return { error: ERROR_OCCUPIED, value: 0n };
  const level: u64 = found.value & LEVEL_MASK;
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
  const found = entryFind(header, slot, first, 0n, 2n);
  if (found.error !== ERROR_OK) return found;
  const room: u64 = pageTableLength(found.value & LEVEL_MASK) - first;
  if (count === 0n) return { error: ERROR_BAD_ARGUMENT, value: 1n };
  const most = room < CLEAR_LIMIT ? room : CLEAR_LIMIT;
  if (count > most) return { error: ERROR_OUT_OF_RANGE, value: most + 1n };

  for (let step: u64 = 0n; step < CLEAR_LIMIT; step++) {
    if (step === count) break;
    const entry = entryOf(found.value + step * PTE_SIZE).word.swap(0n);
    if (entry !== 0n) pageTableRelease(entry);
  }
  fenceTranslations();
  fenceMemory();
  return { error: ERROR_OK, value: epoch.current.load() };
}
