/** The command line of harmonyc, as people and scripts use it. */
import test, { type ExecutionContext } from 'ava';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { main } from '../../compiler/cli.ts';
import { DIAGNOSTICS } from '../../compiler/diagnostics/diagnostics.ts';
import { ROOT } from './worlds/build.ts';

const CLI = new URL('../../compiler/cli.js', import.meta.url).href;
const SCRIPT = `import { main } from '${CLI}'; process.exitCode = await main(process.argv.slice(1));`;

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}
/** Runs the command in a process of its own. */
function harmonyc(cwd: string, ...args: readonly string[]): Run {
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', SCRIPT, '--', ...args], {
    cwd,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { code: child.status, out: child.stdout, error: child.stderr };
}

/** Runs the command in this process: enough where the working directory does not matter. */
async function inside(...args: readonly string[]): Promise<Run> {
  const found = { out: '', error: '' };
  const code = await main(args, {
    out: (text) => (found.out += `${text}\n`),
    error: (text) => (found.error += `${text}\n`),
  });
  return { code, ...found };
}

/** A folder with these files, for as long as the test runs. */
function scene(t: ExecutionContext, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'harmonyc cli-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return folder;
}

/** Every file below a folder, by its path, with its text. */
function filesBelow(folder: string, at = folder): Readonly<Record<string, string>> {
  const found = readdirSync(at, { withFileTypes: true }).map((item): Readonly<Record<string, string>> => {
    const path = join(at, item.name);
    return item.isDirectory() ? filesBelow(folder, path) : { [relative(folder, path)]: readFileSync(path, 'utf8') };
  });
  return Object.assign({}, ...found);
}

const FINE = {
  'src/counter.ts': `/** Counts. */
export class Counter {
  /** Events so far. */
  value: u64 = 0n;
}
const counter = new Counter();
export function counterAdd(step: u64): u64 {
  counter.value += step;
  return counter.value;
}
`,
  'src/main.ts': `import { counterAdd } from './counter.ts';

export function twice(): u64 {
  return counterAdd(1n) + counterAdd(2n);
}
`,
};
/** Mistakes that different stages find, in two files. */
const WRONG = {
  'harmony.json': '{ "floors": { "all": ["low.ts", "high.ts"] } }',
  'low.ts': `import { high } from './high.ts';

export function low(a: u64): u32 {
  const b: u32 = a;
  const c = () => 1;
  return high + nowhere;
}
`,
  'high.ts': `export const high: u32 = 300;
export function referee(): u32 {
  let x: u32;
  return x;
}
`,
};

test('--help and help say what the options are, and that is no mistake', async (t) => {
  for (const args of [['--help'], ['-h'], ['help'], ['build', '--help']]) {
    const { code, out, error } = await inside(...args);
    t.is(code, 0);
    t.is(error, '');
    for (const word of ['build', 'check', 'explain', '--out', '--emit', '--format', '--no-typescript', 'Exit codes']) {
      t.true(out.includes(word), word);
    }
    t.true(out.split('\n').every((line) => line.length <= 110));
  }
  const installed = spawnSync(join(ROOT, 'bin', 'harmonyc'), ['--help'], { encoding: 'utf8' });
  t.is(installed.status, 0, installed.stderr);
});

test('--version names both versions', async (t) => {
  const { code, out } = await inside('--version');
  t.is(code, 0);
  t.regex(out, /^harmonyc \d+\.\d+\.\d+, TypeScript \d+\.\d+\.\d+\n$/);
});

const MISUSES: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['no command', [], /No command was given; expected build, check or explain\./],
  ['an unknown command', ['compile', 'src'], /Unknown command compile; expected build, check or explain\./],
  ['an unknown option', ['check', '--fast', 'src'], /'--fast'/],
  ['an option without its value', ['build', 'src', '--out'], /--out/],
  ['no path', ['check'], /check needs at least one folder or file\./],
  ['no output folder', ['build', 'src'], /build needs --out FOLDER\./],
  ['an unknown format', ['check', 'src', '--format=xml'], /Unknown format xml; expected text or json\./],
  ['an unknown emitter', ['build', 'src', '--out=o', '--emit=c,rust'], /Cannot emit rust; expected some of c, js, /],
  ['no code', ['explain'], /explain needs a code, such as HC2002\./],
  ['an unknown code', ['explain', 'HC9999'], /No diagnostic has the code HC9999/],
];
for (const [title, args, expected] of MISUSES) {
  test(`${title} is a mistake of the command line`, async (t) => {
    const { code, out, error } = await inside(...args);
    t.is(code, 2);
    t.is(out, '');
    t.regex(error, expected);
    t.regex(error, /^harmonyc: .*See harmonyc --help\.\n$/s);
  });
}

test('sources without mistakes: no output, exit code 0', (t) => {
  const folder = scene(t, FINE);
  t.deepEqual(harmonyc(folder, 'check', 'src'), { code: 0, out: '', error: '' });
  t.deepEqual(harmonyc(folder, 'check', 'src/main.ts'), { code: 0, out: '', error: '' });
  t.deepEqual(harmonyc(join(folder, 'src'), 'check', '.'), { code: 0, out: '', error: '' });
  t.deepEqual(harmonyc(folder, 'check', 'src', '--format=json'), { code: 0, out: '[]\n', error: '' });
});

