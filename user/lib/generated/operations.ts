/**
 * The system calls, as functions: the capability first, then the arguments.
 *
 * Generated from `kernel-src/abi` by `make docs`; `make check` finds it stale after a change there.
 */

import {
  OPERATION_CONSOLE_WRITE,
  OPERATION_SYSTEM_SHUTDOWN,
  OPERATION_SYSTEM_REBOOT,
  OPERATION_FRAMES_INSPECT,
  OPERATION_FRAMES_RETYPE,
  OPERATION_FRAMES_RECOVER,
} from '../../../kernel-src/abi/operations.ts';
import {
  OPERATION_CAPABILITY_TABLE_INSPECT,
  OPERATION_CAPABILITY_TABLE_CREATE,
  OPERATION_CAPABILITY_TABLE_COPY,
  OPERATION_CAPABILITY_TABLE_MOVE,
  OPERATION_CAPABILITY_TABLE_DROP,
  OPERATION_CAPABILITY_TABLE_CLEAR,
  OPERATION_CAPABILITY_TABLE_LINK,
  OPERATION_CAPABILITY_TABLE_UNLINK,
} from '../../../kernel-src/abi/capability-table-operations.ts';
import {
  OPERATION_PAGE_TABLE_INSPECT,
  OPERATION_PAGE_TABLE_MAP,
  OPERATION_PAGE_TABLE_UNMAP,
  OPERATION_PAGE_TABLE_PROTECT,
  OPERATION_PAGE_TABLE_LINK,
  OPERATION_PAGE_TABLE_UNLINK,
  OPERATION_PAGE_TABLE_CLEAR,
} from '../../../kernel-src/abi/page-table-operations.ts';
import { type Outcome } from '../../../kernel-src/abi/outcome.ts';
import { invoke } from '../invoke.ts';

/**
 * Writes up to 8 bytes to the console of the firmware. For bring-up: the time that the firmware takes is outside
 * every promise.
 *
 * `bytes`: The bytes; the first one is in the lowest 8 bits.
 * `count`: How many bytes: 1 to 8.
 * Result: How many bytes were written.
 * BadArgument: A byte after the first `count` ones is not zero. Detail: 0.
 * OutOfRange: `count` is 0, or above 8. Detail: 9.
 */
export function consoleWrite(console: u64, bytes: u64, count: u64): Outcome {
  return invoke(bytes, count, 0n, 0n, 0n, 0n, OPERATION_CONSOLE_WRITE, console);
}

/**
 * Switches the machine off, with an exit code where the machine has one. Does not return.
 *
 * `code`: The exit code: 0 to 255; 0 says that all went well.
 * OutOfRange: `code` is above 255. Detail: 256.
 */
export function systemShutdown(system: u64, code: u64): Outcome {
  return invoke(code, 0n, 0n, 0n, 0n, 0n, OPERATION_SYSTEM_SHUTDOWN, system);
}

/** Starts the machine again. Does not return. */
export function systemReboot(system: u64): Outcome {
  return invoke(0n, 0n, 0n, 0n, 0n, 0n, OPERATION_SYSTEM_REBOOT, system);
}

/**
 * Tells the type, the reference count and the incarnation of a frame.
 *
 * `index`: Which frame of the range, from 0.
 * Result: The frame's word: reference count in bits 0 to 23, type in bits 24 to 31, incarnation in bits 32 to 63.
 * OutOfRange: `index` is not in the range. Detail: how many frames the range has.
 * Busy: The capability was being changed. Detail: 0.
 */
export function framesInspect(frames: u64, index: u64): Outcome {
  return invoke(index, 0n, 0n, 0n, 0n, 0n, OPERATION_FRAMES_INSPECT, frames);
}

