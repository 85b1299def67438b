import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import { cells, expectedBoard, readTree, text, type Tree, type TreeNode, wide, writeTree } from './device-trees.ts';
import { MachineHost } from './machine-host.ts';

const ROOM = 0x8_0000;
const MUTANTS = 1500;
const folder = mkdtempSync(join(tmpdir(), 'harmony-trees-'));
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

/** The tree of an emulated machine, without the padding that QEMU leaves in it. */
function machineTree(name: string, harts: number, memory: string): Buffer {
  const raw = join(folder, `${name}-${harts}.raw`);
  const packed = join(folder, `${name}-${harts}.dtb`);
  const line = ['--machine', name, '--smp', String(harts), '--memory', memory, '--dumpdtb', raw];
  const emulator = spawnSync('./qemu.sh', line, { encoding: 'utf8' });
  if (emulator.status !== 0) throw new Error(`qemu.sh --dumpdtb failed: ${emulator.stderr}`);
  const compiler = spawnSync('dtc', ['-q', '-I', 'dtb', '-O', 'dtb', '-o', packed, raw], { encoding: 'utf8' });
  if (compiler.status !== 0) throw new Error(`dtc failed: ${compiler.stderr}`);
  return readFileSync(packed);
}
const MACHINES = [
  { name: 'virt', harts: 1, tree: machineTree('virt', 1, '64M'), devices: 15 },
  { name: 'virt', harts: 8, tree: machineTree('virt', 8, '8G'), devices: 15 },
  { name: 'sifive_u', harts: 4, tree: machineTree('sifive_u', 5, '2G'), devices: 13 },
];

interface Reading {
  readonly problem: number;
  readonly host: MachineHost;
  readonly board: number;
}
const shared = new MachineHost(ROOM);

function read(tree: Uint8Array, host = shared): Reading {
  const board = host.fresh('Board');
  const problem = host.number('boardRead', host.span(tree), board);
  return { problem, host, board };
}

function ranges({ host, board }: Reading, field: 'memory' | 'reserved'): readonly (readonly [bigint, bigint])[] {
  const list = board + host.offset('Board', field);
  return [...new Array(host.u32('BoardRanges', list, 'count')).keys()].map((index) => {
    const range = host.element('BoardRanges', list, 'parts', 'BoardRange', index);
    return [host.u64('BoardRange', range, 'base'), host.u64('BoardRange', range, 'size')] as const;
  });
}

function harts({ host, board }: Reading): readonly bigint[] {
  const first = board + host.offset('Board', 'harts');
  const count = host.u32('Board', board, 'hartCount');
  return [...new Array(count).keys()].map((index) => host.view.getBigUint64(first + index * 8, true));
}

function found(reading: Reading) {
  const { host, board } = reading;
  return {
    memory: ranges(reading, 'memory'),
    reserved: ranges(reading, 'reserved'),
    harts: harts(reading),
    timebase: host.u64('Board', board, 'timebase'),
    archiveStart: host.u64('Board', board, 'archiveStart'),
    archiveEnd: host.u64('Board', board, 'archiveEnd'),
  };
}

for (const { name, harts: count, tree, devices } of MACHINES) {
  test(`${name} with ${count} harts: memory, harts and time are those of the tree; only the archive is missing`, (t) => {
    const reading = read(tree);
    t.is(BigInt(reading.problem), reading.host.constant('BOARD_ARCHIVE'));
    t.deepEqual(found(reading), expectedBoard(readTree(tree)));
    t.is(harts(reading).length, count);
    t.is(reading.host.u32('Board', reading.board, 'deviceCount'), devices);
  });
}

test('virt: finisher and interrupt controller are found; controllers are no devices; bus masters are marked', (t) => {
  const { host, board } = read(MACHINES[0]?.tree ?? Buffer.alloc(0));
  t.is(host.u64('Board', board, 'finisher'), 0x10_0000n);
  t.is(host.u64('Board', board, 'interruptController'), 0xc00_0000n);
  const devices = new Map<bigint, number>();
  for (let index = 0; index < host.u32('Board', board, 'deviceCount'); index++) {
    const device = host.element('Board', board, 'devices', 'BoardDevice', index);
    devices.set(host.u64('BoardDevice', device, 'base'), host.u32('BoardDevice', device, 'master'));
  }
  t.false(devices.has(0xc00_0000n), 'the interrupt controller is the kernel’s');
  t.false(devices.has(0x200_0000n), 'the CLINT is the firmware’s');
  t.is(devices.get(0x1000_0000n), 0, 'a UART leaves memory alone');
  t.is(devices.get(0x1000_1000n), 1, 'a virtio device reads and writes memory');
});

