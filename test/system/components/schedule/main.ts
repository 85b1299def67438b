/** The scheduler component: round robin with deadlines, waiting and waking, and threads that end in each way. */

import { BOOT_SLOT_THREAD, type BootInfo } from '../../../../kernel-src/abi/boot-info.ts';
import { ERROR_DEAD, ERROR_OK } from '../../../../kernel-src/abi/errors.ts';
import { EVENT_COMPONENT_DIED, EVENT_EXITED, EVENT_FAULT } from '../../../../kernel-src/abi/events.ts';
import { RIGHT_THREAD_RUN, RIGHT_THREAD_SIGNAL } from '../../../../kernel-src/abi/rights.ts';
import { serverInvoke } from '../../../../user/lib/calls.ts';
import {
  capabilityTableClear,
  capabilityTableCopy,
  componentRetire,
  threadSignal,
} from '../../../../user/lib/generated/operations.ts';
import { Program, programGiveBack } from '../../../../user/lib/program.ts';
import { SCHEDULER_SELF, SCHEDULER_THREADS, schedulerCall } from '../../../../user/lib/scheduler-calls.ts';
import { REPLY_BAD_ARGUMENT, REPLY_OK } from '../../../../user/lib/server.ts';
import { SIGNAL_MARK } from '../../../../user/lib/signals.ts';
import {
  COUNTER_ADD,
  SLOT_COUNTER,
  SLOT_OTHER,
  WORKER_EXITS,
  WORKER_FAULTS,
  WORKER_REPLIES,
  WORKER_SIGNALS,
  WORKER_SPINS,
  WORKER_WAITS,
  WORKER_YIELDS,
} from '../../programs/numbers.ts';
import { makeEntry, makeMember, makersEnd, makersStart, makeServer, TABLE, told } from '../makers.ts';
import { tapAnswer, tapCheck, tapEnd, tapOk } from '../tap.ts';

const SELF: u64 = u64(BOOT_SLOT_THREAD);
/** Slots of this component: the scheduler, and the counter under each worker's badge. */
const SCHEDULER: u64 = 50n;
const COUNTERS: u64 = 52n;

const counter = new Program();
const scheduler = new Program();
class Workers {
  readonly programs = array(Program, 6);
}
const workers = new Workers();

/** Makes worker `number` with the badge of that number, and gives its thread to the scheduler. */
function makeWorker(info: BootInfo, number: u32, task: u64): boolean {
  const worker = workers.programs[number % 6];
  if (!tapOk(makeMember(worker, info, 'worker', task), 1n)) return false;
  const slot: u64 = SCHEDULER_THREADS + u64(number);
  const given = capabilityTableCopy(scheduler.table, slot, worker.thread, RIGHT_THREAD_RUN, 0n, 0n, 0n);
  return tapOk(given, 2n) && makeEntry(counter, worker.table, SLOT_COUNTER, u64(number));
}

/** What worker `number` has counted. */
function counted(number: u32): u64 {
  serverInvoke(COUNTERS + u64(number), COUNTER_ADD, 0n, 0n, 0n, told);
  return told.a2;
}

/** Takes back every worker, so that the next test begins anew. Those that name each other need a second time. */
function clearWorkers(): boolean {
  let back = tapOk(capabilityTableClear(scheduler.table, SCHEDULER_THREADS, 8n), 3n);
  for (const worker of workers.programs) programGiveBack(worker);
  for (const worker of workers.programs) back = tapOk(programGiveBack(worker), 4n) && back;
  return back;
}

/** Calls the scheduler; it answers that the thread `number` has ended by `event`. */
function schedulerEnds(count: u64, awaited: u64, number: u64, event: u64): boolean {
  const answer = schedulerCall(SCHEDULER, count, awaited, told);
  return tapAnswer(answer, ERROR_OK, REPLY_OK, 5n) && told.a2 === number && told.a3 === event;
}

function checkMade(info: BootInfo): void {
  tapCheck(makeServer(counter, info, 'counter'), 'the counter is made');
  tapCheck(makeServer(scheduler, info, 'scheduler'), 'the scheduler is made');
  tapCheck(makeEntry(scheduler, TABLE, SCHEDULER, 0n), 'an invocation of it is made');
  const self = capabilityTableCopy(scheduler.table, SCHEDULER_SELF, SELF, RIGHT_THREAD_SIGNAL, 0n, 0n, SIGNAL_MARK);
  tapCheck(tapOk(self, 6n), 'it may mark this thread');
  let made = true;
  for (let number: u32 = 0; number < 6; number++) {
    made = makeEntry(counter, TABLE, COUNTERS + u64(number), u64(number)) && made;
  }
  tapCheck(made, 'this component can ask for each count');
  const none = schedulerCall(SCHEDULER, 0n, 1n, told);
  tapCheck(tapAnswer(none, ERROR_OK, REPLY_BAD_ARGUMENT, 7n), 'without threads it says so');
}

