/** Named cases: capability tables, Create, and Recover. After every call all invariants are tested and the model is compared. */
import test from 'ava';
import { BOOTER, FREE, OWN } from '../support/memory-machine.ts';
import { Case, number } from './case.ts';
import { identifierOf } from '../random/choose.ts';
import { KIND, OPERATION, TYPE, type OperationName } from '../checker/numbers.ts';
import { EXTERNAL } from '../support/processor.ts';
import { OPERATIONS } from '../random/pairs.ts';

const A = FREE;
const B = FREE + 1;
const C = FREE + 2;

test('K1, INV8: Create into a full slot: Occupied, and the frame is not consumed', (t) => {
  const c = new Case(t);
  c.retype(A, TYPE.Blank);
  const values = [KIND.CapabilityTable, OWN.low, A, 0, 0] as const;
  c.refused('Occupied', KIND.Console, OWN.table, 'CapabilityTable.Create', OWN.console, ...values);
  t.deepEqual(c.inspect(A), [TYPE.Blank, 0]);
  c.ok(OWN.table, 'CapabilityTable.Create', 40, ...values);
  t.deepEqual(c.inspect(A), [TYPE.CapabilityTable, 1]);
});

test('INV8: a Create that fails last puts back slot, frame and references', (t) => {
  const c = new Case(t);
  c.retype(A, TYPE.Blank);
  const create = (...values: readonly number[]) => [40, KIND.Component, OWN.low, A, ...values];
  c.refused('WrongLevel', 1, OWN.table, 'CapabilityTable.Create', ...create(OWN.level1, OWN.table));
  c.refused('WrongLevel', 0, OWN.table, 'CapabilityTable.Create', ...create(OWN.level0, OWN.table));
  c.trial.step({ kind: 'pin', frame: BOOTER.table, holders: 0xff_ff00 - 2 });
  c.refused('Overflow', 0xff_ff00, OWN.table, 'CapabilityTable.Create', ...create(OWN.root, OWN.table));
  c.trial.step({ kind: 'pin', frame: BOOTER.table, holders: 0 });
  t.deepEqual(c.inspect(BOOTER.root), [TYPE.PageTable2, 2]);
  c.ok(OWN.table, 'CapabilityTable.Create', ...create(OWN.root, OWN.table));
  t.deepEqual(c.inspect(BOOTER.root), [TYPE.PageTable2, 3]);
});

test('K3: a capability that drops itself: Ok, and the next use finds nothing', (t) => {
  const c = new Case(t);
  c.ok(OWN.table, 'CapabilityTable.Copy', 40, OWN.table, 15);
  c.ok(40, 'CapabilityTable.Drop', 40);
  c.refused('NoCapability', 0, 40, 'CapabilityTable.Drop', 41);
  c.ok(OWN.table, 'CapabilityTable.Drop', OWN.table);
  for (const name of OPERATIONS.filter((operation) => operation.startsWith('CapabilityTable'))) {
    c.refused('NoCapability', 0, OWN.table, name, 0);
  }
  t.deepEqual(c.inspect(BOOTER.table), [TYPE.CapabilityTable, 1]);
});

test('K4: a chain of four tables: look-up at each depth; ids that are malformed', (t) => {
  const c = new Case(t);
  const tables = [c.table(40, A), c.table(41, B), c.table(42, C)];
  c.ok(OWN.table, 'CapabilityTable.Link', 5, 40);
  c.ok(40, 'CapabilityTable.Link', 6, 41);
  c.ok(41, 'CapabilityTable.Link', 0, 42);
  for (const table of tables) c.ok(table, 'CapabilityTable.Copy', 9, OWN.low, 15);
  for (const path of [[9], [5, 9], [5, 6, 9], [5, 6, 0, 9]]) {
    if (path.length > 1) c.ok(identifierOf(path), 'Frames.Inspect', A);
  }
  c.refused('NoCapability', 0, 9, 'Frames.Inspect', A);
  c.refused('NoCapability', 1, identifierOf([5, 10]), 'Frames.Inspect', A);
  c.refused('NoCapability', 1, identifierOf([4, 9]), 'Frames.Inspect', A);
  c.refused('NoCapability', 2, identifierOf([5, 7, 9]), 'Frames.Inspect', A);
  c.refused('NoCapability', 3, identifierOf([5, 6, 1, 9]), 'Frames.Inspect', A);
  c.refused('NoCapability', 3, identifierOf([5, 6, 0, 10]), 'Frames.Inspect', A);
  // Depth 0 under another number, depth 5, a fourth further level, and indexes beyond the depth.
  const deep = identifierOf([5, 6, 0, 9]);
  for (const id of [
    65n,
    127n,
    deep | (1n << 26n),
    deep | (3n << 26n),
    9n | (1n << 6n),
    identifierOf([5, 9]) | (1n << 12n),
  ]) {
    c.refused('BadArgument', 7, id, 'Frames.Inspect', A);
    c.refused('BadArgument', 1, OWN.table, 'CapabilityTable.Move', 50, id);
  }
  c.refused('WrongKind', KIND.Itself, 64, 'Frames.Inspect', A);
  c.refused('NoCapability', 3, OWN.table, 'CapabilityTable.Copy', 50, identifierOf([5, 6, 0, 10]), 1);
  c.refused('NoCapability', 1, OWN.table, 'CapabilityTable.Link', 50, identifierOf([5, 10]));
});

