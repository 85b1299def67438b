/**
 * Choices among what a model holds: capabilities, slots, entries and frames that suit an operation. Each function asks
 * `pick` for a number below a limit and begins its search there; -1 or null says that nothing suits.
 */
import { KIND, SLOTS } from '../checker/numbers.ts';
import type { Model, ModelFrame, ModelSlot } from '../model/model.ts';

/** A number from 0 to `limit` - 1. */
export type Pick = (limit: number) => number;

/** A seeded generator of numbers (mulberry32): the same seed gives the same run. */
export function seeded(seed: number): Pick {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** Whether something happens that has a chance of `share` in a hundred. The largest number picked says yes: 0 is the plain case. */
export function chance(pick: Pick, share: number): boolean {
  return pick(100) >= 100 - share;
}

/** The first of `count` places, from a random one on, that suits. */
export function search(pick: Pick, count: number, suits: (index: number) => boolean): number {
  if (count <= 0) return -1;
  const start = pick(count);
  for (let step = 0; step < count; step++) {
    const index = (start + step) % count;
    if (suits(index)) return index;
  }
  return -1;
}

/** One of the names, by their weights. */
export function weighted<T>(pick: Pick, weights: readonly (readonly [T, number])[], total: number): T {
  let left = pick(total);
  for (const [name, weight] of weights) {
    if (left < weight) return name;
    left -= weight;
  }
  throw new Error('the weights are less than their total');
}

export function totalOf(weights: readonly (readonly [unknown, number])[]): number {
  return weights.reduce((sum, [, weight]) => sum + weight, 0);
}

/** An id from the indexes of its levels. */
export function identifierOf(indexes: readonly number[]): bigint {
  const bits = indexes.reduce((sum, index, level) => sum | (BigInt(index) << BigInt(6 * level)), 0n);
  return bits | (BigInt(indexes.length - 1) << 24n);
}

export interface Chosen {
  readonly identifier: bigint;
  readonly slot: ModelSlot;
}

/** A table in reach of a hart: its own, or one below. */
function wander(model: Model, hart: number, pick: Pick): { table: number; path: number[] } {
  let table = model.tableOf(hart);
  const path: number[] = [];
  while (path.length < 3 && chance(pick, 30)) {
    const { slots } = model.frame(table);
    const index = search(pick, SLOTS, (at) => (slots[at]?.child ?? -1) >= 0);
    if (index < 0) break;
    path.push(index);
    table = model.slot(table, index).child;
  }
  return { table, path };
}

/** A capability in reach of a hart that suits; in a table below, else in its own. */
export function capability(model: Model, hart: number, pick: Pick, suits: (slot: ModelSlot) => boolean): Chosen | null {
  const { table, path } = wander(model, hart, pick);
  for (const at of path.length === 0
    ? [{ table, path }]
    : [
        { table, path },
        { table: model.tableOf(hart), path: [] },
      ]) {
    const { slots } = model.frame(at.table);
    const index = search(pick, SLOTS, (place) => {
      const slot = slots[place];
      return slot !== undefined && suits(slot);
    });
    if (index >= 0) return { identifier: identifierOf([...at.path, index]), slot: model.slot(at.table, index) };
  }
  return null;
}

/** A capability of a kind with rights. */
export function held(model: Model, hart: number, pick: Pick, kind: number, rights: number): Chosen | null {
  return capability(model, hart, pick, (slot) => slot.kind === kind && (slot.rights & rights) === rights);
}

/** A capability of a kind for an object whose frame suits. */
export function object(
  model: Model,
  hart: number,
  pick: Pick,
  kind: number,
  rights: number,
  suits: (frame: ModelFrame) => boolean,
): Chosen | null {
  return capability(
    model,
    hart,
    pick,
    (slot) => slot.kind === kind && (slot.rights & rights) === rights && suits(model.frame(slot.frame)),
  );
}

/** An index into a Frames range whose frame suits; else any index. */
export function indexInRange(
  model: Model,
  pick: Pick,
  range: ModelSlot,
  suits: (frame: ModelFrame) => boolean,
): number {
  const found = search(pick, range.count, (index) => suits(model.frame(range.first + index - model.first)));
  return found >= 0 ? found : pick(Math.max(1, range.count));
}

/** An empty slot of a table, or any. */
export function emptySlotOf(model: Model, pick: Pick, table: number): number {
  const { slots } = model.frame(table);
  const found = search(pick, SLOTS, (index) => slots[index]?.kind === KIND.None);
  return found >= 0 ? found : pick(SLOTS);
}
