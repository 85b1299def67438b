/**
 * A hart around the kernel as JavaScript: it has the registers of the thread
 * that runs, and does what the assembly does, so that a test can make the
 * system calls and traps of many threads and look at what each of them sees.
 */
import type { HostValue, SharedAccess } from '../../../compiler/runtime/host-machine.ts';
import { ROOM, SimulatedKernel, type Answer } from '../simulated-kernel.ts';
import { LINES, PLIC_SIZE, SimulatedPlic } from './simulated-plic.ts';

const NOTHING = { error: 0n, value: 0n } as const;
/** Registers that a call keeps: ra, sp, gp, tp, s0 to s11. */
const KEPT = [1, 2, 3, 4, 8, 9, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27];
const SAVED = KEPT.slice(4);
/** `a0` to `a5`. */
const RESULTS = [10, 11, 12, 13, 14, 15];
const ALL = Array.from({ length: 31 }, (_, index) => index + 1);
export const NEVER = 0xffff_ffff_ffff_ffffn;
export const ITSELF = 64n;
export const TIMER = (1n << 63n) | 5n;
export const SOFTWARE = (1n << 63n) | 1n;
export const EXTERNAL = (1n << 63n) | 9n;

function zeros(): bigint[] {
  return Array.from({ length: 32 }, () => 0n);
}

export class SimulatedHart {
  readonly kernel: SimulatedKernel;
  readonly plic = new SimulatedPlic(ROOM);
  /** Registers of the thread that runs; the pc is apart. */
  registers = zeros();
  pc = 0x1000n;
  floating = zeros();
  fcsr = 0n;
  floatingOn = false;
  satp = 0n;
  time = 1000n;
  /** What the timer is set to, and how often it was. */
  timer = NEVER;
  timerSets = 0;
  /** Whether the hart sleeps; how often it was interrupted by others. */
  sleeping = false;
  interrupted: bigint[] = [];
  pending = 0n;
  #moved = false;
  #nextFrame = 20n;

