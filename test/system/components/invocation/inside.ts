/** Inside of servers: depth, faults, and what the owner of a thread cannot see. */

import {
  ERROR_DEPTH_EXCEEDED,
  ERROR_FAULTED,
  ERROR_IN_INVOCATION,
  ERROR_OK,
} from '../../../../kernel-src/abi/errors.ts';
import { EVENT_DEADLINE_PASSED, EVENT_YIELDED } from '../../../../kernel-src/abi/events.ts';
import { DEADLINE_NEVER } from '../../../../kernel-src/abi/thread-operations.ts';
import {
  capabilityTableDrop,
  threadReadRegister,
  threadWriteRegister,
} from '../../../../user/lib/generated/operations.ts';
import { blockAddress, blockSet, blockWord } from '../blocks.ts';
import { tapAnswer, tapCheck } from '../tap.ts';
import { COMPONENT, details, makeThread, PC, programAt, run, SLOTS, TABLE, timeNow } from '../workshop.ts';
import { call, SERVER_COMPONENT, SERVER_TABLE } from './calls.ts';
import { makeInvocation, PROGRAM_CALLS, SERVER_FAULTS, SERVER_NESTS, SERVER_SPINS } from './servers.ts';

const NESTS: u64 = SLOTS + 6n;
const FAULTS: u64 = SLOTS + 7n;
const SPINS: u64 = SLOTS + 8n;
const INSIDE: u64 = SLOTS + 9n;
/** Levels of an empty stack. */
const LEVELS: u64 = 19n;
const MOMENTS_PER_SECOND: u64 = 20n;

/** What is in slot 0 of the server's own table. */
function nestWith(program: u64, levels: u64): boolean {
  capabilityTableDrop(SERVER_TABLE, 0n);
  return makeInvocation(SERVER_TABLE, 0n, SERVER_COMPONENT, program, 0n, levels).error === ERROR_OK;
}

/** A server that calls itself until it cannot. */
export function checkDepth(): void {
  const made = makeInvocation(TABLE, NESTS, SERVER_COMPONENT, SERVER_NESTS, 0n, 0n);
  tapCheck(made.error === ERROR_OK && nestWith(SERVER_NESTS, 0n), 'a server that calls itself is made');
  tapCheck(tapAnswer(call(NESTS, 1n, 0n, 0n, 0n), ERROR_OK, LEVELS, 0n), 'it comes 19 levels deep');
  tapCheck(details.a2 === ERROR_DEPTH_EXCEEDED && details.a3 === 0n, 'the last one is refused: no level is left');
  tapCheck(nestWith(SERVER_NESTS, 4n), 'it asks for 4 further levels');
  tapCheck(tapAnswer(call(NESTS, 1n, 0n, 0n, 0n), ERROR_OK, LEVELS - 4n, 1n), 'then it comes 15 levels deep');
  tapCheck(details.a2 === ERROR_DEPTH_EXCEEDED && details.a3 === 4n, 'and 4 are left');
  tapCheck(nestWith(SERVER_NESTS, 18n), 'it asks for 18 further levels');
  tapCheck(tapAnswer(call(NESTS, 1n, 0n, 0n, 0n), ERROR_OK, 1n, 2n), 'then it cannot be called from inside');
  tapCheck(details.a2 === ERROR_DEPTH_EXCEEDED && details.a3 === 18n, 'because only 18 are left with it');
  tapCheck(nestWith(SERVER_FAULTS, 0n), 'the innermost one faults');
  tapCheck(tapAnswer(call(NESTS, 1n, 0n, 0n, 0n), ERROR_OK, 1n, 3n), 'only its own call ends');
  tapCheck(details.a2 === ERROR_FAULTED && details.a3 === 0n, 'with Faulted');
}

/** V1: a thread that is inside a server. */
export function checkInside(timebase: u64): void {
  const fault = makeInvocation(TABLE, FAULTS, SERVER_COMPONENT, SERVER_FAULTS, 0n, 0n);
  tapCheck(fault.error === ERROR_OK, 'a server that faults is made');
  tapCheck(tapAnswer(call(FAULTS, 1n, 2n, 3n, 4n), ERROR_FAULTED, 0n, 0n), 'V1: its Call answers Faulted');
  tapCheck(details.a2 === 0n && details.a3 === 0n && details.a4 === 0n, 'V1: and nothing else');
  const spin = makeInvocation(TABLE, SPINS, SERVER_COMPONENT, SERVER_SPINS, 0n, 0n);
  tapCheck(spin.error === ERROR_OK, 'a server that never returns is made');
  blockSet(1, 0, 0n);
  blockSet(1, 1, 0n);
  blockSet(1, 2, FAULTS);
  tapCheck(makeThread(INSIDE, COMPONENT, PROGRAM_CALLS, 0n, blockAddress(1)), 'a thread that calls them is made');
  tapCheck(tapAnswer(run(INSIDE, DEADLINE_NEVER, 0n), ERROR_OK, EVENT_YIELDED, 1n), 'its runner sees no Fault');
  tapCheck(blockWord(1, 3) === ERROR_FAULTED && blockWord(1, 0) === 0n, 'V1: it keeps its registers');
  blockSet(1, 2, SPINS);
  const passed = run(INSIDE, timeNow() + timebase / MOMENTS_PER_SECOND, 0n);
  tapCheck(tapAnswer(passed, ERROR_OK, EVENT_DEADLINE_PASSED, 2n), 'its deadline passes inside the server');
  for (let index: u64 = 0n; index < 65n; index++) {
    if (threadReadRegister(INSIDE, index).error === ERROR_IN_INVOCATION) continue;
    tapCheck(false, 'V1: no register can be read inside');
  }
  const written = threadWriteRegister(INSIDE, PC, programAt(PROGRAM_CALLS));
  tapCheck(tapAnswer(written, ERROR_IN_INVOCATION, 0n, 3n), 'V1: nor written');
}
