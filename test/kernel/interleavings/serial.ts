/**
 * Whether what two harts got is what they could have got one call after the other: each call in one step, in some
 * order that keeps that of each hart. A call may instead have failed because of the other hart; then it did nothing.
 */
import { COMPONENT, ERROR, FRAME_BYTES, HART, NEVER } from '../checker/numbers.ts';
import { FIRST, MachineStopped, type MemoryMachine } from '../support/memory-machine.ts';
import { operationNumber, type Call, type SystemCall } from './actions.ts';
import type { StateDifference } from './state.ts';
import { HARTS } from './shared-memory.ts';
import { resultOf, STOPPED, type Result } from './two-harts.ts';

/**
 * Errors that another hart can bring about in the middle of a call: the call has done nothing. Busy; Occupied: what
 * the call is about was there when it looked, and the place for it was taken when it came to that; InUse: a hart that
 * loses the race for a reference holds one for a moment; Dead: what a slot named has died since.
 */
const LOST: ReadonlySet<bigint> = new Set(
  [ERROR.Busy, ERROR.Occupied, ERROR.InUse, ERROR.Dead].map((error) => BigInt(error)),
);
const WRONG_TYPE = BigInt(ERROR.WrongType);
/** Errors that tell what was a moment ago, when loads are performed out of order: the call has done nothing. */
const PAST: ReadonlySet<bigint> = new Set([BigInt(ERROR.Empty), BigInt(ERROR.NoCapability), WRONG_TYPE]);
const NOT_QUIESCENT = BigInt(ERROR.NotQuiescent);

/** What two harts did, and the state after it. */
export interface Outcome {
  readonly calls: readonly (readonly Call[])[];
  readonly results: readonly (readonly Result[])[];
  readonly state: string;
  /** Some load read an old value. */
  readonly reordered: boolean;
}

/** A call, or a part of a Clear: others can come between the parts. */
interface Step {
  readonly call: Call;
  readonly seen: Result;
  readonly part: boolean;
  /** A part of a Clear may leave its slot as another hart is about to leave it. */
  readonly skips: boolean;
}

/** Whether a call changes a slot of the table that all harts use, or the link below it, other than by Clear. */
function changesSlot(call: Call, slot: number, link: boolean): boolean {
  if ('name' in call) return false;
  if (link) return call.operation === 'CapabilityTable.Link' && call.values[0] === slot;
  if (call.operation === 'Frames.Recover') return call.values[1] === slot;
  if (!/^CapabilityTable\.(Create|Copy|Move|Drop)$/.test(call.operation)) return false;
  return call.values[0] === slot || (call.operation === 'CapabilityTable.Move' && call.values[1] === slot);
}

/** A Clear as what it does to each slot or entry. */
function clearParts(call: SystemCall, seen: Result, others: readonly Call[]): readonly Step[] {
  const [first = 0, count = 0] = call.values;
  const places = Array.from({ length: count }, (_, index) => first + index);
  if (call.operation === 'PageTable.Clear') {
    return places.map((place) => ({ call: { ...call, values: [place, 1] }, seen, part: true, skips: false }));
  }
  return places.flatMap((place) =>
    [false, true].map((link) => ({
      call: { ...call, operation: link ? 'CapabilityTable.Unlink' : 'CapabilityTable.Drop', values: [place] },
      seen,
      part: true,
      skips: others.some((other) => changesSlot(other, place, link)),
    })),
  );
}

function stepsOf(outcome: Outcome, hart: number): readonly Step[] {
  const others = outcome.calls[1 - hart] ?? [];
  return (outcome.results[hart] ?? []).flatMap((seen, at): readonly Step[] => {
    const call = outcome.calls[hart]?.[at];
    if (call === undefined) throw new Error('a hart has more answers than calls');
    if ('name' in call || !call.operation.endsWith('.Clear') || seen.error !== 0n) {
      return [{ call, seen, part: false, skips: false }];
    }
    return clearParts(call, seen, others);
  });
}

/** Whether the value of an answer is a stamp, or shows what another hart is doing at this moment. */
function isFleeting(call: Call): boolean {
  if ('name' in call) return true;
  return /\.(Unmap|Unlink|Drop|Clear|Protect)$/.test(call.operation) || call.operation === 'Frames.Inspect';
}

