/** Small states of the machine from which two harts set out. Both run the first component. */
import { KIND, EPOCH, HART, NEVER, TYPE } from '../checker/numbers.ts';
import { BOOTER, FIRST, FREE_COUNT, OWN, type MemoryMachine } from '../support/memory-machine.ts';
import {
  copy,
  create,
  drop,
  ENTRY,
  FREE,
  HELPER,
  HELPING,
  linkNode,
  linkTable,
  map,
  NAMED,
  operationNumber,
  retype,
  STALE,
  SUBJECT,
  unlinkNode,
  unmap,
  USER,
  WEAK,
  type SystemCall,
} from './actions.ts';
import { HARTS } from './shared-memory.ts';
import type { Held } from './safety.ts';

export interface Scene {
  readonly name: string;
  readonly setup: (stage: Stage) => void;
}

/** What a scene sets up, on a machine as it is after boot. */
export class Stage {
  readonly machine: MemoryMachine;
  /** What TLBs hold that is no longer in memory. */
  readonly held: Held[] = [];
  /** References to the subject that are in no memory. */
  phantoms = 0;

  constructor(machine: MemoryMachine) {
    this.machine = machine;
    machine.reset();
    machine.enter(1, BOOTER.component);
    // No other hart has ever run.
    machine.setWord(machine.epoch + EPOCH.harts, BigInt(HARTS));
  }

  /** Calls of hart 0 that must succeed. */
  call(...calls: readonly SystemCall[]): void {
    this.machine.current = 0;
    for (const call of calls) {
      const { error } = this.machine.invoke(BigInt(call.capability), operationNumber(call), call.values.map(BigInt));
      if (error !== 0n) throw new Error(`a scene cannot be set up: ${call.operation} answers error ${error}`);
    }
  }

  /** Hart 0 took an entry out of a page table: the other one may still hold it. */
  holds(frame: number): void {
    this.held.push({ frame, event: -1, harts: ((1 << HARTS) - 1) & ~1 });
  }

  /** A new epoch, which every hart has reached: what was released before is quiescent. */
  settle(): void {
    const { machine } = this;
    machine.setWord(machine.epoch, machine.word(machine.epoch) + 1n);
    for (let hart = 0; hart < HARTS; hart++) machine.interrupt(hart);
    this.held.length = 0;
  }

  /** Maps a frame and unmaps it in the present epoch: the other hart may still reach it. */
  used(frame: number): void {
    this.call(retype(frame, TYPE.User), map(ENTRY, frame), unmap(ENTRY), retype(frame, TYPE.Untyped));
    this.holds(frame);
  }
}

/** What every scene has: memory that was used before, a helper table and a weak capability for it. */
export function prepare(stage: Stage): void {
  const { machine } = stage;
  for (let frame = SUBJECT; frame < SUBJECT + FREE_COUNT && frame < 30; frame++) {
    machine.bytes.fill(0xa5, frame * 4096, (frame + 1) * 4096);
  }
  stage.call(
    retype(USER, TYPE.User),
    retype(HELPER, TYPE.Blank),
    retype(HELPER + 1, TYPE.Blank),
    create(HELPING, KIND.CapabilityTable, HELPER),
    copy(WEAK, HELPING, 8),
  );
  stage.settle();
  stage.used(STALE);
}

const table = [retype(SUBJECT, TYPE.Blank), create(NAMED, KIND.CapabilityTable, SUBJECT)];
const insert = copy(5, OWN.low, 15, NAMED);
const node = [retype(SUBJECT, TYPE.Blank), create(NAMED, KIND.PageTable, SUBJECT, 0)];
const mapInIt: SystemCall = { operation: 'PageTable.Map', capability: NAMED, values: [3, OWN.low, USER, 6] };

