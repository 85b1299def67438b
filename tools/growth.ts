/**
 * Counts what an operation costs with more and more of everything: boots the component of `bench/growth` with 1 GiB
 * under an instruction-exact emulator, and writes bench/growth.json, docs/growth.svg and the tables of docs/growth.md.
 * Exit code 1 when something grows that should not.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { growthChart, growthOf, growthPage, growthProblems, parseGrowth } from './bench/growth.ts';

const PAGE = 'docs/growth.md';

function main(): number {
  const options = ['--icount', '--memory', '1G', '--timeout', '300', 'out/kernel/harmony.elf', 'out/growth.cpio'];
  const { status, stdout } = spawnSync('./qemu.sh', options, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`out/growth.cpio ended with ${status}, expected 0:\n${stdout}`);
  const series = parseGrowth(stdout);
  const problems = growthProblems(series, []);
  for (const problem of problems) process.stderr.write(`growth: ${problem}\n`);
  if (problems.length > 0) return 1;
  writeFileSync('bench/growth.json', growthOf(series));
  writeFileSync('docs/growth.svg', growthChart(series));
  writeFileSync(PAGE, growthPage(readFileSync(PAGE, 'utf8'), series));
  return 0;
}

process.exitCode = main();
