/** The model: Create. */
import {
  COUNT_LIMIT,
  HARTS,
  INTERRUPT_LINES,
  INVOCATION,
  KIND,
  NEVER,
  RIGHT,
  SLOTS,
  TYPE,
} from '../checker/numbers.ts';
import { keyOf } from '../checker/raw.ts';
import { frameAt } from './frames.ts';
import { argument } from './look-up.ts';
import { emptySlot, fail, newThread, ok, type Expected, type Model, type ModelFrame, type ModelSlot } from './model.ts';

/** Where a new object goes. */
interface Site {
  readonly slot: ModelSlot;
  readonly frame: ModelFrame;
}

/** What Create is given: six registers, and the table that was invoked. */
export interface CreateCall {
  readonly hart: number;
  readonly table: number;
  readonly values: readonly bigint[];
}

function site(model: Model, { hart, table, values }: CreateCall): Site | Expected {
  const [index = 0n, , frames = 0n, frameIndex = 0n] = values;
  if (index >= BigInt(SLOTS)) return fail('OutOfRange', SLOTS);
  const range = argument(model, hart, frames, 2, KIND.Frames, RIGHT.Frames.retype);
  if ('failure' in range) return range.failure;
  const frame = frameAt(model, range.slot, Number(frameIndex));
  if ('error' in frame) return frame;
  if (frame.type !== TYPE.Blank) return fail('WrongType', model.typeAndCount(frame));
  const slot = model.slot(table, Number(index));
  if (slot.kind !== KIND.None) return fail('Occupied', slot.kind);
  return frame.count === 0 ? { slot, frame } : fail('InUse', frame.count);
}

/** The object is there, counted once by its slot. */
function make(
  model: Model,
  call: CreateCall,
  { slot, frame }: Site,
  type: number,
  kind: number,
  rights: number,
): Expected {
  frame.type = type;
  frame.slots = type === TYPE.CapabilityTable ? Array.from({ length: SLOTS }, emptySlot) : [];
  frame.entries = new Map();
  const badge = kind === KIND.Thread ? NEVER : 0n;
  Object.assign(slot, { kind, rights, frame: frame.index, first: 0, count: 0, badge });
  model.reference(frame.index);
  model.touched.add(call.table);
  return ok();
}

function createTable(model: Model, call: CreateCall): Expected {
  const [, , , , a4, a5] = call.values;
  if (a4 !== 0n) return fail('BadArgument', 4);
  if (a5 !== 0n) return fail('BadArgument', 5);
  const place = site(model, call);
  return 'error' in place ? place : make(model, call, place, TYPE.CapabilityTable, KIND.CapabilityTable, 15);
}

function createPageTable(model: Model, call: CreateCall): Expected {
  const [, , , , level = 0n, a5] = call.values;
  if (level > 2n) return fail('OutOfRange', 3);
  if (a5 !== 0n) return fail('BadArgument', 5);
  const place = site(model, call);
  return 'error' in place ? place : make(model, call, place, TYPE.PageTable0 + Number(level), KIND.PageTable, 15);
}

function createComponent(model: Model, call: CreateCall): Expected {
  const [, , , , rootId = 0n, tableId = 0n] = call.values;
  const root = argument(model, call.hart, rootId, 4, KIND.PageTable, RIGHT.PageTable.link);
  if ('failure' in root) return root.failure;
  const table = argument(model, call.hart, tableId, 5, KIND.CapabilityTable, RIGHT.CapabilityTable.use);
  if ('failure' in table) return table.failure;
  const place = site(model, call);
  if ('error' in place) return place;
  const level = model.frame(root.slot.frame).type - TYPE.PageTable0;
  if (level !== 2) return fail('WrongLevel', level);
  if (model.isFull(root.slot.frame) || model.isFull(table.slot.frame)) return fail('Overflow', COUNT_LIMIT);
  place.frame.root = root.slot.frame;
  place.frame.table = table.slot.frame;
  model.reference(root.slot.frame);
  model.reference(table.slot.frame);
  return make(model, call, place, TYPE.Component, KIND.Component, 3);
}

