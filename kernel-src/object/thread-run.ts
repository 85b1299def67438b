/**
 * Thread: Run. It runs a thread on the calling hart until something happens,
 * and answers with that. There is no ready queue: a scheduler is a loop around
 * Run, and so are a pager, a debugger and a watchdog.
 *
 * The runner is registered with the thread before a signal is looked for: a
 * signal that comes later finds it. And before the thread runs, its runner must
 * know of signals of its own: those that come later end the Run.
 */

import { ERROR_DEAD, ERROR_DEPTH_EXCEEDED, ERROR_NOT_IDLE, ERROR_OK, ERROR_WRONG_HART } from '../abi/errors.ts';
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
import { CHAIN_LIMIT, CHAIN_MASK, type Hart, hartOnEntry } from '../base/hart.ts';
import { capabilityFrame } from '../capability/resolve.ts';
import { SLOT_RIGHTS_SHIFT, type Slot } from '../capability/slot.ts';
import { fenceInstructions, fenceReads } from '../machine/barrier.ts';
import { timeNow } from '../machine/processor.ts';
import { timerSet } from '../machine/timer.ts';
import { componentIsAlive, componentOf } from './component.ts';
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
  type ThreadFrame,
  threadReference,
  threadStatus,
  threadTakeSignals,
} from './thread.ts';
import { threadSwitch } from './thread-switch.ts';

/** An event that comes before the thread has run. */
function event(number: u64): Outcome {
  return { error: ERROR_OK, value: number };
}

/** Runs a thread of this hart until something happens. */
export function threadRun(
  deadline: u64,
  wakeBits: u64,
  _a2: u64,
  _a3: u64,
  _a4: u64,
  _a5: u64,
  header: u64,
  slot: Slot,
): Outcome {
  const hart = hartOnEntry();
  const found = capabilityFrame(slot, header);
  if (found.error !== ERROR_OK) return found;
  const thread = threadAt(frameToVirtual(frameNumber(found.value)));
  const status = thread.status.load();
  if (statusHome(status) !== hart.index) return { error: ERROR_WRONG_HART, value: statusHome(status) };
  if (statusState(status) === THREAD_RUNNING) return { error: ERROR_NOT_IDLE, value: THREAD_RUNNING };
  if (hart.depth + 1n >= CHAIN_LIMIT) return { error: ERROR_DEPTH_EXCEEDED, value: 0n };

  const runner = threadAt(virtualAddress(hart.thread));
  if (runner.pending.load() !== 0n && runner.told === 0n) {
    runner.told = 1n;
    return event(EVENT_INTERRUPTED);
  }
  thread.wakeBits.store(wakeBits);
  thread.runner.store(threadReference(runner));
  thread.watched = (header >> SLOT_RIGHTS_SHIFT) & RIGHT_THREAD_REGISTERS;
  thread.deadline = deadline;
  if (deadline !== DEADLINE_NONE && timeNow() >= deadline) return event(EVENT_DEADLINE_PASSED);
  if (status !== threadStatus(THREAD_IDLE, hart.index) || !componentIsAlive(thread.component)) {
    return runUnusual(thread, runner, hart);
  }
  return runEnter(thread, runner, hart);
}

/** The thread waits, has exited, comes from another hart, or its component is dead. */
function runUnusual(thread: ThreadFrame, runner: ThreadFrame, hart: Hart): Outcome {
  const status = thread.status.load();
  const state = statusState(status);
  if (state === THREAD_EXITED) return event(EVENT_EXITED);
  if ((status & STATUS_MOVED) !== 0n) {
    // The hart that it left released its frame with the status; code that it wrote there may not be in the fetch here.
    fenceReads();
    fenceInstructions();
    thread.status.store(threadStatus(state, hart.index));
  }
  if (!componentIsAlive(thread.component)) {
    if (!invocationAbort(thread, ERROR_DEAD)) return event(EVENT_COMPONENT_DIED);
    thread.status.store(threadStatus(THREAD_IDLE, hart.index));
  } else if (state === THREAD_WAITING) {
    const bits = threadTakeSignals(thread);
    if (bits === 0n) return event(EVENT_WAITING);
    threadAnswer(thread, ERROR_OK, bits);
  }
  return runEnter(thread, runner, hart);
}

/** Puts the thread at the end of the chain and goes on with it. Nothing can fail. */
function runEnter(thread: ThreadFrame, runner: ThreadFrame, hart: Hart): Outcome {
  if (thread.deadline < hart.armed) {
    hart.armed = thread.deadline;
    timerSet(thread.deadline);
  }
  const component = componentOf(thread.component);
  const depth: u64 = hart.depth + 1n;
  thread.status.store(threadStatus(THREAD_RUNNING, hart.index));
  hart.depth = depth;
  hart.chain[u32(depth & CHAIN_MASK)] = addressOf(thread);
  hart.thread = addressOf(thread);
  hart.table = component.tableAddress;
  return threadSwitch(thread, component.satp, runner);
}
