/**
 * What emitted JavaScript calls besides its own functions: checks that trap,
 * conversions between pointers and addresses, and read-modify-write of shared
 * words. Plain loads and stores are not here: they are DataView calls in place.
 */

import type { AtomicMethod } from '../ir/ir.ts';
import {
  HarmonyTrap,
  type AtomicAccess,
  type ExternalAccess,
  type HostMemory,
  type HostText,
  type HostValue,
  type VolatileAccess,
} from './host-values.ts';

type Word = number | bigint;

/** The functions that an emitted file takes from `machine.support`, by these names. */
export type HostSupport = ReturnType<typeof createSupport>;

function trap(reason: string, site: string): never {
  throw new HarmonyTrap(reason, site);
}

/** Checks of integers: each returns its value, or traps. */
const checks = {
  trap,
  checkIndex(index: number, length: number, site: string): number {
    return index < length ? index : trap('index', site);
  },
  /** A narrowing of a value of at most 32 bits. */
  checkNarrow(value: number, least: number, greatest: number, site: string): number {
    return value >= least && value <= greatest ? value : trap('narrowing', site);
  },
  /** A narrowing from or to 64 bits. */
  checkNarrowBig(value: bigint, least: bigint, greatest: bigint, site: string): bigint {
    return value >= least && value <= greatest ? value : trap('narrowing', site);
  },
  /** The exact result of an operation on two i32, as an i32. */
  checkI32(value: number, site: string): number {
    const result = value | 0;
    return result === value ? result : trap('overflow', site);
  },
  checkI64(value: bigint, site: string): bigint {
    return BigInt.asIntN(64, value) === value ? value : trap('overflow', site);
  },
  nonZero(divisor: number, site: string): number {
    return divisor !== 0 ? divisor : trap('division', site);
  },
  nonZeroBig(divisor: bigint, site: string): bigint {
    return divisor !== 0n ? divisor : trap('division', site);
  },
  divideI32(dividend: number, divisor: number, site: string): number {
    if (divisor === 0 || (divisor === -1 && dividend === -0x8000_0000)) trap('division', site);
    return (dividend / divisor) | 0;
  },
  remainderI32(dividend: number, divisor: number, site: string): number {
    if (divisor === 0 || (divisor === -1 && dividend === -0x8000_0000)) trap('division', site);
    return (dividend % divisor) | 0;
  },
  divideI64(dividend: bigint, divisor: bigint, site: string): bigint {
    if (divisor === 0n || (divisor === -1n && dividend === -0x8000_0000_0000_0000n)) trap('division', site);
    return dividend / divisor;
  },
  remainderI64(dividend: bigint, divisor: bigint, site: string): bigint {
    if (divisor === 0n || (divisor === -1n && dividend === -0x8000_0000_0000_0000n)) trap('division', site);
    return dividend % divisor;
  },
  /** After the call of a `declare function` whose result type is `never`. */
  neverReturns(_result: unknown, name: string): never {
    throw new Error(`the host machine's function "${name}" returned, but its result type is "never": it must throw.`);
  },
};

/** Pointers (byte indexes, 0 is null) and the addresses that the program sees. */
function createPointers(machine: HostMemory) {
  const { base, memory, alias = { address: 0n, start: 0, size: 0 } } = machine;
  const size = memory.byteLength;
  /** The byte index of an object at an address, or -1. A number is exact for each distance that lies inside the memory. */
  const indexOf = (address: bigint, length: number): number => {
    const index = Number(address - base);
    if (index > 0 && index + length <= size) return index;
    const within = Number(address - alias.address);
    return within >= 0 && within + length <= alias.size ? alias.start + within : -1;
  };
  return {
    /** The address of a pointer: what memory holds for it. */
    addressFrom(pointer: number): bigint {
      return pointer === 0 ? 0n : base + BigInt(pointer);
    },
    /** The pointer for a word of memory that holds one. */
    pointerFrom(address: bigint): number {
      if (address === 0n) return 0;
      const index = address - base;
      if (index > 0n && index < BigInt(size)) return Number(index);
      return trap(`memory holds a pointer to 0x${address.toString(16)}, outside the machine's memory`, 'host machine');
    },
    objectAt(address: bigint, className: string, length: number, alignment: number, site: string): number {
      const index = indexOf(address, length);
      if (index < 0) {
        const end = (base + BigInt(size)).toString(16);
        const found = `objectAt<${className}>(0x${address.toString(16)})`;
        trap(`${found} is outside the machine's memory, 0x${base.toString(16)} (itself excluded) to 0x${end}`, site);
      }
      if (address % BigInt(alignment) !== 0n) {
        trap(`objectAt<${className}>(0x${address.toString(16)}) is not aligned to ${alignment} bytes`, site);
      }
      return index;
    },
  };
}

function createTexts(machine: HostMemory) {
  const bytes = new Uint8Array(machine.memory);
  return {
    /** Lays a constant text out at a byte index. */
    placeText(address: number, value: string): HostText {
      const encoded = new TextEncoder().encode(value);
      if (!machine.initialized) bytes.set(encoded, address);
      return { address, length: encoded.length };
    },
    textByte(text: HostText, index: number, site: string): number {
      return index < text.length ? (bytes[text.address + index] ?? 0) : trap('text', site);
    },
  };
}

