/** The command line of harmonyc. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compileProject, type Compilation } from './compile.ts';
import { readConfiguration } from './front/configuration.ts';
import { DIAGNOSTICS, sortDiagnostics, type Diagnostic } from './diagnostics/diagnostics.ts';
import { emitC } from './emit-c/emit-c.ts';
import { emitJs } from './emit-js/emit-js.ts';
import { emitOffsets } from './emit/offsets.ts';
import { diagnosticsAsJson, formatDiagnostic } from './diagnostics/format.ts';
import type { Program } from './ir/ir.ts';
import { layoutReport } from './emit/layout-report.ts';
import { loopReport } from './emit/loop-report.ts';
import { writeOutputs, type OutputFile } from './emit/output.ts';
import { readProject, ts } from './front/project.ts';
import { typeCheck, version, withoutEchoes } from './front/type-check.ts';

const HELP = `harmonyc: compiles the Harmony subset of TypeScript

Usage:
  harmonyc build PATH... --out FOLDER   check the sources and write C, headers, offsets, layout and JavaScript
  harmonyc check PATH...                check only
  harmonyc explain CODE...              say what a diagnostic means and what to do about it

PATH is a folder (every .ts file below it) or a file; what they import is compiled with them.
Paths in the output are relative to the nearest folder with harmony.json, else to the first PATH.

Options:
  --out FOLDER       where the output goes; only files that changed are written
  --emit LIST        what to write, of: c, js, yielding, layout (default: all)
  --format FORMAT    how diagnostics are printed: text (default) or json
  --no-typescript    leave out the check by tsc (for tools that run tsc themselves)
  --version          the versions of harmonyc and of TypeScript
  --help             this text

Exit codes: 0 fine, 1 the sources have mistakes, 2 the command line has, 3 the compiler has.`;

const EMITTERS: Readonly<Record<string, (program: Program) => readonly OutputFile[]>> = {
  c: (program) => [...emitC(program), emitOffsets(program)],
  js: (program) => [emitJs(program, 'plain')],
  yielding: (program) => [emitJs(program, 'yielding')],
  layout: (program) => [...layoutReport(program), loopReport(program)],
};

/** Where lines go. */
export interface Output {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}
const CONSOLE: Output = { out: (text) => console.log(text), error: (text) => console.error(text) };

class UsageError extends Error {}

interface Options {
  readonly command: string;
  readonly paths: readonly string[];
  readonly out: string | null;
  readonly emit: readonly string[];
  readonly json: boolean;
  readonly typescript: boolean;
}

/** What the arguments ask for; a text is an answer of its own. */
function readOptions(args: readonly string[]): Options | string {
  const { values, positionals } = parseCommandLine(args);
  const [command, ...paths] = positionals;
  if (values.help === true || command === 'help') return HELP;
  if (values.version === true) return `harmonyc ${version()}, TypeScript ${ts.version}`;
  if (command === undefined) throw new UsageError('No command was given; expected build, check or explain.');
  if (!['build', 'check', 'explain'].includes(command))
    throw new UsageError(`Unknown command ${command}; expected build, check or explain.`);
  if (paths.length === 0)
    throw new UsageError(
      `${command} needs ${command === 'explain' ? 'a code, such as HC2002' : 'at least one folder or file'}.`,
    );
  if (values.format !== 'text' && values.format !== 'json')
    throw new UsageError(`Unknown format ${values.format}; expected text or json.`);
  const emit = values.emit.split(',');
  const unknown = emit.find((name) => !Object.hasOwn(EMITTERS, name));
  if (unknown !== undefined)
    throw new UsageError(`Cannot emit ${unknown}; expected some of ${Object.keys(EMITTERS).join(', ')}.`);
  if (command === 'build' && values.out === undefined) throw new UsageError('build needs --out FOLDER.');
  const out = values.out ?? null;
  return { command, paths, out, emit, json: values.format === 'json', typescript: values.typescript };
}

function parseCommandLine(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      allowNegative: true,
      options: {
        out: { type: 'string' },
        emit: { type: 'string', default: Object.keys(EMITTERS).join(',') },
        format: { type: 'string', default: 'text' },
        typescript: { type: 'boolean', default: true },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function explain(code: string): string {
  const found = Object.values(DIAGNOSTICS).find((entry) => entry.code === code.toUpperCase());
  if (found === undefined) throw new UsageError(`No diagnostic has the code ${code}; docs/diagnostics.md lists them.`);
  const text = `${found.code}: ${found.message}\n  ${found.reason}\n  ${found.instead}`;
  return text.replace(/\{\d\}/g, '…');
}

function print(list: readonly Diagnostic[], compilation: Compilation, json: boolean, output: Output): void {
  if (json) {
    output.out(diagnosticsAsJson(list));
    return;
  }
  const texts = new Map(compilation.sources.map((source) => [source.path, source.text]));
  for (const found of list) output.error(`${formatDiagnostic(found, (path) => texts.get(path))}\n`);
  if (list.length > 0) output.error(list.length === 1 ? '1 mistake.' : `${list.length} mistakes.`);
}

async function run(options: Options, output: Output): Promise<number> {
  if (options.command === 'explain') {
    for (const code of options.paths) output.out(explain(code));
    return 0;
  }
  const project = readProject(options.paths);
  const files = project.sources.map((source) => source.path);
  const tsc = options.typescript && files.length > 0 ? typeCheck(project.root, files) : Promise.resolve([]);
  const { configuration, diagnostics } = readConfiguration(project.root);
  const compilation = compileProject(project, configuration, diagnostics);
  const own = compilation.diagnostics;
  const list = sortDiagnostics([...own, ...withoutEchoes(await tsc, own)]);
  if (list.length > 0 || options.json) print(list, compilation, options.json, output);
  const { program } = compilation;
  if (list.length > 0 || program === null) return 1;
  if (options.command === 'build' && options.out !== null) {
    const outputs = options.emit.flatMap((name) => EMITTERS[name]?.(program) ?? []);
    write(options.out, outputs);
  }
  return 0;
}

function write(folder: string, outputs: readonly OutputFile[]): void {
  try {
    writeOutputs(resolve(folder), outputs);
  } catch (error) {
    throw new UsageError(`${folder} cannot be written: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** Runs one command; the result is the exit code. */
export async function main(args: readonly string[], output: Output = CONSOLE): Promise<number> {
  try {
    const options = readOptions(args);
    if (typeof options === 'string') {
      output.out(options);
      return 0;
    }
    return await run(options, output);
  } catch (error) {
    if (error instanceof UsageError) {
      output.error(`harmonyc: ${error.message} See harmonyc --help.`);
      return 2;
    }
    output.error('harmonyc: the compiler itself failed; please report this with the source that shows it.');
    output.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 3;
  }
}
