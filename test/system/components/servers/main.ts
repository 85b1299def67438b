/** Making components of members of the archive, calling them, stack pools for each badge, and giving all back. */

import { type BootInfo } from '../../../../kernel-src/abi/boot-info.ts';
import { ERROR_BAD_ARGUMENT, ERROR_FAULTED, ERROR_OK } from '../../../../kernel-src/abi/errors.ts';
import { EVENT_EXITED, EVENT_YIELDED } from '../../../../kernel-src/abi/events.ts';
import { type Outcome } from '../../../../kernel-src/abi/outcome.ts';
import { DEADLINE_NEVER } from '../../../../kernel-src/abi/thread-operations.ts';
import { serverInvoke, threadRunEvent } from '../../../../user/lib/calls.ts';
import { FRAME_LIMIT, frameHandle, frameRangeLength, frameWord } from '../../../../user/lib/frames.ts';
import { capabilityTableDrop, invocationCall } from '../../../../user/lib/generated/operations.ts';
import { Program, programGiveBack, programMake } from '../../../../user/lib/program.ts';
import { REPLY_NO_BADGE, REPLY_NO_METHOD, REPLY_NO_STACK, REPLY_OK } from '../../../../user/lib/server.ts';
import {
  COUNTER_ADD,
  COUNTER_FAULT,
  COUNTER_FREE,
  COUNTER_STACKS,
  SLOT_COUNTER,
  WORKER_HOLDS,
  WORKER_YIELDS,
} from '../../programs/numbers.ts';
import {
  FRAMES,
  makeEntry,
  makeMember,
  makersEnd,
  makersStart,
  makeServer,
  runThread,
  TABLE,
  told,
} from '../makers.ts';
import { tapAnswer, tapCheck, tapEnd, tapOk } from '../tap.ts';

/** Slots of this component for invocations: badge 1, badge 2, and one without a pool. */
const FIRST: u64 = 50n;
const SECOND: u64 = 51n;
const STRANGER: u64 = 52n;
const NO_BADGE: u64 = 9n;
/** Rounds of making and giving back. */
const ROUNDS: u32 = 100;
/** Runs of a client that calls once in each; and as many calls of this component. */
const SWITCHES: u32 = 50_000;

const counter = new Program();
class Workers {
  readonly programs = array(Program, 4);
}
const workers = new Workers();

function count(invocation: u64, method: u64, value: u64): Outcome {
  return serverInvoke(invocation, method, value, 0n, 0n, told);
}

/** A server is made, and called under different badges. */
function checkCalls(info: BootInfo): void {
  tapCheck(makeServer(counter, info, 'counter') && counter.entry !== 0n, 'a server is made, and prepares itself');
  tapCheck(makeEntry(counter, TABLE, FIRST, 1n), 'an invocation with badge 1 is made');
  tapCheck(makeEntry(counter, TABLE, SECOND, 2n), 'an invocation with badge 2 is made');
  tapCheck(makeEntry(counter, TABLE, STRANGER, NO_BADGE), 'an invocation with a badge without a pool is made');
  let sound = tapAnswer(count(FIRST, COUNTER_ADD, 5n), ERROR_OK, REPLY_OK, 0n) && told.a2 === 5n && told.a3 === 1n;
  sound = tapAnswer(count(SECOND, COUNTER_ADD, 7n), ERROR_OK, REPLY_OK, 1n) && told.a2 === 7n && sound;
  sound = tapAnswer(count(FIRST, COUNTER_ADD, 6n), ERROR_OK, REPLY_OK, 2n) && told.a2 === 11n && sound;
  tapCheck(sound, 'it counts for each badge by itself');
  tapCheck(tapAnswer(count(FIRST, 77n, 0n), ERROR_OK, REPLY_NO_METHOD, 3n), 'a method that it does not have');
  tapCheck(tapAnswer(count(STRANGER, COUNTER_ADD, 1n), ERROR_OK, REPLY_NO_BADGE, 4n), 'a badge without a pool');
  const free = count(FIRST, COUNTER_FREE, 2n);
  tapCheck(tapOk(free, 5n) && told.a2 === COUNTER_STACKS, 'no stack of badge 2 is in use');
  tapCheck(tapOk(count(FIRST, COUNTER_FREE, 1n), 6n) && told.a2 === 1n, 'one of badge 1 is: the one of this call');
}

