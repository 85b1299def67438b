/**
 * The invariants of `check-full.ts`, tested after a change for those frames only that the change can have touched: the
 * frames whose bytes or whose entry in the frame table changed, and the targets of their old and new references. That
 * is enough because each invariant speaks of one frame's bytes and of the references that lead to one frame.
 */
import { FRAME_BYTES, TYPE } from './numbers.ts';
import { countOf, entryOf, typeByteOf, type Places, type RawMemory } from './raw.ts';
import type { Phantoms } from './check-full.ts';
import { isSettled, meets, NEEDS, scanFrame, type References } from './scan.ts';

export class IncrementalCheck {
  readonly #raw: RawMemory;
  readonly #places: Places;
  /** The first word of each frame's entry, as it was at the last check: count and type. */
  readonly #entries: Uint32Array;
  readonly #references: References[];
  /** How many references lead to each frame, by what they need. */
  readonly #incoming: Int32Array;

  constructor(raw: RawMemory, places: Places) {
    this.#raw = raw;
    this.#places = places;
    this.#entries = new Uint32Array(places.frames);
    this.#references = Array.from({ length: places.frames }, () => []);
    this.#incoming = new Int32Array(places.frames * NEEDS);
    this.check(Array.from({ length: places.frames }, (_, index) => index));
  }

  /** The violations after a change of these frames, whose entries are compared too. */
  check(changed: readonly number[], phantoms: Phantoms = new Map()): readonly string[] {
    const problems: string[] = [];
    const touched = new Set<number>();
    // Every root is compared with the kernel's.
    const all = changed.includes(this.#places.template / FRAME_BYTES);
    const rescan = new Set(all ? this.#entries.keys() : changed);
    for (let index = 0; index < this.#places.frames; index++) {
      const entry = this.#raw.low(entryOf(this.#places, index));
      const before = this.#entries[index] ?? 0;
      if (entry === before) continue;
      touched.add(index);
      if (entry >>> 24 !== before >>> 24) rescan.add(index);
      this.#entries[index] = entry;
    }
    for (const index of rescan) this.#rescan(index, touched, problems);
    for (const index of touched) this.#checkFrame(index, phantoms, problems);
    return problems;
  }

  #rescan(index: number, touched: Set<number>, problems: string[]): void {
    touched.add(index);
    this.#account(this.#references[index] ?? [], -1, touched);
    const scan = scanFrame(this.#raw, this.#places, index, typeByteOf(this.#raw, this.#places, index) & 0x7f);
    this.#references[index] = scan.references;
    this.#account(scan.references, 1, touched);
    problems.push(...scan.problems);
  }

  #account(references: References, sign: number, touched: Set<number>): void {
    for (let at = 0; at < references.length; at += 2) {
      const target = references[at] ?? 0;
      const place = target * NEEDS + (references[at + 1] ?? 0);
      this.#incoming[place] = (this.#incoming[place] ?? 0) + sign;
      touched.add(target);
    }
  }

  #checkFrame(index: number, phantoms: Phantoms, problems: string[]): void {
    const typeByte = typeByteOf(this.#raw, this.#places, index);
    if (!isSettled(typeByte)) problems.push(`INV10: frame ${index} has the type ${typeByte}`);
    const reserved = this.#places.reserved.has(index);
    if (reserved !== (typeByte === TYPE.Reserved)) {
      problems.push(`INV10: frame ${index} is ${reserved ? 'not ' : ''}Reserved`);
    }
    let total = phantoms.get(index) ?? 0;
    for (let need = 0; need < NEEDS; need++) {
      const count = this.#incoming[index * NEEDS + need] ?? 0;
      total += count;
      if (count !== 0 && !meets(typeByte, need)) {
        problems.push(`INV2, INV5: ${count} references need type ${need} in frame ${index}: it is ${typeByte}`);
      }
    }
    const found = countOf(this.#raw, this.#places, index);
    if (found !== total) problems.push(`INV1: frame ${index} counts ${found} references; it has ${total}`);
  }
}
