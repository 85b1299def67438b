/**
 * The kernel as JavaScript on a machine of 64 frames: a hart, a frame table, a
 * component's capability tables, a console that remembers what was written.
 *
 * Frames 0 to 7 are the kernel's: the block of the hart, the frame table. The
 * others are Untyped until a test says otherwise. The kernel's static data lies
 * behind the frames, where the frame table has no entries.
 */
import {
  loadHostModule,
  performAccess,
  SimpleHostMachine,
  type HostExternal,
  type HostFunction,
  type HostProgram,
  type HostThread,
  type HostValue,
  type SharedAccess,
} from '../../compiler/runtime/host-machine.ts';
import { DeviceMachine, NO_DEVICE } from './support/device-machine.ts';

const PLAIN = await loadHostModule(new URL('../../../kernel/js/program.js', import.meta.url).href);
const YIELDING = await loadHostModule(new URL('../../../kernel/js/yielding.js', import.meta.url).href);

export const FRAMES = 64n;
export const KERNEL_FRAMES = 8n;
const FRAME = 4096n;
/** Physical address of the first byte of the memory, and where the kernel sees it. */
const MEMORY = 0x8000_0000n;
const WINDOW = 0xffff_ffc0_0000_0000n;
const FIRST_FRAME = MEMORY / FRAME;
/** Where the kernel sees the frame table, and so the entry of the first frame. */
const TABLE_ADDRESS = 0xffff_ffff_c000_0000n + FIRST_FRAME * 16n;
/** Byte indexes: a page for the block of the hart, one for the frame table, one for the thread; the static data and its limit. */
const HART = 0x2000;
/** Bytes of the block of a hart. */
export const HART_SIZE = 184;
const FRAME_TABLE = 0x3000;
const THREAD = 0x4000;
const STATICS = Number(FRAMES * FRAME);
const STATICS_SIZE = 0x1_0000;
/** Byte index of what a test adds behind. */
export const ROOM = STATICS + STATICS_SIZE;
/** The root whose upper half is the template of every other one. */
const TEMPLATE = 0x5000;
const FIRMWARE_PUTCHAR = 1n;
/** Ticks of the time counter in a second. */
const TIMEBASE = 10_000_000n;

/** The machine was switched off or started again. */
export class MachineStopped extends Error {
  readonly code: bigint;
  constructor(code: bigint) {
    super(`the machine stopped with exit code ${code}`);
    this.name = 'MachineStopped';
    this.code = code;
  }
}

export interface Answer {
  readonly error: bigint;
  readonly value: bigint;
}
/** What a component puts into the registers. */
export interface Call {
  readonly capability: bigint;
  readonly operation: bigint;
  readonly arguments?: readonly bigint[];
}
export interface Capability {
  readonly kind: bigint;
  readonly rights?: bigint;
  readonly frame?: bigint;
  readonly first?: bigint;
  readonly count?: bigint;
}

function answerOf(value: HostValue): Answer {
  if (typeof value === 'object' && 'error' in value && 'value' in value) {
    const { error, value: detail } = value;
    if (typeof error === 'bigint' && typeof detail === 'bigint') return { error, value: detail };
  }
  throw new Error(`found ${String(value)}; expected an Outcome`);
}

/** A map of functions that answers for every name, so that a program may declare functions that no test reaches. */
function externalsOf(known: Readonly<Record<string, HostExternal>>): Readonly<Record<string, HostExternal>> {
  return new Proxy(known, {
    get(target, name) {
      const found = target[String(name)];
      return (
        found ??
        (() => {
          throw new Error(`the simulated machine has no function "${String(name)}"`);
        })
      );
    },
  });
}

export class SimulatedKernel {
  /** Bytes that the console was given, as text. */
  output = '';
  /** The root capability table of the component, by its frame. */
  readonly rootTable = KERNEL_FRAMES;
  readonly #machine: SimpleHostMachine;
  readonly #program: HostProgram;
  readonly #yielding: HostProgram;
  readonly #view: DataView;

