/**
 * The ambient library of the Harmony subset. It replaces TypeScript's own
 * `lib` (sources compile with `noLib`), so whatever is not declared here
 * (`Math`, `Promise`, `console`, `Array.prototype.push`) is an error in every
 * editor. `harmonyc` knows each declaration of this file by name.
 */

// ---------------------------------------------------------------- integers

/** Unsigned, 8 bits: 0 to 255. Widens silently to `u16` and `u32`. */
type u8 = number & { readonly __int?: 'u8' };
/** Unsigned, 16 bits: 0 to 65,535. Widens silently to `u32`. */
type u16 = number & { readonly __int?: 'u8' | 'u16' };
/** Unsigned, 32 bits: 0 to 2^32 - 1. To `u64` by `u64(x)`. */
type u32 = number & { readonly __int?: 'u8' | 'u16' | 'u32' };
/** Signed, 8 bits: -128 to 127. */
type i8 = number & { readonly __int?: 'i8' };
/** Signed, 16 bits: -32,768 to 32,767. */
type i16 = number & { readonly __int?: 'i8' | 'i16' };
/** Signed, 32 bits. Overflow of `+ - *` and of negation traps. */
type i32 = number & { readonly __int?: 'i8' | 'i16' | 'i32' };
/** Unsigned, 64 bits. Literals end in `n`. `+ - *` wrap. */
type u64 = bigint & { readonly __int?: 'u64' };
/** Signed, 64 bits. Literals end in `n`. Overflow traps. */
type i64 = bigint & { readonly __int?: 'i64' };

/**
 * An integer type of its own: `type PhysicalAddress = Distinct<u64, 'PhysicalAddress'>`.
 * It becomes a plain `T` silently; a plain `T` becomes one only through `distinct<…>(x)`.
 */
type Distinct<T extends number | bigint, Name extends string> = T & { readonly __distinct?: Name };
/** Gives an integer a distinct type. Only files listed under `casts` in harmony.json may use it. */
declare function distinct<T extends number | bigint>(value: number | bigint): T;

/** An integer type as a function. */
interface IntegerType<T> {
  /** Converts with a check: a value that does not fit traps, unless its range is proven. */
  (value: number | bigint): T;
  /** Converts by truncation: keeps the low bits. */
  wrap(value: number | bigint): T;
}
declare const u8: IntegerType<u8>;
declare const u16: IntegerType<u16>;
declare const u32: IntegerType<u32>;
declare const u64: IntegerType<u64>;
declare const i8: IntegerType<i8>;
declare const i16: IntegerType<i16>;
declare const i32: IntegerType<i32>;
declare const i64: IntegerType<i64>;

/**
 * The parameters of a function type, in a function that stands in a table of that type:
 * `function add(...[left, right]: Parameters<Operation>): u64`. What it does not use it leaves out: `[, right]`.
 */
type Parameters<T> = T extends (...given: infer P) => any ? P : never;

// ------------------------------------------------- memory that classes hold

