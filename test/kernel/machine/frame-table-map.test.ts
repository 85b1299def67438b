/** Where boot puts the frame table, and how it maps it at its fixed address. */
import test from 'ava';
import fc from 'fast-check';
import { IMAGE_END, KERNEL, KernelMap, PAGE, RAM, type Leaf, type Range } from './kernel-map.ts';
import { BootStopped } from './machine-host.ts';

const TABLE = 0xffff_ffff_c000_0000n;
const MEBIBYTE = 0x10_0000n;
const LARGE = 2n * MEBIBYTE;
const FIRMWARE = { base: RAM, size: 0x8_0000n };
const READ_WRITE = 0xc7n;
const FREE = 0n;

/** Frames that have entries. */
interface Frames {
  readonly first: bigint;
  readonly count: bigint;
}

/** The pages of the entries, by their addresses. */
function pagesOf({ first, count }: Frames): Range {
  const base = (TABLE + first * 16n) & ~(PAGE - 1n);
  const end = (TABLE + (first + count) * 16n + PAGE - 1n) & ~(PAGE - 1n);
  return { base, size: end - base };
}

/** As far as whole multiples of an alignment reach. */
function outward({ base, size }: Range, alignment: bigint): Range {
  const start = base - (base % alignment);
  return { base: start, size: ((base + size + alignment - 1n) / alignment) * alignment - start };
}

function place(map: KernelMap, frames: Frames): void {
  const { base, size } = pagesOf(frames);
  map.host.call('framesPlace', base, base + size);
}

/** Parts of the memory map, by their use. */
function parts(map: KernelMap, use: bigint): readonly Range[] {
  const { host } = map;
  const object = host.global('memoryMap');
  const all = [...new Array(host.u32('MemoryMap', object, 'count')).keys()].map((index) =>
    host.element('MemoryMap', object, 'parts', 'MemoryRange', index),
  );
  return all
    .filter((at) => BigInt(host.u32('MemoryRange', at, 'use')) === use)
    .map((at) => ({ base: host.u64('MemoryRange', at, 'base'), size: host.u64('MemoryRange', at, 'size') }));
}

function isWithin(leaf: Leaf, ranges: readonly Range[]): boolean {
  return ranges.some(({ base, size }) => leaf.physical >= base && leaf.physical + leaf.size <= base + size);
}

/**
 * What is wrong with the table, or null: its pages are mapped one behind the other, to the one part of memory that is
 * marked as its own; and no leaf of its GiB maps anything that was not free before.
 */
function problem(map: KernelMap, frames: Frames, free: readonly Range[]): string | null {
  const pages = pagesOf(frames);
  const [own, ...more] = parts(map, map.host.constant('MEMORY_FRAME_TABLE'));
  if (own === undefined || more.length > 0 || own.size !== pages.size) return 'the memory map does not show the table';
  const { base, size } = outward(pages, LARGE);
  const leaves = map.leaves(base, base + size);
  const wrong = leaves.find(({ flags }) => flags !== READ_WRITE);
  if (wrong !== undefined) return `flags ${wrong.flags}`;
  const beyond = leaves.find((leaf) => !isWithin(leaf, free));
  if (beyond !== undefined) return `a leaf maps 0x${beyond.physical.toString(16)}, which was not free`;
  for (let at = 0n; at < pages.size; at += PAGE) {
    const leaf = map.walk(pages.base + at);
    const physical = leaf === null ? -1n : leaf.physical + (pages.base + at - leaf.address);
    if (physical !== own.base + at) return `page ${at / PAGE} is at ${physical}, not ${own.base + at}`;
  }
  for (const beside of [base - PAGE, base + size]) {
    if (beside >= TABLE && beside < 1n << 64n && map.walk(beside) !== null) return 'more is mapped than is needed';
  }
  return null;
}