/** One more than the supervisor context of each hart at the interrupt controller; 0: none. */
function contexts({ host, board }: Reading): readonly number[] {
  const first = board + host.offset('Board', 'contexts');
  const count = host.u32('Board', board, 'hartCount');
  return [...new Array(count).keys()].map((index) => host.view.getUint32(first + index * 4, true));
}

test('the interrupt controller: lines, and the context of each hart as the device tree says', (t) => {
  const [one, eight, unleashed] = MACHINES.map(({ tree }) => tree);
  const reading = read(eight ?? Buffer.alloc(0));
  /* Context 2h is machine mode and 2h + 1 supervisor mode of hart h. */
  t.deepEqual(
    contexts(reading),
    harts(reading).map((hart) => Number(2n * hart + 2n)),
  );
  t.is(reading.host.u32('Board', reading.board, 'interruptLines'), 96);
  t.deepEqual(contexts(read(one ?? Buffer.alloc(0))), [2]);
  /* Hart 0 has no supervisor mode, so that its one context shifts the others: context 2h is supervisor mode of hart h. */
  const other = read(unleashed ?? Buffer.alloc(0));
  t.deepEqual(
    contexts(other),
    harts(other).map((hart) => Number(2n * hart + 1n)),
  );
  t.is(other.host.u32('Board', other.board, 'interruptLines'), 53);
});

test('a controller that names no hart, or one that is not there, gives no context', (t) => {
  const controller = (targets: Buffer): TreeNode => ({
    name: 'plic@c000000',
    properties: [
      ['compatible', text('riscv,plic0')],
      ['reg', wide(0xc00_0000n, 0x60_0000n)],
      ['interrupts-extended', targets],
      ['riscv,ndev', cells(5)],
    ],
    children: [],
  });
  for (const targets of [Buffer.alloc(0), cells(7, 9), cells(0, 9), cells(1), cells(0xffff_ffff, 0xffff_ffff)]) {
    const reading = read(writeTree(smallTree({ more: [controller(targets)] })));
    t.is(reading.problem, 0);
    t.deepEqual(contexts(reading), [0]);
    t.is(reading.host.u32('Board', reading.board, 'interruptLines'), 5);
  }
});

/** A tree that has everything; parts of it are exchanged below. */
function smallTree(parts: { readonly cpus?: readonly TreeNode[]; readonly more?: readonly TreeNode[] } = {}): Tree {
  const hart: TreeNode = {
    name: 'cpu@0',
    properties: [
      ['device_type', text('cpu')],
      ['reg', cells(0)],
      ['mmu-type', text('riscv,sv39')],
    ],
    children: [{ name: 'interrupt-controller', properties: [['reg', cells(1)]], children: [] }],
  };
  return {
    reservations: [],
    root: {
      name: '',
      properties: [
        ['#address-cells', cells(2)],
        ['#size-cells', cells(2)],
      ],
      children: [
        {
          name: 'chosen',
          properties: [
            ['linux,initrd-start', cells(0x8400_0000)],
            ['linux,initrd-end', wide(0x8400_1000n)],
          ],
          children: [],
        },
        {
          name: 'memory@80000000',
          properties: [
            ['device_type', text('memory')],
            ['reg', wide(0x8000_0000n, 0x800_0000n)],
          ],
          children: [],
        },
        {
          name: 'cpus',
          properties: [
            ['#address-cells', cells(1)],
            ['#size-cells', cells(0)],
            ['timebase-frequency', cells(1_000_000)],
          ],
          children: parts.cpus ?? [hart],
        },
        ...(parts.more ?? []),
      ],
    },
  };
}

function hartNode(number: number, properties: readonly (readonly [string, Buffer])[]): TreeNode {
  const own = [['device_type', text('cpu')] as const, ['reg', cells(number)] as const];
  return { name: `cpu@${number}`, properties: [...own, ...properties], children: [] };
}

