/**
 * Which accesses every hart agrees on: a relation that grows while harts perform shared accesses one by one, and that
 * holds for every execution in which the same accesses meet in the same order at each word.
 *
 * It is the global memory order of RVWMO (RISC-V unprivileged specification, "RVWMO Memory Consistency Model") as far
 * as it is forced: preserved program order within a hart, and between harts the order of writes to a word, of a write
 * and the loads that read it, and of a load and the writes that came after what it read. What is not in it may have
 * happened in either order, whatever order the accesses were performed in here.
 *
 * Of preserved program order it has: fences (`rw,rw` and `r,r`), acquire and release on loads, stores and AMOs, the
 * order of an AMO with release before one with acquire, accesses to one word of which the later writes, dependencies.
 * - A compare-and-swap is `lr.aq` and `sc.rl`: two events. What is before it is ordered before the `sc` only, and
 *   what is after it after the `lr` only.
 * - Dependencies are not followed from value to value. A load counts as dependent on every load of its hart that told
 *   the number of the frame in which (or about which) it reads. A write counts as dependent on every earlier load and
 *   AMO whose result the kernel uses, for the kernel branches on each of them before it writes again.
 */

/** What an event does: bits. */
export const READ = 1;
export const WRITE = 2;
/** Later accesses of the hart come after it. */
export const ACQUIRE = 4;
/** It comes after the earlier accesses of the hart. */
export const RELEASE = 8;
/** An atomic operation of one instruction. */
export const AMO = 16;
/** The kernel uses what it returns. */
export const DECIDES = 32;

/** Most events of one execution. */
const EVENTS = 6144;
const WORDS = EVENTS / 32;

/** Sets of events that are kept for each hart. */
const enum Kept {
  /** Before everything that comes later. */
  Strong,
  /** Before every read that comes later. */
  BeforeReads,
  /** Every read. */
  Reads,
  /** Before every write that comes later: reads that decide. */
  Decided,
  Writes,
  Every,
  /** AMOs with release. */
  Releases,
  Count,
}

export class Order {
  readonly #harts: number;
  readonly #frames: number;
  readonly #kept: number;
  readonly #rows: Uint32Array;
  #events = 0;
  /** Words of a row that can hold a bit. */
  #used = 1;

  constructor(harts: number, frames: number) {
    this.#harts = harts;
    this.#frames = frames;
    this.#kept = harts * (Kept.Count + frames);
    this.#rows = new Uint32Array((this.#kept + EVENTS) * WORDS);
  }

  /** Forgets everything. */
  reset(): void {
    for (let row = 0; row < this.#kept + this.#events; row++) {
      this.#rows.fill(0, row * WORDS, row * WORDS + this.#used);
    }
    this.#events = 0;
    this.#used = 1;
  }

