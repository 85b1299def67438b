/** Named cases: types and counts of frames. After every call all invariants are tested and the model is compared. */
import test from 'ava';
import { BOOTER, FREE, FREE_COUNT, HOLE, OWN, RANGES } from '../support/memory-machine.ts';
import { Case } from './case.ts';
import { KIND, TYPE } from '../checker/numbers.ts';

const A = FREE;
const B = FREE + 1;

test('T1, INV10: after boot the kernel and holes are Reserved, memory is Untyped but for the first component', (t) => {
  const c = new Case(t);
  const found = c.trial.model.frames.map(({ index }) => Number(c.machine.word(c.machine.entryOf(index))));
  const untyped = found.filter((word) => word === TYPE.Untyped * 0x100_0000).length;
  t.is(untyped, FREE_COUNT);
  for (const index of [0, 1, 2, 3, ...HOLE]) t.is(found[index], 0);
  t.deepEqual(c.inspect(BOOTER.table), [TYPE.CapabilityTable, 2]);
  t.deepEqual(c.inspect(BOOTER.image), [TYPE.User, 1]);
});

test('T2, INV8: retype beyond the range and in a hole of the memory: OutOfRange; of the kernel: WrongType', (t) => {
  const c = new Case(t);
  c.refused('OutOfRange', 60, OWN.low, 'Frames.Retype', HOLE[0] ?? 0, TYPE.User);
  c.refused('OutOfRange', 60, OWN.low, 'Frames.Retype', 63, TYPE.User);
  c.refused('OutOfRange', 2, OWN.high, 'Frames.Retype', 2, TYPE.User);
  c.refused('OutOfRange', 2, OWN.high, 'Frames.Retype', (1n << 64n) - 2n, TYPE.User);
  for (const kernel of [0, 1, 2, 3]) {
    for (const type of [TYPE.Untyped, TYPE.User, TYPE.Blank]) {
      c.refused('WrongType', 0, OWN.low, 'Frames.Retype', kernel, type);
    }
    c.refused('WrongType', 0, OWN.low, 'Frames.Recover', kernel, 60);
    c.refused('WrongType', 0, OWN.level0, 'PageTable.Map', 9, OWN.low, kernel, 2);
  }
});

test('R1, INV3: what is in a frame is gone before it is User again', (t) => {
  const c = new Case(t);
  c.retype(A, TYPE.User);
  c.ok(OWN.level0, 'PageTable.Map', 9, OWN.low, A, 6);
  for (let offset = 0; offset < 4096; offset += 8) {
    c.trial.step({ kind: 'write', frame: A, offset, value: 0x5555_aaaa_1234_0000n + BigInt(offset) });
  }
  c.ok(OWN.level0, 'PageTable.Unmap', 9);
  c.retype(A, TYPE.Untyped);
  t.not(c.machine.word(A * 4096 + 8), 0n, 'freeing costs nothing');
  c.retype(A, TYPE.User);
  t.true(c.machine.bytes.subarray(A * 4096, A * 4096 + 4096).every((byte) => byte === 0));
});

test('R2, INV2: a frame with a thread counts one, and can never be mapped', (t) => {
  const c = new Case(t);
  c.create(40, KIND.Thread, A, OWN.component, 0);
  t.deepEqual(c.inspect(A), [TYPE.Thread, 1]);
  for (const permissions of [2, 6, 8, 10]) {
    c.refused('WrongType', c.typeAndCount(A), OWN.level0, 'PageTable.Map', 9, OWN.low, A, permissions);
  }
});

test('R3, INV8: a change that there is not: User to User, User to Blank, Blank to User, an object to User', (t) => {
  const c = new Case(t);
  c.retype(A, TYPE.User);
  c.retype(B, TYPE.Blank);
  c.table(40, FREE + 2);
  for (const frame of [A, B, FREE + 2]) {
    for (const type of [TYPE.User, TYPE.Blank]) {
      c.refused('WrongType', c.typeAndCount(frame), OWN.low, 'Frames.Retype', frame, type);
    }
  }
  c.refused('WrongType', 0x200_0000, OWN.low, 'Frames.Retype', FREE + 3, TYPE.Untyped);
  for (const type of [0, 1, 5, 6, 10, 128, 130]) c.refused('BadArgument', 1, OWN.low, 'Frames.Retype', FREE + 3, type);
});

test('R5, INV1: a User frame that is mapped is in use', (t) => {
  const c = new Case(t);
  c.retype(A, TYPE.User);
  c.ok(OWN.level0, 'PageTable.Map', 9, OWN.low, A, 6);
  c.refused('InUse', 1, OWN.low, 'Frames.Retype', A, TYPE.Untyped);
});

