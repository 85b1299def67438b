/** Checks what the house asks: limits, words, places of C and assembly, floors of the compiler, names in documents. */
import { existsSync, readFileSync } from 'node:fs';
import { checkPaths, checkTargets, makeTargets } from './house/documents.ts';
import { checkFloors } from './house/floors.ts';
import { checkLimits, isLimited } from './house/limits.ts';
import { projectFiles, type Problem } from './house/problem.ts';
import { checkPlace, checkWords } from './house/words.ts';

const targets = makeTargets(readFileSync('Makefile', 'utf8'));

function checkFile(file: string): readonly Problem[] {
  const text = readFileSync(file, 'utf8');
  const problems = [...checkPlace(file), ...checkWords(file, text)];
  if (isLimited(file)) problems.push(...checkLimits(file, text));
  if (file.endsWith('.md')) problems.push(...checkPaths(file, text, existsSync), ...checkTargets(file, text, targets));
  return problems;
}

const files = projectFiles();
const compiler = files.filter((file) => /^compiler\/.*\.ts$/.test(file) && !file.endsWith('.d.ts'));
const problems = [
  ...files.flatMap(checkFile),
  ...checkFloors(new Map(compiler.map((file) => [file, readFileSync(file, 'utf8')]))),
];
for (const { file, line, text } of problems) process.stderr.write(`${file}:${line}: ${text}\n`);
if (problems.length > 0) process.stderr.write(`check-house: ${problems.length} problems\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