  #keptRow(hart: number, kept: Kept): number {
    return (hart * Kept.Count + kept) * WORDS;
  }

  /** The events that told a hart the number of a frame. */
  #toldRow(hart: number, frame: number): number {
    return (this.#harts * Kept.Count + hart * this.#frames + frame) * WORDS;
  }

  #row(event: number): number {
    return (this.#kept + event) * WORDS;
  }

  #has(row: number, event: number): boolean {
    return (((this.#rows[row + (event >> 5)] ?? 0) >>> (event & 31)) & 1) === 1;
  }

  #put(row: number, event: number): void {
    const at = row + (event >> 5);
    this.#rows[at] = (this.#rows[at] ?? 0) | (1 << (event & 31));
  }

  #join(row: number, other: number): void {
    const rows = this.#rows;
    for (let word = 0; word < this.#used; word++) {
      const bits = rows[other + word] ?? 0;
      if (bits !== 0) rows[row + word] = (rows[row + word] ?? 0) | bits;
    }
  }

  /** Adds an event and what is before it to a set. */
  #keep(row: number, event: number): void {
    this.#join(row, this.#row(event));
    this.#put(row, event);
  }

  /** A new event that comes after others and after what is before them. */
  #add(sets: readonly number[], after: readonly number[]): number {
    const event = this.#events;
    if (event === EVENTS) throw new Error(`an execution has more than ${EVENTS} events: raise EVENTS`);
    this.#events += 1;
    this.#used = (event >> 5) + 1;
    const row = this.#row(event);
    for (const set of sets) this.#join(row, set);
    for (const other of after) this.#keep(row, other);
    return event;
  }

  /**
   * An access of a hart in or about a frame (-1: none), which comes after the events in `after`. Answers the event.
   */
  access(hart: number, does: number, frame: number, after: readonly number[]): number {
    const sets = [this.#keptRow(hart, Kept.Strong)];
    if ((does & READ) !== 0) sets.push(this.#keptRow(hart, Kept.BeforeReads));
    if (frame >= 0) sets.push(this.#toldRow(hart, frame));
    if ((does & WRITE) !== 0) sets.push(this.#keptRow(hart, Kept.Decided));
    if ((does & RELEASE) !== 0) sets.push(this.#keptRow(hart, Kept.Every));
    const both = AMO | ACQUIRE;
    if ((does & both) === both) sets.push(this.#keptRow(hart, Kept.Releases));
    const event = this.#add(sets, after);
    this.#keep(this.#keptRow(hart, Kept.Every), event);
    if ((does & READ) !== 0) this.#keep(this.#keptRow(hart, Kept.Reads), event);
    if ((does & WRITE) !== 0) this.#keep(this.#keptRow(hart, Kept.Writes), event);
    if ((does & DECIDES) !== 0) this.#keep(this.#keptRow(hart, Kept.Decided), event);
    if ((does & ACQUIRE) !== 0) this.#keep(this.#keptRow(hart, Kept.Strong), event);
    const released = AMO | RELEASE;
    if ((does & released) === released) this.#keep(this.#keptRow(hart, Kept.Releases), event);
    return event;
  }

  /** An event told a hart the number of a frame. */
  tell(hart: number, frame: number, event: number): void {
    this.#keep(this.#toldRow(hart, frame), event);
  }

  /** `fence rw, rw`. */
  fenceMemory(hart: number): void {
    this.#join(this.#keptRow(hart, Kept.Strong), this.#keptRow(hart, Kept.Every));
  }

  /** `fence r, r`. */
  fenceReads(hart: number): void {
    this.#join(this.#keptRow(hart, Kept.BeforeReads), this.#keptRow(hart, Kept.Reads));
  }

  /**
   * `sfence.vma`. The stores that the hart can see are ordered before its later walks of page tables (privileged
   * specification, "Supervisor Memory-Management Fence Instruction"); loads before it are not, unless a fence stands
   * between. Later writes come after it, for no store is performed before the instructions ahead of it have finished.
   */
  fenceTranslations(hart: number): number {
    const event = this.#add([this.#keptRow(hart, Kept.Strong), this.#keptRow(hart, Kept.Writes)], []);
    this.#keep(this.#keptRow(hart, Kept.Every), event);
    this.#keep(this.#keptRow(hart, Kept.Decided), event);
    return event;
  }

  /** A load that read an old value came before the write of the next one. */
  insertBefore(load: number, write: number): void {
    const target = this.#row(write);
    const rows = (this.#kept + this.#events) * WORDS;
    for (let row = 0; row < rows; row += WORDS) {
      if (row === target || this.#has(row, write)) this.#keep(row, load);
    }
  }

  /** Whether one event is before another in every execution. */
  isBefore(event: number, other: number): boolean {
    return event === other || this.#has(this.#row(other), event);
  }

  /** Whether an event comes before a load of a frame that a hart would perform now. */
  isBeforeLoad(event: number, hart: number, frame: number): boolean {
    return (
      this.#has(this.#keptRow(hart, Kept.Strong), event) ||
      this.#has(this.#keptRow(hart, Kept.BeforeReads), event) ||
      (frame >= 0 && this.#has(this.#toldRow(hart, frame), event))
    );
  }

  /** Whether an event comes before a plain store that a hart would perform now. */
  isBeforeStore(event: number, hart: number): boolean {
    return this.#has(this.#keptRow(hart, Kept.Strong), event) || this.#has(this.#keptRow(hart, Kept.Decided), event);
  }

  /** Whether what told a hart the number of a frame came after an event. */
  isBeforeTold(event: number, hart: number, frame: number): boolean {
    return this.#has(this.#toldRow(hart, frame), event);
  }
}
