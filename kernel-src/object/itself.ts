/**
 * The calling thread: Wait, Yield and Quiesce. Return is beside Call.
 *
 * The outermost thread that waits lets its hart sleep: the hart then holds no
 * shared pointer and counts as quiescent. Its own thread it keeps: a Running
 * thread's frame is not retyped.
 */

import { ERROR_DEAD, ERROR_NOT_QUIESCENT, ERROR_OK, ERROR_OUT_OF_RANGE } from '../abi/errors.ts';
import { EVENT_WAITING, EVENT_YIELDED } from '../abi/events.ts';
import { type Outcome } from '../abi/outcome.ts';
import { virtualAddress, virtualToFrame } from '../base/address.ts';
import { epoch, EPOCH_NEVER_STALE, epochHasPassed, epochRequest } from '../base/epoch.ts';
import { type Hart, hartOnEntry } from '../base/hart.ts';
import { fenceInstructions, fenceMemory } from '../machine/barrier.ts';
import { kernelRoot } from '../machine/image.ts';
import {
  addressSpaceSelect,
  INTERRUPT_EXTERNAL,
  INTERRUPT_SOFTWARE,
  INTERRUPT_TIMER,
  interruptClear,
  interruptsPending,
} from '../machine/processor.ts';
import { satpOf } from '../machine/sv39.ts';
import { chainArm, chainContinue, chainCut, chainFollowEpoch, chainLose, chainYield } from './chain.ts';
import { interruptArrive } from './interrupt.ts';
import { invocationAbort } from './invocation-stack.ts';
import {
  THREAD_IDLE,
  THREAD_WAITING,
  threadAnswer,
  threadAt,
  threadComponentIsAlive,
  type ThreadFrame,
  threadIsOutermost,
  threadTakeSignals,
} from './thread.ts';
import { threadSleep, threadSleepAgain } from './thread-switch.ts';

/** Takes the signals of the calling thread; if there is none, it waits. @apart */
export function itselfWait(): Outcome {
  const hart = hartOnEntry();
  const thread = threadAt(virtualAddress(hart.thread));
  const bits = threadTakeSignals(thread);
  if (bits !== 0n) return { error: ERROR_OK, value: bits };
  if (threadIsOutermost(thread)) return idle(hart, thread);
  return chainYield(hart, thread, THREAD_WAITING, EVENT_WAITING);
}

/** Ends the Run of the calling thread. Nobody runs the outermost one: it goes on. @apart */
export function itselfYield(): Outcome {
  const hart = hartOnEntry();
  const thread = threadAt(virtualAddress(hart.thread));
  if (threadIsOutermost(thread)) return { error: ERROR_OK, value: 0n };
  return chainYield(hart, thread, THREAD_IDLE, EVENT_YIELDED);
}

/** Tells whether every hart has passed a stamp; if not, asks them to. @apart @cold */
export function itselfQuiesce(stamp: u64): Outcome {
  const hart = hartOnEntry();
  const current = epoch.current.load();
  if (stamp > current) return { error: ERROR_OUT_OF_RANGE, value: current + 1n };
  if (epochHasPassed(stamp)) return { error: ERROR_OK, value: 0n };
  epochRequest(hart, stamp);
  if (chainFollowEpoch(hart) && epochHasPassed(stamp)) return { error: ERROR_OK, value: 0n };
  return { error: ERROR_NOT_QUIESCENT, value: stamp };
}

/** The outermost thread waits: the hart leaves its address space, then counts as quiescent, then sleeps. */
function idle(hart: Hart, thread: ThreadFrame): Outcome {
  addressSpaceSelect(satpOf(virtualToFrame(virtualAddress(kernelRoot()))));
  hart.done.storeRelease(EPOCH_NEVER_STALE);
  return threadSleep(thread);
}

/**
 * Entered by assembly when an interrupt is pending. The epoch is published before any shared pointer is used. What woke
 * the hart is taken away before the signals are looked at, so that one that comes in between wakes it again.
 */
export function idleWake(hart: Hart): Outcome {
  hart.done.storeRelease(epoch.current.loadAcquire());
  fenceMemory();
  const pending = interruptsPending();
  if ((pending & INTERRUPT_SOFTWARE) !== 0n) interruptClear();
  if ((pending & INTERRUPT_TIMER) !== 0n) chainArm(hart);
  // The outermost thread runs no other here: there is no Run to end.
  if ((pending & INTERRUPT_EXTERNAL) !== 0n) interruptArrive(hart);
  hart.wake.swapAcquireRelease(0n);
  const thread = threadAt(virtualAddress(hart.thread));
  const bits = threadTakeSignals(thread);
  if (bits === 0n) return sleepAgain(hart);
  fenceInstructions();
  threadAnswer(thread, ERROR_OK, bits);
  if (threadComponentIsAlive(thread)) {
    chainCut(hart, thread);
    return chainContinue(hart);
  }
  if (!invocationAbort(thread, ERROR_DEAD)) return chainLose(hart);
  chainCut(hart, thread);
  return chainContinue(hart);
}

/** There was nothing for the outermost thread: the hart holds no shared pointer again, and sleeps on. */
function sleepAgain(hart: Hart): Outcome {
  hart.done.storeRelease(EPOCH_NEVER_STALE);
  return threadSleepAgain();
}
