/** Compiles sources for all worlds, in a folder of their own below out/test/. */
import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileProject } from '../../../compiler/compile.ts';
import { readConfiguration } from '../../../compiler/front/configuration.ts';
import { sortDiagnostics } from '../../../compiler/diagnostics/diagnostics.ts';
import { emitC } from '../../../compiler/emit-c/emit-c.ts';
import { emitJs } from '../../../compiler/emit-js/emit-js.ts';
import { formatDiagnostic } from '../../../compiler/diagnostics/format.ts';
import { writeOutputs } from '../../../compiler/emit/output.ts';
import { readProject } from '../../../compiler/front/project.ts';
import { typeCheck } from '../../../compiler/front/type-check.ts';
import { statedCalls, type StatedCall } from './stated-calls.ts';

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  if (dirname(folder) === folder) throw new Error('package.json was not found above the compiled tests');
  return findRoot(dirname(folder));
}

/** The project's own folder. */
export const ROOT = findRoot(dirname(fileURLToPath(import.meta.url)));

export interface Built {
  /** Holds `c/` and `js/`, and what the worlds make of them. */
  readonly folder: string;
  /** Paths of all modules, in the order of the program. */
  readonly modules: readonly string[];
  readonly calls: readonly StatedCall[];
}

/** Checks and compiles; mistakes in the sources are an error that shows all of them. */
export async function build(paths: readonly string[], name: string): Promise<Built> {
  const project = readProject(paths);
  const texts = new Map(project.sources.map((source) => [source.path, source.text]));
  const tsc = typeCheck(project.root, [...texts.keys()]);
  const { configuration, diagnostics } = readConfiguration(project.root);
  const compilation = compileProject(project, configuration, diagnostics);
  const all = sortDiagnostics([...compilation.diagnostics, ...(await tsc)]);
  const { program } = compilation;
  if (all.length > 0 || program === null) {
    throw new Error(all.map((found) => formatDiagnostic(found, (path) => texts.get(path))).join('\n\n'));
  }
  const folder = join(ROOT, 'out', 'test', name);
  rmSync(folder, { recursive: true, force: true });
  writeOutputs(folder, [...emitC(program), emitJs(program, 'plain'), emitJs(program, 'yielding')]);
  const modules = program.modules.map((module) => module.path);
  return { folder, modules, calls: modules.flatMap((path) => statedCalls(path, texts.get(path) ?? '')) };
}
