/**
 * Counts the instructions of each operation: boots every bench component under an instruction-exact emulator, prints
 * the table beside seL4's figures, writes bench/results.json, and says what changed against
 * bench/baseline.json. Exit code 1 when a row is worse by more than 2 %, or could not be measured.
 * `--accept` writes the baseline, and the chart docs/performance.svg, instead of comparing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chartOf } from './bench/chart.ts';
import {
  compareRows,
  joinRows,
  parseRows,
  readBaseline,
  readPlan,
  resultsOf,
  tableOf,
  type Row,
} from './bench/rows.ts';

const KERNEL = 'out/kernel/harmony.elf';
const ARCHIVES = 'out/bench';
const BASELINE = 'bench/baseline.json';

/** What one bench component prints. */
function boot(archive: string): string {
  const options = ['--icount', '--timeout', '120', KERNEL, archive];
  const { status, stdout, stderr } = spawnSync('./qemu.sh', options, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${archive} ended with ${status}, expected 0:\n${stdout}${stderr}`);
  return stdout;
}

/** Every row, measured anew. */
function measure(): readonly Row[] {
  const archives = existsSync(ARCHIVES) ? readdirSync(ARCHIVES).filter((name) => name.endsWith('.cpio')) : [];
  if (archives.length === 0) throw new Error(`${ARCHIVES} has no archive: run make bench-archives`);
  const output = archives.sort().map((name) => boot(join(ARCHIVES, name)));
  return joinRows(readPlan('bench/rows.json'), parseRows(output.join('\n')));
}

function main(accept: boolean): number {
  const rows = measure();
  process.stdout.write(tableOf(rows));
  writeFileSync('bench/results.json', resultsOf(rows));
  if (accept) {
    writeFileSync(BASELINE, resultsOf(rows));
    writeFileSync('docs/performance.svg', chartOf(rows));
    return 0;
  }
  const { changes, worse } = compareRows(rows, readBaseline(BASELINE));
  for (const change of changes) process.stdout.write(`  changed: ${change}\n`);
  for (const line of worse) process.stderr.write(`bench: more than 2 % worse: ${line}\n`);
  return worse.length === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.includes('--accept'));
