/** Two harts that run the yielding kernel on one memory, step by step. */
import {
  loadHostModule,
  SimpleHostMachine,
  type HostGenerator,
  type HostProgram,
  type HostThread,
  type HostValue,
  type SharedAccess,
} from '../../../compiler/runtime/host-machine.ts';
import { MEMORY_SIZE, MachineStopped, MemoryMachine } from '../support/memory-machine.ts';
import { HART } from '../checker/numbers.ts';
import { operationNumber, type Call } from './actions.ts';
import { Safety, type Held } from './safety.ts';
import { HARTS, SharedMemory, type PlainAccess } from './shared-memory.ts';
import type { Program } from './explorer.ts';

const YIELDING = await loadHostModule(new URL('../../../../kernel/js/yielding.js', import.meta.url).href);

/** What a call answered; `stopped` stands for a hart whose component is dead. */
export interface Result {
  readonly error: bigint;
  readonly value: bigint;
  readonly stopped: boolean;
  /** An error that the look-up of the capability answered, before the operation began. */
  readonly lookUp: boolean;
}

export function resultOf(value: HostValue): Result {
  if (typeof value === 'object' && 'error' in value && 'value' in value) {
    const { error, value: detail } = value;
    if (typeof error === 'bigint' && typeof detail === 'bigint') {
      return { error, value: detail, stopped: false, lookUp: false };
    }
  }
  return { error: 0n, value: typeof value === 'bigint' ? value : 0n, stopped: false, lookUp: false };
}

export const STOPPED: Result = { error: 0n, value: 0n, stopped: true, lookUp: false };
/** Where the look-up is. */
const LOOK_UP = /^kernel-src\/(entry\/syscall|capability\/lookup)\.ts:/;

/** Plain accesses of emitted code are DataView calls in place: this view notes them. */
class NotingView extends DataView<ArrayBuffer> {
  readonly notes: PlainAccess[] = [];

  override getBigUint64(byte: number, little?: boolean): bigint {
    this.notes.push(byte);
    return super.getBigUint64(byte, little);
  }

  override setBigUint64(byte: number, value: bigint, little?: boolean): void {
    this.notes.push(byte + 1);
    super.setBigUint64(byte, value, little);
  }
}

/** The yielding kernel, and the view through which it makes its plain accesses. */
export interface Instance {
  readonly program: HostProgram;
  readonly view: NotingView;
}

/** The yielding kernel on the memory of a machine. */
export function instantiate(machine: MemoryMachine): Instance {
  const { memory } = machine.host;
  const host = new SimpleHostMachine({ ...machine.options(), size: MEMORY_SIZE, memory, initialized: true });
  const ordinary = globalThis.DataView;
  const made: NotingView[] = [];
  globalThis.DataView = new Proxy(ordinary, {
    construct: (_, [buffer]: ArrayBuffer[]): NotingView => {
      const view = new NotingView(buffer ?? memory);
      made.push(view);
      return view;
    },
  });
  try {
    const program = YIELDING.instantiate(host);
    const [view] = made;
    if (view === undefined || made.length !== 1) throw new Error('emitted code does not make exactly one DataView');
    return { program, view };
  } finally {
    globalThis.DataView = ordinary;
  }
}

/** Assembly looks at the hart's word of attention before it enters the kernel. */
function attentionLoad(address: number): SharedAccess {
  return { kind: 'atomic', method: 'load', address, size: 8, operands: [], site: 'arch/riscv/trap.S' };
}

interface Hart {
  readonly thread: HostThread;
  /** The time that it sees: each of its steps takes so long that a new interval of the epoch has always begun. */
  now: bigint;
  /** Where its latest access was. */
  site: string;
  pending: SharedAccess | null;
  readonly results: Result[];
}

export interface Step {
  readonly hart: number;
  readonly access: SharedAccess;
  readonly value: HostValue;
  readonly old: boolean;
}

export class TwoHarts implements Program {
  readonly machine = new MemoryMachine();
  readonly safety: Safety;
  readonly memory: SharedMemory;
  /** The schedule so far. */
  readonly steps: Step[] = [];
  /** Called at the end of each execution. */
  onFinish: () => void = () => undefined;
  readonly #program: HostProgram;
  readonly #view: NotingView;
  #calls: readonly (readonly Call[])[] = [];
  #state: Uint8Array = new Uint8Array(0);
  #held: readonly Held[] = [];
  #harts: Hart[] = [];

  constructor() {
    const { memory } = this.machine.host;
    this.safety = new Safety(memory);
    this.memory = new SharedMemory(memory, this.safety);
    const { program, view } = instantiate(this.machine);
    this.#program = program;
    this.#view = view;
  }

