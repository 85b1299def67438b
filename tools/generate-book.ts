/**
 * Writes into the book the pieces of source that it shows: a block whose first
 * line names a source file and a declaration of it. With `--check` it writes
 * nothing, and fails if a block is not what the source says.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { blocks, replaceBlocks, type Block } from './book/blocks.ts';
import { sourceOf } from './book/sources.ts';
import { projectFiles } from './house/problem.ts';

const check = process.argv.includes('--check');
const problems: string[] = [];

function read(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

for (const file of projectFiles().filter((name) => name.endsWith('.md'))) {
  const text = readFileSync(file, 'utf8');
  const changes = new Map<Block, readonly string[]>();
  for (const block of blocks(text)) {
    const found = sourceOf(block.language, block.words, read);
    if (found === null) continue;
    if (typeof found === 'string') problems.push(`${file}:${block.line}: ${found}`);
    else if (found.join('\n') !== block.content.join('\n')) changes.set(block, found);
  }
  for (const block of check ? changes.keys() : [])
    problems.push(
      `${file}:${block.line}: shows ${block.words.join(' ')} as it was; run \`make docs\` and commit the file`,
    );
  if (!check && changes.size > 0) {
    writeFileSync(file, replaceBlocks(text, changes));
    process.stdout.write(`wrote ${file}\n`);
  }
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
