/** What plays are made of: the objects that a stage holds, the calls that threads make, and schedulers. */
import { KIND, EPOCH, EVENT, FRAME_BYTES, HART, SLOT, THREAD, TYPE, type OperationName } from '../checker/numbers.ts';
import type { HartMachine } from '../support/hart-machine.ts';
import { referenceOf } from '../checker/raw.ts';
import { addressOf, BOOTER, OWN } from '../support/memory-machine.ts';
import { copy, create, drop, operationNumber, retype, type SystemCall } from './actions.ts';
import type { Performance, Script } from './running-harts.ts';
import { HARTS } from './shared-memory.ts';

/** The bits that a runner wants when a thread of it is signalled. */
export const WAKE = 0x40;
/** The capability that names the calling thread. */
const ITSELF = 64;
/** The deadline that never comes. */
const NEVER = -1;

function system(operation: OperationName, capability: number, ...values: readonly number[]): SystemCall {
  return { operation, capability, values };
}
export const run = (thread: number, wake = WAKE): SystemCall => system('Thread.Run', thread, NEVER, wake);
export const signal = (thread: number, bits: number): SystemCall => system('Thread.Signal', thread, bits);
export const migrate = (thread: number, home: number): SystemCall => system('Thread.Migrate', thread, home);
export const retire = (component: number): SystemCall => system('Component.Retire', component);
export const call = (invocation: number): SystemCall => system('Invocation.Call', invocation, 11, 12);
export const wait = system('Itself.Wait', ITSELF);
export const yieldNow = system('Itself.Yield', ITSELF);
export const leave = system('Itself.Return', ITSELF, 21);
export const quiesce = (stamp: bigint): SystemCall => system('Itself.Quiesce', ITSELF, Number(stamp));

/** Where a component of a play is: its frame, those of its root and its table, and the slots of all three. */
export interface Place {
  readonly component: number;
  readonly root: number;
  readonly table: number;
  readonly slot: number;
}

/** What a play sets up, on a machine as it is after boot: hart 0 runs the first thread, hart 1 nothing. */
export class PlayStage {
  readonly machine: HartMachine;

  constructor(machine: HartMachine) {
    this.machine = machine;
    machine.reset();
    machine.setWord(machine.epoch + EPOCH.harts, BigInt(HARTS));
  }

  /** Calls of hart 0 that must succeed. */
  call(...calls: readonly SystemCall[]): void {
    for (const { operation, capability, values } of calls) {
      const number = operationNumber({ operation, capability, values });
      const answer = this.machine.systemCall(0, BigInt(capability), number, values.map(BigInt));
      if (typeof answer === 'string' || answer.error !== 0n) {
        throw new Error(`a play cannot be set up: ${operation} ${typeof answer === 'string' ? answer : answer.error}`);
      }
    }
  }

  /** A thread in a frame, in the component of a slot, with a capability in a slot. */
  thread(frame: number, slot: number, component: number = OWN.component): void {
    this.call(retype(frame, TYPE.Blank), create(slot, KIND.Thread, frame, component, 0));
  }

  /** A component in three frames from `frame` on, with capabilities in three slots from `slot` on and what its table holds. */
  component(frame: number, slot: number, contents: readonly (readonly [number, number])[] = []): Place {
    for (const at of [frame, frame + 1, frame + 2]) this.call(retype(at, TYPE.Blank));
    this.call(create(slot + 1, KIND.PageTable, frame + 1, 2), create(slot + 2, KIND.CapabilityTable, frame + 2));
    this.call(create(slot, KIND.Component, frame, slot + 1, slot + 2));
    for (const [to, from] of contents) this.call(copy(to, from, 0xf & this.#rightsOf(from), slot + 2));
    return { component: frame, root: frame + 1, table: frame + 2, slot };
  }

  #rightsOf(slot: number): number {
    const header = this.machine.word(BOOTER.table * FRAME_BYTES + slot * SLOT.bytes);
    return Number((header >> 8n) & 0xffffn);
  }

  /** An invocation of a component. */
  invocation(slot: number, component: number): void {
    this.call({
      operation: 'CapabilityTable.Create',
      capability: OWN.table,
      values: [slot, KIND.Invocation, component, 0x5000, 7, 0],
    });
  }

  /** A capability is dropped, and hart 0, which runs alone, follows the epoch past that. */
  forget(slot: number): void {
    this.call(drop(slot), quiesce(this.machine.word(this.machine.epoch + EPOCH.current)));
  }

  /** Whether hart 1 runs nothing. */
  isAlone(): boolean {
    return this.machine.word(this.machine.hartBlock(1) + HART.thread) === 0n;
  }

  /** A thread becomes the outermost one of hart 1. */
  start(frame: number): void {
    this.machine.start(1, frame);
  }

  /** The thread in a frame is where it is after its first Wait, and a thread has run it. */
  waits(frame: number, runner: number): void {
    const { machine } = this;
    machine.setWord(frame * FRAME_BYTES + THREAD.status, 2n);
    const incarnation = machine.word(machine.entryOf(runner)) >> 32n;
    machine.setWord(frame * FRAME_BYTES + THREAD.runner, referenceOf(addressOf(runner * FRAME_BYTES), incarnation));
    machine.setWord(frame * FRAME_BYTES + THREAD.wakeBits, BigInt(WAKE));
  }
}

export interface Play {
  readonly name: string;
  readonly setup: (stage: PlayStage) => () => Performance;
}

/** What threads have written down in an execution. */
export type Log = string[];

/** Waits for its signals, so often, then yields for good. */
export function* waiter(log: Log, name: string, times = 1): Script {
  for (let time = 0; time < times; time++) {
    const { value } = yield wait;
    log.push(`${name} ${value}`);
  }
  yield yieldNow;
}

/**
 * Runs threads by turns; sleeps when all of them wait, takes signals when it is told of some. It ends when each of
 * `until` has yielded. One that is not the outermost thread can be told Interrupted for other reasons: it signals itself,
 * by the capability in slot `self`, so that its Wait answers at once.
 */
export function* scheduler(slots: readonly number[], until: readonly number[], self?: number): Script {
  const yielded = new Set<number>();
  for (let round = 0; round < 16 && !until.every((slot) => yielded.has(slot)); round++) {
    let told = false;
    for (const slot of slots) {
      if (yielded.has(slot) || told) continue;
      const { value: event } = yield run(slot);
      if (event === BigInt(EVENT.Yielded)) yielded.add(slot);
      told = event === BigInt(EVENT.Interrupted);
    }
    if (told && self !== undefined) yield signal(self, 0x80);
    if (told || !until.every((slot) => yielded.has(slot))) yield wait;
  }
}

/** Makes calls one after the other. */
export function* calls(log: Log, name: string, ...list: readonly SystemCall[]): Script {
  for (const one of list) {
    const { error } = yield one;
    log.push(`${name} ${one.operation} ${error}`);
  }
}

/**
 * Tries to make each frame of an object Untyped and to use it anew, once: what the other hart does meanwhile can come
 * between the first look whether it is quiescent and the second.
 */
export function* reuse(log: Log, ...frames: readonly number[]): Script {
  for (const frame of frames) {
    const { error } = yield retype(frame, TYPE.Untyped);
    if (error !== 0n) continue;
    const again = yield retype(frame, TYPE.Blank);
    log.push(`reuse ${frame} ${again.error}`);
  }
}

export function expectLog(log: Log, ...lines: readonly string[]): void {
  const missing = lines.filter((line) => !log.includes(line));
  if (missing.length > 0)
    throw new Error(`"${missing.join('", "')}" did not happen: a signal was lost\n${log.join('\n')}`);
}
