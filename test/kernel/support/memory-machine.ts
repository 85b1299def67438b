/**
 * A machine of 64 frames on which the kernel runs as JavaScript, with a first component as boot makes it: its table,
 * root, lower page tables, component, thread, three mapped frames, Frames over all memory, and two Device ranges, one
 * of which lies in a hole of the memory. Up to four harts can make calls, one after the other.
 *
 * Frames by their index: 0 to 3 the kernel's (stack, blocks of the harts, frame table, its own root), 4 to 12 the first
 * component's, 60 and 61 no memory. The kernel's static data lies behind the frames.
 */
import {
  loadHostModule,
  type HostExternal,
  type HostFunction,
  type HostMachineOptions,
  type HostProgram,
  type HostValue,
} from '../../../compiler/runtime/host-machine.ts';
import {
  COMPONENT,
  FRAME_TABLE,
  HART,
  HARTS,
  INTERRUPT_LINES,
  INVOCATION,
  KERNEL_HALF,
  KIND,
  NEVER,
  PTE,
  THREAD,
  THREAD_HOME_SHIFT,
  TYPE,
  WINDOW,
} from '../checker/numbers.ts';
import { DeviceMachine, NO_DEVICE, type Device } from './device-machine.ts';

const PLAIN = await loadHostModule(new URL('../../../../kernel/js/program.js', import.meta.url).href);

const MEMORY = 0x8000_0000n;
const FRAME = 4096;
const TIMEBASE = 10_000_000n;

export const FRAMES = 64;
/** Number of frame 0. */
export const FIRST = 0x8_0000;
/** Frames of the kernel, by their index. */
export const HART_FRAME = 1;
export const TABLE_FRAME = 2;
export const TEMPLATE_FRAME = 3;
/** Frames of the first component, by their index. */
export const BOOTER = {
  table: 4,
  root: 5,
  level1: 6,
  level0: 7,
  component: 8,
  thread: 9,
  image: 10,
  stack: 11,
  info: 12,
};
/** The first frame that is Untyped after boot, and how many are. */
export const FREE = 13;
export const FREE_COUNT = 49;
/** Frame indexes that are no memory. */
export const HOLE: readonly number[] = [60, 61];
/** Ranges by frame number and length: what the capabilities of the first component name. */
export const RANGES = {
  low: { first: FIRST, count: 60 },
  high: { first: FIRST + 62, count: 2 },
  serial: { first: 0x1_0000, count: 3 },
  bridge: { first: FIRST + 60, count: 2 },
} as const;
/** Slots of the first component's table. */
export const OWN = {
  table: 0,
  root: 1,
  component: 2,
  thread: 3,
  console: 4,
  system: 5,
  interrupts: 6,
  hart: 8,
  low: 16,
  high: 17,
  level1: 24,
  level0: 25,
  serial: 32,
  bridge: 33,
} as const;
/** Slots that hold nothing after boot begin here. */
export const SPARE = 40;

const STATICS = FRAMES * FRAME;
const STATICS_SIZE = 0x8000;
export const MEMORY_SIZE = STATICS + STATICS_SIZE;
/** Behind it, where no invariant looks: a thread for each hart, which runs in the component that the test says. */
const THREADS_SIZE = HARTS * FRAME;
/** Behind that, the registers of a device that a test brings along. */
export const DEVICE = MEMORY_SIZE + THREADS_SIZE;
const DEVICE_SIZE = FRAME;

export interface Answer {
  readonly error: bigint;
  readonly value: bigint;
}
/** The machine was switched off: the thread that made the call has no component any more. */
export class MachineStopped extends Error {
  constructor() {
    super('the kernel stopped the machine');
    this.name = 'MachineStopped';
  }
}

/** The address at which the kernel sees a byte of the memory. */
export function addressOf(byte: number): bigint {
  return WINDOW + MEMORY + BigInt(byte);
}

/** A weak reference to a component: its frame by index, and its key. */
export interface Weak {
  readonly frame: number;
  readonly key: bigint;
}

