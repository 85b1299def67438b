/** TypeScript's own check, beside ours: the native tsc as a child process. What it reports stands with its TS code. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Diagnostic } from './diagnostics.ts';

const OPTIONS = {
  target: 'es2022',
  module: 'esnext',
  moduleResolution: 'bundler',
  allowImportingTsExtensions: true,
  noEmit: true,
  noLib: true,
  types: [],
  strict: true,
  isolatedModules: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  verbatimModuleSyntax: true,
};

/** The file `name` in `folder` or the nearest folder above that has it. */
function findAbove(folder: string, name: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, name))) return join(at, name);
    if (dirname(at) === at) throw new Error(`${name} was not found in ${folder} or above. Run \`npm ci\`.`);
  }
}
const HERE = dirname(fileURLToPath(import.meta.url));
/** The declarations that every subset source sees. */
export function libraryPath(): string {
  return findAbove(HERE, join('compiler', 'lib', 'harmony.d.ts'));
}

function outputOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (part: Buffer) => (text += part.toString('utf8')));
    child.stderr?.on('data', (part: Buffer) => (text += part.toString('utf8')));
    child.on('error', reject);
    child.on('close', () => resolve(text));
  });
}

const LINE = /^(.+)\((\d+),(\d+)\): error (TS\d+): (.*)$/;

function parse(output: string, root: string): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const line of output.split('\n')) {
    const [, file, row, column, code, message] = LINE.exec(line) ?? [];
    if (file === undefined || code === undefined || message === undefined) {
      if (/^error TS/.test(line)) throw new Error(`tsc could not run: ${line}`);
      continue;
    }
    const position = {
      file: relative(root, file).split(sep).join('/'),
      line: Number(row),
      column: Number(column),
    };
    found.push({ code, message, reason: 'Plain tsc checks every source.', instead: '', position, length: 1 });
  }
  return found;
}

/** Starts tsc on the files (root-relative paths); the result is what it reports. */
export async function typeCheck(root: string, files: readonly string[]): Promise<readonly Diagnostic[]> {
  const folder = mkdtempSync(join(tmpdir(), 'harmonyc-'));
  try {
    const config = join(folder, 'tsconfig.json');
    const sources = [libraryPath(), ...files.map((file) => join(root, file))];
    writeFileSync(config, JSON.stringify({ compilerOptions: OPTIONS, files: sources }));
    const compiler = findAbove(HERE, join('node_modules', 'typescript-native', 'bin', 'tsc'));
    const child = spawn(process.execPath, [compiler, '-p', config, '--pretty', 'false'], { cwd: '/' });
    return parse(await outputOf(child), root === '/' ? '/' : root).map((found) => found);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
