/**
 * The kinds of capability: a number in bits 0 to 3, and its complement in bits 4 to 7. So the bits of one kind are never
 * all in another, and one masked compare tests a slot for a kind and for rights.
 */

/** An empty slot. */
export const KIND_NONE: u64 = 0n;
/** A range of frames of memory. */
export const KIND_FRAMES: u64 = 0xe1n;
/** A range of pages of device memory. */
export const KIND_DEVICE: u64 = 0xd2n;
/** One capability table: a frame of 64 slots. */
export const KIND_CAPABILITY_TABLE: u64 = 0xc3n;
/** One node of a page table. */
export const KIND_PAGE_TABLE: u64 = 0xb4n;
/** An address space and its capability table. */
export const KIND_COMPONENT: u64 = 0xa5n;
/** One thread. */
export const KIND_THREAD: u64 = 0x96n;
/** An entry point of a component, with a badge. */
export const KIND_INVOCATION: u64 = 0x87n;
/** The right to make Interrupt capabilities. */
export const KIND_INTERRUPT_CONTROL: u64 = 0x78n;
/** One interrupt line. */
export const KIND_INTERRUPT: u64 = 0x69n;
/** One hart. */
export const KIND_HART: u64 = 0x5an;
/** The console of the firmware, for bring-up. */
export const KIND_CONSOLE: u64 = 0x4bn;
/** The machine. */
export const KIND_SYSTEM: u64 = 0x3cn;
/** The calling thread, named by the id 64; it is in no slot. */
export const KIND_ITSELF: u64 = 0x2dn;
