import test from 'ava';
import fc from 'fast-check';
import { BootStopped, MachineHost } from './machine-host.ts';

const PAGE = 0x1000n;
const BASE = 0x8000_0000n;
const PAGES = 256;
const FREE = 0;
const FIRMWARE = 1;
/** No memory. */
const HOLE = -1;

/** Memory in the simplest form: the use of every page. */
type Model = number[];

interface Range {
  readonly first: number;
  readonly count: number;
}

class BootMap {
  readonly host = new MachineHost(0x1000);
  readonly map = this.host.global('memoryMap');
  readonly board = this.host.fresh('Board');

  #put(field: 'memory' | 'reserved', index: number, base: bigint, size: bigint): void {
    const list = this.board + this.host.offset('Board', field);
    const at = this.host.element('BoardRanges', list, 'parts', 'BoardRange', index);
    this.host.view.setBigUint64(at + this.host.offset('BoardRange', 'base'), base, true);
    this.host.view.setBigUint64(at + this.host.offset('BoardRange', 'size'), size, true);
    this.host.view.setUint32(list + this.host.offset('BoardRanges', 'count'), index + 1, true);
  }

  constructor(memory: readonly Range[], reserved: readonly Range[], slack = 0n) {
    memory.forEach(({ first, count }, index) =>
      this.#put('memory', index, BASE + BigInt(first) * PAGE, BigInt(count) * PAGE),
    );
    reserved.forEach(({ first, count }, index) =>
      this.#put('reserved', index, BASE + BigInt(first) * PAGE + slack, BigInt(count) * PAGE - 2n * slack),
    );
    this.host.call('memoryStart', this.board);
  }

  /** Parts as [first page, pages, use]. */
  parts(name = this.map): readonly (readonly [number, number, number])[] {
    return [...new Array(this.host.u32('MemoryMap', name, 'count')).keys()].map((index) => {
      const at = this.host.element('MemoryMap', name, 'parts', 'MemoryRange', index);
      const field = (key: string) => this.host.u64('MemoryRange', at, key);
      return [
        Number((field('base') - BASE) / PAGE),
        Number(field('size') / PAGE),
        this.host.u32('MemoryRange', at, 'use'),
      ];
    });
  }
}

function startModel(memory: readonly Range[], reserved: readonly Range[]): Model {
  const model: Model = new Array(PAGES).fill(HOLE);
  for (const { first, count } of memory) model.fill(FREE, first, Math.min(first + count, PAGES));
  for (const { first, count } of reserved) {
    for (let page = first; page < Math.min(first + count, PAGES); page++)
      if (model[page] === FREE) model[page] = FIRMWARE;
  }
  return model;
}

/** Runs of pages of one use. */
function runs(model: Model): readonly (readonly [number, number, number])[] {
  const list: [number, number, number][] = [];
  model.forEach((use, page) => {
    const last = list.at(-1);
    if (last !== undefined && last[2] === use) last[1]++;
    else list.push([page, 1, use]);
  });
  return list.filter(([, , use]) => use !== HOLE);
}

const range = fc
  .tuple(fc.nat(PAGES - 1), fc.integer({ min: 1, max: 100 }))
  .map(([first, count]) => ({ first, count: Math.min(count, PAGES - first) }));
const board = fc.record({
  memory: fc.array(range, { minLength: 1, maxLength: 4 }),
  reserved: fc.array(range, { maxLength: 4 }),
});

test('memory is what the board has without what it reserves, in order, without overlaps, merged', (t) => {
  fc.assert(
    fc.property(board, ({ memory, reserved }) => {
      t.deepEqual(new BootMap(memory, reserved).parts(), runs(startModel(memory, reserved)));
    }),
    { numRuns: 300 },
  );
});

test('reserved memory that does not end at a page takes whole pages', (t) => {
  const map = new BootMap([{ first: 0, count: 16 }], [{ first: 4, count: 2 }], 0x10n);
  t.deepEqual(map.parts(), [
    [0, 4, FREE],
    [4, 2, FIRMWARE],
    [6, 10, FREE],
  ]);
});

test('memory from 255 GiB on is left alone, and a line says so', (t) => {
  const limit = Number((0x3f_c000_0000n - BASE) / PAGE);
  const map = new BootMap(
    [
      { first: 0, count: 16 },
      { first: limit - 4, count: 8 },
    ],
    [],
  );
  t.deepEqual(map.parts(), [
    [0, 16, FREE],
    [limit - 4, 4, FREE],
  ]);
  t.regex(map.host.output, /memory above 255 GiB is left alone: 0x3fbfffc000 to 0x3fc0003fff/);
});

/** A change of the map: a use for a range, or free pages for a use. */
interface Action {
  readonly kind: 'mark' | 'take';
  readonly range: Range;
  readonly use: number;
}
const action = fc.oneof(
  fc.record({ kind: fc.constant('mark' as const), range, use: fc.integer({ min: 2, max: 7 }) }),
  fc.record({
    kind: fc.constant('take' as const),
    range: fc.record({ first: fc.constant(0), count: fc.integer({ min: 1, max: 12 }) }),
    use: fc.integer({ min: 2, max: 7 }),
  }),
);

function takeModel(model: Model, count: number, use: number): number | null {
  const run = runs(model).find(([, pages, kind]) => kind === FREE && pages >= count);
  if (run === undefined) return null;
  model.fill(use, run[0], run[0] + count);
  return run[0];
}

/** Does the same to both; false if the map had no room, which ends the comparison. */
function act(map: BootMap, model: Model, { kind, range: { first, count }, use }: Action): boolean {
  if (kind === 'mark') {
    const start = BASE + BigInt(first) * PAGE;
    map.host.call('memoryMark', start, start + BigInt(count) * PAGE, use);
    for (let page = first; page < first + count; page++) if (model[page] === FREE) model[page] = use;
    return true;
  }
  const expected = takeModel(model, count, use);
  try {
    const found = map.host.big('memoryTake', BigInt(count), use);
    return expected !== null && found === BASE + BigInt(expected) * PAGE;
  } catch (error) {
    return expected === null && error instanceof BootStopped && error.message.includes('too little memory');
  }
}
test('marking and taking memory do what they do to an array of pages', (t) => {
  let taken = 0;
  fc.assert(
    fc.property(board, fc.array(action, { maxLength: 8 }), ({ memory, reserved }, actions) => {
      const map = new BootMap(memory, reserved);
      const model = startModel(memory, reserved);
      for (const each of actions) {
        if (!act(map, model, each)) return false;
        if (each.kind === 'take') taken++;
        t.deepEqual(map.parts(), runs(model));
      }
      return true;
    }),
    { numRuns: 400 },
  );
  t.true(taken > 100);
});

test('more than 32 parts end boot with one line', (t) => {
  const map = new BootMap([{ first: 0, count: PAGES }], []);
  const error = t.throws(
    () => {
      for (let page = 0n; page < 40n; page++) {
        const start = BASE + page * 2n * PAGE;
        map.host.call('memoryMark', start, start + PAGE, 2);
      }
    },
    { instanceOf: BootStopped },
  );
  t.regex(error.message, /^boot failed: the memory map has more than 32 parts: .*\n$/);
});

test('memory in more than 8 pieces ends boot with one line', (t) => {
  const pieces = [...new Array(9).keys()].map((index) => ({ first: index * 3, count: 1 }));
  const error = t.throws(() => new BootMap(pieces, []), { instanceOf: BootStopped });
  t.regex(error.message, /^boot failed: memory is in more than 8 pieces: .*\n$/);
});
