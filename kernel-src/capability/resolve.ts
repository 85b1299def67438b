/**
 * Capabilities that an operation names in its arguments: found by their id,
 * tested for kind and rights, and, where they name an object, referenced
 * between two looks at the header, so that what is referenced is what the
 * slot named.
 */

import {
  ERROR_BAD_ARGUMENT,
  ERROR_BUSY,
  ERROR_MISSING_RIGHTS,
  ERROR_NO_CAPABILITY,
  ERROR_OK,
  ERROR_OUT_OF_RANGE,
  ERROR_WRONG_KIND,
} from '../abi/errors.ts';
import { CAPABILITY_TABLE_SLOTS, IDENTIFIER_LEVELS_SHIFT } from '../abi/identifiers.ts';
import { KIND_NONE } from '../abi/kinds.ts';
import { type Outcome } from '../abi/outcome.ts';
import { frameNumber, virtualAddress } from '../base/address.ts';
import { frameReference, frameUnreference } from '../base/frame-count.ts';
import { type Hart } from '../base/hart.ts';
import { fenceReads } from '../machine/barrier.ts';
import { capabilityFind } from './lookup.ts';
import { SLOT_BUSY, SLOT_KIND_MASK, SLOT_RIGHTS_SHIFT, slotHeader, slotMeets, type Slot } from './slot.ts';
import { tableAt } from './table.ts';

/** The slot that a first-level id names. */
export function capabilityOwn(hart: Hart, identifier: u64): Slot {
  return tableAt(virtualAddress(hart.table)).slots[u32(identifier & (CAPABILITY_TABLE_SLOTS - 1n))];
}

/**
 * The slot that an id in argument `argument` names, whatever is in it. Answers Ok with its kernel address;
 * BadArgument (the argument) for a malformed id; NoCapability (the level) where a table is missing.
 */
export function capabilitySlot(hart: Hart, identifier: u64, argument: u64): Outcome {
  const table = tableAt(virtualAddress(hart.table));
  if (identifier < CAPABILITY_TABLE_SLOTS) return { error: ERROR_OK, value: addressOf(table.slots[u32(identifier)]) };
  const found = capabilityFind(table, identifier);
  if (found.error === ERROR_BAD_ARGUMENT) return { error: ERROR_BAD_ARGUMENT, value: argument };
  return found;
}

/**
 * Whether the header of the slot that an id names has a kind and at least some rights, of 16 bits: Ok; NoCapability (the level);
 * Busy; WrongKind (the kind); MissingRights (which).
 */
export function capabilityCheck(header: u64, identifier: u64, kind: u64, rights: u64): Outcome {
  if (slotMeets(header, slotHeader(kind, rights))) return { error: ERROR_OK, value: header };
  return capabilityRefuse(header, identifier, kind, rights);
}

/** Why a capability is not one of a kind with some rights: answers as `capabilityCheck`. @cold */
export function capabilityRefuse(header: u64, identifier: u64, kind: u64, rights: u64): Outcome {
  const found: u64 = header & SLOT_KIND_MASK;
  if (found === KIND_NONE) return { error: ERROR_NO_CAPABILITY, value: identifier >> IDENTIFIER_LEVELS_SHIFT };
  if (found === SLOT_BUSY) return { error: ERROR_BUSY, value: 0n };
  if (found !== kind) return { error: ERROR_WRONG_KIND, value: found };
  return { error: ERROR_MISSING_RIGHTS, value: rights & ~(header >> SLOT_RIGHTS_SHIFT) };
}

/**
 * The frame or page at `index` of the range that a capability names, in one consistent look. `header` was loaded
 * from the slot before. Answers Ok with its number; OutOfRange (the length of the range); Busy.
 */
export function capabilityRangeAt(slot: Slot, header: u64, index: u64): Outcome {
  fenceReads();
  const first = slot.first.load();
  const count = slot.count.load();
  fenceReads();
  if (slot.header.load() !== header) return { error: ERROR_BUSY, value: 0n };
  if (index >= count) return { error: ERROR_OUT_OF_RANGE, value: count };
  return { error: ERROR_OK, value: first + index };
}

/**
 * Takes a reference to the object of a capability, whose frame must have a type. `header` was loaded from the slot
 * before. Answers Ok with the frame number; Busy when the slot changed; what the reference answered. A slot that
 * changes while it is read can show no frame at all: the word 0, which is no frame of an object. @apart
 */
export function capabilityReference(slot: Slot, header: u64, type: u64): Outcome {
  fenceReads();
  const frame = frameNumber(slot.frame.load());
  if (frame === 0n) return { error: ERROR_BUSY, value: 0n };
  const referenced = frameReference(frame, type);
  fenceReads();
  if (slot.header.load() !== header) {
    if (referenced.error === ERROR_OK) frameUnreference(frame);
    return { error: ERROR_BUSY, value: 0n };
  }
  if (referenced.error !== ERROR_OK) return referenced;
  return { error: ERROR_OK, value: frame };
}

/** What `slotObject` says of the object of a capability, in one consistent look. Ok or Busy. `header` was loaded from the slot before. */
export function capabilityObject(slot: Slot, header: u64): Outcome {
  fenceReads();
  const object = slot.extra.load();
  fenceReads();
  if (slot.header.load() !== header) return { error: ERROR_BUSY, value: 0n };
  return { error: ERROR_OK, value: object };
}

/** The frame of the object of a capability, in one consistent look, without a reference: for a look at its type. Ok or Busy. */
export function capabilityFrame(slot: Slot, header: u64): Outcome {
  fenceReads();
  const frame = slot.frame.load();
  fenceReads();
  if (slot.header.load() !== header) return { error: ERROR_BUSY, value: 0n };
  return { error: ERROR_OK, value: frame };
}
