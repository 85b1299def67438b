import test from 'ava';
import fc from 'fast-check';
import { MachineHost } from './machine-host.ts';

const PAGE = 0x1000n;
const WINDOW = 0xffff_ffc0_0000_0000n;
const KERNEL = 0x8020_0000n;
const RAM = 0x8000_0000n;
const FINISHER = 0x10_0000n;
const AREAS = 8n;
const AREA = 0x8000n;
const TABLES = 32n;
/** Parts of the image of these tests, in bytes from its start. */
const TEXT_END = 0x3000n;
const CONSTANTS_END = 0x4000n;
const HART_AREAS = 0x8000n;
const TABLE_POOL = HART_AREAS + AREAS * AREA;
const IMAGE_END = TABLE_POOL + TABLES * PAGE;
/** Where the image lies in the memory of the host machine. */
const IMAGE = 0x6_0000n;

interface Range {
  readonly base: bigint;
  readonly size: bigint;
}
interface Leaf {
  readonly physical: bigint;
  readonly size: bigint;
  readonly flags: bigint;
}

class KernelMap {
  satp = 0n;
  finisher = 0n;
  readonly host: MachineHost;

  constructor(memory: readonly Range[], reserved: readonly Range[], finisher = FINISHER) {
    const at = (offset: bigint) => () => WINDOW + KERNEL + offset;
    const externals = {
      imageStart: at(0n),
      imageTextEnd: at(TEXT_END),
      imageConstantsEnd: at(CONSTANTS_END),
      imageHartAreas: at(HART_AREAS),
      imageTables: at(TABLE_POOL),
      imageEnd: at(IMAGE_END),
      kernelRoot: at(TABLE_POOL + 2n * PAGE),
      addressSpaceSelect: (satp: bigint) => void (this.satp = satp),
      stopThroughFinisher: (address: bigint) => void (this.finisher = address),
    };
    this.host = new MachineHost(Number(IMAGE_END) + 0x1_0000, externals, WINDOW + KERNEL - IMAGE);
    this.#board(memory, reserved);
    this.host.call('memoryMark', KERNEL, KERNEL + IMAGE_END, Number(this.host.constant('MEMORY_KERNEL')));
    this.host.call('kernelMap', finisher);
  }

  #board(memory: readonly Range[], reserved: readonly Range[]): void {
    const board = this.host.fresh('Board');
    const put = (field: 'memory' | 'reserved', index: number, range: Range) => {
      const at = this.host.element('Board', board, field, 'BoardRange', index);
      this.host.view.setBigUint64(at + this.host.offset('BoardRange', 'base'), range.base, true);
      this.host.view.setBigUint64(at + this.host.offset('BoardRange', 'size'), range.size, true);
      this.host.view.setUint32(board + this.host.offset('Board', `${field}Count`), index + 1, true);
    };
    memory.forEach((range, index) => put('memory', index, range));
    reserved.forEach((range, index) => put('reserved', index, range));
    this.host.call('memoryStart', board);
  }

  #entry(table: bigint, index: bigint): bigint {
    return this.host.view.getBigUint64(Number(table - KERNEL + IMAGE + index * 8n), true);
  }

  /** Walks the tables as the hardware does (privileged specification, "Virtual Address Translation Process"). */
  walk(address: bigint): Leaf | null {
    let table = (this.satp & 0xfff_ffff_ffffn) << 12n;
    for (let level = 2n; level >= 0n; level--) {
      const shift = 12n + 9n * level;
      const entry = this.#entry(table, (address >> shift) & 0x1ffn);
      if ((entry & 1n) === 0n) return null;
      const frame = (entry >> 10n) & 0xfff_ffff_ffffn;
      if ((entry & 0xen) === 0n) {
        table = frame << 12n;
        continue;
      }
      const size = 1n << shift;
      if ((frame << 12n) % size !== 0n) throw new Error('a leaf whose frame is not aligned to its size');
      return { physical: frame << 12n, size, flags: entry & 0xffn };
    }
    throw new Error('a link in a table of level 0');
  }

  /** What the kernel sees of a physical address. */
  window(physical: bigint): Leaf | null {
    return this.walk(WINDOW + physical);
  }
}

const READ = 0x43n;
const READ_WRITE = 0xc7n;
const READ_EXECUTE = 0x4bn;

function inside(address: bigint, ranges: readonly Range[]): boolean {
  return ranges.some(({ base, size }) => address >= base && address < base + size);
}

/** Permissions that a page of the image must have; 0: not mapped. */
function imageFlags(offset: bigint): bigint {
  if (offset < TEXT_END) return READ_EXECUTE;
  if (offset < CONSTANTS_END) return READ;
  if (offset < HART_AREAS || offset >= TABLE_POOL) return READ_WRITE;
  return (offset - HART_AREAS) % AREA < PAGE ? 0n : READ_WRITE;
}

