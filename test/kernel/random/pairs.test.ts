import test from 'ava';
import { ERROR, HART, KIND, OPERATION, SLOT } from '../checker/numbers.ts';
import { NEEDS } from '../model/look-up.ts';
import { HartMachine } from '../support/hart-machine.ts';
import { BOOTER, SPARE } from '../support/memory-machine.ts';
import { BY_HAND, INTERLEAVED, LISTED, ONE_HART, OPERATIONS, SEVERAL_HARTS } from './pairs.ts';

/** The kind of a slot that a hart is changing. */
const BUSY_KIND = 0x0fn;

test('the model knows every operation but those of Console and System, its kind, and whether it needs a right', (t) => {
  t.deepEqual(
    OPERATIONS.map((name) => [name, NEEDS[name][0], NEEDS[name][1] !== 0]),
    LISTED.map(({ kind, name, rights }) => [
      `${kind}.${name}`,
      Object.entries(KIND).find(([known]) => known === kind)?.[1],
      rights.length > 0,
    ]),
  );
});

test('each pair of an operation and an error is on one list, once', (t) => {
  const all = [...ONE_HART, ...SEVERAL_HARTS];
  t.is(new Set(all).size, all.length);
  t.true(ONE_HART.length > 150 && SEVERAL_HARTS.length > 50 && INTERLEAVED.length > 30);
});

test('each pair that takes a second hart is one that the look-up, the interleavings or the refusals by hand provoke', (t) => {
  const lookUps = OPERATIONS.map((name) => `look-up ${name} Busy`);
  const provoked = [...INTERLEAVED, ...lookUps];
  const left = SEVERAL_HARTS.filter((pair) => !provoked.includes(pair));
  t.deepEqual(
    left.filter((pair) => !BY_HAND.includes(pair.slice(0, pair.indexOf('.')))),
    [],
  );
  t.true(left.length > 0);
});

test('every operation through a slot that another hart is changing answers Busy, and changes nothing', (t) => {
  const machine = new HartMachine();
  const header = BOOTER.table * 4096 + SPARE * SLOT.bytes;
  machine.setWord(header, BUSY_KIND);
  const before = machine.bytes.slice(0, header);
  for (const name of OPERATIONS) {
    const answer = machine.systemCall(0, BigInt(SPARE), BigInt(OPERATION[name]), [0n, 0n, 0n, 0n, 0n, 0n]);
    t.deepEqual(answer, { error: BigInt(ERROR.Busy), value: 0n }, name);
  }
  const after = machine.bytes.slice(0, header);
  const operation = machine.hartBlock(0) + HART.operation;
  before.fill(0, operation, operation + 8);
  after.fill(0, operation, operation + 8);
  t.is(Buffer.compare(before, after), 0);
});
