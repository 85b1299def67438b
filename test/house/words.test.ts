import test from 'ava';
import { projectFiles } from '../../tools/house/problem.ts';
import { checkPlace, checkWords } from '../../tools/house/words.ts';

const MARKS = [
  ['// TO', 'DO: later'],
  ['// FIX', 'ME'],
  ['// @ts-', 'ignore'],
  ['// eslint-', 'disable-next-line'],
  ['see /ho', 'me/somebody/file'],
  ['"resol', 'ved": "https://example.org/a.tgz"'],
] as const;

for (const [first, second] of MARKS) {
  test(`a file with '${first}…' is reported at its line`, (t) => {
    const problems = checkWords('tools/a.ts', `const a = 1;\n${first}${second}\n`);
    t.deepEqual(
      problems.map((problem) => problem.line),
      [2],
    );
  });
}

test('ordinary text is not reported', (t) => {
  t.deepEqual(
    checkWords('tools/a.ts', '// the home hart works on todos; out/work/ is fine, kernel-src/home/ too\n'),
    [],
  );
});

test('C is generated, headers and assembly have their places', (t) => {
  t.is(checkPlace('kernel-src/a.c').length, 1);
  t.is(checkPlace('user/a.h').length, 1);
  t.is(checkPlace('kernel-src/a.S').length, 1);
  t.is(checkPlace('user/booter/a.S').length, 1);
  t.deepEqual(
    [
      'compiler/runtime/harmony.h',
      'arch/riscv/entry.S',
      'user/lib/start.S',
      'test/system/components/registers/call.S',
      'test/compiler/worlds/bare.c',
      'a.ts',
    ].flatMap(checkPlace),
    [],
  );
});

test('the project holds no hand-written C, and assembly only in its places', (t) => {
  const files = projectFiles();
  t.true(files.includes('arch/riscv/entry.S'));
  t.deepEqual(files.flatMap(checkPlace), []);
});
