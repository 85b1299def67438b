/**
 * Reads and parses the sources of a program. The only file that imports
 * ts-morph; everybody else walks the raw nodes of `ts`.
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { ts } from 'ts-morph';
import { diagnostic, type Diagnostic, type DiagnosticKind } from '../diagnostics/diagnostics.ts';
import type { Position } from '../ir/ir.ts';

export { ts };

export interface Source {
  /** Relative to the project root, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly file: ts.SourceFile;
  /** Paths of the project files that it imports, in order of appearance. */
  readonly imports: readonly string[];
}
export interface Project {
  /** Absolute path of the folder that all paths are relative to. */
  readonly root: string;
  /** In order of path. */
  readonly sources: readonly Source[];
  readonly diagnostics: readonly Diagnostic[];
}

export function positionOf(node: ts.Node): Position {
  const file = node.getSourceFile();
  return positionAt(file, node.getStart(file));
}
export function positionAt(file: ts.SourceFile, offset: number): Position {
  const { line, character } = file.getLineAndCharacterOfPosition(offset);
  return { file: file.fileName.slice(1), line: line + 1, column: character + 1 };
}
export function lengthOf(node: ts.Node): number {
  const firstLine = node.getText().split(/\r?\n/, 1)[0] ?? '';
  return firstLine.length;
}
/** The name of a syntax kind, for messages about constructs that have no entry of their own. */
export function constructName(node: ts.Node): string {
  return (ts.SyntaxKind[node.kind] ?? 'unknown').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

/** The folder of the nearest harmony.json at or above `path`, else the folder that `path` is or lies in. */
export function findRoot(path: string): string {
  const start = resolve(path);
  for (let at = start; ; at = dirname(at)) {
    if (existsSync(join(at, 'harmony.json'))) return at;
    if (dirname(at) === at) return existsSync(start) && statSync(start).isDirectory() ? start : dirname(start);
  }
}

function isSource(path: string): boolean {
  return path.endsWith('.ts') && !path.endsWith('.d.ts');
}

/** The sources at or below a path, in order. */
function listSources(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return isSource(path) ? [path] : [];
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((item) => {
      const below = join(path, item.name);
      if (item.isDirectory())
        return item.name.startsWith('.') || item.name === 'node_modules' ? [] : listSources(below);
      return isSource(item.name) ? [below] : [];
    });
}

/** What the system says, without the path that the message names already. */
function explain(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^[A-Z]+: /, '').replace(/, \w+( '.*')?$/, '');
}

function readText(path: string): string {
  const bytes = readFileSync(path);
  const text = bytes.toString('utf8');
  if (!Buffer.from(text, 'utf8').equals(bytes)) throw new Error('it is not UTF-8 text');
  return text;
}

/** Reads every source below `paths` (files or folders), and what they import. */
export function readProject(paths: readonly string[]): Project {
  const root = findRoot(paths[0] ?? '.');
  const diagnostics: Diagnostic[] = [];
  const queue: string[] = [];
  for (const path of paths) {
    try {
      const found = listSources(resolve(path)).map((file) => relative(root, file).split(sep).join('/'));
      if (found.length === 0) diagnostics.push(diagnostic('noSources', null, 1, path));
      queue.push(...found);
    } catch (error) {
      diagnostics.push(diagnostic('unreadable', null, 1, path, explain(error)));
    }
  }
  const reader = new Reader(root, (path) => readText(join(root, path)), diagnostics);
  return { root, sources: reader.readAll(queue), diagnostics };
}

/** A project from texts in memory, for tests and editors: `files` maps root-relative paths to texts. */
export function projectOfTexts(files: ReadonlyMap<string, string>): Project {
  const diagnostics: Diagnostic[] = [];
  const read = (path: string): string => {
    const text = files.get(path);
    if (text === undefined) throw new Error('no such file');
    return text;
  };
  return { root: '/', sources: new Reader('/', read, diagnostics).readAll([...files.keys()]), diagnostics };
}

/** Comments are read where they are needed, from the text. */
const PARSING: ts.CreateSourceFileOptions = {
  languageVersion: ts.ScriptTarget.ES2022,
  jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
};
const OPTIONS: ts.CompilerOptions = { target: ts.ScriptTarget.ES2022, noLib: true, noResolve: true, types: [] };

