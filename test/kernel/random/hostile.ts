/**
 * A hostile component with a few capabilities: its own table, a page table of each level, three threads, eight frames,
 * an entry point of a server, and an interrupt line. Whatever it does, and whatever the server does when it is called,
 * nothing changes that it has no capability for.
 */
import { type HartMachine } from '../support/hart-machine.ts';
import { BOOTER, FREE, OWN } from '../support/memory-machine.ts';
import { seeded, type Pick } from './choose.ts';
import { generate } from './generate.ts';
import { caller } from './reclaim.ts';
import { KIND, TYPE } from '../checker/numbers.ts';
import type { RawMemory } from '../checker/raw.ts';
import { SOFTWARE } from '../support/processor.ts';
import { Trial, type Step } from '../model/trial.ts';

/** Its frames: table, root, component, two page tables, three threads; then those that it can type. */
const TABLE = FREE;
const ROOT = FREE + 1;
const COMPONENT = FREE + 2;
const LEVEL_1 = FREE + 3;
const LEVEL_0 = FREE + 4;
const THREADS = [FREE + 5, FREE + 6, FREE + 7];
const OWN_FRAMES: readonly number[] = [TABLE, ROOT, COMPONENT, LEVEL_1, LEVEL_0, ...THREADS];
/** The server's: table, root, component. */
const SERVER = { table: FREE + 20, root: FREE + 21, component: FREE + 22 };
const ENTRY = 0x4000;
const OWNED = { first: FREE + 10, count: 8 };
const HOSTILE = 1;
const MASK = 0xffff_ffffn;
/** Steps from boot. */
const RUN = 2000;

function create(trial: Trial, slot: number, kind: number, frame: number, first = 0, second = 0): void {
  const call = caller(trial);
  call(OWN.low, 'Frames.Retype', frame, TYPE.Blank);
  call(OWN.table, 'CapabilityTable.Create', slot, kind, OWN.low, frame, first, second);
}

/** Makes the server; the hostile component has an entry point of it, and an interrupt line. */
function prepareServer(trial: Trial): void {
  const call = caller(trial);
  create(trial, 50, KIND.CapabilityTable, SERVER.table);
  create(trial, 51, KIND.PageTable, SERVER.root, 2);
  create(trial, 52, KIND.Component, SERVER.component, 51, 50);
  call(40, 'CapabilityTable.Create', 20, KIND.Invocation, 52, ENTRY, 7, 1);
  call(40, 'CapabilityTable.Create', 21, KIND.Interrupt, OWN.interrupts, 3);
}

/** Makes the component; it runs on another hart, the first one runs nothing. */
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
  prepareServer(trial);
  for (const [index, frame] of THREADS.entries()) {
    create(trial, 45 + index, KIND.Thread, frame, 42);
    call(45 + index, 'Thread.Migrate', HOSTILE);
    call(40, 'CapabilityTable.Copy', 7 + index, 45 + index, 15, 0, 0, MASK);
  }
  trial.step({ kind: 'start', hart: HOSTILE, thread: THREADS[0] ?? 0 });
  trial.step({ kind: 'stop', hart: 0 });
}

/** Frames whose bytes and whose entries must stay as they are. */
function isOutside(frame: number): boolean {
  const own = OWN_FRAMES.includes(frame);
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

const OWN_STEPS: readonly string[] = ['call', 'trap', 'user', 'wake', 'tick', 'line'];

/** A step of the hostile component and its server: half of its calls are wrong on purpose. */
function hostileStep(trial: Trial, pick: Pick): Step {
  const step = generate(trial.model, pick, 50);
  const { chain, sleeping } = trial.model.hart(HOSTILE);
  const isOwn = OWN_STEPS.includes(step.kind) || (step.kind === 'signal' && step.thread === chain[0]);
  if (isOwn) return step;
  return sleeping ? { kind: 'wake', hart: HOSTILE } : { kind: 'trap', hart: HOSTILE, cause: SOFTWARE, value: 0n };
}

export interface Attack {
  /** Its own, without those that made it. */
  readonly calls: number;
  readonly succeeded: number;
}

/** Calls of a trial so far, and how many of them succeeded. */
function countsOf({ histogram }: Trial): Attack {
  let [calls, succeeded] = [0, 0];
  for (const [name, count] of histogram) {
    calls += count;
    if (name.endsWith(' Ok')) succeeded += count;
  }
  return { calls, succeeded };
}

/** Makes at least so many calls. Throws when something outside of the component's authority changed. */
export function attack(machine: HartMachine, seed: number, calls: number): Attack {
  const trial = new Trial(machine);
  const pick = seeded(seed);
  const made = { calls: 0, succeeded: 0 };
  while (made.calls < calls) {
    prepare(trial);
    const prepared = countsOf(trial);
    const entries = machine.entryOf(0);
    const before = outside(trial.watch.raw, entries);
    for (let at = 0; at < RUN && trial.model.hart(HOSTILE).chain.length > 0; at++) trial.step(hostileStep(trial, pick));
    const changed = outside(trial.watch.raw, entries).findIndex((word, index) => word !== before[index]);
    if (changed >= 0)
      throw new Error(`X1: word ${changed} outside of the authority of the component changed (seed ${seed})`);
    trial.full();
    const ended = countsOf(trial);
    made.calls += ended.calls - prepared.calls;
    made.succeeded += ended.succeeded - prepared.succeeded;
  }
  return made;
}