  constructor() {
    const moves =
      (act: (...values: never[]) => void) =>
      (...values: never[]) => {
        act(...values);
        this.#moved = true;
        return NOTHING;
      };
    const machine = {
      threadSwitch: moves((from: number, to: number, satp: bigint) => {
        this.#keepCalled(from);
        this.#leave(from, to, satp);
      }),
      threadLeave: moves((from: number, to: number, satp: bigint) => this.#leave(from, to, satp)),
      threadContinue: moves((to: number, satp: bigint) => this.#continue(to, satp)),
      threadRestore: moves((to: number) => this.#load(to)),
      threadSleep: moves((from: number) => {
        this.#keepCalled(from);
        this.#keepFloating(from);
        this.sleeping = true;
      }),
      threadSleepAgain: moves(() => undefined),
      invocationEnter: moves((...values: (bigint | number)[]) => this.#enter(values)),
      invocationLeave: moves((...values: (bigint | number)[]) => this.#return(values)),
      trapPc: () => this.pc,
      trapPcSet: (pc: bigint) => void (this.pc = pc),
      floatingIsOn: () => this.floatingOn,
      floatingOff: () => void (this.floatingOn = false),
      floatingStart: () => {
        this.floating = zeros();
        this.fcsr = 0n;
        this.floatingOn = true;
        return true;
      },
      timeNow: () => this.time,
      timerCompareSet: (time: bigint) => {
        this.timer = time;
        this.timerSets++;
      },
      addressSpaceSelect: (satp: bigint) => void (this.satp = satp),
      hartInterrupt: (identifier: bigint) => void this.interrupted.push(identifier),
      interruptClear: () => void (this.pending &= ~2n),
      interruptsPending: () => this.pending,
      kernelRoot: () => this.kernel.address(0x1000),
    };
    this.kernel = new SimulatedKernel(PLIC_SIZE, machine, this.plic);
    const { kernel } = this;
    kernel.call('timerStart', true);
    kernel.setField('Hart', kernel.hart, 'armed', NEVER);
    this.#placePlic();
  }

  /** Tells the kernel where the registers of the interrupt controller are. */
  #placePlic(): void {
    const { kernel, plic } = this;
    const global = kernel.global('plic');
    kernel.setField('Plic', global, 'priority', kernel.address(plic.start));
    kernel.setField('Plic', global, 'lines', BigInt(LINES));
    for (let hart = 0; hart < 8; hart++) {
      const at = kernel.at('Plic', global, 'harts') + hart * kernel.classSize('PlicHart');
      const { enable, claim } = plic.registers(hart);
      kernel.setField('PlicHart', at, 'enable', kernel.address(enable));
      kernel.setField('PlicHart', at, 'claim', kernel.address(claim));
    }
  }

  // ------------------------------------------------------ what the assembly does

  #register(thread: number, number: number): number {
    return this.kernel.at('ThreadFrame', thread, 'registers') + number * 8;
  }

  #keepCalled(from: number): void {
    for (const number of KEPT) this.kernel.setWord(this.#register(from, number), this.registers[number] ?? 0n);
    this.kernel.setWord(this.#register(from, 0), this.pc);
  }

  #keepFloating(from: number): void {
    if (!this.floatingOn) return;
    const at = this.kernel.at('ThreadFrame', from, 'floating');
    this.floating.forEach((value, index) => this.kernel.setWord(at + index * 8, value));
    this.kernel.setField('ThreadFrame', from, 'fcsr', this.fcsr);
    this.floatingOn = false;
  }

  #leave(from: number, to: number, satp: bigint): void {
    this.#keepFloating(from);
    this.#continue(to, satp);
  }

  #continue(to: number, satp: bigint): void {
    this.satp = satp;
    if (this.kernel.field('ThreadFrame', to, 'floatingUsed') !== 0n) {
      const at = this.kernel.at('ThreadFrame', to, 'floating');
      this.floating = this.floating.map((_, index) => this.kernel.word(at + index * 8));
      this.fcsr = this.kernel.field('ThreadFrame', to, 'fcsr');
      this.floatingOn = true;
    }
    this.#load(to);
  }

  #load(to: number): void {
    this.sleeping = false;
    const whole = this.kernel.field('ThreadFrame', to, 'whole') !== 0n;
    const list = whole ? ALL : [...KEPT, ...RESULTS];
    this.registers = zeros();
    for (const number of list) this.registers[number] = this.kernel.word(this.#register(to, number));
    this.pc = this.kernel.word(this.#register(to, 0));
  }

  #enter(values: readonly (bigint | number)[]): void {
    const entry = Number(values[6]);
    const { kernel } = this;
    for (const [index, field] of ['ra', 'sp', 'gp', 'tp'].entries()) {
      kernel.setField('InvocationEntry', entry, field, this.registers[index + 1] ?? 0n);
    }
    const saved = kernel.at('InvocationEntry', entry, 'saved');
    SAVED.forEach((number, index) => kernel.setWord(saved + index * 8, this.registers[number] ?? 0n));
    this.registers = zeros();
    values.slice(0, 6).forEach((value, index) => (this.registers[10 + index] = BigInt(value)));
    this.satp = BigInt(values[7] ?? 0n);
  }

  #return(values: readonly (bigint | number)[]): void {
    const entry = Number(values[4]);
    const { kernel } = this;
    this.registers = zeros();
    for (const [index, field] of ['ra', 'sp', 'gp', 'tp'].entries()) {
      this.registers[index + 1] = kernel.field('InvocationEntry', entry, field);
    }
    const saved = kernel.at('InvocationEntry', entry, 'saved');
    SAVED.forEach((number, index) => (this.registers[number] = kernel.word(saved + index * 8)));
    values.slice(0, 4).forEach((value, index) => (this.registers[11 + index] = BigInt(value)));
    this.pc = kernel.field('InvocationEntry', entry, 'pc');
    this.satp = BigInt(values[5] ?? 0n);
  }

  // --------------------------------------------------------------- what a test does

  /** The thread that runs makes a system call. Afterwards `registers` are those of whoever runs then. */
  call(capability: bigint, operation: string, ...values: readonly bigint[]): Answer {
    return this.callWith(null, capability, operation, ...values);
  }

