/**
 * Random steps that suit the state: most calls name what they need, so that many succeed; some are spoilt in one
 * place, so that every refusal occurs.
 */
import { BOOTER, OWN } from '../support/memory-machine.ts';
import {
  capability,
  chance,
  emptySlotOf,
  held,
  indexInRange,
  object,
  search,
  totalOf,
  weighted,
  type Chosen,
  type Pick,
} from './choose.ts';
import { spoil, world } from './generate-odd.ts';
import {
  bindValues,
  canRun,
  invokedFor,
  isDeepening,
  isDue,
  isLeaving,
  ITSELF,
  itselfValues,
  rouse,
  threadValues,
  trap,
  wayOut,
} from './generate-threads.ts';
import type { ModelCall } from '../model/call.ts';
import { isTable } from '../model/frames.ts';
import { NEEDS } from '../model/look-up.ts';
import type { Model, ModelFrame, ModelSlot } from '../model/model.ts';
import { KIND, OPERATION, RIGHT, SLOTS, TYPE, type OperationName } from '../checker/numbers.ts';
import type { Step } from '../model/trial.ts';

/** How often each operation is tried. The first is what a shrunk counterexample tends to. */
const WEIGHTS: readonly (readonly [OperationName, number])[] = [
  ['Frames.Inspect', 2],
  ['Frames.Retype', 26],
  ['CapabilityTable.Create', 15],
  ['PageTable.Map', 14],
  ['PageTable.Unmap', 7],
  ['CapabilityTable.Copy', 8],
  ['CapabilityTable.Move', 4],
  ['CapabilityTable.Drop', 8],
  ['CapabilityTable.Link', 4],
  ['CapabilityTable.Unlink', 3],
  ['CapabilityTable.Clear', 2],
  ['Frames.Recover', 5],
  ['PageTable.Protect', 3],
  ['PageTable.Link', 5],
  ['PageTable.Unlink', 3],
  ['PageTable.Clear', 2],
  ['CapabilityTable.Inspect', 2],
  ['PageTable.Inspect', 2],
  ['Thread.Run', 14],
  ['Invocation.Call', 12],
  ['Itself.Return', 8],
  ['Itself.Yield', 5],
  ['Itself.Wait', 5],
  ['Thread.Signal', 6],
  ['Thread.ReadRegister', 4],
  ['Thread.WriteRegister', 4],
  ['Thread.Migrate', 2],
  ['Thread.Inspect', 1],
  ['Component.Retire', 2],
  ['Component.Inspect', 1],
  ['Itself.Quiesce', 1],
  ['Interrupt.Bind', 3],
  ['Interrupt.Unbind', 2],
  ['Interrupt.Acknowledge', 3],
  ['Hart.Inspect', 1],
];
const TOTAL = totalOf(WEIGHTS);
/** What makes room when no frame is Untyped. */
const REMOVALS: readonly OperationName[] = [
  'PageTable.Unmap',
  'PageTable.Unmap',
  'CapabilityTable.Drop',
  'CapabilityTable.Drop',
  'PageTable.Unlink',
  'CapabilityTable.Unlink',
  'PageTable.Clear',
];

/** What the generator goes by: the state, a hart that makes the call, numbers. */
export interface Scene {
  readonly model: Model;
  readonly hart: number;
  readonly pick: Pick;
}
type Values = readonly (number | bigint)[];

/** An id that was found, or one that names whatever there is. */
function id(scene: Scene, chosen: { identifier: bigint } | null): bigint {
  return chosen?.identifier ?? BigInt(scene.pick(SLOTS));
}

function isFree({ type }: ModelFrame): boolean {
  return type === TYPE.Untyped;
}
function isReturnable({ type, count }: ModelFrame): boolean {
  return count === 0 && type >= TYPE.User;
}
function isEmptied(frame: ModelFrame): boolean {
  const used = frame.entries.size > 0 || frame.slots.some(({ kind, child }) => kind !== KIND.None || child >= 0);
  return isReturnable(frame) && !used;
}
function isObject({ type }: ModelFrame): boolean {
  return type >= TYPE.CapabilityTable;
}
function isLost(frame: ModelFrame): boolean {
  return isObject(frame) && frame.count === 0;
}

function retype({ model, pick }: Scene, range: ModelSlot): Values {
  if (!model.frames.some(isFree) || chance(pick, 40)) {
    const wanted = chance(pick, 25) ? isReturnable : isEmptied;
    return [indexInRange(model, pick, range, chance(pick, 10) ? isObject : wanted), TYPE.Untyped];
  }
  return [indexInRange(model, pick, range, isFree), chance(pick, 60) ? TYPE.Blank : TYPE.User];
}

