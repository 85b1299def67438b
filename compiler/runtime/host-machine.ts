/**
 * The host machine: what a program that `harmonyc` lowered to JavaScript runs
 * on. One buffer is the memory. A pointer is the index of a byte in it, 0 is
 * null; the program itself sees addresses, `base` + index.
 */

import { createSupport, type HostSupport } from './host-machine-support.ts';
import type {
  HostAlias,
  HostExternal,
  HostFunction,
  HostGenerator,
  HostMemory,
  HostThread,
  HostValue,
  SharedAccess,
} from './host-values.ts';

export * from './host-values.ts';

/** What `instantiate` of an emitted module takes. */
export interface HostMachine extends HostMemory {
  readonly support: HostSupport;
  /** A read of a device register of 1, 2 or 4 bytes. */
  volatileRead(address: number, size: number): number;
  volatileWrite(address: number, size: number, value: number): void;
}

export interface HostField {
  readonly offset: number;
  readonly size: number;
  /** As in the source: `u64`, `array(atomic(u64), 512)`, `Thread | null`. */
  readonly type: string;
}
export interface HostClass {
  readonly size: number;
  readonly alignment: number;
  readonly fields: Readonly<Record<string, HostField>>;
}
/** A module-level object, array or variable. */
export interface HostObject {
  /** Byte index in the memory. */
  readonly address: number;
  readonly size: number;
  readonly type: string;
}

/** What `instantiate` returns. */
export interface HostProgram {
  readonly form: 'plain' | 'yielding';
  /** Exported functions that are called as they stand. */
  readonly functions: Readonly<Record<string, HostFunction>>;
  /** Exported functions that contain a shared access; empty in the plain form. */
  readonly generators: Readonly<Record<string, HostGenerator>>;
  /** By name; by `path.ts:name` where two modules have a private one of the same name. */
  readonly objects: Readonly<Record<string, HostObject>>;
  readonly classes: Readonly<Record<string, HostClass>>;
  /** Exported constants. */
  readonly constants: Readonly<Record<string, number | bigint | boolean>>;
  /** Byte index after the last byte of static memory. */
  readonly staticEnd: number;
}
export interface HostModule {
  instantiate(machine: HostMachine): HostProgram;
}

function isHostModule(loaded: unknown): loaded is HostModule {
  return (
    typeof loaded === 'object' && loaded !== null && 'instantiate' in loaded && typeof loaded.instantiate === 'function'
  );
}

/** Loads an emitted file (`js/program.js` or `js/yielding.js`) by its URL. */
export async function loadHostModule(url: string): Promise<HostModule> {
  const loaded: unknown = await import(url);
  if (!isHostModule(loaded)) {
    throw new Error(`${url} exports no function "instantiate": expected a file that harmonyc emitted.`);
  }
  return loaded;
}

export interface HostMachineOptions {
  /** Size of the memory in bytes. */
  readonly size: number;
  readonly base?: bigint;
  readonly alias?: HostAlias | undefined;
  readonly staticStart?: number;
  readonly initialized?: boolean;
  /** Share the memory of another machine instead of a new one. */
  readonly memory?: ArrayBuffer;
  readonly externals?: Readonly<Record<string, HostExternal>>;
}

/** A machine that is nothing but memory: device registers are plain bytes of it. */
export class SimpleHostMachine implements HostMachine {
  readonly memory: ArrayBuffer;
  readonly base: bigint;
  readonly alias: HostAlias | undefined;
  readonly staticStart: number;
  readonly initialized: boolean;
  readonly externals: Readonly<Record<string, HostExternal>>;
  readonly support: HostSupport;
  readonly #view: DataView;

  constructor(options: HostMachineOptions) {
    this.memory = options.memory ?? new ArrayBuffer(options.size);
    this.base = options.base ?? 0x8000_0000n;
    this.alias = options.alias;
    this.staticStart = options.staticStart ?? 16;
    this.initialized = options.initialized ?? false;
    this.externals = options.externals ?? {};
    this.support = createSupport(this);
    this.#view = new DataView(this.memory);
  }

  volatileRead(address: number, size: number): number {
    if (size === 1) return this.#view.getUint8(address);
    return size === 2 ? this.#view.getUint16(address, true) : this.#view.getUint32(address, true);
  }

  volatileWrite(address: number, size: number, value: number): void {
    if (size === 1) this.#view.setUint8(address, value);
    else if (size === 2) this.#view.setUint16(address, value, true);
    else this.#view.setUint32(address, value, true);
  }

  /** The whole state of the program: a copy of the memory. */
  snapshot(): Uint8Array {
    return new Uint8Array(this.memory.slice(0));
  }

  restore(state: Uint8Array): void {
    new Uint8Array(this.memory).set(state);
  }
}

/** Performs a shared access on the memory at once: a machine whose memory is sequentially consistent. */
export function performAccess(machine: HostMachine, access: SharedAccess): HostValue {
  switch (access.kind) {
    case 'atomic':
      return machine.support.performAtomic(access);
    case 'volatile':
      if (access.method === 'read') return machine.volatileRead(access.address, access.size);
      machine.volatileWrite(access.address, access.size, access.operands[0] ?? 0);
      return undefined;
    case 'external': {
      const external = machine.externals[access.method];
      if (external === undefined) throw new Error(`the host machine has no function "${access.method}".`);
      const result: HostValue = Reflect.apply(external, undefined, access.operands);
      return result;
    }
  }
}

/** Runs one thread to its end, each access performed as it comes. */
export function drain(machine: HostMachine, thread: HostThread): HostValue {
  let step = thread.next();
  while (!step.done) step = thread.next(performAccess(machine, step.value));
  return step.value;
}
