/** The top level of modules: what each name means, computed when it is first needed, in any order. */
import type { Configuration } from './configuration.ts';
import { diagnostic, type Diagnostic } from './diagnostics.ts';
import { layOutClass, storageOf } from './declare-class.ts';
import { declareFunction, lowerFunctionBody, type OpenFunction } from './declare-function.ts';
import type {
  ClassDeclaration,
  ConstantDeclaration,
  FunctionDeclaration,
  FunctionTypeDeclaration,
  Type,
  ValueField,
} from './ir.ts';
import { lowerExpression } from './lower-expression.ts';
import { isUntyped } from './lower-operator.ts';
import { lengthOf, positionOf, resolveImport, ts, type Source } from './project.ts';
import { resolveType } from './resolve-type.ts';
import { attempt, documentationOf, refusal, type Context, type Meaning, type Surroundings } from './scope.ts';
import { hasModifier } from './subset-check.ts';
import { isIntegerKind } from './types.ts';

type DeclarationNode =
  | ts.ClassDeclaration
  | ts.TypeAliasDeclaration
  | ts.InterfaceDeclaration
  | ts.FunctionDeclaration
  | ts.VariableDeclaration;

interface Entry {
  readonly name: string;
  readonly module: string;
  readonly node: DeclarationNode;
  readonly exported: boolean;
  state: 'new' | 'open' | 'done';
  meaning: Meaning | null;
}
interface Scope {
  readonly source: Source;
  readonly entries: Map<string, Entry>;
  /** Imported names: where each comes from. */
  readonly imports: Map<string, string>;
}
type Mutable<T> = { -readonly [K in keyof T]: T[K] };
interface OpenClass {
  readonly declaration: Mutable<ClassDeclaration>;
  readonly node: ts.ClassDeclaration;
  state: 'new' | 'open' | 'done';
}

const LIBRARY_NAMES = new Set([
  ...[
    'distinct',
    'objectAt',
    'addressOf',
    'sizeof',
    'offsetof',
    'textLength',
    'textByte',
    'assert',
    'unreachable',
    'bound',
  ],
  ...[
    'range',
    'staticAssert',
    'array',
    'atomic',
    'volatile',
    'Text',
    'Distinct',
    'Atomic',
    'Volatile',
    'FixedArray',
    'IntegerType',
  ],
]);

/** Declares every module of a program and lowers the bodies. */
export class Declarer implements Surroundings {
  readonly configuration: Configuration;
  private readonly scopes = new Map<string, Scope>();
  private readonly diagnostics: Diagnostic[];
  private readonly classes = new Map<ClassDeclaration, OpenClass>();
  private readonly functions = new Map<FunctionDeclaration, OpenFunction>();
  private readonly values = new Map<FunctionTypeDeclaration, FunctionDeclaration[]>();

  constructor(sources: readonly Source[], configuration: Configuration, diagnostics: Diagnostic[]) {
    this.configuration = configuration;
    this.diagnostics = diagnostics;
    for (const source of sources) this.scopes.set(source.path, this.collect(source));
    this.checkExports();
    this.checkImports();
  }

  report(found: Diagnostic): void {
    this.diagnostics.push(found);
  }
  functionsOf(type: FunctionTypeDeclaration): FunctionDeclaration[] {
    const found = this.values.get(type) ?? [];
    this.values.set(type, found);
    return found;
  }

  /** Computes everything that is declared, then the bodies of functions. */
  declareAll(): void {
    for (const scope of this.scopes.values()) {
      for (const entry of scope.entries.values()) this.declare(entry, entry.node);
    }
    for (const open of this.classes.values()) attempt(this, () => this.layOut(open.declaration, open.node), undefined);
    for (const open of this.functions.values())
      attempt(this, () => lowerFunctionBody(open, this.contextOf(open.module)), undefined);
  }

  /** The meanings of a module's own names, in source order; null where one was refused. */
  meaningsOf(module: string): ReadonlyMap<ts.Node, Meaning | null> {
    const entries = this.scopes.get(module)?.entries.values() ?? [];
    return new Map([...entries].map((entry) => [entry.node, entry.meaning]));
  }

  contextOf(module: string): Context {
    return {
      surroundings: this,
      module,
      result: null,
      assigned: new Set(),
      inside: { loop: false, breakable: false },
      block: { outer: null, names: new Map() },
      facts: new Map(),
      lower: lowerExpression,
    };
  }

  resolve(module: string, name: string, node: ts.Node): Meaning | null {
    const scope = this.scopes.get(module);
    const from = scope?.imports.get(name);
    const entry = from === undefined ? scope?.entries.get(name) : this.scopes.get(from)?.entries.get(name);
    return entry === undefined ? null : this.declare(entry, node);
  }

