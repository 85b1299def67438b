/**
 * Writes what is generated from `kernel-src/abi`: the stubs and names of the
 * user library, the header for components in C, and the reference manual. With `--check` it writes nothing and
 * fails if a file is not what the sources say. Either way it first checks that
 * the sources agree with each other and with the kernel's dispatch table.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { header } from './abi/c-header.ts';
import { errorManual, manual } from './abi/manual.ts';
import { readModel } from './abi/model.ts';
import { names, stubs } from './abi/user-library.ts';

const check = process.argv.includes('--check');
const model = readModel();
const problems = [...model.problems];
const outputs: readonly (readonly [string, string])[] = [
  ['user/lib/generated/operations.ts', stubs(model)],
  ['user/lib/generated/names.ts', names(model)],
  ['user/lib/generated/harmony.h', header(model)],
  ['docs/abi.md', manual(model)],
  ['docs/errors.md', errorManual(model)],
];
for (const [file, text] of outputs) {
  const content = file.endsWith('.h') ? text : await format(text, { ...(await resolveConfig(file)), filepath: file });
  const found = existsSync(file) ? readFileSync(file, 'utf8') : null;
  if (found === content) continue;
  if (check) {
    problems.push(`${file}: ${found === null ? 'is missing' : 'is stale'}; run \`make docs\` and commit the file`);
  } else if (problems.length === 0) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    process.stdout.write(`wrote ${file}\n`);
  }
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
