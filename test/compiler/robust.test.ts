/** The compiler survives whatever it is given: diagnostics, never a crash, never a hang. */
import test from 'ava';
import { readFileSync, readdirSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ROOT } from './worlds/build.ts';
import { mutated, randomFrom } from './worlds/mutate.ts';
import type { Outcome } from './worlds/survivor.ts';

const MUTANTS = 300;
/** In milliseconds; a mutant takes about 50. */
const LIMIT = 20_000;
const SEED = Number(process.env['HARMONY_SEED'] ?? 20261123);

function sourcesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((item) => {
    const path = join(folder, item.name);
    return item.isDirectory() ? sourcesBelow(path) : item.name.endsWith('.ts') ? [path] : [];
  });
}
const folders = ['kernel-src', 'test/compiler/accept', 'test/compiler/golden'];
const sources = new Map(
  folders
    .flatMap((folder) => sourcesBelow(join(ROOT, folder)))
    .sort()
    .map((path) => [relative(ROOT, path).split('\\').join('/'), readFileSync(path, 'utf8')]),
);

/** A source and all that it imports, directly or not. */
function programOf(path: string): Map<string, string> {
  const files = new Map<string, string>();
  const queue = [path];
  for (const next of queue) {
    const text = sources.get(next);
    if (text === undefined || files.has(next)) continue;
    files.set(next, text);
    for (const [, from = ''] of text.matchAll(/from '(\..*?)'/g)) queue.push(posix.join(posix.dirname(next), from));
  }
  return files;
}

/** Compiles programs one after the other in a thread that can be stopped. */
class Survivor {
  #worker = this.#start();

  #start(): Worker {
    return new Worker(new URL('worlds/survivor.js', import.meta.url));
  }
  async compile(files: ReadonlyMap<string, string>): Promise<Outcome> {
    const worker = this.#worker;
    const outcome = await new Promise<Outcome>((resolve) => {
      const stop = setTimeout(() => resolve({ kind: 'crashed', details: [`no answer within ${LIMIT} ms`] }), LIMIT);
      const finish = (found: Outcome): void => {
        clearTimeout(stop);
        resolve(found);
      };
      worker.once('message', finish);
      worker.once('error', (error) => finish({ kind: 'crashed', details: [String(error)] }));
      worker.postMessage(files);
    });
    worker.removeAllListeners('error');
    if (outcome.kind === 'crashed') {
      await worker.terminate();
      this.#worker = this.#start();
    }
    return outcome;
  }
  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

test('it survives mutated sources', async (t) => {
  t.timeout(300_000);
  t.log(`seed ${SEED} (HARMONY_SEED=${SEED} repeats it)`);
  const random = randomFrom(SEED);
  const survivor = new Survivor();
  t.teardown(() => survivor.end());
  const paths = [...sources.keys()];
  const count = { compiled: 0, refused: 0, crashed: 0 };
  const codes = new Set<string>();
  const crashes: string[] = [];
  for (let number = 0; number < MUTANTS; number++) {
    const path = paths[random() % paths.length] ?? '';
    const files = programOf(path);
    const text = mutated(files.get(path) ?? '', random);
    const outcome = await survivor.compile(files.set(path, text));
    count[outcome.kind] += 1;
    if (outcome.kind === 'refused') outcome.details.forEach((code) => codes.add(code));
    if (outcome.kind === 'crashed') crashes.push(`mutant ${number} of ${path}: ${outcome.details.join(' ')}\n${text}`);
  }
  t.log(`${count.compiled} compiled, ${count.refused} refused with ${codes.size} different codes`);
  t.deepEqual(crashes, []);
  t.true(count.compiled >= MUTANTS / 20 && count.refused >= MUTANTS / 2 && codes.size >= 15, 'the mutants differ');
});

function body(statements: string): string {
  return `export function f(x: u32): u32 {\n${statements}\n  return x;\n}\n`;
}
function nested(open: string, inner: string, close: string, depth: number): string {
  return open.repeat(depth) + inner + close.repeat(depth);
}

