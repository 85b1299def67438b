/**
 * Shared accesses of two harts, performed one by one on the memory of a machine, with everything that may come of it
 * on harts that reorder.
 *
 * What the model covers. An access is performed in the order in which an exploration schedules it, and a write is at
 * once the last one of its word. But a load may also read a value that was overwritten before, as long as `Order` does
 * not force the overwriting write before that load: so loads are seen performed before any earlier access of their
 * hart, and writes of a hart out of their order, wherever no fence, no acquire or release and no dependency stands
 * between. That is every execution that RVWMO allows in which program order, values read and the order of writes to
 * each word together have no cycle.
 *
 * What it does not cover, and what stands against it. A load after a later write of its hart: the kernel branches on
 * what it loads before it writes. Writes of two words that two harts perform in opposite orders, both against program
 * order: that would need two relaxed stores to words that another hart also stores to without an atomic operation,
 * and the kernel stores so only to slots that it has claimed and to attention words, where any order will do.
 * Instruction fetch (`fence.i`) is not modelled.
 */
import type { AtomicAccess, HostValue, SharedAccess } from '../../../compiler/runtime/host-machine.ts';
import { FRAME_BYTES, TYPE } from '../checker/numbers.ts';
import { FIRST, FRAMES, MEMORY_SIZE, TABLE_FRAME } from '../support/memory-machine.ts';
import { ACQUIRE, AMO, DECIDES, Order, READ, RELEASE, WRITE } from './order.ts';

export const HARTS = 2;
/** The first frame that is not the kernel's own. */
const FIRST_CONTENT = 4;

/** What each method does. */
const METHODS: Readonly<Record<AtomicAccess['method'], number>> = {
  load: READ | DECIDES,
  loadAcquire: READ | DECIDES | ACQUIRE,
  store: WRITE,
  storeRelease: WRITE | RELEASE,
  add: READ | WRITE | AMO,
  addAcquire: READ | WRITE | AMO | ACQUIRE | DECIDES,
  addRelease: READ | WRITE | AMO | RELEASE,
  or: READ | WRITE | AMO | DECIDES,
  orAcquireRelease: READ | WRITE | AMO | ACQUIRE | RELEASE | DECIDES,
  and: READ | WRITE | AMO,
  swap: READ | WRITE | AMO | DECIDES,
  swapAcquireRelease: READ | WRITE | AMO | ACQUIRE | RELEASE | DECIDES,
  max: READ | WRITE | AMO,
  compareExchange: READ | WRITE | AMO | ACQUIRE | RELEASE | DECIDES,
};

/** The frame in which, or about which, there is something at a byte; -1 for the kernel's own. */
export function subjectOf(byte: number): number {
  const index = Math.floor(byte / FRAME_BYTES);
  if (index === TABLE_FRAME) return Math.floor((byte % FRAME_BYTES) / 16);
  return contentOf(byte);
}

/** The frame in which a byte lies; -1 in the kernel's own. */
export function contentOf(byte: number): number {
  const index = Math.floor(byte / FRAME_BYTES);
  return index >= FIRST_CONTENT && index < FRAMES ? index : -1;
}

/** What somebody wants to know about accesses while they are performed; may throw. */
export interface Watcher {
  /** A shared word was written. */
  wrote(hart: number, byte: number, before: bigint, after: bigint, event: number): void;
  /** A hart accessed what is in a frame. */
  touched(hart: number, frame: number, event: number): void;
  fencedTranslations(hart: number, event: number): void;
}

/** A plain access of emitted code: the byte index of its word, and 1 added if it is a store. */
export type PlainAccess = number;

interface Write {
  readonly event: number;
  readonly hart: number;
  readonly value: bigint;
  /** The step in which it was performed. */
  readonly position: number;
}

interface Read {
  readonly event: number;
  readonly hart: number;
}

/** What happened to one word in an execution. */
class Word {
  /** The execution that this is about. */
  run = 0;
  /** The first value, and every write. */
  readonly writes: Write[] = [];
  /** Loads of the latest value. */
  readonly reads: Read[] = [];
  /** By hart: step of its latest access and of its latest write, and the oldest value that it can still read. */
  readonly accessed = [-1, -1];
  readonly written = [-1, -1];
  readonly floor = [0, 0];
  /** The first value was written by a plain store in this execution. */
  plain = false;
  /** Plain loads since the latest write. */
  readonly plainReads: Read[] = [];

  begin(run: number, first: Write, plain: boolean): void {
    this.run = run;
    this.accessed.fill(-1);
    this.written.fill(-1);
    this.restart(first, plain);
  }

  restart(first: Write, plain: boolean): void {
    this.writes.length = 0;
    this.writes.push(first);
    this.reads.length = 0;
    this.plainReads.length = 0;
    this.floor.fill(0);
    this.plain = plain;
  }
}

