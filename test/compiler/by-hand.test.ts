/** What generated C costs beside the same algorithms in C that was written by hand, in retired instructions. */
import test from 'ava';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, build } from './worlds/build.ts';
import { C_FLAGS, RISCV_FLAGS, WORLDS, run, sourcesOf } from './worlds/native.ts';

const FOLDER = join(ROOT, 'test', 'compiler', 'by-hand');
const built = await build([FOLDER], 'by-hand');
/** Generated C may retire this many times the instructions. */
const LIMIT = 1.05;

interface Row {
  readonly name: string;
  readonly equal: boolean;
  readonly generated: number;
  readonly byHand: number;
}

/** Compiles both with the same flags and counts in the emulator, where one instruction is one tick. */
async function compare(): Promise<readonly Row[]> {
  const program = join(built.folder, 'compare.elf');
  const generated = sourcesOf(built).map((path) => join(built.folder, path));
  const folders = [join(ROOT, 'compiler', 'runtime'), join(ROOT, 'arch', 'riscv'), WORLDS, FOLDER, built.folder];
  const includes = [...folders, join(built.folder, 'c', 'test', 'compiler', 'by-hand')].flatMap((path) => ['-I', path]);
  const sources = [...generated, join(FOLDER, 'algorithms.c'), join(FOLDER, 'compare.c'), join(WORLDS, 'bare.c')];
  const machine = ['-T', join(WORLDS, 'bare.ld'), join(WORLDS, 'bare.S')];
  const flags = [...C_FLAGS, '-O2', ...RISCV_FLAGS, ...includes];
  const compiled = await run('riscv64-unknown-elf-gcc', [...flags, ...sources, ...machine, '-o', program], 120);
  if (compiled.code !== 0) throw new Error(compiled.errors);
  const { output } = await run(join(ROOT, 'qemu.sh'), ['--icount', '--timeout', '60', program, 'none'], 90);
  return [...output.matchAll(/^(\w+) (equal|different) (\d+) (\d+)\r?$/gm)].map(
    ([, name, same, generated, byHand]) => ({
      name: name ?? '',
      equal: same === 'equal',
      generated: Number(generated),
      byHand: Number(byHand),
    }),
  );
}

test(`generated C retires at most ${LIMIT} times the instructions of C written by hand`, async (t) => {
  const rows = await compare();
  t.is(rows.length, 8);
  for (const { name, equal, generated, byHand } of rows) {
    const times = generated / byHand;
    t.log(`${name.padEnd(18)}${String(generated).padStart(8)}${String(byHand).padStart(8)}  ${times.toFixed(3)}`);
    t.true(equal, `${name}: both give the same result`);
    t.true(times <= LIMIT, `${name}: ${times.toFixed(3)}`);
  }
});

test('every index of these algorithms is proven', (t) => {
  const text = sourcesOf(built)
    .map((path) => readFileSync(join(built.folder, path), 'utf8'))
    .join('\n');
  t.regex(text, /\[index\]/);
  t.notRegex(text, /checkedIndex/);
});