function recover({ model, hart, pick }: Scene, range: ModelSlot): Values {
  const isThere = chance(pick, 60) ? isLost : isObject;
  return [indexInRange(model, pick, range, isThere), emptySlotOf(model, pick, model.tableOf(hart))];
}

/** Which of the choices of `create` makes a thread. */
const THREAD = 7;

function create(scene: Scene, table: number): Values {
  const { model, hart, pick } = scene;
  const frames = held(model, hart, pick, KIND.Frames, RIGHT.Frames.retype);
  const index = frames === null ? 0 : indexInRange(model, pick, frames.slot, ({ type }) => type === TYPE.Blank);
  const place = [emptySlotOf(model, pick, table), 0, id(scene, frames), index] as const;
  const make = (kind: number, first: number | bigint, second: number | bigint): Values => [
    place[0],
    kind,
    place[2],
    place[3],
    first,
    second,
  ];
  const component = () => held(model, hart, pick, KIND.Component, RIGHT.Component.bind);
  switch (isDeepening(model) && chance(pick, 60) ? THREAD : pick(11)) {
    case 6: {
      const level = chance(pick, 20) ? isTableFrame : isRoot;
      const root = object(model, hart, pick, KIND.PageTable, RIGHT.PageTable.link, level);
      const own = held(model, hart, pick, KIND.CapabilityTable, RIGHT.CapabilityTable.use);
      return make(KIND.Component, id(scene, root), id(scene, own));
    }
    case 10: {
      const control = held(model, hart, pick, KIND.InterruptControl, RIGHT.Interrupt.bind);
      return [place[0], KIND.Interrupt, id(scene, control), chance(pick, 5) ? pick(40) : 1 + pick(4)];
    }
    case THREAD:
    case 8:
      return make(KIND.Thread, id(scene, component()), chance(pick, 95) ? hart : pick(9));
    case 9: {
      const levels = chance(pick, 20) ? pick(20) : pick(3);
      return [place[0], KIND.Invocation, id(scene, component()), pick(1 << 20) * 2, pick(1 << 20), levels];
    }
    default:
      return pick(3) === 0 ? make(KIND.CapabilityTable, 0, 0) : make(KIND.PageTable, pick(3), 0);
  }
}
function isRoot({ type }: ModelFrame): boolean {
  return type === TYPE.PageTable2;
}
function isTableFrame({ type }: ModelFrame): boolean {
  return isTable(type);
}

/** Slots that the first component rarely gives up, and those without which it can take nothing back: hardly ever. */
function dearSlots(pick: Pick): readonly number[] {
  if (!chance(pick, 1)) return Object.values(OWN);
  return pick(20) === 0 ? [] : [OWN.table, OWN.low, OWN.high];
}

/** A slot of a table that holds something. */
function fullSlot({ model, pick }: Scene, table: number): number {
  const dear = table === BOOTER.table ? dearSlots(pick) : [];
  const { slots } = model.frame(table);
  const found = search(pick, SLOTS, (index) => slots[index]?.kind !== KIND.None && !dear.includes(index));
  return found < 0 ? SLOTS - 1 : found;
}

function childSlot({ model, pick }: Scene, table: number, linked: boolean): number {
  const { slots } = model.frame(table);
  return Math.max(
    0,
    search(pick, SLOTS, (index) => (slots[index]?.child ?? -1) >= 0 === linked),
  );
}

function copy(scene: Scene, table: number): Values {
  const { model, hart, pick } = scene;
  const source = capability(model, hart, pick, ({ kind }) => kind !== KIND.None);
  const rights = source?.slot.rights ?? 0;
  const given = chance(pick, 50) ? rights & pick(16) : rights;
  const isRange = source?.slot.kind === KIND.Frames || source?.slot.kind === KIND.Device;
  const first = isRange && chance(pick, 30) ? pick(source.slot.count) : 0;
  const count = isRange && chance(pick, 30) ? pick(source.slot.count - first + 1) : 0;
  const mask = source?.slot.kind === KIND.Thread ? BigInt(pick(0x1_0000)) : 0n;
  return [emptySlotOf(model, pick, table), id(scene, source), given, first, count, mask];
}

function move(scene: Scene, table: number): Values {
  const { model, hart, pick } = scene;
  const dear = dearSlots(pick).map((index) => model.slot(BOOTER.table, index));
  const source = capability(model, hart, pick, (slot) => slot.kind !== KIND.None && !dear.includes(slot));
  return [emptySlotOf(model, pick, table), id(scene, source)];
}

function clearTable({ pick }: Scene, table: number): Values {
  const first = table === BOOTER.table ? 40 + pick(24) : pick(SLOTS);
  const most = Math.min(table === BOOTER.table ? 4 : 64, SLOTS - first);
  return [first, chance(pick, 5) ? 0 : 1 + pick(most)];
}

