/**
 * A hostile component with a few capabilities: its own table, a page table of each level, and eight frames. Whatever it
 * calls, nothing that it has no capability for changes.
 */
import { BOOTER, FREE, OWN, type MemoryMachine } from '../support/memory-machine.ts';
import { seeded, type Pick } from './choose.ts';
import { generate } from './generate.ts';
import { caller } from './reclaim.ts';
import { KIND, TYPE } from '../checker/numbers.ts';
import type { RawMemory } from '../checker/raw.ts';
import { Trial, type Step } from '../model/trial.ts';

/** Its frames: table, root, component, two page tables; then those that it can type. */
const TABLE = FREE;
const ROOT = FREE + 1;
const COMPONENT = FREE + 2;
const LEVEL_1 = FREE + 3;
const LEVEL_0 = FREE + 4;
const OWNED = { first: FREE + 10, count: 8 };
const HOSTILE = 1;
/** Steps from boot. */
const RUN = 500;

function create(trial: Trial, slot: number, kind: number, frame: number, first = 0, second = 0): void {
  const call = caller(trial);
  call(OWN.low, 'Frames.Retype', frame, TYPE.Blank);
  call(OWN.table, 'CapabilityTable.Create', slot, kind, OWN.low, frame, first, second);
}

/** Makes the component; it runs on another hart, the first one sleeps. */
function prepare(trial: Trial): void {
  const call = caller(trial);
  trial.restart();
  create(trial, 40, KIND.CapabilityTable, TABLE);
  create(trial, 41, KIND.PageTable, ROOT, 2);
  create(trial, 42, KIND.Component, COMPONENT, 41, 40);
  create(trial, 43, KIND.PageTable, LEVEL_1, 1);
  create(trial, 44, KIND.PageTable, LEVEL_0, 0);
  call(40, 'CapabilityTable.Copy', 0, 40, 15);
  call(40, 'CapabilityTable.Copy', 1, OWN.low, 15, OWNED.first, OWNED.count);
  for (const [slot, source] of [
    [2, 41],
    [3, 43],
    [4, 44],
  ] as const) {
    call(40, 'CapabilityTable.Copy', slot, source, 15);
  }
  call(40, 'CapabilityTable.Copy', 5, OWN.serial, 2, 1, 1);
  call(40, 'CapabilityTable.Copy', 6, 42, 3);
  trial.step({ kind: 'enter', hart: HOSTILE, component: COMPONENT });
  trial.step({ kind: 'leave', hart: 0 });
}

/** Frames whose bytes and whose entries must stay as they are. */
function isOutside(frame: number): boolean {
  const own = [TABLE, ROOT, COMPONENT, LEVEL_1, LEVEL_0].includes(frame);
  return !own && (frame < OWNED.first || frame >= OWNED.first + OWNED.count) && frame > BOOTER.table - 1;
}

/** All that lies outside of the component's authority, as one list of words. */
function outside(raw: RawMemory, entries: number): readonly number[] {
  const words: number[] = [];
  for (let frame = 0; frame < 64; frame++) {
    if (!isOutside(frame)) continue;
    for (let byte = frame * 4096; byte < (frame + 1) * 4096; byte += 8) words.push(raw.number(byte));
    words.push(raw.number(entries + frame * 16), raw.number(entries + frame * 16 + 8));
  }
  return words;
}

/** A step of the hostile component alone: half of its calls are wrong on purpose. */
function hostileStep(trial: Trial, pick: Pick): Step {
  const step = generate(trial.model, pick, 50);
  return step.kind === 'call' ? step : { kind: 'interrupt', hart: HOSTILE };
}

export interface Attack {
  readonly calls: number;
  readonly succeeded: number;
}

/** Makes at least so many calls. Throws when something outside of the component's authority changed. */
export function attack(machine: MemoryMachine, seed: number, calls: number): Attack {
  const trial = new Trial(machine);
  const pick = seeded(seed);
  const made = (): number => [...trial.histogram.values()].reduce((sum, count) => sum + count, 0);
  while (made() < calls) {
    prepare(trial);
    const entries = machine.entryOf(0);
    const before = outside(trial.watch.raw, entries);
    for (let at = 0; at < RUN && trial.model.hart(HOSTILE).done !== Infinity; at++)
      trial.step(hostileStep(trial, pick));
    const changed = outside(trial.watch.raw, entries).findIndex((word, index) => word !== before[index]);
    if (changed >= 0)
      throw new Error(`X1: word ${changed} outside of the authority of the component changed (seed ${seed})`);
    trial.full();
  }
  const good = [...trial.histogram].filter(([name]) => name.endsWith(' Ok'));
  return { calls: made(), succeeded: good.reduce((sum, [, count]) => sum + count, 0) };
}