export class MemoryMachine {
  /** The hart that makes the next call. */
  current = 0;
  /** The time counter. */
  now = 0n;
  /** Identifiers of the harts that were interrupted. */
  readonly interrupts: bigint[] = [];
  /** How often a hart was told to fetch instructions anew. */
  instructionFences = 0;
  readonly host: DeviceMachine;
  readonly program: HostProgram;
  readonly view: DataView;
  readonly bytes: Uint8Array;
  readonly #externals: Readonly<Record<string, HostExternal>>;
  #fresh: Uint8Array;
  readonly #syscall: HostFunction;
  readonly #attention: HostFunction;

  /** `more` and `device`: functions and registers that a test brings along. */
  constructor(
    more: (machine: MemoryMachine) => Readonly<Record<string, HostExternal>> = () => ({}),
    device: Device = NO_DEVICE,
  ) {
    this.#externals = this.#makeExternals(more(this));
    this.host = new DeviceMachine({ ...this.options(), size: MEMORY_SIZE + THREADS_SIZE + DEVICE_SIZE }, device);
    this.program = PLAIN.instantiate(this.host);
    if (this.program.staticEnd > MEMORY_SIZE)
      throw new Error("the kernel's static data does not fit: raise STATICS_SIZE");
    this.view = new DataView(this.host.memory);
    this.bytes = new Uint8Array(this.host.memory, 0, MEMORY_SIZE);
    this.#syscall = this.#function('syscallEntry');
    this.#attention = this.#function('syscallAttention');
    this.#boot();
    this.#fresh = this.host.snapshot();
  }

  /** What another form of the kernel needs to run on the same memory. */
  options(): Omit<HostMachineOptions, 'size'> {
    const alias = { address: FRAME_TABLE + BigInt(FIRST) * 16n, start: this.entryOf(0), size: FRAME };
    return { base: WINDOW + MEMORY, alias, staticStart: STATICS, externals: this.#externals };
  }

  #makeExternals(more: Readonly<Record<string, HostExternal>>): Readonly<Record<string, HostExternal>> {
    const none = (): undefined => undefined;
    const known: Readonly<Record<string, HostExternal>> = {
      currentHart: () => this.hartBlock(this.current),
      hartOnEntry: () => this.hartBlock(this.current),
      hartAt: (index: number) => this.hartBlock(index),
      fenceReads: none,
      fenceMemory: none,
      fenceInstructions: () => {
        this.instructionFences += 1;
      },
      fenceTranslations: none,
      timeNow: () => this.now,
      instructionsRetired: () => 0n,
      hartInterrupt: (identifier: bigint) => void this.interrupts.push(identifier),
      trapPc: () => 0n,
      trapPcSet: none,
      floatingOff: none,
      kernelRoot: () => addressOf(TEMPLATE_FRAME * FRAME),
      firmwareCall: () => ({ error: 0n, value: 0n }),
      stopMachine: () => {
        throw new MachineStopped();
      },
      ...more,
    };
    return new Proxy(known, {
      get(target, name): HostExternal {
        const missing = (): never => {
          throw new Error(`the simulated machine has no function "${String(name)}"`);
        };
        return target[String(name)] ?? missing;
      },
    });
  }

