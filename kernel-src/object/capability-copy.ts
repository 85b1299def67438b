/**
 * Copy and Move: a capability of the caller's own space comes into a slot of a
 * table. Rights only shrink; a badge and an entry point never change; a range
 * can become a part of itself.
 *
 * INV7: the rights of a copy are a subset of those of its source at that time.
 */

import {
  ERROR_BAD_ARGUMENT,
  ERROR_BUSY,
  ERROR_DEAD,
  ERROR_MISSING_RIGHTS,
  ERROR_NO_CAPABILITY,
  ERROR_OK,
  ERROR_OUT_OF_RANGE,
  ERROR_OVERFLOW,
} from '../abi/errors.ts';
import { FRAME_COUNT_LIMIT, FRAME_TYPE_BUSY, FRAME_TYPE_DEAD } from '../abi/frame-types.ts';
import { CAPABILITY_TABLE_SLOTS, IDENTIFIER_LEVELS_SHIFT } from '../abi/identifiers.ts';
import { KIND_DEVICE, KIND_FRAMES, KIND_THREAD } from '../abi/kinds.ts';
import { type Outcome } from '../abi/outcome.ts';
import { frameNumber, type FrameNumber, virtualAddress } from '../base/address.ts';
import { frameAcquire, frameIsCounted, frameTypeOf, frameUnreference } from '../base/frame-count.ts';
import { currentHart, hartOnEntry } from '../base/hart.ts';
import {
  slotCheckEmpty,
  slotClaim,
  slotClaimEmpty,
  slotPublish,
  slotRestore,
  slotTake,
  slotVacate,
} from '../capability/claim.ts';
import { capabilityOwn, capabilitySlot } from '../capability/resolve.ts';
import {
  type Operation,
  type Slot,
  SLOT_BUSY,
  SLOT_KIND_MASK,
  SLOT_RIGHTS_MASK,
  SLOT_RIGHTS_SHIFT,
  slotAt,
  slotIsFull,
} from '../capability/slot.ts';
import { fenceReads } from '../machine/barrier.ts';
import { capabilityTableSlot } from './capability-table.ts';

/** Whether the header of the slot that an id names is one that a copy can be made of: Ok with the header, NoCapability (the level), Busy. */
function sourceCheck(header: u64, identifier: u64): Outcome {
  if (slotIsFull(header)) return { error: ERROR_OK, value: header };
  if (header === SLOT_BUSY) return { error: ERROR_BUSY, value: 0n };
  return { error: ERROR_NO_CAPABILITY, value: identifier >> IDENTIFIER_LEVELS_SHIFT };
}

/** Whether the part and the mask that are asked for are within a source's of a kind and a length. `count` 0 stands for all that follows `first`. */
function partCheck(kind: u64, length: u64, first: u64, count: u64, mask: u64): Outcome {
  if (kind === KIND_FRAMES || kind === KIND_DEVICE) {
    if (first >= length) return { error: ERROR_OUT_OF_RANGE, value: length };
    if (count > length - first) return { error: ERROR_OUT_OF_RANGE, value: length - first + 1n };
  } else {
    if (first !== 0n) return { error: ERROR_BAD_ARGUMENT, value: 3n };
    if (count !== 0n) return { error: ERROR_BAD_ARGUMENT, value: 4n };
  }
  if (kind !== KIND_THREAD && mask !== 0n) return { error: ERROR_BAD_ARGUMENT, value: 5n };
  return { error: ERROR_OK, value: 0n };
}

/** Copies a capability, with fewer rights, or a part of its range, or a smaller mask. */
export function capabilityTableCopy(
  ...[index, sourceId, rights, first, count, mask, header, slot]: Parameters<Operation>
): Outcome {
  const found = capabilityTableSlot(header, slot, index);
  if (found.error !== ERROR_OK) return found;
  if (rights > SLOT_RIGHTS_MASK) return { error: ERROR_BAD_ARGUMENT, value: 2n };
  const target = slotAt(virtualAddress(found.value));
  if (sourceId >= CAPABILITY_TABLE_SLOTS) return copyDeep(target, sourceId, rights, first, count, mask);
  return copyFrom(target, sourceId, rights, first, count, mask, capabilityOwn(hartOnEntry(), sourceId));
}

/** Copy from a source that is named by a deeper id. @cold */
function copyDeep(target: Slot, sourceId: u64, rights: u64, first: u64, count: u64, mask: u64): Outcome {
  const named = capabilitySlot(currentHart(), sourceId, 1n);
  if (named.error !== ERROR_OK) return named;
  return copyFrom(target, sourceId, rights, first, count, mask, slotAt(virtualAddress(named.value)));
}

