/** What the named cases share: a fresh machine, calls by name, and answers as a person writes them. */
import type { ExecutionContext } from 'ava';
import { HartMachine } from '../support/hart-machine.ts';
import { FIRST, HART_FRAME, OWN } from '../support/memory-machine.ts';
import { SOFTWARE } from '../support/processor.ts';
import { caller, rangeOf } from '../random/reclaim.ts';
import type { Expected } from '../model/model.ts';
import { KIND, TYPE, type ErrorName, type OperationName } from '../checker/numbers.ts';
import { Trial } from '../model/trial.ts';

const machine = new HartMachine();
/** Where the threads of other harts are. */
const LAST_FRAME = 59;
const LAST_SLOT = 63;

type Value = number | bigint;
/** Where invocations enter. */
export const ENTRY = 0x4000;

/** A case: every call is also made on the model, and every invariant is tested after it. */
export class Case {
  readonly trial = new Trial(machine);
  readonly machine = machine;
  readonly #t: ExecutionContext;

  constructor(t: ExecutionContext) {
    this.#t = t;
  }

  /** A call of the first component, whatever it answers. */
  call(capability: Value, name: OperationName, ...values: readonly Value[]): Expected {
    return caller(this.trial)(capability, name, ...values);
  }

  /** A call that succeeds. Answers its result. */
  ok(capability: Value, name: OperationName, ...values: readonly Value[]): bigint {
    const answer = this.call(capability, name, ...values);
    this.#t.is(answer.error, 'Ok', name);
    return answer.value;
  }

  /** A call that fails with this error and detail, and changes nothing: not a byte that components can notice. */
  refused(error: ErrorName, detail: Value, capability: Value, name: OperationName, ...values: readonly Value[]): void {
    const before = this.#state();
    const answer = this.call(capability, name, ...values);
    this.#t.like(answer, { error, value: BigInt(detail) }, name);
    this.#t.is(Buffer.compare(before, this.#state()), 0, `${name} changed something`);
  }

  /** The memory without the blocks of the harts, the epoch, and the time of its advance: the watch looks at those. */
  #state(): Uint8Array {
    const { epoch, host } = this.machine;
    return host
      .snapshot()
      .fill(0, HART_FRAME * 4096, (HART_FRAME + 1) * 4096)
      .fill(0, epoch, epoch + 16);
  }

  /** Makes a frame User, Blank or Untyped. */
  retype(frame: number, type: number): bigint {
    const [range, index] = rangeOf(frame);
    return this.ok(range, 'Frames.Retype', index, type);
  }

  /** Makes an object of a kind in an Untyped frame, and a capability for it in a slot of the own table. */
  create(slot: number, kind: number, frame: number, first: Value = 0, second: Value = 0): number {
    const [range, index] = rangeOf(frame);
    this.retype(frame, TYPE.Blank);
    this.ok(OWN.table, 'CapabilityTable.Create', slot, kind, range, index, first, second);
    return slot;
  }

  table(slot: number, frame: number): number {
    return this.create(slot, KIND.CapabilityTable, frame);
  }

  pageTable(slot: number, frame: number, level: number): number {
    return this.create(slot, KIND.PageTable, frame, level);
  }

  /** Type and count of a frame, as Inspect shows them. */
  inspect(frame: number): readonly [type: number, count: number] {
    const [range, index] = rangeOf(frame);
    const word = this.ok(range, 'Frames.Inspect', index);
    return [Number((word >> 24n) & 0xffn), Number(word & 0xff_ffffn)];
  }

  /** The detail of WrongType for a frame. */
  typeAndCount(frame: number): bigint {
    const [type, count] = this.inspect(frame);
    return (BigInt(type) << 24n) + BigInt(count);
  }

  /** A call after which somebody runs who finds in its registers what it has to know. */
  moves(capability: Value, name: OperationName, ...values: readonly Value[]): void {
    this.#t.is(this.call(capability, name, ...values).error, 'Moves', name);
  }

  /** The thread in a frame runs now, in a component, and these are its a0, a1 and so on. */
  expectRunning(frame: number, component: number, ...values: readonly Value[]): void {
    const { model, machine } = this.trial;
    this.#t.deepEqual([model.runningOn(0), model.current(0).component], [frame, component]);
    const { registers } = machine.processor(0);
    this.#t.deepEqual(registers.slice(10, 10 + values.length), values.map(BigInt));
  }

  /** The thread that runs on hart 0 traps. */
  trap(cause: bigint, value: Value = 0n): void {
    this.trial.trap(0, cause, BigInt(value));
  }

  /** The component that runs on hart 0 puts other values into all registers. */
  user(seed: number): void {
    this.trial.step({ kind: 'user', hart: 0, seed });
  }

  /** A component of its own: root and table in the frames before it, and in the slots before its own. */
  component(slot: number, frame: number): number {
    this.table(slot - 2, frame - 2);
    this.pageTable(slot - 1, frame - 1, 2);
    return this.create(slot, KIND.Component, frame, slot - 1, slot - 2);
  }

  /** An entry point of the component in a slot, in the same slot of the own table and of others. */
  invocation(slot: number, component: number, badge: number, ...tables: readonly number[]): number {
    for (const table of [OWN.table, ...tables]) {
      this.ok(table, 'CapabilityTable.Create', slot, KIND.Invocation, component, ENTRY, badge, 0);
    }
    return slot;
  }

  /** Another hart runs in a component from now on, with a thread of its own. */
  start(hart: number, component: number = OWN.component): void {
    const slot = LAST_SLOT - hart;
    const frame = LAST_FRAME - hart;
    if (this.trial.model.frame(frame).thread === null) this.create(slot, KIND.Thread, frame, component, 0);
    this.ok(slot, 'Thread.Migrate', hart);
    this.trial.step({ kind: 'start', hart, thread: frame });
  }

  stop(hart: number): void {
    this.trial.step({ kind: 'stop', hart });
  }

  /** Another hart is interrupted. */
  interrupt(hart: number): void {
    this.trial.step({ kind: 'trap', hart, cause: SOFTWARE, value: 0n });
  }
}

/** Number of a frame, by its index. */
export function number(frame: number): number {
  return FIRST + frame;
}