  #function(name: string): HostFunction {
    const found = this.program.functions[name];
    if (found === undefined) throw new Error(`the kernel exports no function ${name}`);
    return found;
  }

  /** Calls an exported function of the kernel. */
  call(name: string, ...values: HostValue[]): HostValue {
    return this.#function(name)(...values);
  }

  /** Byte index of the block of a hart. */
  hartBlock(index: number): number {
    return HART_FRAME * FRAME + index * HART.bytes;
  }

  /** Byte index of the frame of the thread that a hart runs. */
  #threadOf(hart: number): number {
    return MEMORY_SIZE + hart * FRAME;
  }

  /** Byte index of an object of the kernel. */
  objectAt(name: string): number {
    const found = this.program.objects[name];
    if (found === undefined) throw new Error(`the kernel has no object ${name}`);
    return found.address;
  }

  /** Byte index of the kernel's epoch. */
  get epoch(): number {
    return this.objectAt('epoch');
  }

  setWord(byte: number, value: bigint): void {
    this.view.setBigUint64(byte, value, true);
  }

  word(byte: number): bigint {
    return this.view.getBigUint64(byte, true);
  }

  /** Byte index of the frame table's entry of a frame. */
  entryOf(index: number): number {
    return TABLE_FRAME * FRAME + index * 16;
  }

  #boot(): void {
    this.call('epochStart', TIMEBASE);
    const lines = this.program.classes['Plic']?.fields['lines'];
    if (lines === undefined) throw new Error('the kernel has no field Plic.lines');
    this.setWord(this.objectAt('plic') + lines.offset, BigInt(INTERRUPT_LINES));
    this.call('frameTablePlace', BigInt(FIRST), BigInt(FRAMES));
    this.#type(0, FRAMES, TYPE.Untyped, 0);
    this.#type(0, 4, TYPE.Reserved, 0);
    for (const index of HOLE) this.#type(index, 1, TYPE.Reserved, 0);
    for (let index = KERNEL_HALF; index < 512; index += 3) {
      this.setWord(TEMPLATE_FRAME * FRAME + index * 8, BigInt(PTE.valid | (index << PTE.frameShift)));
    }
    this.#bootObjects();
    this.#bootSlots();
    for (let index = 0; index < HARTS; index++) {
      this.setWord(this.hartBlock(index) + HART.index, BigInt(index));
      this.setWord(this.hartBlock(index) + HART.home, BigInt(index) << BigInt(THREAD_HOME_SHIFT));
      this.setWord(this.hartBlock(index) + HART.identifier, BigInt(100 + index));
      this.setWord(this.hartBlock(index) + HART.thread, addressOf(this.#threadOf(index)));
      this.setWord(this.hartBlock(index) + HART.outermost, addressOf(this.#threadOf(index)));
      /* Every hart has joined once, and is idle. */
      this.call('epochJoin', this.hartBlock(index));
      this.setWord(this.hartBlock(index) + HART.done, NEVER);
    }
    this.enter(0, BOOTER.component);
  }

  #type(index: number, count: number, type: number, references: number): void {
    this.call('frameTableFill', BigInt(FIRST + index), BigInt(count), BigInt(type), BigInt(references));
  }

  /** The first component: references are counted by slots, links, entries, and the component. */
  #bootObjects(): void {
    const { table, root, level1, level0, component, thread, image, stack, info } = BOOTER;
    this.#type(table, 1, TYPE.CapabilityTable, 2);
    this.#type(root, 1, TYPE.PageTable2, 2);
    this.#type(level1, 1, TYPE.PageTable1, 2);
    this.#type(level0, 1, TYPE.PageTable0, 2);
    this.#type(component, 1, TYPE.Component, 1);
    this.#type(thread, 1, TYPE.Thread, 1);
    this.#type(image, 3, TYPE.User, 1);
    const entry = (index: number, bits: number): bigint => BigInt((FIRST + index) * 1024 + bits);
    this.call('pageTableInherit', root * FRAME);
    this.setWord(root * FRAME, entry(level1, PTE.valid));
    this.setWord(level1 * FRAME, entry(level0, PTE.valid));
    const leaf = PTE.valid | PTE.user | PTE.accessed;
    this.setWord(level0 * FRAME + 8, entry(image, leaf | PTE.read | PTE.execute));
    this.setWord(level0 * FRAME + 16, entry(stack, leaf | PTE.read | PTE.write | PTE.dirty));
    this.setWord(level0 * FRAME + 24, entry(info, leaf | PTE.read));
    this.call('componentMake', BigInt(FIRST + component), BigInt(FIRST + root), BigInt(FIRST + table));
    this.call('threadMake', BigInt(FIRST + thread), BigInt(FIRST + component), 0n);
    this.setWord(thread * FRAME + THREAD.status, 1n);
  }

  #bootSlots(): void {
    const grant = (slot: number, kind: number, rights: number, frame: number, first = 0, count = 0): void => {
      const byte = BOOTER.table * FRAME + slot * 64;
      const values = [kind, rights, frame === 0 ? 0 : FIRST + frame, first, count].map(BigInt);
      this.call('slotGrant', byte, ...values);
    };
    grant(OWN.table, KIND.CapabilityTable, 0xf, BOOTER.table);
    grant(OWN.root, KIND.PageTable, 0xf, BOOTER.root);
    grant(OWN.level1, KIND.PageTable, 0xf, BOOTER.level1);
    grant(OWN.level0, KIND.PageTable, 0xf, BOOTER.level0);
    grant(OWN.component, KIND.Component, 0x3, BOOTER.component);
    grant(OWN.thread, KIND.Thread, 0xf, BOOTER.thread);
    this.setWord(BOOTER.table * FRAME + OWN.thread * 64 + 32, NEVER);
    grant(OWN.console, KIND.Console, 1, 0);
    grant(OWN.system, KIND.System, 1, 0);
    grant(OWN.interrupts, KIND.InterruptControl, 1, 0);
    grant(OWN.hart, KIND.Hart, 1, 0, 100);
    grant(OWN.low, KIND.Frames, 0xf, 0, RANGES.low.first, RANGES.low.count);
    grant(OWN.high, KIND.Frames, 0xf, 0, RANGES.high.first, RANGES.high.count);
    grant(OWN.serial, KIND.Device, 0x6, 0, RANGES.serial.first, RANGES.serial.count);
    grant(OWN.bridge, KIND.Device, 0x6, 0, RANGES.bridge.first, RANGES.bridge.count);
  }

  /** A hart runs in a component from now on. The kernel has no operation for that yet; boot does the same. */
  enter(hart: number, component: number): void {
    const block = this.hartBlock(hart);
    const incarnation = this.word(this.entryOf(component)) >> 32n;
    const reference = BigInt(FIRST + component) | (incarnation << 32n);
    this.call('threadMake', BigInt(FIRST + this.#threadOf(hart) / FRAME), reference, BigInt(hart));
    this.setWord(block + HART.table, this.word(component * FRAME + COMPONENT.tableAddress));
    this.call('epochJoin', block);
  }

  /** A hart runs nothing from now on. */
  leave(hart: number): void {
    const block = this.hartBlock(hart);
    this.setWord(block + HART.done, NEVER);
    this.setWord(block + HART.table, 0n);
  }

  /** The component that a thread is in. */
  componentIn(thread: number): Weak {
    const top = thread * FRAME + Number(this.word(thread * FRAME + THREAD.top) & 0xfffn);
    const frame = Number(this.word(top + INVOCATION.component) - addressOf(0)) / FRAME;
    return { frame, key: this.word(top + INVOCATION.key) };
  }

  /** The component that the thread of a hart is in. */
  componentOf(hart: number): Weak {
    return this.componentIn(Number(this.word(this.hartBlock(hart) + HART.thread) - addressOf(0)) / FRAME);
  }

  /** An interrupt takes a hart into the kernel and back. False: its component is dead. */
  interrupt(hart: number): boolean {
    this.current = hart;
    return this.call('chainFollowEpoch', this.hartBlock(hart)) === true;
  }

  /** From now on, this is how the machine is after boot. */
  protected keepFresh(): void {
    this.#fresh = this.host.snapshot();
  }

  /** The machine as it was after boot. */
  reset(): void {
    this.host.restore(this.#fresh);
    this.current = 0;
    this.now = 0n;
    this.interrupts.length = 0;
  }

  /** A system call of the thread that runs on the current hart: six arguments, an operation, a capability. */
  invoke(capability: bigint, operation: bigint, values: readonly bigint[]): Answer {
    const [a0 = 0n, a1 = 0n, a2 = 0n, a3 = 0n, a4 = 0n, a5 = 0n] = values;
    /* As assembly does: the word of attention decides where the kernel is entered. */
    const isCalled = this.view.getBigUint64(this.hartBlock(this.current) + HART.attention, true) !== 0n;
    const answer = (isCalled ? this.#attention : this.#syscall)(a0, a1, a2, a3, a4, a5, operation, capability);
    if (typeof answer === 'object' && 'error' in answer && 'value' in answer) {
      const { error, value } = answer;
      if (typeof error === 'bigint' && typeof value === 'bigint') return { error, value };
    }
    throw new Error(`found ${String(answer)}; expected an Outcome`);
  }
}
