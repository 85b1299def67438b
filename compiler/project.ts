/**
 * Reads and parses the sources of a program. The only file that imports
 * ts-morph; everybody else walks the raw nodes of `ts`.
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { Project as MorphProject, ts } from 'ts-morph';
import { diagnostic, type Diagnostic } from './diagnostics.ts';
import type { Position } from './ir.ts';

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
  const firstLine = node.getText().split('\n', 1)[0] ?? '';
  return firstLine.length;
}
/** The name of a syntax kind, for messages about constructs that have no entry of their own. */
export function constructName(node: ts.Node): string {
  return (ts.SyntaxKind[node.kind] ?? 'unknown').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

/** The folder of the nearest harmony.json at or above `folder`, else `folder` itself. */
export function findRoot(folder: string): string {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, 'harmony.json'))) return at;
    if (dirname(at) === at) return resolve(folder);
  }
}

function listSources(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((item) => {
      const below = join(path, item.name);
      if (item.isDirectory())
        return item.name.startsWith('.') || item.name === 'node_modules' ? [] : listSources(below);
      return item.name.endsWith('.ts') && !item.name.endsWith('.d.ts') ? [below] : [];
    });
}

function explain(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
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
  const reader = new Reader(root, (path) => readFileSync(join(root, path), 'utf8'), diagnostics);
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

class Reader {
  private readonly morph = new MorphProject({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, noLib: true },
  });
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
    const queue = [...paths];
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
      if (this.sources.has(path)) continue;
      if (path.startsWith('../')) {
        this.diagnostics.push(diagnostic('outsideProject', null, 1, path, this.root));
        continue;
      }
      const source = this.readOne(path);
      if (source === null) continue;
      this.sources.set(path, source);
      queue.push(...source.imports);
    }
    return [...this.sources.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  private readOne(path: string): Source | null {
    try {
      const text = this.read(path).replace(/^\uFEFF/, '');
      const file = this.morph.createSourceFile(`/${path}`, text, { overwrite: true }).compilerNode;
      const program = ts.transpileModule(text, {
        fileName: path,
        reportDiagnostics: true,
        compilerOptions: SYNTAX_ONLY,
      });
      for (const found of program.diagnostics ?? []) {
        const message = ts.flattenDiagnosticMessageText(found.messageText, ' ').replace(/([^.])$/, '$1.');
        this.diagnostics.push(diagnostic('syntax', positionAt(file, found.start ?? 0), found.length ?? 1, message));
      }
      return { path, text, file, imports: this.importsOf(path, file) };
    } catch (error) {
      const kind = error instanceof RangeError ? 'tooDeep' : 'unreadable';
      const found = error instanceof RangeError ? ['1,000'] : [path, explain(error)];
      this.diagnostics.push(diagnostic(kind, { file: path, line: 1, column: 1 }, 1, ...found));
      return null;
    }
  }

  private importsOf(path: string, file: ts.SourceFile): readonly string[] {
    const found: string[] = [];
    for (const statement of file.statements) {
      if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
      const target = resolveImport(path, statement.moduleSpecifier.text);
      if (target === null || found.includes(target)) continue;
      try {
        this.read(target);
        found.push(target);
      } catch {
        const at = statement.moduleSpecifier;
        this.diagnostics.push(diagnostic('importMissing', positionOf(at), lengthOf(at), at.text));
      }
    }
    return found;
  }
}

const SYNTAX_ONLY: ts.CompilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, noLib: true };

/** The root-relative path that an import names, or null when its form is not ours (reported by the subset check). */
export function resolveImport(from: string, specifier: string): string | null {
  if (!/^\.\.?\//.test(specifier) || !specifier.endsWith('.ts')) return null;
  return posix.normalize(posix.join(posix.dirname(from), specifier));
}
