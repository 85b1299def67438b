import test from 'ava';
import { TYPE } from '../checker/numbers.ts';
import { ENTER, HELPER, operation, retype, SUBJECT, type Action } from './actions.ts';
import { PairExplorer } from './pair.ts';
import { INSIDE } from './scenes.ts';

const root = HELPER + 1;

/** What hart 0 does to the component in which hart 1 runs, and to its root and its table. */
const KILLERS: readonly Action[] = [
  operation('retype to Untyped'),
  { name: 'kill, free its root', calls: () => [retype(SUBJECT, TYPE.Untyped), retype(root, TYPE.Untyped)] },
  { name: 'kill, free its table', calls: () => [retype(SUBJECT, TYPE.Untyped), retype(HELPER, TYPE.Untyped)] },
];
const VICTIMS: readonly Action[] = [
  ENTER,
  operation('advance'),
  operation('inspect'),
  operation('map'),
  operation('recover'),
  {
    name: 'enter and advance',
    calls: (hart, block) => [...ENTER.calls(hart, block), ...operation('advance').calls(hart, block)],
  },
];

test('a hart inside a component that dies keeps its root and its table', (t) => {
  t.timeout(600_000);
  const explorer = new PairExplorer();
  let executions = 0;
  for (const killer of KILLERS) {
    for (const victim of VICTIMS) {
      const report = explorer.explore(INSIDE, [killer, victim], { executions: 100_000, switches: 3 });
      executions += report.executions;
    }
  }
  const stopped = [...explorer.answers.keys()].filter((answer) => answer.endsWith(' stopped'));
  t.true(stopped.length > 0, 'no hart ever found its component dead');
  t.log(`${KILLERS.length * VICTIMS.length} pairs, ${executions} interleavings; ${stopped.join(', ')}`);
});