test('K4: tables linked in a ring are looked up in as many steps as the id says', (t) => {
  const c = new Case(t);
  c.ok(OWN.table, 'CapabilityTable.Link', 7, OWN.table);
  c.ok(identifierOf([7, 7, 7, OWN.low]), 'Frames.Inspect', A);
  t.deepEqual(c.inspect(BOOTER.table), [TYPE.CapabilityTable, 3]);
  c.ok(identifierOf([7, 7, OWN.table]), 'CapabilityTable.Unlink', 7);
  c.refused('NoCapability', 1, identifierOf([7, OWN.low]), 'Frames.Inspect', A);
});

test('K7, INV1: a move changes no count and empties its source; what is linked below either slot stays', (t) => {
  const c = new Case(t);
  c.table(40, A);
  c.ok(OWN.table, 'CapabilityTable.Link', 40, OWN.table);
  c.ok(OWN.table, 'CapabilityTable.Move', 41, 40);
  t.deepEqual(c.inspect(A), [TYPE.CapabilityTable, 1]);
  c.refused('Empty', 0, OWN.table, 'CapabilityTable.Drop', 40);
  t.is(c.ok(OWN.table, 'CapabilityTable.Inspect', 40, 3), BigInt(number(BOOTER.table)));
  t.is(c.ok(OWN.table, 'CapabilityTable.Inspect', 41, 3), 0n);
  c.refused('Occupied', KIND.CapabilityTable, OWN.table, 'CapabilityTable.Move', 41, 41);
  c.refused('NoCapability', 0, OWN.table, 'CapabilityTable.Move', 42, 42);
});

test('INV7: a copy has no right, frame or signal that its source has not', (t) => {
  const c = new Case(t);
  c.ok(OWN.table, 'CapabilityTable.Copy', 40, OWN.low, 2, 20, 5);
  c.refused('MissingRights', 12, OWN.table, 'CapabilityTable.Copy', 41, 40, 14);
  c.refused('OutOfRange', 5, OWN.table, 'CapabilityTable.Copy', 41, 40, 2, 5);
  c.refused('OutOfRange', 3, OWN.table, 'CapabilityTable.Copy', 41, 40, 2, 3, 3);
  c.refused('OutOfRange', 5, OWN.table, 'CapabilityTable.Copy', 41, 40, 2, 1n << 63n, 1n << 63n);
  c.ok(OWN.table, 'CapabilityTable.Copy', 41, 40, 0, 3, 2);
  t.is(c.ok(OWN.table, 'CapabilityTable.Inspect', 41, 1), BigInt(number(23)));
  t.is(c.ok(OWN.table, 'CapabilityTable.Inspect', 41, 2), 2n);
  c.refused('MissingRights', 1, 40, 'Frames.Retype', 0, TYPE.User);
  c.ok(OWN.table, 'CapabilityTable.Copy', 42, OWN.thread, 2, 0, 0, 0xf0n);
  c.ok(OWN.table, 'CapabilityTable.Copy', 43, 42, 2, 0, 0, (1n << 64n) - 1n);
  t.is(c.machine.word(BOOTER.table * 4096 + 43 * 64 + 32), 0xf0n, 'a mask only shrinks');
  c.refused('BadArgument', 5, OWN.table, 'CapabilityTable.Copy', 44, OWN.root, 15, 0, 0, 1);
  c.refused('BadArgument', 3, OWN.table, 'CapabilityTable.Copy', 44, OWN.root, 15, 1, 0, 0);
  c.refused('BadArgument', 4, OWN.table, 'CapabilityTable.Copy', 44, OWN.root, 15, 0, 1, 0);
  c.refused('BadArgument', 2, OWN.table, 'CapabilityTable.Copy', 44, OWN.root, 0x1_000fn);
});

