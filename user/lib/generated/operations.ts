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
import {
  OPERATION_COMPONENT_RETIRE,
  OPERATION_COMPONENT_INSPECT,
} from '../../../kernel-src/abi/component-operations.ts';
import {
  OPERATION_THREAD_RUN,
  OPERATION_THREAD_SIGNAL,
  OPERATION_THREAD_READ_REGISTER,
  OPERATION_THREAD_WRITE_REGISTER,
  OPERATION_THREAD_MIGRATE,
  OPERATION_THREAD_INSPECT,
} from '../../../kernel-src/abi/thread-operations.ts';
import {
  OPERATION_INVOCATION_CALL,
  OPERATION_ITSELF_RETURN,
  OPERATION_ITSELF_WAIT,
  OPERATION_ITSELF_YIELD,
  OPERATION_ITSELF_QUIESCE,
} from '../../../kernel-src/abi/invocation-operations.ts';
import {
  OPERATION_INTERRUPT_BIND,
  OPERATION_INTERRUPT_UNBIND,
  OPERATION_INTERRUPT_ACKNOWLEDGE,
  OPERATION_HART_INSPECT,
} from '../../../kernel-src/abi/machine-operations.ts';
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
 * right to use). Kind 6, a thread: `first` is its component (with the right to bind), `second` its home hart; all
 * registers are zero. Kind 7, an invocation, has no frame: `frames` is its component (with the right to bind),
 * `index` the entry point, `first` the badge, `second` how many further levels of invocation the component needs, 0
 * to 18. Kind 9, an interrupt, has no frame: `frames` is an InterruptControl capability (with the right to bind),
 * `index` the line, `first` and `second` are 0; the line is masked until it is bound.
 *
 * `slot`: Which slot of the table gets it: 0 to 63, empty.
 * `kind`: The kind of object: 3 to 7, or 9.
 * `frames`: A Frames capability with the right to retype; or what the kind needs.
 * `index`: Which frame of its range, from 0; or what the kind needs.
 * `first`: What the kind needs.
 * `second`: What the kind needs.
 * BadArgument: `kind` is none of these, `first` or `second` is not 0 where it must be, an entry point is odd or not
 * in the lower half, or an id is malformed. Detail: which argument.
 * OutOfRange: `slot`, `index`, the level, the hart or the number of levels is too large, or there is no such line.
 * Detail: the first value that is too large.
 * Occupied: The slot is not empty. Detail: the kind that is in it.
 * NoCapability: An id in the arguments names nothing. Detail: the level where the search ended.
 * WrongKind: An id in the arguments names another kind. Detail: the kind that was found.
 * MissingRights: A capability in the arguments lacks rights. Detail: the rights that are missing.
 * WrongType: The frame is not Blank. Detail: its type and count.
 * InUse: The frame is being referred to. Detail: its reference count.
 * WrongLevel: The root is a page table of another level. Detail: its level.
 * Dead: The component of a thread or invocation is dead. Detail: 0.
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

/**
 * Marks a component dead, for ever. No thread runs in it any more: one that is inside goes on in its nearest live
 * caller, whose Call answers Dead; if there is none, it stops, and its runner gets ComponentDied. A thread that
 * retires the component that it is in ends like that, too.
 *
 * Result: The stamp after which no hart is inside any more.
 * Dead: It is dead already. Detail: 0.
 * Busy: The capability was being changed. Detail: 0.
 */
export function componentRetire(component: u64): Outcome {
  return invoke(0n, 0n, 0n, 0n, 0n, 0n, OPERATION_COMPONENT_RETIRE, component);
}

/**
 * Tells what a component is made of.
 *
 * `field`: What to tell: one of the `COMPONENT_INSPECT` fields.
 * Result: The field.
 * OutOfRange: `field` is above 2. Detail: 3.
 * Busy: The capability was being changed. Detail: 0.
 */
export function componentInspect(component: u64, field: u64): Outcome {
  return invoke(field, 0n, 0n, 0n, 0n, 0n, OPERATION_COMPONENT_INSPECT, component);
}

/**
 * Runs a thread on the calling hart until something happens, and answers with the event. The thread must be at home
 * here. A thread that waits goes on if it has a signal. The caller becomes its runner: it gets the wake bits as
 * signals when the thread gets its first signal. If the caller itself has signals, and has not been told since it
 * took some last, the thread does not run, and the event is Interrupted: Wait takes them. So a scheduler misses none
 * that come before it runs a thread. At most 8 threads run inside each other.
 *
 * `deadline`: The time, in ticks of the time counter, at which the Run ends; all bits set: never. If it has passed,
 * the thread does not run.
 * `wakeBits`: The signals that the caller gets when the thread is signalled; 0: none.
 * Result: The event: one of the `EVENT` numbers.
 * Result in `a2`: Fault: the cause (`scause`). Else 0.
 * Result in `a3`: Fault, with the right to registers: the address (`stval`). Else 0.
 * Result in `a4`: Fault, with the right to registers: the pc. Else 0.
 * WrongHart: The thread is at home on another hart. Detail: that hart.
 * NotIdle: The thread runs already, or runs another. Detail: 1.
 * DepthExceeded: 8 threads run inside each other already. Detail: 0.
 * Busy: The capability was being changed. Detail: 0.
 */
