/** What docs/language.md says that the subset lacks is refused, each example with the code that stands beside it. */
import test from 'ava';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile } from '../../compiler/compile.ts';
import { ROOT } from './worlds/build.ts';

interface Row {
  readonly example: string;
  readonly code: string;
}

/** The rows of tables whose second column is an example and whose third one a code. */
function rows(text: string): readonly Row[] {
  return text.split('\n').flatMap((line) => {
    const [, , example, code] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    const [, , source] = /^(`+)(.+)\1$/.exec(example ?? '') ?? [];
    if (source === undefined || code === undefined || !/^HC\d{4}$/.test(code)) return [];
    return [{ example: source.replaceAll('\\|', '|'), code }];
  });
}

const AT_TOP = /^(export|import|class|abstract|function|async|type|enum|namespace|interface|@|\/\/)/;
const POINT = 'export class Point {\n  x: u32 = 0;\n}\n';
const IMPORT = "import { Point } from './point.ts';\n";

/** An example as a file: a declaration stands alone, a statement in a function with parameters. */
function sourceOf(example: string): string {
  if (AT_TOP.test(example)) {
    return `${example.includes('Point') && !example.includes('./point.ts') ? IMPORT : ''}${example}\n`;
  }
  const head = 'export function example(a: u32, b: u32, w: u64, p: Point | null): void {';
  return `${IMPORT}export function helper(): void {}\n${head}\n  ${example}\n}\n`;
}

const table = rows(readFileSync(join(ROOT, 'docs', 'language.md'), 'utf8'));

test('the tables of the language chapter are found', (t) => {
  t.true(table.length > 40, `${table.length} rows`);
});

for (const [index, { example, code }] of table.entries()) {
  test(`${index + 1}: ${example} is ${code}`, (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'harmony-language-'));
    t.teardown(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'harmony.json'), '{}\n');
    writeFileSync(join(folder, 'point.ts'), POINT);
    writeFileSync(join(folder, 'example.ts'), sourceOf(example));
    const { diagnostics, program } = compile([folder]);
    t.is(program, null);
    t.deepEqual([...new Set(diagnostics.map((found) => found.code))], [code]);
  });
}

test('what stands around the examples is not what is refused', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'harmony-language-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'harmony.json'), '{}\n');
  writeFileSync(join(folder, 'point.ts'), POINT);
  writeFileSync(join(folder, 'example.ts'), sourceOf('if (a < b) return;'));
  t.deepEqual(compile([folder]).diagnostics, []);
});
