/**
 * The model: the threads that run in each other on a hart, and how their Runs and Calls end. `model.delivered` names
 * every answer that comes to somebody who had waited for it.
 */
import { ERROR, EVENT, THREAD_STATE, TYPE, type ErrorName, type EventName } from '../checker/numbers.ts';
import { MOVES, STOPS, type Expected, type Model, type ModelThread } from './model.ts';

/** Registers that a call does not keep: a0 to a7, t0 to t6. */
const LOST: readonly number[] = [5, 6, 7, 10, 11, 12, 13, 14, 15, 16, 17, 28, 29, 30, 31];
const TEMPORARY: readonly number[] = [5, 6, 7, 28, 29, 30, 31];

/** A thread gets the answer of a system call: every register that a call does not keep is zero but these. */
export function answer(thread: ModelThread, error: ErrorName, ...values: readonly bigint[]): void {
  for (const register of LOST) thread.registers[register] = 0n;
  thread.registers[10] = BigInt(ERROR[error]);
  for (const [index, value] of values.entries()) thread.registers[11 + index] = value;
}

/** A thread gets the event with which its Run has ended. */
export function tell(model: Model, thread: ModelThread, event: EventName, ...details: readonly bigint[]): void {
  answer(thread, 'Ok', BigInt(EVENT[event]), ...details);
  model.delivered.push(`event ${event}`);
}

/** What Call keeps of the registers of a thread: all but those that no call keeps. */
export function keptOf(thread: ModelThread): readonly bigint[] {
  return thread.registers.map((value, register) => (LOST.includes(register) ? 0n : value));
}

/**
 * The innermost invocation of a thread ends without Return, and so do all whose callers are dead. The nearest live
 * caller goes on: its Call answers `error`, or Dead if it is not the innermost. False if there is none.
 */
export function abort(model: Model, thread: ModelThread, error: 'Dead' | 'Faulted'): boolean {
  let with_ = error;
  for (let caller = thread.callers.pop(); caller !== undefined; caller = thread.callers.pop()) {
    thread.component = caller.component;
    thread.incarnation = caller.incarnation;
    thread.registers = [...caller.registers];
    thread.floating = null;
    answer(thread, with_, 0n);
    if (model.isAlive(TYPE.Component, caller.component, caller.incarnation)) {
      model.delivered.push(`Invocation.Call ${with_}`);
      return true;
    }
    with_ = 'Dead';
  }
  return false;
}

/** Every Run from a position of the chain on ends: who was a runner there gets Interrupted. Answers the runner of the first. */
export function endRuns(model: Model, hart: number, position: number): ModelThread {
  const { chain } = model.hart(hart);
  const ended = chain.splice(position);
  for (const [index, frame] of ended.entries()) {
    const thread = model.thread(frame);
    thread.state = THREAD_STATE.idle;
    if (index < ended.length - 1) tell(model, thread, 'Interrupted');
    model.touched.add(frame);
  }
  return model.current(hart);
}

/** A thread leaves its Run by a system call, in a state; its runner gets an event. */
export function leaveRun(model: Model, hart: number, state: number, event: EventName): Expected {
  const thread = model.current(hart);
  const runner = endRuns(model, hart, model.hart(hart).chain.length - 1);
  thread.state = state;
  answer(thread, 'Ok', 0n);
  tell(model, runner, event);
  return MOVES;
}

/** The innermost thread has lost its component for good. */
export function lose(model: Model, hart: number): Expected {
  const depth = model.hart(hart).chain.length - 1;
  if (depth === 0) return STOPS;
  tell(model, endRuns(model, hart, depth), 'ComponentDied');
  return MOVES;
}

/** Some component of the chain is dead: the outermost of those that are in one goes back to a live caller, or stops. */
export function die(model: Model, hart: number): Expected {
  const { chain } = model.hart(hart);
  const position = chain.findIndex((frame) => !model.isThreadAlive(frame));
  const frame = chain[position] ?? -1;
  if (abort(model, model.thread(frame), 'Dead')) {
    if (position + 1 < chain.length) endRuns(model, hart, position + 1);
    return MOVES;
  }
  if (position === 0) return STOPS;
  tell(model, endRuns(model, hart, position), 'ComponentDied');
  return MOVES;
}

/** As `die`, when the innermost thread was about to make a system call: it makes that anew, if it ever goes on. */
export function dieBeforeCall(model: Model, hart: number): Expected {
  const thread = model.current(hart);
  for (const register of TEMPORARY) thread.registers[register] = 0n;
  thread.registers[0] = BigInt.asUintN(64, (thread.registers[0] ?? 0n) - 4n);
  return die(model, hart);
}
