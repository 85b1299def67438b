/**
 * Thread: Run. It runs a thread on the calling hart until something happens,
 * and answers with that. There is no ready queue: a scheduler is a loop around
 * Run, and so are a pager, a debugger and a watchdog.
 *
 * The runner is registered with the thread before a signal is looked for: a
 * signal that comes later finds it. And before the thread runs, its runner must
 * know of signals of its own: those that come later end the Run.
 */

import {
  ERROR_BUSY,
  ERROR_DEAD,
  ERROR_DEPTH_EXCEEDED,
  ERROR_NOT_IDLE,
  ERROR_OK,
  ERROR_WRONG_HART,
} from '../abi/errors.ts';
import {
  EVENT_COMPONENT_DIED,
  EVENT_DEADLINE_PASSED,
  EVENT_EXITED,
  EVENT_INTERRUPTED,
  EVENT_WAITING,
} from '../abi/events.ts';
import { type Outcome } from '../abi/outcome.ts';
import { RIGHT_THREAD_REGISTERS } from '../abi/rights.ts';
import { frameNumber, frameToVirtual, virtualAddress } from '../base/address.ts';
import { CHAIN_LIMIT, CHAIN_MASK, currentHart, type Hart, hartOnEntry } from '../base/hart.ts';
import { type Operation, SLOT_RIGHTS_SHIFT } from '../capability/slot.ts';
import { fenceInstructions, fenceReads } from '../machine/barrier.ts';
import { timeNow } from '../machine/processor.ts';
import { timerSet } from '../machine/timer.ts';
import { invocationAbort } from './invocation-stack.ts';
import {
  DEADLINE_NONE,
  STATUS_MOVED,
  statusHome,
  statusState,
  THREAD_EXITED,
  THREAD_IDLE,
  THREAD_RUNNING,
  THREAD_WAITING,
  threadAnswer,
  threadAt,
  threadComponent,
  threadComponentIsAlive,
  type ThreadFrame,
  threadStatus,
  threadTakeSignals,
} from './thread.ts';
import { threadSwitch } from './thread-switch.ts';

/** An event that comes before the thread has run. */
function event(number: u64): Outcome {
  return { error: ERROR_OK, value: number };
}

/** Runs a thread of this hart until something happens. */
export function threadRun(...[deadline, wakeBits, , , , , header, slot]: Parameters<Operation>): Outcome {
  const hart = hartOnEntry();
  fenceReads();
  const frame = frameNumber(slot.frame.load());
  fenceReads();
  if (slot.header.load() !== header) return runBusy();
  const thread = threadAt(frameToVirtual(frame));
  const status = thread.status.load();
  const state: u64 = status - threadStatus(THREAD_IDLE, hart.index);
  if (state !== 0n && (state === THREAD_RUNNING || state > (STATUS_MOVED | THREAD_EXITED))) return runRefuse(status);
  if (hart.depth === CHAIN_LIMIT - 1n) return runTooDeep();

  const runner = threadAt(virtualAddress(hart.thread));
  if (runner.pending.load() !== 0n && runner.told === 0n) return runTell();
  thread.wakeBits.store(wakeBits);
  thread.runner.store(runner.reference);
  thread.watched = (header >> SLOT_RIGHTS_SHIFT) & RIGHT_THREAD_REGISTERS;
  thread.deadline = deadline;
  if (deadline !== DEADLINE_NONE && timeNow() >= deadline) return runLate();
  if (state !== 0n || !threadComponentIsAlive(thread)) return runUnusual(thread, runner, hart);
  return runEnter(thread, runner, hart);
}

/** The slot is being changed. @cold */
function runBusy(): Outcome {
  return { error: ERROR_BUSY, value: 0n };
}

/** The thread is of another hart, or runs already. @cold */
function runRefuse(status: u64): Outcome {
  const hart = currentHart();
  if (statusHome(status) !== hart.index) return { error: ERROR_WRONG_HART, value: statusHome(status) };
  return { error: ERROR_NOT_IDLE, value: THREAD_RUNNING };
}

/** The chain is as long as it can be. @cold */
function runTooDeep(): Outcome {
  return { error: ERROR_DEPTH_EXCEEDED, value: 0n };
}

/** The caller has signals, and is told. @cold */
function runTell(): Outcome {
  threadAt(virtualAddress(currentHart().thread)).told = 1n;
  return event(EVENT_INTERRUPTED);
}

/** The deadline is in the past. @cold */
function runLate(): Outcome {
  return event(EVENT_DEADLINE_PASSED);
}

/** The thread waits, has exited, comes from another hart, or its component is dead. */
function runUnusual(thread: ThreadFrame, runner: ThreadFrame, hart: Hart): Outcome {
  const status = thread.status.load();
  const state = statusState(status);
  if (state === THREAD_EXITED) return event(EVENT_EXITED);
  if ((status & STATUS_MOVED) !== 0n) runArrived(thread, hart);
  if (!threadComponentIsAlive(thread)) return runDead(thread, runner, hart);
  if (state === THREAD_WAITING) {
    const bits = threadTakeSignals(thread);
    if (bits === 0n) return event(EVENT_WAITING);
    threadAnswer(thread, ERROR_OK, bits);
  }
  return runEnter(thread, runner, hart);
}

/** The thread comes from another hart, which released its frame with the status; code that it wrote there may not be in the fetch here. */
function runArrived(thread: ThreadFrame, hart: Hart): void {
  fenceReads();
  fenceInstructions();
  thread.status.store(threadStatus(statusState(thread.status.load()), hart.index));
}

/** The component that the thread is in is dead: the thread goes on in a caller, if one is alive. @cold */
function runDead(thread: ThreadFrame, runner: ThreadFrame, hart: Hart): Outcome {
  if (!invocationAbort(thread, ERROR_DEAD)) return event(EVENT_COMPONENT_DIED);
  thread.status.store(threadStatus(THREAD_IDLE, hart.index));
  return runEnter(thread, runner, hart);
}

/** Puts the thread at the end of the chain and goes on with it. Nothing can fail. */
function runEnter(thread: ThreadFrame, runner: ThreadFrame, hart: Hart): Outcome {
  const component = threadComponent(thread);
  const satp = component.satp;
  const depth: u64 = hart.depth + 1n;
  hart.depth = depth;
  hart.chain[u32(depth & CHAIN_MASK)] = addressOf(thread);
  hart.thread = addressOf(thread);
  hart.table = component.tableAddress;
  thread.status.store(threadStatus(THREAD_RUNNING, hart.index));
  if (thread.deadline < hart.armed) return runArmed(thread, satp, runner, hart);
  return threadSwitch(thread, satp, runner);
}

/** Sets the timer for the thread before it goes on. @cold */
function runArmed(thread: ThreadFrame, satp: u64, runner: ThreadFrame, hart: Hart): Outcome {
  hart.armed = thread.deadline;
  timerSet(thread.deadline);
  return threadSwitch(thread, satp, runner);
}
