/**
 * A naive model of the memory system: what frames, tables, page tables, components and threads there are, as plain
 * objects, and what each operation answers and does, as the interface describes it. Independent of the kernel.
 *
 * Frames are named by their index; -1 is none.
 */
import {
  COUNT_LIMIT,
  DEAD,
  ERROR,
  HARTS,
  INCARNATION_LIMIT,
  KIND,
  TYPE,
  type ErrorName,
  type OperationName,
} from '../checker/numbers.ts';

/** What an operation answers. `lookUp`: because of the capability that was invoked. `Stops`: the machine does, instead. */
export interface Expected {
  readonly error: ErrorName | 'Stops';
  readonly value: bigint;
  readonly lookUp: boolean;
}

export interface ModelSlot {
  kind: number;
  rights: number;
  /** The frame that is counted. */
  frame: number;
  first: number;
  count: number;
  badge: bigint;
  /** Of an Invocation: the entry point, and the weak reference to its component. */
  entry: bigint;
  extra: bigint;
  /** The table that is linked below. */
  child: number;
}
/** A leaf (page: frame number) or a link (page: frame number of the table). */
export interface ModelEntry {
  readonly page: number;
  /** 0 for a link. */
  readonly permissions: number;
}
export interface ModelFrame {
  readonly index: number;
  type: number;
  dead: boolean;
  count: number;
  incarnation: number;
  stamp: number;
  /** Of a capability table. */
  slots: ModelSlot[];
  /** Of a page table. */
  entries: Map<number, ModelEntry>;
  /** Of a component. */
  root: number;
  table: number;
  /** Of a thread: its component as a weak reference. */
  component: number;
  componentIncarnation: number;
  home: number;
  running: boolean;
}
export interface ModelHart {
  /** The component that it runs in, weakly, and its table. */
  component: number;
  incarnation: number;
  table: number;
  /** Infinity: it runs nothing. */
  done: number;
  attention: boolean;
}

export function ok(value: bigint | number = 0): Expected {
  return { error: 'Ok', value: BigInt(value), lookUp: false };
}
export function fail(error: ErrorName, detail: bigint | number = 0): Expected {
  return { error, value: BigInt(detail), lookUp: false };
}

export function emptySlot(): ModelSlot {
  return { kind: KIND.None, rights: 0, frame: -1, first: 0, count: 0, badge: 0n, entry: 0n, extra: 0n, child: -1 };
}

function newFrame(index: number): ModelFrame {
  return {
    index,
    type: TYPE.Untyped,
    dead: false,
    count: 0,
    incarnation: 0,
    stamp: 0,
    slots: [],
    entries: new Map(),
    root: -1,
    table: -1,
    component: -1,
    componentIncarnation: 0,
    home: 0,
    running: false,
  };
}

export class Model {
  readonly frames: readonly ModelFrame[];
  readonly harts: readonly ModelHart[];
  /** Number of frame 0. */
  readonly first: number;
  epoch = 1;
  now = 0;
  advanced = 0;
  /** Ticks between two advances while several harts run. */
  readonly interval: number;
  /** Frames that the latest operation changed. */
  readonly touched = new Set<number>();
  /** Harts that the latest operation interrupted. */
  readonly interrupted: number[] = [];

  constructor(first: number, count: number, interval: number) {
    this.first = first;
    this.interval = interval;
    this.frames = Array.from({ length: count }, (_, index) => newFrame(index));
    const idle = { component: -1, incarnation: 0, table: -1, done: Infinity, attention: false };
    this.harts = Array.from({ length: HARTS }, () => ({ ...idle }));
  }

  frame(index: number): ModelFrame {
    const found = this.frames[index];
    if (found === undefined) throw new Error(`the model has no frame ${index}`);
    return found;
  }

  hart(index: number): ModelHart {
    const found = this.harts[index];
    if (found === undefined) throw new Error(`the model has no hart ${index}`);
    return found;
  }

  slot(table: number, index: number): ModelSlot {
    const found = this.frame(table).slots[index];
    if (found === undefined) throw new Error(`the model has no slot ${index} in table ${table}`);
    return found;
  }

  /** The index of a frame number, or -1 if that is a page of a device. Reserved frames are nobody's memory. */
  indexOf(page: number): number {
    const index = page - this.first;
    const found = this.frames[index];
    return found === undefined || found.type === TYPE.Reserved ? -1 : index;
  }

  /** Type byte and count of a frame, as a detail shows them. */
  typeAndCount(frame: ModelFrame): number {
    return this.typeByte(frame) * 0x100_0000 + frame.count;
  }

  typeByte(frame: ModelFrame): number {
    return frame.type + (frame.dead ? DEAD : 0);
  }

  /** Whether one reference more can be taken. */
  isFull(index: number): boolean {
    return this.frame(index).count >= COUNT_LIMIT;
  }

  reference(index: number): void {
    this.frame(index).count += 1;
    this.touched.add(index);
  }

  release(index: number): void {
    const frame = this.frame(index);
    frame.count -= 1;
    frame.stamp = Math.max(frame.stamp, this.epoch);
    this.touched.add(index);
  }

  /** Whether the component that a hart runs in lives. */
  isAlive(hart: ModelHart): boolean {
    const frame = this.frame(hart.component);
    return frame.type === TYPE.Component && !frame.dead && frame.incarnation === hart.incarnation;
  }

  /** A hart enters the kernel: it holds nothing old any more. False: its component is dead. */
  enter(index: number): boolean {
    const hart = this.hart(index);
    hart.attention = !this.isAlive(hart);
    if (!hart.attention) hart.done = this.epoch;
    return !hart.attention;
  }

  #reached(): number {
    return Math.min(...this.harts.map((hart) => hart.done));
  }

  /** Asks for an epoch above a stamp: at once for a hart that is alone, else once in the interval. */
  #request(index: number, stamp: number): void {
    const others = this.harts.filter((hart, other) => other !== index && hart.done !== Infinity);
    if (others.length > 0) {
      if (this.now - this.advanced < this.interval) return;
      this.advanced = this.now;
    }
    this.epoch = Math.max(this.epoch, stamp + 1);
    for (const [other, hart] of this.harts.entries()) {
      hart.attention = true;
      if (other !== index && hart.done <= stamp) this.interrupted.push(other);
    }
  }

  /** Whether nobody can still use a frame; if not, the calling hart does what it can for it. */
  isQuiescent(index: number, frame: ModelFrame): boolean {
    if (frame.stamp < this.#reached()) return true;
    this.#request(index, frame.stamp);
    return this.enter(index) && frame.stamp < this.#reached();
  }

  /** Frees a frame that was an object. */
  becomeUntyped(frame: ModelFrame): void {
    frame.type = TYPE.Untyped;
    frame.dead = false;
    frame.incarnation = Math.min(frame.incarnation + 1, INCARNATION_LIMIT);
    this.touched.add(frame.index);
  }
}

/** Names of the errors by their numbers. */
export const ERROR_NAMES: ReadonlyMap<bigint, string> = new Map(
  Object.entries(ERROR).map(([name, number]) => [BigInt(number), name]),
);
export type { OperationName };