/**
 * Changes the type of a frame: Untyped to User or to Kernel (Blank), and each of these back to Untyped. What becomes
 * User or Blank is zeroed. An object becomes Untyped when nothing names it and it holds nothing; a component gives up
 * its page table and its capability table by this. A component or thread dies even if the call answers NotQuiescent.
 *
 * `index`: Which frame of the range, from 0.
 * `type`: The new type: 2 Untyped, 3 User, 4 Blank.
 * BadArgument: `type` is none of these. Detail: 1.
 * OutOfRange: `index` is not in the range. Detail: how many frames the range has.
 * WrongType: There is no such change. Detail: type and count of the frame.
 * InUse: The frame is still referred to. Detail: its reference count.
 * NotQuiescent: Some hart may still use what it was; try again. Detail: the stamp that all harts must pass.
 * NotEmpty: The table still holds something. Detail: the first slot or entry that is in use.
 * WrongHart: The thread is at home on another hart. Detail: that hart.
 * NotIdle: The thread is running. Detail: its state.
 * Overflow: The frame has been an object 2^32 - 1 times: it can no longer become Kernel. Detail: that number.
 * Busy: The capability or the frame was being changed. Detail: 0.
 */
export function framesRetype(frames: u64, index: u64, type: u64): Outcome {
  return invoke(index, type, 0n, 0n, 0n, 0n, OPERATION_FRAMES_RETYPE, frames);
}

/**
 * Makes a capability for the object in a frame, whatever anybody built in it, with the rights to empty it and to look
 * at its entries (tables), to retire it (components), and no others.
 *
 * `index`: Which frame of the range, from 0.
 * `slot`: Which slot of the caller's first-level table gets it: 0 to 63, empty.
 * OutOfRange: `slot` is above 63, or `index` is not in the range. Detail: 64, or how many frames the range has.
 * WrongType: There is no object in the frame. Detail: type and count of the frame.
 * Occupied: The slot is not empty. Detail: the kind that is in it.
 * Dead: The component or thread is dead already; when nothing names it, it can be retyped. Detail: 0.
 * Overflow: The frame's reference count is at its limit. Detail: the limit.
 * Busy: The capability, the frame or the slot was being changed. Detail: 0.
 */
export function framesRecover(frames: u64, index: u64, slot: u64): Outcome {
  return invoke(index, slot, 0n, 0n, 0n, 0n, OPERATION_FRAMES_RECOVER, frames);
}

/**
 * Tells what a slot of the table holds. Slots can be changed by others between two calls: each call is one consistent
 * look.
 *
 * `slot`: Which slot: 0 to 63.
 * `field`: What to tell: one of the `INSPECT` fields.
 * Result: The field.
 * OutOfRange: `slot` is above 63, or `field` above 3. Detail: 64, or 4.
 * Empty: The slot is empty (but for `INSPECT_CHILD`). Detail: 0.
 * Busy: The slot was being changed. Detail: 0.
 */
export function capabilityTableInspect(capabilityTable: u64, slot: u64, field: u64): Outcome {
  return invoke(slot, field, 0n, 0n, 0n, 0n, OPERATION_CAPABILITY_TABLE_INSPECT, capabilityTable);
}

/**
 * Makes an object in a frame of type Blank, and a capability with all rights for it. Kind 3, a capability table:
 * `first` and `second` are 0. Kind 4, a page table: `first` is its level, 0 to 2, `second` is 0. Kind 5, a component:
 * `first` is its root (a page table of level 2, with the right to link), `second` its capability table (with the
 * right to use). Kind 6, a thread: `first` is its component (with the right to bind), `second` its home hart.
 *
 * `slot`: Which slot of the table gets it: 0 to 63, empty.
 * `kind`: The kind of object: 3 to 6.
 * `frames`: A Frames capability with the right to retype.
 * `index`: Which frame of its range, from 0.
 * `first`: What the kind needs.
 * `second`: What the kind needs.
 * BadArgument: `kind` is none of these, `first` or `second` is not 0 where it must be, or an id is malformed. Detail:
 * which argument.
 * OutOfRange: `slot`, `index`, the level or the hart is too large. Detail: the first value that is too large.
 * Occupied: The slot is not empty. Detail: the kind that is in it.
 * NoCapability: An id in the arguments names nothing. Detail: the level where the search ended.
 * WrongKind: An id in the arguments names another kind. Detail: the kind that was found.
 * MissingRights: A capability in the arguments lacks rights. Detail: the rights that are missing.
 * WrongType: The frame is not Blank. Detail: its type and count.
 * InUse: The frame is being referred to. Detail: its reference count.
 * WrongLevel: The root is a page table of another level. Detail: its level.
 * Dead: The component of a thread is dead. Detail: 0.
 * WrongHart: The home hart does not run. Detail: the hart that does.
 * Overflow: A reference count is at its limit. Detail: the limit.
 * Busy: Something was being changed. Detail: 0.
 */
