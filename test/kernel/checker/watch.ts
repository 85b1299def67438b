/**
 * Watches the memory of a machine: after each system call it finds every byte that changed since the one before, by
 * comparing the whole memory with a copy, and tests the invariants on that.
 */
import {
  FIRST,
  FRAMES,
  HOLE,
  RANGES,
  TABLE_FRAME,
  HART_FRAME,
  TEMPLATE_FRAME,
  MEMORY_SIZE,
  type MemoryMachine,
} from '../support/memory-machine.ts';
import { checkFull } from './check-full.ts';
import { checkGrants, type Grants } from './check-grants.ts';
import { checkChains } from './check-threads.ts';
import { IncrementalCheck } from './check-incremental.ts';
import { checkTransition, type Done } from './check-transition.ts';
import { FRAME_BYTES, PTE, TYPE } from './numbers.ts';
import { RawMemory, typeByteOf, type Places } from './raw.ts';

/** Something that must never be. */
export class Violation extends Error {
  constructor(problems: readonly string[], what: string) {
    super(`${what}: ${problems.join('; ')}`);
    this.name = 'Violation';
  }
}

export function placesOf(machine: MemoryMachine): Places {
  return {
    first: FIRST,
    frames: FRAMES,
    reserved: new Set([0, HART_FRAME, TABLE_FRAME, TEMPLATE_FRAME, ...HOLE]),
    devices: [RANGES.serial, RANGES.bridge],
    hartBlocks: HART_FRAME * FRAME_BYTES,
    frameTable: TABLE_FRAME * FRAME_BYTES,
    template: TEMPLATE_FRAME * FRAME_BYTES,
    epoch: machine.epoch,
    lines: machine.objectAt('interruptLines'),
    size: MEMORY_SIZE,
  };
}

/** A memory in pieces, for comparing. */
function piecesOf(bytes: Uint8Array, size: number): readonly Uint8Array[] {
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, piece) => bytes.subarray(piece * size, (piece + 1) * size));
}

/** Indexes of the pieces that differ, from one to another. */
function different(found: readonly Uint8Array[], copies: readonly Uint8Array[], from: number, to: number): number[] {
  const list: number[] = [];
  for (let index = from; index < to; index++) {
    const [one, other] = [found[index], copies[index]];
    if (one !== undefined && other !== undefined && Buffer.compare(one, other) !== 0) list.push(index);
  }
  return list;
}

/** Pages that are compared in one go, before each of them is. */
const BLOCK = 8;

export class MemoryWatch {
  readonly places: Places;
  readonly raw: RawMemory;
  /** References that a test holds on its own. Whoever changes it calls `adopt`. */
  readonly phantoms = new Map<number, number>();
  /** The pages that the latest call changed. */
  changed: readonly number[] = [];
  readonly #before: RawMemory;
  readonly #pages: readonly Uint8Array[];
  readonly #copies: readonly Uint8Array[];
  readonly #blocks: readonly Uint8Array[];
  readonly #blockCopies: readonly Uint8Array[];
  #grants: Grants = new Map();
  #check: IncrementalCheck;

  constructor(machine: MemoryMachine) {
    this.places = placesOf(machine);
    this.raw = new RawMemory(machine.host.memory);
    this.#before = new RawMemory(new ArrayBuffer(MEMORY_SIZE));
    const memory = this.raw.bytes.subarray(0, MEMORY_SIZE);
    this.#pages = piecesOf(memory, FRAME_BYTES);
    this.#copies = piecesOf(this.#before.bytes, FRAME_BYTES);
    this.#blocks = piecesOf(memory, BLOCK * FRAME_BYTES);
    this.#blockCopies = piecesOf(this.#before.bytes, BLOCK * FRAME_BYTES);
    this.#check = new IncrementalCheck(this.raw, this.places);
    this.restart();
  }

  /** The machine was reset: nothing that was known before counts. */
  restart(): void {
    this.#before.bytes.set(this.raw.bytes.subarray(0, MEMORY_SIZE));
    this.phantoms.clear();
    this.#check = new IncrementalCheck(this.raw, this.places);
    this.#grants = new Map();
    for (let place = 0; place < FRAMES * 512; place++) {
      const permissions = this.raw.low(place * 8) & (PTE.read | PTE.write | PTE.execute);
      const isLeaf =
        typeByteOf(this.raw, this.places, Math.floor(place / 512)) === TYPE.PageTable0 && permissions !== 0;
      if (isLeaf) this.#grants.set(place, { frame: Math.floor(this.raw.number(place * 8) / 1024), permissions });
    }
    this.full();
  }

  #differences(): readonly number[] {
    const blocks = different(this.#blocks, this.#blockCopies, 0, this.#blocks.length);
    return blocks.flatMap((block) => different(this.#pages, this.#copies, block * BLOCK, (block + 1) * BLOCK));
  }

  #keep(pages: readonly number[]): void {
    for (const page of pages) {
      const bytes = this.#pages[page];
      if (bytes !== undefined) this.#copies[page]?.set(bytes);
    }
  }

  /** Tests everything about a call that was just made. */
  after(done: Done): void {
    const pages = this.#differences();
    const problems: string[] = [];
    const { places } = this;
    checkTransition({ before: this.#before, after: this.raw, places, done, problems }, pages, this.#grants);
    const frames = pages.filter((page) => page < FRAMES);
    problems.push(...this.#check.check(frames, this.phantoms));
    // A hart that has stopped the machine stands somewhere in the middle.
    if (done.stopped !== true) problems.push(...checkChains(this.raw, places));
    if (problems.length > 0) throw new Violation(problems, describe(done));
    this.#keep(pages);
    this.changed = pages;
  }

  /** The test itself changed the memory, in a way that keeps the invariants. */
  adopt(): void {
    const pages = this.#differences();
    const frames = pages.filter((page) => page < FRAMES);
    const problems = [...this.#check.check(frames, this.phantoms), ...checkChains(this.raw, this.places)];
    if (problems.length > 0) throw new Violation(problems, 'a change that the test made');
    this.#keep(pages);
    this.changed = pages;
  }

  /** Tests every frame anew. */
  full(): void {
    const problems = [
      ...checkFull(this.raw, this.places, this.phantoms),
      ...checkGrants(this.raw, this.places, this.#grants),
      ...checkChains(this.raw, this.places),
    ];
    if (problems.length > 0) throw new Violation(problems, 'a look at the whole memory');
  }
}

/** A call as a person reads it. */
export function describe(done: Done): string {
  const values = done.values.map((value) => value.toString()).join(', ');
  return `hart ${done.hart}: ${done.capability} . ${done.operation} (${values}) answered ${done.error}, ${done.value}`;
}