export function threadRun(thread: u64, deadline: u64, wakeBits: u64): Outcome {
  return invoke(deadline, wakeBits, 0n, 0n, 0n, 0n, OPERATION_THREAD_RUN, thread);
}

/**
 * Gives a thread signals. If it has none yet, its runner gets the wake bits as signals, and so on outwards; if that
 * reaches the outermost thread of a hart, its Run ends with Interrupted.
 *
 * `bits`: The signals; not 0.
 * BadArgument: `bits` is 0. Detail: 0.
 * MissingRights: The mask of the capability does not have all the bits. Detail: those that are missing.
 * Busy: The capability was being changed. Detail: 0.
 */
export function threadSignal(thread: u64, bits: u64): Outcome {
  return invoke(bits, 0n, 0n, 0n, 0n, 0n, OPERATION_THREAD_SIGNAL, thread);
}

/**
 * Reads a register of a thread that does not run.
 *
 * `register`: 0: the pc; 1 to 31: `x1` to `x31`; 32 to 63: `f0` to `f31`; 64: `fcsr`.
 * Result: The register. Floating-point registers of a thread that has not used any are 0.
 * OutOfRange: `register` is above 64. Detail: 65.
 * WrongHart: The thread is at home on another hart. Detail: that hart.
 * NotIdle: The thread is running. Detail: 1.
 * InInvocation: The thread is inside an invocation. Detail: 0.
 * Busy: The capability was being changed. Detail: 0.
 */
export function threadReadRegister(thread: u64, register: u64): Outcome {
  return invoke(register, 0n, 0n, 0n, 0n, 0n, OPERATION_THREAD_READ_REGISTER, thread);
}

/**
 * Writes a register of a thread that does not run. A thread that has exited can be run again when its pc was written.
 *
 * `register`: 0: the pc; 1 to 31: `x1` to `x31`; 32 to 63: `f0` to `f31`; 64: `fcsr`.
 * `value`: What to write.
 * OutOfRange: `register` is above 64, or `fcsr` above 255. Detail: 65, or 256.
 * WrongHart: The thread is at home on another hart. Detail: that hart.
 * NotIdle: The thread is running. Detail: 1.
 * InInvocation: The thread is inside an invocation. Detail: 0.
 * Busy: The capability was being changed. Detail: 0.
 */
export function threadWriteRegister(thread: u64, register: u64, value: u64): Outcome {
  return invoke(register, value, 0n, 0n, 0n, 0n, OPERATION_THREAD_WRITE_REGISTER, thread);
}

/**
 * Gives a thread that does not run another home hart.
 *
 * `hart`: The new home: its position in `BootInfo.harts`.
 * OutOfRange: `hart` is above 7. Detail: 8.
 * WrongHart: The new home does not run, or the thread is at home on another hart than the calling one. Detail: the
 * calling hart, or the home.
 * NotIdle: The thread is running. Detail: 1.
 * Busy: The capability was being changed. Detail: 0.
 */
export function threadMigrate(thread: u64, hart: u64): Outcome {
  return invoke(hart, 0n, 0n, 0n, 0n, 0n, OPERATION_THREAD_MIGRATE, thread);
}

/**
 * Tells the state or the home of a thread, which can change at any time.
 *
 * `field`: What to tell: one of the `THREAD_INSPECT` fields.
 * Result: The field.
 * OutOfRange: `field` is above 1. Detail: 2.
 * Busy: The capability was being changed. Detail: 0.
 */
export function threadInspect(thread: u64, field: u64): Outcome {
  return invoke(field, 0n, 0n, 0n, 0n, 0n, OPERATION_THREAD_INSPECT, thread);
}

/**
 * Takes the calling thread into the component of the invocation. There it enters with the arguments in `a0` to `a3`,
 * the badge in `a4`, its token in `a5`, and every other register zero, `sp` too. The call answers when the thread
 * returns, or when the component faults or dies; the error is the kernel's own word. Floating-point state is not
 * kept.
 *
 * `first`: What the component gets in `a0`.
 * `second`: What it gets in `a1`.
 * `third`: What it gets in `a2`.
 * `fourth`: What it gets in `a3`.
 * Result: The first result, which the component gave to Return.
 * Result in `a2`: The second result.
 * Result in `a3`: The third result.
 * Result in `a4`: The fourth result.
 * DepthExceeded: The component needs more levels of invocation than are left. Detail: the levels that are left.
 * Dead: The component is dead, or died during the call. Detail: 0.
 * Faulted: The component faulted. Detail: 0.
 * Busy: The capability was being changed. Detail: 0.
 */