export function capabilityTableCreate(
  capabilityTable: u64,
  slot: u64,
  kind: u64,
  frames: u64,
  index: u64,
  first: u64,
  second: u64,
): Outcome {
  return invoke(slot, kind, frames, index, first, second, OPERATION_CAPABILITY_TABLE_CREATE, capabilityTable);
}

/**
 * Copies a capability of the caller's into the table: with the same or fewer rights, for a range of frames or device
 * pages also a part of it.
 *
 * `slot`: Which slot of the table gets it: 0 to 63, empty.
 * `source`: The capability.
 * `rights`: The rights of the copy.
 * `first`: Frames, Device: where the part begins in the source's range. Else 0.
 * `count`: Frames, Device: the length of the part; 0: up to the end of the source's range. Else 0.
 * `mask`: Thread: the signals that the copy can give, of those of the source. Else 0.
 * BadArgument: An argument that must be 0 is not, `rights` is above 0xffff, or the id is malformed. Detail: which
 * argument.
 * OutOfRange: `slot` is above 63, or the part is not in the range. Detail: the first value that is too large.
 * Occupied: The slot is not empty. Detail: the kind that is in it.
 * NoCapability: The source is empty, or not there. Detail: the level where the search ended.
 * MissingRights: The source lacks rights. Detail: the rights that are missing.
 * Dead: The source names a dead component or thread. Detail: 0.
 * Overflow: A reference count is at its limit. Detail: the limit.
 * Busy: Something was being changed. Detail: 0.
 */
export function capabilityTableCopy(
  capabilityTable: u64,
  slot: u64,
  source: u64,
  rights: u64,
  first: u64,
  count: u64,
  mask: u64,
): Outcome {
  return invoke(slot, source, rights, first, count, mask, OPERATION_CAPABILITY_TABLE_COPY, capabilityTable);
}

/**
 * Moves a capability of the caller's into the table, as it is. No reference count changes.
 *
 * `slot`: Which slot of the table gets it: 0 to 63, empty.
 * `source`: The capability; its slot is empty afterwards.
 * BadArgument: The id is malformed. Detail: 1.
 * OutOfRange: `slot` is above 63. Detail: 64.
 * Occupied: The slot is not empty. Detail: the kind that is in it.
 * NoCapability: The source is empty, or not there. Detail: the level where the search ended.
 * Busy: Something was being changed. Detail: 0.
 */
export function capabilityTableMove(capabilityTable: u64, slot: u64, source: u64): Outcome {
  return invoke(slot, source, 0n, 0n, 0n, 0n, OPERATION_CAPABILITY_TABLE_MOVE, capabilityTable);
}

/**
 * Empties a slot. What it named stays what it is, even if nothing else names it.
 *
 * `slot`: Which slot of the table: 0 to 63.
 * Result: The stamp after which no hart can still use the capability.
 * OutOfRange: `slot` is above 63. Detail: 64.
 * Empty: There is nothing in the slot. Detail: 0.
 * Busy: Something was being changed. Detail: 0.
 */
export function capabilityTableDrop(capabilityTable: u64, slot: u64): Outcome {
  return invoke(slot, 0n, 0n, 0n, 0n, 0n, OPERATION_CAPABILITY_TABLE_DROP, capabilityTable);
}

/**
 * Empties a range of slots and takes away the tables below them. A slot that another hart is changing at this moment
 * is left as that hart leaves it.
 *
 * `first`: The first slot: 0 to 63.
 * `count`: How many: 1 to 64.
 * Result: The stamp after which no hart can still use what was there.
 * BadArgument: `count` is 0. Detail: 1.
 * OutOfRange: `first` is above 63, or the range ends above it. Detail: the first value that is too large.
 * Busy: The capability was being changed. Detail: 0.
 */