/** An entry of a page table that is in use, or not. */
function entryOf({ pick }: Scene, node: ModelFrame, used: boolean): number {
  if (!used)
    return chance(pick, 10)
      ? pick(512)
      : Math.max(
          0,
          search(pick, 24, (index) => !node.entries.has(index)),
        );
  const keys = [...node.entries.keys()];
  return keys[pick(Math.max(1, keys.length))] ?? pick(24);
}

const PERMISSIONS: readonly number[] = [2, 6, 6, 8, 10];

function map(scene: Scene, node: ModelFrame): Values {
  const { model, hart, pick } = scene;
  const device = chance(pick, 12);
  const permissions = PERMISSIONS[pick(device ? 3 : 5)] ?? 2;
  const held_ = held(model, hart, pick, device ? KIND.Device : KIND.Frames, permissions);
  if (held_ === null) return [entryOf(scene, node, false), id(scene, null), 0, permissions];
  const page = device
    ? pick(held_.slot.count)
    : indexInRange(model, pick, held_.slot, ({ type }) => type === TYPE.User);
  return [entryOf(scene, node, chance(pick, 5)), held_.identifier, page, permissions];
}

function link(scene: Scene, node: ModelFrame): Values {
  const { model, hart, pick } = scene;
  const level = chance(pick, 15) ? isTableFrame : ({ type }: ModelFrame): boolean => type === node.type - 1;
  const child = object(model, hart, pick, KIND.PageTable, RIGHT.PageTable.link, level);
  return [entryOf(scene, node, chance(pick, 5)), id(scene, child)];
}

function clearPages(scene: Scene, node: ModelFrame): Values {
  const first = entryOf(scene, node, true);
  return [first, chance(scene.pick, 5) ? 0 : 1 + scene.pick(40)];
}

function onRange(scene: Scene, name: OperationName, range: ModelSlot): Values {
  if (name === 'Frames.Retype') return retype(scene, range);
  return name === 'Frames.Recover' ? recover(scene, range) : [scene.pick(Math.max(1, range.count))];
}

function onTable(scene: Scene, name: OperationName, table: number): Values {
  switch (name) {
    case 'CapabilityTable.Create':
      return create(scene, table);
    case 'CapabilityTable.Copy':
      return copy(scene, table);
    case 'CapabilityTable.Move':
      return move(scene, table);
    case 'CapabilityTable.Drop':
      return [fullSlot(scene, table)];
    case 'CapabilityTable.Clear':
      return clearTable(scene, table);
    case 'CapabilityTable.Link':
      return [
        childSlot(scene, table, false),
        id(scene, held(scene.model, scene.hart, scene.pick, KIND.CapabilityTable, RIGHT.CapabilityTable.use)),
      ];
    case 'CapabilityTable.Unlink':
      return [childSlot(scene, table, true)];
    default:
      return [scene.pick(SLOTS), scene.pick(4)];
  }
}

function onNode(scene: Scene, name: OperationName, node: ModelFrame): Values {
  switch (name) {
    case 'PageTable.Map':
      return map(scene, node);
    case 'PageTable.Protect':
      return [entryOf(scene, node, true), PERMISSIONS[scene.pick(PERMISSIONS.length)] ?? 2];
    case 'PageTable.Link':
      return link(scene, node);
    case 'PageTable.Clear':
      return clearPages(scene, node);
    case 'PageTable.Inspect':
      return [chance(scene.pick, 30) ? scene.pick(512) : entryOf(scene, node, true)];
    default:
      return [entryOf(scene, node, !chance(scene.pick, 10))];
  }
}

/** A page table for an operation, most often of a level that it is for. */
function node(scene: Scene, name: OperationName): { identifier: bigint; slot: ModelSlot } | null {
  const { model, hart, pick } = scene;
  const rights = NEEDS[name][1];
  const lowest = ['PageTable.Map', 'PageTable.Unmap', 'PageTable.Protect'].includes(name);
  const linking = ['PageTable.Link', 'PageTable.Unlink'].includes(name);
  const removing = name !== 'PageTable.Map' && name !== 'PageTable.Link';
  const isOwn = (frame: ModelFrame): boolean => frame.index === BOOTER.level0 || frame.index === BOOTER.level1;
  const isLevel = ({ type }: ModelFrame): boolean =>
    lowest ? type === TYPE.PageTable0 : !linking || type > TYPE.PageTable0;
  const suits = (frame: ModelFrame): boolean =>
    isLevel(frame) && (!removing || (frame.entries.size > 0 && !isOwn(frame)));
  if (chance(pick, 5)) return held(model, hart, pick, KIND.PageTable, rights);
  return (
    object(model, hart, pick, KIND.PageTable, rights, suits) ??
    object(model, hart, pick, KIND.PageTable, rights, isLevel)
  );
}

