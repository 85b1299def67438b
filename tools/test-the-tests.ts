/**
 * Plants each bug of test/planted/ in a copy of the kernel and runs the test that must find it. A patch that does not
 * fit, a test that does not fail, or one that fails without the bug, is an error.
 * Usage: test-the-tests [NAME]... (the name of a patch, without its ending).
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { applyChange, parsePlanted, type PlantedBug } from './planted/patch.ts';
import { parseTap, type TestResult } from './test-report.ts';

const PATCHES = 'test/planted';
/** A copy of what compiling the kernel and running its tests needs. */
const TREE = 'out/test/planted';
const COPIED: readonly string[] = ['package.json', 'harmony.json', 'compiler/lib', 'kernel-src', 'user', 'docs'];
const AVA = resolve('node_modules/ava/entrypoints/cli.mjs');
const HARMONYC = resolve('bin/harmonyc');
/** Longest time of one test, in milliseconds. */
const TIMEOUT = 600_000;

interface Planted extends PlantedBug {
  readonly name: string;
}

interface Run {
  readonly result: TestResult | undefined;
  readonly output: string;
}

function readPatches(names: readonly string[]): readonly Planted[] {
  const found = readdirSync(PATCHES)
    .filter((file) => file.endsWith('.patch'))
    .sort()
    .map((file): Planted => ({
      name: file.slice(0, -6),
      ...parsePlanted(file, readFileSync(join(PATCHES, file), 'utf8')),
    }));
  const unknown = names.filter((name) => !found.some((patch) => patch.name === name));
  if (unknown.length > 0) throw new Error(`there is no patch ${unknown.join(', ')} in ${PATCHES}`);
  return names.length === 0 ? found : found.filter(({ name }) => names.includes(name));
}

function makeTree(): void {
  rmSync(TREE, { recursive: true, force: true });
  for (const path of COPIED) cpSync(path, join(TREE, path), { recursive: true });
  for (const path of ['compiler', 'test/kernel', 'tools']) {
    cpSync(join('out/node', path), join(TREE, 'out/node', path), { recursive: true });
  }
}

/** The kernel as JavaScript, from the sources in the tree. Answers what went wrong, or nothing. */
function compile(): string {
  const options = ['build', 'kernel-src', '--out', 'out/kernel', '--no-typescript', '--emit', 'js,yielding'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [HARMONYC, ...options], {
    cwd: TREE,
    encoding: 'utf8',
  });
  return status === 0 ? '' : `${stdout}${stderr}`;
}

/** Runs one test of a file in the tree. */
function run({ file, test }: PlantedBug): Run {
  const compiled = `out/node/test/${file}.test.js`;
  const { stdout, stderr } = spawnSync(process.execPath, [AVA, '--tap', '--match', test, compiled], {
    cwd: TREE,
    encoding: 'utf8',
    timeout: TIMEOUT,
    maxBuffer: 1 << 28,
  });
  const result = parseTap(stdout.split('\n')).find(({ title }) => title === test);
  return { result, output: `${stdout}${stderr}` };
}

/** The sentence with which a test failed. */
function reason({ details }: TestResult): string {
  const lines = details.map((line) => line.trim());
  const message =
    lines.find((line) => /^message: [`']/.test(line)) ?? lines.find((line) => line.startsWith('message:'));
  return (message ?? 'no reason')
    .replace(/^message: [`']?/, '')
    .replace(/[␊`',]+$/, '')
    .replaceAll("\\'", "'")
    .slice(0, 150);
}

/** What is wrong with the tests, before any bug is planted. */
function checkBaseline(patches: readonly Planted[]): readonly string[] {
  const failure = compile();
  if (failure !== '') return [`the kernel does not compile:\n${failure}`];
  const tests = new Map(patches.map((patch) => [`${patch.file} ${patch.test}`, patch]));
  return [...tests.values()].flatMap((patch) => {
    const { result, output } = run(patch);
    if (result?.outcome === 'passed') return [];
    const what = result === undefined ? 'there is no such test' : 'it fails without a bug';
    return [`test/${patch.file}.test.ts: "${patch.test}": ${what}\n${result === undefined ? output : reason(result)}`];
  });
}

/** Plants one bug. Answers how the test found it; throws if it does not. */
function tryBug(patch: Planted): string {
  const before = new Map<string, string>();
  for (const change of patch.changes) {
    const path = join(TREE, change.file);
    const text = readFileSync(path, 'utf8');
    if (!before.has(path)) before.set(path, text);
    writeFileSync(path, applyChange(`${patch.name}.patch`, text, change));
  }
  try {
    const failure = compile();
    if (failure !== '') throw new Error(`${patch.name}: the kernel with the bug does not compile:\n${failure}`);
    const { result, output } = run(patch);
    if (result === undefined) throw new Error(`${patch.name}: the test did not run:\n${output.slice(0, 2000)}`);
    if (result.outcome !== 'failed') throw new Error(`${patch.name}: NOT FOUND by "${patch.test}"`);
    return reason(result);
  } finally {
    for (const [path, text] of before) writeFileSync(path, text);
  }
}

function main(names: readonly string[]): number {
  const patches = readPatches(names);
  mkdirSync('out/test', { recursive: true });
  makeTree();
  const problems = [...checkBaseline(patches)];
  const rows: string[] = [];
  for (const patch of problems.length > 0 ? [] : patches) {
    try {
      const row = `${patch.name.padEnd(28)} ${patch.file.replace('kernel/', '').padEnd(26)} ${tryBug(patch)}`;
      process.stdout.write(`${row}\n`);
      rows.push(row);
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
  }
  for (const problem of problems) process.stderr.write(`test-the-tests: ${problem}\n`);
  const summary = `${rows.length} of ${patches.length} planted bugs found`;
  writeFileSync('out/test/planted.txt', `${[...rows, summary].join('\n')}\n`);
  process.stdout.write(`${summary}\n`);
  return problems.length > 0 || rows.length !== patches.length ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