test('all mistakes come in one run, each with its line, a reason and what to write', async (t) => {
  const folder = scene(t, WRONG);
  const { code, out, error } = await inside('check', folder);
  t.is(code, 1);
  t.is(out, '');
  const heads = error.split('\n').filter((line) => /: error /.test(line));
  t.deepEqual(
    heads.map((line) => line.replace(/^(\S+ error \w+):.*$/, '$1')),
    [
      'high.ts:4:10: error TS2454',
      'low.ts:1:1: error HC1006',
      'low.ts:4:18: error HC3003',
      'low.ts:5:13: error HC2002',
      'low.ts:6:17: error HC3010',
    ],
  );
  t.true(error.includes('  4 |   const b: u32 = a;\n    |                  ^\n'), error);
  t.true(error.includes('Found u64 where u32 is expected.'));
  t.true(error.endsWith('5 mistakes.\n'));
  const without = await inside('check', folder, '--no-typescript');
  t.is(without.code, 1);
  t.true(without.error.endsWith('4 mistakes.\n'), 'tsc was left out');
});

test('--format=json is one array with stable fields', async (t) => {
  const folder = scene(t, WRONG);
  const { code, out, error } = await inside('check', folder, '--format', 'json');
  t.is(code, 1);
  t.is(error, '');
  const rows: unknown = JSON.parse(out);
  if (!Array.isArray(rows)) return t.fail('expected an array');
  t.is(rows.length, 5);
  for (const row of rows) {
    t.deepEqual(Object.keys(row), ['code', 'message', 'reason', 'instead', 'file', 'line', 'column', 'length']);
    t.regex(row.code, /^(HC|TS)\d+$/);
    t.is(typeof row.line, 'number');
  }
  t.like(rows[2], { code: 'HC3003', file: 'low.ts', line: 4, column: 18, length: 1 });
  const nothing: unknown = JSON.parse((await inside('check', join(folder, 'nowhere'), '--format=json')).out);
  t.like(nothing, [{ code: 'HC1001', file: null, line: null, column: null }]);
});

test('explain says what every diagnostic means', async (t) => {
  const codes = Object.values(DIAGNOSTICS).map((entry) => entry.code);
  const { code, out } = await inside('explain', ...codes);
  t.is(code, 0);
  for (const entry of Object.values(DIAGNOSTICS)) t.true(out.includes(`${entry.code}: `), entry.code);
  t.notRegex(out, /\{\d\}/);
  t.true((await inside('explain', 'hc2002')).out.startsWith('HC2002: '), 'small letters will do');
});

test('build writes what --emit names', async (t) => {
  const folder = scene(t, FINE);
  const all = await inside('build', join(folder, 'src'), '--out', join(folder, 'out', 'all'));
  t.deepEqual(all, { code: 0, out: '', error: '' });
  const files = Object.keys(filesBelow(join(folder, 'out', 'all')));
  for (const name of ['c/counter.c', 'c/counter.h', 'c/main.c'])
    t.true(files.includes(name), `${name} in ${files.join()}`);
  t.true(files.some((name) => name.startsWith('js/')));
  const js = join(folder, 'out', 'js');
  t.is((await inside('build', join(folder, 'src'), '--out', js, '--emit', 'js')).code, 0);
  t.true(Object.keys(filesBelow(js)).every((name) => name.startsWith('js/')));
});

test('an output folder that is a file is a mistake of the command line', async (t) => {
  const folder = scene(t, FINE);
  const { code, error } = await inside('build', join(folder, 'src'), '--out', join(folder, 'src', 'main.ts'));
  t.is(code, 2);
  t.regex(error, /^harmonyc: .*main\.ts cannot be written: .*See harmonyc --help\.\n$/s);
});

test('a build with mistakes writes nothing', async (t) => {
  const folder = scene(t, WRONG);
  t.is((await inside('build', folder, '--out', join(folder, 'out'))).code, 1);
  t.false(existsSync(join(folder, 'out')));
});

test('outputs and diagnostics depend on neither the place of the sources nor the working directory', (t) => {
  const first = scene(t, { ...FINE });
  const below = Object.fromEntries(Object.entries(FINE).map(([name, text]) => [`very/deep "folder"/${name}`, text]));
  const second = join(scene(t, below), 'very', 'deep "folder"');
  t.is(harmonyc(first, 'build', 'src', '--out', join(first, 'out')).code, 0);
  t.is(harmonyc(tmpdir(), 'build', join(second, 'src'), '--out', join(second, 'out')).code, 0);
  t.deepEqual(filesBelow(join(first, 'out')), filesBelow(join(second, 'out')));
  const text = JSON.stringify(filesBelow(join(first, 'out')));
  t.false(text.includes(tmpdir()) || text.includes(ROOT), 'no absolute path');

  const wrong = scene(t, WRONG);
  const again = scene(t, WRONG);
  const here = harmonyc(wrong, 'check', '.');
  t.deepEqual(harmonyc('/', 'check', again), here);
  t.deepEqual(harmonyc(join(ROOT, 'compiler'), 'check', join(again, 'low.ts'), join(again, 'high.ts')), here);
});
