/** Named cases: page tables and mappings, with a page walk as the hardware does it. After every call all invariants are tested. */
import test from 'ava';
import { BOOTER, FREE, OWN, RANGES, TEMPLATE_FRAME } from '../support/memory-machine.ts';
import { walk, type Access } from '../support/page-walk.ts';
import { Case, number } from './case.ts';
import { identifierOf } from '../random/choose.ts';
import { KIND, TYPE } from '../checker/numbers.ts';

const A = FREE;
const B = FREE + 1;
const C = FREE + 2;
const ACCESSES: readonly Access[] = ['read', 'write', 'execute'];

/** The address of an entry of the first component's lowest table. */
function at(entry: number): bigint {
  return BigInt(entry) * 4096n;
}

function reaches(c: Case, address: bigint): readonly (number | null)[] {
  return ACCESSES.map((access) => walk(c.machine, BOOTER.root, address, access));
}

test('M1, INV6, INV9: what is mapped can be accessed exactly as permitted', (t) => {
  const c = new Case(t);
  c.retype(A, TYPE.User);
  const page = number(A);
  for (const [permissions, read, write, execute] of [
    [2, true, false, false],
    [6, true, true, false],
    [8, false, false, true],
    [10, true, false, true],
  ] as const) {
    c.ok(OWN.level0, 'PageTable.Map', 9, OWN.low, A, permissions);
    t.deepEqual(
      reaches(c, at(9)),
      [read, write, execute].map((allowed) => (allowed ? page : null)),
    );
    c.ok(OWN.level0, 'PageTable.Unmap', 9);
  }
  for (const permissions of [0, 1, 3, 4, 5, 7, 12, 14, 15, 16, 18, 34, 66]) {
    c.refused('BadArgument', 3, OWN.level0, 'PageTable.Map', 9, OWN.low, A, permissions);
  }
});

test('M1, INV9: a capability without a right does not give the permission', (t) => {
  const c = new Case(t);
  c.retype(A, TYPE.User);
  c.ok(OWN.table, 'CapabilityTable.Copy', 40, OWN.low, 2);
  c.refused('MissingRights', 4, OWN.level0, 'PageTable.Map', 9, 40, A, 6);
  c.refused('MissingRights', 8, OWN.level0, 'PageTable.Map', 9, 40, A, 10);
  c.ok(OWN.level0, 'PageTable.Map', 9, 40, A, 2);
  t.deepEqual(reaches(c, at(9)), [number(A), null, null]);
});

test('M1: a hart fetches what was stored into a frame before it was mapped for execution', (t) => {
  const c = new Case(t);
  c.retype(A, TYPE.User);
  for (const [entry, permissions, fences] of [
    [9, 2, 0],
    [10, 6, 0],
    [11, 8, 1],
    [12, 10, 1],
  ] as const) {
    const before = c.machine.instructionFences;
    c.ok(OWN.level0, 'PageTable.Map', entry, OWN.low, A, permissions);
    t.is(c.machine.instructionFences - before, fences);
  }
});

test('M2: after unmap the address faults', (t) => {
  const c = new Case(t);
  c.retype(A, TYPE.User);
  c.ok(OWN.level0, 'PageTable.Map', 9, OWN.low, A, 6);
  c.ok(OWN.level0, 'PageTable.Unmap', 9);
  t.deepEqual(reaches(c, at(9)), [null, null, null]);
  c.refused('Empty', 0, OWN.level0, 'PageTable.Unmap', 9);
});

test('M4: another frame mapped at the same address is the one that is reached', (t) => {
  const c = new Case(t);
  c.retype(A, TYPE.User);
  c.retype(B, TYPE.User);
  c.ok(OWN.level0, 'PageTable.Map', 9, OWN.low, A, 6);
  c.refused('Occupied', 0, OWN.level0, 'PageTable.Map', 9, OWN.low, B, 6);
  c.ok(OWN.level0, 'PageTable.Unmap', 9);
  c.ok(OWN.level0, 'PageTable.Map', 9, OWN.low, B, 2);
  t.deepEqual(reaches(c, at(9)), [number(B), null, null]);
});

test('M6, INV9: Protect takes permissions away and gives none', (t) => {
  const c = new Case(t);
  c.retype(A, TYPE.User);
  c.ok(OWN.level0, 'PageTable.Map', 9, OWN.low, A, 6);
  t.is(c.ok(OWN.level0, 'PageTable.Protect', 9, 2), BigInt(c.trial.model.epoch));
  t.deepEqual(reaches(c, at(9)), [number(A), null, null]);
  c.refused('MissingRights', 4, OWN.level0, 'PageTable.Protect', 9, 6);
  c.refused('MissingRights', 8, OWN.level0, 'PageTable.Protect', 9, 8);
  c.refused('BadArgument', 1, OWN.level0, 'PageTable.Protect', 9, 0);
  c.refused('Empty', 0, OWN.level0, 'PageTable.Protect', 10, 2);
  t.deepEqual(c.inspect(A), [TYPE.User, 1]);
});

