import test from 'ava';
import { LOOK_UP, readModel } from '../../../tools/abi/model.ts';
import { NO_OPERATION, ONE_HART, OPERATIONS, SEVERAL_HARTS } from './pairs.ts';

const MODEL = readModel();
/** Their refusals are provoked in `test/kernel/entry`, and they end the machine or reach out of it. */
const APART = ['Console', 'System'];
const listed = MODEL.operations.filter(({ kind }) => !APART.includes(kind));

test('the list names every operation but those of Console and System', (t) => {
  t.deepEqual(
    [...OPERATIONS],
    listed.map(({ kind, name }) => `${kind}.${name}`),
  );
});

test('the list holds every pair of an operation and an error in the interface, and each once', (t) => {
  const lookUp = LOOK_UP.map(({ error }) => error).filter((error) => error !== 'BadOperation');
  const wanted = listed.flatMap(({ kind, name, rights, errors }) => [
    ...errors.map(({ error }) => `${kind}.${name} ${error}`),
    ...lookUp
      .filter((error) => error !== 'MissingRights' || rights.length > 0)
      .map((error) => `look-up ${kind}.${name} ${error}`),
  ]);
  t.deepEqual([...ONE_HART, ...SEVERAL_HARTS].sort(), [...wanted, NO_OPERATION].sort());
});
