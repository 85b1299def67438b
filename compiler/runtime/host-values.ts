/**
 * What goes to and fro between an emitted program and the machine that it runs on: values, shared accesses, the memory, and
 * the error of a check that failed.
 */
import type { AtomicMethod } from '../ir/ir.ts';

/** A constant text: `length` bytes of UTF-8 at the byte index `address`. */
export interface HostText {
  readonly address: number;
  readonly length: number;
}
/** A value of an all-readonly object type. */
export interface HostStructure {
  readonly [field: string]: HostValue;
}
/**
 * Integers of up to 32 bits and pointers are numbers, 64-bit ones bigints. The
 * last member stands for a function value, which only comes from a table.
 */
export type HostValue = number | bigint | boolean | HostText | HostStructure | undefined | HostFunction;
export type HostFunction = (...values: HostValue[]) => HostValue;
/** A function in yielding form: it yields before every shared access and is resumed with the result of that access. */
export type HostGenerator = (...values: HostValue[]) => HostThread;
export type HostThread = Generator<SharedAccess, HostValue, HostValue>;
/** What a machine defines for a `declare function`. */
export type HostExternal = (...values: never[]) => HostValue | void;

/** One access to memory that several harts share, or to a device, about to happen. */
export type SharedAccess = AtomicAccess | VolatileAccess | ExternalAccess;
export interface AtomicAccess {
  readonly kind: 'atomic';
  readonly method: AtomicMethod;
  /** Byte index in the memory. */
  readonly address: number;
  /** In bytes: 4 or 8. */
  readonly size: number;
  /** What is stored, added and so on; of `compareExchange`: expected, then desired. */
  readonly operands: readonly (number | bigint)[];
  /** `file.ts:line` in the source. */
  readonly site: string;
}
export interface VolatileAccess {
  readonly kind: 'volatile';
  readonly method: 'read' | 'write';
  readonly address: number;
  /** In bytes: 1, 2 or 4. */
  readonly size: number;
  /** What is written. */
  readonly operands: readonly number[];
  readonly site: string;
}
/** A call of a `declare function` with the tag `@shared`, such as a fence. */
export interface ExternalAccess {
  readonly kind: 'external';
  readonly method: string;
  readonly address: 0;
  readonly size: 0;
  readonly operands: readonly HostValue[];
  readonly site: string;
}

/** A check of the program that failed. */
export class HarmonyTrap extends Error {
  /** `file.ts:line` of the check. */
  readonly site: string;
  /** What was checked: a reason of the intermediate representation, or a sentence about the host machine. */
  readonly reason: string;

  constructor(reason: string, site: string) {
    super(`${site}: trap: ${reason}`);
    this.name = 'HarmonyTrap';
    this.site = site;
    this.reason = reason;
  }
}

/** Addresses at which a part of the memory appears once more. */
export interface HostAlias {
  /** The first of them. */
  readonly address: bigint;
  /** Byte index of what is there, and how many bytes. */
  readonly start: number;
  readonly size: number;
}

/** What the support functions need of a machine. */
export interface HostMemory {
  readonly memory: ArrayBuffer;
  /** The address, as the program sees it, of byte 0 of the memory. */
  readonly base: bigint;
  /** A part that has other addresses besides: objects are found there, too. */
  readonly alias?: HostAlias | undefined;
  /** Byte index from which module-level objects, variables and texts are laid out; a multiple of 16, not 0. */
  readonly staticStart: number;
  /**
   * True: the static part of the memory already holds what an earlier `instantiate` of the same program
   * (in either form) and the calls since then have left there, and stays as it is.
   */
  readonly initialized: boolean;
  /** A function for every `declare function` of the program. */
  readonly externals: Readonly<Record<string, HostExternal>>;
}
