/** The state of the memory system as text, without what any two orders of the same calls may leave different. */
import { ENTRIES, FRAME_BYTES, KERNEL_HALF, SLOT, SLOTS, TYPE } from '../checker/numbers.ts';
import { entryOf, typeByteOf, type Places, type RawMemory } from '../checker/raw.ts';

/** Slots that hold something, without their sequence numbers, which count every change. */
function tableText(raw: RawMemory, base: number): string[] {
  const text: string[] = [];
  for (let slot = 0; slot < SLOTS; slot++) {
    const byte = base + slot * SLOT.bytes;
    const header = raw.low(byte);
    const words: string[] = [];
    if (header !== 0) {
      words.push(header.toString(16));
      for (let at = SLOT.frame; at < SLOT.child; at += 8) words.push(raw.number(byte + at).toString(16));
    }
    if (!raw.isZero(byte + SLOT.child)) words.push(`child ${raw.number(byte + SLOT.child).toString(16)}`);
    if (words.length > 0) text.push(`slot ${slot}: ${words.join(' ')}`);
  }
  return text;
}

function wordsText(raw: RawMemory, base: number, count: number, what: string): string[] {
  const text: string[] = [];
  for (let index = 0; index < count; index++) {
    if (!raw.isZero(base + index * 8)) text.push(`${what} ${index}: ${raw.number(base + index * 8).toString(16)}`);
  }
  return text;
}

/** What a frame of a type holds, as far as it matters. */
function frameText(raw: RawMemory, index: number, type: number): string[] {
  const base = index * FRAME_BYTES;
  switch (type & 0x7f) {
    case TYPE.CapabilityTable:
      return tableText(raw, base);
    case TYPE.PageTable2:
      return wordsText(raw, base, KERNEL_HALF, 'entry');
    case TYPE.PageTable0:
    case TYPE.PageTable1:
      return wordsText(raw, base, ENTRIES, 'entry');
    case TYPE.User:
    case TYPE.Blank:
    case TYPE.Component:
    case TYPE.Thread:
      return wordsText(raw, base, ENTRIES, 'word');
    default:
      return [];
  }
}

/** Tells in what a memory differs from another one. */
export class StateDifference {
  readonly #raw: RawMemory;
  readonly #places: Places;
  #base: Uint8Array = new Uint8Array(0);
  #texts: ReadonlySet<string>[] = [];

  constructor(raw: RawMemory, places: Places) {
    this.#raw = raw;
    this.#places = places;
  }

  /** The memory as it is now is what others are compared with. */
  setBase(): void {
    this.#base = this.#raw.bytes.slice();
    this.#texts = Array.from(
      { length: this.#places.frames },
      (_, index) => new Set(frameText(this.#raw, index, typeByteOf(this.#raw, this.#places, index))),
    );
  }

  #contentText(index: number): string[] {
    const { bytes } = this.#raw;
    const from = index * FRAME_BYTES;
    const to = from + FRAME_BYTES;
    if (Buffer.compare(bytes.subarray(from, to), this.#base.subarray(from, to)) === 0) return [];
    const before = this.#texts[index] ?? new Set();
    const now = frameText(this.#raw, index, typeByteOf(this.#raw, this.#places, index));
    const gone = [...before].filter((line) => !now.includes(line)).map((line) => `-${line}`);
    return [...gone, ...now.filter((line) => !before.has(line))].map((line) => `frame ${index} ${line}`);
  }

  /** Every frame whose word changed, and what changed in frames. */
  text(): string {
    const text: string[] = [];
    const base = new DataView(this.#base.buffer);
    for (let index = 0; index < this.#places.frames; index++) {
      const entry = entryOf(this.#places, index);
      const word = this.#raw.big(entry);
      if (word !== base.getBigUint64(entry, true)) text.push(`frame ${index} is ${word.toString(16)}`);
      if (!this.#places.reserved.has(index)) text.push(...this.#contentText(index));
    }
    return text.join('\n');
  }
}
