/** From sources to a program: parse, order, subset check, declare and lower, call graph. */
import { checkRecursion } from './flow/call-graph.ts';
import { readConfiguration, type Configuration } from './front/configuration.ts';
import { Declarer } from './declare/declare.ts';
import { diagnostic, Refusal, sortDiagnostics, type Diagnostic } from './diagnostics/diagnostics.ts';
import { orderSources } from './front/floors.ts';
import type { AssertionDeclaration, Declaration, Module, Program } from './ir/ir.ts';
import { positionOf, readProject, ts, type Project, type Source } from './front/project.ts';
import { COMPARISON } from './front/operators.ts';
import { resolveType } from './lower/resolve-type.ts';
import { attempt, refusal, type Context, type Meaning } from './lower/scope.ts';
import { checkSubset, DEEPEST, unknownConstruct } from './front/subset-check.ts';
import { typeName } from './ir/types.ts';

export interface Compilation {
  readonly root: string;
  /** Null when there are diagnostics. */
  readonly program: Program | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly Source[];
}

/** Compiles every source below `paths`. What only tsc checks is not checked here. */
export function compile(paths: readonly string[]): Compilation {
  const project = readProject(paths);
  const { configuration, diagnostics } = readConfiguration(project.root);
  return compileProject(project, configuration, diagnostics);
}

/** Compiles a project that has been read. */
export function compileProject(
  project: Project,
  configuration: Configuration,
  before: readonly Diagnostic[] = [],
): Compilation {
  const early = [...before, ...project.diagnostics];
  const checked = project.sources.map((source) => checkSubset(source));
  const subset = checked.flatMap((result) => result.diagnostics);
  const { sources, diagnostics: order } = orderSources(project.sources, configuration);
  const fail = (list: readonly Diagnostic[]): Compilation => ({
    root: project.root,
    program: null,
    diagnostics: sortDiagnostics(list),
    sources: project.sources,
  });
  const readable = checked.every((result) => result.walkable) && !early.some((found) => found.code === 'HC1002');
  if (!readable) return fail([...early, ...subset, ...order]);

  const lowered: Diagnostic[] = [];
  const { program, refusals } = lowerProgram(sources, configuration, lowered);
  const all = [...early, ...order, ...subset, ...lowered.filter((found) => !isEcho(found, subset))];
  if (all.length > 0 || program === null) return fail(all);
  if (refusals > 0) throw new Error('Compiler bug: a construct was left out, and no diagnostic says why.');
  const recursion = checkRecursion(program);
  if (recursion.length > 0) return fail(recursion);
  return { root: project.root, program, diagnostics: [], sources: project.sources };
}

/** Whether a later stage stumbles over what the subset check has reported already. */
function isEcho(found: Diagnostic, subset: readonly Diagnostic[]): boolean {
  const at = found.position;
  if (at === null) return false;
  return subset.some(({ position }) => position?.file === at.file && position.line === at.line);
}

function lowerProgram(
  sources: readonly Source[],
  configuration: Configuration,
  diagnostics: Diagnostic[],
): { readonly program: Program | null; readonly refusals: number } {
  try {
    const declarer = new Declarer(sources, configuration, diagnostics);
    declarer.declareAll();
    const modules = sources.map((source) => moduleOf(source, declarer));
    return { program: { modules }, refusals: declarer.refusals() };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    diagnostics.push(diagnostic('tooDeep', null, 1, String(DEEPEST)));
    return { program: null, refusals: 1 };
  }
}

function moduleOf(source: Source, declarer: Declarer): Module {
  const context = declarer.contextOf(source.path);
  const meanings = declarer.meaningsOf(source.path);
  const declarations = source.file.statements.flatMap((statement): readonly Declaration[] =>
    attempt(declarer, () => declarationsOf(statement, meanings, context), []),
  );
  return { path: source.path, imports: source.imports, declarations, documentation: headerOf(source) };
}

function declarationsOf(
  statement: ts.Statement,
  meanings: ReadonlyMap<ts.Node, Meaning | null>,
  context: Context,
): readonly Declaration[] {
  if (ts.isImportDeclaration(statement) || statement.kind === ts.SyntaxKind.EmptyStatement) return [];
  if (ts.isExpressionStatement(statement)) return [lowerAssertion(statement, context)];
  const nodes = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [statement];
  return nodes.flatMap((node) => {
    const meaning = meanings.get(node);
    if (meaning === undefined) throw isRunning(node) ? refusal('topLevelStatement', node) : unknownRefusal(node);
    return meaning === null || meaning.kind === 'alias' ? [] : [meaning];
  });
}

