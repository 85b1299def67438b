/**
 * What the kernel knows of the board that it runs on: everything that it takes
 * from the device tree. `board-reader.ts` fills it in.
 */

/** Most ranges of one kind, ranges of memory, harts and ranges of devices that are kept. */
export const BOARD_RANGE_LIMIT: u32 = 64;
export const BOARD_MEMORY_LIMIT: u32 = 16;
export const BOARD_HART_LIMIT: u32 = 64;
export const BOARD_DEVICE_LIMIT: u32 = 64;

/** A range of physical addresses. `base + size` does not wrap. */
export class BoardRange {
  base: u64 = 0n;
  /** In bytes; not 0. */
  size: u64 = 0n;
}

/** Ranges of one kind. */
export class BoardRanges {
  count: u32 = 0;
  /** Whether more were found than have a place. */
  missing: boolean = false;
  readonly parts = array(BoardRange, 64);
}

/** One range of registers of a device. */
export class BoardDevice {
  base: u64 = 0n;
  /** In bytes; not 0. */
  size: u64 = 0n;
  /** Offset of the node's name in the device tree. */
  name: u64 = 0n;
  /** Whether the device is not known to leave memory alone. */
  master: u32 = 0;
}

/** The board. Written once, while the device tree is read. */
export class Board {
  /** Harts that can run the kernel: with an MMU, and not disabled. */
  hartCount: u32 = 0;
  deviceCount: u32 = 0;
  /** How many device ranges found no place, or are on a bus that translates addresses. */
  deviceMissing: u32 = 0;
  /** Nodes of harts that cannot run the kernel. */
  hartUnable: u32 = 0;
  /** How many of these harts have a timer register of their own (the Sstc extension). */
  hartTimers: u32 = 0;
  /** Ticks of the time counter in a second; 0 if the tree does not say. */
  timebase: u64 = 0n;
  /** Physical addresses of the boot archive's first byte and of the end; 0 if the tree does not say. */
  archiveStart: u64 = 0n;
  archiveEnd: u64 = 0n;
  /** Physical address of the test finisher, which ends an emulator; 0 if there is none. */
  finisher: u64 = 0n;
  /** Physical address and size of the platform interrupt controller; 0 if there is none. */
  interruptController: u64 = 0n;
  interruptControllerSize: u64 = 0n;
  /** The highest number of its interrupt lines; 0 if the tree does not say. */
  interruptLines: u64 = 0n;
  /** Its `interrupts-extended`: offset in the device tree, and length in bytes. */
  interruptTargets: u64 = 0n;
  interruptTargetsLength: u64 = 0n;
  /** At most `BOARD_MEMORY_LIMIT`. */
  readonly memory = new BoardRanges();
  readonly reserved = new BoardRanges();
  /** Registers that belong to the kernel or the firmware. */
  readonly owned = new BoardRanges();
  readonly harts = array(u64, 64);
  /** For each of these harts: the handle of its own interrupt controller; 0 if it has none. */
  readonly handles = array(u64, 64);
  /** For each of these harts: one more than the number of its supervisor context at the platform interrupt controller; 0 if it has none. */
  readonly contexts = array(u32, 64);
  readonly devices = array(BoardDevice, 64);
}

/** The board that this kernel runs on. */
export const board = new Board();

/** What can be wrong with a device tree. 0: nothing. */
export const BOARD_OK: u32 = 0;
export const BOARD_HEADER: u32 = 1;
export const BOARD_TOKEN: u32 = 2;
export const BOARD_DEPTH: u32 = 3;
export const BOARD_ORDER: u32 = 4;
export const BOARD_CELLS: u32 = 5;
export const BOARD_WRAP: u32 = 6;
export const BOARD_RESERVED: u32 = 7;
export const BOARD_MEMORY: u32 = 8;
export const BOARD_CPUS: u32 = 9;
export const BOARD_TIMEBASE: u32 = 10;
export const BOARD_ARCHIVE: u32 = 11;
export const BOARD_ARCHIVE_EMPTY: u32 = 12;

/** What was found and expected, by number; a sentence without its beginning and end. */
export const BOARD_PROBLEMS: readonly Text[] = [
  'is complete',
  'has a header that does not fit its size, or is not of version 17: it is damaged',
  'breaks off, or holds something that is no token: it is damaged',
  'is nested more than 16 levels deep: it is damaged',
  'has a property behind a child node, or ends inside a node: it is damaged',
  'has a range of memory that is not made of address and size cells: it is damaged',
  'has a range of memory that goes beyond the last address: it is damaged',
  'reserves more than 64 ranges of memory: merge some of them',
  'names no memory, or more than 16 ranges of it: it needs 1 to 16 nodes of device_type "memory"',
  'names no hart with an MMU: it needs a node of /cpus with "mmu-type" and without status "disabled"',
  'has no timebase-frequency in /cpus: the time counter needs one',
  'names no boot archive (linux,initrd-start and linux,initrd-end in /chosen): give the loader one, in QEMU with -initrd',
  'names a boot archive (linux,initrd-start and linux,initrd-end in /chosen) that has no bytes: give the loader one',
];
