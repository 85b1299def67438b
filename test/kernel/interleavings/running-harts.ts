/**
 * Two harts that run threads: what a thread does is a script, and which thread acts is up to the kernel. Interrupts from
 * the other hart arrive in user mode at any moment, and wake a hart that sleeps.
 *
 * The interrupt is a word of memory: to send it is a store with release, to be interrupted by it a load with acquire,
 * for firmware orders what comes before it against what it causes. What assembly does with registers is that of
 * `processor.ts`.
 */
import type { AtomicAccess, HostThread, HostValue, SharedAccess } from '../../../compiler/runtime/host-machine.ts';
import { FRAME_BYTES, HART } from '../checker/numbers.ts';
import { HartMachine } from '../support/hart-machine.ts';
import { addressOf, FIRST, MachineStopped, MEMORY_SIZE } from '../support/memory-machine.ts';
import { SOFTWARE, type Processor } from '../support/processor.ts';
import { operationNumber, type SystemCall } from './actions.ts';
import type { Program } from './explorer.ts';
import { Safety } from './safety.ts';
import { HARTS, SharedMemory } from './shared-memory.ts';
import { instantiate, resultOf, type Instance, type Step } from './two-harts.ts';

/** What a thread sees after an act: `a0` and `a1`, and the component that it is in, by the index of its frame. */
export interface Seen {
  readonly error: bigint;
  readonly value: bigint;
  readonly component: number;
}
/** What a thread does, one system call after the other, or something that the test does at that moment. When it ends, the thread spins. */
export type Script = Generator<SystemCall | (() => void), void, Seen>;
/** One execution: what each thread does, by the index of its frame, and what is asked of the end; throws if it is not so. */
export interface Performance {
  readonly scripts: ReadonlyMap<number, Script>;
  readonly judge: () => void;
}

/** Identifiers of harts begin here. */
const IDENTIFIERS = 100n;
/** The word that stands for the interrupt of a hart: behind the memory that the kernel knows. */
export function interruptWord(hart: number): number {
  return MEMORY_SIZE + hart * 8;
}

type Pending = SharedAccess & {
  /** The hart does nothing until it is interrupted. */
  readonly waits?: true;
};
/** The look at the word of an interrupt that a hart only takes when it is there. */
function waiting(word: number, site: string): Pending {
  return { ...atomic('loadAcquire', word, site), waits: true };
}
function atomic(method: AtomicAccess['method'], address: number, site: string, ...operands: bigint[]): AtomicAccess {
  return { kind: 'atomic', method, address, size: 8, operands, site };
}

function bigint(value: HostValue): bigint {
  if (typeof value !== 'bigint') throw new Error(`found ${String(value)}; expected a number of 64 bits`);
  return value;
}

interface Hart {
  readonly thread: HostThread;
  pending: Pending | null;
  stopped: boolean;
}

export class RunningHarts implements Program {
  readonly machine = new HartMachine();
  readonly safety: Safety;
  readonly memory: SharedMemory;
  readonly steps: Step[] = [];
  /** Called at the end of each execution. */
  onFinish: () => void = () => undefined;
  readonly #instance: Instance;
  #begin: () => Performance = () => ({ scripts: new Map(), judge: () => undefined });
  #performance: Performance = this.#begin();
  #state: Uint8Array = new Uint8Array(0);
  #processors: readonly Partial<Processor>[] = [];
  #harts: Hart[] = [];
  #now = 0n;

  constructor() {
    const { memory } = this.machine.host;
    this.safety = new Safety(memory);
    this.memory = new SharedMemory(memory, this.safety);
    this.#instance = instantiate(this.machine);
  }

