/**
 * Small straight programs of two harts, and two ways to find everything that their loads can read: the explorer with
 * the model of memory, and an independent reference that tries every order of performing them.
 */
import type { SharedAccess } from '../../../compiler/runtime/host-machine.ts';
import { MEMORY_SIZE } from '../support/memory-machine.ts';
import { exploreSchedules, type Program, type Report } from './explorer.ts';
import { SharedMemory, type Watcher } from './shared-memory.ts';

export type Variable = 'x' | 'y' | 'z';
/** What a hart does: `value` is what a store, an AMO or a compare-and-swap (from 0) writes. */
export interface Operation {
  readonly method:
    | 'load'
    | 'loadAcquire'
    | 'store'
    | 'storeRelease'
    | 'swap'
    | 'swapAcquireRelease'
    | 'max'
    | 'addRelease'
    | 'addAcquire'
    | 'compareExchange'
    | 'fenceMemory'
    | 'fenceReads';
  readonly variable: Variable;
  readonly value: number;
}

export function operation(method: Operation['method'], variable: Variable = 'x', value = 1): Operation {
  return { method, variable, value };
}

/** Words behind the frames: the model knows nothing about them but their accesses. */
const BYTES: Readonly<Record<Variable, number>> = { x: MEMORY_SIZE - 8, y: MEMORY_SIZE - 16, z: MEMORY_SIZE - 24 };
const VARIABLES: readonly Variable[] = ['x', 'y', 'z'];
const UNWATCHED: Watcher = {
  wrote: () => undefined,
  touched: () => undefined,
  fencedTranslations: () => undefined,
};

function accessOf({ method, variable, value }: Operation): SharedAccess {
  if (method === 'fenceMemory' || method === 'fenceReads') {
    return { kind: 'external', method, address: 0, size: 0, operands: [], site: method };
  }
  const operands = method === 'compareExchange' ? [0n, BigInt(value)] : [BigInt(value)];
  const isLoad = method === 'load' || method === 'loadAcquire';
  return { kind: 'atomic', method, address: BYTES[variable], size: 8, operands: isLoad ? [] : operands, site: method };
}

export type Litmus = readonly [readonly Operation[], readonly Operation[]];

/** Runs a litmus program under the model. */
class LitmusProgram implements Program {
  /** What the loads of both harts read, in all executions. */
  readonly outcomes = new Set<string>();
  readonly #memory = new ArrayBuffer(MEMORY_SIZE);
  readonly #shared = new SharedMemory(this.#memory, UNWATCHED);
  readonly #harts: Litmus;
  #next = [0, 0];
  #read: string[][] = [[], []];

  constructor(harts: Litmus) {
    this.#harts = harts;
  }

  start(): void {
    const view = new DataView(this.#memory);
    for (const variable of VARIABLES) view.setBigUint64(BYTES[variable], 0n, true);
    this.#shared.reset();
    this.#next = [0, 0];
    this.#read = [[], []];
  }

  #operation(thread: number): Operation | undefined {
    return this.#harts[thread]?.[this.#next[thread] ?? 0];
  }

  #access(thread: number): SharedAccess {
    const found = this.#operation(thread);
    if (found === undefined) throw new Error(`hart ${thread} has ended`);
    return accessOf(found);
  }

  isReady(thread: number): boolean {
    return this.#operation(thread) !== undefined;
  }

  choices(thread: number): number {
    return this.#shared.choices(thread, this.#access(thread));
  }

  dependent(): boolean {
    return this.#shared.dependent(this.#access(0), this.#access(1));
  }

  raceOf(thread: number): number {
    return this.#shared.raceOf(thread, this.#access(thread));
  }

  step(thread: number, choice: number, position: number): void {
    const value = this.#shared.perform(thread, this.#access(thread), choice, position);
    if (value !== undefined) this.#read[thread]?.push(String(value));
    this.#next[thread] = (this.#next[thread] ?? 0) + 1;
  }

  finish(): void {
    this.outcomes.add(this.#read.map((list) => list.join(' ')).join(' | '));
  }
}

export interface LitmusResult {
  readonly outcomes: readonly string[];
  readonly report: Report;
}

/** Everything that the loads, AMOs and compare-and-swaps can read, under the model. */
export function runLitmus(...harts: Litmus): LitmusResult {
  const program = new LitmusProgram(harts);
  const report = exploreSchedules(program, { executions: 100_000, switches: 0 });
  return { outcomes: [...program.outcomes].sort(), report };
}

const FENCES: ReadonlySet<string> = new Set(['fenceMemory', 'fenceReads']);
const LOADS: ReadonlySet<string> = new Set(['load', 'loadAcquire']);

/** Whether the first of two operations of a hart, with what stands between, must be performed before the second. */
function isOrdered(first: Operation, between: readonly Operation[], second: Operation): boolean {
  const reads = LOADS.has(first.method);
  const loads = LOADS.has(second.method);
  if (first.variable === second.variable) return true;
  if (first.method === 'loadAcquire' || second.method === 'storeRelease') return true;
  if (reads && !loads) return true;
  return between.some(({ method }) => method === 'fenceMemory' || (method === 'fenceReads' && reads && loads));
}

/** Every order in which a hart may perform its loads and stores, as positions. */
function orders(program: readonly Operation[]): readonly (readonly number[])[] {
  const found: number[][] = [];
  const accesses = [...program.keys()].filter((index) => !FENCES.has(program[index]?.method ?? ''));
  const extend = (order: readonly number[]): void => {
    if (order.length === accesses.length) found.push([...order]);
    for (const index of accesses) {
      const candidate = program[index];
      if (order.includes(index) || candidate === undefined) continue;
      const waits = accesses.some((other) => {
        const first = program[other];
        if (other >= index || first === undefined || order.includes(other)) return false;
        return isOrdered(first, program.slice(other + 1, index), candidate);
      });
      if (!waits) extend([...order, index]);
    }
  };
  extend([]);
  return found;
}

/**
 * The same by trying every order in which RVWMO lets each hart perform its loads and stores, and every interleaving
 * of those. For programs of plain and acquire loads, stores and fences, in which no hart loads what it has stored.
 */
export function referenceOutcomes(...harts: Litmus): readonly string[] {
  const outcomes = new Set<string>();
  const memory: Record<Variable, number> = { x: 0, y: 0, z: 0 };
  const read: [string[], string[]] = [[], []];
  const run = (left: [readonly number[], readonly number[]], at: [number, number]): void => {
    let ended = true;
    for (const hart of [0, 1] as const) {
      const index = left[hart][at[hart]];
      const operationNow = index === undefined ? undefined : harts[hart][index];
      if (index === undefined || operationNow === undefined) continue;
      ended = false;
      const { method, variable, value } = operationNow;
      const before = memory[variable];
      if (LOADS.has(method)) read[hart][index] = String(before);
      else memory[variable] = value;
      run(left, hart === 0 ? [at[0] + 1, at[1]] : [at[0], at[1] + 1]);
      memory[variable] = before;
    }
    if (ended) outcomes.add(read.map((list) => list.filter((text) => text !== '').join(' ')).join(' | '));
  };
  for (const one of orders(harts[0])) for (const other of orders(harts[1])) run([one, other], [0, 0]);
  return [...outcomes].sort();
}
