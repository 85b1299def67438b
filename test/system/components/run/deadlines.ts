/** H4, W2: deadlines of one thread, and of chains of them. */

import { ERROR_DEPTH_EXCEEDED, ERROR_OK } from '../../../../kernel-src/abi/errors.ts';
import { EVENT_DEADLINE_PASSED, EVENT_INTERRUPTED, EVENT_YIELDED } from '../../../../kernel-src/abi/events.ts';
import { DEADLINE_NEVER } from '../../../../kernel-src/abi/thread-operations.ts';
import { capabilityTableClear, threadInspect } from '../../../../user/lib/generated/operations.ts';
import { tapAnswer, tapCheck } from '../tap.ts';
import { COMPONENT, makeThread, run, SLOTS, SLOTS_COUNT, TABLE, timeNow } from '../workshop.ts';
import { blockAddress, blockSet, blockWord } from '../blocks.ts';
import { PROGRAM_RUNS, PROGRAM_SPINS, PROGRAM_YIELDS } from './numbers.ts';

/** Long enough that an emulator on a busy machine runs a chain of eight threads in a part of it. */
const MOMENTS_PER_SECOND: u64 = 20n;

const SPINS: u64 = SLOTS;
const YIELDS: u64 = SLOTS + 1n;
/** The chain: seven threads, the first of which this component runs. */
const CHAIN: u64 = SLOTS + 2n;
const CHAIN_LENGTH: u32 = 7;
const CHAIN_BLOCK: u32 = 1;
const BEYOND: u64 = SLOTS + 12n;

/** Runs the spinning thread until a time, and then it is that time. */
function spinsUntil(deadline: u64, what: u64): boolean {
  if (!tapAnswer(run(SPINS, deadline, 0n), ERROR_OK, EVENT_DEADLINE_PASSED, what)) return false;
  return timeNow() >= deadline;
}

/** One thread with every kind of deadline. */
export function checkDeadlines(timebase: u64): void {
  const moment: u64 = timebase / MOMENTS_PER_SECOND;
  capabilityTableClear(TABLE, SLOTS, SLOTS_COUNT);
  blockSet(0, 0, 0n);
  tapCheck(makeThread(SPINS, COMPONENT, PROGRAM_SPINS, 0n, blockAddress(0)), 'a thread that never stops is made');
  tapCheck(makeThread(YIELDS, COMPONENT, PROGRAM_YIELDS, 0n, 0n), 'a thread that yields is made');
  tapCheck(spinsUntil(0n, 0n) && blockWord(0, 0) === 0n, 'H4: with a deadline in the past it does not run');
  tapCheck(spinsUntil(timeNow(), 1n) && blockWord(0, 0) === 0n, 'H4: nor with one that is now');
  tapCheck(spinsUntil(timeNow() + moment, 2n), 'H4: with one soon it runs until then');
  tapCheck(blockWord(0, 0) !== 0n, 'H4: it has run');
  const early = run(YIELDS, timeNow() + moment, 0n);
  tapCheck(tapAnswer(early, ERROR_OK, EVENT_YIELDED, 3n), 'H4: one that yields before leaves the timer set');
  tapCheck(spinsUntil(timeNow() + 3n * moment, 4n), 'H4: the timer comes early, and again when it is time');
  tapCheck(tapAnswer(run(YIELDS, DEADLINE_NEVER, 0n), ERROR_OK, EVENT_YIELDED, 5n), 'H4: none');
}

/** Makes the chain: each runs the next with no deadline; the last one is `program`. */
function makeChain(program: u64): boolean {
  let made = true;
  for (let index: u32 = 0; index < CHAIN_LENGTH; index++) {
    const last = index === CHAIN_LENGTH - 1;
    const block: u32 = CHAIN_BLOCK + index;
    blockSet(block, 0, last ? BEYOND : CHAIN + u64(index) + 1n);
    blockSet(block, 1, DEADLINE_NEVER);
    blockSet(block, 2, 0n);
    blockSet(block, 4, 0n);
    blockSet(block, 5, 0n);
    if (!makeThread(CHAIN + u64(index), COMPONENT, last ? program : PROGRAM_RUNS, 0n, blockAddress(block)))
      made = false;
  }
  return made;
}