  layOut(target: ClassDeclaration, node: ts.Node): void {
    const open = this.classes.get(target);
    if (open === undefined || open.state === 'done') return;
    if (open.state === 'open') throw refusal('embedsItself', node, target.name);
    open.state = 'open';
    const layout = attempt(this, () => layOutClass(open.node, target, this.contextOf(target.module)), null);
    if (layout !== null) Object.assign(open.declaration, layout);
    open.state = 'done';
  }

  // ------------------------------------------------------------ collecting

  private collect(source: Source): Scope {
    const scope: Scope = { source, entries: new Map(), imports: new Map() };
    for (const statement of source.file.statements) {
      if (ts.isImportDeclaration(statement)) this.collectImport(statement, scope);
      else for (const node of declarationsOf(statement)) this.collectName(node, statement, scope);
    }
    return scope;
  }

  private collectImport(node: ts.ImportDeclaration, scope: Scope): void {
    const bindings = node.importClause?.namedBindings;
    const specifier = ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : '';
    const target = resolveImport(scope.source.path, specifier);
    if (target === null || bindings === undefined || !ts.isNamedImports(bindings)) return;
    for (const item of bindings.elements) {
      if (scope.imports.has(item.name.text)) this.reportAt('duplicateName', item, item.name.text);
      scope.imports.set(item.name.text, target);
    }
  }

  private collectName(node: DeclarationNode, statement: ts.Statement, scope: Scope): void {
    const name = node.name;
    if (name === undefined || !ts.isIdentifier(name)) return;
    if (LIBRARY_NAMES.has(name.text) || isIntegerKind(name.text)) this.reportAt('reservedName', name, name.text);
    if (scope.entries.has(name.text) || scope.imports.has(name.text)) this.reportAt('duplicateName', name, name.text);
    const exported = hasModifier(statement, ts.SyntaxKind.ExportKeyword);
    const module = scope.source.path;
    scope.entries.set(name.text, { name: name.text, module, node, exported, state: 'new', meaning: null });
  }

  private reportAt(
    kind: 'duplicateName' | 'reservedName' | 'duplicateExport' | 'notExported',
    node: ts.Node,
    ...found: string[]
  ): void {
    this.report(diagnostic(kind, positionOf(node), lengthOf(node), ...found));
  }

  private checkExports(): void {
    const first = new Map<string, string>();
    for (const scope of this.scopes.values()) {
      for (const entry of scope.entries.values()) {
        if (!entry.exported) continue;
        const other = first.get(entry.name);
        if (other !== undefined) this.reportAt('duplicateExport', entry.node.name ?? entry.node, entry.name, other);
        else first.set(entry.name, entry.module);
      }
    }
  }

  private checkImports(): void {
    for (const scope of this.scopes.values()) {
      for (const [name, from] of scope.imports) {
        const target = this.scopes.get(from);
        if (target === undefined || target.entries.get(name)?.exported === true) continue;
        this.reportAt('notExported', importedName(scope.source, name), name, from);
      }
    }
  }

  // ------------------------------------------------------------- declaring

  private declare(entry: Entry, node: ts.Node): Meaning | null {
    if (entry.state === 'open') throw refusal('cyclicConstant', node, entry.name);
    if (entry.state === 'new') {
      entry.state = 'open';
      entry.meaning = attempt(this, () => this.meaningOf(entry), null);
      entry.state = 'done';
    }
    return entry.meaning;
  }

  private meaningOf(entry: Entry): Meaning {
    const { node } = entry;
    if (ts.isClassDeclaration(node)) return this.openClass(entry, node);
    if (ts.isFunctionDeclaration(node)) {
      const open = declareFunction(node, this.baseOf(entry), this.contextOf(entry.module));
      this.functions.set(open.declaration, open);
      return open.declaration;
    }
    if (ts.isVariableDeclaration(node)) return this.declareVariable(entry, node);
    const context = this.contextOf(entry.module);
    const base = this.baseOf(entry);
    if (ts.isInterfaceDeclaration(node))
      return { kind: 'value', ...base, fields: this.valueFields(node, node.members, context) };
    if (ts.isTypeLiteralNode(node.type))
      return { kind: 'value', ...base, fields: this.valueFields(node, node.type.members, context) };
    if (ts.isFunctionTypeNode(node.type)) {
      const parameters = node.type.parameters.map((parameter) => ({
        name: parameter.name.getText(),
        type: this.annotated(parameter, parameter.type, context),
      }));
      return { kind: 'function-type', ...base, parameters, result: resolveType(node.type.type, context) };
    }
    return { kind: 'alias', name: entry.name, type: resolveType(node.type, context) };
  }

  private baseOf(entry: Entry) {
    const { name, module, exported, node } = entry;
    const owner = ts.isVariableDeclaration(node) ? node.parent.parent : node;
    return {
      name,
      module,
      exported,
      documentation: documentationOf(owner).text,
      position: positionOf(node.name ?? node),
    };
  }