/** Threads that never stop do not starve the others: here one that gets to exit after many yields and signals. */
function checkTurns(info: BootInfo): void {
  let made = makeWorker(info, 0, WORKER_SPINS) && makeWorker(info, 1, WORKER_SPINS);
  made = makeWorker(info, 2, WORKER_SIGNALS) && makeWorker(info, 3, WORKER_REPLIES) && made;
  made = makeWorker(info, 4, WORKER_WAITS) && makeWorker(info, 5, WORKER_YIELDS) && made;
  tapCheck(made, 'six workers: two that never stop, two that signal each other, one that waits, one that yields');
  const second = workers.programs[2];
  const third = workers.programs[3];
  const there = capabilityTableCopy(second.table, SLOT_OTHER, third.thread, RIGHT_THREAD_SIGNAL, 0n, 0n, 1n);
  const back = capabilityTableCopy(third.table, SLOT_OTHER, second.thread, RIGHT_THREAD_SIGNAL, 0n, 0n, 1n);
  tapCheck(tapOk(there, 8n) && tapOk(back, 9n), 'the two have a capability to signal each other');
  tapCheck(schedulerEnds(6n, 0x8n, 3n, EVENT_EXITED), 'signals wake: the two come to their end');
  tapCheck(counted(0) > 0n && counted(1) > 0n, 'both that never stop have run');
  tapCheck(counted(5) > 1n, 'the one that yields has run more than once');
  tapCheck(counted(4) === 0n, 'the one that waits has not');
  tapCheck(tapOk(threadSignal(workers.programs[4].thread, 1n), 10n), 'the one that waits is signalled');
  tapCheck(clearWorkers(), 'all are given back');
}

/** A signal from outside of the schedule, while others run. */
function checkWakes(info: BootInfo): void {
  const made = makeWorker(info, 0, WORKER_WAITS) && makeWorker(info, 1, WORKER_EXITS);
  tapCheck(made, 'one that waits and one that exits');
  const before = counted(0);
  tapCheck(schedulerEnds(2n, 2n, 1n, EVENT_EXITED), 'the second one exits');
  tapCheck(counted(0) === before, 'the first one has waited');
  tapCheck(tapOk(threadSignal(workers.programs[0].thread, 4n), 11n), 'it is signalled');
  tapCheck(
    makeWorker(info, 2, WORKER_YIELDS) && makeWorker(info, 3, WORKER_FAULTS),
    'one that yields, one that faults',
  );
  tapCheck(schedulerEnds(4n, 8n, 3n, EVENT_FAULT), 'the one that faults is dropped');
  tapCheck(told.a4 === 13n, 'its cause is told');
  tapCheck(counted(0) === before + 1n, 'the one that was signalled has run, once');
  tapCheck(clearWorkers(), 'all are given back');
}

/** Components that die, and the scheduler itself. */
function checkDeaths(info: BootInfo): void {
  tapCheck(makeWorker(info, 0, WORKER_SPINS) && makeWorker(info, 1, WORKER_YIELDS), 'two workers');
  tapCheck(tapOk(componentRetire(workers.programs[1].component), 12n), 'one is retired');
  tapCheck(schedulerEnds(2n, 2n, 1n, EVENT_COMPONENT_DIED), 'it is dropped');
  tapCheck(clearWorkers(), 'all are given back');
  tapCheck(tapOk(componentRetire(scheduler.component), 13n), 'the scheduler is retired');
  tapCheck(tapAnswer(schedulerCall(SCHEDULER, 1n, 1n, told), ERROR_DEAD, 0n, 14n), 'its caller is told');
}

/** Entered by the start file. */
export function componentMain(info: BootInfo): never {
  makersStart(info);
  checkMade(info);
  checkTurns(info);
  checkWakes(info);
  checkDeaths(info);
  tapCheck(
    tapOk(programGiveBack(scheduler), 15n) && tapOk(programGiveBack(counter), 16n),
    'both servers are given back',
  );
  makersEnd(info);
  tapEnd();
}
