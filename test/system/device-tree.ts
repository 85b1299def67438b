/** Device trees of the emulator, as text, edited and compiled by dtc. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

function dtc(args: readonly string[]): void {
  const { status, stderr } = spawnSync('dtc', ['-q', ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`dtc ${args.join(' ')} failed: ${stderr}`);
}

/** The tree of the emulator's machine with one hart and 128 MiB, as source text. `folder` gets working files. */
export function machineTree(folder: string): string {
  const blob = join(folder, 'machine.dtb');
  const { status, stderr } = spawnSync('./qemu.sh', ['--dumpdtb', blob], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`qemu.sh --dumpdtb failed: ${stderr}`);
  dtc(['-I', 'dtb', '-O', 'dts', '-o', join(folder, 'machine.dts'), blob]);
  return readFileSync(join(folder, 'machine.dts'), 'utf8');
}

/** Compiles source text; the answer is the file. */
export function compileTree(folder: string, source: string): string {
  const file = join(folder, 'edited.dtb');
  writeFileSync(join(folder, 'edited.dts'), source);
  dtc(['-I', 'dts', '-O', 'dtb', '-o', file, join(folder, 'edited.dts')]);
  return file;
}

/** Takes a node away with everything in it. */
export function withoutNode(source: string, name: string): string {
  const start = source.search(new RegExp(`^\\s*${name} \\{`, 'm'));
  if (start < 0) throw new Error(`the tree has no node ${name}`);
  let depth = 0;
  for (let end = source.indexOf('{', start); end < source.length; end++) {
    if (source[end] === '{') depth++;
    if (source[end] === '}') depth--;
    if (depth === 0) return source.slice(0, start) + source.slice(end + 2);
  }
  throw new Error(`the node ${name} does not end`);
}

/** Takes every property of a name away. */
export function withoutProperty(source: string, name: string): string {
  const pattern = new RegExp(`^\\s*${name}( = [^;]*)?;\\n`, 'gm');
  if (!pattern.test(source)) throw new Error(`the tree has no property ${name}`);
  return source.replace(pattern, '');
}

/** Adds properties to the node /chosen. */
export function withChosen(source: string, properties: string): string {
  return source.replace(/(\bchosen \{\n)/, `$1${properties}\n`);
}
