/** The model: operations on capability tables, but for Create. */
import { COUNT_LIMIT, KIND, RIGHT, SLOTS } from '../checker/numbers.ts';
import { argument, find } from './look-up.ts';
import { emptySlot, fail, ok, type Expected, type Model, type ModelSlot } from './model.ts';

const NO_SLOT = fail('OutOfRange', SLOTS);

export function tableInspect(model: Model, table: number, index: number, field: number): Expected {
  if (field > 3) return fail('OutOfRange', 4);
  if (index >= SLOTS) return NO_SLOT;
  const slot = model.slot(table, index);
  if (field === 3) return ok(slot.child < 0 ? 0 : model.first + slot.child);
  if (slot.kind === KIND.None) return fail('Empty');
  if (field === 0) return ok(slot.kind + slot.rights * 256);
  if (field === 1) return ok(slot.frame < 0 ? slot.first : model.first + slot.frame);
  return ok(slot.kind === KIND.Invocation ? 0 : slot.count);
}

/** The numbers that Copy is given. */
export interface CopyNumbers {
  readonly rights: number;
  readonly first: number;
  readonly count: number;
  readonly mask: bigint;
}

/** Why a copy is not within its source, or null. */
function refuseCopy(source: ModelSlot, { rights, first, count, mask }: CopyNumbers): Expected | null {
  const missing = rights & ~source.rights;
  if (missing !== 0) return fail('MissingRights', missing);
  if (source.kind === KIND.Frames || source.kind === KIND.Device) {
    if (first >= source.count) return fail('OutOfRange', source.count);
    if (count > source.count - first) return fail('OutOfRange', source.count - first + 1);
  } else {
    if (first !== 0) return fail('BadArgument', 3);
    if (count !== 0) return fail('BadArgument', 4);
  }
  return source.kind !== KIND.Thread && mask !== 0n ? fail('BadArgument', 5) : null;
}

export function tableCopy(
  model: Model,
  hart: number,
  table: number,
  index: number,
  identifier: bigint,
  numbers: CopyNumbers,
): Expected {
  if (index >= SLOTS) return NO_SLOT;
  if (numbers.rights > 0xffff) return fail('BadArgument', 2);
  const found = find(model, model.tableOf(hart), identifier, 1);
  if ('failure' in found) return found.failure;
  const source = model.slot(found.place.table, found.place.index);
  if (source.kind === KIND.None) return fail('NoCapability', found.place.level);
  const failure = refuseCopy(source, numbers);
  if (failure !== null) return failure;
  const target = model.slot(table, index);
  if (target.kind !== KIND.None) return fail('Occupied', target.kind);
  if (source.frame >= 0) {
    if (model.frame(source.frame).dead) return fail('Dead');
    if (model.isFull(source.frame)) return fail('Overflow', COUNT_LIMIT);
    model.reference(source.frame);
  }
  const { kind, frame } = source;
  target.kind = kind;
  target.rights = numbers.rights;
  target.frame = frame;
  target.first = source.first + numbers.first;
  target.count = numbers.count === 0 ? source.count - numbers.first : numbers.count;
  target.badge = kind === KIND.Thread ? source.badge & numbers.mask : source.badge;
  target.entry = source.entry;
  target.extra = source.extra;
  model.touched.add(table);
  return ok();
}

export function tableMove(model: Model, hart: number, table: number, index: number, identifier: bigint): Expected {
  if (index >= SLOTS) return NO_SLOT;
  const found = find(model, model.tableOf(hart), identifier, 1);
  if ('failure' in found) return found.failure;
  const source = model.slot(found.place.table, found.place.index);
  if (source.kind === KIND.None) return fail('NoCapability', found.place.level);
  const target = model.slot(table, index);
  if (target.kind !== KIND.None) return fail('Occupied', target.kind);
  const children = [target.child, source.child] as const;
  Object.assign(target, source, { child: children[0] });
  Object.assign(source, emptySlot(), { child: children[1] });
  model.touched.add(table).add(found.place.table);
  return ok();
}

/** Empties a slot of a table; what is linked below it stays. */
function empty(model: Model, table: number, slot: ModelSlot): void {
  if (slot.frame >= 0) model.release(slot.frame);
  Object.assign(slot, emptySlot(), { child: slot.child });
  model.touched.add(table);
}

function unlink(model: Model, table: number, slot: ModelSlot): void {
  model.release(slot.child);
  slot.child = -1;
  model.touched.add(table);
}

export function tableDrop(model: Model, table: number, index: number): Expected {
  if (index >= SLOTS) return NO_SLOT;
  const slot = model.slot(table, index);
  if (slot.kind === KIND.None) return fail('Empty');
  empty(model, table, slot);
  return ok(model.epoch);
}

export function tableClear(model: Model, table: number, first: number, count: number): Expected {
  if (first >= SLOTS) return NO_SLOT;
  if (count === 0) return fail('BadArgument', 1);
  if (count > SLOTS - first) return fail('OutOfRange', SLOTS - first + 1);
  for (const slot of model.frame(table).slots.slice(first, first + count)) {
    if (slot.kind !== KIND.None) empty(model, table, slot);
    if (slot.child >= 0) unlink(model, table, slot);
  }
  return ok(model.epoch);
}

export function tableLink(model: Model, hart: number, table: number, index: number, identifier: bigint): Expected {
  if (index >= SLOTS) return NO_SLOT;
  const child = argument(model, hart, identifier, 1, KIND.CapabilityTable, RIGHT.CapabilityTable.use);
  if ('failure' in child) return child.failure;
  const slot = model.slot(table, index);
  if (slot.child >= 0) return fail('Occupied', KIND.CapabilityTable);
  if (model.isFull(child.slot.frame)) return fail('Overflow', COUNT_LIMIT);
  slot.child = child.slot.frame;
  model.reference(child.slot.frame);
  model.touched.add(table);
  return ok();
}

export function tableUnlink(model: Model, table: number, index: number): Expected {
  if (index >= SLOTS) return NO_SLOT;
  const slot = model.slot(table, index);
  if (slot.child < 0) return fail('Empty');
  unlink(model, table, slot);
  return ok(model.epoch);
}
