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
  INTERRUPT_LINES,
  KIND,
  NEVER,
  THREAD_STATE,
  TYPE,
  type ErrorName,
  type OperationName,
} from '../checker/numbers.ts';

/**
 * What an operation answers. `lookUp`: because of the capability that was invoked. `Stops`: the machine does, instead.
 * `Moves`: whoever runs on the hart now finds in its registers what it has to know.
 */
export interface Expected {
  readonly error: ErrorName | 'Stops' | 'Moves';
  readonly value: bigint;
  readonly lookUp: boolean;
}
export const MOVES: Expected = { error: 'Moves', value: 0n, lookUp: false };
export const STOPS: Expected = { error: 'Stops', value: 0n, lookUp: false };

export interface ModelSlot {
  kind: number;
  rights: number;
  /** The frame that is counted. */
  frame: number;
  first: number;
  count: number;
  badge: bigint;
  /** Of an Invocation: the entry point, and the key of its component. */
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
/** What Call keeps of a caller. */
export interface ModelCaller {
  /** Its component, weakly. */
  readonly component: number;
  readonly incarnation: number;
  /** Its registers; the pc is in place of x0. */
  readonly registers: readonly bigint[];
}
export interface ModelThread {
  /** The component that it is in, weakly. */
  component: number;
  incarnation: number;
  home: number;
  state: number;
  /** It comes from another hart and has not run since. */
  moved: boolean;
  /** The pc is in place of x0. While the thread runs, these are the hart's. */
  registers: bigint[];
  /** f0 to f31 and fcsr, once it has used floating point. */
  floating: bigint[] | null;
  /** Who waits for its Return, the innermost last. */
  callers: ModelCaller[];
  pending: bigint;
  /** It has been told that it has these signals. */
  told: boolean;
  /** Who ran it last, weakly; -1: nobody. What that gets when this thread is signalled. */
  runner: number;
  runnerIncarnation: number;
  wakeBits: bigint;
  deadline: bigint;
  /** Whether its runner sees the details of faults. */
  watched: boolean;
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
  thread: ModelThread | null;
}
export interface ModelHart {
  /** The threads that run in each other, the outermost first. Empty: it runs nothing. */
  readonly chain: number[];
  /** Infinity: it runs nothing, or sleeps. */
  done: number;
  attention: boolean;
  /** A signal has reached its outermost thread from another hart. */
  wake: boolean;
  /** Interrupts that are pending, from other harts. */
  interrupted: boolean;
  /** The time for which its timer is set. */
  timer: bigint;
  sleeping: boolean;
}

/** An interrupt line: what the kernel knows of it, and what the controller does. */
export interface ModelLine {
  /** The hart on which it was bound; -1: none. */
  owner: number;
  bound: boolean;
  /** Whom it signals, weakly. */
  thread: number;
  incarnation: number;
  bits: bigint;
  /** It was claimed and not acknowledged. */
  claimed: boolean;
  /** The controller: the device holds it up; it waits for a claim; it is masked; harts that may claim it. */
  raised: boolean;
  waits: boolean;
  masked: boolean;
  readonly offeredTo: Set<number>;
}

function newLine(): ModelLine {
  const kernel = { owner: -1, bound: false, thread: -1, incarnation: 0, bits: 0n, claimed: false };
  return { ...kernel, raised: false, waits: false, masked: false, offeredTo: new Set() };
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
    thread: null,
  };
}

/** A thread that was just made. */
export function newThread(component: number, incarnation: number, home: number): ModelThread {
  return {
    component,
    incarnation,
    home,
    state: THREAD_STATE.idle,
    moved: false,
    registers: new Array<bigint>(32).fill(0n),
    floating: null,
    callers: [],
    pending: 0n,
    told: false,
    runner: -1,
    runnerIncarnation: 0,
    wakeBits: 0n,
    deadline: NEVER,
    watched: false,
  };
}

function newHart(): ModelHart {
  return {
    chain: [],
    done: Infinity,
    attention: false,
    wake: false,
    interrupted: false,
    timer: NEVER,
    sleeping: false,
  };
}

