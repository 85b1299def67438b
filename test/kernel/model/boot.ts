/** The model as it is after boot: the first component that `memory-machine.ts` makes. */
import { BOOTER, FIRST, FRAMES, HOLE, OWN, RANGES } from '../support/memory-machine.ts';
import { emptySlot, Model, newThread } from './model.ts';
import { KIND, NEVER, SLOTS, THREAD_STATE, TYPE } from '../checker/numbers.ts';

/** Ticks in 1 ms of a counter of 10 MHz. */
const INTERVAL = 10_000;

/** An idle thread becomes the outermost one of a hart. */
export function modelStart(model: Model, hart: number, index: number): void {
  const thread = model.thread(index);
  Object.assign(thread, { state: THREAD_STATE.running, home: hart, moved: false, runner: -1, runnerIncarnation: 0 });
  const found = model.hart(hart);
  found.chain.splice(0, found.chain.length, index);
  Object.assign(found, { done: model.epoch, wake: false, timer: NEVER, sleeping: false });
}

/** A hart runs nothing from now on. */
export function modelStop(model: Model, hart: number): void {
  const found = model.hart(hart);
  found.chain.length = 0;
  Object.assign(found, { done: Infinity, wake: false, sleeping: false });
}

function grant(
  model: Model,
  slot: number,
  kind: number,
  rights: number,
  more: Partial<{ frame: number; first: number; count: number; badge: bigint }>,
): void {
  Object.assign(model.slot(BOOTER.table, slot), { kind, rights, ...more });
}

function bootSlots(model: Model): void {
  grant(model, OWN.table, KIND.CapabilityTable, 15, { frame: BOOTER.table });
  grant(model, OWN.root, KIND.PageTable, 15, { frame: BOOTER.root });
  grant(model, OWN.level1, KIND.PageTable, 15, { frame: BOOTER.level1 });
  grant(model, OWN.level0, KIND.PageTable, 15, { frame: BOOTER.level0 });
  grant(model, OWN.component, KIND.Component, 3, { frame: BOOTER.component });
  grant(model, OWN.thread, KIND.Thread, 15, { frame: BOOTER.thread, badge: NEVER });
  grant(model, OWN.console, KIND.Console, 1, {});
  grant(model, OWN.system, KIND.System, 1, {});
  grant(model, OWN.interrupts, KIND.InterruptControl, 1, {});
  grant(model, OWN.hart, KIND.Hart, 1, { first: 100 });
  grant(model, OWN.low, KIND.Frames, 15, RANGES.low);
  grant(model, OWN.high, KIND.Frames, 15, RANGES.high);
  grant(model, OWN.serial, KIND.Device, 6, RANGES.serial);
  grant(model, OWN.bridge, KIND.Device, 6, RANGES.bridge);
}

function bootFrames(model: Model): void {
  const { table, root, level1, level0, component, thread, image, stack, info } = BOOTER;
  const type = (index: number, to: number, count: number): void => {
    Object.assign(model.frame(index), { type: to, count });
  };
  for (const index of [0, 1, 2, 3, ...HOLE]) type(index, TYPE.Reserved, 0);
  type(table, TYPE.CapabilityTable, 2);
  type(root, TYPE.PageTable2, 2);
  type(level1, TYPE.PageTable1, 2);
  type(level0, TYPE.PageTable0, 2);
  type(component, TYPE.Component, 1);
  type(thread, TYPE.Thread, 1);
  for (const index of [image, stack, info]) type(index, TYPE.User, 1);
  model.frame(table).slots = Array.from({ length: SLOTS }, emptySlot);
  model.frame(root).entries.set(0, { page: FIRST + level1, permissions: 0 });
  model.frame(level1).entries.set(0, { page: FIRST + level0, permissions: 0 });
  model.frame(level0).entries.set(1, { page: FIRST + image, permissions: 10 });
  model.frame(level0).entries.set(2, { page: FIRST + stack, permissions: 6 });
  model.frame(level0).entries.set(3, { page: FIRST + info, permissions: 2 });
  Object.assign(model.frame(component), { root, table });
  model.frame(thread).thread = newThread(component, 0, 0);
}

export function bootModel(): Model {
  const model = new Model(FIRST, FRAMES, INTERVAL);
  bootFrames(model);
  bootSlots(model);
  modelStart(model, 0, BOOTER.thread);
  return model;
}
