/**
 * A capability id of the first level is the number of a slot in the
 * component's own table, 0 to 63. A deeper id follows child links: bits 0 to
 * 5 are the slot in the own table, bits 6 to 11 the slot in the table linked
 * below it, and so on; bits 24 and 25 hold the number of further levels, 1 to
 * 3. Every other bit is zero.
 */

/** The calling thread itself. */
export const IDENTIFIER_ITSELF: u64 = 64n;
/** Bits of the index of one level. */
export const IDENTIFIER_INDEX_BITS: u64 = 6n;
/** Where the number of further levels begins. */
export const IDENTIFIER_LEVELS_SHIFT: u64 = 24n;
/** The largest number of further levels. */
export const IDENTIFIER_LEVELS_MAXIMUM: u64 = 3n;
/** Slots of a capability table. */
export const CAPABILITY_TABLE_SLOTS: u64 = 64n;