export function invocationCall(invocation: u64, first: u64, second: u64, third: u64, fourth: u64): Outcome {
  return invoke(first, second, third, fourth, 0n, 0n, OPERATION_INVOCATION_CALL, invocation);
}

/**
 * Ends the invocation that the calling thread is in: the Call answers Ok with the results. If the caller has died,
 * the nearest live one goes on, whose Call answers Dead. Outside of any invocation the thread exits. Does not return.
 *
 * `first`: The first result.
 * `second`: The second result.
 * `third`: The third result.
 * `fourth`: The fourth result.
 */
export function itselfReturn(itself: u64, first: u64, second: u64, third: u64, fourth: u64): Outcome {
  return invoke(first, second, third, fourth, 0n, 0n, OPERATION_ITSELF_RETURN, itself);
}

/**
 * Takes all signals that the calling thread has. If it has none, it waits: its runner gets Waiting, and when it is
 * run with a signal, the call answers. The outermost thread of a hart lets the hart sleep until then.
 *
 * Result: The signals.
 */
export function itselfWait(itself: u64): Outcome {
  return invoke(0n, 0n, 0n, 0n, 0n, 0n, OPERATION_ITSELF_WAIT, itself);
}

/** Ends the Run of the calling thread: its runner gets Yielded. Nobody runs the outermost thread: it goes on. */
export function itselfYield(itself: u64): Outcome {
  return invoke(0n, 0n, 0n, 0n, 0n, 0n, OPERATION_ITSELF_YIELD, itself);
}

/**
 * Tells whether every hart has passed a stamp, so that what was given up with it is used by nobody. If not, asks the
 * harts that lag behind to come; try again.
 *
 * `stamp`: What Unmap, Drop, Retire and the like answered.
 * OutOfRange: There was no such stamp yet. Detail: the first number that is too large.
 * NotQuiescent: Some hart has not passed it. Detail: the stamp.
 */
export function itselfQuiesce(itself: u64, stamp: u64): Outcome {
  return invoke(stamp, 0n, 0n, 0n, 0n, 0n, OPERATION_ITSELF_QUIESCE, itself);
}

/**
 * Binds the line to a thread: from now on, an interrupt gives the thread the signals `bits`, and the line is masked
 * until it is acknowledged. It interrupts the hart that makes this call. An earlier binding ends, whoever made it. If
 * the line is masked by an earlier interrupt, the thread gets the signals at once. When the thread is gone, the line
 * stays masked from the next interrupt on.
 *
 * `thread`: A Thread capability with the right to signal.
 * `bits`: The signals; not 0, and of those that the capability can give.
 * BadArgument: `bits` is 0 (detail 1), or the id is malformed (detail 0).
 * NoCapability: The id names nothing. Detail: the level where the search ended.
 * WrongKind: The id names another kind. Detail: the kind that was found.
 * MissingRights: The right to signal is missing (detail: that right), or some of the bits (detail: those that are
 * missing).
 * Busy: Something was being changed. Detail: 0.
 */
export function interruptBind(interrupt: u64, thread: u64, bits: u64): Outcome {
  return invoke(thread, bits, 0n, 0n, 0n, 0n, OPERATION_INTERRUPT_BIND, interrupt);
}

/**
 * Ends the binding of the line: it interrupts nobody. If it is masked, it stays so.
 *
 * Empty: The line is not bound. Detail: 0.
 * Busy: Something was being changed. Detail: 0.
 */
export function interruptUnbind(interrupt: u64): Outcome {
  return invoke(0n, 0n, 0n, 0n, 0n, 0n, OPERATION_INTERRUPT_UNBIND, interrupt);
}

/**
 * Tells the interrupt controller that the interrupt has been handled: the line is not masked any more.
 *
 * Empty: There is no interrupt to acknowledge, or the line is not bound. Detail: 0.
 * WrongHart: Bind was called on another hart. Detail: that hart.
 * Busy: Something was being changed. Detail: 0.
 */
export function interruptAcknowledge(interrupt: u64): Outcome {
  return invoke(0n, 0n, 0n, 0n, 0n, 0n, OPERATION_INTERRUPT_ACKNOWLEDGE, interrupt);
}

/**
 * Tells what a hart is and whether it runs.
 *
 * `field`: What to tell: one of the `HART_INSPECT` fields.
 * Result: The field.
 * OutOfRange: `field` is above 2. Detail: 3.
 * Busy: The capability was being changed. Detail: 0.
 */
export function hartInspect(hart: u64, field: u64): Outcome {
  return invoke(field, 0n, 0n, 0n, 0n, 0n, OPERATION_HART_INSPECT, hart);
}