/** Makes a worker that calls the counter under a badge. */
function makeWorker(worker: Program, info: BootInfo, task: u64, badge: u64): boolean {
  return tapOk(makeMember(worker, info, 'worker', task), 10n) && makeEntry(counter, worker.table, SLOT_COUNTER, badge);
}

/** Runs a worker until it has an event. */
function workerRuns(worker: Program, event: u64): boolean {
  return tapAnswer(runThread(worker.thread), ERROR_OK, event, 11n);
}

/** Threads that stay inside, until no stack of their badge is left. */
function checkPools(info: BootInfo): void {
  let made = true;
  for (const worker of workers.programs) made = makeWorker(worker, info, WORKER_HOLDS, 3n) && made;
  capabilityTableDrop(workers.programs[3].table, SLOT_COUNTER);
  made = makeEntry(counter, workers.programs[3].table, SLOT_COUNTER, 4n) && made;
  tapCheck(made, 'three workers with badge 3 are made, and one with badge 4');
  const first = workers.programs[0];
  const second = workers.programs[1];
  tapCheck(workerRuns(first, EVENT_YIELDED) && workerRuns(second, EVENT_YIELDED), 'two of badge 3 stay inside');
  tapCheck(tapOk(count(FIRST, COUNTER_FREE, 3n), 12n) && told.a2 === 0n, 'no stack of badge 3 is left');
  tapCheck(makeEntry(counter, TABLE, 53n, 3n), 'one more invocation with badge 3');
  tapCheck(tapAnswer(count(53n, COUNTER_ADD, 1n), ERROR_OK, REPLY_NO_STACK, 13n), 'badge 3 is told so at once');
  tapCheck(workerRuns(workers.programs[3], EVENT_YIELDED), 'badge 4 is not concerned');
  tapCheck(workerRuns(first, EVENT_EXITED), 'the first one comes back');
  tapCheck(
    tapAnswer(count(53n, COUNTER_ADD, 0n), ERROR_OK, REPLY_OK, 14n) && told.a2 === 100n,
    'its call was answered',
  );
  tapCheck(workerRuns(workers.programs[2], EVENT_YIELDED), 'its stack is used by the third one');
  tapCheck(workerRuns(second, EVENT_EXITED) && workerRuns(workers.programs[2], EVENT_EXITED), 'both come back');
  tapCheck(tapOk(count(FIRST, COUNTER_FREE, 3n), 15n) && told.a2 === COUNTER_STACKS, 'all stacks of badge 3 are free');
  tapCheck(tapAnswer(count(SECOND, COUNTER_FAULT, 0n), ERROR_FAULTED, 0n, 16n), 'a fault ends the call');
  tapCheck(tapOk(count(FIRST, COUNTER_FREE, 2n), 17n) && told.a2 === 1n, 'and costs a stack of its own badge');
}

/** The frames come back, in an order that is not that of making. */
function checkGiveBack(): void {
  tapCheck(tapAnswer(programGiveBack(counter), ERROR_OK, 0n, 20n), 'the server is given back, a thread being inside');
  let back = true;
  for (const worker of workers.programs) back = tapAnswer(programGiveBack(worker), ERROR_OK, 0n, 21n) && back;
  tapCheck(back, 'the workers are given back');
  for (let slot: u64 = FIRST; slot < 54n; slot++) capabilityTableDrop(TABLE, slot);
}

