/**
 * Writes into the book what it shows of the built system: generated C, machine code, and the instructions that one system
 * call takes. With `--check` it writes nothing and fails if a block is not what was built; machine code and counts are
 * then compared only if gcc is the version that the book was written with. `make images` must have been run before.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { blocks, replaceBlocks, type Block } from './book/blocks.ts';
import { firstVisit, functionOfC, machineCode, pathTable, symbols } from './book/built.ts';
import { projectFiles } from './house/problem.ts';

const GCC = '12.2.0';
const TRACE = 'out/call-trace.log';
const OPTIONS = { encoding: 'utf8', maxBuffer: 1 << 28 } as const;

const check = process.argv.includes('--check');
const sameGcc = execFileSync('riscv64-unknown-elf-gcc', ['-dumpversion'], OPTIONS).trim() === GCC;
const problems: string[] = [];

/** Boots an archive in QEMU and follows the first system call that goes through a function of the kernel. */
function path(image: string, archive: string, name: string): readonly string[] | null {
  const options = ['--timeout', '60', '--memory', '32M', image, archive];
  const log = ['-singlestep', '-d', 'exec,nochain', '-dfilter', '0xffffffc080200000+0x10000', '-D', TRACE];
  execFileSync('./qemu.sh', [...options, '--', ...log], { ...OPTIONS, stdio: ['ignore', 'pipe', 'ignore'] });
  const text = readFileSync(TRACE, 'utf8');
  rmSync(TRACE);
  const visit = firstVisit(text, symbols(execFileSync('riscv64-unknown-elf-nm', [image], OPTIONS)), name);
  return visit === null ? null : pathTable(visit);
}

/** What a block with this first line holds; null if it shows nothing that is built. */
function builtOf(block: Block): readonly string[] | string | null {
  const [file, name, archive] = block.words;
  if (file === undefined || name === undefined || !file.startsWith('out/')) return null;
  if (!existsSync(file)) return `shows ${file}, which does not exist: run \`make images\``;
  const missing = `shows ${name}, which ${file} does not have`;
  if (block.language === 'c') return functionOfC(readFileSync(file, 'utf8'), name) ?? missing;
  if (check && !sameGcc) return null;
  if (archive !== undefined) return path(file, archive, name) ?? missing;
  const listing = execFileSync('riscv64-unknown-elf-objdump', ['-d', '--no-show-raw-insn', file], OPTIONS);
  return machineCode(listing, name) ?? missing;
}

for (const file of projectFiles().filter((name) => name.endsWith('.md'))) {
  const text = readFileSync(file, 'utf8');
  const changes = new Map<Block, readonly string[]>();
  for (const block of blocks(text)) {
    const found = builtOf(block);
    if (found === null) continue;
    if (typeof found === 'string') problems.push(`${file}:${block.line}: ${found}`);
    else if (found.join('\n') !== block.content.join('\n')) changes.set(block, found);
  }
  for (const [block, found] of check ? changes : []) {
    problems.push(
      `${file}:${block.line}: shows ${block.words.join(' ')} as it was; run \`make book\` and commit the file`,
    );
    problems.push(...found.map((line) => `  | ${line}`));
  }
  if (!check && changes.size > 0) {
    writeFileSync(file, replaceBlocks(text, changes));
    process.stdout.write(`wrote ${file}\n`);
  }
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