test('a complete tree is read without a problem, numbers of one or two cells', (t) => {
  const tree = writeTree(smallTree());
  const reading = read(tree);
  t.is(reading.problem, 0);
  t.deepEqual(found(reading), expectedBoard(readTree(tree)));
});

test('a hart counts if it has an MMU and is not disabled', (t) => {
  const mmu = ['mmu-type', text('riscv,sv39')] as const;
  const tree = writeTree(
    smallTree({
      cpus: [
        hartNode(0, [['status', text('okay')]]),
        hartNode(1, [mmu]),
        hartNode(2, [mmu, ['status', text('disabled')]]),
        hartNode(3, [mmu, ['status', text('okay')]]),
      ],
    }),
  );
  const reading = read(tree);
  t.is(reading.problem, 0);
  t.deepEqual(harts(reading), [1n, 3n]);
  t.is(reading.host.u32('Board', reading.board, 'hartUnable'), 2);
});

test('memory that the header reserves and memory that /reserved-memory names are both reserved', (t) => {
  const reserved: TreeNode = {
    name: 'reserved-memory',
    properties: [
      ['#address-cells', cells(2)],
      ['#size-cells', cells(2)],
      ['ranges', Buffer.alloc(0)],
    ],
    children: [
      {
        name: 'a@80000000',
        properties: [['reg', wide(0x8000_0000n, 0x4_0000n, 0x8004_0000n, 0x2_0000n)]],
        children: [],
      },
      { name: 'later', properties: [['size', wide(0x1000n)]], children: [] },
    ],
  };
  const tree = { ...smallTree({ more: [reserved] }), reservations: [[0x8700_0000n, 0x1234n]] as const };
  const reading = read(writeTree(tree));
  t.is(reading.problem, 0);
  t.deepEqual(ranges(reading, 'reserved'), [
    [0x8700_0000n, 0x1234n],
    [0x8000_0000n, 0x4_0000n],
    [0x8004_0000n, 0x2_0000n],
  ]);
});

function without(tree: Tree, name: string): Tree {
  return { ...tree, root: { ...tree.root, children: tree.root.children.filter((node) => node.name !== name) } };
}
for (const [name, problem] of [
  ['memory@80000000', 'BOARD_MEMORY'],
  ['cpus', 'BOARD_CPUS'],
  ['chosen', 'BOARD_ARCHIVE'],
] as const) {
  test(`a tree without ${name} is refused as ${problem}`, (t) => {
    const { problem: answer, host } = read(writeTree(without(smallTree(), name)));
    t.is(BigInt(answer), host.constant(problem));
  });
}

for (const [title, node, problem] of [
  ['memory beyond the last address', ['reg', wide(0xffff_ffff_ffff_f000n, 0x2000n)], 'BOARD_WRAP'],
  ['memory of half an entry', ['reg', cells(0, 1, 2)], 'BOARD_CELLS'],
] as const) {
  test(`${title} is refused as ${problem}`, (t) => {
    const more = [{ name: 'memory@1', properties: [['device_type', text('memory')] as const, node], children: [] }];
    const { problem: answer, host } = read(writeTree(smallTree({ more })));
    t.is(BigInt(answer), host.constant(problem));
  });
}

test('sixteen levels of nodes are read, seventeen are refused', (t) => {
  const nested = (depth: number): TreeNode => ({
    name: `n${depth}`,
    properties: [],
    children: depth === 0 ? [] : [nested(depth - 1)],
  });
  t.is(read(writeTree(smallTree({ more: [nested(14)] }))).problem, 0);
  t.is(BigInt(read(writeTree(smallTree({ more: [nested(15)] }))).problem), shared.constant('BOARD_DEPTH'));
});

test('a property behind a child node is refused', (t) => {
  const tree = writeTree(smallTree());
  const tokens = tree.readUInt32BE(8);
  const size = tree.readUInt32BE(36);
  // Before the end of the root: a property of no bytes.
  const late = Buffer.concat([tree.subarray(0, tokens + size - 8), cells(3, 0, 0, 2, 9), tree.subarray(tokens + size)]);
  late.writeUInt32BE(late.length, 4);
  late.writeUInt32BE(tokens + size + 12, 12);
  late.writeUInt32BE(size + 12, 36);
  t.is(BigInt(read(late).problem), shared.constant('BOARD_ORDER'));
});

