/**
 * One run of the kernel beside the model: each step is made on both, the answers are compared, the invariants tested
 * on the raw memory, and memory and registers compared with the model.
 */
import { MemoryWatch } from '../checker/watch.ts';
import { ERROR, FRAME_BYTES, INCARNATION_LIMIT, THREAD } from '../checker/numbers.ts';
import type { Entry, HartMachine } from '../support/hart-machine.ts';
import { bootModel, modelStart, modelStop } from './boot.ts';
import { modelCall, type ModelCall } from './call.ts';
import { compare, compareHart } from './compare.ts';
import { setLine } from './interrupts.ts';
import { operationOf } from './look-up.ts';
import { ERROR_NAMES, newThread, type Expected, type Model } from './model.ts';
import { describeStep, type Step } from './step.ts';
import { giveSignal } from './threads.ts';
import { modelTrap, modelWake } from './traps.ts';
import { fillRegisters } from './user.ts';

export { describeCall, describeStep, type Step } from './step.ts';

/** The kernel did something else than the model. */
export class Difference extends Error {
  constructor(text: string, step: string) {
    super(`${step}: ${text}`);
    this.name = 'Difference';
  }
}

/** Interrupts that are pending (`sip`). */
const TIMER_PENDING = 0x20n;
const EXTERNAL_PENDING = 0x200n;
/** In place of a call, in what the checker is told of a trap. */
const NO_CALL = { capability: 0n, operation: 0n, values: [] } as const;

export class Trial {
  readonly machine: HartMachine;
  readonly watch: MemoryWatch;
  model: Model;
  /** Whether the first component's thread has nothing left to run in. */
  over = false;
  /** The answers of all calls by `operation error`; those of the look-up begin with `look-up`. */
  readonly histogram = new Map<string, number>();
  /** Answers that came later than their call, by `operation error`, and events by `event name`; traps by their end. */
  readonly deliveries = new Map<string, number>();

  constructor(machine: HartMachine) {
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
    switch (step.kind) {
      case 'call':
        this.call(step.call);
        return;
      case 'trap':
        this.trap(step.hart, step.cause, step.value);
        return;
      case 'wake':
        this.wake(step.hart);
        return;
      default:
        this.#happen(step);
    }
  }

  /** One system call. Answers what the model expected and the kernel answered. */
  call(call: ModelCall): Expected {
    const { hart, capability, operation, values } = call;
    const expected = modelCall(this.model, call);
    this.machine.interrupts.length = 0;
    const entry = this.machine.systemCall(hart, capability, operation, values);
    this.#after({ kind: 'call', call }, call, entry, expected);
    this.#count(call, expected);
    return expected;
  }

  /** The thread that runs on a hart traps. */
  trap(hart: number, cause: bigint, value: bigint): Expected {
    const expected = modelTrap(this.model, hart, cause, value);
    this.machine.interrupts.length = 0;
    const step = { kind: 'trap', hart, cause, value } as const;
    this.#after(step, { hart, ...NO_CALL }, this.machine.trap(hart, cause, value), expected);
    this.#deliver(`trap ${expected.error}`);
    return expected;
  }

  /** An interrupt reaches a hart that sleeps. */
  wake(hart: number): Expected {
    const { machine } = this;
    const processor = machine.processor(hart);
    const timerIsPending = processor.timer <= machine.now;
    if (timerIsPending) processor.pending |= TIMER_PENDING;
    if (machine.plic.interrupts(hart)) processor.pending |= EXTERNAL_PENDING;
    const expected = modelWake(this.model, hart, timerIsPending);
    machine.interrupts.length = 0;
    const entry = machine.wake(hart);
    processor.pending &= ~(TIMER_PENDING | EXTERNAL_PENDING);
    this.#after({ kind: 'wake', hart }, { hart, ...NO_CALL }, entry, expected);
    this.#deliver(`wake ${expected.error}`);
    return expected;
  }

