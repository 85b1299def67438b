/**
 * The system call: an operation applied to a capability. Looks both up, tests
 * kind and rights by one masked compare, and goes on to the operation by a tail
 * call: the arguments stay in the registers in which they came.
 *
 * INV8: an operation that failed has changed nothing but the epoch and what goes with it (`done`, attention words, the
 * time of the latest advance), and the dead mark of a component or thread that was to be retyped.
 */

import {
  ERROR_BAD_OPERATION,
  ERROR_BUSY,
  ERROR_MISSING_RIGHTS,
  ERROR_NO_CAPABILITY,
  ERROR_OK,
  ERROR_WRONG_KIND,
} from '../abi/errors.ts';
import { CAPABILITY_TABLE_SLOTS, IDENTIFIER_ITSELF, IDENTIFIER_LEVELS_SHIFT } from '../abi/identifiers.ts';
import {
  KIND_CAPABILITY_TABLE,
  KIND_COMPONENT,
  KIND_CONSOLE,
  KIND_FRAMES,
  KIND_HART,
  KIND_INTERRUPT,
  KIND_INVOCATION,
  KIND_ITSELF,
  KIND_NONE,
  KIND_PAGE_TABLE,
  KIND_SYSTEM,
  KIND_THREAD,
} from '../abi/kinds.ts';
import {
  OPERATION_ITSELF_QUIESCE,
  OPERATION_ITSELF_RETURN,
  OPERATION_ITSELF_WAIT,
  OPERATION_ITSELF_YIELD,
} from '../abi/invocation-operations.ts';
import { OPERATION_LIMIT } from '../abi/operations.ts';
import { type Outcome } from '../abi/outcome.ts';
import {
  RIGHT_CAPABILITY_TABLE_INSERT,
  RIGHT_CAPABILITY_TABLE_INSPECT,
  RIGHT_CAPABILITY_TABLE_REMOVE,
  RIGHT_COMPONENT_RETIRE,
  RIGHT_CONSOLE_WRITE,
  RIGHT_FRAMES_RETYPE,
  RIGHT_INTERRUPT_ACKNOWLEDGE,
  RIGHT_INTERRUPT_BIND,
  RIGHT_INVOCATION_CALL,
  RIGHT_PAGE_TABLE_INSPECT,
  RIGHT_PAGE_TABLE_MAP,
  RIGHT_PAGE_TABLE_REMOVE,
  RIGHT_SYSTEM_SHUTDOWN,
  RIGHT_THREAD_MIGRATE,
  RIGHT_THREAD_REGISTERS,
  RIGHT_THREAD_RUN,
  RIGHT_THREAD_SIGNAL,
} from '../abi/rights.ts';
import { virtualAddress } from '../base/address.ts';
import { currentHart, hartOnEntry } from '../base/hart.ts';
import { capabilityFind } from '../capability/lookup.ts';
import {
  type Operation,
  SLOT_BUSY,
  SLOT_KIND_MASK,
  SLOT_RIGHTS_MASK,
  SLOT_RIGHTS_SHIFT,
  slotAt,
  slotMeets,
} from '../capability/slot.ts';
import { tableAt } from '../capability/table.ts';
import { capabilityTableCopy, capabilityTableMove } from '../object/capability-copy.ts';
import {
  capabilityTableClear,
  capabilityTableDrop,
  capabilityTableInspect,
  capabilityTableLink,
  capabilityTableUnlink,
} from '../object/capability-table.ts';
import { chainContinue, chainDie, chainFollowEpoch, chainSwitch } from '../object/chain.ts';
import { componentInspect, componentRetire } from '../object/component-retire.ts';
import { consoleWrite } from '../object/console.ts';
import { capabilityTableCreate } from '../object/create.ts';
import { framesRecover } from '../object/frame-recover.ts';
import { framesRetype } from '../object/frame-retype.ts';
import { framesInspect } from '../object/frame.ts';
import { hartInspect } from '../object/hart.ts';
import { interruptAcknowledge, interruptBind, interruptUnbind } from '../object/interrupt.ts';
import { invocationCall, invocationReturn } from '../object/invocation.ts';
import { itselfQuiesce, itselfWait, itselfYield } from '../object/itself.ts';
import { pageTableMap } from '../object/page-table-map.ts';
import {
  pageTableClear,
  pageTableInspect,
  pageTableLink,
  pageTableProtect,
  pageTableUnlink,
  pageTableUnmap,
} from '../object/page-table.ts';
import { systemReboot, systemShutdown } from '../object/system.ts';
import { threadInspect, threadMigrate, threadReadRegister, threadWriteRegister } from '../object/thread-registers.ts';
import { threadRun } from '../object/thread-run.ts';
import { threadSignal } from '../object/thread-signal.ts';
import { SYSTEM_CALL_SIZE, trapPc, trapPcSet } from '../object/thread-switch.ts';
import { PRESENT_ALL, threadAnswer, threadAt } from '../object/thread.ts';

