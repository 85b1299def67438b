/**
 * The kernel as JavaScript on a machine that is nothing but memory, for the
 * readers of what others made. Data is put at the very end of the memory, so
 * that a read behind it throws.
 */
import {
  loadHostModule,
  SimpleHostMachine,
  type HostExternal,
  type HostProgram,
  type HostStructure,
  type HostValue,
} from '../../../compiler/runtime/host-machine.ts';

const MODULE = await loadHostModule(new URL('../../../../kernel/js/program.js', import.meta.url).href);

const STATICS = 0x1000;
/** Statics, then a place for one object of the test, then the data. */
const OBJECT = 0x4_0000;
const OBJECT_SIZE = 0x1_0000;

/** The kernel gave up: what it printed. */
export class BootStopped extends Error {
  constructor(output: string) {
    super(output);
    this.name = 'BootStopped';
  }
}

export class MachineHost {
  output = '';
  readonly program: HostProgram;
  readonly view: DataView;
  readonly memory: ArrayBuffer;
  readonly object = OBJECT;
  readonly #size: number;
  readonly #base: bigint;

  constructor(room: number, externals: Readonly<Record<string, HostExternal>> = {}, base = 0x8000_0000n) {
    this.#size = OBJECT + OBJECT_SIZE + room;
    this.#base = base;
    const machine = new SimpleHostMachine({
      size: this.#size,
      base,
      staticStart: STATICS,
      externals: this.#externals(externals),
    });
    this.program = MODULE.instantiate(machine);
    if (this.program.staticEnd > OBJECT) throw new Error('the statics of the kernel need more room');
    this.memory = machine.memory;
    this.view = new DataView(this.memory);
  }

  #externals(more: Readonly<Record<string, HostExternal>>): Readonly<Record<string, HostExternal>> {
    const known: Readonly<Record<string, HostExternal>> = {
      instructionsRetired: () => 0n,
      firmwareCall: (_extension: bigint, _operation: bigint, byte: bigint) => {
        this.output += String.fromCharCode(Number(byte));
        return { error: 0n, value: 0n };
      },
      stopMachine: () => {
        throw new BootStopped(this.output);
      },
      ...more,
    };
    return new Proxy(known, {
      get(target, name) {
        const found = target[String(name)];
        if (found !== undefined) return found;
        return () => {
          throw new Error(`the machine has no function "${String(name)}"`);
        };
      },
    });
  }

  /** Puts bytes at the end of the memory, and makes a span of them. */
  span(bytes: Uint8Array): HostStructure {
    const at = this.#size - bytes.length;
    new Uint8Array(this.memory).set(bytes, at);
    return { address: this.#base + BigInt(at), length: BigInt(bytes.length) };
  }

  call(name: string, ...values: HostValue[]): HostValue {
    const found = this.program.functions[name];
    if (found === undefined) throw new Error(`the kernel exports no function ${name}`);
    return found(...values);
  }

  /** Calls a function that answers a number. */
  number(name: string, ...values: HostValue[]): number {
    const answer = this.call(name, ...values);
    if (typeof answer !== 'number') throw new Error(`${name} answered ${String(answer)}; expected a number`);
    return answer;
  }

  big(name: string, ...values: HostValue[]): bigint {
    const answer = this.call(name, ...values);
    if (typeof answer !== 'bigint') throw new Error(`${name} answered ${String(answer)}; expected a 64-bit number`);
    return answer;
  }

  constant(name: string): bigint {
    const value = this.program.constants[name];
    if (value === undefined) throw new Error(`the kernel exports no constant ${name}`);
    return BigInt(value);
  }

  /** Byte index of a module-level object. */
  global(name: string): number {
    const found = this.program.objects[name];
    if (found === undefined) throw new Error(`the kernel has no object ${name}`);
    return found.address;
  }

  size(className: string): number {
    const found = this.program.classes[className];
    if (found === undefined) throw new Error(`the kernel has no class ${className}`);
    return found.size;
  }

  offset(className: string, field: string): number {
    const found = this.program.classes[className]?.fields[field];
    if (found === undefined) throw new Error(`the kernel has no field ${className}.${field}`);
    return found.offset;
  }

  /** The object of the test: zero, and of a class. Answers its byte index. */
  fresh(className: string): number {
    if (this.size(className) > OBJECT_SIZE) throw new Error(`${className} is too large`);
    new Uint8Array(this.memory, OBJECT, OBJECT_SIZE).fill(0);
    return OBJECT;
  }

  u32(className: string, object: number, field: string): number {
    return this.view.getUint32(object + this.offset(className, field), true);
  }

  u64(className: string, object: number, field: string): bigint {
    return this.view.getBigUint64(object + this.offset(className, field), true);
  }

  /** Byte index of an element of an array field. */
  element(className: string, object: number, field: string, elementClass: string, index: number): number {
    return object + this.offset(className, field) + index * this.size(elementClass);
  }
}