  /** As `call`; another hart acts before each shared access. */
  callWith(
    interfere: ((access: SharedAccess) => void) | null,
    capability: bigint,
    operation: string,
    ...values: readonly bigint[]
  ): Answer {
    const number = this.kernel.constant(`OPERATION_${operation}`);
    [...values, ...zeros()].slice(0, 6).forEach((value, index) => (this.registers[10 + index] = value));
    this.registers[16] = number;
    this.registers[17] = capability;
    this.pc += 4n;
    this.#moved = false;
    const call = { capability, operation: number, arguments: values };
    const answer = interfere === null ? this.kernel.invoke(call) : this.kernel.invokeWith(call, interfere);
    if (!this.#moved) this.#answer(answer);
    return this.answer();
  }

  #answer(answer: Answer): void {
    const before = this.registers;
    this.registers = zeros();
    for (const number of KEPT) this.registers[number] = before[number] ?? 0n;
    this.registers[10] = answer.error;
    this.registers[11] = answer.value;
  }

  /** `a0` and `a1` of the thread that runs. */
  answer(): Answer {
    return { error: this.registers[10] ?? 0n, value: this.registers[11] ?? 0n };
  }

  /** The thread that runs traps. */
  trap(cause: bigint, value = 0n): Answer {
    const thread = this.thread();
    for (const number of ALL) this.kernel.setWord(this.#register(thread, number), this.registers[number] ?? 0n);
    this.kernel.setWord(this.#register(thread, 0), this.pc);
    this.kernel.call('trapEntry', cause, value, this.kernel.hart);
    return this.answer();
  }

  /** An interrupt wakes the hart. */
  wake(pending: bigint): void {
    this.pending = pending;
    this.kernel.call('idleWake', this.kernel.hart);
  }

  /** Byte index of the frame of the thread that runs. */
  thread(): number {
    return Number(this.kernel.field('Hart', this.kernel.hart, 'thread') - this.kernel.address(0));
  }

  depth(): bigint {
    return this.kernel.field('Hart', this.kernel.hart, 'depth');
  }

  // ---------------------------------------------------------------------- objects

  /** A frame of a type that counts one reference. */
  frame(type: string): bigint {
    const frame = this.#nextFrame++;
    this.kernel.typeFrame(frame, `FRAME_TYPE_${type}`, 1n);
    return frame;
  }

  /** A component with a root and a table of its own; answers their frames. */
  component(): { readonly component: bigint; readonly root: bigint; readonly table: bigint } {
    const [component, root, table] = [
      this.frame('COMPONENT'),
      this.frame('PAGE_TABLE_2'),
      this.frame('CAPABILITY_TABLE'),
    ];
    const { kernel } = this;
    kernel.call('componentMake', kernel.number(component), kernel.number(root), kernel.number(table));
    return { component, root, table };
  }

  /** A thread in a component, in a frame of its own. */
  newThread(component: bigint): bigint {
    const frame = this.frame('THREAD');
    this.kernel.call('threadMake', this.kernel.number(frame), this.kernel.number(component), 0n);
    return frame;
  }

  /** Makes a thread the outermost one of the hart, running. */
  start(frame: bigint, table: bigint): void {
    const { kernel } = this;
    const thread = kernel.byteOf(frame);
    kernel.setField('ThreadFrame', thread, 'status', 1n);
    kernel.setField('Hart', kernel.hart, 'thread', kernel.address(thread));
    kernel.setField('Hart', kernel.hart, 'chain', kernel.address(thread));
    kernel.setField('Hart', kernel.hart, 'table', kernel.address(kernel.byteOf(table)));
  }

  /** Puts a capability for an object into a slot. */
  grantObject(table: bigint, index: number, kind: string, rights: bigint, frame: bigint): void {
    const { kernel } = this;
    kernel.grant(table, index, { kind: kernel.constant(`KIND_${kind}`), rights, frame: kernel.number(frame) });
    kernel.setField('Slot', kernel.slotOf(table, index), 'badge', kind === 'THREAD' ? NEVER : 0n);
  }

  /** Exported numbers of the kernel. */
  event(name: string): bigint {
    return this.kernel.constant(`EVENT_${name}`);
  }
  error(name: string): bigint {
    return this.kernel.constant(`ERROR_${name}`);
  }
  state(frame: bigint): bigint {
    return this.kernel.field('ThreadFrame', this.kernel.byteOf(frame), 'status') & 0xffn;
  }
  outcome(name: string, ...values: HostValue[]): Answer {
    return this.kernel.outcome(name, ...values);
  }
}
