import test from 'ava';
import fc from 'fast-check';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, build, type Built } from './worlds/build.ts';
import { runJavaScript } from './worlds/javascript.ts';
import { runHostC } from './worlds/native.ts';
import { randomProgram } from './worlds/random-program.ts';

/** HARMONY_SEED and HARMONY_PROGRAMS choose other programs, and more of them. */
const SEED = Number(process.env['HARMONY_SEED'] ?? 20261123);
const PROGRAMS = Number(process.env['HARMONY_PROGRAMS'] ?? 100);

const SOURCES = join(ROOT, 'out', 'test', 'random-sources');

function writeSources(): void {
  rmSync(SOURCES, { recursive: true, force: true });
  mkdirSync(SOURCES, { recursive: true });
  writeFileSync(join(SOURCES, 'harmony.json'), '{}\n');
  const choices = fc.noBias(fc.array(fc.nat(9999), { minLength: 400, maxLength: 1500, size: 'max' }));
  for (const [index, list] of fc.sample(choices, { seed: SEED, numRuns: PROGRAMS }).entries()) {
    writeFileSync(join(SOURCES, `program${index}.ts`), randomProgram(list, index));
  }
}

/** The calls whose outcomes differ. */
function differences(
  built: Built,
  name: string,
  found: readonly string[],
  plain: readonly string[],
): readonly string[] {
  return built.calls.flatMap((call, index) => {
    if (found[index] === plain[index]) return [];
    return [`${call.place}: ${call.text}: ${name} gives ${found[index]}, plain JavaScript ${plain[index]}`];
  });
}

test('random programs do the same as plain JavaScript, as yielding JavaScript and as C under UBSan', async (t) => {
  t.log(`seed ${SEED} (HARMONY_SEED=${SEED} repeats it), ${PROGRAMS} programs, sources in out/test/random-sources`);
  writeSources();
  const built = await build([SOURCES], 'random');
  const plain = await runJavaScript(built, 'plain');
  const yielding = await runJavaScript(built, 'yielding');
  // gcc 12 takes some u32 that were narrow signed integers, and say so by a cast, for signed ones: a false alarm.
  const native = await runHostC(built, ['-Wno-sign-conversion']);
  t.is(built.modules.length, PROGRAMS);
  t.is(built.calls.length, PROGRAMS * 8);
  t.deepEqual(differences(built, 'yielding JavaScript', yielding, plain), []);
  t.deepEqual(differences(built, 'C', native, plain), []);
  const traps = plain.filter((outcome) => outcome.startsWith('traps')).length;
  const distinct = new Set(plain).size;
  t.log(`${plain.length} calls: ${traps} trap, ${distinct} outcomes differ from each other`);
  // Programs that all trap, or all do the same, would show nothing.
  t.true(traps > 0 && traps < plain.length / 4 && distinct > plain.length / 4);
});
