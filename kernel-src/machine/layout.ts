/**
 * The kernel's part of the address space, and its memory for each hart. The
 * assembly and the linker script in `arch/riscv` use the same numbers.
 */

/** log2 of a page and of a frame (RISC-V privileged specification, 4.4: Sv39). */
export const PAGE_SHIFT: u64 = 12n;
/** Bytes of a page and of a frame. */
export const PAGE_SIZE: u64 = 4096n;

/**
 * All physical memory appears at this distance: the upper half of Sv39 begins
 * at this address.
 */
export const PHYSICAL_WINDOW: u64 = 0xffff_ffc0_0000_0000n;
/** Bytes of the window: memory above this physical address, 255 GiB, is left alone. */
export const PHYSICAL_WINDOW_SIZE: u64 = 0x3f_c000_0000n;
/**
 * The frame table appears where the window ends, in the last GiB: the entry of
 * frame 0 is here, whether there is such a frame or not. One instruction makes
 * this address, and one makes that of an entry from that of its frame.
 */
export const FRAME_TABLE: u64 = 0xffff_ffff_c000_0000n;

/** The firmware loads the kernel at this physical address, in the second 2 MiB of memory. */
export const KERNEL_LOAD_ADDRESS: u64 = 0x8020_0000n;

/** Most harts. The others are named in one line and stay in the firmware. */
export const HART_LIMIT: u32 = 8;
/**
 * Memory of one hart, aligned to its size: a page that is not mapped, the
 * stack that grows down from the hart's block, the block (`Hart`), and the
 * stack for kernel bugs, which grows down from the end.
 */
export const HART_AREA_SIZE: u64 = 0x8000n;
/** Where the stack begins: below is the page that is not mapped. */
export const HART_AREA_STACK: u64 = 0x1000n;
/** Where the hart's block begins, and the stack ends. */
export const HART_AREA_BLOCK: u64 = 0x4000n;

/** Most bytes of a device tree. */
export const DEVICE_TREE_LIMIT: u64 = 0x4_0000n;
/** Page tables for the kernel's own map. */
export const KERNEL_TABLE_LIMIT: u64 = 32n;
