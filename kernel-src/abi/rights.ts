/**
 * The rights that a capability can carry, for each kind: a set of bits, 0 to
 * 15. The rights of a copy are a subset of those of its source.
 */

/** Frames: change the type of a frame. */
export const RIGHT_FRAMES_RETYPE: u64 = 0x1n;
/** Frames: map a frame for reading. */
export const RIGHT_FRAMES_READ: u64 = 0x2n;
/** Frames: map a frame for writing. */
export const RIGHT_FRAMES_WRITE: u64 = 0x4n;
/** Frames: map a frame for execution. */
export const RIGHT_FRAMES_EXECUTE: u64 = 0x8n;
/** Device: map a page for reading. */
export const RIGHT_DEVICE_READ: u64 = 0x2n;
/** Device: map a page for writing. */
export const RIGHT_DEVICE_WRITE: u64 = 0x4n;
/** CapabilityTable: put capabilities into it. */
export const RIGHT_CAPABILITY_TABLE_INSERT: u64 = 0x1n;
/** CapabilityTable: link it below a slot, or make a component with it. */
export const RIGHT_CAPABILITY_TABLE_USE: u64 = 0x2n;
/** CapabilityTable: take capabilities out of it. */
export const RIGHT_CAPABILITY_TABLE_REMOVE: u64 = 0x4n;
/** CapabilityTable: see what is in it. */
export const RIGHT_CAPABILITY_TABLE_INSPECT: u64 = 0x8n;
/** PageTable: map frames and link tables into it. */
export const RIGHT_PAGE_TABLE_MAP: u64 = 0x1n;
/** PageTable: link it into another table, or make a component with it. */
export const RIGHT_PAGE_TABLE_LINK: u64 = 0x2n;
/** PageTable: take entries out of it. */
export const RIGHT_PAGE_TABLE_REMOVE: u64 = 0x4n;
/** PageTable: see what is in it. */
export const RIGHT_PAGE_TABLE_INSPECT: u64 = 0x8n;
/** Component: make threads and entry points in it. */
export const RIGHT_COMPONENT_BIND: u64 = 0x1n;
/** Component: retire it. */
export const RIGHT_COMPONENT_RETIRE: u64 = 0x2n;
/** Thread: run it. */
export const RIGHT_THREAD_RUN: u64 = 0x1n;
/** Thread: signal it, with the bits of the capability's mask. */
export const RIGHT_THREAD_SIGNAL: u64 = 0x2n;
/** Thread: read and write its registers, and see the details of its faults. */
export const RIGHT_THREAD_REGISTERS: u64 = 0x4n;
/** Thread: give it another home hart. */
export const RIGHT_THREAD_MIGRATE: u64 = 0x8n;
/** Invocation: call it. */
export const RIGHT_INVOCATION_CALL: u64 = 0x1n;
/** InterruptControl, Interrupt: bind a line to a thread. */
export const RIGHT_INTERRUPT_BIND: u64 = 0x1n;
/** Interrupt: acknowledge the line. */
export const RIGHT_INTERRUPT_ACKNOWLEDGE: u64 = 0x2n;
/** Hart: start it. */
export const RIGHT_HART_START: u64 = 0x1n;
/** Console: write to it. */
export const RIGHT_CONSOLE_WRITE: u64 = 0x1n;
/** System: shut the machine down, or start it again. */
export const RIGHT_SYSTEM_SHUTDOWN: u64 = 0x1n;

/** All rights of frames: what the first component gets. */
export const RIGHTS_FRAMES: u64 = 0xfn;
/** All rights of a device. */
export const RIGHTS_DEVICE: u64 = 0x6n;
/** All rights of a capability table: what its maker gets. */
export const RIGHTS_CAPABILITY_TABLE: u64 = 0xfn;
/** All rights of a page table. */
export const RIGHTS_PAGE_TABLE: u64 = 0xfn;
/** All rights of a component. */
export const RIGHTS_COMPONENT: u64 = 0x3n;
/** All rights of a thread. */
export const RIGHTS_THREAD: u64 = 0xfn;
/** All rights of an invocation. */
export const RIGHTS_INVOCATION: u64 = 0x1n;
/** All rights of an interrupt. */
export const RIGHTS_INTERRUPT: u64 = 0x3n;