/** Programs of one file, and whether they are fine. */
const SHAPES: readonly (readonly [string, 'compiled' | 'refused', string])[] = [
  ['an empty module', 'compiled', ''],
  ['a comment only', 'compiled', '/** Nothing. */'],
  ['an unfinished comment', 'refused', '/** Nothing.'],
  ['a byte order mark', 'compiled', `\uFEFF${body('')}`],
  ['carriage returns', 'compiled', body('  const y: u32 = x;\n  x = y;').replace(/\n/g, '\r\n')],
  ['carriage returns alone', 'compiled', body('  x = 1;').replace(/\n/g, '\r')],
  ['a shebang', 'compiled', `#!/usr/bin/env harmonyc\n${body('')}`],
  ['zero bytes', 'refused', '\0'.repeat(1000)],
  ['lone surrogates in a text', 'compiled', "export const WORDS: Text = '\\uD800 \uD800';"],
  ['a sum of 10,000 terms', 'refused', body(`  x = ${'x + '.repeat(10_000)}x;`)],
  ['a sum of 10,000 literals', 'refused', `export const SUM: u32 = ${'1 + '.repeat(10_000)}1;`],
  ['a sum of 300 terms', 'compiled', body(`  x = ${'x + '.repeat(300)}x;`)],
  ['300 conditions joined', 'compiled', body(`  if (${'x === 1 || '.repeat(300)}x === 2) x = 1;`)],
  ['2,000 parentheses', 'refused', body(`  x = ${nested('(', 'x', ')', 2000)};`)],
  ['100,000 parentheses', 'refused', body(`  x = ${nested('(', 'x', ')', 100_000)};`)],
  ['100,000 open parentheses', 'refused', '('.repeat(100_000)],
  ['100 parentheses', 'compiled', body(`  x = ${nested('(', 'x', ')', 100)};`)],
  ['2,000 blocks', 'refused', body(nested('{', 'x = 1;', '}', 2000))],
  ['150 blocks', 'compiled', body(nested('{', 'x = 1;', '}', 150))],
  ['2,000 branches inside each other', 'refused', body(nested('if (x === 1) {', 'x = 1;', '}', 2000))],
  ['3,000 branches after each other', 'refused', body(`${'if (x === 1) x = 2; else '.repeat(3000)}x = 3;`)],
  ['3,000 calls inside each other', 'refused', `${body('')}export const X: u32 = ${nested('f(', '1', ')', 3000)};`],
  [
    '100 calls inside each other',
    'compiled',
    `${body('')}export function g(): u32 { return ${nested('f(', '1', ')', 100)}; }`,
  ],
  ['3,000 types inside each other', 'refused', `export type T = ${nested('(', 'u32', ')', 3000)};`],
  [
    '3,000 type arguments inside each other',
    'refused',
    `export type T = ${nested('Distinct<', 'u64', ", 'T'>", 3000)};`,
  ],
  ['3,000 loops inside each other', 'refused', body(nested('for (const i of range(2)) {', 'x = 1;', '}', 3000))],
  ['3,000 minus signs', 'refused', `export const X: i32 = ${'- '.repeat(3000)}1;`],
  ['3,000 conditionals', 'refused', body(`  x = ${'x === 1 ? 2 : '.repeat(3000)}3;`)],
  [
    '100 conditionals on the left',
    'compiled',
    body(`  x = ${nested('(', 'x === 1', ' ? true : false)', 90)} ? 1 : 2;`),
  ],
  ['3,000 members', 'refused', body(`  x = x${'.x'.repeat(3000)};`)],
  ['300 lengths', 'refused', body(`  x = x${'.length'.repeat(300)};`)],
  ['3,000 indexes', 'refused', body(`  x = x${'[0]'.repeat(3000)};`)],
  [
    '3,000 arrays inside each other',
    'refused',
    `export class C { readonly a = ${nested('array(', 'u8', ', 1)', 3000)}; }`,
  ],
  [
    '40 arrays of two inside each other',
    'refused',
    `export class C { readonly a = ${nested('array(', 'u8', ', 2)', 40)}; }`,
  ],
  [
    '20 arrays of two inside each other',
    'compiled',
    `export class C { readonly a = ${nested('array(', 'u8', ', 2)', 20)}; }`,
  ],
  ['3,000 functions inside each other', 'refused', nested('function f(): void {', '', '}', 3000)],
  ['a table of 20,000 elements', 'compiled', `export const T: readonly u32[] = [${'1,'.repeat(20_000)}];`],
  ['a text of a million bytes', 'compiled', `export const T: Text = '${'a'.repeat(1_000_000)}';`],
  ['a name of 10,000 letters', 'compiled', `export const ${'a'.repeat(10_000)}: u32 = 1;`],
  ['a literal of 10,000 digits', 'refused', `export const A: u64 = ${'9'.repeat(10_000)}n;`],
  ['a shift of a literal by a lot', 'refused', 'export const A: u64 = 1n << 0xffffffffffffn;'],
  ['2,000 functions that call each other', 'compiled', chainOfFunctions(2000, '1')],
  ['a circle of 2,000 functions', 'refused', chainOfFunctions(2000, 'f0()')],
  ['a class that embeds classes 1,000 deep', 'compiled', chainOfClasses(1000)],
  ['1,000 constants, each from the next', 'compiled', chainOfConstants(1000)],
  ['100,000 statements', 'compiled', body('x = 1;'.repeat(100_000))],
  [
    '1,000 cases',
    'compiled',
    body(`switch (x) {${Array.from({ length: 1000 }, (_, i) => `case ${i}: x = 1; break;`).join('')}}`),
  ],
  ['names of members of every object', 'compiled', objectNames()],
  ['a file that imports itself', 'refused', "import { a } from './main.ts';\nexport const a: u32 = 1;"],
];