for (const mebibytes of [16n, 64n, 128n, 2048n, 8192n, 16384n]) {
  test(`${mebibytes} MiB: leaves of 2 MiB map the table, and one page table is enough`, (t) => {
    const memory = [{ base: RAM, size: mebibytes * MEBIBYTE }];
    const map = new KernelMap(memory, [FIRMWARE]);
    const frames = { first: RAM / PAGE, count: (mebibytes * MEBIBYTE) / PAGE };
    const free = parts(map, FREE);
    const tables = map.tables();
    place(map, frames);
    t.is(problem(map, frames, free), null);
    const { base, size } = outward(pagesOf(frames), LARGE);
    t.true(map.leaves(base, base + size).every((leaf) => leaf.size === LARGE));
    t.is(map.tables(), tables + 1n);
    t.is(map.fences, 1, 'harts may keep that nothing was mapped there');
  });
}

test('reserved memory in every 2 MiB: the table is mapped page by page', (t) => {
  const memory = [{ base: RAM, size: 16n * MEBIBYTE }];
  const pins = [2n, 3n, 4n, 5n, 6n, 7n].map((block) => ({ base: RAM + block * LARGE + 0x12_3000n, size: 0x800n }));
  const map = new KernelMap(memory, [FIRMWARE, ...pins]);
  const frames = { first: RAM / PAGE, count: (16n * MEBIBYTE) / PAGE };
  const free = parts(map, FREE);
  place(map, frames);
  t.is(problem(map, frames, free), null);
  const { base, size } = pagesOf(frames);
  t.true(map.leaves(base, base + size).every((leaf) => leaf.size === PAGE));
});

test('what has a use already, such as the archive, is under no leaf of the table', (t) => {
  const memory = [{ base: RAM, size: 64n * MEBIBYTE }];
  const map = new KernelMap(memory, [FIRMWARE]);
  map.host.call('memoryMark', RAM + 2n * LARGE, RAM + 3n * LARGE + PAGE, Number(map.host.constant('MEMORY_ARCHIVE')));
  const frames = { first: RAM / PAGE, count: (64n * MEBIBYTE) / PAGE };
  const free = parts(map, FREE);
  place(map, frames);
  t.is(problem(map, frames, free), null);
  t.is(map.walk(pagesOf(frames).base)?.physical, RAM + 4n * LARGE);
});

/** Memory with the kernel in it, reserved ranges that leave the kernel alone, and frames that have entries, any that the window holds. */
const boards = fc.record({
  mebibytes: fc.bigInt(4n, 600n),
  reserved: fc.array(fc.record({ offset: fc.bigInt(0n, 0x2000_0000n), size: fc.bigInt(1n, 0x40_0000n) }), {
    maxLength: 6,
  }),
  first: fc.bigInt(0n, 0x3b_ffffn).map((number) => number * 16n + (number % 16n)),
  count: fc.oneof(fc.bigInt(1n, 0x3_0000n), fc.bigInt(1n, 0x40_0000n)),
});

test('random memory and frames: each entry has its place, and no leaf reaches into what is not free', (t) => {
  const seen = { large: 0, small: 0, refused: 0 };
  fc.assert(
    fc.property(boards, ({ mebibytes, reserved, first, count }) => {
      const frames = { first, count };
      const memory = [{ base: RAM, size: mebibytes * MEBIBYTE }];
      const ranges = [FIRMWARE, ...reserved.map(({ offset, size }) => ({ base: KERNEL + IMAGE_END + offset, size }))];
      const map = new KernelMap(memory, ranges);
      const free = parts(map, FREE);
      const pages = pagesOf(frames);
      const { size } = outward(pages, LARGE);
      const isRoomy = free.some((part) => {
        const base = ((part.base + LARGE - 1n) / LARGE) * LARGE;
        return base + size <= part.base + part.size;
      });
      try {
        place(map, frames);
      } catch (error) {
        if (!(error instanceof BootStopped)) throw error;
        if (isRoomy) throw new Error(`there is room, but ${error.message}`);
        if (error.message.includes('too little memory')) {
          if (free.some((part) => part.size >= pages.size)) throw new Error('there is as much in one piece');
        } else if (pages.size < 40n * MEBIBYTE) throw error;
        seen.refused++;
        return;
      }
      const found = problem(map, frames, free);
      if (found !== null) throw new Error(found);
      if ((map.walk(pages.base)?.size ?? 0n) === LARGE) seen.large++;
      else seen.small++;
    }),
    { numRuns: 150 },
  );
  t.log(seen);
  t.true(seen.large > 0 && seen.small > 0 && seen.refused > 0);
});
