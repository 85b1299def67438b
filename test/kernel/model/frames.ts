/** The model: operations on Frames. */
import { COUNT_LIMIT, INCARNATION_LIMIT, KIND, RIGHT, SLOTS, THREAD_STATE, TYPE } from '../checker/numbers.ts';
import { fail, ok, type Expected, type Model, type ModelFrame, type ModelSlot, type ModelThread } from './model.ts';

export function isTable(type: number): boolean {
  return type >= TYPE.PageTable0 && type <= TYPE.PageTable2;
}

/** The frame at an index of a range, or the failure. */
export function frameAt(model: Model, range: ModelSlot, index: number): ModelFrame | Expected {
  if (index >= range.count) return fail('OutOfRange', range.count);
  return model.frame(range.first + index - model.first);
}

export function framesInspect(model: Model, range: ModelSlot, index: number): Expected {
  const frame = frameAt(model, range, index);
  if ('error' in frame) return frame;
  return ok((BigInt(frame.incarnation) << 32n) + BigInt(model.typeAndCount(frame)));
}

export function framesRetype(model: Model, hart: number, range: ModelSlot, index: number, type: number): Expected {
  if (type !== TYPE.Untyped && type !== TYPE.User && type !== TYPE.Blank) return fail('BadArgument', 1);
  const frame = frameAt(model, range, index);
  if ('error' in frame) return frame;
  const isObject = frame.type >= TYPE.CapabilityTable;
  const there = type === TYPE.Untyped ? frame.type >= TYPE.User : frame.type === TYPE.Untyped;
  if (!there) return fail('WrongType', model.typeAndCount(frame));
  if (isObject) return objectToUntyped(model, hart, frame);
  if (type === TYPE.Blank && frame.incarnation === INCARNATION_LIMIT) return fail('Overflow', INCARNATION_LIMIT);
  if (frame.count !== 0) return fail('InUse', frame.count);
  if (type !== TYPE.Untyped && !model.isQuiescent(hart, frame)) return fail('NotQuiescent', frame.stamp);
  frame.type = type;
  model.touched.add(frame.index);
  return ok();
}

/** Why a hart may not touch a thread, or null. */
export function refuseIdle({ home, state }: ModelThread, hart: number): Expected | null {
  if (home !== hart) return fail('WrongHart', home);
  return state === THREAD_STATE.running ? fail('NotIdle', state) : null;
}

function objectToUntyped(model: Model, hart: number, frame: ModelFrame): Expected {
  if (frame.thread !== null) {
    const failure = refuseIdle(frame.thread, hart);
    if (failure !== null) return failure;
  }
  if (frame.count !== 0) return fail('InUse', frame.count);
  if ((frame.type === TYPE.Component || frame.type === TYPE.Thread) && !frame.dead) {
    frame.dead = true;
    frame.stamp = Math.max(frame.stamp, model.epoch);
    model.touched.add(frame.index);
  }
  if (!model.isQuiescent(hart, frame)) return fail('NotQuiescent', frame.stamp);
  const used = firstUsed(frame);
  if (used !== null) return fail('NotEmpty', used);
  if (frame.type === TYPE.Component) {
    model.release(frame.root);
    model.release(frame.table);
  }
  model.becomeUntyped(frame);
  return ok();
}

/** The first slot or entry that is in use. */
function firstUsed(frame: ModelFrame): number | null {
  if (frame.type === TYPE.CapabilityTable) {
    const slot = frame.slots.findIndex(({ kind, child }) => kind !== KIND.None || child >= 0);
    return slot < 0 ? null : slot;
  }
  return isTable(frame.type) && frame.entries.size > 0 ? Math.min(...frame.entries.keys()) : null;
}

/** What Recover gives for a type: kind and rights. */
function recovery(type: number): readonly [number, number] | null {
  if (type === TYPE.CapabilityTable) {
    return [KIND.CapabilityTable, RIGHT.CapabilityTable.remove | RIGHT.CapabilityTable.inspect];
  }
  if (isTable(type)) return [KIND.PageTable, RIGHT.PageTable.remove | RIGHT.PageTable.inspect];
  if (type === TYPE.Component) return [KIND.Component, RIGHT.Component.retire];
  return type === TYPE.Thread ? [KIND.Thread, 0] : null;
}

export function framesRecover(model: Model, hart: number, range: ModelSlot, index: number, target: number): Expected {
  if (target >= SLOTS) return fail('OutOfRange', SLOTS);
  const frame = frameAt(model, range, index);
  if ('error' in frame) return frame;
  if (frame.dead) return fail('Dead');
  const given = recovery(frame.type);
  if (given === null) return fail('WrongType', model.typeAndCount(frame));
  const table = model.tableOf(hart);
  const slot = model.slot(table, target);
  if (slot.kind !== KIND.None) return fail('Occupied', slot.kind);
  if (model.isFull(frame.index)) return fail('Overflow', COUNT_LIMIT);
  const [kind, rights] = given;
  Object.assign(slot, { kind, rights, frame: frame.index, first: 0, count: 0, badge: 0n });
  model.reference(frame.index);
  model.touched.add(table);
  return ok();
}
