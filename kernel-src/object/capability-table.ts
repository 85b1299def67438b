/**
 * CapabilityTable: one table of 64 slots. The capability's `frame` is the frame of the table.
 *
 * A table counts what its slots name: one for the object of each capability,
 * one for the table linked below each slot. Dropping the last of them destroys
 * nothing: a frame stays what it is, until it is retyped.
 */

import {
  ERROR_BAD_ARGUMENT,
  ERROR_BUSY,
  ERROR_EMPTY,
  ERROR_OCCUPIED,
  ERROR_OK,
  ERROR_OUT_OF_RANGE,
} from '../abi/errors.ts';
import { FRAME_TYPE_CAPABILITY_TABLE } from '../abi/frame-types.ts';
import { CAPABILITY_TABLE_SLOTS } from '../abi/identifiers.ts';
import { KIND_CAPABILITY_TABLE, KIND_INVOCATION, KIND_NONE } from '../abi/kinds.ts';
import { INSPECT_CHILD, INSPECT_COUNT, INSPECT_KIND } from '../abi/capability-table-operations.ts';
import { type Outcome } from '../abi/outcome.ts';
import { RIGHT_CAPABILITY_TABLE_USE } from '../abi/rights.ts';
import { frameNumber, virtualAddress, virtualToFrame } from '../base/address.ts';
import { frameRelease, frameUnreference } from '../base/frame-count.ts';
import { epoch } from '../base/epoch.ts';
import { hartOnEntry } from '../base/hart.ts';
import { slotClaimFull, slotLacks, slotSeize, slotVacate } from '../capability/claim.ts';
import { capabilityCheck, capabilityObject, capabilityReference, capabilitySlot } from '../capability/resolve.ts';
import {
  type Operation,
  type Slot,
  SLOT_CAPABILITY_MASK,
  SLOT_KIND_MASK,
  slotAt,
  slotIsFull,
} from '../capability/slot.ts';
import { tableAt, type CapabilityTable } from '../capability/table.ts';
import { fenceMemory, fenceReads } from '../machine/barrier.ts';

/** The number of slots that one Clear empties at most. */
export const CLEAR_LIMIT: u64 = 64n;

/** The slot at an index of the table that the capability in `slot` names. Answers Ok with its address; OutOfRange; Busy. */
export function capabilityTableSlot(header: u64, slot: Slot, index: u64): Outcome {
  if (index >= CAPABILITY_TABLE_SLOTS) return { error: ERROR_OUT_OF_RANGE, value: CAPABILITY_TABLE_SLOTS };
  const table = capabilityObject(slot, header);
  if (table.error !== ERROR_OK) return table;
  const target = tableAt(virtualAddress(table.value));
  return { error: ERROR_OK, value: addressOf(target.slots[u32(index)]) };
}

/** Tells one field of one slot of the table. */
export function capabilityTableInspect(...[index, field, , , , , header, slot]: Parameters<Operation>): Outcome {
  if (field > INSPECT_CHILD) return { error: ERROR_OUT_OF_RANGE, value: INSPECT_CHILD + 1n };
  const found = capabilityTableSlot(header, slot, index);
  if (found.error !== ERROR_OK) return found;
  const target = slotAt(virtualAddress(found.value));
  if (field === INSPECT_CHILD) return { error: ERROR_OK, value: target.child.load() };
  const capability = target.header.load();
  if (!slotIsFull(capability)) return slotLacks(capability);
  if (field === INSPECT_KIND) return { error: ERROR_OK, value: capability & SLOT_CAPABILITY_MASK };
  return inspectNamed(target, capability, field);
}

/** What the capability in a slot names, whose header was seen: a frame or the first one, and how many. */
function inspectNamed(slot: Slot, header: u64, field: u64): Outcome {
  const kind: u64 = header & SLOT_KIND_MASK;
  fenceReads();
  const frame = slot.frame.load();
  const first = slot.first.load();
  const count = slot.count.load();
  fenceReads();
  if (slot.header.load() !== header) return { error: ERROR_BUSY, value: 0n };
  if (kind === KIND_INVOCATION) return inspectInvocation(first, field);
  return { error: ERROR_OK, value: field === INSPECT_COUNT ? count : frame === 0n ? first : frame };
}

/** One field of an Invocation, whose component is at an address: its frame, and no count. */
function inspectInvocation(component: u64, field: u64): Outcome {
  return { error: ERROR_OK, value: field === INSPECT_COUNT ? 0n : virtualToFrame(virtualAddress(component)) };
}

