/** The model: operations on components, Call and Return. */
import { INVOCATION, THREAD_STATE, TYPE } from '../checker/numbers.ts';
import { abort, answer, die, keptOf, leaveRun, lose } from './chain.ts';
import { fail, MOVES, ok, STOPS, type Expected, type Model, type ModelSlot } from './model.ts';

export function componentRetire(model: Model, hart: number, slot: ModelSlot): Expected {
  const frame = model.frame(slot.frame);
  if (frame.dead) return fail('Dead');
  frame.dead = true;
  const stamp = model.epoch;
  frame.stamp = Math.max(frame.stamp, stamp);
  model.touched.add(frame.index);
  model.advance(hart, stamp);
  if (model.enter(hart)) return ok(stamp);
  answer(model.current(hart), 'Ok', BigInt(stamp));
  return die(model, hart);
}

export function componentInspect(model: Model, slot: ModelSlot, field: bigint): Expected {
  if (field > 2n) return fail('OutOfRange', 3);
  const { dead, root, table } = model.frame(slot.frame);
  if (field === 0n) return ok(dead ? 1 : 0);
  return ok(model.first + (field === 1n ? root : table));
}

/** The levels that an Invocation needs beyond its own. */
function levelsOf(slot: ModelSlot): number {
  return INVOCATION.levels - 1 - (slot.count - INVOCATION.start) / INVOCATION.bytes;
}

export function invocationCall(model: Model, hart: number, slot: ModelSlot, values: readonly bigint[]): Expected {
  const frame = model.runningOn(hart);
  const thread = model.thread(frame);
  const left = INVOCATION.levels - thread.callers.length;
  if (left <= levelsOf(slot)) return fail('DepthExceeded', left);
  const target = { component: slot.first - model.first, incarnation: Number(slot.extra >> 8n) };
  if (!model.isAlive(TYPE.Component, target.component, target.incarnation)) return fail('Dead');
  const { component, incarnation } = thread;
  thread.callers.push({ component, incarnation, registers: keptOf(thread) });
  Object.assign(thread, target);
  thread.registers = new Array<bigint>(32).fill(0n);
  const given = [...values.slice(0, 4), slot.badge, BigInt(model.first + frame)];
  for (const [index, value] of given.entries()) thread.registers[10 + index] = value;
  thread.registers[0] = slot.entry;
  thread.floating = null;
  model.touched.add(frame);
  return MOVES;
}

export function itselfReturn(model: Model, hart: number, values: readonly bigint[]): Expected {
  const thread = model.current(hart);
  const caller = thread.callers.at(-1);
  model.touched.add(model.runningOn(hart));
  if (caller === undefined) {
    return model.hart(hart).chain.length > 1 ? leaveRun(model, hart, THREAD_STATE.exited, 'Exited') : STOPS;
  }
  if (!model.isAlive(TYPE.Component, caller.component, caller.incarnation)) {
    return abort(model, thread, 'Dead') ? MOVES : lose(model, hart);
  }
  thread.callers.pop();
  thread.component = caller.component;
  thread.incarnation = caller.incarnation;
  thread.registers = [...caller.registers];
  thread.floating = null;
  answer(thread, 'Ok', ...values.slice(0, 4));
  model.delivered.push('Invocation.Call returns');
  return MOVES;
}