/** Shared functions that put no access of this memory into an order. */
const UNORDERED: readonly string[] = ['fenceInstructions', 'hartInterrupt'];

/** Two harts access a word, at least one of them plainly, and nothing orders them. */
export class DataRace extends Error {
  constructor(byte: number, hart: number) {
    const place = `byte ${byte % FRAME_BYTES} of frame ${Math.floor(byte / FRAME_BYTES)}`;
    super(`${place}: what hart ${hart} does now and what the other did are in no order, and one of them is plain`);
    this.name = 'DataRace';
  }
}

export class SharedMemory {
  readonly order = new Order(HARTS, FRAMES);
  readonly #view: DataView;
  readonly #watcher: Watcher;
  readonly #words: (Word | undefined)[] = new Array<Word | undefined>(MEMORY_SIZE / 8).fill(undefined);
  /** By word: the execution of the latest plain store to it, the event, and the hart. */
  readonly #plainRun = new Int32Array(MEMORY_SIZE / 8);
  readonly #plainEvent = new Int32Array(MEMORY_SIZE / 8);
  readonly #plainHart = new Int8Array(MEMORY_SIZE / 8);
  #run = 0;
  /** By hart: the latest step of the other one that comes before its next step in every schedule of this class. */
  readonly #known: number[] = [-1, -1];

  constructor(memory: ArrayBuffer, watcher: Watcher) {
    this.#view = new DataView(memory);
    this.#watcher = watcher;
  }

  reset(): void {
    this.order.reset();
    this.#run += 1;
    this.#known.fill(-1);
  }

