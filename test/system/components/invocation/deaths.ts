/** Components that are retired: called, while a thread is inside, while one would return into them, and by themselves. */

import { ERROR_DEAD, ERROR_OK } from '../../../../kernel-src/abi/errors.ts';
import { EVENT_COMPONENT_DIED, EVENT_DEADLINE_PASSED, EVENT_YIELDED } from '../../../../kernel-src/abi/events.ts';
import { DEADLINE_NEVER } from '../../../../kernel-src/abi/thread-operations.ts';
import { RIGHT_COMPONENT_RETIRE } from '../../../../kernel-src/abi/rights.ts';
import {
  capabilityTableClear,
  capabilityTableCopy,
  componentInspect,
  componentRetire,
  itselfQuiesce,
  threadReadRegister,
} from '../../../../user/lib/generated/operations.ts';
import { IDENTIFIER_ITSELF } from '../../../../kernel-src/abi/identifiers.ts';
import { blockAddress, blockSet, blockWord } from '../blocks.ts';
import { tapAnswer, tapCheck } from '../tap.ts';
import { COMPONENT, makeThread, run, SLOTS, TABLE, timeNow } from '../workshop.ts';
import { call, SERVER_COMPONENT, TELLS } from './calls.ts';
import {
  makeInvocation,
  makeServer,
  PROGRAM_CALLS,
  PROGRAM_YIELDS,
  SERVER_NESTS,
  SERVER_RETIRES,
  SERVER_SPINS,
} from './servers.ts';

const INSIDE: u64 = SLOTS + 9n;
const OTHER: u64 = SLOTS + 10n;
const OTHER_TABLE: u64 = SLOTS + 12n;
const OTHER_COMPONENT: u64 = SLOTS + 13n;
const ENTRY: u64 = SLOTS + 14n;
const THREAD: u64 = SLOTS + 15n;
const MOMENTS_PER_SECOND: u64 = 20n;

/** The server in which a thread stands is retired. */
function checkRetire(): void {
  tapCheck(makeThread(THREAD, SERVER_COMPONENT, PROGRAM_YIELDS, 0n, 0n), 'a thread of the server itself is made');
  tapCheck(tapAnswer(run(THREAD, DEADLINE_NEVER, 0n), ERROR_OK, EVENT_YIELDED, 0n), 'it runs');
  const retired = componentRetire(SERVER_COMPONENT);
  tapCheck(retired.error === ERROR_OK, 'the server is retired');
  tapCheck(tapAnswer(itselfQuiesce(IDENTIFIER_ITSELF, retired.value), ERROR_OK, 0n, 1n), 'no hart is inside');
  tapCheck(tapAnswer(componentInspect(SERVER_COMPONENT, 0n), ERROR_OK, 1n, 2n), 'Inspect tells that it is dead');
  tapCheck(tapAnswer(componentRetire(SERVER_COMPONENT), ERROR_DEAD, 0n, 3n), 'it cannot be retired twice');
  tapCheck(tapAnswer(call(TELLS, 1n, 2n, 3n, 4n), ERROR_DEAD, 0n, 4n), 'a Call of it is Dead');
  const thread = run(THREAD, DEADLINE_NEVER, 0n);
  tapCheck(tapAnswer(thread, ERROR_OK, EVENT_COMPONENT_DIED, 5n), 'its own thread is ComponentDied');
  const inside = run(INSIDE, DEADLINE_NEVER, 0n);
  tapCheck(tapAnswer(inside, ERROR_OK, EVENT_YIELDED, 6n), 'the thread that was inside goes on');
  tapCheck(blockWord(1, 3) === ERROR_DEAD && blockWord(1, 0) === 0n, 'its Call answers Dead, its registers are kept');
  const made = makeInvocation(TABLE, ENTRY, SERVER_COMPONENT, SERVER_SPINS, 0n, 0n);
  tapCheck(tapAnswer(made, ERROR_DEAD, 0n, 7n), 'no invocation of it can be made');
}

