/**
 * Changing a slot: claim it, write its body, publish it. A slot that is
 * claimed can be put back as it was: the very header, with the same sequence
 * number, and a body that nobody has written yet.
 */

import { ERROR_BUSY, ERROR_EMPTY, ERROR_OCCUPIED, ERROR_OK } from '../abi/errors.ts';
import { KIND_NONE } from '../abi/kinds.ts';
import { type Outcome } from '../abi/outcome.ts';
import { type FrameNumber } from '../base/address.ts';
import { SLOT_BUSY, SLOT_KIND_MASK, SLOT_SEQUENCE, slotHeader, slotIsFull, slotObject, type Slot } from './slot.ts';

/** Where the sequence number begins in a header. */
const SEQUENCE_SHIFT: u64 = 32n;

/** Whether a header is that of an empty slot: Ok with it; Occupied (the kind that is there); Busy. */
export function slotCheckEmpty(header: u64): Outcome {
  const kind: u64 = header & SLOT_KIND_MASK;
  if (kind === KIND_NONE) return { error: ERROR_OK, value: header };
  if (kind === SLOT_BUSY) return { error: ERROR_BUSY, value: 0n };
  return { error: ERROR_OCCUPIED, value: kind };
}

/** Claims a slot that must be empty. Answers Ok with the header that was there; Occupied (the kind that is there); Busy. */
export function slotClaimEmpty(slot: Slot): Outcome {
  const checked = slotCheckEmpty(slot.header.load());
  return checked.error === ERROR_OK ? slotClaim(slot, checked.value) : checked;
}

/** Claims a slot that must hold a capability. Answers Ok with the header that was there; Empty; Busy. */
export function slotClaimFull(slot: Slot): Outcome {
  const header = slot.header.load();
  if (!slotIsFull(header)) return slotLacks(header);
  return slotClaim(slot, header);
}

/** Why a header is not that of a capability: Empty, or Busy. */
export function slotLacks(header: u64): Outcome {
  return { error: (header & SLOT_KIND_MASK) === KIND_NONE ? ERROR_EMPTY : ERROR_BUSY, value: 0n };
}

/**
 * Claims a slot that holds a capability, whichever it is by then: one swap instead of attempts. Answers Ok with the
 * header that was there; Empty; Busy. If another hart has claimed the slot meanwhile, it holds the same word as before.
 */
export function slotSeize(slot: Slot): Outcome {
  const before = slot.header.load();
  if (!slotIsFull(before)) return slotLacks(before);
  const header = slot.header.swapAcquireRelease(SLOT_BUSY);
  if (slotIsFull(header)) return { error: ERROR_OK, value: header };
  if (header !== SLOT_BUSY) slotRestore(slot, header);
  return slotLacks(header);
}

/** Claims a slot whose header was seen, not Busy. Answers Ok with that header, or Busy. */
export function slotClaim(slot: Slot, header: u64): Outcome {
  if (slotTake(slot, header)) return { error: ERROR_OK, value: header };
  return { error: ERROR_BUSY, value: 0n };
}

/** Claims a slot whose header was seen, not Busy; false when it has changed. */
export function slotTake(slot: Slot, header: u64): boolean {
  return slot.header.compareExchange(header, SLOT_BUSY);
}

/** Puts a claimed slot back as it was. */
export function slotRestore(slot: Slot, header: u64): void {
  slot.header.storeRelease(header);
}

/** Publishes a claimed slot with a new capability; `before` is the header that was claimed: that of an empty slot is its sequence number. */
export function slotPublish(slot: Slot, before: u64, kind: u64, rights: u64): void {
  slot.header.storeRelease(before + (SLOT_SEQUENCE | slotHeader(kind, rights)));
}

/** Publishes a claimed slot with the capability for a new or found object in a frame of a type, which counts it. */
export function slotPublishObject(
  slot: Slot,
  before: u64,
  capability: u64,
  frame: FrameNumber,
  type: u64,
  badge: u64,
): void {
  slot.frame.store(frame);
  slot.first.store(0n);
  slot.count.store(0n);
  slot.badge.store(badge);
  slot.entry.store(0n);
  slot.extra.store(slotObject(frame, type));
  slot.header.storeRelease(before + (SLOT_SEQUENCE | capability));
}

/** Publishes a claimed slot as empty. */
export function slotVacate(slot: Slot, before: u64): void {
  slot.header.storeRelease(((before >> SEQUENCE_SHIFT) + 1n) << SEQUENCE_SHIFT);
}
