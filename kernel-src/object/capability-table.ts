/** CapabilityTable: one table of 64 slots. The capability's `frame` is the frame of the table. */

import { ERROR_BUSY, ERROR_EMPTY, ERROR_OK, ERROR_OUT_OF_RANGE } from '../abi/errors.ts';
import { CAPABILITY_TABLE_SLOTS } from '../abi/identifiers.ts';
import { KIND_NONE } from '../abi/kinds.ts';
import { INSPECT_CHILD, INSPECT_COUNT, INSPECT_FIRST } from '../abi/operations.ts';
import { type Outcome } from '../abi/outcome.ts';
import { frameNumber, frameToVirtual } from '../base/address.ts';
import { type Hart } from '../base/hart.ts';
import { SLOT_BUSY, SLOT_CAPABILITY_MASK, SLOT_KIND_MASK, type Slot } from '../capability/slot.ts';
import { tableAt } from '../capability/table.ts';
import { fenceReads } from '../machine/barrier.ts';

/** Tells one field of one slot of the table. */
export function capabilityTableInspect(
  index: u64,
  field: u64,
  _a2: u64,
  _a3: u64,
  _a4: u64,
  _a5: u64,
  hart: Hart,
  slot: Slot,
): Outcome {
  if (index >= CAPABILITY_TABLE_SLOTS) return { error: ERROR_OUT_OF_RANGE, value: CAPABILITY_TABLE_SLOTS };
  if (field > INSPECT_CHILD) return { error: ERROR_OUT_OF_RANGE, value: INSPECT_CHILD + 1n };
  fenceReads();
  const frame = slot.frame.load();
  fenceReads();
  if (slot.header.load() !== hart.header) return { error: ERROR_BUSY, value: 0n };
  const target = tableAt(frameToVirtual(frameNumber(frame))).slots[u32(index)];
  if (field === INSPECT_CHILD) return { error: ERROR_OK, value: target.child.load() };
  return inspectCapability(target, field);
}

/** One field of the capability in a slot: kind and rights, or a word of what it names. */
function inspectCapability(slot: Slot, field: u64): Outcome {
  const header = slot.header.load();
  const kind: u64 = header & SLOT_KIND_MASK;
  if (kind === KIND_NONE) return { error: ERROR_EMPTY, value: 0n };
  if (kind === SLOT_BUSY) return { error: ERROR_BUSY, value: 0n };
  fenceReads();
  const frame = slot.frame.load();
  const first = slot.first.load();
  const count = slot.count.load();
  fenceReads();
  if (slot.header.load() !== header) return { error: ERROR_BUSY, value: 0n };
  if (field === INSPECT_FIRST) return { error: ERROR_OK, value: frame === 0n ? first : frame };
  if (field === INSPECT_COUNT) return { error: ERROR_OK, value: count };
  return { error: ERROR_OK, value: header & SLOT_CAPABILITY_MASK };
}
