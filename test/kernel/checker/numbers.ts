/**
 * The numbers that the checker and the model go by, written down once and independently of the kernel: both must find
 * a kernel that changes one of them by mistake. `numbers.test.ts` compares them with the interface and the layout.
 */

/** Types of a frame. */
export const TYPE = {
  Reserved: 0,
  Busy: 1,
  Untyped: 2,
  User: 3,
  Blank: 4,
  CapabilityTable: 5,
  PageTable0: 6,
  PageTable1: 7,
  PageTable2: 8,
  Component: 9,
  Thread: 10,
} as const;
/** Beside the type, in the same byte. */
export const DEAD = 0x80;
export const COUNT_LIMIT = 0xff_ff00;
export const INCARNATION_LIMIT = 0xffff_ffff;

/** Kinds of a capability: a number, and its complement in the four bits above. */
export const KIND = {
  None: 0,
  Frames: 0xe1,
  Device: 0xd2,
  CapabilityTable: 0xc3,
  PageTable: 0xb4,
  Component: 0xa5,
  Thread: 0x96,
  Invocation: 0x87,
  InterruptControl: 0x78,
  Interrupt: 0x69,
  Hart: 0x5a,
  Console: 0x4b,
  System: 0x3c,
  Itself: 0x2d,
} as const;

/** Rights, by kind. */
export const RIGHT = {
  Frames: { retype: 1, read: 2, write: 4, execute: 8 },
  Device: { read: 2, write: 4 },
  CapabilityTable: { insert: 1, use: 2, remove: 4, inspect: 8 },
  PageTable: { map: 1, link: 2, remove: 4, inspect: 8 },
  Component: { bind: 1, retire: 2 },
  Thread: { run: 1, signal: 2, registers: 4, migrate: 8 },
  Invocation: { call: 1 },
  Interrupt: { bind: 1, acknowledge: 2 },
} as const;

/** Operations, but for those that end the machine and the console. */
export const OPERATION = {
  'Frames.Inspect': 4,
  'Frames.Retype': 5,
  'Frames.Recover': 6,
  'CapabilityTable.Inspect': 8,
  'CapabilityTable.Create': 9,
  'CapabilityTable.Copy': 10,
  'CapabilityTable.Move': 11,
  'CapabilityTable.Drop': 12,
  'CapabilityTable.Clear': 13,
  'CapabilityTable.Link': 14,
  'CapabilityTable.Unlink': 15,
  'PageTable.Inspect': 16,
  'PageTable.Map': 17,
  'PageTable.Unmap': 18,
  'PageTable.Protect': 19,
  'PageTable.Link': 20,
  'PageTable.Unlink': 21,
  'PageTable.Clear': 22,
  'Component.Retire': 23,
  'Component.Inspect': 24,
  'Thread.Run': 25,
  'Thread.Signal': 26,
  'Thread.ReadRegister': 27,
  'Thread.WriteRegister': 28,
  'Thread.Migrate': 29,
  'Thread.Inspect': 30,
  'Invocation.Call': 31,
  'Itself.Return': 32,
  'Itself.Wait': 33,
  'Itself.Yield': 34,
  'Itself.Quiesce': 35,
  'Interrupt.Bind': 36,
  'Interrupt.Unbind': 37,
  'Interrupt.Acknowledge': 38,
  'Hart.Inspect': 39,
} as const;
export type OperationName = keyof typeof OPERATION;

export const ERROR = {
  Ok: 0,
  NoCapability: 1,
  WrongKind: 2,
  MissingRights: 3,
  BadOperation: 4,
  BadArgument: 5,
  OutOfRange: 6,
  WrongType: 7,
  InUse: 8,
  NotQuiescent: 9,
  NotEmpty: 10,
  Occupied: 11,
  Empty: 12,
  Busy: 13,
  Overflow: 14,
  WrongLevel: 15,
  WrongHart: 16,
  NotIdle: 17,
  InInvocation: 18,
  Dead: 19,
  Faulted: 20,
  DepthExceeded: 21,
} as const;
export type ErrorName = keyof typeof ERROR;

