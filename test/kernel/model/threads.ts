/** The model: operations on threads, and what a thread asks of itself. */
import { CHAIN, EVENT, HARTS, RIGHT, THREAD_STATE, TYPE, type EventName } from '../checker/numbers.ts';
import { abort, answer, endRuns, leaveRun, tell } from './chain.ts';
import { refuseIdle } from './frames.ts';
import { fail, MOVES, ok, type Expected, type Model, type ModelSlot, type ModelThread } from './model.ts';

/** An event that comes before the thread has run. */
function early(model: Model, event: EventName): Expected {
  model.delivered.push(`event ${event}`);
  return ok(EVENT[event]);
}

/** Takes the signals of a thread. */
export function takeSignals(thread: ModelThread): bigint {
  const { pending } = thread;
  thread.pending = 0n;
  thread.told = false;
  return pending;
}

/** Why a thread does not go on now, or null when it does. The time is looked at when the timer is set for a later one. */
function beforeRun(model: Model, thread: ModelThread, timer: bigint): Expected | null {
  if (thread.deadline < timer && BigInt(model.now) >= thread.deadline) return early(model, 'DeadlinePassed');
  if (thread.state === THREAD_STATE.exited) return early(model, 'Exited');
  thread.moved = false;
  if (!model.isAlive(TYPE.Component, thread.component, thread.incarnation)) {
    return abort(model, thread, 'Dead') ? null : early(model, 'ComponentDied');
  }
  if (thread.state !== THREAD_STATE.waiting) return null;
  if (thread.pending === 0n) return early(model, 'Waiting');
  answer(thread, 'Ok', takeSignals(thread));
  return null;
}

export function threadRun(model: Model, hart: number, slot: ModelSlot, deadline: bigint, wakeBits: bigint): Expected {
  const thread = model.thread(slot.frame);
  const found = model.hart(hart);
  const failure = refuseIdle(thread, hart);
  if (failure !== null) return failure;
  if (found.chain.length >= CHAIN) return fail('DepthExceeded');
  const runner = model.frame(model.runningOn(hart));
  const caller = model.current(hart);
  if (caller.pending !== 0n && !caller.told) {
    caller.told = true;
    model.touched.add(runner.index);
    return early(model, 'Interrupted');
  }
  Object.assign(thread, { deadline, wakeBits, runner: runner.index, runnerIncarnation: runner.incarnation });
  thread.watched = (slot.rights & RIGHT.Thread.registers) !== 0;
  model.touched.add(slot.frame);
  const event = beforeRun(model, thread, found.timer);
  if (event !== null) return event;
  thread.state = THREAD_STATE.running;
  found.chain.push(slot.frame);
  if (deadline < found.timer) found.timer = deadline;
  return MOVES;
}

/**
 * A thread gets signals; who runs it, if it had none, the bits that it wants then, and so on. True if that reaches the
 * outermost thread of this hart.
 */
export function giveSignal(model: Model, hart: number, first: number, signals: bigint): boolean {
  let at = first;
  let bits = signals;
  for (let step = 0; step < CHAIN; step++) {
    const thread = model.thread(at);
    const before = thread.pending;
    thread.pending |= bits;
    model.touched.add(at);
    if (before !== 0n) return false;
    if (thread.runner < 0) return arrive(model, hart, at);
    bits = thread.wakeBits;
    if (bits === 0n || !model.isAlive(TYPE.Thread, thread.runner, thread.runnerIncarnation)) return false;
    at = thread.runner;
  }
  return false;
}

/** A thread that nobody has run got its first signal: it may be the outermost one of a hart. */
function arrive(model: Model, hart: number, frame: number): boolean {
  const { home } = model.thread(frame);
  const { chain } = model.hart(home);
  if (home === hart) return chain[0] === frame;
  model.hart(home).wake = true;
  model.interrupt(home);
  return false;
}

export function threadSignal(model: Model, hart: number, slot: ModelSlot, bits: bigint): Expected {
  if (bits === 0n) return fail('BadArgument', 0);
  const missing = bits & BigInt.asUintN(64, ~slot.badge);
  if (missing !== 0n) return fail('MissingRights', missing);
  return giveSignal(model, hart, slot.frame, bits) ? interrupted(model, hart) : ok();
}