  private annotated(node: ts.Node, type: ts.TypeNode | undefined, context: Context): Type {
    if (type === undefined) throw refusal('missingType', node, node.getText());
    return resolveType(type, context);
  }

  private openClass(entry: Entry, node: ts.ClassDeclaration): ClassDeclaration {
    const declaration: Mutable<ClassDeclaration> = {
      kind: 'class',
      ...this.baseOf(entry),
      fields: [],
      size: 0,
      alignment: 1,
    };
    this.classes.set(declaration, { declaration, node, state: 'new' });
    return declaration;
  }

  private valueFields(node: ts.Node, members: readonly ts.TypeElement[], context: Context): readonly ValueField[] {
    if (members.length === 0) throw refusal('fieldForm', node, 'of this type', 'it has none');
    return members.map((member) => {
      if (!ts.isPropertySignature(member) || !ts.isIdentifier(member.name) || member.questionToken !== undefined) {
        throw refusal('construct', member, 'a member that is not a plain field');
      }
      if (!hasModifier(member, ts.SyntaxKind.ReadonlyKeyword))
        throw refusal('construct', member, 'a field of a value without `readonly`');
      const type = this.annotated(member, member.type, context);
      if (type.tag === 'void' || type.tag === 'never')
        throw refusal('mismatch', member, type.tag, 'a type with values');
      return { name: member.name.text, type, documentation: documentationOf(member).text };
    });
  }

  private declareVariable(entry: Entry, node: ts.VariableDeclaration): Meaning {
    const base = this.baseOf(entry);
    const context = this.contextOf(entry.module);
    const { initializer } = node;
    if (initializer === undefined) throw refusal('notConstant', node);
    const storage = storageOf(initializer, context);
    if (storage?.tag === 'embedded') return { kind: 'object', ...base, type: storage };
    if (storage?.tag === 'array') return { kind: 'array', ...base, type: storage };
    if (storage !== null) throw refusal('layoutForm', initializer, storage.tag, 'A shared word is a field of a class.');
    const isConst = (node.parent.flags & ts.NodeFlags.Const) !== 0;
    if (ts.isArrayLiteralExpression(initializer)) return this.declareTable(entry, node, initializer, context);
    const declared = node.type === undefined ? null : resolveType(node.type, context);
    const value = context.lower(initializer, context, declared);
    const type = declared ?? value.type;
    if (!isConst) {
      if (type.tag !== 'integer' && type.tag !== 'boolean' && type.tag !== 'pointer')
        throw refusal('notConstant', initializer);
      requireConstant(value, initializer);
      return { kind: 'variable', ...base, type, initial: value };
    }
    if (declared === null && type.tag === 'integer' && !isUntyped(initializer))
      throw refusal('needsAnnotation', node, entry.name, type.kind);
    if (declared === null && type.tag === 'integer') throw refusal('missingType', node.name, entry.name);
    if (type.tag !== 'integer' && type.tag !== 'boolean' && type.tag !== 'text')
      throw refusal('notConstant', initializer);
    if (value.op !== 'integer' && value.op !== 'boolean' && value.op !== 'text')
      throw refusal('notConstant', initializer);
    return { kind: 'constant', ...base, type, value } satisfies ConstantDeclaration;
  }

  private declareTable(
    entry: Entry,
    node: ts.VariableDeclaration,
    list: ts.ArrayLiteralExpression,
    context: Context,
  ): Meaning {
    const annotation = node.type;
    const inner = annotation !== undefined && ts.isTypeOperatorNode(annotation) ? annotation.type : undefined;
    if (inner === undefined || !ts.isArrayTypeNode(inner))
      throw refusal('missingType', node.name, `${entry.name} (as \`readonly T[]\`)`);
    const element = resolveType(inner.elementType, context);
    if (list.elements.length === 0) throw refusal('arrayLength', list, '0', '2147483647');
    const elements = list.elements.map((item) => {
      const value = context.lower(item, context, element);
      requireConstant(value, item);
      return value;
    });
    return { kind: 'table', ...this.baseOf(entry), element, elements };
  }
}

function requireConstant(value: ReturnType<typeof lowerExpression>, node: ts.Node): void {
  const object = value.op === 'reference' && value.place.place === 'object';
  if (value.op === 'make-value') value.fields.forEach((field) => requireConstant(field, node));
  else if (!object && !['integer', 'boolean', 'text', 'null', 'function'].includes(value.op))
    throw refusal('notConstant', node);
}

function declarationsOf(statement: ts.Statement): readonly DeclarationNode[] {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations;
  const known =
    ts.isClassDeclaration(statement) ||
    ts.isFunctionDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement);
  return known ? [statement] : [];
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
