import test from 'ava';
import fc from 'fast-check';
import {
  AREA,
  CONSTANTS_END,
  FINISHER,
  HART_AREAS,
  IMAGE_END,
  KERNEL,
  KernelMap,
  PAGE,
  RAM,
  TABLE_POOL,
  TEXT_END,
  WINDOW,
  type Range,
} from './kernel-map.ts';

/** Bytes of the window: the last GiB of the addresses is not of it. */
const WINDOW_SIZE = 0x3f_c000_0000n;
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
    const rest = [0n, FINISHER, FINISHER + PAGE, KERNEL - 1n, KERNEL + IMAGE_END, 0x3f_bfff_f000n];
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
    fc.property(boards, fc.array(fc.bigInt(0n, 0x3f_bfff_ffffn), { maxLength: 20 }), ({ memory, reserved }, more) => {
      const map = new KernelMap(memory, reserved);
      const usable = memory.filter(({ base }) => base < WINDOW_SIZE);
      const addresses = [...borders(usable), ...borders(reserved), ...more].filter(
        (address) => address >= 0n && address < WINDOW_SIZE,
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

test('registers in the last page of the window are mapped, behind it not', (t) => {
  const memory = [{ base: RAM, size: 0x800_0000n }];
  const last = new KernelMap(memory, [FIRMWARE], WINDOW_SIZE - PAGE);
  t.is(last.finisher, WINDOW + WINDOW_SIZE - PAGE);
  t.is(last.window(WINDOW_SIZE - PAGE)?.flags, READ_WRITE);
  const behind = new KernelMap(memory, [FIRMWARE], WINDOW_SIZE);
  t.is(behind.finisher, 0n);
  t.is(behind.window(WINDOW_SIZE), null);
});
