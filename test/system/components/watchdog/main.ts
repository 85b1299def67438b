/** The watchdog component: what answers lives, what does not is retired, and every frame of it comes back. */

import {
  BOOT_SLOT_CONSOLE,
  BOOT_SLOT_FRAMES,
  BOOT_SLOT_TABLE,
  BOOT_SLOT_THREAD,
  type BootInfo,
} from '../../../../kernel-src/abi/boot-info.ts';
import { ERROR_IN_USE, ERROR_OK } from '../../../../kernel-src/abi/errors.ts';
import { EVENT_EXITED, EVENT_WAITING, EVENT_YIELDED } from '../../../../kernel-src/abi/events.ts';
import { type Outcome } from '../../../../kernel-src/abi/outcome.ts';
import {
  RIGHT_COMPONENT_RETIRE,
  RIGHT_CONSOLE_WRITE,
  RIGHT_FRAMES_RETYPE,
  RIGHT_THREAD_RUN,
  RIGHT_THREAD_SIGNAL,
  RIGHTS_CAPABILITY_TABLE,
} from '../../../../kernel-src/abi/rights.ts';
import { serverInvoke, threadRunEvent } from '../../../../user/lib/calls.ts';
import { timeNow } from '../../../../user/lib/counters.ts';
import { framesStart } from '../../../../user/lib/frames.ts';
import { capabilityTableCopy, capabilityTableDrop, threadSignal } from '../../../../user/lib/generated/operations.ts';
import { rangeReclaim } from '../../../../user/lib/objects.ts';
import { Program, programForget, programGiveBack } from '../../../../user/lib/program.ts';
import {
  CLIENT_COMPONENT,
  CLIENT_THREAD,
  WATCHDOG_ANSWERED,
  WATCHDOG_ASKS,
  WATCHDOG_CHECK,
} from '../../../../user/lib/service-slots.ts';
import { SIGNAL_MARK } from '../../../../user/lib/signals.ts';
import {
  COUNTER_ADD,
  SLOT_COUNTER,
  SLOT_OTHER,
  WORKER_ANSWERS,
  WORKER_EXITS,
  WORKER_HANGS,
  WORKER_SLEEPS,
} from '../../programs/numbers.ts';
import { FRAMES, makeEntry, makeMember, makersEnd, makersStart, makeServer, TABLE, told } from '../makers.ts';
import { reserveFree, reserveMake } from '../reserve.ts';
import { tapAnswer, tapCheck, tapEnd, tapOk } from '../tap.ts';

const COUNTER: u64 = 50n;
const RESERVE: u64 = 52n;
/** Frames of the component that is watched: enough for it. */
const RESERVED: u64 = 64n;
/** Time for an answer, in ms. */
const LIMIT: u64 = 50n;
/** Most Runs of a watchdog until it ends. */
const RUNS: u32 = 0x10_0000;
/** More checks than any worker answers. */
const CHECKS: u32 = 8;

const counter = new Program();
const watchdog = new Program();
const worker = new Program();

function counted(): u64 {
  serverInvoke(COUNTER, COUNTER_ADD, 0n, 0n, 0n, told);
  return told.a2;
}

/** Copies a capability into the watchdog's table. */
function give(slot: u64, source: u64, rights: u64, mask: u64): boolean {
  return tapOk(capabilityTableCopy(watchdog.table, slot, source, rights, 0n, 0n, mask), slot);
}

/** Makes a worker of the reserved frames, and a watchdog that owns these. Afterwards this component has nothing of the worker. */
function makeBoth(info: BootInfo, task: u64): boolean {
  watchdog.ranges = 1;
  if (!tapOk(makeMember(watchdog, info, 'watchdog', LIMIT), 1n)) return false;
  framesStart(TABLE, RESERVE, 1n);
  const made = makeMember(worker, info, 'worker', task);
  framesStart(TABLE, FRAMES, u64(info.ramCount));
  if (!tapOk(made, 2n) || !makeEntry(counter, worker.table, SLOT_COUNTER, 1n)) return false;
  const answers = capabilityTableCopy(
    worker.table,
    SLOT_OTHER,
    watchdog.thread,
    RIGHT_THREAD_SIGNAL,
    0n,
    0n,
    WATCHDOG_ANSWERED,
  );
  let given = tapOk(answers, 3n) && give(u64(BOOT_SLOT_TABLE), watchdog.table, RIGHTS_CAPABILITY_TABLE, 0n);
  given = give(u64(BOOT_SLOT_CONSOLE), u64(BOOT_SLOT_CONSOLE), RIGHT_CONSOLE_WRITE, 0n) && given;
  given = give(u64(BOOT_SLOT_THREAD), watchdog.thread, RIGHT_THREAD_SIGNAL, SIGNAL_MARK) && given;
  given = give(u64(BOOT_SLOT_FRAMES), RESERVE, RIGHT_FRAMES_RETYPE, 0n) && given;
  given = give(CLIENT_COMPONENT, worker.component, RIGHT_COMPONENT_RETIRE, 0n) && given;
  given = give(CLIENT_THREAD, worker.thread, RIGHT_THREAD_RUN | RIGHT_THREAD_SIGNAL, WATCHDOG_ASKS) && given;
  return tapOk(programForget(worker), 4n) && given;
}

