/** C8: every frame is filled with objects and mappings, threads run and call, and all is given back, a thousand times. */
import test from 'ava';
import { HartMachine } from '../support/hart-machine.ts';
import { BOOTER, FREE_COUNT, OWN } from '../support/memory-machine.ts';
import { capability, chance, emptySlotOf, held, object, search, seeded, type Pick } from './choose.ts';
import { canRun, isLiveEntry, ITSELF } from './generate-threads.ts';
import { caller, OWN_FRAMES, rangeOf, reclaim } from './reclaim.ts';
import type { Expected, ModelFrame } from '../model/model.ts';
import { KIND, NEVER, RIGHT, SLOTS, TYPE } from '../checker/numbers.ts';
import { Trial } from '../model/trial.ts';

const ROUNDS = 1000;
/** Rounds of one test. */
const PART = 100;
/** Runs, Calls and ways back in each round. */
const ACTS = 30;

type Call = ReturnType<typeof caller>;

/** A page table of a type whose capability has all rights. */
function table(trial: Trial, pick: Pick, suits: (frame: ModelFrame) => boolean) {
  return object(trial.model, 0, pick, KIND.PageTable, 15, suits);
}

/** A User frame, mapped up to three times. */
function fillUser(trial: Trial, pick: Pick, call: Call, frame: number): void {
  const [range, index] = rangeOf(frame);
  call(range, 'Frames.Retype', index, TYPE.User);
  for (let times = pick(4); times > 0; times--) {
    const node = table(trial, pick, ({ type }) => type === TYPE.PageTable0);
    if (node !== null) call(node.identifier, 'PageTable.Map', pick(512), range, index, [2, 6, 8, 10][pick(4)] ?? 2);
  }
}

/** Links a page table in one of the level above, or a capability table below a slot: in any, itself included. */
function linkNew(trial: Trial, pick: Pick, call: Call, kind: number, frame: number): void {
  const named = held(trial.model, 0, pick, kind, 15);
  const own = object(trial.model, 0, pick, kind, 15, ({ index }) => index === frame);
  if (own === null || named === null) return;
  if (kind === KIND.CapabilityTable) call(named.identifier, 'CapabilityTable.Link', pick(SLOTS), own.identifier);
  else {
    const { type } = trial.model.frame(frame);
    const above = table(trial, pick, (node) => node.type === type + 1);
    if (above !== null) call(above.identifier, 'PageTable.Link', pick(256), own.identifier);
  }
}

/** An object of some kind, linked somewhere. */
function fillObject(trial: Trial, pick: Pick, call: Call, frame: number): void {
  const [range, index] = rangeOf(frame);
  call(range, 'Frames.Retype', index, TYPE.Blank);
  const target = held(trial.model, 0, pick, KIND.CapabilityTable, 15);
  const slot = emptySlotOf(trial.model, pick, target?.slot.frame ?? 0);
  const invoked = target?.identifier ?? 0n;
  const kind = [KIND.CapabilityTable, KIND.PageTable, KIND.PageTable, KIND.Component, KIND.Thread][pick(5)] ?? 0;
  const make = (first: number | bigint, second: number | bigint): boolean =>
    call(invoked, 'CapabilityTable.Create', slot, kind, range, index, first, second).error === 'Ok';
  const root = object(
    trial.model,
    0,
    pick,
    KIND.PageTable,
    RIGHT.PageTable.link,
    ({ type }) => type === TYPE.PageTable2,
  );
  const space = held(trial.model, 0, pick, KIND.CapabilityTable, RIGHT.CapabilityTable.use);
  const component = held(trial.model, 0, pick, KIND.Component, RIGHT.Component.bind);
  if (kind === KIND.PageTable) make(pick(3), 0);
  else if (kind === KIND.Component) make(root?.identifier ?? 0n, space?.identifier ?? 0n);
  else if (kind === KIND.Thread) make(component?.identifier ?? 0n, 0);
  else make(0, 0);
  if (kind === KIND.PageTable || kind === KIND.CapabilityTable) linkNew(trial, pick, call, kind, frame);
}

/** Gives every frame something to be. Answers how many frames are neither Untyped nor Blank then. */
function fill(trial: Trial, pick: Pick, call: Call): number {
  const { frames } = trial.model;
  const free = (): number => search(pick, frames.length, (index) => isUnused(frames[index]));
  for (let attempts = 0, frame = free(); frame >= 0 && attempts < 1000; frame = free(), attempts++) {
    const { type } = trial.model.frame(frame);
    if (type === TYPE.Untyped && chance(pick, 40)) fillUser(trial, pick, call, frame);
    else fillObject(trial, pick, call, frame);
  }
  return frames.filter((frame) => frame.type !== TYPE.Reserved && !isUnused(frame)).length;
}
function isUnused(frame: ModelFrame | undefined): boolean {
  return frame?.type === TYPE.Untyped || frame?.type === TYPE.Blank;
}

