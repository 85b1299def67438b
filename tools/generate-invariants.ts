/**
 * Writes `docs/invariants.md`: each invariant of the kernel, the file that states it, and the tests that carry its number.
 * With `--check` it writes nothing and fails if the page is not what the sources say. Either way it fails if an invariant
 * is stated twice or has no test.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { invariantManual, invariantProblems, statedInvariants, testsOf } from './house/invariants.ts';
import { projectFiles } from './house/problem.ts';

const PAGE = 'docs/invariants.md';
const check = process.argv.includes('--check');
const files = projectFiles();
const invariants = files
  .filter((file) => file.startsWith('kernel-src/') && file.endsWith('.ts'))
  .flatMap((file) => statedInvariants(file, readFileSync(file, 'utf8')));
const tests = files
  .filter((file) => /^test\/(kernel|system)\/.*\.test\.ts$/.test(file))
  .flatMap((file) => testsOf(file, readFileSync(file, 'utf8')));
const problems = [...invariantProblems(invariants, tests)];
if (invariants.length === 0)
  problems.push('kernel-src states no invariant ("INV1: …" in the comment at the top of a file)');

const text = await format(invariantManual(invariants, tests), { ...(await resolveConfig(PAGE)), filepath: PAGE });
const found = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : null;
if (check && found !== text) {
  problems.push(`${PAGE}: ${found === null ? 'is missing' : 'is stale'}; run \`make docs\` and commit the file`);
} else if (found !== text) {
  writeFileSync(PAGE, text);
  process.stdout.write(`wrote ${PAGE}\n`);
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