/** What is no component; and one that others still name. */
function checkRefusals(info: BootInfo): void {
  const file: u64 = info.archive;
  tapCheck(tapAnswer(programMake(counter, file, 4096n), ERROR_BAD_ARGUMENT, 1n, 30n), 'what is no ELF file is refused');
  tapCheck(tapAnswer(programGiveBack(counter), ERROR_OK, 0n, 31n), 'nothing is left of it');
  tapCheck(tapOk(makeMember(counter, info, 'counter', 0n), 32n), 'a component is made');
  tapCheck(makeEntry(counter, TABLE, FIRST, 1n), 'an invocation of it does not count');
  tapCheck(tapAnswer(programGiveBack(counter), ERROR_OK, 0n, 33n), 'it is given back all the same');
  tapCheck(count(FIRST, COUNTER_ADD, 1n).error !== ERROR_OK, 'the invocation names nothing any more');
  capabilityTableDrop(TABLE, FIRST);
}

/** Many rounds: the same frames come and go. */
function checkRounds(info: BootInfo): void {
  let sound = true;
  for (let round: u32 = 0; round < ROUNDS; round++) {
    const first = workers.programs[round & 3];
    const second = workers.programs[(round + 1) & 3];
    sound = sound && makeServer(counter, info, 'counter') && makeWorker(first, info, WORKER_HOLDS, 1n);
    sound = sound && makeWorker(second, info, WORKER_HOLDS, 2n);
    sound = sound && workerRuns(first, EVENT_YIELDED) && workerRuns(second, EVENT_YIELDED);
    if ((round & 1) === 0) sound = sound && workerRuns(second, EVENT_EXITED);
    if ((round & 2) === 0) sound = tapOk(programGiveBack(counter), u64(round)) && sound;
    sound = tapOk(programGiveBack(first), u64(round)) && tapOk(programGiveBack(second), u64(round)) && sound;
    sound = tapOk(programGiveBack(counter), u64(round)) && sound;
  }
  tapCheck(sound, '100 rounds: a server and two clients are made, call, are ended inside, and are given back');
}

/** All words of all frames of the first range, in one number (FNV-1a, 64 bits, a word at a time). */
function frameWords(): u64 {
  const length = frameRangeLength(FRAMES);
  let sum: u64 = 0xcbf2_9ce4_8422_2325n;
  for (let index: u64 = 0n; index < length; index++) {
    bound(FRAME_LIMIT);
    sum = (sum ^ frameWord(frameHandle(FRAMES, index))) * 0x100_0000_01b3n;
  }
  return sum;
}

/** Calls and switches leave every frame's word as it was: on their way nothing is counted. */
function checkWords(info: BootInfo): void {
  const worker = workers.programs[0];
  let sound = makeServer(counter, info, 'counter') && makeEntry(counter, TABLE, FIRST, 1n);
  sound = sound && makeWorker(worker, info, WORKER_YIELDS, 2n);
  tapCheck(sound, 'a server, and a client that calls and yields, are made');
  const before = frameWords();
  for (let turn: u32 = 0; turn < SWITCHES; turn++) {
    const run = threadRunEvent(worker.thread, DEADLINE_NEVER, 0n, told);
    const called = invocationCall(FIRST, COUNTER_ADD, 1n, 0n, 0n);
    if (run.value !== EVENT_YIELDED || called.error !== ERROR_OK) sound = false;
  }
  tapCheck(sound, '100,000 calls and 50,000 runs: each was answered');
  tapCheck(frameWords() === before, 'afterwards the word of every frame is what it was');
  tapCheck(count(FIRST, COUNTER_ADD, 0n).error === ERROR_OK && told.a2 === u64(SWITCHES), 'none was lost');
  capabilityTableDrop(TABLE, FIRST);
  sound = tapOk(programGiveBack(worker), 40n) && tapOk(programGiveBack(counter), 41n);
  tapCheck(sound, 'both are given back');
}

/** Entered by the start file. */
export function componentMain(info: BootInfo): never {
  makersStart(info);
  checkCalls(info);
  checkPools(info);
  checkGiveBack();
  checkRefusals(info);
  checkRounds(info);
  checkWords(info);
  makersEnd(info);
  tapEnd();
}