/** Runs the watchdog until it waits or ends. */
function watchdogRuns(deadline: u64): Outcome {
  let answer = threadRunEvent(watchdog.thread, deadline, 0n, told);
  for (let run: u32 = 0; run < RUNS; run++) {
    if (answer.error !== ERROR_OK || answer.value !== EVENT_YIELDED) break;
    answer = threadRunEvent(watchdog.thread, deadline, 0n, told);
  }
  return answer;
}

/** Lets the watchdog check until it ends: every frame that the worker was made of is free again. */
function watchdogEnds(limit: u64): boolean {
  let answer = watchdogRuns(timeNow() + limit);
  for (let check: u32 = 0; check < CHECKS; check++) {
    if (answer.value !== EVENT_WAITING) break;
    threadSignal(watchdog.thread, WATCHDOG_CHECK);
    answer = watchdogRuns(timeNow() + limit);
  }
  return tapAnswer(answer, ERROR_OK, EVENT_EXITED, 5n) && reserveFree(RESERVE, RESERVED) === RESERVED;
}

/** A component that answers is let live, however often it is asked. */
function checkAnswers(info: BootInfo): void {
  tapCheck(makeBoth(info, WORKER_ANSWERS), 'a worker that answers, and its watchdog');
  let sound = tapAnswer(watchdogRuns(timeNow() + info.timebase), ERROR_OK, EVENT_WAITING, 10n);
  for (let round: u64 = 0n; round < 20n; round++) {
    sound = tapOk(threadSignal(watchdog.thread, WATCHDOG_CHECK), 11n) && sound;
    sound = tapAnswer(watchdogRuns(timeNow() + info.timebase), ERROR_OK, EVENT_WAITING, 12n) && sound;
  }
  tapCheck(sound && counted() >= 20n, 'it is asked 20 times, answers, and lives');
  tapCheck(reserveFree(RESERVE, RESERVED) < RESERVED, 'its frames are in use');
}

/** Takes the worker's frames back by their range. */
function reclaimWorker(): Outcome {
  worker.count = 0;
  return rangeReclaim(TABLE, RESERVE);
}

/** What is left when the watchdog itself is ended: the owner of the frames gets them back. */
function checkOrphan(): void {
  const early = programGiveBack(watchdog);
  tapCheck(
    tapAnswer(early, ERROR_IN_USE, 1n, 20n),
    "the watchdog's thread is named by its client, which can signal it",
  );
  tapCheck(tapOk(reclaimWorker(), 21n), 'the client is taken back by the owner of the memory');
  tapCheck(tapOk(programGiveBack(watchdog), 22n), 'now the watchdog can be, too');
}

/** One that never answers again. */
function checkSilent(info: BootInfo, task: u64, before: u64, what: Text): void {
  const start = counted();
  tapCheck(makeBoth(info, task), what);
  tapCheck(watchdogEnds(20n * info.timebase), 'it is retired, and all of its frames are free');
  tapCheck(counted() - start === before, 'it has answered before');
  tapCheck(tapOk(programGiveBack(watchdog), 30n), 'the watchdog is given back');
  worker.count = 0;
}

/** Entered by the start file. */
export function componentMain(info: BootInfo): never {
  makersStart(info);
  tapCheck(makeServer(counter, info, 'counter') && makeEntry(counter, TABLE, COUNTER, 1n), 'the counter is made');
  tapCheck(reserveMake(RESERVE, RESERVED), '64 frames are set aside');
  checkAnswers(info);
  checkOrphan();
  checkSilent(info, WORKER_HANGS, 3n, 'a worker that answers three times, then spins for ever, and its watchdog');
  checkSilent(info, WORKER_SLEEPS, 1n, 'a worker that answers once, then waits for ever');
  checkSilent(info, WORKER_EXITS, 0n, 'a worker that ends by itself');
  capabilityTableDrop(TABLE, COUNTER);
  capabilityTableDrop(TABLE, RESERVE);
  tapCheck(tapOk(programGiveBack(counter), 40n), 'the counter is given back');
  makersEnd(info);
  tapEnd();
}
