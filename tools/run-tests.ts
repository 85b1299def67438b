/**
 * Runs AVA and forwards its TAP; at the end one line `N passed, N failed` with the counts taken from that TAP, and
 * out/test/ gets results.tap, junit.xml and summary.txt. Usage: run-tests [compiler | kernel | system | house]...
 */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { count, junit, parseTap } from './test-report.ts';

const GROUPS: readonly string[] = ['compiler', 'kernel', 'system', 'house'];
const AVA = 'node_modules/ava/entrypoints/cli.mjs';

interface Run {
  readonly lines: readonly string[];
  readonly exitCode: number;
}

function runAva(patterns: readonly string[]): Promise<Run> {
  const child = spawn(process.execPath, [AVA, '--tap', ...patterns], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => {
    lines.push(line);
    process.stdout.write(line + '\n');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ lines, exitCode: code ?? 1 }));
  });
}

async function main(groups: readonly string[]): Promise<number> {
  const unknown = groups.filter((group) => !GROUPS.includes(group));
  if (unknown.length > 0) {
    process.stderr.write(`run-tests: no group '${unknown.join("', '")}': the groups are ${GROUPS.join(', ')}\n`);
    return 2;
  }
  const { lines, exitCode } = await runAva(groups.map((group) => `out/node/test/${group}/**/*.test.js`));
  const results = parseTap(lines);
  mkdirSync('out/test', { recursive: true });
  writeFileSync('out/test/results.tap', lines.join('\n') + '\n');
  writeFileSync('out/test/junit.xml', junit(results));
  const { passed, failed, skipped } = count(results);
  if (skipped > 0) process.stdout.write(`${skipped} skipped\n`);
  const summary = `${passed} passed, ${failed} failed\n`;
  writeFileSync('out/test/summary.txt', summary);
  process.stdout.write(summary);
  if (passed + failed === 0) process.stderr.write('run-tests: no test ran: that is a failure\n');
  return exitCode !== 0 || failed > 0 || passed === 0 ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