/** The outermost thread has got its first signal by a call of the thread that runs, which answers Ok. */
export function interrupted(model: Model, hart: number): Expected {
  const caller = model.current(hart);
  if (model.hart(hart).chain.length === 1) {
    caller.told = true;
    return ok();
  }
  answer(caller, 'Ok', 0n);
  tellOutermost(model, hart);
  return MOVES;
}

/** The Run of the outermost thread, if it runs another, ends because it has signals. */
export function tellOutermost(model: Model, hart: number): void {
  if (model.hart(hart).chain.length === 1) return;
  const outermost = endRuns(model, hart, 1);
  outermost.told = true;
  tell(model, outermost, 'Interrupted');
}

const REGISTERS = 65;
const FLOATING = 32;
const FCSR_LIMIT = 256n;

/** The thread whose registers may be looked at, or why not. */
function refuseRegisters(model: Model, hart: number, slot: ModelSlot, register: bigint): Expected | null {
  if (register >= BigInt(REGISTERS)) return fail('OutOfRange', REGISTERS);
  const thread = model.thread(slot.frame);
  return refuseIdle(thread, hart) ?? (thread.callers.length > 0 ? fail('InInvocation') : null);
}

export function threadReadRegister(model: Model, hart: number, slot: ModelSlot, register: bigint): Expected {
  const failure = refuseRegisters(model, hart, slot, register);
  if (failure !== null) return failure;
  const { registers, floating } = model.thread(slot.frame);
  const index = Number(register);
  return ok((index < FLOATING ? registers[index] : floating?.[index - FLOATING]) ?? 0n);
}

export function threadWriteRegister(
  model: Model,
  hart: number,
  slot: ModelSlot,
  register: bigint,
  value: bigint,
): Expected {
  const failure = refuseRegisters(model, hart, slot, register);
  if (failure !== null) return failure;
  const index = Number(register);
  if (index === REGISTERS - 1 && value >= FCSR_LIMIT) return fail('OutOfRange', FCSR_LIMIT);
  const thread = model.thread(slot.frame);
  model.touched.add(slot.frame);
  if (index < FLOATING) thread.registers[index] = value;
  else {
    thread.floating ??= new Array<bigint>(REGISTERS - FLOATING).fill(0n);
    thread.floating[index - FLOATING] = value;
  }
  if (index === 0 && thread.state === THREAD_STATE.exited) thread.state = THREAD_STATE.idle;
  return ok();
}

/** Every hart of the model runs, or can. */
export function threadMigrate(model: Model, hart: number, slot: ModelSlot, home: bigint): Expected {
  if (home >= BigInt(HARTS)) return fail('OutOfRange', HARTS);
  const thread = model.thread(slot.frame);
  const failure = refuseIdle(thread, hart);
  if (failure !== null) return failure;
  thread.home = Number(home);
  thread.moved = true;
  model.touched.add(slot.frame);
  return ok();
}

export function threadInspect(model: Model, slot: ModelSlot, field: bigint): Expected {
  if (field > 1n) return fail('OutOfRange', 2);
  const { state, home } = model.thread(slot.frame);
  return ok(field === 0n ? state : home);
}

export function itselfWait(model: Model, hart: number): Expected {
  const thread = model.current(hart);
  const bits = takeSignals(thread);
  model.touched.add(model.runningOn(hart));
  if (bits !== 0n) return ok(bits);
  const found = model.hart(hart);
  if (found.chain.length > 1) return leaveRun(model, hart, THREAD_STATE.waiting, 'Waiting');
  found.sleeping = true;
  found.done = Infinity;
  return MOVES;
}

export function itselfYield(model: Model, hart: number): Expected {
  return model.hart(hart).chain.length > 1 ? leaveRun(model, hart, THREAD_STATE.idle, 'Yielded') : ok();
}

export function itselfQuiesce(model: Model, hart: number, stamp: bigint): Expected {
  if (stamp > BigInt(model.epoch)) return fail('OutOfRange', model.epoch + 1);
  const number = Number(stamp);
  if (model.hasPassed(number)) return ok();
  model.request(hart, number);
  return model.enter(hart) && model.hasPassed(number) ? ok() : fail('NotQuiescent', stamp);
}