export function capabilityTableClear(capabilityTable: u64, first: u64, count: u64): Outcome {
  return invoke(first, count, 0n, 0n, 0n, 0n, OPERATION_CAPABILITY_TABLE_CLEAR, capabilityTable);
}

/**
 * Links a capability table below a slot, so that its slots get ids of one level more. What is in the slot itself does
 * not matter.
 *
 * `slot`: Below which slot of the table: 0 to 63.
 * `child`: A CapabilityTable capability with the right to use.
 * BadArgument: The id is malformed. Detail: 1.
 * OutOfRange: `slot` is above 63. Detail: 64.
 * Occupied: There is a table below the slot. Detail: 3.
 * NoCapability: The id names nothing. Detail: the level where the search ended.
 * WrongKind: The id names another kind. Detail: the kind that was found.
 * MissingRights: The right to use is missing. Detail: that right.
 * Overflow: The reference count of the child is at its limit. Detail: the limit.
 * Busy: Something was being changed. Detail: 0.
 */
export function capabilityTableLink(capabilityTable: u64, slot: u64, child: u64): Outcome {
  return invoke(slot, child, 0n, 0n, 0n, 0n, OPERATION_CAPABILITY_TABLE_LINK, capabilityTable);
}

/**
 * Takes away the table below a slot.
 *
 * `slot`: Below which slot of the table: 0 to 63.
 * Result: The stamp after which no hart can still use the ids below it.
 * OutOfRange: `slot` is above 63. Detail: 64.
 * Empty: There is no table below the slot. Detail: 0.
 * Busy: The capability was being changed. Detail: 0.
 */
export function capabilityTableUnlink(capabilityTable: u64, slot: u64): Outcome {
  return invoke(slot, 0n, 0n, 0n, 0n, 0n, OPERATION_CAPABILITY_TABLE_UNLINK, capabilityTable);
}

/**
 * Tells an entry of a page table.
 *
 * `index`: Which entry: 0 to 511, in a root 0 to 255.
 * Result: The entry as the hardware reads it (RISC-V privileged specification, Sv39), or 0.
 * BadArgument: The entry belongs to the kernel's half of a root. Detail: 0.
 * OutOfRange: `index` is above 511. Detail: 512.
 * Busy: The capability was being changed. Detail: 0.
 */
export function pageTableInspect(pageTable: u64, index: u64): Outcome {
  return invoke(index, 0n, 0n, 0n, 0n, 0n, OPERATION_PAGE_TABLE_INSPECT, pageTable);
}

/**
 * Maps a frame of type User, or a page of a device, into an entry of a page table of level 0.
 *
 * `index`: Which entry: 0 to 511.
 * `source`: A Frames or Device capability with the rights that the permissions need.
 * `page`: Which frame or page of its range, from 0.
 * `permissions`: 2 read, 4 write, 8 execute, added: readable or executable, not both writable and executable, not
 * writable alone.
 * BadArgument: The permissions are not legal, or the id is malformed. Detail: which argument.
 * OutOfRange: `index` is above 511, or `page` is not in the range. Detail: the first value that is too large.
 * WrongLevel: The page table is of level 1 or 2. Detail: its level.
 * Occupied: The entry is in use. Detail: 0.
 * NoCapability: The id names nothing. Detail: the level where the search ended.
 * WrongKind: The id names another kind. Detail: the kind that was found.
 * MissingRights: The source does not allow the permissions. Detail: the rights that are missing.
 * WrongType: The frame is not User. Detail: its type and count.
 * Overflow: The reference count of the frame is at its limit. Detail: the limit.
 * Busy: Something was being changed. Detail: 0.
 */
export function pageTableMap(pageTable: u64, index: u64, source: u64, page: u64, permissions: u64): Outcome {
  return invoke(index, source, page, permissions, 0n, 0n, OPERATION_PAGE_TABLE_MAP, pageTable);
}

