/**
 * The Run chain of a hart: the outermost thread, the thread that it runs, and
 * so on. Who runs next is decided here and in Run, Call and Return, nowhere else.
 *
 * 1. `hart.thread` is `hart.chain[hart.depth]`, and `hart.table` is the table of its component.
 * 2. The threads at positions 0 to `depth` are Running, so nobody retypes their frames.
 * 3. All but the innermost have left by the system call Run: their frames wait for its answer.
 */

import { ERROR_DEAD, ERROR_OK } from '../abi/errors.ts';
import { EVENT_COMPONENT_DIED, EVENT_INTERRUPTED } from '../abi/events.ts';
import { type Outcome } from '../abi/outcome.ts';
import { virtualAddress } from '../base/address.ts';
import { epochLook, epochPublish } from '../base/epoch.ts';
import { CHAIN_LIMIT, CHAIN_MASK, type Hart } from '../base/hart.ts';
import { timerSet } from '../machine/timer.ts';
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
  threadStatus,
} from './thread.ts';
import { floatingOff, threadContinue, threadLeave, threadSwitch } from './thread-switch.ts';

/** The thread at a position of the chain, which is at most `depth`. */
export function chainAt(hart: Hart, position: u64): ThreadFrame {
  return threadAt(virtualAddress(hart.chain[u32(position & CHAIN_MASK)]));
}

/** Makes the thread at a position the innermost one. */
export function chainCut(hart: Hart, position: u64): ThreadFrame {
  const thread = chainAt(hart, position);
  hart.depth = position;
  hart.thread = addressOf(thread);
  hart.table = threadComponent(thread).tableAddress;
  return thread;
}

/** The innermost thread leaves by a system call whose answer is Ok, in a state; its runner gets an event. */
export function chainYield(hart: Hart, thread: ThreadFrame, state: u64, event: u64): Outcome {
  const runner = chainAt(hart, hart.depth - 1n);
  const component = threadComponent(runner);
  const satp = component.satp;
  hart.depth = hart.depth - 1n;
  hart.thread = addressOf(runner);
  hart.table = component.tableAddress;
  thread.status.store(threadStatus(state, hart.index));
  threadAnswer(thread, ERROR_OK, 0n);
  threadAnswer(runner, ERROR_OK, event);
  return threadSwitch(runner, satp, thread);
}

/** The innermost thread, which is not the outermost one, leaves after a trap and is Idle. Answers its runner, which is the innermost one now. */
export function chainPop(hart: Hart, thread: ThreadFrame): ThreadFrame {
  thread.status.store(threadStatus(THREAD_IDLE, hart.index));
  return chainCut(hart, hart.depth - 1n);
}

/**
 * Ends every Run from `position` (1 to `depth`) on: those threads are Idle where they stand, and those among them that
 * were runners get Interrupted when they next run. The registers of the innermost one are kept by who goes on. Answers
 * the runner of the thread at `position`, which is the innermost one now.
 */
export function chainEnd(hart: Hart, position: u64): ThreadFrame {
  for (let index: u64 = 1n; index < CHAIN_LIMIT; index++) {
    if (index < position) continue;
    if (index > hart.depth) break;
    const thread = chainAt(hart, index);
    thread.status.store(threadStatus(THREAD_IDLE, hart.index));
    if (index < hart.depth) threadAnswer(thread, ERROR_OK, EVENT_INTERRUPTED);
  }
  return chainCut(hart, position - 1n);
}

/** The position of the outermost thread whose component is dead; one more than `depth` if there is none. */
function chainFirstDead(hart: Hart): u64 {
  for (let index: u64 = 0n; index < CHAIN_LIMIT; index++) {
    if (index > hart.depth) return index;
    if (!threadComponentIsAlive(chainAt(hart, index))) return index;
  }
  return CHAIN_LIMIT;
}

/**
 * Lets the calling hart, which holds no pointer that it found in shared memory, follow the epoch: the entry sequence,
 * once. False if the component of a thread in the chain is dead: then nothing is published, for `satp` may still name
 * a dead root, and the next entry tries again. @apart
 */
export function chainFollowEpoch(hart: Hart): boolean {
  const reached = epochLook(hart);
  if (chainFirstDead(hart) <= hart.depth) {
    hart.attention.store(1n);
    return false;
  }
  epochPublish(hart, reached);
  return true;
}

/** The innermost thread has lost its component, and its registers are nobody's: it stops, and its runner gets ComponentDied. @cold */
export function chainLose(hart: Hart): Outcome {
  if (hart.depth === 0n) outermostDied();
  floatingOff();
  threadAnswer(chainEnd(hart, hart.depth), ERROR_OK, EVENT_COMPONENT_DIED);
  return chainContinue(hart);
}

/**
 * A component of the chain has died, as `chainFollowEpoch` found. The outermost thread that is in a dead one goes on in
 * its nearest live caller, whose Call answers Dead; if there is none, it stops, and its runner gets ComponentDied.
 * True if the registers of the thread that was the innermost one are still to be kept: not when they are those of a
 * server that it has lost. @cold
 */
export function chainDie(hart: Hart): boolean {
  const position = chainFirstDead(hart);
  const thread = chainAt(hart, position);
  const kept = position < hart.depth || !threadIsInvoking(thread);
  if (!kept) floatingOff();
  if (invocationAbort(thread, ERROR_DEAD)) {
    if (position < hart.depth) chainEnd(hart, position + 1n);
    else chainCut(hart, position);
    return kept;
  }
  if (position === 0n) outermostDied();
  threadAnswer(chainEnd(hart, position), ERROR_OK, EVENT_COMPONENT_DIED);
  return kept;
}

/** Goes on with the innermost thread, whose registers are in its frame; those of the thread before are nobody's, or kept. */
export function chainContinue(hart: Hart): Outcome {
  const thread = threadAt(virtualAddress(hart.thread));
  return threadContinue(thread, threadComponent(thread).satp);
}

/** Goes on with the innermost thread, which is another one than `from`, after a system call of that. */
export function chainSwitch(hart: Hart, from: ThreadFrame): Outcome {
  const thread = threadAt(virtualAddress(hart.thread));
  return threadSwitch(thread, threadComponent(thread).satp, from);
}

/** Goes on with the innermost thread, which is another one than `from`, after a trap of that, which has saved its registers. */
export function chainLeave(hart: Hart, from: ThreadFrame): Outcome {
  const thread = threadAt(virtualAddress(hart.thread));
  return threadLeave(thread, threadComponent(thread).satp, from);
}

/** Sets the timer for the earliest deadline of the chain. @cold */
export function chainArm(hart: Hart): void {
  let earliest = DEADLINE_NONE;
  for (let index: u64 = 1n; index < CHAIN_LIMIT; index++) {
    if (index > hart.depth) break;
    const deadline = chainAt(hart, index).deadline;
    if (deadline < earliest) earliest = deadline;
  }
  hart.armed = earliest;
  timerSet(earliest);
}
