/**
 * The Run chain of a hart: the outermost thread, the thread that it runs, and
 * so on. Who runs next is decided here and in Run, Call and Return, nowhere else.
 *
 * 1. `hart.thread` is the innermost thread, and `hart.table` is the table of its component. Each thread names the one
 *    that runs it (`outer`); `hart.outermost` names none, nor has it a runner.
 * 2. The threads of the chain are Running, so nobody retypes their frames.
 * 3. All but the innermost have left by the system call Run: their frames wait for its answer.
 */

import { ERROR_DEAD, ERROR_OK } from '../abi/errors.ts';
import { EVENT_COMPONENT_DIED, EVENT_INTERRUPTED } from '../abi/events.ts';
import { type Outcome } from '../abi/outcome.ts';
import { virtualAddress } from '../base/address.ts';
import { epochLook, epochPublish } from '../base/epoch.ts';
import { CHAIN_LIMIT, type Hart } from '../base/hart.ts';
import { timerSet } from '../machine/timer.ts';
import { type ComponentFrame } from './component.ts';
import { invocationAbort } from './invocation-stack.ts';
import { outermostDied } from './outermost.ts';
import {
  DEADLINE_NONE,
  THREAD_IDLE,
  threadAnswer,
  threadAt,
  threadComponent,
  threadComponentIsAlive,
  type ThreadFrame,
  threadIsInvoking,
  threadIsOutermost,
} from './thread.ts';
import {
  floatingOff,
  threadContinue,
  threadLeave,
  threadRestore,
  threadSwitch,
  threadSwitchAnswer,
} from './thread-switch.ts';

/** The innermost thread of a hart: the one that runs. */
export function chainThread(hart: Hart): ThreadFrame {
  return threadAt(virtualAddress(hart.thread));
}

/** The thread that runs a thread of the chain, which is not the outermost one. */
export function chainRunner(thread: ThreadFrame): ThreadFrame {
  return threadAt(virtualAddress(thread.outer));
}

/** A thread, which is in a component, is the innermost one from now on. Answers what `satp` is for it. */
export function chainEnter(hart: Hart, thread: ThreadFrame, component: ComponentFrame): u64 {
  const satp = component.satp;
  hart.thread = addressOf(thread);
  hart.table = component.tableAddress;
  return satp;
}

/** The runner of the innermost thread, which is in a state from now on, is the innermost one. Answers what `satp` is for it. */
export function chainReturn(hart: Hart, thread: ThreadFrame, runner: ThreadFrame, state: u64): u64 {
  const satp = chainEnter(hart, runner, threadComponent(runner));
  thread.status.store(hart.home + state);
  return satp;
}

/** The innermost thread leaves by a system call whose answer is Ok, in a state; its runner gets an event. */
export function chainYield(hart: Hart, thread: ThreadFrame, state: u64, event: u64): Outcome {
  const runner = chainRunner(thread);
  const satp = chainReturn(hart, thread, runner, state);
  threadAnswer(thread, ERROR_OK, 0n);
  return threadSwitchAnswer(runner, satp, thread, event);
}

/** The innermost thread stops after a trap, which has saved its registers: it is Idle, and its runner, which has its answer, goes on. */
export function chainStop(hart: Hart, thread: ThreadFrame, runner: ThreadFrame): Outcome {
  return threadLeave(runner, chainReturn(hart, thread, runner, THREAD_IDLE), thread);
}

/**
 * Makes a thread of the chain the innermost one: every Run inside of it ends. Those threads are Idle where they stand, and
 * those among them that were runners get Interrupted when they next run. The registers of the one that was the
 * innermost are kept by who goes on. Answers what `satp` is for the one that is it now. @apart
 */
export function chainCut(hart: Hart, thread: ThreadFrame): u64 {
  let inner = chainThread(hart);
  for (let step: u64 = 0n; step < CHAIN_LIMIT; step++) {
    if (addressOf(inner) === addressOf(thread)) break;
    inner.status.store(hart.home + THREAD_IDLE);
    if (step !== 0n) threadAnswer(inner, ERROR_OK, EVENT_INTERRUPTED);
    inner = chainRunner(inner);
  }
  return chainEnter(hart, thread, threadComponent(thread));
}

