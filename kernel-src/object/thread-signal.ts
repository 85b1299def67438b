/**
 * Thread: Signal. It puts bits into the pending word of a thread. Only the one
 * that finds the word zero tells the runner of the thread, in the runner's own
 * pending word, and so on outwards: at most as many steps as a chain is long.
 */

import { ERROR_BAD_ARGUMENT, ERROR_BUSY, ERROR_MISSING_RIGHTS, ERROR_OK } from '../abi/errors.ts';
import { EVENT_INTERRUPTED } from '../abi/events.ts';
import { type Outcome } from '../abi/outcome.ts';
import { virtualAddress } from '../base/address.ts';
import { CHAIN_LIMIT, currentHart, type Hart, hartAt, hartOnEntry } from '../base/hart.ts';
import { type Operation } from '../capability/slot.ts';
import { fenceReads } from '../machine/barrier.ts';
import { HART_LIMIT } from '../machine/layout.ts';
import { hartInterrupt } from '../machine/processor.ts';
import { chainCut, chainRestore, chainReturn, chainYield } from './chain.ts';
import {
  referenceAddress,
  referenceIsAlive,
  statusHome,
  THREAD_IDLE,
  threadAnswer,
  threadAt,
  type ThreadFrame,
  threadIsOutermost,
  threadTell,
} from './thread.ts';
import { threadLeaveAnswer, threadRestore, threadSwitchAnswer } from './thread-switch.ts';

/**
 * Gives a thread signals; they are not 0. True if the outermost thread of the calling hart has got its first one by
 * this: then its Run is to end. @apart
 */
export function signalGive(hart: Hart, thread: ThreadFrame, signals: u64): boolean {
  return thread.pending.orAcquireRelease(signals) === 0n && signalRise(hart, thread, thread.runner.load());
}

/** A thread has got its first signal: tells its runner, and so on outwards. Answers as `signalGive`. */
function signalRise(hart: Hart, first: ThreadFrame, firstRunner: u64): boolean {
  let thread = first;
  let runner = firstRunner;
  for (let step: u64 = 0n; step < CHAIN_LIMIT; step++) {
    if (addressOf(thread) === hart.outermost) return true;
    if (runner === 0n) return signalArrive(hart, thread);
    if (!signalRunner(thread, runner)) return false;
    thread = threadAt(referenceAddress(runner));
    runner = thread.runner.load();
  }
  return false;
}

/** As `signalRunner`, for a thread that the outermost one of the calling hart runs, which is alive. */
function signalOutermost(thread: ThreadFrame, outermost: ThreadFrame): boolean {
  const bits = thread.wakeBits.load();
  return bits !== 0n && outermost.pending.orAcquireRelease(bits) === 0n;
}

/** Gives the runner of a thread the bits that it wants when that has its first signal. True if those are the runner's first. */
function signalRunner(thread: ThreadFrame, runner: u64): boolean {
  const bits = thread.wakeBits.load();
  // A runner that is gone waits for nothing; nor does one that wants no bits.
  if (bits === 0n || !referenceIsAlive(runner)) return false;
  return threadAt(referenceAddress(runner)).pending.orAcquireRelease(bits) === 0n;
}

/** A thread that nobody has ever run has got its first signal: if it is the outermost one of a hart, that hart is told. */
function signalArrive(hart: Hart, thread: ThreadFrame): boolean {
  const home = statusHome(thread.status.load());
  if (home === hart.index) return addressOf(thread) === hart.outermost;
  if (home >= u64(HART_LIMIT)) return false;
  const other = hartAt(u32(home));
  other.wake.swapAcquireRelease(1n);
  hartInterrupt(other.identifier);
  return false;
}

/** Gives the thread signals that the capability allows. */
export function threadSignal(...[bits, , , , , , header, slot]: Parameters<Operation>): Outcome {
  if (bits === 0n) return { error: ERROR_BAD_ARGUMENT, value: 0n };
  fenceReads();
  const address = slot.extra.load();
  const mask = slot.badge.load();
  fenceReads();
  if (slot.header.load() !== header) return { error: ERROR_BUSY, value: 0n };
  if ((bits & ~mask) !== 0n) return { error: ERROR_MISSING_RIGHTS, value: bits & ~mask };

  const thread = threadAt(virtualAddress(address));
  if (thread.pending.orAcquireRelease(bits) !== 0n) return { error: ERROR_OK, value: 0n };
  const runner = thread.runner.load();
  const hart = hartOnEntry();
  const outermost = threadAt(virtualAddress(hart.outermost));
  if (runner !== outermost.reference) return signalOn(thread, runner);
  if (!signalOutermost(thread, outermost)) return { error: ERROR_OK, value: 0n };
  if (addressOf(outermost) !== hart.thread) return signalEnd(hart);
  threadTell(outermost);
  return { error: ERROR_OK, value: 0n };
}

