/** The slots of the component's own capability table. */

import { BOOT_SLOT_TABLE } from '../../kernel-src/abi/boot-info.ts';
import { INSPECT_KIND } from '../../kernel-src/abi/capability-table-operations.ts';
import { ERROR_EMPTY } from '../../kernel-src/abi/errors.ts';
import {
  CAPABILITY_TABLE_SLOTS,
  IDENTIFIER_INDEX_BITS,
  IDENTIFIER_LEVELS_SHIFT,
} from '../../kernel-src/abi/identifiers.ts';
import { capabilityTableInspect } from './generated/operations.ts';

/** No slot. As an argument of a system call it is refused: OutOfRange, limit 64. */
export const SLOT_NONE: u64 = CAPABILITY_TABLE_SLOTS;
/** The index in an id of one level. */
const INDEX_MASK: u64 = 0x3fn;

/** The first empty slot of the table that the id `table` names, at or after `start`; `SLOT_NONE` if there is none. It is not reserved. */
export function slotFind(table: u64, start: u64): u64 {
  for (let slot: u64 = 0n; slot < CAPABILITY_TABLE_SLOTS; slot++) {
    if (slot >= start && capabilityTableInspect(table, slot, INSPECT_KIND).error === ERROR_EMPTY) return slot;
  }
  return SLOT_NONE;
}

/** The id of a slot of the table that is linked below the slot of an id, which has at most two further levels. */
export function slotBelow(identifier: u64, slot: u64): u64 {
  const levels: u64 = (identifier >> IDENTIFIER_LEVELS_SHIFT) + 1n;
  const indexes: u64 = identifier & ((1n << IDENTIFIER_LEVELS_SHIFT) - 1n);
  return indexes | ((slot & INDEX_MASK) << (IDENTIFIER_INDEX_BITS * levels)) | (levels << IDENTIFIER_LEVELS_SHIFT);
}

/** The id of a slot of a table: of the own one, or of one whose capability is in the slot below which it is linked, too. */
export function slotIdentifier(table: u64, slot: u64): u64 {
  return table === u64(BOOT_SLOT_TABLE) ? slot : slotBelow(table, slot);
}