/** `f0` calls `f1`, and so on; the last one calls `end`. */
function chainOfFunctions(count: number, end: string): string {
  const next = (i: number): string => (i + 1 === count ? end : `f${i + 1}()`);
  return Array.from({ length: count }, (_, i) => `function f${i}(): u32 { return ${next(i)}; }\n`).join('');
}
function chainOfClasses(count: number): string {
  const last = `class C${count} { value: u32 = 0; }\n`;
  return last + Array.from({ length: count }, (_, i) => `class C${i} { readonly c = new C${i + 1}(); }\n`).join('');
}
function chainOfConstants(count: number): string {
  const all = Array.from({ length: count }, (_, i) => `const C${i}: u32 = C${i + 1};\n`).join('');
  return `${all}const C${count}: u32 = 1;\n`;
}
function objectNames(): string {
  const names = ['toString', 'hasOwnProperty', 'valueOf', '__magic__', '_Upper', 'prototype', 'length', 'name'];
  const fields = names.map((name) => `  ${name}: u32 = 0;`).join('\n');
  const members = names.map((name) => `readonly ${name}: u32`).join('; ');
  const values = names.map((name) => `${name}: 1`).join(', ');
  const locals = ['constructor', '__proto__', ...names].map((name) => `const ${name}: u32 = x;`).join('\n');
  return `class Box {\n${fields}\n}\ninterface Value { ${members} }\nexport const box = new Box();
const VALUES: readonly Value[] = [{ ${values} }];
const __private: u32 = 1;
export const __shown: u32 = __private;
export class __Box { value: u32 = 0; }
function __call(): u32 { return __shown; }
export function __exported(): u32 { return __call(); }
${body(`${locals}\nbox.__magic__ = constructor + VALUES[0].__magic__ + __proto__ + VALUES[0].hasOwnProperty + toString;`)}`;
}

test('it survives odd shapes', async (t) => {
  const mistakes: string[] = [];
  t.timeout(120_000);
  const survivor = new Survivor();
  t.teardown(() => survivor.end());
  for (const [name, kind, text] of SHAPES) {
    const started = performance.now();
    const outcome = await survivor.compile(new Map([['main.ts', text]]));
    const details = outcome.kind === 'compiled' ? '' : outcome.details.join(' ').slice(0, 1000);
    if (outcome.kind !== kind) mistakes.push(`${name}: ${outcome.kind} ${details}`);
    t.log(`${name}: ${outcome.kind} ${details.slice(0, 60)} in ${Math.round(performance.now() - started)} ms`);
  }
  t.deepEqual(mistakes, []);
});