  /** What happened to a word in this execution, if anything but a plain store did. */
  #wordIfAny(byte: number): Word | undefined {
    const found = this.#words[byte >> 3];
    return found?.run === this.#run ? found : undefined;
  }

  #word(byte: number): Word {
    const index = byte >> 3;
    const found = this.#words[index];
    if (found?.run === this.#run) return found;
    const word = found ?? new Word();
    this.#words[index] = word;
    word.begin(this.#run, this.#firstWrite(byte), this.#plainRun[index] === this.#run);
    return word;
  }

  /** The value that a word has now, as the first one. */
  #firstWrite(byte: number): Write {
    const value = this.#view.getBigUint64(byte, true);
    const index = byte >> 3;
    if (this.#plainRun[index] !== this.#run) return { event: -1, hart: -1, value, position: -1 };
    return { event: this.#plainEvent[index] ?? -1, hart: this.#plainHart[index] ?? -1, value, position: -1 };
  }

  /**
   * Whether an access would change its word now. If not, its order with a load does not matter: a compare-and-swap that
   * fails, or a write of the value that is there, by a method without acquire and release. (Such a write is then before
   * or after others of its kind in different executions of one class, so `Order` takes neither for granted.)
   */
  #changes(access: AtomicAccess): boolean {
    const does = METHODS[access.method];
    if ((does & WRITE) === 0) return false;
    const value = this.#view.getBigUint64(access.address, true);
    if (access.method === 'compareExchange') return value === access.operands[0];
    return (does & (ACQUIRE | RELEASE)) !== 0 || nextValue(access, value) !== value;
  }

  /** The latest step of the other hart that meets an access at its word and could also come after it; or -1. */
  raceOf(hart: number, access: SharedAccess): number {
    if (access.kind !== 'atomic') return -1;
    const word = this.#word(access.address);
    const steps = this.#changes(access) ? word.accessed : word.written;
    const step = steps[1 - hart] ?? -1;
    return step > (this.#known[hart] ?? -1) ? step : -1;
  }

  /** Whether the order of two accesses can matter. */
  dependent(one: SharedAccess, other: SharedAccess): boolean {
    if (one.kind !== 'atomic' || other.kind !== 'atomic' || one.address !== other.address) return false;
    return this.#changes(one) || this.#changes(other);
  }

  /** How many values an access can read: the latest, then older ones. */
  choices(hart: number, access: SharedAccess): number {
    if (access.kind !== 'atomic' || (METHODS[access.method] & WRITE) !== 0) return 1;
    const word = this.#word(access.address);
    const frame = subjectOf(access.address);
    const floor = word.floor[hart] ?? 0;
    let count = 1;
    for (let index = word.writes.length - 1; index > floor; index--) {
      const write = word.writes[index];
      // An access that could also be scheduled before the write reads the older value there.
      if (write === undefined || write.hart === hart || write.position > (this.#known[hart] ?? -1)) break;
      if (this.order.isBeforeLoad(write.event, hart, frame)) break;
      count += 1;
    }
    return count;
  }

  /** Performs an access in a step; `choice` is one of its choices. Answers what the access returns. */
  perform(hart: number, access: SharedAccess, choice: number, position: number): HostValue {
    if (access.kind === 'external') return this.#fence(hart, access.method);
    if (access.kind !== 'atomic' || access.size !== 8)
      throw new Error(`no access of this form is expected: ${access.site}`);
    const word = this.#word(access.address);
    const does = METHODS[access.method];
    const changes = this.#changes(access);
    const steps = changes ? word.accessed : word.written;
    this.#known[hart] = Math.max(this.#known[hart] ?? -1, steps[1 - hart] ?? -1);
    word.accessed[hart] = position;
    this.#checkPlain(hart, access.address, word, (does & WRITE) !== 0);
    if ((does & WRITE) === 0) return this.#load(hart, access, word, choice);
    if (access.method === 'compareExchange') return this.#compareExchange(hart, access, word, position);
    if (!changes) return this.#writeSame(hart, access, word);
    return this.#write(hart, access, word, position);
  }

  #fence(hart: number, method: string): HostValue {
    if (method === 'fenceMemory') this.order.fenceMemory(hart);
    else if (method === 'fenceReads') this.order.fenceReads(hart);
    else if (method === 'fenceTranslations') {
      this.#watcher.fencedTranslations(hart, this.order.fenceTranslations(hart));
    } else if (!UNORDERED.includes(method)) throw new Error(`the model knows no shared function "${method}"`);
    return undefined;
  }

  #load(hart: number, access: AtomicAccess, word: Word, choice: number): bigint {
    const index = word.writes.length - 1 - choice;
    const write = word.writes[index];
    if (write === undefined) throw new Error('there is no such value to read');
    const after = write.hart === 1 - hart && write.event >= 0 ? [write.event] : [];
    const event = this.order.access(hart, METHODS[access.method], subjectOf(access.address), after);
    word.floor[hart] = Math.max(word.floor[hart] ?? 0, index);
    const next = word.writes[index + 1];
    if (next === undefined) word.reads.push({ event, hart });
    else this.order.insertBefore(event, next.event);
    this.#tell(hart, access.address, write.value, event);
    this.#touch(hart, access.address, event);
    return write.value;
  }

  /** `lr.aq`, and `sc.rl` if the word holds what is expected. */
  #compareExchange(hart: number, access: AtomicAccess, word: Word, position: number): boolean {
    const frame = subjectOf(access.address);
    const last = word.writes.at(-1);
    const [expected, desired] = access.operands;
    const after = last !== undefined && last.event >= 0 ? [last.event] : [];
    const load = this.order.access(hart, READ | ACQUIRE | AMO | DECIDES, frame, after);
    word.floor[hart] = word.writes.length - 1;
    if (last === undefined || last.value !== expected) {
      word.reads.push({ event: load, hart });
      this.#touch(hart, access.address, load);
      return false;
    }
    const readers = word.reads.map(({ event }) => event);
    const store = this.order.access(hart, WRITE | RELEASE | AMO | DECIDES, frame, [load, ...readers]);
    this.#put(hart, access, word, BigInt(desired ?? 0n), store, position);
    if (contentOf(access.address) < 0 && frame >= 0) this.order.tell(hart, frame, load);
    return true;
  }

  #write(hart: number, access: AtomicAccess, word: Word, position: number): HostValue {
    const does = METHODS[access.method];
    const frame = subjectOf(access.address);
    const last = word.writes.at(-1);
    if (last === undefined) throw new Error('a word has no value');
    const after = word.reads.map(({ event }) => event);
    if (last.event >= 0) after.push(last.event);
    const event = this.order.access(hart, does, frame, after);
    this.#put(hart, access, word, nextValue(access, last.value), event, position);
    if ((does & DECIDES) === 0) return undefined;
    if (contentOf(access.address) < 0 && frame >= 0) this.order.tell(hart, frame, event);
    this.#tell(hart, access.address, last.value, event);
    return last.value;
  }

  /** A write that changes nothing. */
  #writeSame(hart: number, access: AtomicAccess, word: Word): HostValue {
    const does = METHODS[access.method];
    const frame = subjectOf(access.address);
    const last = word.writes.at(-1);
    if (last === undefined) throw new Error('a word has no value');
    const event = this.order.access(hart, does, frame, last.event >= 0 ? [last.event] : []);
    word.reads.push({ event, hart });
    word.floor[hart] = word.writes.length - 1;
    this.#touch(hart, access.address, event);
    if ((does & DECIDES) === 0) return undefined;
    if (contentOf(access.address) < 0 && frame >= 0) this.order.tell(hart, frame, event);
    this.#tell(hart, access.address, last.value, event);
    return last.value;
  }

  #put(hart: number, access: AtomicAccess, word: Word, value: bigint, event: number, position: number): void {
    const before = word.writes.at(-1)?.value ?? 0n;
    word.writes.push({ event, hart, value, position });
    word.reads.length = 0;
    word.written[hart] = position;
    word.floor[hart] = word.writes.length - 1;
    this.#view.setBigUint64(access.address, value, true);
    this.#touch(hart, access.address, event);
    this.#watcher.wrote(hart, access.address, before, value, event);
  }

  #touch(hart: number, byte: number, event: number): void {
    const frame = contentOf(byte);
    if (frame >= 0) this.#watcher.touched(hart, frame, event);
  }

  /** A word of a frame can be the number of a frame, or an entry of a page table. */
  #tell(hart: number, byte: number, value: bigint, event: number): void {
    if (contentOf(byte) < 0) return;
    const number = value < 1n << 32n ? Number(value) - FIRST : -1;
    if (number >= 0 && number < FRAMES) this.order.tell(hart, number, event);
    const type = this.#view.getUint8(TABLE_FRAME * FRAME_BYTES + contentOf(byte) * 16 + 3);
    if (type < TYPE.PageTable0 || type > TYPE.PageTable2 || (value & 1n) === 0n) return;
    const page = Number((value >> 10n) & 0xfff_ffff_ffffn) - FIRST;
    if (page >= 0 && page < FRAMES) this.order.tell(hart, page, event);
  }

  #checkPlain(hart: number, byte: number, word: Word, write: boolean): void {
    const [first] = word.writes;
    if (word.plain && first !== undefined && first.hart !== hart) {
      const ordered =
        this.order.isBeforeLoad(first.event, hart, contentOf(byte)) ||
        (write && this.order.isBeforeStore(first.event, hart));
      if (!ordered) throw new DataRace(byte, hart);
    }
    if (!write) return;
    for (const read of word.plainReads) {
      if (read.hart !== hart && !this.order.isBeforeStore(read.event, hart)) throw new DataRace(byte, hart);
    }
    word.plainReads.length = 0;
    word.plain = false;
  }

  /** Plain accesses of a hart to what is in frames, between two shared ones. */
  plain(hart: number, accesses: readonly PlainAccess[]): void {
    let reads = -1;
    let writes = -1;
    for (const access of accesses) {
      const byte = access & ~7;
      const frame = contentOf(byte);
      if (frame < 0) continue;
      if ((access & 1) === 0) {
        if (reads < 0) reads = this.#plainEventOf(hart, READ | DECIDES, frame);
        this.#plainRead(hart, byte, reads);
      } else {
        if (writes < 0) writes = this.#plainEventOf(hart, WRITE, frame);
        this.#plainWrite(hart, byte, writes);
      }
    }
  }

  /** All plain loads between two shared accesses are one event, and so are all plain stores. */
  #plainEventOf(hart: number, does: number, frame: number): number {
    const event = this.order.access(hart, does, frame, []);
    this.#watcher.touched(hart, frame, event);
    return event;
  }

  #plainWrite(hart: number, byte: number, event: number): void {
    const index = byte >> 3;
    const known = this.#wordIfAny(byte);
    if (known === undefined && this.#plainRun[index] === this.#run && this.#plainHart[index] !== hart) {
      if (!this.order.isBefore(this.#plainEvent[index] ?? -1, event)) throw new DataRace(byte, hart);
    }
    this.#plainRun[index] = this.#run;
    this.#plainEvent[index] = event;
    this.#plainHart[index] = hart;
    if (known === undefined) return;
    const isUnordered = (other: Read): boolean =>
      other.hart === 1 - hart && other.event >= 0 && !this.order.isBefore(other.event, event);
    if (known.writes.slice(-1).some(isUnordered) || [...known.reads, ...known.plainReads].some(isUnordered)) {
      throw new DataRace(byte, hart);
    }
    known.restart(this.#firstWrite(byte), true);
  }

  #plainRead(hart: number, byte: number, event: number): void {
    const word = this.#word(byte);
    const last = word.writes.at(-1);
    if (last !== undefined && last.hart === 1 - hart && last.event >= 0 && !this.order.isBefore(last.event, event)) {
      throw new DataRace(byte, hart);
    }
    word.plainReads.push({ event, hart });
    this.#tell(hart, byte, this.#view.getBigUint64(byte, true), event);
  }
}

function nextValue(access: AtomicAccess, value: bigint): bigint {
  const operand = BigInt(access.operands[0] ?? 0n);
  switch (access.method) {
    case 'add':
    case 'addAcquire':
    case 'addRelease':
      return BigInt.asUintN(64, value + operand);
    case 'or':
    case 'orAcquireRelease':
      return value | operand;
    case 'and':
      return value & operand;
    case 'max':
      return value > operand ? value : operand;
    default:
      return operand;
  }
}
