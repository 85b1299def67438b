import test from 'ava';
import {
  invariantManual,
  invariantProblems,
  numbersOf,
  statedInvariants,
  testsOf,
  type Invariant,
} from '../../tools/house/invariants.ts';

const HEADER = `/**
 * One sentence.
 *
 * INV1: what holds
 * always.
 * INV2: more.
 *
 * No part of it.
 */
/** INV3: not at the top. */
`;

test('an invariant is stated in the comment at the top of a file, up to the next one or an empty line', (t) => {
  t.deepEqual(
    statedInvariants('a.ts', HEADER).map(({ number, statement }) => [number, statement]),
    [
      [1, 'what holds always.'],
      [2, 'more.'],
    ],
  );
  t.deepEqual(statedInvariants('a.ts', 'const INV1 = 1;\n'), []);
});

test('tests are found with their titles, skipped ones are not', (t) => {
  const source = [
    "test('INV1: one', (t) => {});",
    'test.serial(`INV${n}: two of ${count}`, (t) => {});',
    'for (const a of b) test(`INV2 ${a}`, async (t) => {});',
    "test.skip('INV3: no', (t) => {});",
    "contest('INV4', 1);",
  ].join('\n');
  t.deepEqual(
    testsOf('a.test.ts', source).map((one) => one.title),
    ['INV1: one', 'INV…: two of …', 'INV2 …'],
  );
});

test('a title carries single numbers, lists and ranges', (t) => {
  t.deepEqual([...numbersOf('INV3: x')], [3]);
  t.deepEqual([...numbersOf('INV1 to INV3 and INV10 hold')], [1, 2, 3, 10]);
  t.deepEqual([...numbersOf('INV1–4')], [1, 2, 3, 4]);
  t.deepEqual([...numbersOf('INVENT, 3')], []);
});

test('a number that is missing, stated twice, untested or unknown is reported', (t) => {
  const invariant = (number: number, file = 'a.ts'): Invariant => ({ number, statement: 'x.', file });
  const tests = [
    { file: 'a.test.ts', title: 'INV1: x' },
    { file: 'a.test.ts', title: 'INV5: y' },
  ];
  const both = [invariant(1), invariant(1, 'b.ts'), invariant(3)];
  t.deepEqual(invariantProblems(both, tests), [
    'INV1 is stated in a.ts and b.ts: state it once',
    'INV2 is stated nowhere: state it in the file that owns it',
    'INV2 has no test: put its number into the name of the test that checks it',
    'INV3 has no test: put its number into the name of the test that checks it',
    'a.test.ts: the test "INV5: y" names INV5, which is stated nowhere',
  ]);
});

test('the page lists each invariant with its file and its tests', (t) => {
  const page = invariantManual(
    [{ number: 1, statement: 'what holds.', file: 'kernel-src/a.ts' }],
    [{ file: 'test/a.test.ts', title: 'INV1: `x` <y>' }],
  );
  t.true(
    page.includes(
      '## INV1\n\nWhat holds.\n\nStated in `kernel-src/a.ts`. Tests:\n\n- `test/a.test.ts`: INV1: \\`x\\` \\<y>',
    ),
  );
});