/** A file to read, and the first import that asks for it; null when the command named it. */
interface Wanted {
  readonly path: string;
  readonly importedAt: ts.StringLiteral | null;
}

class Reader {
  private readonly sources = new Map<string, Source>();
  private readonly root: string;
  private readonly read: (path: string) => string;
  private readonly diagnostics: Diagnostic[];

  constructor(root: string, read: (path: string) => string, diagnostics: Diagnostic[]) {
    this.root = root;
    this.read = read;
    this.diagnostics = diagnostics;
  }

  readAll(paths: readonly string[]): readonly Source[] {
    const queue = paths.map((path): Wanted => ({ path, importedAt: null }));
    for (const wanted of queue) {
      if (this.sources.has(wanted.path)) continue;
      const source = this.readOne(wanted);
      if (source === null) continue;
      this.sources.set(wanted.path, source);
      queue.push(...importsOf(source.path, source.file));
    }
    const sources = [...this.sources.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    this.checkSyntax(sources);
    return sources.map((source) => ({ ...source, imports: source.imports.filter((path) => this.sources.has(path)) }));
  }

  private readOne({ path, importedAt }: Wanted): Source | null {
    if (path.startsWith('../')) {
      this.refuse(importedAt, 'outsideProject', path, this.root);
      return null;
    }
    const text = this.textOf(path, importedAt);
    if (text === null) return null;
    try {
      const file = ts.createSourceFile(`/${path}`, text, PARSING, true, ts.ScriptKind.TS);
      return { path, text, file, imports: [...new Set(importsOf(path, file).map((wanted) => wanted.path))] };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.diagnostics.push(diagnostic('tooDeep', { file: path, line: 1, column: 1 }, 1, '1000'));
      return null;
    }
  }

  private textOf(path: string, importedAt: ts.StringLiteral | null): string | null {
    try {
      return this.read(path).replace(/^\uFEFF/, '');
    } catch (error) {
      const why = explain(error);
      if (importedAt !== null && why.startsWith('no such file')) {
        this.refuse(importedAt, 'importMissing', importedAt.text, path);
      } else {
        this.refuse(importedAt, 'unreadable', path, why);
      }
      return null;
    }
  }

  private refuse(at: ts.StringLiteral | null, kind: DiagnosticKind, ...found: string[]): void {
    const [position, length] = at === null ? [null, 1] : [positionOf(at), lengthOf(at)];
    this.diagnostics.push(diagnostic(kind, position, length, ...found));
  }

  /** What the parser stumbled over. A program without libraries or look-up of modules costs next to nothing. */
  private checkSyntax(sources: readonly Source[]): void {
    const files = new Map(sources.map((source) => [source.file.fileName, source.file]));
    const host: ts.CompilerHost = {
      getSourceFile: (name) => files.get(name),
      getDefaultLibFileName: () => '/lib.d.ts',
      writeFile: () => undefined,
      getCurrentDirectory: () => '/',
      getCanonicalFileName: (name) => name,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => '\n',
      fileExists: (name) => files.has(name),
      readFile: (name) => files.get(name)?.text,
    };
    const program = ts.createProgram({ rootNames: [...files.keys()], options: OPTIONS, host });
    for (const file of files.values()) {
      for (const found of program.getSyntacticDiagnostics(file)) {
        const message = ts.flattenDiagnosticMessageText(found.messageText, ' ').replace(/([^.])$/, '$1.');
        this.diagnostics.push(diagnostic('syntax', positionAt(file, found.start), found.length, message));
      }
    }
  }
}

function importsOf(path: string, file: ts.SourceFile): readonly Wanted[] {
  return file.statements.flatMap((statement): readonly Wanted[] => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    const target = resolveImport(path, statement.moduleSpecifier.text);
    return target === null ? [] : [{ path: target, importedAt: statement.moduleSpecifier }];
  });
}

/** The root-relative path that an import names, or null when its form is not ours (reported by the subset check). */
export function resolveImport(from: string, specifier: string): string | null {
  if (!/^\.\.?\//.test(specifier) || !isSource(specifier)) return null;
  return posix.normalize(posix.join(posix.dirname(from), specifier));
}
