/**
 * Thread: Signal. It puts bits into the pending word of a thread. Only the one
 * that finds the word zero tells the runner of the thread, in the runner's own
 * pending word, and so on outwards: at most as many steps as a chain is long.
 */

import { ERROR_BAD_ARGUMENT, ERROR_BUSY, ERROR_MISSING_RIGHTS, ERROR_OK } from '../abi/errors.ts';
import { EVENT_INTERRUPTED } from '../abi/events.ts';
import { FRAME_TYPE_THREAD } from '../abi/frame-types.ts';
import { type Outcome } from '../abi/outcome.ts';
import { frameNumber, frameToVirtual, virtualAddress } from '../base/address.ts';
import { frameIsAlive } from '../base/frame-count.ts';
import { frameEntry } from '../base/frame-table.ts';
import { CHAIN_LIMIT, type Hart, hartAt, hartOnEntry } from '../base/hart.ts';
import { type Operation } from '../capability/slot.ts';
import { fenceReads } from '../machine/barrier.ts';
import { HART_LIMIT } from '../machine/layout.ts';
import { hartInterrupt } from '../machine/processor.ts';
import { chainEnd, chainSwitch } from './chain.ts';
import { REFERENCE_FRAME_MASK, statusHome, threadAnswer, threadAt, type ThreadFrame } from './thread.ts';

/**
 * Gives a thread signals; they are not 0. True if the outermost thread of the calling hart has got its first one by
 * this: then its Run is to end.
 */
export function signalGive(hart: Hart, first: ThreadFrame, signals: u64): boolean {
  let thread = first;
  let bits = signals;
  for (let step: u64 = 0n; step < CHAIN_LIMIT; step++) {
    if (thread.pending.orAcquireRelease(bits) !== 0n) return false;
    const runner = thread.runner.load();
    if (runner === 0n) return signalArrive(hart, thread);
    bits = thread.wakeBits.load();
    const frame = frameNumber(runner & REFERENCE_FRAME_MASK);
    // A runner that is gone waits for nothing; nor does one that wants no bits.
    if (bits === 0n || !frameIsAlive(frameEntry(frame).state.load(), FRAME_TYPE_THREAD, runner)) return false;
    thread = threadAt(frameToVirtual(frame));
  }
  return false;
}

/** A thread that nobody has ever run has got its first signal: if it is the outermost one of a hart, that hart is told. */
function signalArrive(hart: Hart, thread: ThreadFrame): boolean {
  const home = statusHome(thread.status.load());
  if (home === hart.index) return addressOf(thread) === hart.chain[0];
  if (home >= u64(HART_LIMIT)) return false;
  const other = hartAt(u32(home));
  other.wake.swapAcquireRelease(1n);
  hartInterrupt(other.identifier);
  return false;
}

/** Gives the thread signals that the capability allows. */
export function threadSignal(...[bits, , , , , , header, slot]: Parameters<Operation>): Outcome {
  const hart = hartOnEntry();
  if (bits === 0n) return { error: ERROR_BAD_ARGUMENT, value: 0n };
  fenceReads();
  const frame = frameNumber(slot.frame.load());
  const mask = slot.badge.load();
  fenceReads();
  if (slot.header.load() !== header) return { error: ERROR_BUSY, value: 0n };
  if ((bits & ~mask) !== 0n) return { error: ERROR_MISSING_RIGHTS, value: bits & ~mask };

  if (signalGive(hart, threadAt(frameToVirtual(frame)), bits)) return signalInterrupt(hart);
  return { error: ERROR_OK, value: 0n };
}

/**
 * The outermost thread has got its first signal by a call of the thread that runs, which is given and answers Ok. The Run
 * of the outermost one ends, and the calling thread is Idle; if it is the outermost one, it knows.
 */
export function signalInterrupt(hart: Hart): Outcome {
  const thread = threadAt(virtualAddress(hart.thread));
  if (hart.depth === 0n) {
    thread.told = 1n;
    return { error: ERROR_OK, value: 0n };
  }
  threadAnswer(thread, ERROR_OK, 0n);
  signalTell(hart);
  return chainSwitch(hart, thread);
}

/** The outermost thread, which runs another, has signals: its Run ends with Interrupted, and it knows. */
export function signalTell(hart: Hart): void {
  const outermost = chainEnd(hart, 1n);
  threadAnswer(outermost, ERROR_OK, EVENT_INTERRUPTED);
  outermost.told = 1n;
}