  /** Each hart makes its calls from the state in which the machine is now. `held`: what TLBs hold. */
  load(calls: readonly (readonly Call[])[], held: readonly Held[]): void {
    this.#calls = calls;
    this.#held = held;
    this.#state = this.machine.host.snapshot();
  }

  get results(): readonly (readonly Result[])[] {
    return this.#harts.map(({ results }) => results);
  }

  /** The state in which harts set out. */
  restore(): void {
    this.machine.host.restore(this.#state);
  }

  #generator(name: string): HostGenerator {
    const found = this.#program.generators[name];
    if (found === undefined) throw new Error(`the yielding kernel has no generator ${name}`);
    return found;
  }

  *#run(number: number, calls: readonly Call[], results: Result[]): HostThread {
    for (const call of calls) {
      if ('name' in call) {
        results.push(resultOf(yield* this.#generator(call.name)(...call.values)));
        continue;
      }
      const [a0 = 0, a1 = 0, a2 = 0, a3 = 0, a4 = 0, a5 = 0] = call.values;
      const registers = [a0, a1, a2, a3, a4, a5].map(BigInt);
      const attention = yield attentionLoad(this.machine.hartBlock(number) + HART.attention);
      const entry = this.#generator(attention === 0n ? 'syscallEntry' : 'syscallAttention');
      const result = resultOf(yield* entry(...registers, operationNumber(call), BigInt(call.capability)));
      results.push({ ...result, lookUp: result.error !== 0n && LOOK_UP.test(this.#hart(number).site) });
    }
    return undefined;
  }

  start(): void {
    this.restore();
    this.machine.interrupts.length = 0;
    this.memory.reset();
    this.safety.begin(this.memory.order, this.#held);
    this.steps.length = 0;
    this.#harts = [];
    for (let hart = 0; hart < HARTS; hart++) {
      const results: Result[] = [];
      const thread = this.#run(hart, this.#calls[hart] ?? [], results);
      this.#harts.push({ thread, now: 0n, site: '', pending: null, results });
      this.#resume(hart, undefined);
    }
  }

  /** Lets a hart go on to its next shared access. */
  #resume(number: number, value: HostValue): void {
    const hart = this.#hart(number);
    this.machine.current = number;
    hart.now += 1_000_000n;
    this.machine.now = hart.now;
    this.#view.notes.length = 0;
    try {
      const next = hart.thread.next(value);
      hart.pending = next.done === true ? null : next.value;
    } catch (error) {
      if (!(error instanceof MachineStopped)) throw error;
      hart.pending = null;
      hart.results.push(STOPPED);
    }
    this.memory.plain(number, this.#view.notes);
  }

  #hart(number: number): Hart {
    const hart = this.#harts[number];
    if (hart === undefined) throw new Error(`there is no hart ${number}`);
    return hart;
  }

  #pending(number: number): SharedAccess {
    const { pending } = this.#hart(number);
    if (pending === null) throw new Error(`hart ${number} has ended`);
    return pending;
  }

  isReady(thread: number): boolean {
    return this.#hart(thread).pending !== null;
  }

  choices(thread: number): number {
    return this.memory.choices(thread, this.#pending(thread));
  }

  dependent(): boolean {
    return this.memory.dependent(this.#pending(0), this.#pending(1));
  }

  raceOf(thread: number): number {
    return this.memory.raceOf(thread, this.#pending(thread));
  }

  step(thread: number, choice: number, position: number): void {
    const access = this.#pending(thread);
    const value = this.memory.perform(thread, access, choice, position);
    this.steps.push({ hart: thread, access, value, old: choice > 0 });
    this.#hart(thread).site = access.site;
    this.#resume(thread, value);
  }

  finish(): void {
    this.onFinish();
  }
}

/** A schedule for people. */
export function stepsText(steps: readonly Step[]): string {
  return steps
    .map(({ hart, access, value, old }) => {
      const operands = access.operands.map((operand) => hexText(operand)).join(', ');
      const place = access.kind === 'atomic' ? ` ${access.address.toString(16)}` : '';
      const answer = value === undefined ? '' : ` = ${hexText(value)}${old ? ' (an old value)' : ''}`;
      return `  hart ${hart}: ${access.method}${place}(${operands})${answer} at ${access.site}`;
    })
    .join('\n');
}

function hexText(value: HostValue): string {
  return typeof value === 'bigint' || typeof value === 'number' ? value.toString(16) : String(value);
}