/** What the registers of a component hold when it makes a system call: arguments, operation, capability. */
export type SystemCall = (a0: u64, a1: u64, a2: u64, a3: u64, a4: u64, a5: u64, a6: u64, a7: u64) => Outcome;

/** What an operation needs, and where it goes on. */
export type OperationLine = {
  /** The kind, and in the place where a slot's header has them, the rights. 0 where there is no operation. */
  readonly need: u64;
  readonly run: Operation;
};

/** What the operations on a capability table need. */
const TABLE_INSPECT: u64 = KIND_CAPABILITY_TABLE | (RIGHT_CAPABILITY_TABLE_INSPECT << SLOT_RIGHTS_SHIFT);
const TABLE_INSERT: u64 = KIND_CAPABILITY_TABLE | (RIGHT_CAPABILITY_TABLE_INSERT << SLOT_RIGHTS_SHIFT);
const TABLE_REMOVE: u64 = KIND_CAPABILITY_TABLE | (RIGHT_CAPABILITY_TABLE_REMOVE << SLOT_RIGHTS_SHIFT);

/** Every operation by its number: kind, rights, function. */
const OPERATIONS: readonly OperationLine[] = [
  /* 0 */ { need: 0n, run: operationUnknown },
  /* 1 */ { need: KIND_CONSOLE | (RIGHT_CONSOLE_WRITE << SLOT_RIGHTS_SHIFT), run: consoleWrite },
  /* 2 */ { need: KIND_SYSTEM | (RIGHT_SYSTEM_SHUTDOWN << SLOT_RIGHTS_SHIFT), run: systemShutdown },
  /* 3 */ { need: KIND_SYSTEM | (RIGHT_SYSTEM_SHUTDOWN << SLOT_RIGHTS_SHIFT), run: systemReboot },
  /* 4 */ { need: KIND_FRAMES, run: framesInspect },
  /* 5 */ { need: KIND_FRAMES | (RIGHT_FRAMES_RETYPE << SLOT_RIGHTS_SHIFT), run: framesRetype },
  /* 6 */ { need: KIND_FRAMES | (RIGHT_FRAMES_RETYPE << SLOT_RIGHTS_SHIFT), run: framesRecover },
  /* 7 */ { need: 0n, run: operationUnknown },
  /* 8 */ { need: TABLE_INSPECT, run: capabilityTableInspect },
  /* 9 */ { need: TABLE_INSERT, run: capabilityTableCreate },
  /* 10 */ { need: TABLE_INSERT, run: capabilityTableCopy },
  /* 11 */ { need: TABLE_INSERT, run: capabilityTableMove },
  /* 12 */ { need: TABLE_REMOVE, run: capabilityTableDrop },
  /* 13 */ { need: TABLE_REMOVE, run: capabilityTableClear },
  /* 14 */ { need: TABLE_INSERT, run: capabilityTableLink },
  /* 15 */ { need: TABLE_REMOVE, run: capabilityTableUnlink },
  /* 16 */ { need: KIND_PAGE_TABLE | (RIGHT_PAGE_TABLE_INSPECT << SLOT_RIGHTS_SHIFT), run: pageTableInspect },
  /* 17 */ { need: KIND_PAGE_TABLE | (RIGHT_PAGE_TABLE_MAP << SLOT_RIGHTS_SHIFT), run: pageTableMap },
  /* 18 */ { need: KIND_PAGE_TABLE | (RIGHT_PAGE_TABLE_REMOVE << SLOT_RIGHTS_SHIFT), run: pageTableUnmap },
  /* 19 */ { need: KIND_PAGE_TABLE | (RIGHT_PAGE_TABLE_REMOVE << SLOT_RIGHTS_SHIFT), run: pageTableProtect },
  /* 20 */ { need: KIND_PAGE_TABLE | (RIGHT_PAGE_TABLE_MAP << SLOT_RIGHTS_SHIFT), run: pageTableLink },
  /* 21 */ { need: KIND_PAGE_TABLE | (RIGHT_PAGE_TABLE_REMOVE << SLOT_RIGHTS_SHIFT), run: pageTableUnlink },
  /* 22 */ { need: KIND_PAGE_TABLE | (RIGHT_PAGE_TABLE_REMOVE << SLOT_RIGHTS_SHIFT), run: pageTableClear },
  /* 23 */ { need: KIND_COMPONENT | (RIGHT_COMPONENT_RETIRE << SLOT_RIGHTS_SHIFT), run: componentRetire },
  /* 24 */ { need: KIND_COMPONENT, run: componentInspect },
  /* 25 */ { need: KIND_THREAD | (RIGHT_THREAD_RUN << SLOT_RIGHTS_SHIFT), run: threadRun },
  /* 26 */ { need: KIND_THREAD | (RIGHT_THREAD_SIGNAL << SLOT_RIGHTS_SHIFT), run: threadSignal },
  /* 27 */ { need: KIND_THREAD | (RIGHT_THREAD_REGISTERS << SLOT_RIGHTS_SHIFT), run: threadReadRegister },
  /* 28 */ { need: KIND_THREAD | (RIGHT_THREAD_REGISTERS << SLOT_RIGHTS_SHIFT), run: threadWriteRegister },
  /* 29 */ { need: KIND_THREAD | (RIGHT_THREAD_MIGRATE << SLOT_RIGHTS_SHIFT), run: threadMigrate },
  /* 30 */ { need: KIND_THREAD, run: threadInspect },
  /* 31 */ { need: KIND_INVOCATION | (RIGHT_INVOCATION_CALL << SLOT_RIGHTS_SHIFT), run: invocationCall },
  /* 32 */ { need: KIND_ITSELF, run: operationUnknown },
  /* 33 */ { need: KIND_ITSELF, run: operationUnknown },
  /* 34 */ { need: KIND_ITSELF, run: operationUnknown },
  /* 35 */ { need: KIND_ITSELF, run: operationUnknown },
  /* 36 */ { need: KIND_INTERRUPT | (RIGHT_INTERRUPT_BIND << SLOT_RIGHTS_SHIFT), run: interruptBind },
  /* 37 */ { need: KIND_INTERRUPT | (RIGHT_INTERRUPT_BIND << SLOT_RIGHTS_SHIFT), run: interruptUnbind },
  /* 38 */ { need: KIND_INTERRUPT | (RIGHT_INTERRUPT_ACKNOWLEDGE << SLOT_RIGHTS_SHIFT), run: interruptAcknowledge },
  /* 39 */ { need: KIND_HART, run: hartInspect },
  /* 40 */ { need: 0n, run: operationUnknown },
  /* 41 */ { need: 0n, run: operationUnknown },
  /* 42 */ { need: 0n, run: operationUnknown },
  /* 43 */ { need: 0n, run: operationUnknown },
  /* 44 */ { need: 0n, run: operationUnknown },
  /* 45 */ { need: 0n, run: operationUnknown },
  /* 46 */ { need: 0n, run: operationUnknown },
  /* 47 */ { need: 0n, run: operationUnknown },
  /* 48 */ { need: 0n, run: operationUnknown },
  /* 49 */ { need: 0n, run: operationUnknown },
  /* 50 */ { need: 0n, run: operationUnknown },
  /* 51 */ { need: 0n, run: operationUnknown },
  /* 52 */ { need: 0n, run: operationUnknown },
  /* 53 */ { need: 0n, run: operationUnknown },
  /* 54 */ { need: 0n, run: operationUnknown },
  /* 55 */ { need: 0n, run: operationUnknown },
  /* 56 */ { need: 0n, run: operationUnknown },
  /* 57 */ { need: 0n, run: operationUnknown },
  /* 58 */ { need: 0n, run: operationUnknown },
  /* 59 */ { need: 0n, run: operationUnknown },
  /* 60 */ { need: 0n, run: operationUnknown },
  /* 61 */ { need: 0n, run: operationUnknown },
  /* 62 */ { need: 0n, run: operationUnknown },
  /* 63 */ { need: 0n, run: operationUnknown },
];

