/**
 * Thread: Run. It runs a thread on the calling hart until something happens,
 * and answers with that. There is no ready queue: a scheduler is a loop around
 * Run, and so are a pager, a debugger and a watchdog.
 *
 * The runner is registered with the thread before a signal is looked for: a
 * signal that comes later finds it. And before the thread runs, its runner must
 * know of signals of its own: those that come later end the Run.
 *
 * The time is looked at only for a deadline that is sooner than the one for which the timer is set. Any other one that
 * has passed comes after that, whose interrupt is pending: it is taken before the first instruction of the thread.
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
import { virtualAddress } from '../base/address.ts';
import { currentHart, type Hart, hartOnEntry } from '../base/hart.ts';
import { type Operation } from '../capability/slot.ts';
import { fenceInstructions, fenceReads } from '../machine/barrier.ts';
import { timeNow } from '../machine/processor.ts';
import { timerSet } from '../machine/timer.ts';
import { chainEnter, chainThread } from './chain.ts';
import { componentAt, type ComponentFrame, componentIsAlive } from './component.ts';
import { invocationAbort } from './invocation-stack.ts';
import {
  invocationEntryAt,
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
  threadTakeSignals,
} from './thread.ts';
import { threadSwitch, threadSwitchAnswer } from './thread-switch.ts';

/** An event that comes before the thread has run. */
function event(number: u64): Outcome {
  return { error: ERROR_OK, value: number };
}

/** Runs a thread of this hart until something happens. */
export function threadRun(...[deadline, wakeBits, , , , , header, slot]: Parameters<Operation>): Outcome {
  const hart = hartOnEntry();
  fenceReads();
  const address = slot.extra.load();
  fenceReads();
  if (slot.header.load() !== header) return runBusy();
  const thread = threadAt(virtualAddress(address));
  const home = hart.home;
  const state: u64 = thread.status.load() - home;
  if (state !== THREAD_IDLE && state !== THREAD_WAITING) return runOther(thread, wakeBits, header, deadline);
  const runner = chainThread(hart);
  const room = runner.room;
  if (room === 0n) return runTooDeep();
  if (runner.pending.load() !== 0n && runner.told === 0n) return runTell();
  runRegister(thread, runner, room, wakeBits, header, deadline);
  if (deadline < hart.armed) return runUnusual(thread, runner);
  const entry = invocationEntryAt(virtualAddress(thread.top));
  const component = entry.component;
  if (!componentIsAlive(component, entry.key)) return runUnusual(thread, runner);
  if (state !== THREAD_IDLE) {
    const bits = threadTakeSignals(thread);
    if (bits === 0n) return event(EVENT_WAITING);
    const satp = runEnter(thread, hart, home, componentAt(virtualAddress(component)));
    return threadSwitchAnswer(thread, satp, runner, bits);
  }
  return threadSwitch(thread, runEnter(thread, hart, home, componentAt(virtualAddress(component))), runner);
}

/** The slot is being changed. @cold */
function runBusy(): Outcome {
  return { error: ERROR_BUSY, value: 0n };
}

/** The chain is as long as it can be. @cold */
function runTooDeep(): Outcome {
  return { error: ERROR_DEPTH_EXCEEDED, value: 0n };
}

/** The caller has signals, and is told. @cold */
function runTell(): Outcome {
  chainThread(currentHart()).told = 1n;
  return event(EVENT_INTERRUPTED);
}

/** What the thread knows of its Run. From now on its signals find the runner. */
function runRegister(
  thread: ThreadFrame,
  runner: ThreadFrame,
  room: u64,
  wakeBits: u64,
  header: u64,
  deadline: u64,
): void {
  thread.wakeBits.store(wakeBits);
  thread.runner.store(runner.reference);
  thread.outer = addressOf(runner);
  thread.room = room - 1n;
  thread.watched = header;
  thread.deadline = deadline;
}

/** The thread is of another hart, runs already, has exited, or comes from another hart. @cold */
function runOther(thread: ThreadFrame, wakeBits: u64, header: u64, deadline: u64): Outcome {
  const hart = currentHart();
  const status = thread.status.load();
  if (statusHome(status) !== hart.index) return { error: ERROR_WRONG_HART, value: statusHome(status) };
  if (statusState(status) === THREAD_RUNNING) return { error: ERROR_NOT_IDLE, value: THREAD_RUNNING };
  const runner = chainThread(hart);
  const room = runner.room;
  if (room === 0n) return runTooDeep();
  if (runner.pending.load() !== 0n && runner.told === 0n) return runTell();
  runRegister(thread, runner, room, wakeBits, header, deadline);
  return runUnusual(thread, runner);
}

/** The deadline is the next one, or in the past; the thread has exited, or comes from another hart; or its component is dead. @apart */
function runUnusual(thread: ThreadFrame, runner: ThreadFrame): Outcome {
  const hart = currentHart();
  if (thread.deadline < hart.armed && timeNow() >= thread.deadline) return event(EVENT_DEADLINE_PASSED);
  const status = thread.status.load();
  const state = statusState(status);
  if (state === THREAD_EXITED) return event(EVENT_EXITED);
  if ((status & STATUS_MOVED) !== 0n) runArrived(thread, hart);
  if (!threadComponentIsAlive(thread)) {
    if (!invocationAbort(thread, ERROR_DEAD)) return event(EVENT_COMPONENT_DIED);
  } else if (state === THREAD_WAITING) {
    const bits = threadTakeSignals(thread);
    if (bits === 0n) return event(EVENT_WAITING);
    threadAnswer(thread, ERROR_OK, bits);
  }
  if (thread.deadline < hart.armed) {
    hart.armed = thread.deadline;
    timerSet(thread.deadline);
  }
  return threadSwitch(thread, runEnter(thread, hart, hart.home, threadComponent(thread)), runner);
}

/** The thread comes from another hart, which released its frame with the status; code that it wrote there may not be in the fetch here. */
function runArrived(thread: ThreadFrame, hart: Hart): void {
  fenceReads();
  fenceInstructions();
  thread.status.store(hart.home + statusState(thread.status.load()));
}

/** Puts the thread, which is in a component, at the end of the chain. Answers the address space. */
function runEnter(thread: ThreadFrame, hart: Hart, home: u64, component: ComponentFrame): u64 {
  thread.status.store(home + THREAD_RUNNING);
  return chainEnter(hart, thread, component);
}