/**
 * Unmaps a page.
 *
 * `index`: Which entry: 0 to 511.
 * Result: The stamp after which no hart can still reach the page by this entry. The calling hart cannot already.
 * OutOfRange: `index` is above 511. Detail: 512.
 * WrongLevel: The page table is of level 1 or 2. Detail: its level.
 * Empty: The entry is not in use. Detail: 0.
 * Busy: The capability was being changed. Detail: 0.
 */
export function pageTableUnmap(pageTable: u64, index: u64): Outcome {
  return invoke(index, 0n, 0n, 0n, 0n, 0n, OPERATION_PAGE_TABLE_UNMAP, pageTable);
}

/**
 * Takes permissions away from a mapped page.
 *
 * `index`: Which entry: 0 to 511.
 * `permissions`: Those that stay: 2 read, 4 write, 8 execute, added; legal as for Map.
 * Result: The stamp after which no hart can still use the others.
 * BadArgument: The permissions are not legal. Detail: 1.
 * OutOfRange: `index` is above 511. Detail: 512.
 * WrongLevel: The page table is of level 1 or 2. Detail: its level.
 * Empty: The entry is not in use. Detail: 0.
 * MissingRights: The page is not mapped with these permissions. Detail: those that are missing.
 * Busy: Something was being changed. Detail: 0.
 */
export function pageTableProtect(pageTable: u64, index: u64, permissions: u64): Outcome {
  return invoke(index, permissions, 0n, 0n, 0n, 0n, OPERATION_PAGE_TABLE_PROTECT, pageTable);
}

/**
 * Links a page table of the level below. A page table can be linked in several places.
 *
 * `index`: Which entry: 0 to 511, in a root 0 to 255.
 * `child`: A PageTable capability with the right to link.
 * BadArgument: The entry belongs to the kernel's half of a root (detail 0), or the id is malformed (detail 1).
 * OutOfRange: `index` is above 511. Detail: 512.
 * WrongLevel: The page table is of level 0, or the child not of the level below. Detail: the level that was found.
 * Occupied: The entry is in use. Detail: 0.
 * NoCapability: The id names nothing. Detail: the level where the search ended.
 * WrongKind: The id names another kind. Detail: the kind that was found.
 * MissingRights: The right to link is missing. Detail: that right.
 * Overflow: The reference count of the child is at its limit. Detail: the limit.
 * Busy: Something was being changed. Detail: 0.
 */
export function pageTableLink(pageTable: u64, index: u64, child: u64): Outcome {
  return invoke(index, child, 0n, 0n, 0n, 0n, OPERATION_PAGE_TABLE_LINK, pageTable);
}

/**
 * Unlinks a page table, and with it in one step whatever hangs below it.
 *
 * `index`: Which entry: 0 to 511, in a root 0 to 255.
 * Result: The stamp after which no hart can still reach anything by this entry.
 * BadArgument: The entry belongs to the kernel's half of a root. Detail: 0.
 * OutOfRange: `index` is above 511. Detail: 512.
 * WrongLevel: The page table is of level 0. Detail: 0.
 * Empty: The entry is not in use. Detail: 0.
 * Busy: The capability was being changed. Detail: 0.
 */
export function pageTableUnlink(pageTable: u64, index: u64): Outcome {
  return invoke(index, 0n, 0n, 0n, 0n, 0n, OPERATION_PAGE_TABLE_UNLINK, pageTable);
}

/**
 * Takes out a range of entries, mapped pages and linked page tables.
 *
 * `first`: The first entry: 0 to 511, in a root 0 to 255.
 * `count`: How many: 1 to 64.
 * Result: The stamp after which no hart can still reach anything by these entries.
 * BadArgument: The first entry belongs to the kernel's half of a root (detail 0), or `count` is 0 (detail 1).
 * OutOfRange: `first` or `count` is too large. Detail: the first value that is too large.
 * Busy: The capability was being changed. Detail: 0.
 */
export function pageTableClear(pageTable: u64, first: u64, count: u64): Outcome {
  return invoke(first, count, 0n, 0n, 0n, 0n, OPERATION_PAGE_TABLE_CLEAR, pageTable);
}