/**
 * The entry sequence of the epoch, before anything shared is looked at; then the system call, by a
 * jump. Entered by assembly in place of `syscallEntry` when the hart's word of attention is not 0. @cold
 */
export function syscallAttention(...[a0, a1, a2, a3, a4, a5, operation, capability]: Parameters<SystemCall>): Outcome {
  if (!chainFollowEpoch(currentHart())) return syscallDie(a0, a1, a2, a3, a4, a5, operation, capability);
  return syscallEntry(a0, a1, a2, a3, a4, a5, operation, capability);
}

/**
 * A component of the chain is dead. The system call has not begun: if the thread still runs, later, it makes it anew.
 * @cold
 */
function syscallDie(...[a0, a1, a2, a3, a4, a5, operation, capability]: Parameters<SystemCall>): Outcome {
  const hart = currentHart();
  const thread = threadAt(virtualAddress(hart.thread));
  threadAnswer(thread, a0, a1);
  thread.registers[12] = a2;
  thread.registers[13] = a3;
  thread.registers[14] = a4;
  thread.registers[15] = a5;
  thread.registers[16] = operation;
  thread.registers[17] = capability;
  for (let index: u32 = 5; index < 8; index++) thread.registers[index] = 0n;
  for (let index: u32 = 28; index < 32; index++) thread.registers[index] = 0n;
  thread.present = PRESENT_ALL;
  trapPcSet(trapPc() - SYSTEM_CALL_SIZE);
  return chainDie(hart) ? chainSwitch(hart, thread) : chainContinue(hart);
}