test('O1, INV10: a full table whose last capability is dropped is recovered, emptied and freed', (t) => {
  const c = new Case(t);
  c.table(40, A);
  c.table(41, B);
  for (let slot = 0; slot < 64; slot++) {
    c.ok(40, 'CapabilityTable.Copy', slot, 41, 15);
    c.ok(40, 'CapabilityTable.Link', slot, 41);
  }
  t.deepEqual(c.inspect(B), [TYPE.CapabilityTable, 129]);
  c.ok(OWN.table, 'CapabilityTable.Drop', 40);
  c.refused('NotEmpty', 0, OWN.low, 'Frames.Retype', A, TYPE.Untyped);
  c.ok(OWN.low, 'Frames.Recover', A, 50);
  // What was built in it can be seen as a list, and neither used nor put to use.
  for (const [operation, ...values] of [
    ['Copy', 9, OWN.low, 15],
    ['Link', 9, 41],
    ['Move', 9, 41],
  ] as const) {
    c.refused('MissingRights', 1, 50, `CapabilityTable.${operation}`, ...values);
  }
  c.refused('MissingRights', 2, OWN.table, 'CapabilityTable.Link', 9, 50);
  t.is(c.ok(50, 'CapabilityTable.Inspect', 3, 0), 0xf00n | BigInt(KIND.CapabilityTable));
  c.refused('InUse', 1, OWN.low, 'Frames.Retype', A, TYPE.Untyped);
  c.ok(50, 'CapabilityTable.Clear', 0, 64);
  c.ok(OWN.table, 'CapabilityTable.Drop', 50);
  c.retype(A, TYPE.Untyped);
  t.deepEqual(c.inspect(B), [TYPE.CapabilityTable, 1]);
});

test('O1, INV10: two tables inside each other, and a component that nobody names, come back', (t) => {
  const c = new Case(t);
  c.table(40, A);
  c.table(41, B);
  c.ok(40, 'CapabilityTable.Link', 0, 41);
  c.ok(41, 'CapabilityTable.Move', 1, 40);
  c.pageTable(42, C, 2);
  c.create(43, KIND.Component, FREE + 3, 42, 41);
  for (const slot of [41, 42, 43]) c.ok(OWN.table, 'CapabilityTable.Drop', slot);
  t.deepEqual([c.inspect(A)[1], c.inspect(B)[1], c.inspect(C)[1], c.inspect(FREE + 3)[1]], [1, 2, 1, 0]);
  c.refused('InUse', 1, OWN.low, 'Frames.Retype', A, TYPE.Untyped);
  c.ok(OWN.low, 'Frames.Recover', A, 50);
  c.ok(50, 'CapabilityTable.Clear', 0, 64);
  c.ok(OWN.low, 'Frames.Recover', B, 51);
  c.ok(51, 'CapabilityTable.Clear', 0, 64);
  c.ok(OWN.low, 'Frames.Recover', FREE + 3, 52);
  c.refused('MissingRights', 1, OWN.table, 'CapabilityTable.Create', 60, KIND.Thread, OWN.low, A, 52, 0);
  for (const slot of [50, 51, 52]) c.ok(OWN.table, 'CapabilityTable.Drop', slot);
  for (const frame of [FREE + 3, A, B, C]) c.retype(frame, TYPE.Untyped);
});

/** The calling thread itself. */
const ITSELF = 64;

/** For each operation a call that would succeed: frame A is Blank, B User; slots 40 to 45 hold a table, a thread, a component, an entry point, a root and a line. */
const GOOD: Readonly<Record<OperationName, readonly number[]>> = {
  'Frames.Inspect': [OWN.low, 20],
  'Frames.Retype': [OWN.low, 30, TYPE.User],
  'Frames.Recover': [OWN.low, BOOTER.root, 60],
  'CapabilityTable.Inspect': [OWN.table, 0, 1],
  'CapabilityTable.Create': [OWN.table, 60, KIND.PageTable, OWN.low, A, 1, 0],
  'CapabilityTable.Copy': [OWN.table, 60, OWN.low, 15, 1, 1, 0],
  'CapabilityTable.Move': [OWN.table, 60, OWN.console],
  'CapabilityTable.Drop': [OWN.table, OWN.console],
  'CapabilityTable.Clear': [OWN.table, OWN.console, 1],
  'CapabilityTable.Link': [OWN.table, 60, 40],
  'CapabilityTable.Unlink': [OWN.table, 1],
  'PageTable.Inspect': [OWN.level0, 1],
  'PageTable.Map': [OWN.level0, 60, OWN.low, B, 2],
  'PageTable.Unmap': [OWN.level0, 1],
  'PageTable.Protect': [OWN.level0, 2, 2],
  'PageTable.Link': [OWN.level1, 60, OWN.level0],
  'PageTable.Unlink': [OWN.level1, 0],
  'PageTable.Clear': [OWN.level0, 1, 3],
  'Component.Retire': [42],
  'Component.Inspect': [42, 1],
  'Thread.Run': [41, 1, 1],
  'Thread.Signal': [41, 1],
  'Thread.ReadRegister': [41, 5],
  'Thread.WriteRegister': [41, 5, 1],
  'Thread.Migrate': [41, 1],
  'Thread.Inspect': [41, 1],
  'Invocation.Call': [43, 1, 2, 3, 4],
  'Itself.Return': [ITSELF, 1, 2, 3, 4],
  'Itself.Wait': [ITSELF],
  'Itself.Yield': [ITSELF],
  'Itself.Quiesce': [ITSELF, 1],
  'Interrupt.Bind': [45, 41, 1],
  'Interrupt.Unbind': [45],
  'Interrupt.Acknowledge': [45],
  'Hart.Inspect': [OWN.hart, 1],
};

