/**
 * Changing a slot: claim it, write its body, publish it. A slot that is
 * claimed can be put back as it was: the very header, with the same sequence
 * number, and a body that nobody has written yet.
 */

import { ERROR_BUSY, ERROR_EMPTY, ERROR_OCCUPIED, ERROR_OK } from '../abi/errors.ts';
import { KIND_NONE } from '../abi/kinds.ts';
import { type Outcome } from '../abi/outcome.ts';
import { SLOT_BUSY, SLOT_CAPABILITY_MASK, SLOT_KIND_MASK, SLOT_SEQUENCE, slotHeader, type Slot } from './slot.ts';

/** The sequence number in a header. */
const SEQUENCE_MASK: u64 = 0xffff_ffff_0000_0000n;

/** Claims a slot that must be empty. Answers Ok with the header that was there; Occupied (the kind that is there); Busy. */
export function slotClaimEmpty(slot: Slot): Outcome {
  const header = slot.header.load();
  const kind: u64 = header & SLOT_KIND_MASK;
  if (kind === SLOT_BUSY) return { error: ERROR_BUSY, value: 0n };
  if (kind !== KIND_NONE) return { error: ERROR_OCCUPIED, value: kind };
  return slotClaim(slot, header);
}

/** Claims a slot that must hold a capability. Answers Ok with the header that was there; Empty; Busy. */
export function slotClaimFull(slot: Slot): Outcome {
  const header = slot.header.load();
  const kind: u64 = header & SLOT_KIND_MASK;
  if (kind === SLOT_BUSY) return { error: ERROR_BUSY, value: 0n };
  if (kind === KIND_NONE) return { error: ERROR_EMPTY, value: 0n };
  return slotClaim(slot, header);
}

/** Claims a slot whose header was seen. Answers Ok with that header, or Busy. */
export function slotClaim(slot: Slot, header: u64): Outcome {
  const claimed: u64 = (header & SEQUENCE_MASK) | SLOT_BUSY;
  if (slot.header.compareExchange(header, claimed)) return { error: ERROR_OK, value: header };
  return { error: ERROR_BUSY, value: 0n };
}

/** Puts a claimed slot back as it was. */
export function slotRestore(slot: Slot, header: u64): void {
  slot.header.storeRelease(header);
}

/** Publishes a claimed slot with a new capability; `before` is the header that was claimed. */
export function slotPublish(slot: Slot, before: u64, kind: u64, rights: u64): void {
  slot.header.storeRelease(((before + SLOT_SEQUENCE) & SEQUENCE_MASK) | slotHeader(kind, rights));
}

/** Publishes a claimed slot as empty. */
export function slotVacate(slot: Slot, before: u64): void {
  slot.header.storeRelease((before + SLOT_SEQUENCE) & SEQUENCE_MASK);
}

/** Kind and rights of a header, without its sequence number. */
export function slotCapability(header: u64): u64 {
  return header & SLOT_CAPABILITY_MASK;
}