test('M7, INV4: no operation addresses the kernel half of a root', (t) => {
  const c = new Case(t);
  c.pageTable(40, A, 2);
  c.pageTable(41, B, 1);
  for (const root of [OWN.root, 40]) {
    for (const entry of [256, 300, 511]) {
      c.refused('BadArgument', 0, root, 'PageTable.Link', entry, 41);
      c.refused('BadArgument', 0, root, 'PageTable.Unlink', entry);
      c.refused('BadArgument', 0, root, 'PageTable.Inspect', entry);
      c.refused('BadArgument', 0, root, 'PageTable.Clear', entry, 1);
      c.refused('WrongLevel', 2, root, 'PageTable.Map', entry, OWN.low, BOOTER.image, 2);
    }
    c.refused('OutOfRange', 7, root, 'PageTable.Clear', 250, 7);
    c.refused('OutOfRange', 512, root, 'PageTable.Link', 512, 41);
  }
  const template = c.machine.bytes.subarray(TEMPLATE_FRAME * 4096 + 2048, (TEMPLATE_FRAME + 1) * 4096);
  t.true(template.some((byte) => byte !== 0));
  for (const root of [BOOTER.root, A]) {
    t.deepEqual(c.machine.bytes.subarray(root * 4096 + 2048, (root + 1) * 4096), template);
  }
});

test('P1: tables of level 2, 1 and 0, linked and mapped, lead to the frame', (t) => {
  const c = new Case(t);
  c.retype(A, TYPE.User);
  c.pageTable(40, B, 1);
  c.pageTable(41, C, 0);
  c.ok(OWN.root, 'PageTable.Link', 255, 40);
  c.ok(40, 'PageTable.Link', 511, 41);
  c.ok(41, 'PageTable.Map', 511, OWN.low, A, 6);
  const address = (255n << 30n) | (511n << 21n) | (511n << 12n);
  t.deepEqual(reaches(c, address), [number(A), number(A), null]);
  t.deepEqual(reaches(c, address - 4096n), [null, null, null]);
  t.is(c.ok(OWN.root, 'PageTable.Inspect', 255), BigInt(number(B)) * 1024n + 1n);
});

test('P2, INV5: a table links only tables one level below', (t) => {
  const c = new Case(t);
  c.pageTable(40, A, 2);
  c.pageTable(41, B, 1);
  c.pageTable(42, C, 0);
  c.refused('WrongLevel', 0, 40, 'PageTable.Link', 0, 42);
  c.refused('WrongLevel', 2, 41, 'PageTable.Link', 0, 40);
  c.refused('WrongLevel', 2, 40, 'PageTable.Link', 0, 40);
  c.refused('WrongLevel', 1, 41, 'PageTable.Link', 0, 41);
  c.refused('WrongLevel', 0, 42, 'PageTable.Link', 0, 42);
  c.refused('WrongLevel', 0, 42, 'PageTable.Unlink', 0);
  c.refused('WrongKind', KIND.CapabilityTable, 40, 'PageTable.Link', 0, OWN.table);
  t.deepEqual(
    [c.inspect(A), c.inspect(B), c.inspect(C)],
    [
      [8, 1],
      [7, 1],
      [6, 1],
    ],
  );
});

test('P4: a linked table that is unlinked keeps its entries; the addresses fault; it can be linked elsewhere', (t) => {
  const c = new Case(t);
  c.pageTable(40, A, 1);
  c.pageTable(41, B, 0);
  c.ok(OWN.root, 'PageTable.Link', 7, 40);
  c.ok(40, 'PageTable.Link', 3, 41);
  for (let entry = 0; entry < 20; entry++) c.ok(41, 'PageTable.Map', entry, OWN.low, BOOTER.info, 2);
  const address = (7n << 30n) | (3n << 21n);
  t.deepEqual(reaches(c, address), [number(BOOTER.info), null, null]);
  c.ok(OWN.root, 'PageTable.Unlink', 7);
  t.deepEqual(reaches(c, address), [null, null, null]);
  t.deepEqual([c.inspect(BOOTER.info)[1], c.inspect(A)[1]], [21, 1]);
  c.ok(OWN.root, 'PageTable.Link', 8, 40);
  c.ok(OWN.root, 'PageTable.Link', 9, 40);
  t.deepEqual(reaches(c, address + (2n << 30n)), [number(BOOTER.info), null, null]);
  c.ok(OWN.table, 'CapabilityTable.Drop', 40);
  c.refused('InUse', 2, OWN.low, 'Frames.Retype', A, TYPE.Untyped);
  c.ok(OWN.root, 'PageTable.Clear', 8, 2);
  c.refused('NotEmpty', 3, OWN.low, 'Frames.Retype', A, TYPE.Untyped);
});

