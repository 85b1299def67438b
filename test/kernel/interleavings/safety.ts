/**
 * What must hold at every step: no hart reaches memory that has become something else, neither through a translation
 * that its TLB may hold, nor through a page table that its walker may follow, nor with a pointer that an operation in
 * flight has found.
 *
 * A TLB and a page-walk cache may hold whatever was in memory at any moment since the last `sfence.vma` of their hart,
 * of any page table, leaf or link, on both harts: more than the hardware could, for the kernel does not know which
 * address spaces a hart has walked. So an entry that was overwritten is held by a hart until an `sfence.vma` of that
 * hart which comes after the overwriting in every execution.
 *
 * When a frame is used for something else (zeroed to become User or Blank, or freed of the object in it) then, in
 * every execution of the class, each hart has flushed each such entry before, and each access of the other hart to what
 * was in the frame came before, or found the frame afterwards.
 */
import { ENTRIES, FRAME_BYTES, PTE, TYPE } from '../checker/numbers.ts';
import { FIRST, FRAMES, TABLE_FRAME } from '../support/memory-machine.ts';
import { contentOf, HARTS, type Watcher } from './shared-memory.ts';
import { WRITE, type Order } from './order.ts';

/** A step after which something can go wrong. */
export class Unsafe extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'Unsafe';
  }
}

/** An entry of a page table that is no longer in memory, but may be in a TLB. */
export interface Held {
  readonly frame: number;
  /** The event that overwrote it; -1 before the execution. */
  readonly event: number;
  /** Which harts may hold it, as bits. */
  readonly harts: number;
}

interface Access {
  readonly hart: number;
  readonly event: number;
}

/** A leaf's permissions. */
const PERMISSIONS = BigInt(PTE.read | PTE.write | PTE.execute);
const WRITE_EXECUTE = BigInt(PTE.write | PTE.execute);

function typeOf(word: bigint): number {
  return Number((word >> 24n) & 0x7fn);
}

function isTable(type: number): boolean {
  return type >= TYPE.PageTable0 && type <= TYPE.PageTable2;
}

/** The frame that an entry of a page table names, by its index, or -1. */
export function entryFrame(entry: bigint): number {
  if ((entry & 1n) === 0n) return -1;
  const frame = Number((entry >> 10n) & 0xfff_ffff_ffffn) - FIRST;
  return frame >= 0 && frame < FRAMES ? frame : -1;
}

export class Safety implements Watcher {
  /** Frames that harts use without a reference: their roots and tables. */
  readonly pinned = new Set<number>();
  /** The root that the walker of each hart follows, where that changes; or -1. */
  readonly roots: number[] = new Array<number>(HARTS).fill(-1);
  /** Frames that changed their use, in this execution. */
  reused = 0;
  readonly #view: DataView;
  #order: Order | null = null;
  #held: Held[] = [];
  /** By hart: each `sfence.vma`. */
  #flushes: number[][] = [];
  /** By frame: accesses to what is in it, since its use changed; and what it was when it was claimed. */
  #accesses: Access[][] = [];
  #changed: (Access | undefined)[] = [];
  #claimed: number[] = [];

  constructor(memory: ArrayBuffer) {
    this.#view = new DataView(memory);
  }

  /** The beginning of an execution. `held`: what TLBs hold then. */
  begin(order: Order, held: readonly Held[]): void {
    this.#order = order;
    this.#held = [...held];
    this.#flushes = Array.from({ length: HARTS }, () => []);
    this.#accesses = Array.from({ length: FRAMES }, () => []);
    this.#changed = new Array<Access | undefined>(FRAMES).fill(undefined);
    this.#claimed = new Array<number>(FRAMES).fill(TYPE.Untyped);
    this.reused = 0;
  }

  get #now(): Order {
    if (this.#order === null) throw new Error('no execution has begun');
    return this.#order;
  }

