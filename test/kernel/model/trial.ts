/**
 * One run of the kernel beside the model: each step is made on both, the answers are compared, the invariants tested
 * on the raw memory, and the memory compared with the model.
 */
import { MachineStopped, type MemoryMachine } from '../support/memory-machine.ts';
import { bootModel, modelEnter, modelLeave } from './boot.ts';
import { modelCall, type ModelCall } from './call.ts';
import { compare } from './compare.ts';
import { ERROR_NAMES, type Expected, type Model } from './model.ts';
import { operationOf } from './look-up.ts';
import { ERROR, FRAME_BYTES, INCARNATION_LIMIT } from '../checker/numbers.ts';
import { MemoryWatch } from '../checker/watch.ts';

/** What happens next: a system call, or something that the kernel does not decide. */
export type Step =
  | { readonly kind: 'call'; readonly call: ModelCall }
  /** Time passes, in ticks. */
  | { readonly kind: 'tick'; readonly ticks: number }
  /** A hart begins to run in a component; stops running; comes into the kernel by an interrupt. */
  | { readonly kind: 'enter'; readonly hart: number; readonly component: number }
  | { readonly kind: 'leave'; readonly hart: number }
  | { readonly kind: 'interrupt'; readonly hart: number }
  /** So many holders that nobody sees have references to a frame from now on. */
  | { readonly kind: 'pin'; readonly frame: number; readonly holders: number }
  /** An Untyped frame gets another incarnation. */
  | { readonly kind: 'age'; readonly frame: number; readonly incarnation: number }
  /** A component writes into its memory. */
  | { readonly kind: 'write'; readonly frame: number; readonly offset: number; readonly value: bigint };

/** The kernel did something else than the model. */
export class Difference extends Error {
  constructor(text: string, step: string) {
    super(`${step}: ${text}`);
    this.name = 'Difference';
  }
}

export class Trial {
  readonly machine: MemoryMachine;
  readonly watch: MemoryWatch;
  model: Model;
  /** Whether the first component's thread has nothing left to run in. */
  over = false;
  /** The answers of all calls by `operation error`; those of the look-up begin with `look-up`. */
  readonly histogram = new Map<string, number>();

  constructor(machine: MemoryMachine) {
    machine.reset();
    this.machine = machine;
    this.watch = new MemoryWatch(machine);
    this.model = bootModel();
    this.#compareAll('boot');
  }

  /** Everything as after boot; the histogram goes on. */
  restart(): void {
    this.machine.reset();
    this.watch.restart();
    this.model = bootModel();
    this.over = false;
  }

  step(step: Step): void {
    if (step.kind === 'call') this.call(step.call);
    else this.#happen(step);
  }

  /** One system call. Answers what the model expected and the kernel answered. */
  call(call: ModelCall): Expected {
    const expected = modelCall(this.model, call);
    this.machine.current = call.hart;
    this.machine.interrupts.length = 0;
    const answer = this.#invoke(call);
    const done = { ...call, ...(answer ?? { error: BigInt(ERROR.Dead), value: 0n, stopped: true }) };
    this.watch.after(done);
    const found = answer === null ? 'Stops' : (ERROR_NAMES.get(answer.error) ?? `error ${answer.error}`);
    const value = answer?.value ?? 0n;
    if (found !== expected.error || value !== expected.value) {
      const wanted = `the model expected ${expected.error}, ${expected.value}`;
      throw new Difference(`the kernel answered ${found}, ${value}; ${wanted}`, describeCall(call));
    }
    const interrupts = this.machine.interrupts.join();
    const interrupted = this.model.interrupted.map((hart) => 100 + hart).join();
    if (interrupts !== interrupted) {
      throw new Difference(`interrupted the harts ${interrupts}; expected ${interrupted}`, describeCall(call));
    }
    this.#compare(call);
    this.#count(call, expected);
    if (answer === null) this.#lose(call.hart);
    return expected;
  }

