/**
 * The scheduler: a server that runs threads by the time of whoever calls it. The
 * booter calls it with the outermost thread of the hart, and so waiting lets the
 * hart sleep. Its own thread prepares it, and exits.
 *
 * It has capabilities to run threads, and nothing else: it cannot read their
 * registers, nor their memory.
 */

import { IDENTIFIER_ITSELF } from '../../kernel-src/abi/identifiers.ts';
import { BootInfo } from '../../kernel-src/abi/boot-info.ts';
import { itselfReturn } from '../lib/generated/operations.ts';
import { Schedule, SCHEDULE_THREADS, scheduleAdd, scheduleStart, scheduleTurn } from '../lib/schedule.ts';
import { SCHEDULER_SELF, SCHEDULER_THREADS, SLICES_PER_SECOND } from '../lib/scheduler-calls.ts';
import { REPLY_BAD_ARGUMENT, type Reply, serverStart } from '../lib/server.ts';

const STACK_SIZE: u64 = 2048n;
/** The largest bound of a loop. Two loops of it in each other outlast the machine. */
const FOREVER: u64 = 0x8000_0000n;

/** One badge, one stack, and room to align it: a hart has one outermost thread. */
class Stacks {
  readonly words = array(u64, 258);
}
const stacks = new Stacks();
const schedule = new Schedule();
class Clock {
  /** Ticks of the time counter in a second. */
  timebase: u64 = 0n;
}
const clock = new Clock();

/** Takes turns until one of the threads that are waited for has ended; false if that has not happened after many. */
function takeTurns(awaited: u64): boolean {
  for (let turn: u64 = 0n; turn < FOREVER; turn++) {
    if ((schedule.present & awaited) !== awaited) return true;
    scheduleTurn(schedule);
  }
  return false;
}

/** The first of the awaited threads that has ended. */
function firstEnded(awaited: u64): u32 {
  for (let number: u32 = 0; number < SCHEDULE_THREADS; number++) {
    if ((((awaited & ~schedule.present) >> u64(number)) & 1n) !== 0n) return number;
  }
  return SCHEDULE_THREADS;
}

/**
 * Entered by invocations. Runs `count` threads, whose capabilities are in the slots from `SCHEDULER_THREADS` on, until one of
 * those in the set `awaited` has ended. Replies which one, the event, and the cause.
 */
export function serverCall(
  count: u64,
  awaited: u64,
  _third: u64,
  _fourth: u64,
  _badge: u64,
  _token: u64,
  reply: Reply,
): void {
  scheduleStart(schedule, SCHEDULER_SELF, clock.timebase / SLICES_PER_SECOND);
  for (let number: u64 = 0n; number < u64(SCHEDULE_THREADS); number++) {
    if (number < count) scheduleAdd(schedule, SCHEDULER_THREADS + number);
  }
  if (awaited === 0n || (awaited & ~schedule.present) !== 0n) {
    reply.status = REPLY_BAD_ARGUMENT;
    return;
  }
  for (let age: u64 = 0n; age < FOREVER; age++) {
    if (takeTurns(awaited)) break;
  }
  const ended = firstEnded(awaited);
  if (ended >= SCHEDULE_THREADS) return;
  reply.first = u64(ended);
  reply.second = schedule.ends[ended];
  reply.third = schedule.causes[ended];
}

/** Entered by the start file. */
export function componentMain(info: BootInfo): never {
  clock.timebase = info.timebase;
  serverStart((addressOf(stacks) + 15n) & ~15n, 1n, 1n, STACK_SIZE);
  itselfReturn(IDENTIFIER_ITSELF, 0n, 0n, 0n, 0n);
  unreachable();
}
