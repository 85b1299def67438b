/** The C that harmonyc writes: its text, what both compilers say to it, its line numbers, and what goes with it. */
import test, { type ExecutionContext } from 'ava';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isReservedByC } from '../../compiler/emit-c/reserved.ts';
import { wrapLine } from '../../compiler/emit-c/text.ts';
import { emitC } from '../../compiler/emit-c/emit-c.ts';
import { emitOffsets } from '../../compiler/emit/offsets.ts';
import { compile } from '../../compiler/compile.ts';
import { EFFECT_ACTS, type Expression, type FunctionDeclaration, type Program } from '../../compiler/ir/ir.ts';
import { layoutReport } from '../../compiler/emit/layout-report.ts';
import { loopReport } from '../../compiler/emit/loop-report.ts';
import { arithmetic, integerConstant } from '../../compiler/ir/make.ts';
import { type OutputFile, writeOutputs } from '../../compiler/emit/output.ts';
import { integer } from '../../compiler/ir/types.ts';
import { ROOT } from './worlds/build.ts';

const GOLDEN = join(ROOT, 'test', 'compiler', 'golden');
const RUNTIME = join(ROOT, 'compiler', 'runtime');
const FLAGS = [
  ...['-std=gnu11', '-Wall', '-Wextra', '-Wconversion', '-Werror', '-fno-strict-aliasing'],
  ...['-fno-delete-null-pointer-checks', '-I', RUNTIME, '-I', join(RUNTIME, 'host')],
];
const RISCV_FLAGS = ['-march=rv64gc', '-mabi=lp64d', '-mcmodel=medany', '-O2', '-ffreestanding'];

/** A folder that is gone when the test ends. */
function scratch(t: ExecutionContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'harmony-emit-c-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  return folder;
}

