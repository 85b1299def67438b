/** Checks what the house asks of files: limits, words, places of C and assembly, and what the documents name. */
import { existsSync, readFileSync } from 'node:fs';
import { checkPaths, checkTargets, makeTargets } from './house/documents.ts';
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

const problems = projectFiles().flatMap(checkFile);
for (const { file, line, text } of problems) process.stderr.write(`${file}:${line}: ${text}\n`);
if (problems.length > 0) process.stderr.write(`check-house: ${problems.length} problems\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