export class Model {
  readonly frames: readonly ModelFrame[];
  readonly harts: readonly ModelHart[];
  /** Interrupt lines by their number; line 0 is none. */
  readonly lines: readonly ModelLine[] = Array.from({ length: INTERRUPT_LINES }, newLine);
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
  /** Answers of Calls and events of Runs that the latest step brought to those who had waited for them. */
  readonly delivered: string[] = [];

  constructor(first: number, count: number, interval: number) {
    this.first = first;
    this.interval = interval;
    this.frames = Array.from({ length: count }, (_, index) => newFrame(index));
    this.harts = Array.from({ length: HARTS }, newHart);
  }

  /** A new step begins: nothing has changed yet. */
  beginStep(): void {
    this.touched.clear();
    this.interrupted.length = 0;
    this.delivered.length = 0;
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

  line(number: number): ModelLine {
    const found = this.lines[number];
    if (found === undefined) throw new Error(`the model has no interrupt line ${number}`);
    return found;
  }

  thread(index: number): ModelThread {
    const found = this.frame(index).thread;
    if (found === null) throw new Error(`the model has no thread in frame ${index}`);
    return found;
  }

  /** The frame of the thread that runs on a hart. */
  runningOn(hart: number): number {
    const found = this.hart(hart).chain.at(-1);
    if (found === undefined) throw new Error(`hart ${hart} of the model runs nothing`);
    return found;
  }

  /** The thread that runs on a hart. */
  current(hart: number): ModelThread {
    return this.thread(this.runningOn(hart));
  }

  /** The capability table that the component sees that a hart is in. */
  tableOf(hart: number): number {
    return this.frame(this.current(hart).component).table;
  }

  /** Whether a weak reference names a live component, or thread. */
  isAlive(type: number, index: number, incarnation: number): boolean {
    const frame = this.frame(index);
    return frame.type === type && !frame.dead && frame.incarnation === incarnation;
  }

  /** Whether the component that a thread is in lives. */
  isThreadAlive(index: number): boolean {
    const { component, incarnation } = this.thread(index);
    return this.isAlive(TYPE.Component, component, incarnation);
  }

  /** A hart has entered the kernel: it holds nothing old any more. False: a component of its chain is dead. */
  enter(index: number): boolean {
    const hart = this.hart(index);
    hart.attention = !hart.chain.every((thread) => this.isThreadAlive(thread));
    if (!hart.attention) hart.done = this.epoch;
    return !hart.attention;
  }

  #reached(): number {
    return Math.min(...this.harts.map((hart) => hart.done));
  }

  /** Whether every hart has passed a stamp. */
  hasPassed(stamp: number): boolean {
    return stamp < this.#reached();
  }

  /** A component was retired: the epoch goes above the stamp at once, and every hart looks. */
  advance(index: number, stamp: number): void {
    this.epoch = Math.max(this.epoch, stamp + 1);
    for (const hart of this.harts) hart.attention = true;
    this.request(index, stamp);
  }

  /** Interrupts another hart. */
  interrupt(index: number): void {
    this.hart(index).interrupted = true;
    this.interrupted.push(index);
  }

  /** Asks for an epoch above a stamp: at once for a hart that is alone, else once in the interval. */
  request(index: number, stamp: number): void {
    const others = this.harts.filter((hart, other) => other !== index && hart.done !== Infinity);
    if (others.length > 0) {
      if (this.now - this.advanced < this.interval) return;
      this.advanced = this.now;
    }
    this.epoch = Math.max(this.epoch, stamp + 1);
    for (const [other, hart] of this.harts.entries()) {
      hart.attention = true;
      if (other !== index && hart.done <= stamp) this.interrupt(other);
    }
  }

  /** Whether nobody can still use a frame; if not, the calling hart does what it can for it. */
  isQuiescent(index: number, frame: ModelFrame): boolean {
    if (frame.stamp < this.#reached()) return true;
    this.request(index, frame.stamp);
    return this.enter(index) && frame.stamp < this.#reached();
  }

  /** Frees a frame that was an object. */
  becomeUntyped(frame: ModelFrame): void {
    frame.type = TYPE.Untyped;
    frame.thread = null;
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
