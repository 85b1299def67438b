/** Raw memory, and what the checker needs to know to find its way in it: no code of the kernel takes part. */
import { ENTRY, FRAME_BYTES, SLOTS, SLOT, WINDOW } from './numbers.ts';

const TWO_32 = 4294967296;

/** Words of a memory by byte index, which is a multiple of 8. */
export class RawMemory {
  readonly bytes: Uint8Array;
  readonly words: Uint32Array;
  readonly #big: BigUint64Array;

  constructor(memory: ArrayBuffer) {
    this.bytes = new Uint8Array(memory);
    this.words = new Uint32Array(memory);
    this.#big = new BigUint64Array(memory);
  }

  low(byte: number): number {
    return this.words[byte >> 2] ?? 0;
  }

  high(byte: number): number {
    return this.words[(byte >> 2) + 1] ?? 0;
  }

  isZero(byte: number): boolean {
    return this.words[byte >> 2] === 0 && this.words[(byte >> 2) + 1] === 0;
  }

  /** A word as a number: exact up to 2^53, and never equal to a small number when it is a large one. */
  number(byte: number): number {
    return this.high(byte) * TWO_32 + this.low(byte);
  }

  big(byte: number): bigint {
    return this.#big[byte >> 3] ?? 0n;
  }
}

export interface Range {
  readonly first: number;
  readonly count: number;
}

/** Where things lie: byte indexes in the memory, and frame numbers. */
export interface Places {
  /** Number of the frame at byte 0, and how many frames there are. */
  readonly first: number;
  readonly frames: number;
  /** Frames by index that are the kernel's, or no memory: Reserved for ever. */
  readonly reserved: ReadonlySet<number>;
  /** Device pages, by frame number. */
  readonly devices: readonly Range[];
  /** The blocks of the harts, one page. */
  readonly hartBlocks: number;
  readonly frameTable: number;
  readonly template: number;
  readonly epoch: number;
  /** What the kernel keeps of each interrupt line. */
  readonly lines: number;
  /** Bytes in all. */
  readonly size: number;
}

export function entryOf(places: Places, index: number): number {
  return places.frameTable + index * ENTRY.bytes;
}

export function countOf(raw: RawMemory, places: Places, index: number): number {
  return raw.low(entryOf(places, index)) & 0xff_ffff;
}

/** The type byte, dead mark included. */
export function typeByteOf(raw: RawMemory, places: Places, index: number): number {
  return raw.low(entryOf(places, index)) >>> 24;
}

export function incarnationOf(raw: RawMemory, places: Places, index: number): bigint {
  return BigInt(raw.high(entryOf(places, index)));
}

/** What the word of a frame is from its type on, if it is alive, of a type and of an incarnation: the key of a weak reference. */
export function keyOf(type: number, incarnation: bigint): bigint {
  return (incarnation << 8n) | BigInt(type);
}

/** A weak reference to the thread in a frame at a kernel address, in one word. */
export function referenceOf(address: bigint, incarnation: bigint): bigint {
  return ((address >> 12n) & 0xffff_ffffn) | (incarnation << 32n);
}

/** The index of the frame that a kernel address lies in, or -1. */
export function indexOfAddress(places: Places, address: bigint): number {
  const index = Number((address - WINDOW) / 4096n) - places.first;
  return index >= 0 && index < places.frames && address % 4096n === 0n ? index : -1;
}

export function isDevice(places: Places, frame: number): boolean {
  return places.devices.some(({ first, count }) => frame >= first && frame < first + count);
}

/** The byte index of the slot that an id names, from the table in a frame, or -1. */
export function slotOf(raw: RawMemory, places: Places, table: number, identifier: bigint): number {
  const levels = Number(identifier >> 24n);
  if (identifier < BigInt(SLOTS)) return table * FRAME_BYTES + Number(identifier) * SLOT.bytes;
  if (levels < 1 || levels > 3 || (identifier & 0xff_ffffn) >> BigInt(6 * (levels + 1)) !== 0n) return -1;
  let slot = table * FRAME_BYTES + Number(identifier & 63n) * SLOT.bytes;
  for (let level = 1; level <= levels; level++) {
    const child = raw.number(slot + SLOT.child) - places.first;
    if (child < 0 || child >= places.frames) return -1;
    slot = child * FRAME_BYTES + Number((identifier >> BigInt(6 * level)) & 63n) * SLOT.bytes;
  }
  return slot;
}