/**
 * Entered by assembly with the registers of the component as they are, and with the stack of the kernel empty; its
 * answer goes back in `a0` and `a1`, every other register that is not kept comes back zero.
 */
export function syscallEntry(...[a0, a1, a2, a3, a4, a5, operation, capability]: Parameters<SystemCall>): Outcome {
  const hart = hartOnEntry();
  hart.operation = operation;
  // One comparison for both: a first-level id, and a line of the table.
  if ((operation | capability) >= CAPABILITY_TABLE_SLOTS) {
    return syscallOther(a0, a1, a2, a3, a4, a5, operation, capability);
  }
  const line = OPERATIONS[u32(operation)];
  const slot = tableAt(virtualAddress(hart.table)).slots[u32(capability)];
  const header = slot.header.load();
  if (!slotMeets(header, line.need)) return syscallRefuse(header, 0n, line.need);
  return line.run(a0, a1, a2, a3, a4, a5, header, slot);
}

/**
 * The system call on the calling thread itself, which is in no slot; or through a deeper id, or with no operation. Return
 * comes first, and all of them with the registers as they came.
 */
function syscallOther(...[a0, a1, a2, a3, a4, a5, operation, capability]: Parameters<SystemCall>): Outcome {
  if (capability !== IDENTIFIER_ITSELF) return syscallDeep(a0, a1, a2, a3, a4, a5, operation, capability);
  if (operation === OPERATION_ITSELF_RETURN) return invocationReturn(a0, a1, a2, a3);
  if (operation === OPERATION_ITSELF_YIELD) return itselfYield();
  if (operation === OPERATION_ITSELF_WAIT) return itselfWait();
  if (operation === OPERATION_ITSELF_QUIESCE) return itselfQuiesce(a0);
  return itselfRefuse(operation);
}

/** There is no such operation, or it is for another kind. @cold */
function itselfRefuse(operation: u64): Outcome {
  if (operation >= OPERATION_LIMIT || OPERATIONS[u32(operation)].need === 0n) {
    return { error: ERROR_BAD_OPERATION, value: operation };
  }
  return { error: ERROR_WRONG_KIND, value: KIND_ITSELF };
}

/** The system call through an id that is not of the first level. @cold */
function syscallDeep(...[a0, a1, a2, a3, a4, a5, operation, capability]: Parameters<SystemCall>): Outcome {
  const hart = currentHart();
  if (operation >= OPERATION_LIMIT) return { error: ERROR_BAD_OPERATION, value: operation };
  const line = OPERATIONS[u32(operation)];
  if (line.need === 0n) return { error: ERROR_BAD_OPERATION, value: operation };
  const found = capabilityFind(tableAt(virtualAddress(hart.table)), capability);
  if (found.error !== ERROR_OK) return found;
  const slot = slotAt(virtualAddress(found.value));
  const header = slot.header.load();
  if (!slotMeets(header, line.need)) {
    return syscallRefuse(header, capability >> IDENTIFIER_LEVELS_SHIFT, line.need);
  }
  return line.run(a0, a1, a2, a3, a4, a5, header, slot);
}

/** Says why the capability in a slot, found at a level of the id, is not one for the operation. @cold */
function syscallRefuse(header: u64, level: u64, need: u64): Outcome {
  const kind: u64 = header & SLOT_KIND_MASK;
  if (kind === KIND_NONE) return { error: ERROR_NO_CAPABILITY, value: level };
  if (kind === SLOT_BUSY) return { error: ERROR_BUSY, value: 0n };
  if (kind !== (need & SLOT_KIND_MASK)) return { error: ERROR_WRONG_KIND, value: kind };
  return { error: ERROR_MISSING_RIGHTS, value: ((need & ~header) >> SLOT_RIGHTS_SHIFT) & SLOT_RIGHTS_MASK };
}

/** In the place of each operation that there is not. */
function operationUnknown(...[]: Parameters<Operation>): Outcome {
  return { error: ERROR_BAD_OPERATION, value: hartOnEntry().operation };
}