test('P6: a frame of 4 KiB is mapped at level 0 only', (t) => {
  const c = new Case(t);
  c.refused('WrongLevel', 1, OWN.level1, 'PageTable.Map', 9, OWN.low, BOOTER.image, 2);
  c.refused('WrongLevel', 2, OWN.root, 'PageTable.Map', 9, OWN.low, BOOTER.image, 2);
  c.refused('WrongLevel', 1, OWN.level1, 'PageTable.Unmap', 0);
  c.refused('WrongLevel', 1, OWN.level1, 'PageTable.Protect', 0, 2);
  t.deepEqual(c.inspect(BOOTER.image), [TYPE.User, 1]);
});

test('T6, INV6: device pages are mapped for reading and writing, never for execution; nothing is counted or touched', (t) => {
  const c = new Case(t);
  const hole = c.machine.bytes.subarray(60 * 4096, 62 * 4096);
  c.ok(OWN.level0, 'PageTable.Map', 9, OWN.serial, 2, 6);
  c.ok(OWN.level0, 'PageTable.Map', 10, OWN.bridge, 1, 6);
  t.deepEqual(reaches(c, at(9)), [RANGES.serial.first + 2, RANGES.serial.first + 2, null]);
  t.deepEqual(reaches(c, at(10)), [RANGES.bridge.first + 1, RANGES.bridge.first + 1, null]);
  for (const permissions of [8, 10]) {
    c.refused('MissingRights', 8, OWN.level0, 'PageTable.Map', 11, OWN.serial, 0, permissions);
  }
  c.refused('OutOfRange', 3, OWN.level0, 'PageTable.Map', 11, OWN.serial, 3, 2);
  c.refused('WrongKind', KIND.Device, OWN.serial, 'Frames.Retype', 0, TYPE.User);
  c.ok(OWN.level0, 'PageTable.Protect', 10, 2);
  c.ok(OWN.level0, 'PageTable.Unmap', 9);
  c.ok(OWN.level0, 'PageTable.Clear', 9, 3);
  t.true(hole.every((byte) => byte === 0));
  t.is(c.machine.word(c.machine.entryOf(61)), 0n, 'the entry of a device page in a hole of the memory is as it was');
});

test('O1, INV10: a page table that nothing names is recovered, emptied and freed; what it maps cannot be reached on the way', (t) => {
  const c = new Case(t);
  c.pageTable(40, A, 0);
  for (let entry = 0; entry < 512; entry += 5) c.ok(40, 'PageTable.Map', entry, OWN.low, BOOTER.info, 2);
  c.ok(OWN.table, 'CapabilityTable.Drop', 40);
  c.refused('NotEmpty', 0, OWN.low, 'Frames.Retype', A, TYPE.Untyped);
  c.ok(OWN.low, 'Frames.Recover', A, 50);
  c.refused('MissingRights', 1, 50, 'PageTable.Map', 1, OWN.low, BOOTER.info, 2);
  c.refused('MissingRights', 2, OWN.level1, 'PageTable.Link', 9, 50);
  c.ok(50, 'PageTable.Unmap', 0);
  for (let first = 0; first < 512; first += 64) c.ok(50, 'PageTable.Clear', first, 64);
  c.ok(OWN.table, 'CapabilityTable.Drop', 50);
  c.retype(A, TYPE.Untyped);
  t.deepEqual(c.inspect(BOOTER.info), [TYPE.User, 1]);
});

test('INV1: a page table becomes Untyped only when each entry is empty; the answer names the first one that is not', (t) => {
  const c = new Case(t);
  c.pageTable(40, A, 0);
  const entries = [0, 1, 6, 7, 8, 15, 16, 255, 256, 500, 504, 511];
  for (const entry of entries) c.ok(40, 'PageTable.Map', entry, OWN.low, BOOTER.info, 2);
  c.ok(OWN.table, 'CapabilityTable.Drop', 40);
  for (const entry of entries) {
    c.refused('NotEmpty', entry, OWN.low, 'Frames.Retype', A, TYPE.Untyped);
    c.ok(OWN.low, 'Frames.Recover', A, 50);
    c.ok(50, 'PageTable.Unmap', entry);
    c.ok(OWN.table, 'CapabilityTable.Drop', 50);
  }
  c.retype(A, TYPE.Untyped);
  t.deepEqual(c.inspect(BOOTER.info), [TYPE.User, 1]);
});

test('INV1: an operation on a node that a deeper id names', (t) => {
  const c = new Case(t);
  c.table(40, A);
  c.ok(OWN.table, 'CapabilityTable.Link', 41, 40);
  c.ok(40, 'CapabilityTable.Copy', 3, OWN.level0, 5);
  const node = identifierOf([41, 3]);
  c.ok(node, 'PageTable.Map', 9, OWN.low, BOOTER.info, 2);
  t.deepEqual(c.inspect(BOOTER.info), [TYPE.User, 2]);
  c.ok(node, 'PageTable.Unmap', 9);
  c.refused('MissingRights', 8, node, 'PageTable.Inspect', 9);
});
