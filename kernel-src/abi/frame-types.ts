/** The types of a frame, as Frames.Inspect shows them. */

/** Firmware, kernel image, stacks, frame table, or no memory at all: never changes. */
export const FRAME_TYPE_RESERVED: u64 = 0n;
/** Being changed by a hart right now. */
export const FRAME_TYPE_BUSY: u64 = 1n;
/** In no use; can become User or Kernel. */
export const FRAME_TYPE_UNTYPED: u64 = 2n;
/** Can be mapped. */
export const FRAME_TYPE_USER: u64 = 3n;
/** Kernel, and zero: waits for an object to be made in it. */
export const FRAME_TYPE_BLANK: u64 = 4n;
/** Kernel: a capability table. */
export const FRAME_TYPE_CAPABILITY_TABLE: u64 = 5n;
/** Kernel: a page table of level 0, whose entries map 4 KiB each. */
export const FRAME_TYPE_PAGE_TABLE_0: u64 = 6n;
/** Kernel: a page table of level 1. */
export const FRAME_TYPE_PAGE_TABLE_1: u64 = 7n;
/** Kernel: a page table of level 2, the root of an address space. */
export const FRAME_TYPE_PAGE_TABLE_2: u64 = 8n;
/** Kernel: a component. */
export const FRAME_TYPE_COMPONENT: u64 = 9n;
/** Kernel: a thread. */
export const FRAME_TYPE_THREAD: u64 = 10n;
/** A bit beside the type: the component or thread is dead. */
export const FRAME_TYPE_DEAD: u64 = 0x80n;

/** Where the type begins in a frame's word. */
export const FRAME_WORD_TYPE_SHIFT: u64 = 24n;
/** The type, shifted to the lowest bits. */
export const FRAME_WORD_TYPE_MASK: u64 = 0xffn;
/** The reference count. */
export const FRAME_WORD_COUNT_MASK: u64 = 0xff_ffffn;
/** Where the incarnation begins. */
export const FRAME_WORD_INCARNATION_SHIFT: u64 = 32n;
/** The largest incarnation: a frame that has reached it can no longer become Kernel. */
export const FRAME_INCARNATION_LIMIT: u64 = 0xffff_ffffn;
/**
 * The largest reference count. Below the 24 bits by more than the harts can add at once before
 * they take it back, so that the count never carries into the type.
 */
export const FRAME_COUNT_LIMIT: u64 = 0xff_ff00n;
