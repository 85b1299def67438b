/** The names at the top level of a module: what it declares, and what it imports from where. */
import { diagnostic, type Diagnostic, type DiagnosticKind } from '../diagnostics/diagnostics.ts';
import { isLibraryName } from './library.ts';
import { lengthOf, positionOf, resolveImport, ts, type Source } from '../front/project.ts';
import type { Meaning } from './scope.ts';
import { hasModifier } from '../front/subset-check.ts';

export type DeclarationNode =
  | ts.ClassDeclaration
  | ts.TypeAliasDeclaration
  | ts.InterfaceDeclaration
  | ts.FunctionDeclaration
  | ts.VariableDeclaration;

export interface Entry {
  readonly name: string;
  readonly module: string;
  readonly node: DeclarationNode;
  readonly exported: boolean;
  state: 'new' | 'open' | 'done';
  meaning: Meaning | null;
}
export interface ModuleScope {
  readonly source: Source;
  readonly entries: Map<string, Entry>;
  /** Imported names, and where each comes from. */
  readonly imports: Map<string, string>;
  /** Names of imports and declarations whose form is refused: their uses need no message of their own. */
  readonly refused: Set<string>;
}

type Report = (found: Diagnostic) => void;

function reportAt(report: Report, kind: DiagnosticKind, node: ts.Node, ...found: string[]): void {
  report(diagnostic(kind, positionOf(node), lengthOf(node), ...found));
}

export function collectScope(source: Source, report: Report): ModuleScope {
  const scope: ModuleScope = { source, entries: new Map(), imports: new Map(), refused: new Set() };
  for (const statement of source.file.statements) {
    if (ts.isImportDeclaration(statement)) collectImport(statement, scope, report);
    else if (ts.isEnumDeclaration(statement) || ts.isModuleDeclaration(statement))
      scope.refused.add(statement.name.text);
    else for (const node of declarationsOf(statement)) collectName(node, statement, scope, report);
  }
  return scope;
}

/** The names that an import brings; those of a refused form are known to be refused. */
function collectImport(node: ts.ImportDeclaration, scope: ModuleScope, report: Report): void {
  const clause = node.importClause;
  const bindings = clause?.namedBindings;
  const specifier = ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : '';
  const target = resolveImport(scope.source.path, specifier);
  if (clause?.name !== undefined) scope.refused.add(clause.name.text);
  if (bindings === undefined) return;
  if (ts.isNamespaceImport(bindings)) {
    scope.refused.add(bindings.name.text);
    return;
  }
  for (const item of bindings.elements) {
    const name = item.name.text;
    if (target === null || item.propertyName !== undefined) scope.refused.add(name);
    else {
      if (scope.imports.has(name)) reportAt(report, 'duplicateName', item, name, 'file');
      scope.imports.set(name, target);
    }
  }
}

function collectName(node: DeclarationNode, statement: ts.Statement, scope: ModuleScope, report: Report): void {
  if (node.name === undefined) return;
  if (!ts.isIdentifier(node.name)) {
    for (const element of node.name.elements) {
      if (ts.isBindingElement(element) && ts.isIdentifier(element.name)) scope.refused.add(element.name.text);
    }
    return;
  }
  const name = node.name.text;
  if (isLibraryName(name)) reportAt(report, 'reservedName', node.name, name);
  if (scope.entries.has(name) || scope.imports.has(name)) reportAt(report, 'duplicateName', node.name, name, 'file');
  if (scope.entries.has(name)) return;
  const exported = hasModifier(statement, ts.SyntaxKind.ExportKeyword);
  scope.entries.set(name, { name, module: scope.source.path, node, exported, state: 'new', meaning: null });
}

export function declarationsOf(statement: ts.Statement): readonly DeclarationNode[] {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations;
  const known =
    ts.isClassDeclaration(statement) ||
    ts.isFunctionDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement);
  return known ? [statement] : [];
}

/** Every exported name is unique in the program. */
export function checkExports(scopes: Iterable<ModuleScope>, report: Report): void {
  const first = new Map<string, string>();
  for (const scope of scopes) {
    for (const entry of scope.entries.values()) {
      if (!entry.exported) continue;
      const other = first.get(entry.name);
      if (other !== undefined) reportAt(report, 'duplicateExport', entry.node.name ?? entry.node, entry.name, other);
      else first.set(entry.name, entry.module);
    }
  }
}

/** Every imported name is exported where it is said to come from; a missing file has been reported. */
export function checkImports(scopes: ReadonlyMap<string, ModuleScope>, report: Report): void {
  for (const scope of scopes.values()) {
    for (const [name, from] of scope.imports) {
      const target = scopes.get(from);
      if (target === undefined || target.entries.get(name)?.exported === true || target.refused.has(name)) continue;
      reportAt(report, 'notExported', importedName(scope.source, name), name, from);
    }
  }
}

function importedName(source: Source, name: string): ts.Node {
  for (const statement of source.file.statements) {
    if (!ts.isImportDeclaration(statement)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
    const found = bindings.elements.find((item) => item.name.text === name);
    if (found !== undefined) return found;
  }
  return source.file;
}