function createThread(model: Model, call: CreateCall): Expected {
  const [, , , , componentId = 0n, home = 0n] = call.values;
  if (home >= BigInt(HARTS)) return fail('OutOfRange', HARTS);
  if (home !== BigInt(call.hart)) return fail('WrongHart', call.hart);
  const component = argument(model, call.hart, componentId, 4, KIND.Component, RIGHT.Component.bind);
  if ('failure' in component) return component.failure;
  const target = model.frame(component.slot.frame);
  if (target.dead) return fail('Dead');
  const place = site(model, call);
  if ('error' in place) return place;
  place.frame.thread = newThread(target.index, target.incarnation, call.hart);
  return make(model, call, place, TYPE.Thread, KIND.Thread, 15);
}

/** Names its component weakly; keeps the highest place of a stack's top from which it may be called. */
function createInvocation(model: Model, call: CreateCall): Expected {
  const [index = 0n, , componentId = 0n, entry = 0n, badge = 0n, levels = 0n] = call.values;
  if (entry % 2n !== 0n || entry >= 1n << 38n) return fail('BadArgument', 3);
  if (levels >= BigInt(INVOCATION.levels)) return fail('OutOfRange', INVOCATION.levels);
  const component = argument(model, call.hart, componentId, 2, KIND.Component, RIGHT.Component.bind);
  if ('failure' in component) return component.failure;
  const target = model.frame(component.slot.frame);
  if (target.dead) return fail('Dead');
  if (index >= BigInt(SLOTS)) return fail('OutOfRange', SLOTS);
  const slot = model.slot(call.table, Number(index));
  if (slot.kind !== KIND.None) return fail('Occupied', slot.kind);
  const first = model.first + target.index;
  const count = INVOCATION.start + (INVOCATION.levels - 1 - Number(levels)) * INVOCATION.bytes;
  const extra = keyOf(TYPE.Component, BigInt(target.incarnation));
  Object.assign(slot, {
    kind: KIND.Invocation,
    rights: RIGHT.Invocation.call,
    frame: -1,
    first,
    count,
    badge,
    entry,
    extra,
  });
  model.touched.add(call.table);
  return ok();
}

/** Lives wholly in its slot: the number of a line. */
function createInterrupt(model: Model, call: CreateCall): Expected {
  const [index = 0n, , controlId = 0n, line = 0n, a4, a5] = call.values;
  if (a4 !== 0n) return fail('BadArgument', 4);
  if (a5 !== 0n) return fail('BadArgument', 5);
  const control = argument(model, call.hart, controlId, 2, KIND.InterruptControl, RIGHT.Interrupt.bind);
  if ('failure' in control) return control.failure;
  if (line === 0n || line >= BigInt(INTERRUPT_LINES)) return fail('OutOfRange', INTERRUPT_LINES);
  if (index >= BigInt(SLOTS)) return fail('OutOfRange', SLOTS);
  const slot = model.slot(call.table, Number(index));
  if (slot.kind !== KIND.None) return fail('Occupied', slot.kind);
  const rights = RIGHT.Interrupt.bind | RIGHT.Interrupt.acknowledge;
  const words = { first: Number(line), count: 0, badge: 0n, entry: 0n, extra: 0n };
  Object.assign(slot, { kind: KIND.Interrupt, rights, frame: -1, ...words });
  model.touched.add(call.table);
  return ok();
}

export function tableCreate(model: Model, call: CreateCall): Expected {
  switch (Number(call.values[1] ?? 0n)) {
    case KIND.CapabilityTable:
      return createTable(model, call);
    case KIND.PageTable:
      return createPageTable(model, call);
    case KIND.Component:
      return createComponent(model, call);
    case KIND.Thread:
      return createThread(model, call);
    case KIND.Invocation:
      return createInvocation(model, call);
    case KIND.Interrupt:
      return createInterrupt(model, call);
    default:
      return fail('BadArgument', 1);
  }
}