/** Events with which a Run ends. */
export const EVENT = {
  Yielded: 1,
  Waiting: 2,
  Fault: 3,
  DeadlinePassed: 4,
  Interrupted: 5,
  Exited: 6,
  ComponentDied: 7,
} as const;
export type EventName = keyof typeof EVENT;

/** Entries of a page table, and bits of an entry (RISC-V privileged specification, Sv39). */
export const ENTRIES = 512;
/** The first entry of a root that belongs to the kernel. */
export const KERNEL_HALF = 256;
export const PTE = {
  valid: 0x01,
  read: 0x02,
  write: 0x04,
  execute: 0x08,
  user: 0x10,
  global: 0x20,
  accessed: 0x40,
  dirty: 0x80,
  /** Of a leaf: the page is one of a device. */
  uncounted: 0x100,
  /** Where the frame number begins; bits 8 and 9 are software's, bits 54 to 63 reserved. */
  frameShift: 10,
} as const;

export const FRAME_BYTES = 4096;
export const SLOTS = 64;
/** Byte offsets in a slot. */
export const SLOT = {
  bytes: 64,
  header: 0,
  frame: 8,
  first: 16,
  count: 24,
  badge: 32,
  entry: 40,
  extra: 48,
  child: 56,
} as const;
/** Byte offsets in a component. */
export const COMPONENT = { root: 0, table: 8, satp: 16, tableAddress: 24 } as const;
/** Byte offsets in a thread. */
export const THREAD = {
  registers: 0,
  present: 256,
  floatingUsed: 260,
  status: 264,
  top: 272,
  token: 280,
  outer: 288,
  room: 296,
  deadline: 304,
  watched: 312,
  wakeBits: 320,
  pending: 328,
  runner: 336,
  reference: 344,
  fcsr: 352,
  floating: 360,
  told: 616,
  invocations: 904,
} as const;
/**
 * Levels of an invocation stack: an Invocation reserves up to one less. Where in a page the sentinel is, and the entry
 * of the first component above it; how long each is; byte offsets in one.
 */
export const INVOCATION = { levels: 19, sentinel: 904, start: 1056, bytes: 152, component: 0, key: 8 } as const;
/** States of a thread, and where its home hart begins in the status word. */
export const THREAD_STATE = { idle: 0, running: 1, waiting: 2, exited: 3 } as const;
/** In the status word: the thread comes from another hart and has not run since. */
export const THREAD_MOVED = 0x100;
/** Most threads that run in each other on one hart. */
export const CHAIN = 8;
export const THREAD_HOME_SHIFT = 16;
/** Bytes of the block of a hart, and byte offsets in it. */
export const HART = {
  bytes: 120,
  thread: 16,
  table: 24,
  operation: 32,
  outermost: 40,
  home: 48,
  index: 56,
  identifier: 64,
  claim: 72,
  armed: 80,
  done: 88,
  attention: 96,
  wake: 104,
} as const;
export const HARTS = 8;
/** The first number that is no interrupt line of the machine of the tests. */
export const INTERRUPT_LINES = 32;
/** Byte offsets in the kernel's word about a line. The owner is in the lowest byte: 0, or one more than a hart's position. */
export const LINE = { bytes: 64, owner: 0, thread: 8, key: 16, bits: 24, claimed: 32 } as const;
/** Lines that the kernel has room for. */
export const LINES = 256;
/** Byte offsets in the epoch. */
export const EPOCH = { current: 0, advanced: 8, interval: 16, harts: 24 } as const;
/** Byte offsets in an entry of the frame table. */
export const ENTRY = { bytes: 16, word: 0, stamp: 8 } as const;

/** Where the kernel sees physical address 0. */
export const WINDOW = 0xffff_ffc0_0000_0000n;
/** Where it sees the entry of frame 0 in the frame table. */
export const FRAME_TABLE = 0xffff_ffff_c000_0000n;
/** Highest bits of `satp`: Sv39, address space 0. */
export const SATP_MODE = 0x8000_0000_0000_0000n;
export const NEVER = 0xffff_ffff_ffff_ffffn;