/** A change of a blob. Most of them are behind the header, or nothing else would be reached. */
interface Change {
  readonly kind: 'byte' | 'word' | 'copy' | 'header' | 'cut';
  readonly at: number;
  readonly value: number;
}
const WORDS = [0, 1, 2, 3, 4, 9, 0x7fffffff, 0x80000000, 0xfffffffc, 0xffffffff, 0x10000, 0xfffff];
function kind(name: Change['kind'], value: fc.Arbitrary<number>): fc.Arbitrary<Change> {
  return fc.record({ kind: fc.constant(name), at: fc.nat(), value });
}
const changes = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: kind('byte', fc.nat(255)) },
    { weight: 8, arbitrary: kind('word', fc.constantFrom(...WORDS)) },
    { weight: 8, arbitrary: kind('copy', fc.nat()) },
    { weight: 1, arbitrary: kind('header', fc.nat(0xffffffff)) },
    { weight: 1, arbitrary: kind('cut', fc.constant(0)) },
  ),
  { minLength: 1, maxLength: 6 },
);

const HEADER = 40;
/** Changes a tree in place, or answers a shorter one whose header says so. */
function change(tree: Buffer, { kind, at, value }: Change): Buffer {
  const body = tree.length - HEADER;
  const words = body >> 2;
  if (words < 10) return tree;
  if (kind === 'byte') tree.writeUInt8(value, HEADER + (at % body));
  if (kind === 'word') tree.writeUInt32BE(value, HEADER + (at % words) * 4);
  if (kind === 'header') tree.writeUInt32BE(value, (at % 10) * 4);
  if (kind === 'copy') {
    const from = HEADER + (value % words) * 4;
    tree.copy(tree, HEADER + (at % words) * 4, from, from + 32);
  }
  if (kind !== 'cut') return tree;
  const shorter = Buffer.from(tree.subarray(0, HEADER + (at % body)));
  shorter.writeUInt32BE(shorter.length, 4);
  return shorter;
}

/** Whatever the tree is: an answer with a sentence to it, and a board within its limits. */
function checkReading(reading: Reading): boolean {
  const { problem, host, board } = reading;
  const last = host.constant('BOARD_ARCHIVE_EMPTY');
  if (problem < 0 || BigInt(problem) > last) return false;
  const memory = ranges(reading, 'memory');
  const reserved = ranges(reading, 'reserved');
  const within =
    (['hart', 'device'] as const).every(
      (name) => BigInt(host.u32('Board', board, `${name}Count`)) <= host.constant(`BOARD_${name.toUpperCase()}_LIMIT`),
    ) &&
    memory.length <= host.constant('BOARD_MEMORY_LIMIT') &&
    reserved.length <= host.constant('BOARD_RANGE_LIMIT');
  const end = 1n << 64n;
  const all = [...memory, ...reserved];
  return within && all.every(([base, size]) => size > 0n && base + size <= end);
}

test(`${MUTANTS} mutated trees: each is read or refused, and nothing outside of it is read`, (t) => {
  const sources = [...MACHINES.map(({ tree }) => tree), writeTree(smallTree())];
  const answers = new Map<number, number>();
  fc.assert(
    fc.property(fc.nat(sources.length - 1), changes, (index, list) => {
      const tree = list.reduce(change, Buffer.from(sources[index] ?? Buffer.alloc(0)));
      const reading = read(tree);
      answers.set(reading.problem, (answers.get(reading.problem) ?? 0) + 1);
      return checkReading(reading);
    }),
    { numRuns: MUTANTS },
  );
  t.log(
    'answers:',
    [...answers]
      .sort(([a], [b]) => a - b)
      .map(([problem, count]) => `${problem}: ${count}`)
      .join(', '),
  );
  t.true(answers.size >= 5, 'the mutants reach different answers');
});

test('500 blobs of arbitrary bytes behind a valid header are read or refused', (t) => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 0, maxLength: 600 }), (bytes) => {
      const size = 40 + bytes.length;
      const names = 40 + ((bytes.length >> 1) & ~3);
      const header = cells(0xd00dfeed, size, 40, names, 40, 17, 16, 0, size - names, names - 40);
      return checkReading(read(Buffer.concat([header, bytes])));
    }),
    { numRuns: 500 },
  );
  t.pass();
});