  /** Each execution sets out from the state in which the machine is now. */
  load(begin: () => Performance): void {
    this.#begin = begin;
    this.#state = this.machine.host.snapshot();
    this.#processors = this.machine.processors.map((processor) => ({
      ...processor,
      registers: [...processor.registers],
      floating: [...processor.floating],
    }));
  }

  start(): void {
    const { machine } = this;
    machine.host.restore(this.#state);
    machine.processors.forEach((processor, index) => {
      const saved = this.#processors[index] ?? {};
      Object.assign(processor, saved, {
        registers: [...(saved.registers ?? [])],
        floating: [...(saved.floating ?? [])],
      });
    });
    machine.interrupts.length = 0;
    this.memory.reset();
    this.safety.begin(this.memory.order, []);
    this.steps.length = 0;
    this.#performance = this.#begin();
    this.#harts = [];
    for (let hart = 0; hart < HARTS; hart++) {
      this.safety.roots[hart] = this.#rootOf(hart);
      this.#harts.push({ thread: this.#live(hart), pending: null, stopped: false });
      this.#resume(hart, undefined);
    }
  }

  #rootOf(hart: number): number {
    return Number(this.machine.processor(hart).satp & 0xfff_ffff_ffffn) - FIRST;
  }

  /** The frame of the thread that runs on a hart, by its index. */
  threadOn(hart: number): number {
    return Number(this.machine.word(this.machine.hartBlock(hart) + HART.thread) - addressOf(0)) / FRAME_BYTES;
  }

  isStopped(hart: number): boolean {
    return this.#hart(hart).stopped;
  }

  *#live(hart: number): HostThread {
    const word = interruptWord(hart);
    const processor = this.machine.processor(hart);
    for (;;) {
      if (processor.sleeping) {
        yield waiting(word, 'sleeping');
        yield* this.#enter('idleWake', this.machine.hartBlock(hart));
        continue;
      }
      let interrupted = yield atomic('loadAcquire', word, 'user mode');
      const act = interrupted === 0n ? this.#next(hart) : undefined;
      if (interrupted === 0n && act === undefined) {
        interrupted = yield waiting(word, 'spinning');
      }
      if (interrupted !== 0n) yield* this.#trap(hart);
      else if (typeof act === 'function') act();
      else if (act !== undefined) yield* this.#call(hart, act);
    }
  }

  /** What the thread that runs does next; undefined when its script has ended. */
  #next(hart: number): SystemCall | (() => void) | undefined {
    const thread = this.threadOn(hart);
    const script = this.#performance.scripts.get(thread);
    if (script === undefined) return undefined;
    const component = this.machine.componentOf(hart).frame;
    const seen = { ...this.machine.processor(hart).answer(), component };
    const { value, done } = script.next(seen);
    return done === true ? undefined : value;
  }

  *#enter(name: string, ...values: HostValue[]): HostThread {
    const entry = this.#instance.program.generators[name];
    if (entry === undefined) throw new Error(`the yielding kernel has no generator ${name}`);
    return yield* entry(...values);
  }

  *#trap(hart: number): HostThread {
    const thread = this.threadOn(hart) * FRAME_BYTES;
    this.machine.processor(hart).saveAll(thread);
    return yield* this.#enter('trapEntry', this.machine.hartBlock(hart), thread, 0n, SOFTWARE);
  }

  *#call(hart: number, call: SystemCall): HostThread {
    const processor = this.machine.processor(hart);
    const [a0 = 0, a1 = 0, a2 = 0, a3 = 0, a4 = 0, a5 = 0] = call.values;
    const values = [a0, a1, a2, a3, a4, a5].map((value) => BigInt.asUintN(64, BigInt(value)));
    const capability = BigInt(call.capability);
    processor.prepareCall(capability, operationNumber(call), values);
    const attention = yield atomic('load', this.machine.hartBlock(hart) + HART.attention, 'arch/riscv/trap.S');
    const name = attention === 0n ? 'syscallEntry' : 'syscallAttention';
    const answer = resultOf(yield* this.#enter(name, ...values, operationNumber(call), capability));
    if (!processor.moved) processor.finishCall(answer);
    return undefined;
  }

  /** Lets a hart go on to its next shared access. */
  #resume(number: number, value: HostValue): void {
    const hart = this.#hart(number);
    const { view } = this.#instance;
    const before = this.threadOn(number);
    this.machine.current = number;
    this.#now += 1_000_000n;
    this.machine.now = this.#now;
    view.notes.length = 0;
    try {
      const next = hart.thread.next(value);
      hart.pending = next.done === true ? null : this.#translate(number, next.value);
    } catch (error) {
      if (!(error instanceof MachineStopped)) throw error;
      hart.pending = null;
      hart.stopped = true;
    }
    const after = this.threadOn(number);
    // Assembly keeps registers in the one frame, and loads them from the other.
    if (after !== before) view.notes.push(before * FRAME_BYTES + 1, after * FRAME_BYTES);
    this.memory.plain(number, view.notes);
    this.safety.select(number, this.#rootOf(number));
  }

  /** What a function of the machine does to the word of an interrupt. */
  #translate(hart: number, access: SharedAccess): Pending {
    if (access.kind !== 'external') return access;
    const { method, site, operands } = access;
    if (method === 'hartInterrupt') {
      return atomic('storeRelease', interruptWord(Number(bigint(operands[0]) - IDENTIFIERS)), site, 1n);
    }
    if (method === 'interruptClear') return atomic('store', interruptWord(hart), site, 0n);
    if (method === 'interruptsPending') return atomic('loadAcquire', interruptWord(hart), site);
    return access;
  }

  #hart(number: number): Hart {
    const hart = this.#harts[number];
    if (hart === undefined) throw new Error(`there is no hart ${number}`);
    return hart;
  }

  #pending(number: number): Pending {
    const { pending } = this.#hart(number);
    if (pending === null) throw new Error(`hart ${number} has ended`);
    return pending;
  }

  isReady(thread: number): boolean {
    const { pending } = this.#hart(thread);
    if (pending === null) return false;
    return pending.waits !== true || this.machine.word(interruptWord(thread)) !== 0n;
  }

  choices(thread: number): number {
    const pending = this.#pending(thread);
    return pending.address >= MEMORY_SIZE ? 1 : this.memory.choices(thread, pending);
  }

  dependent(): boolean {
    return this.memory.dependent(this.#pending(0), this.#pending(1));
  }

  raceOf(thread: number): number {
    return this.memory.raceOf(thread, this.#pending(thread));
  }

  step(thread: number, choice: number, position: number): void {
    const access = this.#pending(thread);
    let value: HostValue = undefined;
    if (access.method === 'addressSpaceSelect') {
      this.machine.processor(thread).satp = bigint(access.operands[0]);
      this.safety.select(thread, this.#rootOf(thread));
    } else value = this.memory.perform(thread, access, choice, position);
    this.steps.push({ hart: thread, access, value, old: choice > 0 });
    // `sip` holds the interrupt in bit 1.
    const isPending = /\/itself\.ts/.test(access.site) && access.address === interruptWord(thread);
    this.#resume(thread, isPending && value !== undefined ? bigint(value) * 2n : value);
  }

  finish(): void {
    this.onFinish();
    this.#performance.judge();
  }
}
