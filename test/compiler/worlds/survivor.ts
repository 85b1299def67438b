/**
 * A worker that compiles one program after the other, through every emitter, so
 * that a test can give up on one that hangs. Answers what became of each.
 */
import { parentPort } from 'node:worker_threads';
import { compileProject } from '../../../compiler/compile.ts';
import { NO_CONFIGURATION } from '../../../compiler/front/configuration.ts';
import { emitC } from '../../../compiler/emit-c/emit-c.ts';
import { emitJs } from '../../../compiler/emit-js/emit-js.ts';
import { emitOffsets } from '../../../compiler/emit/offsets.ts';
import { formatDiagnostic } from '../../../compiler/diagnostics/format.ts';
import { layoutReport } from '../../../compiler/emit/layout-report.ts';
import { projectOfTexts } from '../../../compiler/front/project.ts';

export interface Outcome {
  readonly kind: 'compiled' | 'refused' | 'crashed';
  /** Codes of the diagnostics, or where the compiler crashed. */
  readonly details: readonly string[];
}

/** Every diagnostic must be printable, and stand at a place that exists. */
function checkDiagnostics(files: ReadonlyMap<string, string>, compilation: ReturnType<typeof compileProject>): void {
  for (const found of compilation.diagnostics) {
    formatDiagnostic(found, (path) => files.get(path));
    const { position } = found;
    const lines = position === null ? [] : (files.get(position.file)?.split(/\r\n|[\r\n\u2028\u2029]/) ?? []);
    if (position !== null && (position.line < 1 || position.line > lines.length || position.column < 1)) {
      throw new Error(`${found.code} stands at a place that does not exist: ${position.file}:${position.line}`);
    }
  }
}

export function survive(files: ReadonlyMap<string, string>): Outcome {
  try {
    const compilation = compileProject(projectOfTexts(files), NO_CONFIGURATION);
    checkDiagnostics(files, compilation);
    const { program } = compilation;
    if (program === null) {
      if (compilation.diagnostics.length === 0) throw new Error('neither a program nor a diagnostic');
      return { kind: 'refused', details: [...new Set(compilation.diagnostics.map((found) => found.code))] };
    }
    const outputs = [...emitC(program), emitOffsets(program), emitJs(program, 'plain'), emitJs(program, 'yielding')];
    return { kind: 'compiled', details: [...outputs, ...layoutReport(program)].map((output) => output.path) };
  } catch (error) {
    return { kind: 'crashed', details: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  }
}

parentPort?.on('message', (files: ReadonlyMap<string, string>) => parentPort?.postMessage(survive(files)));