  #word(frame: number): bigint {
    return this.#view.getBigUint64(TABLE_FRAME * FRAME_BYTES + frame * 16, true);
  }

  fencedTranslations(hart: number, event: number): void {
    this.#flushes[hart]?.push(event);
  }

  /** `satp` of a hart names a root from now on, and its translations are dropped. */
  select(hart: number, root: number): void {
    const before = this.roots[hart] ?? -1;
    if (before === root) return;
    this.roots[hart] = root;
    this.#held.push({ frame: before, event: this.#now.access(hart, WRITE, -1, []), harts: 1 << hart });
    this.fencedTranslations(hart, this.#now.fenceTranslations(hart));
  }

  touched(hart: number, frame: number, event: number): void {
    const type = typeOf(this.#word(frame));
    if (type !== TYPE.Busy && type < TYPE.CapabilityTable) {
      throw new Unsafe(`hart ${hart} uses an object in frame ${frame}, whose type is ${type}`);
    }
    const changed = this.#changed[frame];
    if (changed !== undefined && changed.hart !== hart && !this.#now.isBefore(changed.event, event)) {
      throw new Unsafe(`hart ${hart} uses frame ${frame} by a pointer from before it became something else`);
    }
    this.#accesses[frame]?.push({ hart, event });
  }

  wrote(hart: number, byte: number, before: bigint, after: bigint, event: number): void {
    const content = contentOf(byte);
    if (content >= 0) {
      const type = typeOf(this.#word(content));
      if (isTable(type) && Math.floor((byte % FRAME_BYTES) / 8) < ENTRIES) {
        this.#wroteEntry(type - TYPE.PageTable0, before, after, event);
      }
    } else if (Math.floor(byte / FRAME_BYTES) === TABLE_FRAME && byte % 16 === 0) {
      this.#wroteState(hart, Math.floor((byte % FRAME_BYTES) / 16), typeOf(before), typeOf(after), event);
    }
  }

  /** An entry of a page table of a level changed. */
  #wroteEntry(level: number, before: bigint, after: bigint, event: number): void {
    const old = entryFrame(before);
    if (old >= 0) this.#held.push({ frame: old, event, harts: (1 << HARTS) - 1 });
    const named = entryFrame(after);
    if (named < 0) return;
    const type = typeOf(this.#word(named));
    const wanted = level === 0 ? TYPE.User : TYPE.PageTable0 + level - 1;
    if (type !== wanted) throw new Unsafe(`an entry of level ${level} names frame ${named}, whose type is ${type}`);
    if ((after & WRITE_EXECUTE) === WRITE_EXECUTE) throw new Unsafe(`frame ${named} is writable and executable`);
    const gained = before === 0n ? 0n : after & ~before & PERMISSIONS;
    if (old !== -1 && (old !== named || gained !== 0n)) {
      throw new Unsafe(`an entry of frame ${old} changed into one of frame ${named} that allows more`);
    }
  }

  /** The type of a frame may have changed. */
  #wroteState(hart: number, frame: number, before: number, after: number, event: number): void {
    if (before === after) return;
    if (after === TYPE.Busy) {
      this.#claimed[frame] = before;
      return;
    }
    if (before !== TYPE.Busy) {
      if (after !== TYPE.Untyped) throw new Unsafe(`frame ${frame} went from type ${before} to ${after} unclaimed`);
      return;
    }
    const from = this.#claimed[frame] ?? TYPE.Untyped;
    const filled = from === TYPE.Untyped && after !== TYPE.Untyped;
    const freed = from >= TYPE.CapabilityTable && after === TYPE.Untyped;
    if (filled || freed) this.#reuse(hart, frame, event);
  }

  /** A hart has made something else of a frame. */
  #reuse(hart: number, frame: number, event: number): void {
    this.reused += 1;
    if (this.pinned.has(frame) || this.roots.includes(frame))
      throw new Unsafe(`frame ${frame} is in use by a hart and became something else`);
    for (const entry of this.#held) {
      if (entry.frame !== frame) continue;
      for (let other = 0; other < HARTS; other++) {
        if ((entry.harts & (1 << other)) !== 0 && !this.#isFlushed(entry, other, hart)) {
          throw new Unsafe(`frame ${frame} became something else, and the TLB of hart ${other} may still reach it`);
        }
      }
    }
    for (const access of this.#accesses[frame] ?? []) {
      if (access.hart !== hart && !this.#now.isBeforeStore(access.event, hart)) {
        throw new Unsafe(`frame ${frame} became something else while hart ${access.hart} was using what was in it`);
      }
    }
    this.#held = this.#held.filter((entry) => entry.frame !== frame);
    this.#accesses[frame] = [];
    this.#changed[frame] = { hart, event };
  }

  /** Whether a hart flushed an entry after it was overwritten, and before what `hart` writes now, in every execution. */
  #isFlushed(entry: Held, other: number, hart: number): boolean {
    return (this.#flushes[other] ?? []).some(
      (flush) => (entry.event < 0 || this.#now.isBefore(entry.event, flush)) && this.#now.isBeforeStore(flush, hart),
    );
  }
}