/** A server that retires: itself, then the one in the middle of the stack. */
function checkSelf(): void {
  tapCheck(makeServer(OTHER), 'another server is made');
  const made = makeInvocation(TABLE, ENTRY, OTHER_COMPONENT, SERVER_RETIRES, 0n, 0n);
  const copied = capabilityTableCopy(OTHER_TABLE, 5n, OTHER_COMPONENT, RIGHT_COMPONENT_RETIRE, 0n, 0n, 0n);
  tapCheck(made.error === ERROR_OK && copied.error === ERROR_OK, 'it can retire itself');
  tapCheck(tapAnswer(call(ENTRY, 5n, 0n, 0n, 0n), ERROR_DEAD, 0n, 0n), 'then its Call answers Dead');

  capabilityTableClear(TABLE, SLOTS, 16n);
  tapCheck(makeServer(SLOTS) && makeServer(OTHER), 'two servers are made');
  const outer = makeInvocation(TABLE, ENTRY, SLOTS + 3n, SERVER_NESTS, 0n, 0n);
  const inner = makeInvocation(SLOTS + 2n, 0n, OTHER_COMPONENT, SERVER_RETIRES, 0n, 0n);
  const right = capabilityTableCopy(OTHER_TABLE, 6n, SLOTS + 3n, RIGHT_COMPONENT_RETIRE, 0n, 0n, 0n);
  tapCheck(outer.error === ERROR_OK && inner.error === ERROR_OK, 'the first calls the second');
  tapCheck(right.error === ERROR_OK, 'the second can retire the first');
  tapCheck(
    tapAnswer(call(ENTRY, 5n, 0n, 0n, 0n), ERROR_DEAD, 0n, 1n),
    'a Return into a dead server goes to its caller',
  );
}

/** A thread whose own component dies while it is in a server: nothing of the server can be seen afterwards. */
function checkOrphan(timebase: u64): void {
  capabilityTableClear(TABLE, SLOTS, 16n);
  tapCheck(makeServer(SLOTS) && makeServer(OTHER), 'two servers are made');
  const spins = makeInvocation(SLOTS + 2n, 7n, OTHER_COMPONENT, SERVER_SPINS, 0n, 0n);
  tapCheck(spins.error === ERROR_OK, 'the second never returns');
  blockSet(2, 2, 7n);
  tapCheck(
    makeThread(THREAD, SLOTS + 3n, PROGRAM_CALLS, 0n, blockAddress(2)),
    'a thread of the first calls the second',
  );
  const passed = run(THREAD, timeNow() + timebase / MOMENTS_PER_SECOND, 0n);
  tapCheck(tapAnswer(passed, ERROR_OK, EVENT_DEADLINE_PASSED, 0n), 'it is inside');
  tapCheck(componentRetire(SLOTS + 3n).error === ERROR_OK, 'its own component is retired');
  const again = run(THREAD, timeNow() + timebase / MOMENTS_PER_SECOND, 0n);
  tapCheck(tapAnswer(again, ERROR_OK, EVENT_DEADLINE_PASSED, 1n), 'it still is in the server, which lives');
  tapCheck(componentRetire(OTHER_COMPONENT).error === ERROR_OK, 'the server is retired too');
  tapCheck(tapAnswer(run(THREAD, DEADLINE_NEVER, 0n), ERROR_OK, EVENT_COMPONENT_DIED, 2n), 'now nothing is left');
  const seen = threadReadRegister(THREAD, 9n);
  tapCheck(tapAnswer(seen, ERROR_OK, blockAddress(2) + 101n, 3n), 'its registers are its own, not those of the server');
  tapCheck(tapAnswer(run(THREAD, DEADLINE_NEVER, 0n), ERROR_OK, EVENT_COMPONENT_DIED, 4n), 'it never runs again');
  tapCheck(componentInspect(COMPONENT, 0n).value === 0n, 'this component lives');
}

/** All of them, in an order in which each finds what the one before has left. */
export function checkDeaths(timebase: u64): void {
  checkRetire();
  checkSelf();
  checkOrphan(timebase);
}
