/**
 * Thread: its registers, home and state. Whoever owns a thread may look into
 * it while it is idle, on its home hart, and never into a server that it is in.
 */

import { ERROR_IN_INVOCATION, ERROR_OK, ERROR_OUT_OF_RANGE, ERROR_WRONG_HART } from '../abi/errors.ts';
import { type Outcome } from '../abi/outcome.ts';
import { THREAD_INSPECT_HOME, THREAD_REGISTER_FCSR, THREAD_REGISTER_FLOATING } from '../abi/thread-operations.ts';
import { frameNumber, frameToVirtual } from '../base/address.ts';
import { type Hart, hartAt, hartOnEntry } from '../base/hart.ts';
import { capabilityFrame } from '../capability/resolve.ts';
import { type Operation, type Slot } from '../capability/slot.ts';
import { HART_LIMIT } from '../machine/layout.ts';
import {
  PRESENT_ALL,
  PRESENT_ANSWER,
  REGISTER_PC,
  STATUS_MOVED,
  statusHome,
  statusState,
  THREAD_EXITED,
  THREAD_IDLE,
  threadAt,
  threadCheckIdle,
  type ThreadFrame,
  threadIsInvoking,
  threadStatus,
} from './thread.ts';

/** The registers that a call keeps, the pc in place of `x0`, `a0` and `a1`, by their bits. */
const ANSWER_REGISTERS: u64 = 0x0ffc_0f1fn;
/** `a2` to `a5`. */
const DETAIL_REGISTERS: u64 = 0xf000n;
const ALL_REGISTERS: u64 = 0xffff_ffffn;
/** The largest value of the floating-point control and status register (unprivileged specification, 11.2). */
const FCSR_LIMIT: u64 = 0x100n;

/** The frame of the idle thread of this hart that a capability names, outside of any invocation. */
function registersFrame(hart: Hart, header: u64, slot: Slot, index: u64): Outcome {
  if (index > THREAD_REGISTER_FCSR) return { error: ERROR_OUT_OF_RANGE, value: THREAD_REGISTER_FCSR + 1n };
  const found = capabilityFrame(slot, header);
  if (found.error !== ERROR_OK) return found;
  const idle = threadCheckIdle(frameNumber(found.value), hart);
  if (idle.error !== ERROR_OK) return idle;
  if (threadIsInvoking(threadAt(frameToVirtual(frameNumber(found.value))))) {
    return { error: ERROR_IN_INVOCATION, value: 0n };
  }
  return found;
}

/** Which integer registers are in the frame of a thread, by their bits; the others are zero. */
function registersPresent(thread: ThreadFrame): u64 {
  if (thread.present === PRESENT_ALL) return ALL_REGISTERS;
  return thread.present === PRESENT_ANSWER ? ANSWER_REGISTERS : ANSWER_REGISTERS | DETAIL_REGISTERS;
}

/** Reads one register of an idle thread. */
export function threadReadRegister(...[index, , , , , , header, slot]: Parameters<Operation>): Outcome {
  const found = registersFrame(hartOnEntry(), header, slot, index);
  if (found.error !== ERROR_OK) return found;
  const thread = threadAt(frameToVirtual(frameNumber(found.value)));
  if (index < THREAD_REGISTER_FLOATING) {
    const present: u64 = (registersPresent(thread) >> index) & 1n;
    return { error: ERROR_OK, value: present !== 0n ? thread.registers[u32(index & 31n)] : 0n };
  }
  if (thread.floatingUsed === 0) return { error: ERROR_OK, value: 0n };
  if (index === THREAD_REGISTER_FCSR) return { error: ERROR_OK, value: thread.fcsr };
  return { error: ERROR_OK, value: thread.floating[u32(index & 31n)] };
}

/** Makes every integer register of a frame mean what it says. */
function completeRegisters(thread: ThreadFrame): void {
  const present = registersPresent(thread);
  for (let index: u32 = 0; index < 32; index++) {
    if (((present >> u64(index)) & 1n) === 0n) thread.registers[index] = 0n;
  }
  thread.present = PRESENT_ALL;
}

/** Gives a thread floating-point state, all zero, if it has none. */
function completeFloating(thread: ThreadFrame): void {
  if (thread.floatingUsed !== 0) return;
  for (const index of range(32)) thread.floating[index] = 0n;
  thread.fcsr = 0n;
  thread.floatingUsed = 1;
}

/** Writes one register of an idle thread. A thread that has exited can run again when its pc was written. */
export function threadWriteRegister(...[index, value, , , , , header, slot]: Parameters<Operation>): Outcome {
  const hart = hartOnEntry();
  const found = registersFrame(hart, header, slot, index);
  if (found.error !== ERROR_OK) return found;
  if (index === THREAD_REGISTER_FCSR && value >= FCSR_LIMIT) return { error: ERROR_OUT_OF_RANGE, value: FCSR_LIMIT };
  const thread = threadAt(frameToVirtual(frameNumber(found.value)));

  if (index < THREAD_REGISTER_FLOATING) {
    completeRegisters(thread);
    thread.registers[u32(index & 31n)] = value;
    const status = thread.status.load();
    if (index === u64(REGISTER_PC) && statusState(status) === THREAD_EXITED) {
      thread.status.store(threadStatus(THREAD_IDLE, hart.index) | (status & STATUS_MOVED));
    }
  } else {
    completeFloating(thread);
    if (index === THREAD_REGISTER_FCSR) thread.fcsr = value;
    else thread.floating[u32(index & 31n)] = value;
  }
  return { error: ERROR_OK, value: 0n };
}

/** Gives an idle thread another home hart. */
export function threadMigrate(...[home, , , , , , header, slot]: Parameters<Operation>): Outcome {
  const hart = hartOnEntry();
  if (home >= u64(HART_LIMIT)) return { error: ERROR_OUT_OF_RANGE, value: u64(HART_LIMIT) };
  if (hartAt(u32(home)).runs.load() === 0n) return { error: ERROR_WRONG_HART, value: hart.index };
  const found = capabilityFrame(slot, header);
  if (found.error !== ERROR_OK) return found;
  const idle = threadCheckIdle(frameNumber(found.value), hart);
  if (idle.error !== ERROR_OK) return idle;

  const thread = threadAt(frameToVirtual(frameNumber(found.value)));
  const state = statusState(thread.status.load());
  thread.status.storeRelease(threadStatus(state, home) | STATUS_MOVED);
  return { error: ERROR_OK, value: 0n };
}

/** Tells the state or the home of a thread, wherever that is. */
export function threadInspect(...[field, , , , , , header, slot]: Parameters<Operation>): Outcome {
  if (field > THREAD_INSPECT_HOME) return { error: ERROR_OUT_OF_RANGE, value: THREAD_INSPECT_HOME + 1n };
  const found = capabilityFrame(slot, header);
  if (found.error !== ERROR_OK) return found;
  const status = threadAt(frameToVirtual(frameNumber(found.value))).status.load();
  return { error: ERROR_OK, value: field === THREAD_INSPECT_HOME ? statusHome(status) : statusState(status) };
}
