/** The kinds of capability. */

/** An empty slot. */
export const KIND_NONE: u64 = 0n;
/** A range of frames of memory. */
export const KIND_FRAMES: u64 = 1n;
/** A range of pages of device memory. */
export const KIND_DEVICE: u64 = 2n;
/** One capability table: a frame of 64 slots. */
export const KIND_CAPABILITY_TABLE: u64 = 3n;
/** One node of a page table. */
export const KIND_PAGE_TABLE: u64 = 4n;
/** An address space and its capability table. */
export const KIND_COMPONENT: u64 = 5n;
/** One thread. */
export const KIND_THREAD: u64 = 6n;
/** An entry point of a component, with a badge. */
export const KIND_INVOCATION: u64 = 7n;
/** The right to make Interrupt capabilities. */
export const KIND_INTERRUPT_CONTROL: u64 = 8n;
/** One interrupt line. */
export const KIND_INTERRUPT: u64 = 9n;
/** One hart. */
export const KIND_HART: u64 = 10n;
/** The console of the firmware, for bring-up. */
export const KIND_CONSOLE: u64 = 11n;
/** The machine. */
export const KIND_SYSTEM: u64 = 12n;
/** The calling thread, named by the id 64; it is in no slot. */
export const KIND_ITSELF: u64 = 13n;