/** Empties a slot. Answers the stamp after which nobody can still use what it named. */
export function capabilityTableDrop(...[index, , , , , , header, slot]: Parameters<Operation>): Outcome {
  const found = capabilityTableSlot(header, slot, index);
  if (found.error !== ERROR_OK) return found;
  const target = slotAt(virtualAddress(found.value));
  const claimed = slotClaimFull(target);
  if (claimed.error !== ERROR_OK) return claimed;

  return { error: ERROR_OK, value: dropClaimed(target, claimed.value) };
}

/** Empties a slot that is claimed and gives up its reference. Answers the stamp. */
function dropClaimed(slot: Slot, header: u64): u64 {
  const frame = slot.frame.load();
  slotVacate(slot, header);
  if (frame !== 0n) return frameRelease(frameNumber(frame));
  fenceMemory();
  return epoch.current.load();
}

/**
 * Empties up to 64 slots, and unlinks the tables below them. A slot that another hart is changing right now is left
 * as that hart leaves it. Answers the stamp after which nobody can still use what was there.
 */
export function capabilityTableClear(...[first, count, , , , , header, slot]: Parameters<Operation>): Outcome {
  if (first >= CAPABILITY_TABLE_SLOTS) return { error: ERROR_OUT_OF_RANGE, value: CAPABILITY_TABLE_SLOTS };
  if (count === 0n) return { error: ERROR_BAD_ARGUMENT, value: 1n };
  if (count > CAPABILITY_TABLE_SLOTS - first)
    return { error: ERROR_OUT_OF_RANGE, value: CAPABILITY_TABLE_SLOTS - first + 1n };
  const found = capabilityObject(slot, header);
  if (found.error !== ERROR_OK) return found;

  const table = tableAt(virtualAddress(found.value));
  for (let step: u64 = 0n; step < CLEAR_LIMIT && step < count; step++) {
    clearSlot(table.slots[u32((first + step) & (CAPABILITY_TABLE_SLOTS - 1n))]);
  }
  fenceMemory();
  return { error: ERROR_OK, value: epoch.current.load() };
}

function clearSlot(slot: Slot): void {
  const claimed = slotSeize(slot);
  if (claimed.error === ERROR_OK) dropClaimed(slot, claimed.value);
  const child = slot.child.swap(0n);
  if (child !== 0n) frameRelease(frameNumber(child));
}

/** Links a table below a slot: its slots get ids of one level more. @cold */
export function capabilityTableLink(...[index, child, , , , , header, slot]: Parameters<Operation>): Outcome {
  const hart = hartOnEntry();
  const found = capabilityTableSlot(header, slot, index);
  if (found.error !== ERROR_OK) return found;
  const named = capabilitySlot(hart, child, 1n);
  if (named.error !== ERROR_OK) return named;
  const source = slotAt(virtualAddress(named.value));
  const sourceHeader = source.header.load();
  const checked = capabilityCheck(sourceHeader, child, KIND_CAPABILITY_TABLE, RIGHT_CAPABILITY_TABLE_USE);
  if (checked.error !== ERROR_OK) return checked;
  const target = slotAt(virtualAddress(found.value));
  if (target.child.load() !== 0n) return { error: ERROR_OCCUPIED, value: KIND_CAPABILITY_TABLE };
  const frame = capabilityReference(source, sourceHeader, FRAME_TYPE_CAPABILITY_TABLE);
  if (frame.error !== ERROR_OK) return frame;

  if (target.child.compareExchange(0n, frame.value)) return { error: ERROR_OK, value: 0n };
  frameUnreference(frameNumber(frame.value));
  return { error: ERROR_BUSY, value: 0n };
}

/** Takes away the table below a slot. Answers the stamp after which nobody can still use it that way. */
export function capabilityTableUnlink(...[index, , , , , , header, slot]: Parameters<Operation>): Outcome {
  const found = capabilityTableSlot(header, slot, index);
  if (found.error !== ERROR_OK) return found;

  const child = slotAt(virtualAddress(found.value)).child.swap(0n);
  if (child === 0n) return { error: ERROR_EMPTY, value: 0n };
  return { error: ERROR_OK, value: frameRelease(frameNumber(child)) };
}

/** The first slot of a table that holds a capability or a link, or 64 when there is none. Nobody can reach the table any more. */
export function capabilityTableFirstUsed(table: CapabilityTable): u64 {
  let index: u64 = 0n;
  for (const slot of table.slots) {
    if ((slot.header.load() & SLOT_KIND_MASK) !== KIND_NONE || slot.child.load() !== 0n) return index;
    index += 1n;
  }
  return index;
}