test('R6, INV1: an object with a capability is in use', (t) => {
  const c = new Case(t);
  c.pageTable(40, A, 0);
  c.refused('InUse', 1, OWN.low, 'Frames.Retype', A, TYPE.Untyped);
  c.ok(OWN.table, 'CapabilityTable.Drop', 40);
  c.retype(A, TYPE.Untyped);
});

test('R8, X1: a component without the frame can do nothing to it', (t) => {
  const c = new Case(t);
  c.table(40, A);
  c.pageTable(41, B, 2);
  c.create(42, KIND.Component, FREE + 2, 41, 40);
  c.ok(40, 'CapabilityTable.Copy', 5, OWN.low, 15, 30, 2);
  c.start(1, 42);
  const other = (capability: number, ...values: readonly number[]): string => {
    const six = [0, 1, 2, 3, 4, 5].map((index) => BigInt(values[index] ?? 0));
    return c.trial.call({ hart: 1, capability: BigInt(capability), operation: 5n, values: six }).error;
  };
  t.is(other(5, 2, TYPE.User), 'OutOfRange');
  t.is(other(OWN.low, 30, TYPE.User), 'NoCapability');
  t.is(other(5, 1, TYPE.User), 'Ok');
  t.deepEqual(c.inspect(31), [TYPE.User, 0]);
});

test('C1, C2, INV1: a frame counts the entries that map it', (t) => {
  const c = new Case(t);
  c.retype(A, TYPE.User);
  for (const entry of [9, 10, 11]) c.ok(OWN.level0, 'PageTable.Map', entry, OWN.low, A, 2);
  t.deepEqual(c.inspect(A), [TYPE.User, 3]);
  c.ok(OWN.level0, 'PageTable.Unmap', 9);
  c.ok(OWN.level0, 'PageTable.Unmap', 11);
  t.deepEqual(c.inspect(A), [TYPE.User, 1]);
});

test('C5, INV1: a thread is a thread until it is retyped, though nothing names it any more', (t) => {
  const c = new Case(t);
  c.create(40, KIND.Thread, A, OWN.component, 0);
  for (let copy = 0; copy < 10; copy++) c.ok(OWN.table, 'CapabilityTable.Copy', 41 + copy, 40, 7, 0, 0, 0xffn);
  t.deepEqual(c.inspect(A), [TYPE.Thread, 11]);
  for (let copy = 0; copy < 11; copy++) c.ok(OWN.table, 'CapabilityTable.Drop', 40 + copy);
  t.deepEqual(c.inspect(A), [TYPE.Thread, 0]);
  c.retype(A, TYPE.Untyped);
  t.deepEqual(c.inspect(A), [TYPE.Untyped, 0]);
});

test('Q4: one hart alone reuses a frame at once, without help', (t) => {
  const c = new Case(t);
  c.retype(A, TYPE.User);
  c.ok(OWN.level0, 'PageTable.Map', 9, OWN.low, A, 6);
  const stamp = c.ok(OWN.level0, 'PageTable.Unmap', 9);
  t.is(stamp, BigInt(c.trial.model.epoch));
  for (const type of [TYPE.Untyped, TYPE.Blank, TYPE.Untyped, TYPE.User, TYPE.Untyped]) c.retype(A, type);
});

test('Q1, Q2, M3: a hart that runs is waited for, one that is idle is not', (t) => {
  const c = new Case(t);
  c.start(1);
  c.retype(A, TYPE.User);
  c.ok(OWN.level0, 'PageTable.Map', 9, OWN.low, A, 6);
  const stamp = c.ok(OWN.level0, 'PageTable.Unmap', 9);
  c.retype(A, TYPE.Untyped);
  c.refused('NotQuiescent', stamp, OWN.low, 'Frames.Retype', A, TYPE.User);
  c.trial.step({ kind: 'tick', ticks: 10_000 });
  t.like(c.call(OWN.low, 'Frames.Retype', A, TYPE.User), { error: 'NotQuiescent', value: stamp });
  t.deepEqual(c.machine.interrupts, [101n], 'the hart is asked to come in');
  t.is(c.call(OWN.low, 'Frames.Retype', A, TYPE.User).error, 'NotQuiescent');
  t.deepEqual(c.machine.interrupts, [], 'once in the interval');
  c.interrupt(1);
  c.retype(A, TYPE.User);

  c.ok(OWN.level0, 'PageTable.Map', 9, OWN.low, A, 6);
  c.ok(OWN.level0, 'PageTable.Unmap', 9);
  c.retype(A, TYPE.Untyped);
  c.stop(1);
  c.retype(A, TYPE.User);
  c.start(1);
  t.is(c.trial.model.hart(1).done, c.trial.model.epoch, 'a hart that begins to run begins with nothing old');
});

