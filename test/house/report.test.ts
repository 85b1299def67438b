import test from 'ava';
import { count, junit, parseTap } from '../../tools/test-report.ts';

const TAP = [
  'TAP version 13',
  'ok 1 - system/boot › boots <64M>',
  '#   ok 1 - guest line',
  'not ok 2 - system/boot › fails',
  '  ---',
  '    message: "a & b"',
  '  ...',
  'ok 3 - compiler/a › later # SKIP',
  '1..3',
];

test('results are counted from the TAP, with their details', (t) => {
  const results = parseTap(TAP);
  t.deepEqual(count(results), { passed: 1, failed: 1, skipped: 1 });
  t.deepEqual(
    results.map((result) => [result.file, result.title, result.details.length]),
    [
      ['system/boot', 'boots <64M>', 1],
      ['system/boot', 'fails', 3],
      ['compiler/a', 'later', 0],
    ],
  );
});

test('the JUnit file escapes markup and counts the same', (t) => {
  const xml = junit(parseTap(TAP));
  t.true(xml.includes('<testsuite name="harmony" tests="3" failures="1" skipped="1">'));
  t.true(xml.includes('name="boots &lt;64M&gt;"'));
  t.true(xml.includes('a &amp; b'));
});