  /** Everything about an entry into the kernel that has just ended. */
  #after(step: Step, call: ModelCall, entry: Entry, expected: Expected): void {
    const { model } = this;
    const isAnswer = typeof entry === 'object';
    const value = isAnswer ? entry.value : 0n;
    const error = isAnswer ? entry.error : BigInt(ERROR.Ok);
    this.watch.after({ ...call, error, value, moved: entry === 'moved', stopped: entry === 'stopped' });
    const ends = { moved: 'Moves', stopped: 'Stops' } as const;
    const found = isAnswer ? (ERROR_NAMES.get(entry.error) ?? `error ${entry.error}`) : ends[entry];
    if (found !== expected.error || value !== expected.value) {
      const wanted = `the model expected ${expected.error}, ${expected.value}`;
      throw new Difference(`the kernel answered ${found}, ${value}; ${wanted}`, describeStep(step));
    }
    this.#compareInterrupts(step);
    for (const delivery of model.delivered) this.#deliver(delivery);
    if (expected.error === 'Stops') this.#lose(call.hart);
    this.#compare(step, call.hart);
  }

  #compare(step: Step, hart: number): void {
    const { model, watch, machine } = this;
    const frames = new Set(model.touched);
    for (const page of watch.changed) if (page < model.frames.length) frames.add(page);
    const difference =
      compare(model, watch.raw, watch.places, frames) ?? compareHart(model, machine.processor(hart), hart);
    if (difference !== null) throw new Difference(difference, describeStep(step));
  }

  /** Whom the latest step interrupted. */
  #compareInterrupts(step: Step): void {
    const { machine, model } = this;
    if (machine.interrupts.length === 0 && model.interrupted.length === 0) return;
    const found = machine.interrupts.join();
    const expected = model.interrupted.map((hart) => 100 + hart).join();
    if (found === expected) return;
    throw new Difference(`interrupted the harts ${found}; expected ${expected}`, describeStep(step));
  }

  #compareAll(what: string): void {
    const { model, watch, machine } = this;
    const inMemory = compare(model, watch.raw, watch.places, model.frames.keys());
    if (inMemory !== null) throw new Difference(inMemory, what);
    for (const hart of model.harts.keys()) {
      const difference = compareHart(model, machine.processor(hart), hart);
      if (difference !== null) throw new Difference(difference, what);
    }
  }

  /** The whole memory against all invariants and the whole model. */
  full(): void {
    this.watch.full();
    this.#compareAll('a look at everything');
  }

  #count(call: ModelCall, expected: Expected): void {
    const operation = operationOf(call.operation) ?? 'none';
    const error = expected.error === 'Moves' ? 'Ok' : expected.error;
    const key = `${expected.lookUp ? 'look-up ' : ''}${operation} ${error}`;
    this.histogram.set(key, (this.histogram.get(key) ?? 0) + 1);
  }

  #deliver(key: string): void {
    this.deliveries.set(key, (this.deliveries.get(key) ?? 0) + 1);
  }

  /** The outermost thread of a hart has stopped: the hart runs nothing any more, and its threads are made anew. */
  #lose(hart: number): void {
    const { machine, model } = this;
    for (const frame of model.hart(hart).chain) {
      const { component, incarnation } = model.thread(frame);
      machine.remake(frame);
      model.frame(frame).thread = newThread(component, incarnation, 0);
    }
    machine.stop(hart);
    modelStop(model, hart);
    this.watch.adopt();
    this.over ||= hart === 0;
  }

  #happen(step: Exclude<Step, { kind: 'call' | 'trap' | 'wake' }>): void {
    const { machine, model } = this;
    model.beginStep();
    switch (step.kind) {
      case 'tick':
        model.now += step.ticks;
        machine.now = BigInt(model.now);
        return;
      case 'user':
        fillRegisters(model.current(step.hart), machine.processor(step.hart), step.seed);
        return;
      case 'start':
        machine.start(step.hart, step.thread);
        modelStart(model, step.hart, step.thread);
        break;
      case 'stop':
        this.#stop(step.hart);
        break;
      case 'bring':
        machine.setWord(step.thread * FRAME_BYTES + THREAD.status, BigInt(model.thread(step.thread).state));
        Object.assign(model.thread(step.thread), { home: 0, moved: false });
        break;
      case 'signal':
        this.#signal(step);
        break;
      case 'line':
        this.#setLine(step.line, step.up);
        return;
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

  #stop(hart: number): void {
    const frame = this.model.runningOn(hart);
    this.machine.giveUp(hart, frame);
    modelStop(this.model, hart);
    Object.assign(this.model.thread(frame), { state: 0, home: 0, moved: false });
  }

  /** A hart that runs nothing gives a thread signals. */
  #signal(step: Extract<Step, { kind: 'signal' }>): void {
    const { machine, model } = this;
    const { thread, bits } = step;
    const silent = model.harts.findIndex(({ chain }) => chain.length === 0);
    machine.interrupts.length = 0;
    machine.current = silent;
    machine.call('signalGive', machine.hartBlock(silent), thread * FRAME_BYTES, bits);
    giveSignal(model, silent, thread, bits);
    this.#compareInterrupts(step);
    this.#compare(step, model.thread(thread).home);
  }

  #setLine(line: number, up: boolean): void {
    setLine(this.model.line(line), up);
    if (up) this.machine.plic.raise(line);
    else this.machine.plic.lower(line);
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
