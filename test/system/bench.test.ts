/** The benches, run twice: the same counts to the last instruction, and none worse than the committed baseline. */
import test from 'ava';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { compareRows, joinRows, parseRows, readBaseline, readPlan } from '../../tools/bench/rows.ts';

const FOLDER = 'out/bench';

function run(): string {
  const archives = readdirSync(FOLDER).filter((name) => name.endsWith('.cpio'));
  const output = archives.sort().map((name) => {
    const options = ['--icount', '--timeout', '120', 'out/kernel/harmony.elf', join(FOLDER, name)];
    const { status, stdout } = spawnSync('./qemu.sh', options, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${name} ended with ${status}, expected 0:\n${stdout}`);
    return stdout;
  });
  return output.join('\n');
}

test('two runs count the same, and no row is more than 2 % worse than the baseline', (t) => {
  t.timeout(300_000);
  const measured = parseRows(run());
  t.true(measured.size > 0);
  t.deepEqual(parseRows(run()), measured);
  const rows = joinRows(readPlan('bench/rows.json'), measured);
  const { changes, worse } = compareRows(rows, readBaseline('bench/baseline.json'));
  for (const change of changes) t.log(`changed: ${change}`);
  t.deepEqual(worse, []);
});
