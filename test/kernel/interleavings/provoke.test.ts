import test from 'ava';
import { INTERLEAVED } from '../random/pairs.ts';
import { PairExplorer } from './pair.ts';
import { PROVOCATIONS } from './provoke.ts';

test('every error that takes a second hart in the middle of an operation on memory is provoked', (t) => {
  t.timeout(600_000);
  const explorer = new PairExplorer();
  let executions = 0;
  for (const { scene, actions } of PROVOCATIONS) {
    executions += explorer.explore(scene, actions, { executions: 100_000, switches: 3 }).executions;
  }
  const missing = INTERLEAVED.filter((pair) => !explorer.answers.has(pair));
  t.deepEqual(missing, [], `not provoked: ${missing.join(', ')}`);
  t.log(`${INTERLEAVED.length} pairs of an operation and an error, in ${executions} interleavings`);
});