function callOf(hart: number, capability: bigint, name: OperationName, values: Values): ModelCall {
  const operation = BigInt(OPERATION[name]);
  return { hart, capability, operation, values: [0, 1, 2, 3, 4, 5].map((at) => BigInt(values[at] ?? 0)) };
}

/** The capability that is invoked. */
function invokedOf(scene: Scene, name: OperationName): Chosen | null {
  const [kind, rights] = NEEDS[name];
  if (kind === KIND.PageTable) return node(scene, name);
  const isPlain = [KIND.Frames, KIND.CapabilityTable, KIND.Interrupt, KIND.Hart].some((plain) => plain === kind);
  return isPlain ? held(scene.model, scene.hart, scene.pick, kind, rights) : invokedFor(scene, name, kind, rights);
}

/** The arguments of an operation on what a slot holds. */
function valuesOf(scene: Scene, name: OperationName, slot: ModelSlot): Values {
  switch (NEEDS[name][0]) {
    case KIND.Frames:
      return onRange(scene, name, slot);
    case KIND.CapabilityTable:
      return onTable(scene, name, slot.frame);
    case KIND.PageTable:
      return onNode(scene, name, scene.model.frame(slot.frame));
    case KIND.Interrupt:
      return name === 'Interrupt.Bind' ? bindValues(scene) : [];
    case KIND.Hart:
      return [scene.pick(3)];
    default:
      return threadValues(scene, name, slot);
  }
}

/** A call of one operation that may well succeed. */
function suited(scene: Scene, name: OperationName): ModelCall {
  const { hart, pick } = scene;
  const ends = name === 'Itself.Return' && isLeaving(scene);
  if (NEEDS[name][0] === KIND.Itself) {
    return callOf(hart, ITSELF, ends ? 'Itself.Yield' : name, itselfValues(scene));
  }
  const invoked = invokedOf(scene, name);
  if (invoked !== null) return callOf(hart, invoked.identifier, name, valuesOf(scene, name, invoked.slot));
  return chance(pick, 60)
    ? callOf(hart, ITSELF, wayOut(scene), itselfValues(scene))
    : callOf(hart, id(scene, null), name, []);
}

const COMING_BACK: readonly OperationName[] = ['Itself.Return', 'Itself.Yield', 'Itself.Wait'];
const GOING_ON: readonly OperationName[] = ['Thread.Run', 'Thread.Run', 'Invocation.Call'];

/** What brings more threads into each other: one runs, or is made. */
function goOn({ model, hart, pick }: Scene): OperationName {
  const name = GOING_ON[pick(GOING_ON.length)] ?? 'Thread.Run';
  if (name !== 'Thread.Run' || model.frames.some((frame) => canRun(model, hart, frame)) || chance(pick, 20))
    return name;
  return model.frames.some(({ type }) => type === TYPE.Blank) ? 'CapabilityTable.Create' : 'Frames.Retype';
}

/** The operation that is tried next. */
function operation(scene: Scene): OperationName {
  const { model, pick } = scene;
  const name = weighted(pick, WEIGHTS, TOTAL);
  if (isDeepening(model) && (COMING_BACK.includes(name) || chance(pick, 30))) return goOn(scene);
  const wanted = name === 'CapabilityTable.Create' ? TYPE.Blank : TYPE.Untyped;
  const uses = name === 'CapabilityTable.Create' || name === 'Frames.Retype';
  if (!uses || model.frames.some(({ type }) => type === wanted) || !chance(pick, 60)) return name;
  return wanted === TYPE.Blank ? 'Frames.Retype' : (REMOVALS[pick(REMOVALS.length)] ?? name);
}

/** A hart that is awake, most often the first. */
function awakeHart(model: Model, pick: Pick): number {
  const awake = model.harts.flatMap(({ chain, sleeping }, hart) => (chain.length === 0 || sleeping ? [] : [hart]));
  return awake[chance(pick, 20) ? pick(awake.length) : 0] ?? -1;
}

/** The next step. */
export function generate(model: Model, pick: Pick, spoiled = 15): Step {
  if (chance(pick, 4)) return world(model, pick);
  const hart = awakeHart(model, pick);
  if (hart < 0) return rouse(model, pick) ?? world(model, pick);
  const scene = { model, hart, pick };
  if (chance(pick, isDue(model, hart) ? 50 : isDeepening(model) ? 2 : 6)) return trap(scene);
  if (chance(pick, 8)) return { kind: 'user', hart, seed: pick(0x7fff_ffff) };
  const call = suited(scene, operation(scene));
  return { kind: 'call', call: chance(pick, spoiled) ? spoil(scene, call) : call };
}