  /** `room`: bytes of memory behind the kernel's, which the kernel does not know of; `more`: functions of the machine that a test brings along; `device`: a device behind the memory. */
  constructor(room = 0, more: Readonly<Record<string, HostExternal>> = {}, device = NO_DEVICE) {
    const options = {
      size: ROOM + room,
      base: WINDOW + MEMORY,
      alias: { address: TABLE_ADDRESS, start: FRAME_TABLE, size: Number(FRAMES) * 16 },
      staticStart: STATICS,
      externals: this.#externals(more),
    };
    this.#machine = new DeviceMachine(options, device);
    this.#program = PLAIN.instantiate(this.#machine);
    const { memory } = this.#machine;
    this.#yielding = YIELDING.instantiate(new DeviceMachine({ ...options, memory, initialized: true }, device));
    this.#view = new DataView(memory);
    this.#boot();
  }

  /** As boot does: the epoch, the frame table, the hart; here with one empty capability table for the component. */
  #boot(): void {
    this.call('epochStart', TIMEBASE);
    this.call('epochJoin', HART);
    this.call('frameTablePlace', FIRST_FRAME, FRAMES);
    this.call('frameTableFill', FIRST_FRAME, KERNEL_FRAMES, this.constant('FRAME_TYPE_RESERVED'), 0n);
    this.call(
      'frameTableFill',
      FIRST_FRAME + KERNEL_FRAMES,
      FRAMES - KERNEL_FRAMES,
      this.constant('FRAME_TYPE_UNTYPED'),
      0n,
    );
    for (let entry = 256; entry < 512; entry++) this.setWord(TEMPLATE + entry * 8, BigInt(entry) << 10n);
    this.setField('Hart', HART, 'thread', this.address(THREAD));
    this.setField('Hart', HART, 'table', this.address(this.byteOf(this.rootTable)));
    this.typeFrame(this.rootTable, 'FRAME_TYPE_CAPABILITY_TABLE', 1n);
  }

  #externals(more: Readonly<Record<string, HostExternal>>): Readonly<Record<string, HostExternal>> {
    return externalsOf({
      currentHart: () => HART,
      hartOnEntry: () => HART,
      hartAt: (index: number) => HART + index * HART_SIZE,
      fenceReads: () => undefined,
      fenceMemory: () => undefined,
      fenceInstructions: () => undefined,
      fenceTranslations: () => undefined,
      timeNow: () => 0n,
      instructionsRetired: () => 0n,
      kernelRoot: () => this.address(TEMPLATE),
      hartInterrupt: () => undefined,
      firmwareCall: (extension: bigint, _operation: bigint, first: bigint) => {
        if (extension === FIRMWARE_PUTCHAR) this.output += String.fromCharCode(Number(first));
        return { error: 0n, value: 0n };
      },
      stopMachine: (code: bigint) => {
        throw new MachineStopped(code);
      },
      ...more,
    });
  }

  /** A number that the kernel exports. */
  constant(name: string): bigint {
    const value = this.#program.constants[name];
    if (value === undefined) throw new Error(`the kernel exports no constant ${name}`);
    return BigInt(value);
  }

  #function(name: string): HostFunction {
    const found = this.#program.functions[name];
    if (found === undefined) throw new Error(`the kernel exports no function ${name}`);
    return found;
  }

  /** Calls an exported function of the kernel. */
  call(name: string, ...values: HostValue[]): HostValue {
    return this.#function(name)(...values);
  }

  /** As `call`, for a function that answers an Outcome. */
  outcome(name: string, ...values: HostValue[]): Answer {
    return answerOf(this.call(name, ...values));
  }

  /** Where assembly enters the kernel: it looks at the word of attention first. */
  #entry(): string {
    return this.field('Hart', HART, 'attention') === 0n ? 'syscallEntry' : 'syscallAttention';
  }

  /** A system call as the component makes it. */
  invoke({ capability, operation, arguments: values = [] }: Call): Answer {
    const registers = [...values, 0n, 0n, 0n, 0n, 0n, 0n].slice(0, 6);
    return this.outcome(this.#entry(), ...registers, operation, capability);
  }

  /** A system call in which `interfere` acts, as another hart could, before each shared access. */
  invokeWith(call: Call, interfere: (access: SharedAccess) => void): Answer {
    const registers = [...(call.arguments ?? []), 0n, 0n, 0n, 0n, 0n, 0n].slice(0, 6);
    return answerOf(this.runWith(interfere, this.#entry(), ...registers, call.operation, call.capability));
  }

  /** Runs an exported function that shares memory; `interfere` acts as another hart could, before each shared access. */
  runWith(interfere: (access: SharedAccess) => void, name: string, ...values: HostValue[]): HostValue {
    const start = this.#yielding.generators[name];
    if (start === undefined) throw new Error(`the yielding kernel has no generator ${name}`);
    const thread: HostThread = start(...values);
    let step = thread.next();
    while (!step.done) {
      interfere(step.value);
      step = thread.next(performAccess(this.#machine, step.value));
    }
    return step.value;
  }

  /** The kernel address of a byte of the memory. */
  address(byte: number): bigint {
    return WINDOW + MEMORY + BigInt(byte);
  }

  /** Frame number of a frame of the memory, counted from 0. */
  number(frame: bigint): bigint {
    return FIRST_FRAME + frame;
  }

  /** Byte index of a frame. */
  byteOf(frame: bigint): number {
    return Number(frame * FRAME);
  }

  /** Byte index of a slot of the table in a frame. */
  slotOf(table: bigint, index: number): number {
    return this.byteOf(table) + index * 64;
  }

  /** Puts a capability into a slot. */
  grant(table: bigint, index: number, capability: Capability): void {
    const { kind, rights = 0n, frame = 0n, first = 0n, count = 0n } = capability;
    this.call('slotGrant', this.slotOf(table, index), kind, rights, frame, first, count);
  }

  /** Links the table in a frame below a slot. */
  link(table: bigint, index: number, child: bigint): void {
    this.typeFrame(child, 'FRAME_TYPE_CAPABILITY_TABLE', 1n);
    this.setField('Slot', this.slotOf(table, index), 'child', this.number(child));
  }

  /** Gives a frame a type and a reference count. */
  typeFrame(frame: bigint, type: string, references: bigint): void {
    this.call('frameTableFill', this.number(frame), 1n, this.constant(type), references);
  }

  #offset(className: string, field: string): number {
    const found = this.#program.classes[className]?.fields[field];
    if (found === undefined) throw new Error(`the kernel has no field ${className}.${field}`);
    return found.offset;
  }

  /** Byte index of a module-level object of the kernel. */
  global(name: string): number {
    const found = this.#program.objects[name];
    if (found === undefined) throw new Error(`the kernel has no object ${name}`);
    return found.address;
  }

  /** Byte index of a field of an object at a byte index. */
  at(className: string, object: number, field: string): number {
    return object + this.#offset(className, field);
  }

  /** Writes a 64-bit field of an object at a byte index. */
  setField(className: string, object: number, field: string, value: bigint): void {
    this.#view.setBigUint64(object + this.#offset(className, field), value, true);
  }

  field(className: string, object: number, field: string): bigint {
    return this.#view.getBigUint64(object + this.#offset(className, field), true);
  }

  word(byte: number): bigint {
    return this.#view.getBigUint64(byte, true);
  }

  setWord(byte: number, value: bigint): void {
    this.#view.setBigUint64(byte, value, true);
  }

  /** Byte indexes of the blocks that a test looks at. */
  readonly hart = HART;
  readonly thread = THREAD;
  readonly frameTable = FRAME_TABLE;

  classSize(className: string): number {
    const found = this.#program.classes[className];
    if (found === undefined) throw new Error(`the kernel has no class ${className}`);
    return found.size;
  }

  get memory(): ArrayBuffer {
    return this.#machine.memory;
  }

  /** The whole memory but the word of the hart that every system call writes: the operation in progress. */
  state(): Uint8Array {
    const copy = this.#machine.snapshot();
    const at = HART + this.#offset('Hart', 'operation');
    return copy.fill(0, at, at + 8);
  }
}