test('O2, INV1: root and table of a living component are in use', (t) => {
  const c = new Case(t);
  c.table(40, A);
  c.pageTable(41, B, 2);
  c.create(42, KIND.Component, FREE + 2, 41, 40);
  c.ok(OWN.table, 'CapabilityTable.Drop', 40);
  c.ok(OWN.table, 'CapabilityTable.Drop', 41);
  c.refused('InUse', 1, OWN.low, 'Frames.Retype', A, TYPE.Untyped);
  c.refused('InUse', 1, OWN.low, 'Frames.Retype', B, TYPE.Untyped);
  c.refused('InUse', 2, OWN.low, 'Frames.Retype', BOOTER.table, TYPE.Untyped);
  c.ok(OWN.table, 'CapabilityTable.Drop', 42);
  for (const frame of [FREE + 2, A, B]) c.retype(frame, TYPE.Untyped);
});

test('INV8: a component that nothing names dies by a retype that must wait; Recover finds it dead, the retry succeeds', (t) => {
  const c = new Case(t);
  c.table(40, A);
  c.pageTable(41, B, 2);
  c.create(42, KIND.Component, FREE + 2, 41, 40);
  c.ok(OWN.table, 'CapabilityTable.Drop', 42);
  c.start(1);
  t.like(c.call(OWN.low, 'Frames.Retype', FREE + 2, TYPE.Untyped), { error: 'NotQuiescent' });
  t.deepEqual(c.inspect(FREE + 2), [TYPE.Component + 0x80, 0]);
  c.refused('Dead', 0, OWN.low, 'Frames.Recover', FREE + 2, 50);
  c.stop(1);
  c.retype(FREE + 2, TYPE.Untyped);
  t.deepEqual(
    [c.inspect(A), c.inspect(B)],
    [
      [TYPE.CapabilityTable, 1],
      [TYPE.PageTable2, 1],
    ],
  );
});

test('INV8, H8: the frame of a thread is retyped on its home hart only, and only while the thread is idle', (t) => {
  const c = new Case(t);
  c.refused('NotIdle', 1, OWN.low, 'Frames.Retype', BOOTER.thread, TYPE.Untyped);
  c.retype(A, TYPE.Blank);
  c.start(1);
  c.refused('WrongHart', 0, OWN.table, 'CapabilityTable.Create', 40, KIND.Thread, OWN.low, A, OWN.component, 1);
  const values = [40, KIND.Thread, OWN.low, A, OWN.component, 1].map(BigInt);
  t.is(c.trial.call({ hart: 1, capability: BigInt(OWN.table), operation: 9n, values }).error, 'Ok');
  c.ok(OWN.table, 'CapabilityTable.Drop', 40);
  c.refused('WrongHart', 1, OWN.low, 'Frames.Retype', A, TYPE.Untyped);
});

test('INV8: counts and incarnations end before they wrap: Overflow', (t) => {
  const c = new Case(t);
  c.retype(A, TYPE.User);
  c.ok(OWN.level0, 'PageTable.Map', 9, OWN.low, A, 6);
  c.trial.step({ kind: 'pin', frame: A, holders: 0xff_feff });
  c.refused('Overflow', 0xff_ff00, OWN.level0, 'PageTable.Map', 10, OWN.low, A, 6);
  c.trial.step({ kind: 'pin', frame: A, holders: 0 });
  c.ok(OWN.level0, 'PageTable.Map', 10, OWN.low, A, 6);
  c.trial.step({ kind: 'age', frame: B, incarnation: 0xffff_ffff });
  c.refused('Overflow', 0xffff_ffff, OWN.low, 'Frames.Retype', B, TYPE.Blank);
  c.retype(B, TYPE.User);
  c.trial.step({ kind: 'age', frame: FREE + 2, incarnation: 0xffff_fffe });
  c.table(40, FREE + 2);
  c.ok(OWN.table, 'CapabilityTable.Drop', 40);
  c.retype(FREE + 2, TYPE.Untyped);
  c.refused('Overflow', 0xffff_ffff, OWN.low, 'Frames.Retype', FREE + 2, TYPE.Blank);
});

test('INV10: both ranges hold every frame of memory and no other', (t) => {
  const c = new Case(t);
  for (let index = 0; index < RANGES.low.count; index++) c.ok(OWN.low, 'Frames.Inspect', index);
  for (let index = 0; index < RANGES.high.count; index++) c.ok(OWN.high, 'Frames.Inspect', index);
  c.refused('OutOfRange', 60, OWN.low, 'Frames.Inspect', 60);
  c.refused('OutOfRange', 2, OWN.high, 'Frames.Inspect', 2);
});