/** Copies capabilities to and fro and drops others: some objects are named many times then, some no more. */
function shuffle(trial: Trial, pick: Pick, call: Call): void {
  const kept: readonly number[] = [OWN.table, OWN.low, OWN.high];
  for (let times = 0; times < 12; times++) {
    const source = held(trial.model, 0, pick, [KIND.CapabilityTable, KIND.PageTable, KIND.Component][pick(3)] ?? 3, 1);
    const target = held(trial.model, 0, pick, KIND.CapabilityTable, 15);
    const slot = emptySlotOf(trial.model, pick, target?.slot.frame ?? 0);
    call(target?.identifier ?? 0n, 'CapabilityTable.Copy', slot, source?.identifier ?? 0n, source?.slot.rights ?? 0);
    const dropped = pick(SLOTS);
    if (!kept.includes(dropped)) call(OWN.table, 'CapabilityTable.Drop', dropped);
  }
}

/** Entry points of some components, in slots that are empty. */
function makeEntries(trial: Trial, pick: Pick, call: Call): void {
  for (let times = 0; times < 6; times++) {
    const component = held(trial.model, 0, pick, KIND.Component, RIGHT.Component.bind);
    const slot = emptySlotOf(trial.model, pick, BOOTER.table);
    if (component === null) return;
    call(OWN.table, 'CapabilityTable.Create', slot, KIND.Invocation, component.identifier, 0x4000, pick(1000), pick(4));
  }
}

/** The thread that runs comes back a little: out of an invocation, or to its runner. */
function comeBack(trial: Trial, call: Call): void {
  call(ITSELF, trial.model.current(0).callers.length > 0 ? 'Itself.Return' : 'Itself.Yield', 1, 2, 3, 4);
}

/** Threads run in each other and call. Answers how many Runs and Calls there were. */
function act(trial: Trial, pick: Pick, call: Call): number {
  const { model } = trial;
  let made = 0;
  for (let times = 0; times < ACTS; times++) {
    const thread = object(model, 0, pick, KIND.Thread, RIGHT.Thread.run, (frame) => canRun(model, 0, frame));
    const entry = capability(model, 0, pick, (slot) => isLiveEntry(model, slot));
    const goes = !chance(pick, 30);
    if (goes && thread !== null && pick(2) === 0) made += moved(call(thread.identifier, 'Thread.Run', NEVER, 0));
    else if (goes && entry !== null) made += moved(call(entry.identifier, 'Invocation.Call', 1, 2, 3, 4));
    else comeBack(trial, call);
  }
  return made;
}
function moved({ error }: Expected): number {
  return error === 'Moves' ? 1 : 0;
}

const machine = new HartMachine();
for (let part = 0; part < ROUNDS / PART; part++) {
  test.serial(
    `C8, INV1, INV10, O1: rounds ${part * PART + 1} to ${(part + 1) * PART} of filling every frame with what runs and is called`,
    (t) => {
      const trial = new Trial(machine);
      const pick = seeded(1000 + part);
      const call = caller(trial);
      const all = trial.model.frames.filter(({ type }) => type !== TYPE.Reserved).length;
      let objects = 0;
      let acts = 0;
      for (let round = 0; round < PART; round++) {
        const filled = fill(trial, pick, call);
        if (filled !== all) t.fail(`round ${round}: ${filled} of ${all} frames are filled`);
        objects += trial.model.frames.filter(({ type }) => type >= TYPE.CapabilityTable).length;
        shuffle(trial, pick, call);
        makeEntries(trial, pick, call);
        acts += act(trial, pick, call);
        trial.full();
        reclaim(trial, pick);
        trial.full();
      }
      const untyped = trial.model.frames.filter(({ type, count }) => type === TYPE.Untyped && count === 0).length;
      t.is(untyped, all - OWN_FRAMES.length, 'every frame but those that the component runs on');
      t.true(untyped > FREE_COUNT && objects > PART * 10 && acts > PART * 4);
      t.log(
        `${[...trial.histogram.values()].reduce((sum, count) => sum + count, 0)} calls, ${objects} objects, ${acts} Runs and Calls`,
      );
    },
  );
}
