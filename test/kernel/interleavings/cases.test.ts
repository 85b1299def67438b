import test, { type ExecutionContext } from 'ava';
import { KIND, ERROR } from '../checker/numbers.ts';
import { create, drop, FREE, JOIN, operation, sequence, SUBJECT, type Action } from './actions.ts';
import { OWN } from '../support/memory-machine.ts';
import { PairExplorer, type Judge } from './pair.ts';
import { IDLE, scene, type Scene } from './scenes.ts';
import type { Result } from './two-harts.ts';

const LIMITS = { executions: 100_000, switches: 3 };

function explore(t: ExecutionContext, from: Scene, actions: readonly Action[], judge: Judge): void {
  const { executions, outcomes } = new PairExplorer().explore(from, actions, LIMITS, judge);
  t.true(outcomes > 0);
  t.log(`${executions} interleavings, ${outcomes} outcomes`);
}

/** How many first calls succeeded. */
function successes(results: readonly (readonly Result[])[]): number {
  return results.filter(([first]) => first?.error === 0n).length;
}

const exactlyOne: Judge = (results) => {
  if (successes(results) !== 1) throw new Error(`${successes(results)} harts succeeded; expected 1`);
};

test('S1, INV1: two harts map different frames into one entry: one wins, the count of the other is restored', (t) => {
  explore(t, scene('user'), [operation('map'), operation('map another')], exactlyOne);
});

test('S3, INV1: two harts create objects in one frame: at most one succeeds, and one does unless both meet', (t) => {
  const both: Judge = (results) => {
    const lost = results.every(([first]) => first?.error === BigInt(ERROR.Busy));
    if (successes(results) !== 1 && !lost) throw new Error(`${successes(results)} harts succeeded`);
  };
  explore(t, scene('blank'), [operation('create table'), operation('create node')], both);
});

test('S4, INV1: drop, copy and use of one slot: counts are slots, and nothing is used that became something else', (t) => {
  for (const partner of ['copy', 'inspect in it', 'copy into it', 'link table', 'move']) {
    explore(t, scene('table'), [sequence('drop and reuse'), operation(partner)], () => undefined);
  }
});

test('Q2, M3: a hart that begins to run is waited for before it finds anything', (t) => {
  explore(t, IDLE, [sequence('drop and reuse'), JOIN], () => undefined);
});

test('H8: a retype sees at which hart a thread is at home, as soon as it sees that there is one', (t) => {
  const makeAndDrop: Action = {
    name: 'create a thread and drop it',
    calls: (hart) => [create(FREE, KIND.Thread, SUBJECT, OWN.component, hart), drop(FREE)],
  };
  explore(t, scene('blank'), [operation('retype to Untyped'), makeAndDrop], () => undefined);
});