function isSame(call: Call, one: Result, other: Result): boolean {
  if (one.stopped || other.stopped) return one.stopped === other.stopped;
  if (one.error !== other.error) return false;
  if (one.error === NOT_QUIESCENT) return true;
  if (one.error === 0n && isFleeting(call)) return true;
  // A detail of WrongType shows the count too, in which another hart may hold a reference for a moment.
  return one.error === WRONG_TYPE ? one.value >> 24n === other.value >> 24n : one.value === other.value;
}

export class SerialOrders {
  readonly #machine: MemoryMachine;
  readonly #difference: StateDifference;

  constructor(machine: MemoryMachine, difference: StateDifference) {
    this.#machine = machine;
    this.#difference = difference;
  }

  /** Whether other harts seem to have passed every epoch, or none: a call is then quiescent, or not. */
  #setQuiescence(hart: number, quiescent: boolean): void {
    const { machine } = { machine: this.#machine };
    for (let other = 0; other < HARTS; other++) {
      const block = machine.hartBlock(other);
      machine.setWord(block + HART.attention, 0n);
      if (other !== hart) machine.setWord(block + HART.done, quiescent ? NEVER : 0n);
      else machine.setWord(block + HART.done, machine.word(machine.epoch));
    }
  }

  /** Whether the component of a hart lives. */
  #lives(hart: number): boolean {
    const machine = this.#machine;
    const { frame, key } = machine.componentOf(hart);
    return machine.word(machine.entryOf(frame)) >> 24n === key;
  }

  /** Makes one call in one step. */
  make(hart: number, call: Call, quiescent: boolean): Result {
    this.#setQuiescence(hart, quiescent);
    const machine = this.#machine;
    machine.current = hart;
    if ('name' in call) {
      const value = machine.call(call.name, ...call.values);
      return resultOf(call.name === 'frameReference' ? value : undefined);
    }
    try {
      const values = call.values.map(BigInt);
      return resultOf({ ...machine.invoke(BigInt(call.capability), operationNumber(call), values) });
    } catch (error) {
      if (!(error instanceof MachineStopped)) throw error;
      return STOPPED;
    }
  }

  /** Whether a call can have the result that was seen, as the next step. The machine is as it is after it then. */
  #fits(hart: number, { call, seen, part }: Step, reordered: boolean): boolean {
    if (seen.stopped) return !this.#lives(hart);
    if (LOST.has(seen.error) || (reordered && PAST.has(seen.error))) return true;
    const got = this.make(hart, call, seen.error !== NOT_QUIESCENT);
    return isSame(call, got, seen) || (part && got.error === BigInt(ERROR.Empty));
  }

  /** Whether some order of the calls gives these results and this state. The machine is in the first state. */
  explains(outcome: Outcome): boolean {
    const steps = outcome.calls.map((_, hart) => stepsOf(outcome, hart));
    return this.#search(
      outcome,
      steps,
      steps.map(() => 0),
    );
  }

  #search(outcome: Outcome, steps: readonly (readonly Step[])[], next: readonly number[]): boolean {
    if (steps.every((list, hart) => list.length === next[hart])) return this.#difference.text() === outcome.state;
    const before = this.#machine.host.snapshot();
    for (const [hart, list] of steps.entries()) {
      const step = list[next[hart] ?? 0];
      if (step === undefined) continue;
      const further = next.map((count, other) => (other === hart ? count + 1 : count));
      if (this.#fits(hart, step, outcome.reordered) && this.#search(outcome, steps, further)) return true;
      this.#machine.host.restore(before);
      if (step.skips && this.#search(outcome, steps, further)) return true;
      this.#machine.host.restore(before);
    }
    return false;
  }
}

/** Frames that a hart uses without a reference: those of its component. */
export function pinnedFrames(machine: MemoryMachine): readonly number[] {
  const frames: number[] = [];
  for (let hart = 0; hart < HARTS; hart++) {
    const component = machine.componentOf(hart).frame;
    for (const field of [COMPONENT.root, COMPONENT.table]) {
      frames.push(Number(machine.word(component * FRAME_BYTES + field)) - FIRST);
    }
  }
  return frames;
}