function programOf(paths: readonly string[]): Program {
  const { program, diagnostics } = compile(paths);
  if (program === null) throw new Error(diagnostics.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  return program;
}

/** The program of sources given as text, in a folder of their own. */
function programOfTexts(t: ExecutionContext, sources: Readonly<Record<string, string>>): Program {
  const folder = scratch(t);
  writeFileSync(join(folder, 'harmony.json'), '{ "floors": {}, "casts": [] }');
  for (const [path, text] of Object.entries(sources)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return programOf([folder]);
}

function textOf(files: readonly OutputFile[], path: string): string {
  const found = files.find((file) => file.path === path);
  if (found === undefined) throw new Error(`no output ${path}; there are ${files.map((file) => file.path).join(', ')}`);
  return found.text;
}

/** Writes C and compiles each source; both compilers must be silent. */
function compileC(t: ExecutionContext, files: readonly OutputFile[]): string {
  const folder = scratch(t);
  writeOutputs(folder, files);
  const sources = textOf(files, 'c/sources.txt').trimEnd().split('\n');
  for (const [compiler, flags] of [
    ['gcc', ['-O1']],
    ['riscv64-unknown-elf-gcc', RISCV_FLAGS],
  ] as const) {
    for (const source of sources) {
      const { status, stderr } = spawnSync(compiler, [
        ...FLAGS,
        ...flags,
        '-c',
        join(folder, source),
        '-o',
        join(folder, 'x.o'),
      ]);
      t.is(status, 0, `${compiler} ${source}:\n${String(stderr)}`);
      t.is(String(stderr), '');
    }
  }
  return folder;
}

const golden = emitC(programOf([GOLDEN]));

test('golden sources: the C is the expected text', (t) => {
  const names = readdirSync(GOLDEN).filter((name) => name.endsWith('.ts'));
  t.true(names.length > 0 && names.length <= 10);
  for (const name of names) {
    for (const ending of ['.c', '.h']) {
      const file = name.replace(/\.ts$/, ending);
      const actual = textOf(golden, `c/${file}`);
      if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(join(GOLDEN, file), actual);
      t.is(actual, readFileSync(join(GOLDEN, file), 'utf8'), `${file}: UPDATE_GOLDEN=1 writes what is new`);
    }
  }
});

test('golden sources: both compilers accept the C without a warning', (t) => {
  compileC(t, golden);
});

test('the same program gives the same bytes', (t) => {
  t.deepEqual(emitC(programOf([GOLDEN])), golden);
});

/** The lines of a source that gcc has code for, by the DWARF line table. */
function linesWithCode(object: string, source: string): ReadonlySet<number> {
  const table = execFileSync('objdump', ['--dwarf=decodedline', object], { encoding: 'utf8' });
  const rows = table.split('\n').filter((row) => row.startsWith(`${source} `));
  return new Set(rows.flatMap((row) => /\s(\d+)\s+0x/.exec(row)?.[1] ?? []).map(Number));
}

/** Lines of a golden source that are the start of a statement inside a function. */
function statementLines(source: string): readonly number[] {
  const lines = source.split('\n');
  const isStatement = (line: string): boolean =>
    /^ {2,}[^/*'}].*;$/.test(line) && !/^\s+(break|continue|bound|let \w+: u32);|^\s+readonly|^\s+\w+: /.test(line);
  return lines.flatMap((line, index) => (isStatement(line) ? [index + 1] : []));
}

test('the debugger finds each statement on its line of the TypeScript', (t) => {
  const folder = compileC(t, golden);
  for (const name of ['control', 'order', 'integers', 'layout']) {
    const source = readFileSync(join(GOLDEN, `${name}.ts`), 'utf8');
    const object = join(folder, `${name}.o`);
    execFileSync('gcc', [...FLAGS, '-g', '-O0', '-c', join(folder, 'c', `${name}.c`), '-o', object]);
    const found = linesWithCode(object, `${name}.ts`);
    const expected = statementLines(source);
    t.true(expected.length > 8);
    const text = source.split('\n');
    for (const line of expected) t.true(found.has(line), `${name}.ts:${line} has no code: ${text[line - 1] ?? ''}`);
    for (const line of found)
      t.regex(text[line - 1] ?? '', /[;{}]\s*$|^ +default:|^ +case/, `${name}.ts:${line} has code`);
  }
});

test('paths with spaces and quotes survive in line numbers and trap sites', (t) => {
  const name = `it's a "path".ts`;
  const source = 'export function narrow(value: u32): u8 {\n  return u8(value);\n}\n';
  const files = emitC(programOfTexts(t, { [name]: source }));
  t.deepEqual(
    files.map((file) => file.path),
    [`c/it's a _path_.h`, `c/it's a _path_.c`, 'c/sources.txt'],
  );
  const folder = scratch(t);
  writeOutputs(folder, files);
  const expanded = execFileSync('gcc', [...FLAGS, '-E', join(folder, `c/it's a _path_.c`)], { encoding: 'utf8' });
  t.true(expanded.includes(`# 1 "it's a \\"path\\".ts"`));
  t.true(expanded.includes(`"it's a \\"path\\".ts" ":" "2"`));
});

test('modules whose names differ only in what C drops stay apart', (t) => {
  const source = (word: string): string =>
    `const SIZE: u32 = 4;\nfunction helper(): u32 {\n  return SIZE;\n}\nexport function ${word}(): u32 {\n  return helper();\n}\n`;
  const files = emitC(programOfTexts(t, { 'a-b.ts': source('first'), 'a_b.ts': source('second') }));
  t.regex(textOf(files, 'c/a_b.h'), /#ifndef HARMONY_A_B_H_2/);
  t.regex(textOf(files, 'c/a_b.c'), /static u32 helper_2\(void\)/);
  compileC(t, files);
});

test('a sum of 10,000 terms is ordered and printed', (t) => {
  const position = { file: 'sum.ts', line: 1, column: 1 };
  const base = {
    module: 'sum.ts',
    exported: true,
    documentation: null,
    position,
    kind: 'function',
    shared: false,
    cold: false,
    apart: false,
  } as const;
  const type = integer('u32');
  const draw: FunctionDeclaration = { ...base, name: 'draw', parameters: [], result: type, body: null };
  const call: Expression = { op: 'call', function: draw, arguments: [], type, effects: EFFECT_ACTS, position };
  const parts = { operator: '+', type, check: null, masked: false, position } as const;
  const term = (index: number): Expression =>
    index % 100 === 99 ? call : integerConstant(BigInt(index), type, position);
  let value = term(99);
  for (let index = 0; index < 10_000; index++) value = arithmetic({ ...parts, left: value, right: term(index) });
  const sum: FunctionDeclaration = {
    ...base,
    name: 'sum',
    parameters: [],
    result: type,
    body: [{ kind: 'return', value, position }],
  };
  const files = emitC({ modules: [{ path: 'sum.ts', imports: [], declarations: [draw, sum], documentation: null }] });
  const text = textOf(files, 'c/sum.c');
  t.is(text.split('draw()').length - 1, 101);
  t.is(text.split('const u32 operand').length - 1, 100);
  compileC(t, files);
});

test('calls that change nothing stay in their place, calls that act go first', (t) => {
  const source = `
let state: u32 = 0;
function look(): u32 { return state; }
function lookTwice(): u32 { return look() + look(); }
function local(a: u32): u32 { let b: u32 = a; b += 1; return b; }
function change(): u32 { state += 1; return state; }
function changeBelow(): u32 { return change(); }
export function quiet(): u32 { return look() + lookTwice() + local(3); }
export function quietAndActing(): u32 { return look() + changeBelow(); }
export function harmlessAndActing(a: u32): u32 { return a + changeBelow(); }
`;
  const text = textOf(emitC(programOfTexts(t, { 'x.ts': source })), 'c/x.c');
  t.regex(text, /return look\(\) \+ look\(\);/);
  t.regex(text, /return look\(\) \+ lookTwice\(\) \+ local\(3\);/);
  t.regex(text, /const u32 lookResult = look\(\); return lookResult \+ changeBelow\(\);/);
  t.regex(text, /return a \+ changeBelow\(\);/);
});

test('comparisons that the types decide do not make gcc warn', (t) => {
  const body = 'return a >= 0 || b < 0n || c <= 255 || c === 300 || a <= 0xffff_ffff;';
  const files = emitC(
    programOfTexts(t, { 'x.ts': `export function x(a: u32, b: u64, c: u8): boolean {\n  ${body}\n}\n` }),
  );
  compileC(t, files);
});

test('every word of the runtime headers is reserved', (t) => {
  const header = join(RUNTIME, 'harmonyc.h');
  const expanded = execFileSync('gcc', [...FLAGS, '-E', '-P', header], { encoding: 'utf8' });
  const macros = execFileSync('gcc', [...FLAGS, '-E', '-dM', header], { encoding: 'utf8' });
  const functions = [...expanded.matchAll(/([A-Za-z_]\w*)\s*\([^()]*\)\s*[{;]/g)].map((found) => found[1] ?? '');
  const types = [...expanded.matchAll(/^typedef [^;{]*?(\w+);|^\} (\w+);/gm)].map(
    (found) => found[1] ?? found[2] ?? '',
  );
  const defined = [...macros.matchAll(/^#define (\w+)/gm)].map((found) => found[1] ?? '');
  const words = [...functions.filter((word) => !/^(if|while|return|for)$/.test(word)), ...types, ...defined];
  t.true(functions.length > 60 && types.length > 10 && defined.includes('AT'));
  t.deepEqual(
    words.filter((word) => !isReservedByC(word)),
    [],
  );
});

test('offsets.h serves the assembler', (t) => {
  const folder = scratch(t);
  const { path, text } = emitOffsets(programOf([GOLDEN]));
  writeFileSync(join(folder, path), text);
  t.regex(text, /#define Entry_limit 18\n/);
  t.regex(text, /#define Entry_SIZE 40\n/);
  t.regex(text, /#define MASK 0xfffffffffffff000\n/);
  const assembly = '#include "offsets.h"\nlhu a0, Entry_limit(a1)\nli a2, MASK\n.quad MASK, PAGE_SIZE, SMALLEST\n';
  writeFileSync(join(folder, 'x.S'), assembly);
  execFileSync('riscv64-unknown-elf-gcc', ['-c', join(folder, 'x.S'), '-o', join(folder, 'x.o')]);
  const dump = execFileSync('riscv64-unknown-elf-objdump', ['-d', join(folder, 'x.o')], { encoding: 'utf8' });
  t.regex(dump, /lhu\s+a0,18\(a1\)/);
});

test('the layout report lists every field and every remaining check', (t) => {
  const files = layoutReport(programOf([GOLDEN]));
  const report: unknown = JSON.parse(textOf(files, 'layout.json'));
  t.like(report, {
    classes: {
      0: {
        name: 'Entry',
        size: 40,
        alignment: 8,
        fields: { 3: { name: 'limit', type: 'u16', offset: 18, size: 2 }, 4: { name: 'words', offset: 20, size: 16 } },
      },
    },
  });
  const text = textOf(files, 'layout.txt');
  t.regex(text, /Entry: 40 bytes, aligned to 8 \(layout\.ts:7\)/);
  t.regex(text, /integers\.ts:34:\d+ +narrowing +narrow\n/);
  t.regex(text, /control\.ts:\d+:\d+ +unreachable +controlNever\n/);
  const sites = emitC(programOf([GOLDEN])).flatMap((file) => [...file.text.matchAll(/AT\((\d+)\)/g)]);
  t.is(text.split('\n').filter((line) => /^ +\w+\.ts:\d+:\d+ /.test(line)).length, sites.length);
});

test('the loop report lists where each loop begins and ends, and how often its body runs at most', (t) => {
  const { path, text } = loopReport(programOf([GOLDEN]));
  t.is(path, 'loops.json');
  const loops: unknown = JSON.parse(text);
  const known = { file: 'control.ts', function: 'controlLoops' };
  t.like(loops, {
    0: { file: 'control.ts', line: 29, function: 'controlSwitch', bound: 3 },
    1: { ...known, line: 57, lastLine: 58, bound: 4 },
    2: { ...known, line: 58, lastLine: 58, bound: 2 },
    3: { ...known, line: 60, lastLine: 62, bound: 16 },
    4: { ...known, line: 64, bound: 64 },
  });
});

test('unchanged outputs keep their time stamps', (t) => {
  const folder = scratch(t);
  writeOutputs(folder, [
    { path: 'a/b.txt', text: 'one' },
    { path: 'c.txt', text: 'two' },
  ]);
  for (const path of ['a/b.txt', 'c.txt']) utimesSync(join(folder, path), 1000, 1000);
  writeOutputs(folder, [
    { path: 'a/b.txt', text: 'one' },
    { path: 'c.txt', text: 'three' },
  ]);
  t.is(statSync(join(folder, 'a/b.txt')).mtimeMs, 1_000_000);
  t.is(readFileSync(join(folder, 'c.txt'), 'utf8'), 'three');
});

test('long lines break after commas and before operators, never inside a text', (t) => {
  const line = `  call(${'first, '.repeat(20)}"${'a, b '.repeat(10)}", last) || other;`;
  const lines = wrapLine(line, '  ');
  t.true(lines.length > 1 && lines.slice(0, -1).every((part) => part.length <= 120));
  t.is(lines.map((part) => part.trim()).join(' '), line.trim());
  t.true(lines.some((part) => part.includes('a, b '.repeat(10))));
});