function isRunning(node: ts.Node): boolean {
  return ts.isBlock(node) || (node.kind >= ts.SyntaxKind.FirstStatement && node.kind <= ts.SyntaxKind.LastStatement);
}
/** A declaration of a form that nothing else reports; one of a name that exists already has been reported. */
function unknownRefusal(node: ts.Node): Refusal {
  const isKnown = ts.isVariableDeclaration(node) || declarationNodes(node);
  return new Refusal(isKnown ? null : unknownConstruct(node));
}
function declarationNodes(node: ts.Node): boolean {
  return (
    ts.isClassDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isInterfaceDeclaration(node)
  );
}

function lowerAssertion(statement: ts.ExpressionStatement, context: Context): AssertionDeclaration {
  const call = statement.expression;
  if (!ts.isCallExpression(call) || call.expression.getText() !== 'staticAssert') {
    throw refusal('topLevelStatement', statement);
  }
  const [condition, message] = call.arguments;
  if (condition === undefined || call.arguments.length > 2) {
    throw refusal('argumentCount', call, 'staticAssert', '1 or 2 arguments', String(call.arguments.length));
  }
  const result = context.lower(condition, context, null);
  if (result.type.tag !== 'boolean') throw refusal('condition', condition, typeName(result.type));
  if (result.op !== 'boolean') throw refusal('notConstant', condition);
  if (!result.value) throw refusal('assertionFails', call, explain(condition, message, context));
  return { kind: 'assertion', position: positionOf(statement), layout: layoutOf(condition, context) };
}

/** What `sizeof<T>() === N` and `offsetof<T>('f') === N` state about a layout; null for every other condition. */
function layoutOf(condition: ts.Expression, context: Context): AssertionDeclaration['layout'] {
  if (!ts.isBinaryExpression(condition)) return null;
  if (condition.operatorToken.kind !== ts.SyntaxKind.EqualsEqualsEqualsToken) return null;
  const { left, right } = condition;
  const call = ts.isCallExpression(left) ? left : right;
  const [type] = ts.isCallExpression(call) ? (call.typeArguments ?? []) : [];
  if (!ts.isCallExpression(call) || type === undefined) return null;
  const known = resolveType(type, context);
  const value = context.lower(call, context, null);
  if (known.tag !== 'pointer' || value.op !== 'integer') return null;
  const [name] = call.arguments;
  const wanted = name !== undefined && ts.isStringLiteral(name) ? name.text : null;
  const field = known.target.fields.find((candidate) => candidate.name === wanted) ?? null;
  return { target: known.target, field, value: value.value };
}

/** The condition as written, with the values of both sides of a comparison. */
function explain(condition: ts.Expression, message: ts.Expression | undefined, context: Context): string {
  const text = message !== undefined && ts.isStringLiteral(message) ? `${message.text}: ` : '';
  if (!ts.isBinaryExpression(condition) || !COMPARISON.has(condition.operatorToken.kind)) {
    return `${text}${condition.getText()}`;
  }
  const sides = [condition.left, condition.right].map((side) => {
    const value = attempt({ refuse: () => undefined }, () => context.lower(side, context, null), null);
    return value?.op === 'integer' ? String(value.value) : side.getText();
  });
  return `${text}${condition.getText()} (found ${sides.join(' and ')})`;
}

/** The comment at the top of a file, when it stands apart from the first declaration. */
function headerOf(source: Source): string | null {
  const [first, second] = ts.getLeadingCommentRanges(source.text, 0) ?? [];
  const statement = source.file.statements[0];
  if (first === undefined || statement === undefined) return null;
  const apart =
    second !== undefined ||
    ts.isImportDeclaration(statement) ||
    /\n\r?\n/.test(source.text.slice(first.end, statement.getStart()));
  return apart ? documentationText(source, first) : null;
}
function documentationText(source: Source, range: ts.CommentRange): string {
  const text = source.text.slice(range.pos, range.end);
  return text
    .replace(/^\/\*\*?|\*\/$|^\/\/ ?/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*(\*|\/\/) ?/, '').trim())
    .join('\n')
    .trim();
}
