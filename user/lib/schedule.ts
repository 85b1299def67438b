/**
 * Round robin over threads: a loop around Run. Each that is ready gets a slice
 * of time in its turn; one that waits is not run until it is signalled; one that
 * has ended is dropped.
 *
 * Who wakes up is told by signals of the scheduling thread itself: bit n for
 * thread n. To take them without waiting it needs a capability for itself.
 */

import { EVENT_DEADLINE_PASSED, EVENT_INTERRUPTED, EVENT_WAITING, EVENT_YIELDED } from '../../kernel-src/abi/events.ts';
import { ERROR_OK } from '../../kernel-src/abi/errors.ts';
import { IDENTIFIER_ITSELF } from '../../kernel-src/abi/identifiers.ts';
import { type Outcome } from '../../kernel-src/abi/outcome.ts';
import { threadRunEvent } from './calls.ts';
import { timeNow } from './counters.ts';
import { itselfWait } from './generated/operations.ts';
import { Results } from './invoke-results.ts';
import { signalsTake } from './signals.ts';

/** Most threads. */
export const SCHEDULE_THREADS: u32 = 32;
/** No thread of the schedule. */
const NOBODY: u32 = 32;

/** What a scheduler knows. */
export class Schedule {
  /** Id of the scheduling thread, as `signalsTake` wants it. */
  self: u64 = 0n;
  /** Ticks of a slice. */
  slice: u64 = 0n;
  count: u32 = 0;
  /** Whose turn is next. */
  next: u32 = 0;
  /** A bit for each thread: it has not ended; it can be run. */
  present: u64 = 0n;
  ready: u64 = 0n;
  /** Ids of the threads, with the right to run. */
  readonly threads = array(u64, 32);
  /** How often each was run. */
  readonly turns = array(u64, 32);
  /** How each ended: the event, or 0; and the cause of a fault, or the error for which it cannot be run. */
  readonly ends = array(u64, 32);
  readonly causes = array(u64, 32);
}
staticAssert(SCHEDULE_THREADS === NOBODY);

/** What the latest Run has told. */
const told = new Results();

/** Begins an empty schedule. */
export function scheduleStart(schedule: Schedule, self: u64, slice: u64): void {
  schedule.self = self;
  schedule.slice = slice;
  schedule.count = 0;
  schedule.next = 0;
  schedule.present = 0n;
  schedule.ready = 0n;
}

/** Adds a thread, which is ready. Answers its number; `SCHEDULE_THREADS` if there is no room. */
export function scheduleAdd(schedule: Schedule, thread: u64): u32 {
  const number = schedule.count;
  if (number >= SCHEDULE_THREADS) return SCHEDULE_THREADS;
  schedule.threads[number] = thread;
  schedule.turns[number] = 0n;
  schedule.ends[number] = 0n;
  schedule.causes[number] = 0n;
  schedule.present = schedule.present | (1n << u64(number));
  schedule.ready = schedule.ready | (1n << u64(number));
  schedule.count = number + 1;
  return number;
}

/** The first ready thread from the one whose turn it is on; `NOBODY` if none is ready. */
function firstReady(schedule: Schedule): u32 {
  for (let step: u32 = 0; step < SCHEDULE_THREADS; step++) {
    const number: u32 = (schedule.next + step) % SCHEDULE_THREADS;
    if (((schedule.ready >> u64(number)) & 1n) !== 0n) return number;
  }
  return NOBODY;
}

/** Lets those be ready that were signalled. With none ready, waits for a signal. */
function takeSignals(schedule: Schedule): void {
  if (schedule.ready === schedule.present) return;
  const signals: u64 = schedule.ready === 0n ? itselfWait(IDENTIFIER_ITSELF).value : signalsTake(schedule.self);
  schedule.ready = schedule.ready | (signals & schedule.present);
}

/** Notes what became of a thread after its Run. */
function takeEvent(schedule: Schedule, number: u32, answer: Outcome): void {
  const bit: u64 = 1n << u64(number);
  const event: u64 = answer.error === ERROR_OK ? answer.value : 0n;
  if (event === EVENT_YIELDED || event === EVENT_DEADLINE_PASSED || event === EVENT_INTERRUPTED) return;
  schedule.ready = schedule.ready & ~bit;
  if (event === EVENT_WAITING) return;
  schedule.present = schedule.present & ~bit;
  schedule.ends[number % SCHEDULE_THREADS] = event;
  schedule.causes[number % SCHEDULE_THREADS] = answer.error === ERROR_OK ? told.a2 : answer.error;
}

/** Runs the next thread that is ready, if there is one, for a slice. Waits when all do. */
export function scheduleTurn(schedule: Schedule): void {
  takeSignals(schedule);
  const number = firstReady(schedule);
  if (number === NOBODY) return;
  schedule.next = number + 1;
  schedule.turns[number] = schedule.turns[number] + 1n;
  const deadline: u64 = timeNow() + schedule.slice;
  takeEvent(schedule, number, threadRunEvent(schedule.threads[number], deadline, 1n << u64(number), told));
}