/** A thread has got its first signal by a call of the thread that runs. @apart */
function signalOn(thread: ThreadFrame, runner: u64): Outcome {
  const hart = currentHart();
  return signalRise(hart, thread, runner) ? signalInterrupt(hart) : { error: ERROR_OK, value: 0n };
}

/**
 * The outermost thread has got its first signal by a call of the thread that runs, which is given and answers Ok. The Run
 * of the outermost one ends, and the calling thread is Idle; if it is the outermost one, it knows.
 */
export function signalInterrupt(hart: Hart): Outcome {
  const thread = threadAt(virtualAddress(hart.thread));
  if (!threadIsOutermost(thread)) return signalEnd(hart);
  threadTell(thread);
  return { error: ERROR_OK, value: 0n };
}

/** The thread that runs, which is not the outermost one, has its answer, and the Run of the outermost one ends. @apart */
function signalEnd(hart: Hart): Outcome {
  const thread = threadAt(virtualAddress(hart.thread));
  const outermost = threadAt(virtualAddress(hart.outermost));
  threadTell(outermost);
  // Mostly the thread that runs is its only one.
  if (thread.outer === addressOf(outermost)) return chainYield(hart, thread, THREAD_IDLE, EVENT_INTERRUPTED);
  return signalEndAll(hart, thread, outermost);
}

/** Every Run of a chain that is longer ends. @apart */
function signalEndAll(hart: Hart, thread: ThreadFrame, outermost: ThreadFrame): Outcome {
  threadAnswer(thread, ERROR_OK, 0n);
  return threadSwitchAnswer(outermost, chainCut(hart, outermost), thread, EVENT_INTERRUPTED);
}

/**
 * Gives a thread signals by an interrupt of the thread that runs, whose registers are saved. That goes on, unless the
 * outermost thread gets its first signal by this.
 */
export function signalDevice(hart: Hart, thread: ThreadFrame, signals: u64): Outcome {
  if (thread.pending.orAcquireRelease(signals) !== 0n) return chainRestore(hart);
  const runner = thread.runner.load();
  const outermost = threadAt(virtualAddress(hart.outermost));
  if (runner !== outermost.reference) return signalDeviceOn(thread, runner);
  if (!signalOutermost(thread, outermost)) return chainRestore(hart);
  return signalStop(hart, threadAt(virtualAddress(hart.thread)), outermost);
}

/** A thread has got its first signal by an interrupt. @apart */
function signalDeviceOn(thread: ThreadFrame, runner: u64): Outcome {
  const hart = currentHart();
  if (!signalRise(hart, thread, runner)) return chainRestore(hart);
  return signalStop(hart, threadAt(virtualAddress(hart.thread)), threadAt(virtualAddress(hart.outermost)));
}

/** The thread that runs has trapped, and its registers are saved. The Run of the outermost thread ends; if it runs itself, its next Run does. */
export function signalStop(hart: Hart, running: ThreadFrame, outermost: ThreadFrame): Outcome {
  // Mostly the thread that runs is its only one.
  if (running.outer !== addressOf(outermost)) return signalStopAll(hart, running, outermost);
  threadTell(outermost);
  return threadLeaveAnswer(outermost, chainReturn(hart, running, outermost, THREAD_IDLE), running, EVENT_INTERRUPTED);
}

/** Every Run of a chain that is longer ends; in one that is shorter there is none. @apart */
function signalStopAll(hart: Hart, running: ThreadFrame, outermost: ThreadFrame): Outcome {
  if (threadIsOutermost(running)) return threadRestore(running);
  threadTell(outermost);
  return threadLeaveAnswer(outermost, chainCut(hart, outermost), running, EVENT_INTERRUPTED);
}
