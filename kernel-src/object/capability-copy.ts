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
} from '../abi/errors.ts';
import { FRAME_TYPE_BUSY, FRAME_TYPE_DEAD } from '../abi/frame-types.ts';
import { IDENTIFIER_LEVELS_SHIFT } from '../abi/identifiers.ts';
import { KIND_DEVICE, KIND_FRAMES, KIND_NONE, KIND_THREAD } from '../abi/kinds.ts';
import { type Outcome } from '../abi/outcome.ts';
import { frameNumber, virtualAddress } from '../base/address.ts';
import { frameReference, frameTypeOf, frameUnreference } from '../base/frame-count.ts';
import { frameEntry } from '../base/frame-table.ts';
import { hartOnEntry } from '../base/hart.ts';
import { slotClaim, slotClaimEmpty, slotPublish, slotRestore, slotVacate } from '../capability/claim.ts';
import { capabilitySlot } from '../capability/resolve.ts';
import {
  SLOT_BUSY,
  SLOT_KIND_MASK,
  SLOT_RIGHTS_MASK,
  SLOT_RIGHTS_SHIFT,
  slotAt,
  type Slot,
} from '../capability/slot.ts';
import { fenceReads } from '../machine/barrier.ts';
import { capabilityTableSlot } from './capability-table.ts';

/** Whether the header of the slot that an id names is one that a copy can be made of: Ok with the header, NoCapability (the level), Busy. */
function sourceCheck(header: u64, identifier: u64): Outcome {
  const kind: u64 = header & SLOT_KIND_MASK;
  if (kind === KIND_NONE) return { error: ERROR_NO_CAPABILITY, value: identifier >> IDENTIFIER_LEVELS_SHIFT };
  if (kind === SLOT_BUSY) return { error: ERROR_BUSY, value: 0n };
  return { error: ERROR_OK, value: header };
}

/** Whether the rights and the part that are asked for are within the source's. `count` 0 stands for all that follows `first`. */
function copyCheck(source: Slot, header: u64, rights: u64, first: u64, count: u64, mask: u64): Outcome {
  const missing: u64 = (rights << SLOT_RIGHTS_SHIFT) & ~header;
  if (missing !== 0n) return { error: ERROR_MISSING_RIGHTS, value: missing >> SLOT_RIGHTS_SHIFT };
  const kind: u64 = header & SLOT_KIND_MASK;
  if (kind === KIND_FRAMES || kind === KIND_DEVICE) {
    const length = source.count.load();
    if (first >= length) return { error: ERROR_OUT_OF_RANGE, value: length };
    if (count > length - first) return { error: ERROR_OUT_OF_RANGE, value: length - first + 1n };
  } else {
    if (first !== 0n) return { error: ERROR_BAD_ARGUMENT, value: 3n };
    if (count !== 0n) return { error: ERROR_BAD_ARGUMENT, value: 4n };
  }
  if (kind !== KIND_THREAD && mask !== 0n) return { error: ERROR_BAD_ARGUMENT, value: 5n };
  return { error: ERROR_OK, value: kind };
}

/** Copies a capability, with fewer rights, or a part of its range, or a smaller mask. */
export function capabilityTableCopy(
  index: u64,
  sourceId: u64,
  rights: u64,
  first: u64,
  count: u64,
  mask: u64,
  header: u64,
  slot: Slot,
): Outcome {
  const hart = hartOnEntry();
  const found = capabilityTableSlot(header, slot, index);
  if (found.error !== ERROR_OK) return found;
  if (rights > SLOT_RIGHTS_MASK) return { error: ERROR_BAD_ARGUMENT, value: 2n };
  const named = capabilitySlot(hart, sourceId, 1n);
  if (named.error !== ERROR_OK) return named;
  const source = slotAt(virtualAddress(named.value));
  const sourceHeader = source.header.load();
  const usable = sourceCheck(sourceHeader, sourceId);
  if (usable.error !== ERROR_OK) return usable;
  fenceReads();
  const checked = copyCheck(source, sourceHeader, rights, first, count, mask);
  if (checked.error !== ERROR_OK) return checked;
  const target = slotAt(virtualAddress(found.value));
  const claimed = slotClaimEmpty(target);
  if (claimed.error !== ERROR_OK) return claimed;
  return copyClaimed(source, sourceHeader, target, claimed.value, rights, first, count, mask);
}

/** The second half of a copy: the target is claimed. Reads the source once more whole, between two looks at its header. */
function copyClaimed(
  source: Slot,
  header: u64,
  target: Slot,
  before: u64,
  rights: u64,
  offset: u64,
  part: u64,
  mask: u64,
): Outcome {
  const kind: u64 = header & SLOT_KIND_MASK;
  const frame = source.frame.load();
  const first = source.first.load();
  const count = source.count.load();
  const badge = source.badge.load();
  const entry = source.entry.load();
  const extra = source.extra.load();
  const taken = copyReference(source, header, frame);
  if (taken.error !== ERROR_OK) {
    slotRestore(target, before);
    return taken;
  }

  target.frame.store(frame);
  target.first.store(first + offset);
  target.count.store(part === 0n ? count - offset : part);
  target.badge.store(kind === KIND_THREAD ? badge & mask : badge);
  target.entry.store(entry);
  target.extra.store(extra);
  slotPublish(target, before, kind, rights);
  return { error: ERROR_OK, value: 0n };
}

/** Takes the reference of a copy, if its kind counts one, and looks at the header again. Ok, Busy, Dead, Overflow. */
function copyReference(source: Slot, header: u64, frame: u64): Outcome {
  let taken: Outcome = { error: ERROR_OK, value: 0n };
  if (frame !== 0n) {
    const type: u64 = frameTypeOf(frameEntry(frameNumber(frame)).state.load());
    if ((type & ~FRAME_TYPE_DEAD) === FRAME_TYPE_BUSY) return { error: ERROR_BUSY, value: 0n };
    if ((type & FRAME_TYPE_DEAD) !== 0n) return { error: ERROR_DEAD, value: 0n };
    taken = frameReference(frameNumber(frame), type);
  }
  fenceReads();
  if (source.header.load() === header) return taken;
  if (frame !== 0n && taken.error === ERROR_OK) frameUnreference(frameNumber(frame));
  return { error: ERROR_BUSY, value: 0n };
}

/** Moves a capability. No reference count changes; the source is empty afterwards. */
export function capabilityTableMove(
  index: u64,
  sourceId: u64,
  _a2: u64,
  _a3: u64,
  _a4: u64,
  _a5: u64,
  header: u64,
  slot: Slot,
): Outcome {
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
