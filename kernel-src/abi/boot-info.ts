/**
 * What the first component, the booter, is given. It enters `main` with the
 * address of a `BootInfo` in `a0`; its capabilities lie in fixed slots.
 */

/** "HARMONY!", first letter in the lowest bits. */
export const BOOT_INFO_MAGIC: u64 = 0x2159_4e4f_4d52_4148n;
/** Major number in bits 16 to 31: grows when something that existed changes. Minor number in bits 0 to 15: grows when something is added. */
export const ABI_VERSION: u32 = 0x0000_0001;
/** Bytes of a frame and of a page. */
export const FRAME_SIZE: u64 = 4096n;

/** Most entries of the memory map. */
export const BOOT_MEMORY_LIMIT: u32 = 32;
/** Most ranges of frames that the booter is given. */
export const BOOT_RAM_LIMIT: u32 = 8;
/** Most device ranges. */
export const BOOT_DEVICE_LIMIT: u32 = 32;
/** Most harts. */
export const BOOT_HART_LIMIT: u32 = 8;
/** Bytes of the name of a device, filled up with zeros. */
export const BOOT_NAME_LENGTH: u32 = 24;

/** The booter's capability table. */
export const BOOT_SLOT_TABLE: u32 = 0;
/** The root of its page table. */
export const BOOT_SLOT_ROOT: u32 = 1;
/** Its component. */
export const BOOT_SLOT_COMPONENT: u32 = 2;
/** Its thread. */
export const BOOT_SLOT_THREAD: u32 = 3;
/** The console. */
export const BOOT_SLOT_CONSOLE: u32 = 4;
/** The machine. */
export const BOOT_SLOT_SYSTEM: u32 = 5;
/** The right to bind interrupt lines. */
export const BOOT_SLOT_INTERRUPT_CONTROL: u32 = 6;
/** The first of the harts, in the order of `BootInfo.harts`. */
export const BOOT_SLOT_HARTS: u32 = 8;
/** The first of the ranges of frames: all memory, in the order of addresses. */
export const BOOT_SLOT_FRAMES: u32 = 16;
/** The first of the lower tables of its page table, in the order of making. */
export const BOOT_SLOT_PAGE_TABLES: u32 = 24;
/** The first of the device ranges, in the order of `BootInfo.devices`. */
export const BOOT_SLOT_DEVICES: u32 = 32;

/** Memory that is free: Untyped. */
export const MEMORY_FREE: u32 = 0;
/** Memory that the firmware or the device tree reserves. */
export const MEMORY_FIRMWARE: u32 = 1;
/** The kernel: image, stacks, state of the harts. */
export const MEMORY_KERNEL: u32 = 2;
/** The frame table. */
export const MEMORY_FRAME_TABLE: u32 = 3;
/** Image, stack and kernel objects of the booter. */
export const MEMORY_BOOTER: u32 = 4;
/** The `BootInfo`. */
export const MEMORY_BOOT_INFO: u32 = 5;
/** The device tree. */
export const MEMORY_DEVICE_TREE: u32 = 6;
/** The boot archive. */
export const MEMORY_ARCHIVE: u32 = 7;

/** A device range that belongs to a device that can read and write memory by itself. */
export const DEVICE_BUS_MASTER: u32 = 1;

/** One part of the memory map. The parts are in the order of addresses and do not overlap. */
export class MemoryRange {
  /** Physical address; a multiple of 4096. */
  base: u64 = 0n;
  /** In bytes; a multiple of 4096, not 0. */
  size: u64 = 0n;
  /** One of the `MEMORY` numbers. */
  use: u32 = 0;
  reserved: u32 = 0;
}
staticAssert(sizeof<MemoryRange>() === 24);

/** One range of device memory. */
export class DeviceRange {
  /** Physical address; a multiple of 4096. */
  base: u64 = 0n;
  /** In bytes; a multiple of 4096, not 0. */
  size: u64 = 0n;
  /** A set of `DEVICE` bits. */
  flags: u32 = 0;
  reserved: u32 = 0;
  /** Name of the node in the device tree, cut to this length, filled up with zeros. */
  readonly name = array(u8, 24);
}
staticAssert(sizeof<DeviceRange>() === 48);

/** One hart that can run components. */
export class HartInfo {
  /** The firmware's number of it. */
  identifier: u64 = 0n;
  /** 1 for the hart that the booter runs on, else 0. */
  running: u64 = 0n;
}

/** What the booter is given, in one frame that it can read. Addresses are virtual ones of the booter unless they say otherwise. */
export class BootInfo {
  /** `BOOT_INFO_MAGIC`. */
  magic: u64 = 0n;
  /** `ABI_VERSION` of the kernel. */
  abiVersion: u32 = 0;
  /** Bytes of this structure. */
  size: u32 = 0;
  /** Ticks of the time counter in a second. */
  timebase: u64 = 0n;
  /** The device tree, read-only. */
  deviceTree: u64 = 0n;
  /** In bytes. */
  deviceTreeSize: u64 = 0n;
  /** The boot archive (cpio, newc), read-only. */
  archive: u64 = 0n;
  /** In bytes. */
  archiveSize: u64 = 0n;
  /** Lowest address of the booter's stack, and its size in bytes. */
  stack: u64 = 0n;
  stackSize: u64 = 0n;
  /** `instret` at the kernel's first instruction: with its own `instret`, the booter knows what boot took. */
  entryInstructions: u64 = 0n;
  /** Instructions that the firmware spent since then for what the kernel wrote to the console. */
  firmwareInstructions: u64 = 0n;
  /** How many entries of `memory` are used. */
  memoryCount: u32 = 0;
  /** How many ranges of frames there are, from `BOOT_SLOT_FRAMES` on. */
  ramCount: u32 = 0;
  /** How many entries of `devices` are used. */
  deviceCount: u32 = 0;
  /** How many entries of `harts` are used. */
  hartCount: u32 = 0;
  /** How many lower page tables there are, from `BOOT_SLOT_PAGE_TABLES` on. */
  pageTableCount: u32 = 0;
  reserved: u32 = 0;
  readonly memory = array(MemoryRange, 32);
  readonly devices = array(DeviceRange, 32);
  readonly harts = array(HartInfo, 8);
}
staticAssert(sizeof<BootInfo>() <= 4096);
