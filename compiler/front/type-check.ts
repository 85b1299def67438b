/** TypeScript's own check, beside ours: the native tsc as a child process. What it reports stands with its TS code. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Diagnostic } from '../diagnostics/diagnostics.ts';

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
  moduleDetection: 'force',
  forceConsistentCasingInFileNames: true,
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

/** The version of the package that this compiler belongs to. */
export function version(): string {
  const found: unknown = JSON.parse(readFileSync(findAbove(HERE, 'package.json'), 'utf8'));
  return typeof found === 'object' && found !== null && 'version' in found ? String(found.version) : 'unknown';
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

/** Lines of one mistake; further lines of its explanation are indented. */
function parse(output: string, root: string): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const prefix = root === '/' ? root : `${root}/`;
  for (const line of output.replaceAll(`import("${prefix}`, 'import("').split('\n')) {
    const [, file, row, column, code, message] = LINE.exec(line) ?? [];
    if (file !== undefined && code !== undefined && message !== undefined) {
      const path = relative(root, resolve('/', file)).split(sep).join('/');
      const position = { file: path, line: Number(row), column: Number(column) };
      found.push({ code, message, reason: REASON, instead: '', position, length: 1 });
    } else if (/^error TS/.test(line)) throw new Error(`tsc could not run: ${line}`);
    else if (/^ +\S/.test(line)) {
      const last = found.pop();
      if (last !== undefined) found.push({ ...last, message: `${last.message} ${line.trim()}` });
    }
  }
  return found;
}
const REASON = 'Plain tsc checks every source; it stays the referee.';

/**
 * What tsc finds and the compiler does not say better: left out are mistakes on a line for which
 * the compiler has a diagnostic, and syntax errors of a file that the compiler could not parse either.
 */
export function withoutEchoes(tsc: readonly Diagnostic[], own: readonly Diagnostic[]): readonly Diagnostic[] {
  return tsc.filter((found) => {
    const inFile = own.filter((other) => other.position !== null && other.position.file === found.position?.file);
    const isSyntax = /^TS1\d\d\d$/.test(found.code) && inFile.some((other) => other.code === 'HC1002');
    return !isSyntax && !inFile.some((other) => other.position?.line === found.position?.line);
  });
}

/** Runs tsc on the files (root-relative paths); the result is what it reports. */
export async function typeCheck(root: string, files: readonly string[]): Promise<readonly Diagnostic[]> {
  const folder = mkdtempSync(join(tmpdir(), 'harmonyc-'));
  try {
    const config = join(folder, 'tsconfig.json');
    const sources = [libraryPath(), ...files.map((file) => join(root, file))];
    writeFileSync(config, JSON.stringify({ compilerOptions: OPTIONS, files: sources }));
    const compiler = findAbove(HERE, join('node_modules', 'typescript-native', 'bin', 'tsc'));
    const child = spawn(process.execPath, [compiler, '-p', config, '--pretty', 'false'], { cwd: '/' });
    return parse(await outputOf(child), root);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
