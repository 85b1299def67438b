/**
 * Proves how many instructions the kernel can retire at most, from each way in until user mode or sleep: reads the
 * machine code of the release build and the bounds of loops that harmonyc has proven, prints a table, and writes
 * out/kernel/bounds.json and the table of docs/performance.md. Exit code 1 when a way may take more than the limit,
 * or when the machine code has something that cannot be followed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { proveKernel } from './bounds/kernel.ts';
import { boundsOf, boundsPage, boundsProblems, boundsTable } from './bounds/report.ts';

const PAGE = 'docs/performance.md';

function main(): number {
  const proven = proveKernel('out/kernel/harmony.elf');
  process.stdout.write(boundsTable(proven));
  writeFileSync('out/kernel/bounds.json', boundsOf(proven));
  writeFileSync(PAGE, boundsPage(readFileSync(PAGE, 'utf8'), proven));
  const problems = boundsProblems(proven);
  for (const problem of problems) process.stderr.write(`bounds: ${problem}\n`);
  return problems.length === 0 ? 0 : 1;
}

try {
  process.exitCode = main();
} catch (error) {
  process.stderr.write(`bounds: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