/** An array of fixed length, embedded where it is declared. Every index is proven or checked. */
interface FixedArray<T, N extends number> {
  readonly length: N;
  [index: number]: T;
  [Symbol.iterator](): IterableIterator<T>;
}
/** A word that more than one hart may access. Each access is one shared access of the machine. */
interface Atomic<T extends number | bigint> {
  /** Relaxed load. */
  load(): T;
  /** Load; no later access of this hart is performed before it (`fence r,rw` after it). */
  loadAcquire(): T;
  /** Relaxed store. */
  store(value: T): void;
  /** Store; every earlier access of this hart is performed before it (`fence rw,w` before it). */
  storeRelease(value: T): void;
  /** Adds (wrapping) and returns the value before; relaxed. */
  add(value: T): T;
  /** As `add`, with acquire ordering. */
  addAcquire(value: T): T;
  /** As `add`, with release ordering. */
  addRelease(value: T): T;
  /** ORs and returns the value before; relaxed. */
  or(value: T): T;
  /** As `or`, with acquire and release ordering. */
  orAcquireRelease(value: T): T;
  /** ANDs and returns the value before; relaxed. */
  and(value: T): T;
  /** Stores and returns the value before; relaxed. */
  swap(value: T): T;
  /** As `swap`, with acquire and release ordering. */
  swapAcquireRelease(value: T): T;
  /** Stores the unsigned maximum and returns the value before; relaxed. */
  max(value: T): T;
  /**
   * Stores `desired` if the word holds `expected`; true when stored. Acquire and release ordering.
   * At most 8 attempts, each further one only while the word still holds `expected`; so false
   * means that another hart wrote the word or its neighbourhood in between.
   */
  compareExchange(expected: T, desired: T): boolean;
}
/** A device register. Each access happens exactly once, in order with the others of this hart. */
interface Volatile<T extends number> {
  read(): T;
  write(value: T): void;
}
/** Declares a field: `readonly words = array(u64, 8)`, `array(Slot, 64)`, `array(atomic(u64), 512)`. */
declare function array<T, N extends number>(element: IntegerType<T>, length: N): FixedArray<T, N>;
declare function array<T, N extends number>(element: new () => T, length: N): FixedArray<T, N>;
declare function array<T extends object, N extends number>(element: T, length: N): FixedArray<T, N>;
/** Declares a shared word: `readonly header = atomic(u64)`. Only `u32` and `u64` (and distinct types of them). */
declare function atomic<T extends number | bigint>(element: IntegerType<T>): Atomic<T>;
/** Declares a device register: `readonly status = volatile(u32)`. Only `u8`, `u16`, `u32`. */
declare function volatile<T extends number>(element: IntegerType<T>): Volatile<T>;

// -------------------------------------------------------- text and pointers

/** Constant UTF-8 bytes: an address and a length. Made by string literals; it has no operators. */
type Text = string & { readonly __text?: true };
/** Length of a text in bytes. */
declare function textLength(text: Text): u32;
/** Byte `index` of a text; an index at or past the length traps. */
declare function textByte(text: Text, index: u32): u8;

/** The address of an object, as the machine that runs the code sees it. */
declare function addressOf(object: object): u64;
/** The object at an address. Only files listed under `casts` in harmony.json may use it. */
declare function objectAt<T extends object>(address: u64): T;

// ------------------------------------------------------- compile-time facts

/** Size of a class in bytes. */
declare function sizeof<T extends object>(): u32;
/** Offset of a field in its class, in bytes. */
declare function offsetof<T extends object>(field: keyof T): u32;
/** Refuses to compile unless the condition, a constant, is true. Only at the top level of a file. */
declare function staticAssert(condition: boolean, message?: string): void;

// ------------------------------------------------------ checks and bounds

/** Traps unless the condition is true. */
declare function assert(condition: boolean): asserts condition;
/** A place that is never reached; reaching it traps. */
declare function unreachable(): never;
/** First statement of a loop: its body runs at most `limit` times (a constant); once more traps. */
declare function bound(limit: number): void;
/** `for (const i of range(n))`: 0 to n - 1. A limit that is not constant needs `bound(N)` in the body. */
declare function range(limit: u32): Iterable<u32>;

// ------------------------------------- what the checker itself asks for

interface Array<T> {
  readonly length: number;
  readonly [index: number]: T;
  [Symbol.iterator](): IterableIterator<T>;
}
interface ReadonlyArray<T> {
  readonly length: u32;
  readonly [index: number]: T;
  [Symbol.iterator](): IterableIterator<T>;
}
interface SymbolConstructor {
  readonly iterator: unique symbol;
}
declare const Symbol: SymbolConstructor;
interface Symbol {
  readonly description: string | undefined;
}
interface IteratorYieldResult<T> {
  done?: false;
  value: T;
}
interface IteratorReturnResult<T> {
  done: true;
  value: T;
}
type IteratorResult<T, R = any> = IteratorYieldResult<T> | IteratorReturnResult<R>;
interface Iterator<T, R = any, N = any> {
  next(...value: [] | [N]): IteratorResult<T, R>;
}
interface Iterable<T, R = any, N = any> {
  [Symbol.iterator](): Iterator<T, R, N>;
}
interface IterableIterator<T, R = any, N = any> extends Iterator<T, R, N> {
  [Symbol.iterator](): IterableIterator<T, R, N>;
}
interface Boolean {}
interface Number {}
interface BigInt {}
interface String {}
interface Object {}
interface RegExp {}
interface Function {}
interface CallableFunction extends Function {}
interface NewableFunction extends Function {}
interface IArguments {}
interface TemplateStringsArray {}
