/** What `make growth` draws: the committed page and drawing are those of the committed points, and what counts as flat. */
import test from 'ava';
import { readFileSync } from 'node:fs';
import { growthChart, growthPage, growthProblems, parseGrowth, readGrowth } from '../../tools/bench/growth.ts';

const COMMITTED = readGrowth('bench/growth.json');

test('the tables and the drawing are those of the committed points', (t) => {
  const page = readFileSync('docs/growth.md', 'utf8');
  t.is(page, growthPage(page, COMMITTED));
  t.is(readFileSync('docs/growth.svg', 'utf8'), growthChart(COMMITTED));
});

test('the committed points reach 100,000 mapped frames, and nothing grows', (t) => {
  t.deepEqual(growthProblems(COMMITTED, COMMITTED), []);
  const frames = COMMITTED.find(({ name }) => name === 'mapped frames, map');
  t.true((frames?.points.at(-1)?.size ?? 0) >= 100_000);
});

test('points are read from what the component prints', (t) => {
  const series = parseGrowth('noise\r\npoint tea, brew: 1 10\r\npoint tea, brew: 2 12\r\n');
  t.deepEqual(series, [
    {
      name: 'tea, brew',
      points: [
        { size: 1, cost: 10 },
        { size: 2, cost: 12 },
      ],
    },
  ]);
  t.deepEqual(growthProblems(series, []), ['tea, brew: 1: 10, 2: 12: not flat']);
  t.deepEqual(growthProblems([], series), ['tea, brew: not measured any more']);
});
