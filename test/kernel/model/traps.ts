/** The model: faults and interrupts of the thread that runs, and what wakes a hart that sleeps. */
import { NEVER, TYPE } from '../checker/numbers.ts';
import { abort, answer, die, endRuns, lose, tell } from './chain.ts';
import { arriveLine, offered } from './interrupts.ts';
import { MOVES, STOPS, type Expected, type Model } from './model.ts';
import { takeSignals, tellOutermost } from './threads.ts';

export const CAUSE = { fetchAccess: 1n, illegal: 2n, breakpoint: 3n, fetchPage: 12n, loadPage: 13n, storePage: 15n };
const INTERRUPT = 1n << 63n;
export const TIMER = INTERRUPT | 5n;
export const SOFTWARE = INTERRUPT | 1n;
export const EXTERNAL = INTERRUPT | 9n;
const LOWER_HALF = 1n << 38n;

/** What a page fault missed: a permission of a leaf. */
const MISSED = new Map([
  [CAUSE.loadPage, 2],
  [CAUSE.storePage, 4],
  [CAUSE.fetchPage, 8],
]);

/** Whether a component may access an address now. */
function allows(model: Model, root: number, address: bigint, permission: number): boolean {
  if (address >= LOWER_HALF) return false;
  let node = root;
  for (let level = 2; level > 0; level--) {
    const link = model.frame(node).entries.get(Number((address >> BigInt(12 + 9 * level)) & 511n));
    if (link === undefined) return false;
    node = link.page - model.first;
  }
  const leaf = model.frame(node).entries.get(Number((address >> 12n) & 511n));
  return leaf !== undefined && (leaf.permissions & permission) !== 0;
}

/** The address of a fault, as it is told: after a fetch, bit 38 goes through all higher ones. */
function told(cause: bigint, value: bigint): bigint {
  const isFetch = cause === CAUSE.fetchAccess || cause === CAUSE.fetchPage;
  return isFetch && (value & LOWER_HALF) !== 0n ? value | (NEVER ^ (LOWER_HALF * 2n - 1n)) : value;
}

function timer(model: Model, hart: number): Expected {
  const found = model.hart(hart);
  const now = BigInt(model.now);
  const passed = found.chain.findIndex((frame, index) => index > 0 && model.thread(frame).deadline <= now);
  if (passed > 0) tell(model, endRuns(model, hart, passed), 'DeadlinePassed');
  found.timer = earliest(model, hart);
  return MOVES;
}

/** The earliest deadline of the Runs of a hart. */
function earliest(model: Model, hart: number): bigint {
  const deadlines = model.hart(hart).chain.map((frame, index) => (index === 0 ? NEVER : model.thread(frame).deadline));
  return deadlines.reduce((least, one) => (one < least ? one : least), NEVER);
}

function software(model: Model, hart: number): Expected {
  const found = model.hart(hart);
  const { wake } = found;
  found.interrupted = false;
  found.wake = false;
  const [outermost = -1] = found.chain;
  if (wake && model.thread(outermost).pending !== 0n) tellOutermost(model, hart);
  return MOVES;
}

function external(model: Model, hart: number): Expected {
  if (arriveLine(model, hart)) tellOutermost(model, hart);
  return MOVES;
}

function fault(model: Model, hart: number, cause: bigint, value: bigint): Expected {
  const thread = model.current(hart);
  if (thread.callers.length > 0) return abort(model, thread, 'Faulted') ? MOVES : lose(model, hart);
  const depth = model.hart(hart).chain.length - 1;
  if (depth === 0) return STOPS;
  const details = thread.watched ? [told(cause, value), thread.registers[0] ?? 0n] : [];
  tell(model, endRuns(model, hart, depth), 'Fault', cause, ...details);
  return MOVES;
}

/** The thread that runs on a hart traps. */
export function modelTrap(model: Model, hart: number, cause: bigint, value: bigint): Expected {
  model.beginStep();
  model.touched.add(model.runningOn(hart));
  if (model.hart(hart).attention && !model.enter(hart)) return die(model, hart);
  if (cause === TIMER) return timer(model, hart);
  if (cause === SOFTWARE) return software(model, hart);
  if (cause === EXTERNAL) return external(model, hart);
  if ((cause & INTERRUPT) !== 0n) return MOVES;
  const thread = model.current(hart);
  const missed = MISSED.get(cause);
  const { root } = model.frame(thread.component);
  if (missed !== undefined && allows(model, root, told(cause, value), missed)) return MOVES;
  if (cause === CAUSE.illegal && thread.floating === null) {
    thread.floating = new Array<bigint>(33).fill(0n);
    return MOVES;
  }
  return fault(model, hart, cause, value);
}

/** An interrupt reaches a hart that sleeps. */
export function modelWake(model: Model, hart: number, timerIsPending: boolean): Expected {
  model.beginStep();
  const found = model.hart(hart);
  const frame = model.runningOn(hart);
  const thread = model.thread(frame);
  found.interrupted = false;
  found.wake = false;
  if (timerIsPending) found.timer = NEVER;
  if (offered(model, hart) !== 0) arriveLine(model, hart);
  if (thread.pending === 0n) return MOVES;
  found.done = model.epoch;
  answer(thread, 'Ok', takeSignals(thread));
  model.touched.add(frame);
  const isAlive = model.isAlive(TYPE.Component, thread.component, thread.incarnation);
  if (!isAlive && !abort(model, thread, 'Dead')) return STOPS;
  found.sleeping = false;
  return MOVES;
}