export const SCENES: readonly Scene[] = [
  { name: 'untyped', setup: () => undefined },
  { name: 'untyped, just released', setup: (stage) => stage.used(SUBJECT) },
  { name: 'user', setup: (stage) => stage.call(retype(SUBJECT, TYPE.User)) },
  {
    name: 'user, held',
    setup: (stage) => {
      stage.call(retype(SUBJECT, TYPE.User));
      stage.machine.call('frameReference', BigInt(FIRST + SUBJECT), BigInt(TYPE.User));
      stage.phantoms = 1;
    },
  },
  { name: 'mapped', setup: (stage) => stage.call(retype(SUBJECT, TYPE.User), map(ENTRY, SUBJECT)) },
  { name: 'blank', setup: (stage) => stage.call(retype(SUBJECT, TYPE.Blank)) },
  { name: 'weak capability', setup: (stage) => stage.call(copy(NAMED, WEAK, 8)) },
  { name: 'table', setup: (stage) => stage.call(...table) },
  { name: 'table with a capability', setup: (stage) => stage.call(...table, insert) },
  {
    name: 'table with a capability, linked',
    setup: (stage) => stage.call(...table, insert, linkTable(FREE, NAMED)),
  },
  { name: 'two capabilities', setup: (stage) => stage.call(...table, copy(FREE, NAMED, 15)) },
  { name: 'orphan table', setup: (stage) => stage.call(...table, drop(NAMED)) },
  {
    name: 'orphan table, long ago',
    setup: (stage) => {
      stage.call(...table, drop(NAMED));
      stage.settle();
      stage.used(STALE);
    },
  },
  { name: 'node', setup: (stage) => stage.call(...node) },
  { name: 'node, linked', setup: (stage) => stage.call(...node, linkNode(NAMED)) },
  { name: 'node with a page, linked', setup: (stage) => stage.call(...node, mapInIt, linkNode(NAMED)) },
  {
    name: 'node with a page of a device',
    setup: (stage) =>
      stage.call(...node, { operation: 'PageTable.Map', capability: NAMED, values: [3, OWN.serial, 0, 2] }),
  },
  {
    name: 'orphan node',
    setup: (stage) => {
      stage.call(...node, linkNode(NAMED), unlinkNode(), drop(NAMED));
      stage.holds(SUBJECT);
    },
  },
  {
    name: 'component',
    setup: (stage) =>
      stage.call(retype(SUBJECT, TYPE.Blank), create(NAMED, KIND.Component, SUBJECT, OWN.root, HELPING)),
  },
  {
    name: 'orphan component',
    setup: (stage) =>
      stage.call(retype(SUBJECT, TYPE.Blank), create(NAMED, KIND.Component, SUBJECT, OWN.root, HELPING), drop(NAMED)),
  },
  {
    name: 'thread',
    setup: (stage) => stage.call(retype(SUBJECT, TYPE.Blank), create(NAMED, KIND.Thread, SUBJECT, OWN.component, 0)),
  },
  {
    name: 'orphan thread',
    setup: (stage) =>
      stage.call(retype(SUBJECT, TYPE.Blank), create(NAMED, KIND.Thread, SUBJECT, OWN.component, 0), drop(NAMED)),
  },
];

/** Hart 1 runs in the subject, a component that no capability names, with a table and a root of its own. */
export const INSIDE: Scene = {
  name: 'inside a component that nobody names',
  setup: (stage) => {
    const root = HELPER + 1;
    const { table, low, level0, level1 } = OWN;
    stage.call(
      create(NAMED, KIND.PageTable, root, 2),
      retype(SUBJECT, TYPE.Blank),
      create(FREE, KIND.Component, SUBJECT, NAMED, HELPING),
      copy(table, table, 15, HELPING),
      copy(low, low, 15, HELPING),
      copy(level0, level0, 15, HELPING),
      copy(level1, level1, 15, HELPING),
      drop(NAMED),
      drop(FREE),
    );
    stage.settle();
    stage.used(STALE);
    stage.machine.enter(1, SUBJECT);
  },
};

/** Hart 1 runs nothing yet. */
export const IDLE: Scene = {
  name: 'table, and a hart that runs nothing',
  setup: (stage) => {
    stage.call(...table);
    stage.machine.setWord(stage.machine.hartBlock(1) + HART.done, NEVER);
  },
};

export function scene(name: string): Scene {
  const found = SCENES.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`there is no scene "${name}"`);
  return found;
}