/** Ends the Run of a thread of the chain, which is not the outermost one, with an event. */
export function chainEnd(hart: Hart, thread: ThreadFrame, event: u64): void {
  const runner = chainRunner(thread);
  chainCut(hart, runner);
  threadAnswer(runner, ERROR_OK, event);
}

/** The address of the outermost thread whose component is dead; 0 if there is none. */
function chainFirstDead(hart: Hart): u64 {
  let dead: u64 = 0n;
  let thread = chainThread(hart);
  for (let step: u64 = 0n; step < CHAIN_LIMIT; step++) {
    if (!threadComponentIsAlive(thread)) dead = addressOf(thread);
    if (threadIsOutermost(thread)) break;
    thread = chainRunner(thread);
  }
  return dead;
}

/**
 * Lets the calling hart, which holds no pointer that it found in shared memory, follow the epoch: the entry sequence,
 * once. False if the component of a thread in the chain is dead: then nothing is published, for `satp` may still name
 * a dead root, and the next entry tries again. @apart
 */
export function chainFollowEpoch(hart: Hart): boolean {
  const reached = epochLook(hart);
  if (chainFirstDead(hart) !== 0n) {
    hart.attention.store(1n);
    return false;
  }
  epochPublish(hart, reached);
  return true;
}

/** The innermost thread has lost its component, and its registers are nobody's: it stops, and its runner gets ComponentDied. @cold */
export function chainLose(hart: Hart): Outcome {
  const thread = chainThread(hart);
  if (threadIsOutermost(thread)) outermostDied();
  floatingOff();
  chainEnd(hart, thread, EVENT_COMPONENT_DIED);
  return chainContinue(hart);
}

/**
 * A component of the chain has died, as `chainFollowEpoch` found. The outermost thread that is in a dead one goes on in
 * its nearest live caller, whose Call answers Dead; if there is none, it stops, and its runner gets ComponentDied.
 * True if the registers of the thread that was the innermost one are still to be kept: not when they are those of a
 * server that it has lost. @cold
 */
export function chainDie(hart: Hart): boolean {
  const thread = threadAt(virtualAddress(chainFirstDead(hart)));
  const kept = addressOf(thread) !== hart.thread || !threadIsInvoking(thread);
  if (!kept) floatingOff();
  if (invocationAbort(thread, ERROR_DEAD)) {
    chainCut(hart, thread);
    return kept;
  }
  if (threadIsOutermost(thread)) outermostDied();
  chainEnd(hart, thread, EVENT_COMPONENT_DIED);
  return kept;
}

/** Goes on with the innermost thread, which trapped, as it was. */
export function chainRestore(hart: Hart): Outcome {
  return threadRestore(chainThread(hart));
}

/** Goes on with the innermost thread, whose registers are in its frame; those of the thread before are nobody's, or kept. */
export function chainContinue(hart: Hart): Outcome {
  const thread = chainThread(hart);
  return threadContinue(thread, threadComponent(thread).satp);
}

/** Goes on with the innermost thread, which is another one than `from`, after a system call of that. */
export function chainSwitch(hart: Hart, from: ThreadFrame): Outcome {
  const thread = chainThread(hart);
  return threadSwitch(thread, threadComponent(thread).satp, from);
}

/** Goes on with the innermost thread, which is another one than `from`, after a trap of that, which has saved its registers. */
export function chainLeave(hart: Hart, from: ThreadFrame): Outcome {
  const thread = chainThread(hart);
  return threadLeave(thread, threadComponent(thread).satp, from);
}

/** The address of the outermost thread, but for that which nobody runs, whose deadline has come by a time; 0 if there is none. */
export function chainPassed(hart: Hart, now: u64): u64 {
  let passed: u64 = 0n;
  let thread = chainThread(hart);
  for (let step: u64 = 1n; step < CHAIN_LIMIT; step++) {
    if (threadIsOutermost(thread)) break;
    if (thread.deadline <= now) passed = addressOf(thread);
    thread = chainRunner(thread);
  }
  return passed;
}

/** Sets the timer for the earliest deadline of the chain. @cold */
export function chainArm(hart: Hart): void {
  let earliest = DEADLINE_NONE;
  let thread = chainThread(hart);
  for (let step: u64 = 1n; step < CHAIN_LIMIT; step++) {
    if (threadIsOutermost(thread)) break;
    if (thread.deadline < earliest) earliest = thread.deadline;
    thread = chainRunner(thread);
  }
  hart.armed = earliest;
  timerSet(earliest);
}
