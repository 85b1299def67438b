/** A copy of the project in a folder of its own, without what was built. */
import { cpSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { mkdirSync } from 'node:fs';
import { projectFiles } from '../../tools/house/problem.ts';
import { run, type BootResult } from './boot.ts';

/** The copy shares the installed packages of this one. */
export function copyProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'harmony-copy-'));
  for (const file of projectFiles()) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    cpSync(file, join(folder, file), { preserveTimestamps: true });
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Runs make without what a make around this test told it. Limit in seconds; `input` is what is typed. */
export function make(
  folder: string,
  args: readonly string[],
  { limit = 300, input = '' }: { readonly limit?: number; readonly input?: string } = {},
): Promise<BootResult> {
  const clean = ['-u', 'MAKEFLAGS', '-u', 'MAKELEVEL', '-u', 'MFLAGS'];
  return run('env', [...clean, 'make', '-C', folder, ...args], limit, input);
}
