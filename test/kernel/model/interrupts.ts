/** The model: interrupt lines, their controller, and the operations on them and on harts. */
import { KIND, RIGHT, TYPE } from '../checker/numbers.ts';
import { argument } from './look-up.ts';
import { fail, ok, type Expected, type Model, type ModelLine, type ModelSlot } from './model.ts';
import { giveSignal, interrupted } from './threads.ts';

/** A device raises its line, or lowers it. The line waits until it is claimed, unless it is masked. */
export function setLine(line: ModelLine, up: boolean): void {
  line.raised = up;
  if (up && !line.masked) line.waits = true;
}

/** The line that the controller offers to a hart, or 0. */
export function offered(model: Model, hart: number): number {
  return Math.max(
    0,
    model.lines.findIndex(({ waits, bound, offeredTo }) => waits && bound && offeredTo.has(hart)),
  );
}

export function interruptBind(model: Model, hart: number, slot: ModelSlot, id: bigint, bits: bigint): Expected {
  if (bits === 0n) return fail('BadArgument', 1);
  const named = argument(model, hart, id, 0, KIND.Thread, RIGHT.Thread.signal);
  if ('failure' in named) return named.failure;
  const missing = bits & BigInt.asUintN(64, ~named.slot.badge);
  if (missing !== 0n) return fail('MissingRights', missing);
  const line = model.line(slot.first);
  const thread = named.slot.frame;
  Object.assign(line, { owner: hart, bound: true, thread, incarnation: model.frame(thread).incarnation, bits });
  line.offeredTo.add(hart);
  return line.claimed && giveSignal(model, hart, thread, bits) ? interrupted(model, hart) : ok();
}

export function interruptUnbind(model: Model, slot: ModelSlot): Expected {
  const line = model.line(slot.first);
  if (!line.bound) return fail('Empty');
  Object.assign(line, { owner: -1, bound: false, thread: -1, incarnation: 0, bits: 0n });
  return ok();
}

export function interruptAcknowledge(model: Model, hart: number, slot: ModelSlot): Expected {
  const line = model.line(slot.first);
  if (!line.bound) return fail('Empty');
  if (line.owner !== hart) return fail('WrongHart', line.owner);
  if (!line.claimed) return fail('Empty');
  Object.assign(line, { claimed: false, masked: false });
  if (line.raised) line.waits = true;
  return ok();
}

/** A hart claims a line. True if its outermost thread got its first signal by that while it runs another. */
export function arriveLine(model: Model, hart: number): boolean {
  const number = offered(model, hart);
  if (number === 0) return false;
  const line = model.line(number);
  Object.assign(line, { waits: false, masked: true, claimed: true });
  if (line.owner !== hart) line.offeredTo.delete(hart);
  if (!line.bound || !model.isAlive(TYPE.Thread, line.thread, line.incarnation)) return false;
  return giveSignal(model, hart, line.thread, line.bits);
}

export function hartInspect(slot: ModelSlot, field: bigint): Expected {
  if (field > 2n) return fail('OutOfRange', 3);
  if (field === 0n) return ok(slot.first);
  return ok(field === 1n ? slot.badge : 1);
}