/**
 * Copy into a slot from the slot that an id has led to. What is stored in the end was read between two looks at the
 * header of the source; the claim of the target is the last thing that can fail.
 */
function copyFrom(target: Slot, sourceId: u64, rights: u64, offset: u64, part: u64, mask: u64, source: Slot): Outcome {
  const header = source.header.load();
  const usable = sourceCheck(header, sourceId);
  if (usable.error !== ERROR_OK) return usable;
  fenceReads();
  const length = source.count.load();
  const kind: u64 = header & SLOT_KIND_MASK;
  const missing: u64 = (rights << SLOT_RIGHTS_SHIFT) & ~header;
  if (missing !== 0n) return { error: ERROR_MISSING_RIGHTS, value: missing >> SLOT_RIGHTS_SHIFT };
  // A copy of the whole needs no further look.
  if ((offset | part | mask) !== 0n) {
    const checked = partCheck(kind, length, offset, part, mask);
    if (checked.error !== ERROR_OK) return checked;
  }
  const before = target.header.load();
  const empty = slotCheckEmpty(before);
  if (empty.error !== ERROR_OK) return empty;
  const frame = frameNumber(source.frame.load());
  const first: u64 = source.first.load() + offset;
  const count: u64 = part === 0n ? length - offset : part;
  const badge: u64 = kind === KIND_THREAD ? source.badge.load() & mask : source.badge.load();
  const entry = source.entry.load();
  const extra = source.extra.load();
  if (frame !== 0n) {
    const word = frameAcquire(frame);
    if (!frameIsCounted(word)) return copyRefuse(source, header, frame, word);
  }
  fenceReads();
  if (source.header.load() !== header || !slotTake(target, before)) return copyLose(frame);

  target.frame.store(frame);
  target.first.store(first);
  target.count.store(count);
  target.badge.store(badge);
  target.entry.store(entry);
  target.extra.store(extra);
  slotPublish(target, before, kind, rights);
  return { error: ERROR_OK, value: 0n };
}

/** Another hart was faster: takes back the reference of the copy, if its kind counts a frame. @cold */
function copyLose(frame: FrameNumber): Outcome {
  if (frame !== 0n) frameUnreference(frame);
  return { error: ERROR_BUSY, value: 0n };
}

/** The frame that a source named cannot be referenced: Busy if the source names it no more, else Busy, Dead or Overflow. @cold */
function copyRefuse(source: Slot, header: u64, frame: FrameNumber, word: u64): Outcome {
  frameUnreference(frame);
  fenceReads();
  const type = frameTypeOf(word);
  if (source.header.load() !== header || (type & ~FRAME_TYPE_DEAD) === FRAME_TYPE_BUSY) {
    return { error: ERROR_BUSY, value: 0n };
  }
  if ((type & FRAME_TYPE_DEAD) !== 0n) return { error: ERROR_DEAD, value: 0n };
  return { error: ERROR_OVERFLOW, value: FRAME_COUNT_LIMIT };
}

/** Moves a capability. No reference count changes; the source is empty afterwards. @cold */
export function capabilityTableMove(...[index, sourceId, , , , , header, slot]: Parameters<Operation>): Outcome {
  const hart = hartOnEntry();
  const found = capabilityTableSlot(header, slot, index);
  if (found.error !== ERROR_OK) return found;
  const named = capabilitySlot(hart, sourceId, 1n);
  if (named.error !== ERROR_OK) return named;
  const source = slotAt(virtualAddress(named.value));
  const sourceHeader = source.header.load();
  const usable = sourceCheck(sourceHeader, sourceId);
  if (usable.error !== ERROR_OK) return usable;
  const target = slotAt(virtualAddress(found.value));
  const claimed = slotClaimEmpty(target);
  if (claimed.error !== ERROR_OK) return claimed;
  const taken = slotClaim(source, sourceHeader);
  if (taken.error !== ERROR_OK) {
    slotRestore(target, claimed.value);
    return taken;
  }

  target.frame.store(source.frame.load());
  target.first.store(source.first.load());
  target.count.store(source.count.load());
  target.badge.store(source.badge.load());
  target.entry.store(source.entry.load());
  target.extra.store(source.extra.load());
  slotPublish(
    target,
    claimed.value,
    sourceHeader & SLOT_KIND_MASK,
    (sourceHeader >> SLOT_RIGHTS_SHIFT) & SLOT_RIGHTS_MASK,
  );
  slotVacate(source, sourceHeader);
  return { error: ERROR_OK, value: 0n };
}
