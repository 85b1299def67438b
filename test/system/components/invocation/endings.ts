/** A thread that is killed deep inside servers, and a scheduler that dies while its threads run. */

import { INSPECT_FIRST } from '../../../../kernel-src/abi/capability-table-operations.ts';
import { ERROR_DEAD, ERROR_OK } from '../../../../kernel-src/abi/errors.ts';
import {
  EVENT_COMPONENT_DIED,
  EVENT_DEADLINE_PASSED,
  EVENT_INTERRUPTED,
  EVENT_YIELDED,
} from '../../../../kernel-src/abi/events.ts';
import { DEADLINE_NEVER } from '../../../../kernel-src/abi/thread-operations.ts';
import { frameGiveBack, frameHandle, frameWord } from '../../../../user/lib/frames.ts';
import {
  capabilityTableClear,
  capabilityTableCopy,
  capabilityTableDrop,
  capabilityTableInspect,
  componentRetire,
  threadInspect,
} from '../../../../user/lib/generated/operations.ts';
import { frameReclaim } from '../../../../user/lib/objects.ts';
import { blockAddress, blockSet, blockWord } from '../blocks.ts';
import { tapAnswer, tapCheck, tapOk } from '../tap.ts';
import { COMPONENT, details, FRAMES, makeThread, run, SLOTS, TABLE, timeNow } from '../workshop.ts';
import { call } from './calls.ts';
import {
  makeInvocation,
  makeServer,
  PROGRAM_CALLS,
  PROGRAM_KILLS,
  PROGRAM_SCHEDULES,
  SERVER_NESTS,
  SERVER_SPINS,
} from './servers.ts';

const FIRST: u64 = SLOTS;
const SECOND: u64 = SLOTS + 4n;
const THIRD: u64 = SLOTS + 8n;
const ENTRY: u64 = SLOTS + 12n;
const THREAD: u64 = SLOTS + 13n;
const INNER: u64 = SLOTS + 14n;
const OUTER: u64 = SLOTS + 15n;
/** Where the parts of a server are, from its first slot on. */
const OF_TABLE: u64 = 2n;
const OF_COMPONENT: u64 = 3n;
const MOMENTS_PER_SECOND: u64 = 20n;

/** The handle of the frame, in the first range, of the object in a slot. */
function frameOf(slot: u64): u64 {
  const first = capabilityTableInspect(TABLE, FRAMES, INSPECT_FIRST).value;
  return frameHandle(FRAMES, capabilityTableInspect(TABLE, slot, INSPECT_FIRST).value - first);
}

/** Three servers, of which each calls the next one in slot 0 of its table; the last never returns. */
function makeNest(): boolean {
  capabilityTableClear(TABLE, SLOTS, 16n);
  if (!makeServer(FIRST) || !makeServer(SECOND) || !makeServer(THIRD)) return false;
  const first = makeInvocation(TABLE, ENTRY, FIRST + OF_COMPONENT, SERVER_NESTS, 0n, 0n);
  const second = makeInvocation(FIRST + OF_TABLE, 0n, SECOND + OF_COMPONENT, SERVER_NESTS, 0n, 0n);
  const third = makeInvocation(SECOND + OF_TABLE, 0n, THIRD + OF_COMPONENT, SERVER_SPINS, 0n, 0n);
  return first.error === ERROR_OK && second.error === ERROR_OK && third.error === ERROR_OK;
}

/** The words of the three components, added. */
function componentsSum(): u64 {
  const first = frameWord(frameOf(FIRST + OF_COMPONENT));
  const second = frameWord(frameOf(SECOND + OF_COMPONENT));
  return first ^ (second << 1n) ^ (frameWord(frameOf(THIRD + OF_COMPONENT)) << 2n);
}

