/**
 * Takes all memory back, whatever was built in it (INV10): with the Frames capabilities and its own table the first
 * component recovers every object, empties it, and makes every frame Untyped that it does not itself run on.
 */
import { BOOTER, OWN, RANGES } from '../support/memory-machine.ts';
import { search, type Pick } from './choose.ts';
import { ITSELF } from './generate-threads.ts';
import type { Expected, Model } from '../model/model.ts';
import { CHAIN, HARTS, INVOCATION, KIND, OPERATION, SLOTS, TYPE, type OperationName } from '../checker/numbers.ts';
import type { Trial } from '../model/trial.ts';

/** What the first component runs on: it cannot give these back while it runs. */
export const OWN_FRAMES: readonly number[] = [BOOTER.table, BOOTER.root, BOOTER.component, BOOTER.thread];
/** Slots without which it can take nothing back. */
const KEPT: readonly number[] = [OWN.table, OWN.low, OWN.high];
/** The slot for what is recovered. */
const RECOVERED = SLOTS - 1;
/** A component gives up its root and its table only when it goes itself, a table what it links only when it is emptied. */
const PASSES = 4;

/** Calls of the first component, by their names. */
export function caller(trial: Trial, hart = 0) {
  return (capability: number | bigint, name: OperationName, ...values: readonly (number | bigint)[]): Expected =>
    trial.call({
      hart,
      capability: BigInt(capability),
      operation: BigInt(OPERATION[name]),
      values: [0, 1, 2, 3, 4, 5].map((index) => BigInt(values[index] ?? 0)),
    });
}

/** Whether the first component lives, in its first incarnation. */
function isFirstAlive(model: Model): boolean {
  return model.isAlive(TYPE.Component, BOOTER.component, 0);
}

/** Whether the first component still has what it needs to take everything back. */
export function canReclaim({ model, over }: Trial): boolean {
  if (over || !isFirstAlive(model)) return false;
  const table = model.slot(BOOTER.table, OWN.table);
  const isTable = table.kind === KIND.CapabilityTable && table.frame === BOOTER.table && table.rights === 15;
  return (
    isTable &&
    ([OWN.low, OWN.high] as const).every((index) => {
      const { kind, rights, first, count } = model.slot(BOOTER.table, index);
      const range = index === OWN.low ? RANGES.low : RANGES.high;
      return kind === KIND.Frames && (rights & 1) === 1 && first === range.first && count === range.count;
    })
  );
}

/** The slot of the Frames capability for a frame, and its index in that range. */
export function rangeOf(frame: number): readonly [number, number] {
  return frame < RANGES.low.count ? [OWN.low, frame] : [OWN.high, frame - RANGES.low.count - 2];
}

/** Drops everything in the own table that is not needed, and what is linked below it. */
function clearOwn(trial: Trial): void {
  const call = caller(trial);
  for (let slot = 0; slot < SLOTS; slot++) {
    if (!KEPT.includes(slot)) call(OWN.table, 'CapabilityTable.Clear', slot, 1);
    else if (trial.model.slot(BOOTER.table, slot).child >= 0) call(OWN.table, 'CapabilityTable.Unlink', slot);
  }
}

/** Recovers the object in a frame, empties it, and drops the capability again. */
function emptyObject(trial: Trial, frame: number): void {
  const call = caller(trial);
  const { type, dead, entries, slots } = trial.model.frame(frame);
  const isInUse = entries.size > 0 || slots.some(({ kind, child }) => kind !== KIND.None || child >= 0);
  if (dead || !isInUse || frame === BOOTER.table) return;
  const [range, index] = rangeOf(frame);
  if (call(range, 'Frames.Recover', index, RECOVERED).error !== 'Ok') return;
  if (type === TYPE.CapabilityTable) call(RECOVERED, 'CapabilityTable.Clear', 0, SLOTS);
  else {
    const length = type === TYPE.PageTable2 ? 256 : 512;
    for (let first = 0; first < length; first += 64) call(RECOVERED, 'PageTable.Clear', first, 64);
  }
  call(OWN.table, 'CapabilityTable.Drop', RECOVERED);
}

/** Makes a frame Untyped. */
function free(trial: Trial, frame: number): void {
  const { thread } = trial.model.frame(frame);
  const [range, index] = rangeOf(frame);
  if (thread !== null && thread.home !== 0) trial.step({ kind: 'bring', thread: frame });
  caller(trial)(range, 'Frames.Retype', index, TYPE.Untyped);
}

/** Frames in an order that is picked. */
function shuffled(pick: Pick, frames: readonly number[]): readonly number[] {
  const left = [...frames];
  const order: number[] = [];
  while (left.length > 0)
    order.push(
      ...left.splice(
        search(pick, left.length, () => true),
        1,
      ),
    );
  return order;
}

/** Everything that the world does to the machine beside the calls comes to an end. */
function settle(trial: Trial): void {
  for (const frame of [...trial.watch.phantoms.keys()]) trial.step({ kind: 'pin', frame, holders: 0 });
  for (let hart = HARTS - 1; hart >= 0; hart--) settleHart(trial, hart);
}

/** The chain of a hart comes back to its outermost thread; every hart but the first stops. False: that thread stopped. */
function settleHart(trial: Trial, hart: number): void {
  const found = trial.model.hart(hart);
  const thread = found.chain[0];
  if (thread === undefined) return;
  if (found.sleeping) {
    trial.step({ kind: 'signal', thread, bits: 1n });
    trial.wake(hart);
  }
  for (let step = 0; step < CHAIN * 2 && found.chain.length > 1; step++) caller(trial, hart)(ITSELF, 'Itself.Yield');
  const callers = (): number => trial.model.thread(thread).callers.length;
  for (let step = 0; step < INVOCATION.levels && found.chain.length > 0 && callers() > 0; step++) {
    caller(trial, hart)(ITSELF, 'Itself.Return');
  }
  if (hart !== 0 && found.chain.length > 0) trial.step({ kind: 'stop', hart });
}

/** Takes all memory back, frames in a random order. Throws when a frame is lost. */
export function reclaim(trial: Trial, pick: Pick): void {
  const { model } = trial;
  settle(trial);
  clearOwn(trial);
  const owned = [...model.frames.keys()].filter((index) => model.frame(index).type !== TYPE.Reserved);
  for (let pass = 0; pass < PASSES; pass++) {
    for (const frame of shuffled(pick, owned)) {
      if (model.frame(frame).type === TYPE.Untyped) continue;
      emptyObject(trial, frame);
      if (!OWN_FRAMES.includes(frame)) free(trial, frame);
    }
  }
  const lost = owned.filter((index) => model.frame(index).type !== TYPE.Untyped && !OWN_FRAMES.includes(index));
  const counted = owned.filter((index) => model.frame(index).count !== 0 && !OWN_FRAMES.includes(index));
  if (lost.length > 0) throw new Error(`INV10: frames ${lost.join(', ')} did not come back`);
  if (counted.length > 0) throw new Error(`INV1: frames ${counted.join(', ')} still count references`);
}