function expectedFlags(physical: bigint, memory: readonly Range[], reserved: readonly Range[]): bigint {
  if (physical >= KERNEL && physical < KERNEL + IMAGE_END) return imageFlags(physical - KERNEL);
  if (physical >= FINISHER && physical < FINISHER + PAGE) return READ_WRITE;
  const page: Range = { base: physical & ~0xfffn, size: PAGE };
  const touched = reserved.some(({ base, size }) => base < page.base + PAGE && page.base < base + size);
  return inside(physical, memory) && !touched ? READ_WRITE : 0n;
}

/** Addresses at which something begins or ends, and their neighbours. */
function borders(ranges: readonly Range[]): readonly bigint[] {
  return ranges.flatMap(({ base, size }) => [
    base - 1n,
    base,
    base + PAGE,
    base + size - 1n,
    base + size,
    base + size / 2n,
  ]);
}

function check(
  map: KernelMap,
  memory: readonly Range[],
  reserved: readonly Range[],
  addresses: readonly bigint[],
): string | null {
  for (const address of addresses) {
    const leaf = map.window(address);
    const flags = expectedFlags(address, memory, reserved);
    const name = `0x${address.toString(16)}`;
    if ((leaf?.flags ?? 0n) !== flags) return `${name}: flags ${leaf?.flags}, expected ${flags}`;
    if (leaf === null) continue;
    if (address < leaf.physical || address >= leaf.physical + leaf.size) return `${name}: mapped to another place`;
    const overlap = reserved.find(({ base, size }) => base < leaf.physical + leaf.size && leaf.physical < base + size);
    if (overlap !== undefined) return `${name}: a leaf reaches into reserved memory`;
  }
  return null;
}

const FIRMWARE = { base: RAM, size: 0x8_0000n };
for (const mebibytes of [64n, 128n, 2048n, 8192n, 16384n]) {
  test(`${mebibytes} MiB: image, memory, finisher and nothing else`, (t) => {
    const memory = [{ base: RAM, size: mebibytes << 20n }];
    const map = new KernelMap(memory, [FIRMWARE]);
    const image = [...new Array(Number(IMAGE_END / PAGE)).keys()].map((page) => KERNEL + BigInt(page) * PAGE);
    const rest = [0n, FINISHER, FINISHER + PAGE, KERNEL - 1n, KERNEL + IMAGE_END, 0x3f_ffff_f000n];
    t.is(check(map, memory, [FIRMWARE], [...image, ...rest, ...borders([...memory, FIRMWARE])]), null);
    t.is(map.finisher, WINDOW + FINISHER);
    t.is(map.satp >> 60n, 8n);
    t.is(map.walk(KERNEL), null, 'the lower half is empty');
  });
}

/** Memory with the kernel in it, more memory elsewhere, and reserved ranges that leave the kernel alone. */
const boards = fc
  .record({
    mebibytes: fc.bigInt(4n, 9000n),
    more: fc.array(fc.record({ base: fc.bigInt(0x40_0000n, 0xff_ffffn), size: fc.bigInt(1n, 0x2_0000n) }), {
      maxLength: 2,
    }),
    reserved: fc.array(fc.record({ offset: fc.bigInt(0n, 0xffff_ffffn), size: fc.bigInt(1n, 0x40_0000n) }), {
      maxLength: 4,
    }),
  })
  .map(({ mebibytes, more, reserved }) => ({
    memory: [
      { base: RAM, size: mebibytes << 20n },
      ...more.map(({ base, size }) => ({ base: base * PAGE, size: size * PAGE })),
    ],
    reserved: [
      FIRMWARE,
      ...reserved
        .map(({ offset, size }) => ({ base: KERNEL + IMAGE_END + offset, size }))
        .filter(({ base }) => base >= KERNEL + IMAGE_END),
    ],
  }));

test('random memory and reserved ranges: each address is mapped as it must be, no leaf reaches into reserved memory', (t) => {
  fc.assert(
    fc.property(boards, fc.array(fc.bigInt(0n, 0x3f_ffff_ffffn), { maxLength: 20 }), ({ memory, reserved }, more) => {
      const map = new KernelMap(memory, reserved);
      const usable = memory.filter(({ base }) => base < 0x40_0000_0000n);
      const addresses = [...borders(usable), ...borders(reserved), ...more].filter(
        (address) => address >= 0n && address < 0x40_0000_0000n,
      );
      const problem = check(map, memory, reserved, addresses);
      if (problem !== null) throw new Error(problem);
    }),
    { numRuns: 200 },
  );
  t.pass();
});

test('a finisher inside memory is left alone', (t) => {
  const map = new KernelMap([{ base: RAM, size: 0x800_0000n }], [FIRMWARE], RAM + 0x400_0000n);
  t.is(map.finisher, 0n);
});

test('no finisher: none is mapped', (t) => {
  const map = new KernelMap([{ base: RAM, size: 0x800_0000n }], [FIRMWARE], 0n);
  t.is(map.finisher, 0n);
  t.is(map.window(0n), null);
});
