import test from 'ava';
import { LOOK_UP } from '../../../tools/abi/model.ts';
import { errorNumber, MODEL, provoke, REFUSALS } from './refusals.ts';
import { makeScene } from './scene.ts';

const LOOK_UP_ERRORS = LOOK_UP.map(({ error }) => error);

REFUSALS.forEach((refusal, index) => {
  const { operation, error, detail } = refusal;
  test(`INV8: ${operation} answers ${error}, detail ${detail}, and changes nothing (${index})`, (t) => {
    t.deepEqual(provoke(makeScene(), refusal), { error: errorNumber(error), value: detail });
  });
});

test('every error that the interface lists for an operation that changes nothing is provoked', (t) => {
  const here = new Set(REFUSALS.map(({ operation }) => operation));
  const listed = MODEL.operations
    .filter((o) => here.has(`${o.kind}.${o.name}`))
    .flatMap((o) => o.errors.map(({ error }) => `${o.kind}.${o.name} ${error}`));
  const wanted = new Set([...listed, ...LOOK_UP_ERRORS.map((error) => `look-up ${error}`)]);
  const provoked = new Set(REFUSALS.map(({ operation, error }) => `${operation} ${error}`));
  t.true(listed.length >= 7);
  t.deepEqual([...provoked].sort(), [...wanted].sort());
});

test('the description of the interface agrees with itself and with the dispatch table', (t) => {
  t.deepEqual(MODEL.problems, []);
});
