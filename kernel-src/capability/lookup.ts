/**
 * How an id finds its slot. A first-level id is the position of a slot in the
 * component's own table; the system-call entry looks it up by itself. This is
 * the way for deeper ids: at most three child links, so at most four slots.
 */

import { ERROR_BAD_ARGUMENT, ERROR_NO_CAPABILITY, ERROR_OK } from '../abi/errors.ts';
import { IDENTIFIER_INDEX_BITS, IDENTIFIER_LEVELS_MAXIMUM, IDENTIFIER_LEVELS_SHIFT } from '../abi/identifiers.ts';
import { type Outcome } from '../abi/outcome.ts';
import { frameNumber, frameToVirtual } from '../base/address.ts';
import { tableAt, type CapabilityTable } from './table.ts';

/** Detail of BadArgument for the register that holds the capability id, `a7`. */
export const ARGUMENT_CAPABILITY: u64 = 7n;
/** The index of one level, shifted to the lowest bits. */
const INDEX_MASK: u64 = 0x3fn;
/** All indexes of an id. */
const INDEXES_MASK: u64 = 0xff_ffffn;

/**
 * Finds the slot that an id names by following child links from `table`. A
 * link is published after the table behind it, and each load depends on the
 * one before it, so what is read behind a link is there.
 * Answers the kernel address of the slot; BadArgument if a bit is set that
 * must be zero or there is no further level; NoCapability (detail: the level)
 * if there is no table at some level. @cold
 */
export function capabilityFind(table: CapabilityTable, identifier: u64): Outcome {
  const levels: u64 = identifier >> IDENTIFIER_LEVELS_SHIFT;
  if (levels === 0n || levels > IDENTIFIER_LEVELS_MAXIMUM) {
    return { error: ERROR_BAD_ARGUMENT, value: ARGUMENT_CAPABILITY };
  }
  let indexes: u64 = identifier & INDEXES_MASK;
  if (indexes >> (IDENTIFIER_INDEX_BITS * (levels + 1n)) !== 0n) {
    return { error: ERROR_BAD_ARGUMENT, value: ARGUMENT_CAPABILITY };
  }
  let slot = table.slots[u32(indexes & INDEX_MASK)];
  for (let level: u64 = 1n; level <= IDENTIFIER_LEVELS_MAXIMUM; level++) {
    if (level > levels) break;
    const child = slot.child.load();
    if (child === 0n) return { error: ERROR_NO_CAPABILITY, value: level };
    indexes = indexes >> IDENTIFIER_INDEX_BITS;
    slot = tableAt(frameToVirtual(frameNumber(child))).slots[u32(indexes & INDEX_MASK)];
  }
  return { error: ERROR_OK, value: addressOf(slot) };
}
