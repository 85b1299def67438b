/** The tools around the benches: what they read, and when they fail. */
import test from 'ava';
import { chartOf } from '../../tools/bench/chart.ts';
import { compareRows, joinRows, parseRows, readPlan, resultsOf, tableOf } from '../../tools/bench/rows.ts';

const PLAN = readPlan('bench/rows.json');
const OUTPUT = 'noise\nrow map a page: 118 120 124 of 1000\r\nrow frame cycle: 959 959 959 of 1000\n';
const ROWS = joinRows(PLAN, parseRows(OUTPUT));

test('rows are read from what a component prints', (t) => {
  t.deepEqual(parseRows(OUTPUT).get('map a page'), { min: 118, median: 120, max: 124 });
});

test('a row with too few samples is refused', (t) => {
  t.throws(() => parseRows('row map a page: 1 1 1 of 999\n'), { message: /has 999 samples, 1000 are needed/ });
});

test('a row that the plan does not know is refused', (t) => {
  t.throws(() => joinRows(PLAN, parseRows('row tea: 1 1 1 of 1000\n')), { message: /no row 'tea'/ });
});

test('the table says which rows are not measured yet', (t) => {
  const table = tableOf(ROWS);
  t.regex(table, /map a 4 KiB page +118 +120 +124 +125 +732 +6\.1$/m);
  t.regex(table, /copy a capability +not yet/);
});

test('results hold exactly the measured rows', (t) => {
  const results: unknown = JSON.parse(resultsOf(ROWS));
  t.deepEqual(results, {
    rows: [
      { name: 'map a 4 KiB page', min: 118, median: 120, max: 124, sel4: 732, goal: 125 },
      { name: 'frame cycle: to User, map, unmap, back', min: 959, median: 959, max: 959, sel4: 5033, goal: 1000 },
    ],
  });
});

for (const { before, worse } of [
  { before: 120, worse: 0 },
  { before: 118, worse: 0 },
  { before: 117, worse: 1 },
  { before: 130, worse: 0 },
]) {
  test(`a median of 120 after ${before} counts ${worse} rows as worse`, (t) => {
    const compared = compareRows(ROWS, new Map([['map a 4 KiB page', before]]));
    t.is(compared.worse.length, worse);
    t.is(compared.changes.length, before === 120 ? 0 : 1);
  });
}

test('a row of the baseline that is not measured any more is worse', (t) => {
  t.deepEqual(compareRows(ROWS, new Map([['copy a capability', 134]])).worse, [
    'copy a capability: 134 before, not measured any more',
  ]);
});

test('the chart has one bar for each measured row', (t) => {
  t.is(chartOf(ROWS).match(/#1f6feb/g)?.length, 2);
});

test('a row that is dearer than seL4 has the longer bar', (t) => {
  const row = ROWS.find(({ figures }) => figures !== null);
  if (row?.figures === undefined || row.figures === null) return t.fail('no measured row');
  const chart = chartOf([{ ...row, sel4: row.figures.median / 2 }]);
  const widths = [...chart.matchAll(/width="(\d+)" height="16"/g)].map((match) => Number(match[1]));
  t.deepEqual(widths, [200, 400]);
});
