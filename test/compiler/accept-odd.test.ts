import test from 'ava';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, build } from './worlds/build.ts';
import { runJavaScript } from './worlds/javascript.ts';
import { runHostC, runRiscv } from './worlds/native.ts';

/** Sources that editors, formatters or version control would change, or that nobody wants to read. */
const SOURCES: Readonly<Record<string, string>> = {
  'harmony.json': '{}\n',
  'mark-and-line-ends.ts':
    '\ufeff/** A byte order mark, and CRLF at the ends of lines. */\r\n\r\n' +
    'export function afterMark(n: u32): u32 {\r\n  assert(n < 3);\r\n  return textLength("a\\r\\n") + n;\r\n}\r\n' +
    '// call afterMark(2) = 5\r\n// call afterMark(3) traps\r\n',
  'white space only.ts': '  \n\n',
  'comment only.ts': '// nothing else',
  'folder with spaces/quoted "name" and \'another\'.ts':
    'export function quotedName(n: u32): u32 {\n  assert(n !== 0);\n  return n;\n}\n// call quotedName(0) traps\n// call quotedName(7) = 7\n',
  'no-line-end.ts': 'export function noLineEnd(): u32 { return 4; } // the last line\n// call noLineEnd() = 4',
  'long-sum.ts': [
    `export function longSum(a: u32): u32 {\n  return ${Array(350).fill('a').join(' + ')};\n}`,
    `export function longWideSum(a: u64): u64 {\n  return ${Array(350).fill('a').join(' - ')};\n}`,
    '// call longSum(4294967295) = 4294966946',
    '// call longSum(3) = 1050',
    '// call longWideSum(1n) = 18446744073709551268n',
  ].join('\n'),
  'parentheses.ts': [
    `export function parentheses(a: u32): u32 {\n  return ${'('.repeat(350)}a${')'.repeat(350)};\n}`,
    '// call parentheses(9) = 9',
  ].join('\n'),
  'one-line.ts':
    'export function oneLine(a: u32): u32 { let b: u32 = a; if (b > 2) b = 2; else b += 1; return b; }\n// call oneLine(9) = 2\n// call oneLine(1) = 2\n',
  'comments.ts':
    '/** Ends in a star and a slash: *\u200b/ and a backslash \\ and ??/ */\nexport function comments(): u32 {\n  // \\\n  return /* 1 */ 2; // */ /*\n}\n// call comments() = 2\n',
};

test('odd sources do the same in every world', async (t) => {
  const folder = join(ROOT, 'out', 'test', 'odd-sources');
  rmSync(folder, { recursive: true, force: true });
  for (const [name, text] of Object.entries(SOURCES)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const built = await build([folder], 'odd');
  const plain = await runJavaScript(built, 'plain');
  t.deepEqual(
    plain.map((outcome) => outcome.split(' ')[0]),
    built.calls.map((call) => call.expected),
  );
  t.is(built.calls.length, 12);
  t.true(plain.includes('traps folder with spaces/quoted "name" and \'another\'.ts:2'));
  t.deepEqual(await runJavaScript(built, 'yielding'), plain);
  t.deepEqual(await runHostC(built), plain);
  t.deepEqual((await runRiscv(built)).outcomes, plain);
});