/** Zeroes the static memory, unless it holds a state already. */
function createStatics(machine: HostMemory) {
  return {
    clearStatics(size: number): boolean {
      const { staticStart, memory, initialized } = machine;
      if (staticStart <= 0 || staticStart % 16 !== 0) {
        throw new Error(`staticStart is ${staticStart}; expected a multiple of 16 above 0.`);
      }
      if (staticStart + size > memory.byteLength) {
        const needed = `the program's static data needs ${size} bytes from byte ${staticStart} on`;
        throw new Error(`${needed}, but the machine's memory has ${memory.byteLength} bytes; give it more.`);
      }
      if (!initialized) new Uint8Array(memory, staticStart, size).fill(0);
      return !initialized;
    },
    /** Every `declare function` must be there before the program runs. */
    requireExternals(names: readonly string[]): void {
      const missing = names.filter((name) => typeof machine.externals[name] !== 'function');
      if (missing.length > 0) {
        throw new Error(`the host machine lacks functions that the program declares: ${missing.join(', ')}.`);
      }
    },
  };
}

function createAtomics32(view: DataView) {
  const replace = (address: number, value: number): number => {
    const old = view.getUint32(address, true);
    view.setUint32(address, value, true);
    return old;
  };
  return {
    atomicAdd32: (address: number, operand: number) => replace(address, view.getUint32(address, true) + operand),
    atomicOr32: (address: number, operand: number) => replace(address, view.getUint32(address, true) | operand),
    atomicAnd32: (address: number, operand: number) => replace(address, view.getUint32(address, true) & operand),
    atomicSwap32: replace,
    atomicMax32: (address: number, operand: number) =>
      replace(address, Math.max(view.getUint32(address, true), operand)),
    atomicCompareExchange32(address: number, expected: number, desired: number): boolean {
      if (view.getUint32(address, true) !== expected) return false;
      view.setUint32(address, desired, true);
      return true;
    },
  };
}

function createAtomics64(view: DataView) {
  const replace = (address: number, value: bigint): bigint => {
    const old = view.getBigUint64(address, true);
    view.setBigUint64(address, value, true);
    return old;
  };
  return {
    atomicAdd64: (address: number, operand: bigint) =>
      replace(address, BigInt.asUintN(64, view.getBigUint64(address, true) + operand)),
    atomicOr64: (address: number, operand: bigint) => replace(address, view.getBigUint64(address, true) | operand),
    atomicAnd64: (address: number, operand: bigint) => replace(address, view.getBigUint64(address, true) & operand),
    atomicSwap64: replace,
    atomicMax64(address: number, operand: bigint): bigint {
      const old = view.getBigUint64(address, true);
      return replace(address, operand > old ? operand : old);
    },
    atomicCompareExchange64(address: number, expected: bigint, desired: bigint): boolean {
      if (view.getBigUint64(address, true) !== expected) return false;
      view.setBigUint64(address, desired, true);
      return true;
    },
  };
}

type Atomics = ReturnType<typeof createAtomics32> & ReturnType<typeof createAtomics64>;

function perform32(view: DataView, atomics: Atomics, access: AtomicAccess): Word | boolean | undefined {
  const { method, address } = access;
  const [first = 0, second = 0] = access.operands.map(Number);
  switch (method) {
    case 'load':
    case 'loadAcquire':
      return view.getUint32(address, true);
    case 'store':
    case 'storeRelease':
      view.setUint32(address, first, true);
      return undefined;
    case 'add':
    case 'addAcquire':
    case 'addRelease':
      return atomics.atomicAdd32(address, first);
    case 'or':
    case 'orAcquireRelease':
      return atomics.atomicOr32(address, first);
    case 'and':
      return atomics.atomicAnd32(address, first);
    case 'swap':
    case 'swapAcquireRelease':
      return atomics.atomicSwap32(address, first);
    case 'max':
      return atomics.atomicMax32(address, first);
    case 'compareExchange':
      return atomics.atomicCompareExchange32(address, first, second);
  }
}

function perform64(view: DataView, atomics: Atomics, access: AtomicAccess): Word | boolean | undefined {
  const { method, address } = access;
  const [first = 0n, second = 0n] = access.operands.map(BigInt);
  switch (method) {
    case 'load':
    case 'loadAcquire':
      return view.getBigUint64(address, true);
    case 'store':
    case 'storeRelease':
      view.setBigUint64(address, first, true);
      return undefined;
    case 'add':
    case 'addAcquire':
    case 'addRelease':
      return atomics.atomicAdd64(address, first);
    case 'or':
    case 'orAcquireRelease':
      return atomics.atomicOr64(address, first);
    case 'and':
      return atomics.atomicAnd64(address, first);
    case 'swap':
    case 'swapAcquireRelease':
      return atomics.atomicSwap64(address, first);
    case 'max':
      return atomics.atomicMax64(address, first);
    case 'compareExchange':
      return atomics.atomicCompareExchange64(address, first, second);
  }
}

/** Descriptions of accesses, which the yielding form yields. */
const descriptors = {
  atomicAccess(
    method: AtomicMethod,
    address: number,
    size: number,
    operands: readonly Word[],
    site: string,
  ): AtomicAccess {
    return { kind: 'atomic', method, address, size, operands, site };
  },
  volatileAccess(
    method: 'read' | 'write',
    address: number,
    size: number,
    operands: readonly number[],
    site: string,
  ): VolatileAccess {
    return { kind: 'volatile', method, address, size, operands, site };
  },
  externalAccess(method: string, operands: readonly HostValue[], site: string): ExternalAccess {
    return { kind: 'external', method, address: 0, size: 0, operands, site };
  },
};

/** The support functions for the memory of one machine. */
export function createSupport(machine: HostMemory) {
  const view = new DataView(machine.memory);
  const atomics = { ...createAtomics32(view), ...createAtomics64(view) };
  return {
    ...checks,
    ...descriptors,
    ...createPointers(machine),
    ...createTexts(machine),
    ...createStatics(machine),
    ...atomics,
    performAtomic(access: AtomicAccess): Word | boolean | undefined {
      return access.size === 4 ? perform32(view, atomics, access) : perform64(view, atomics, access);
    },
  };
}