/** Whether each runner of the chain was told once, and of an event. */
function toldAll(first: u32, event: u64): boolean {
  let told = true;
  for (let index: u32 = 0; index < CHAIN_LENGTH - 1; index++) {
    const block: u32 = CHAIN_BLOCK + index;
    if (index >= first && (blockWord(block, 4) !== event || blockWord(block, 5) !== 1n)) told = false;
  }
  return told;
}

/** Whether every thread of the chain is idle. */
function allIdle(): boolean {
  let idle = true;
  for (let index: u64 = 0n; index < u64(CHAIN_LENGTH); index++) {
    if (!tapAnswer(threadInspect(CHAIN + index, 0n), ERROR_OK, 0n, index)) idle = false;
  }
  return idle;
}

/** Schedulers in schedulers, eight threads deep. */
export function checkNesting(timebase: u64): void {
  const moment: u64 = timebase / MOMENTS_PER_SECOND;
  capabilityTableClear(TABLE, CHAIN, SLOTS_COUNT - 2n);
  tapCheck(makeThread(BEYOND, COMPONENT, PROGRAM_YIELDS, 0n, 0n), 'a ninth thread is made');
  tapCheck(makeChain(PROGRAM_RUNS), 'eight threads that run each other');
  tapCheck(tapAnswer(run(CHAIN, DEADLINE_NEVER, 0n), ERROR_OK, EVENT_YIELDED, 0n), 'each yields to the one before');
  tapCheck(toldAll(0, EVENT_YIELDED), 'each has got Yielded');
  tapCheck(blockWord(CHAIN_BLOCK + 6, 3) === ERROR_DEPTH_EXCEEDED, 'the eighth cannot run a ninth: DepthExceeded');
  tapCheck(allIdle(), 'all are idle');

  capabilityTableClear(TABLE, CHAIN, 7n);
  tapCheck(makeChain(PROGRAM_SPINS), 'eight threads, the last of which never stops');
  tapCheck(
    tapAnswer(run(CHAIN, timeNow() + moment, 0n), ERROR_OK, EVENT_DEADLINE_PASSED, 1n),
    'W2: the deadline of the outermost ends them all',
  );
  tapCheck(allIdle(), 'W2: all are idle where they stand');
  tapCheck(toldAll(6, 0n), 'W2: no runner was told yet');
  tapCheck(tapAnswer(run(CHAIN + 3n, DEADLINE_NEVER, 0n), ERROR_OK, EVENT_YIELDED, 2n), 'W2: one in the middle runs');
  tapCheck(blockWord(CHAIN_BLOCK + 3, 4) === EVENT_INTERRUPTED, 'W2: its Run has answered Interrupted');
  blockSet(CHAIN_BLOCK, 1, DEADLINE_NEVER);
  tapCheck(tapAnswer(run(CHAIN, DEADLINE_NEVER, 0n), ERROR_OK, EVENT_YIELDED, 3n), 'W2: so does the first');
  tapCheck(blockWord(CHAIN_BLOCK, 4) === EVENT_INTERRUPTED, 'W2: its Run has answered Interrupted');

  blockSet(CHAIN_BLOCK + 4, 0, CHAIN + 6n);
  tapCheck(tapAnswer(run(CHAIN + 4n, DEADLINE_NEVER, 0n), ERROR_OK, EVENT_YIELDED, 4n), 'W2: and the fifth');
  blockSet(CHAIN_BLOCK + 4, 1, timeNow() + moment);
  tapCheck(tapAnswer(run(CHAIN + 4n, DEADLINE_NEVER, 0n), ERROR_OK, EVENT_YIELDED, 5n), 'W2: it sets a deadline');
  tapCheck(
    blockWord(CHAIN_BLOCK + 4, 4) === EVENT_DEADLINE_PASSED,
    'W2: an inner deadline is told to the inner runner',
  );
}