/** Arguments that are any 64 bits: times, signals, contents of registers. They are numbers, whatever they look like. */
const ANY: Readonly<Partial<Record<OperationName, readonly number[]>>> = {
  'Thread.Run': [1, 2],
  'Thread.Signal': [1],
  'Thread.WriteRegister': [2],
  'Invocation.Call': [1, 2, 3, 4],
  'Itself.Return': [1, 2, 3, 4],
  'Interrupt.Bind': [2],
};

function prepared(c: Case): Case {
  c.retype(A, TYPE.Blank);
  c.retype(B, TYPE.User);
  c.table(40, C);
  c.ok(OWN.table, 'CapabilityTable.Link', 1, 40);
  c.pageTable(44, FREE + 3, 2);
  c.create(42, KIND.Component, FREE + 4, 44, 40);
  c.create(41, KIND.Thread, FREE + 5, OWN.component, 0);
  c.ok(OWN.table, 'CapabilityTable.Create', 43, KIND.Invocation, OWN.component, 0x4000, 7, 0);
  c.ok(OWN.table, 'CapabilityTable.Create', 45, KIND.Interrupt, OWN.interrupts, 3, 0, 0);
  return c;
}

/** The thread that calls is inside an invocation, so that it can return. */
function preparedFor(name: OperationName, c: Case): Case {
  prepared(c);
  if (name === 'Itself.Return') c.call(43, 'Invocation.Call');
  if (name !== 'Interrupt.Unbind' && name !== 'Interrupt.Acknowledge') return c;
  c.ok(45, 'Interrupt.Bind', 41, 1);
  c.trial.step({ kind: 'line', line: 3, up: true });
  c.trial.trap(0, EXTERNAL, 0n);
  return c;
}

for (const name of OPERATIONS) {
  test(`T3, X2, INV8: ${name} takes no stray bit and no address for an argument`, (t) => {
    const good = GOOD[name].map(BigInt);
    const addresses = [0x8000_4000n, 0xffff_ffc0_8000_4000n, 0x1000_0000n];
    for (let at = 0; at < good.length; at++) {
      const before = good[at] ?? 0n;
      for (const bad of [...[16n, 32n, 52n, 63n].map((bit) => before | (1n << bit)), ...addresses]) {
        const c = preparedFor(name, new Case(t));
        const [capability = 0n, ...values] = good.map((value, index) => (index === at ? bad : value));
        const { error } = c.call(capability, name, ...values);
        // The mask of Copy is a set of 64 bits, too; it is for threads only.
        const wanted = ANY[name]?.includes(at) === true ? ['Ok', 'Moves'] : ['BadArgument', 'OutOfRange'];
        t.true(wanted.includes(error), `${name} with ${values.join()} answered ${error}`);
      }
    }
    const [capability = 0n, ...values] = good;
    const { error } = preparedFor(name, new Case(t)).call(capability, name, ...values);
    t.true(error === 'Ok' || error === 'Moves', `${name} answered ${error}`);
  });
}

test('T3: a number of an operation with stray bits is no operation', (t) => {
  const c = new Case(t);
  for (const name of OPERATIONS) {
    for (const bit of [6n, 8n, 32n, 63n]) {
      const operation = BigInt(OPERATION[name]) | (1n << bit);
      const values = [0n, 0n, 0n, 0n, 0n, 0n];
      const answer = c.trial.call({ hart: 0, capability: BigInt(OWN.low), operation, values });
      t.like(answer, { error: 'BadOperation', value: operation });
    }
  }
});
