/**
 * Plants each bug of test/planted/ in a copy of the kernel and runs the test that must find it. A patch that does not
 * fit, a test that does not fail, or one that fails without the bug, is an error. As many bugs at a time as there are
 * processors, or as the variable HARMONY_JOBS says.
 * Usage: test-the-tests [NAME]... (the name of a patch, without its ending).
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { applyPlanted, parsePlanted, type PlantedBug } from './planted/patch.ts';
import { parseTap, type TestResult } from './test-report.ts';

const PATCHES = 'test/planted';
/** Copies of what compiling the kernel and running its tests needs. */
const TREES = 'out/test/planted';
const COPIED: readonly string[] = ['package.json', 'harmony.json', 'compiler', 'kernel-src', 'user', 'bench', 'test'];
const AVA = resolve('node_modules/ava/entrypoints/cli.mjs');
const HARMONYC = resolve('bin/harmonyc');
/** Longest time of one test, in milliseconds. */
const TIMEOUT = 600_000;

interface Planted extends PlantedBug {
  readonly name: string;
}

interface Ended {
  readonly good: boolean;
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

/** Runs a script of Node in a tree. */
async function node(tree: string, ...words: readonly string[]): Promise<Ended> {
  const options = { cwd: tree, encoding: 'utf8', timeout: TIMEOUT, maxBuffer: 1 << 28 } as const;
  return new Promise((done) => {
    execFile(process.execPath, words, options, (error, stdout, stderr) => {
      done({ good: error === null, output: `${stdout}${stderr}` });
    });
  });
}

/** A new copy of the sources and of the compiled tests, with the kernel built in it. Answers what went wrong, or nothing. */
async function makeTree(tree: string): Promise<string> {
  for (const path of COPIED) cpSync(path, join(tree, path), { recursive: true });
  for (const path of ['compiler', 'test/kernel', 'tools']) {
    cpSync(join('out/node', path), join(tree, 'out/node', path), { recursive: true });
  }
  return compile(tree);
}

/** The kernel as JavaScript, from the sources in a tree. Answers what went wrong, or nothing. */
async function compile(tree: string): Promise<string> {
  const options = ['build', 'kernel-src', '--out', 'out/kernel', '--no-typescript', '--emit', 'js,yielding'];
  const { good, output } = await node(tree, HARMONYC, ...options);
  return good ? '' : `the kernel does not compile:\n${output}`;
}

/** Runs tests of one file in a tree. */
async function run(tree: string, file: string, titles: readonly string[]): Promise<[readonly TestResult[], string]> {
  const matches = titles.flatMap((title) => ['--match', title]);
  const { output } = await node(tree, AVA, '--tap', ...matches, `out/node/test/${file}.test.js`);
  return [parseTap(output.split('\n')), output];
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

/** Runs the tests of one file without a bug; throws if one of them does not pass. */
async function tryBaseline(tree: string, file: string, titles: readonly string[]): Promise<void> {
  const [results, output] = await run(tree, file, titles);
  for (const title of titles) {
    const result = results.find((candidate) => candidate.title === title);
    if (result?.outcome === 'passed') continue;
    const what =
      result === undefined ? `there is no such test\n${output}` : `it fails without a bug\n${reason(result)}`;
    throw new Error(`test/${file}.test.ts: "${title}": ${what}`);
  }
}

/** Plants one bug. Answers how the test found it; throws if it does not. */
async function tryBug(tree: string, patch: Planted): Promise<string> {
  const read = (file: string): string => readFileSync(file, 'utf8');
  const changed = applyPlanted(`${patch.name}.patch`, patch, read);
  for (const [file, text] of changed) writeFileSync(join(tree, file), text);
  try {
    const failure = await compile(tree);
    if (failure !== '') throw new Error(`${patch.name}: ${failure}`);
    const [results, output] = await run(tree, patch.file, [patch.test]);
    const result = results.find(({ title }) => title === patch.test);
    if (result === undefined) throw new Error(`${patch.name}: the test did not run:\n${output.slice(0, 2000)}`);
    if (result.outcome !== 'failed') throw new Error(`${patch.name}: NOT FOUND by "${patch.test}"`);
    return `${patch.name.padEnd(28)} ${patch.file.replace('kernel/', '').padEnd(30)} ${reason(result)}`;
  } finally {
    for (const file of changed.keys()) writeFileSync(join(tree, file), read(file));
  }
}

/** Something to do in any tree. Answers a line for people, or nothing. */
type Task = (tree: string) => Promise<string>;

/** Does tasks, one in each tree at a time. Answers what went wrong. */
async function doTasks(trees: readonly string[], tasks: readonly Task[], rows: string[]): Promise<readonly string[]> {
  const problems: string[] = [];
  const queue = [...tasks];
  const work = async (tree: string): Promise<void> => {
    for (let task = queue.shift(); task !== undefined; task = queue.shift()) {
      try {
        const row = await task(tree);
        if (row === '') continue;
        process.stdout.write(`${row}\n`);
        rows.push(row);
      } catch (error) {
        problems.push(error instanceof Error ? error.message : String(error));
      }
    }
  };
  await Promise.all(trees.map(work));
  return problems;
}

function baselineTasks(patches: readonly Planted[]): readonly Task[] {
  const files = new Map<string, Set<string>>();
  for (const { file, test } of patches) files.set(file, (files.get(file) ?? new Set()).add(test));
  return [...files].map(([file, titles]) => async (tree) => {
    await tryBaseline(tree, file, [...titles]);
    return '';
  });
}

async function main(names: readonly string[]): Promise<number> {
  const began = Date.now();
  const patches = readPatches(names);
  const jobs = Math.min(Number(process.env['HARMONY_JOBS'] ?? cpus().length), patches.length);
  rmSync(TREES, { recursive: true, force: true });
  const trees = Array.from({ length: jobs }, (_, index) => resolve(TREES, String(index)));
  for (const tree of trees) mkdirSync(tree, { recursive: true });
  const built = await Promise.all(trees.map(makeTree));
  const rows: string[] = [];
  const problems = built.filter((failure) => failure !== '');
  if (problems.length === 0) problems.push(...(await doTasks(trees, baselineTasks(patches), rows)));
  if (problems.length === 0) {
    const tasks = patches.map(
      (patch): Task =>
        async (tree) =>
          tryBug(tree, patch),
    );
    problems.push(...(await doTasks(trees, tasks, rows)));
  }
  for (const problem of problems) process.stderr.write(`test-the-tests: ${problem}\n`);
  const seconds = Math.round((Date.now() - began) / 1000);
  const summary = `${rows.length} of ${patches.length} planted bugs found`;
  writeFileSync('out/test/planted.txt', `${[...rows.sort(), summary].join('\n')}\n`);
  process.stdout.write(`${summary}, in ${seconds} s, ${jobs} at a time\n`);
  return problems.length > 0 ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