  /** The kernel's answer, or null when it stopped the machine. */
  #invoke(call: ModelCall): { error: bigint; value: bigint } | null {
    try {
      return this.machine.invoke(call.capability, call.operation, call.values);
    } catch (error) {
      if (error instanceof MachineStopped) return null;
      throw error;
    }
  }

  #compare(call: ModelCall): void {
    const { model, watch } = this;
    const frames = new Set(model.touched);
    for (const page of watch.changed) if (page < model.frames.length) frames.add(page);
    const difference = compare(model, watch.raw, watch.places, frames);
    if (difference !== null) throw new Difference(difference, describeCall(call));
  }

  #compareAll(what: string): void {
    const difference = compare(this.model, this.watch.raw, this.watch.places, this.model.frames.keys());
    if (difference !== null) throw new Difference(difference, what);
  }

  /** The whole memory against all invariants and the whole model. */
  full(): void {
    this.watch.full();
    this.#compareAll('a look at everything');
  }

  #count(call: ModelCall, expected: Expected): void {
    const operation = operationOf(call.operation) ?? 'none';
    const key = `${expected.lookUp ? 'look-up ' : ''}${operation} ${expected.error}`;
    this.histogram.set(key, (this.histogram.get(key) ?? 0) + 1);
  }

  /** The component of a hart's thread is dead: the hart runs nothing any more. */
  #lose(hart: number): void {
    this.machine.leave(hart);
    modelLeave(this.model, hart);
    this.watch.adopt();
    this.over ||= hart === 0;
  }

  #happen(step: Exclude<Step, { kind: 'call' }>): void {
    const { machine, model } = this;
    switch (step.kind) {
      case 'tick':
        model.now += step.ticks;
        machine.now = BigInt(model.now);
        return;
      case 'enter':
        machine.enter(step.hart, step.component);
        modelEnter(model, step.hart, model.frame(step.component));
        break;
      case 'leave':
        machine.leave(step.hart);
        modelLeave(model, step.hart);
        break;
      case 'interrupt':
        if (!this.#interrupt(step.hart)) return this.#lose(step.hart);
        break;
      case 'pin':
        this.#pin(step.frame, step.holders);
        break;
      case 'age':
        machine.setWord(machine.entryOf(step.frame), (BigInt(step.incarnation) << 32n) + 0x200_0000n);
        model.frame(step.frame).incarnation = Math.min(step.incarnation, INCARNATION_LIMIT);
        break;
      case 'write':
        machine.setWord(step.frame * FRAME_BYTES + step.offset, step.value);
    }
    this.watch.adopt();
  }

  #interrupt(hart: number): boolean {
    const alive = this.model.enter(hart);
    if (this.machine.interrupt(hart) !== alive)
      throw new Difference(`expected alive: ${alive}`, `interrupt of hart ${hart}`);
    return alive;
  }

  #pin(frame: number, holders: number): void {
    const { machine, model, watch } = this;
    const more = holders - (watch.phantoms.get(frame) ?? 0);
    machine.setWord(machine.entryOf(frame), machine.word(machine.entryOf(frame)) + BigInt(more));
    model.frame(frame).count += more;
    if (holders === 0) watch.phantoms.delete(frame);
    else watch.phantoms.set(frame, holders);
  }
}

/** A call as a person reads it. */
export function describeCall({ hart, capability, operation, values }: ModelCall): string {
  const name = operationOf(operation) ?? `operation ${operation}`;
  const text = values.map((value) => (value > 0xffffn ? `0x${value.toString(16)}` : value.toString())).join(', ');
  return `hart ${hart}: ${name} of ${describeIdentifier(capability)} (${text})`;
}

function describeIdentifier(identifier: bigint): string {
  const levels = Number(identifier >> 24n);
  if (identifier < 64n || levels > 3) return `0x${identifier.toString(16)}`;
  const indexes = Array.from({ length: levels + 1 }, (_, level) => (identifier >> BigInt(6 * level)) & 63n);
  return indexes.join('/');
}

/** A step as a person reads it. */
export function describeStep(step: Step): string {
  if (step.kind === 'call') return describeCall(step.call);
  return Object.entries(step)
    .map(([name, value]) => (name === 'kind' ? `${value}` : `${name} ${value}`))
    .join(' ');
}