/** The owner of a thread takes its frame while it is three servers deep. */
function checkKilled(timebase: u64): void {
  tapCheck(makeNest(), 'three servers, each of which calls the next');
  const before = componentsSum();
  blockSet(3, 2, ENTRY);
  tapCheck(makeThread(THREAD, COMPONENT, PROGRAM_CALLS, 0n, blockAddress(3)), 'a thread that calls the first');
  const passed = run(THREAD, timeNow() + timebase / MOMENTS_PER_SECOND, 0n);
  tapCheck(tapAnswer(passed, ERROR_OK, EVENT_DEADLINE_PASSED, 0n), 'it is inside the third');
  const frame = frameOf(THREAD);
  tapCheck(capabilityTableDrop(TABLE, THREAD).error === ERROR_OK, 'its capability is dropped');
  const retyped = frameGiveBack(frame);
  tapCheck(tapAnswer(retyped, ERROR_OK, 0n, 1n), 'a thread killed inside three nested invocations: its frame is free');
  tapCheck(componentsSum() === before, 'the servers are as they were');
  tapCheck(makeThread(THREAD, COMPONENT, PROGRAM_CALLS, 0n, blockAddress(3)), 'another thread is made');
  const again = run(THREAD, timeNow() + timebase / MOMENTS_PER_SECOND, 0n);
  tapCheck(tapAnswer(again, ERROR_OK, EVENT_DEADLINE_PASSED, 2n), 'they serve that one');
}

/** O3: an Invocation in a table of another component does not hold the component that it names. */
function checkPinned(): void {
  const component = frameOf(SECOND + OF_COMPONENT);
  const table = frameOf(SECOND + OF_TABLE);
  const middle = frameOf(SECOND + 1n);
  const root = frameOf(SECOND);
  tapCheck(componentRetire(SECOND + OF_COMPONENT).error === ERROR_OK, 'O3: the second server is retired');
  tapCheck(capabilityTableClear(TABLE, SECOND, 4n).error === ERROR_OK, 'O3: and all its capabilities are dropped');
  const made = tapOk(frameReclaim(TABLE, component), 0n) && tapOk(frameReclaim(TABLE, table), 1n);
  const mapped = tapOk(frameReclaim(TABLE, root), 2n) && tapOk(frameReclaim(TABLE, middle), 3n);
  tapCheck(made && mapped, 'O3: its frames come back, though the first server holds an Invocation of it');
  const answer = call(ENTRY, 5n, 0n, 0n, 0n);
  tapCheck(tapAnswer(answer, ERROR_OK, 5n, 4n) && details.a2 === ERROR_DEAD, 'O3: whose Call answers Dead');
}

/** A scheduler in a component of its own runs a scheduler of this component, that a thread; and the thread retires the first. */
function checkScheduler(): void {
  capabilityTableClear(TABLE, SLOTS, 16n);
  tapCheck(makeServer(FIRST), 'a component for a scheduler is made');
  blockSet(4, 0, INNER);
  blockSet(5, 0, THREAD);
  blockSet(5, 3, 99n);
  blockSet(6, 0, FIRST + OF_COMPONENT);
  blockSet(6, 3, 99n);
  const outer = makeThread(OUTER, FIRST + OF_COMPONENT, PROGRAM_SCHEDULES, 0n, blockAddress(4));
  const inner = makeThread(INNER, COMPONENT, PROGRAM_SCHEDULES, 0n, blockAddress(5));
  const thread = makeThread(THREAD, COMPONENT, PROGRAM_KILLS, 0n, blockAddress(6));
  tapCheck(outer && inner && thread, 'it runs another scheduler, which runs a thread');
  const given = capabilityTableCopy(FIRST + OF_TABLE, INNER, INNER, 1n, 0n, 0n, 0n);
  tapCheck(given.error === ERROR_OK, 'it has the right to run that one');
  const died = run(OUTER, DEADLINE_NEVER, 0n);
  tapCheck(
    tapAnswer(died, ERROR_OK, EVENT_COMPONENT_DIED, 0n),
    'a scheduler dies while its threads run: ComponentDied',
  );
  const idle = threadInspect(INNER, 0n).value === 0n && threadInspect(THREAD, 0n).value === 0n;
  tapCheck(idle && blockWord(5, 3) === 99n, 'the threads below it are idle where they stand');
  tapCheck(tapAnswer(run(INNER, DEADLINE_NEVER, 0n), ERROR_OK, EVENT_YIELDED, 1n), 'the inner scheduler runs on');
  tapCheck(blockWord(5, 4) === EVENT_INTERRUPTED, 'its Run has answered Interrupted');
  tapCheck(tapAnswer(run(THREAD, DEADLINE_NEVER, 0n), ERROR_OK, EVENT_YIELDED, 2n), 'and so does the thread');
  tapCheck(blockWord(6, 3) === ERROR_OK, 'whose Retire has answered Ok');
}

/** All of them. */
export function checkEndings(timebase: u64): void {
  checkKilled(timebase);
  checkPinned();
  checkScheduler();
}
