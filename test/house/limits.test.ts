import test from 'ava';
import { checkLimits, isLimited } from '../../tools/house/limits.ts';

function texts(file: string, text: string): readonly string[] {
  return checkLimits(file, text).map((problem) => `${problem.line}: ${problem.text}`);
}
function lines(count: number, line = '// holds'): string {
  return `${line}\n`.repeat(count);
}

test('a kernel file may have 250 lines, blanks and constant tables aside', (t) => {
  const table = `export const TABLE = [\n${lines(100, '  1,')}] as const satisfies readonly u32[];\n`;
  t.deepEqual(texts('kernel-src/base/a.ts', lines(248) + '\n\n' + table), []);
  t.deepEqual(texts('kernel-src/base/a.ts', lines(251)), [
    '1: the file has 251 lines without blanks and tables, at most 250: divide it',
  ]);
  t.deepEqual(texts('compiler/a.ts', lines(400)), []);
  t.is(texts('compiler/a.ts', lines(401)).length, 1);
});

test('a kernel function may have 40 lines, a compiler function 50', (t) => {
  const source = (count: number): string => `\nexport function long(): void {\n${lines(count - 2, '  step();')}}\n`;
  t.deepEqual(texts('user/lib/a.ts', source(40)), []);
  t.deepEqual(texts('user/lib/a.ts', source(41)), ['2: long has 41 lines, at most 40: divide it']);
  t.deepEqual(texts('tools/a.ts', source(50)), []);
  t.deepEqual(texts('tools/a.ts', source(51)), ['2: long has 51 lines, at most 50: divide it']);
});

test('kernel functions nest three deep at most, and else-if is no further level', (t) => {
  const chain = 'function f(): void { if (a) {} else if (b) {} else if (c) {} else if (d) {} }';
  t.deepEqual(texts('kernel-src/base/a.ts', chain), []);
  const deep = 'function f(): void { if (a) { for (;;) { while (b) { if (c) {} } } } }';
  t.deepEqual(texts('kernel-src/base/a.ts', deep), ['1: f nests 4 deep, at most 3: return early or divide it']);
  t.deepEqual(texts('compiler/a.ts', deep), []);
});

test('host code has no any and no as, and the compiler no state of a module', (t) => {
  t.deepEqual(texts('tools/a.ts', 'const a: any = 1;\nconst b = a as string;\nconst c = [1] as const;\nlet d = 1;'), [
    '1: found `any`: state the type, or `unknown`',
    '2: found `as`: narrow by a test instead',
  ]);
  t.deepEqual(texts('compiler/a.ts', 'let d = 1;'), [
    '1: found a variable of the module: pass the state through the functions',
  ]);
});

test('sources that are wrong on purpose and ambient declarations have no limits', (t) => {
  t.false(isLimited('test/compiler/reject/a.ts'));
  t.false(isLimited('compiler/lib/harmony.d.ts'));
  t.false(isLimited('README.md'));
  t.true(isLimited('kernel-src/base/address.ts'));
});
