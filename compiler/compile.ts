/** From sources to a program: parse, order, subset check, declare and lower, call graph. */
import { checkRecursion } from './call-graph.ts';
import { readConfiguration, type Configuration } from './configuration.ts';
import { Declarer } from './declare.ts';
import { diagnostic, sortDiagnostics, type Diagnostic } from './diagnostics.ts';
import { orderSources } from './floors.ts';
import type { AssertionDeclaration, Declaration, Module, Program } from './ir.ts';
import { positionOf, readProject, ts, type Project, type Source } from './project.ts';
import { attempt, refusal, type Context, type Meaning } from './scope.ts';
import { checkSubset, DEEPEST, unknownConstruct } from './subset-check.ts';

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
  if (!readable || order.some((found) => found.code === 'HC1005')) return fail([...early, ...subset, ...order]);

  const lowered: Diagnostic[] = [];
  const program = lowerProgram(sources, configuration, lowered);
  const all = [...early, ...order, ...subset, ...lowered.filter((found) => !isEcho(found, subset))];
  if (all.length > 0 || program === null) return fail(all);
  const recursion = checkRecursion(program);
  if (recursion.length > 0) return fail(recursion);
  return { root: project.root, program, diagnostics: [], sources: project.sources };
}

/** Whether a later stage stumbles over what the subset check has reported already. */
function isEcho(found: Diagnostic, subset: readonly Diagnostic[]): boolean {
  const at = found.position;
  if (at === null) return false;
  const inFile = subset.filter((other) => other.position?.file === at.file);
  return inFile.some((other) => other.position?.line === at.line) || (inFile.length > 0 && found.code === 'HC2001');
}

function lowerProgram(
  sources: readonly Source[],
  configuration: Configuration,
  diagnostics: Diagnostic[],
): Program | null {
  try {
    const declarer = new Declarer(sources, configuration, diagnostics);
    declarer.declareAll();
    return { modules: sources.map((source) => moduleOf(source, declarer)) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    diagnostics.push(diagnostic('tooDeep', null, 1, String(DEEPEST)));
    return null;
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
    if (!meanings.has(node)) throw isRunning(node) ? refusal('topLevelStatement', node) : unknownRefusal(node);
    const meaning = meanings.get(node);
    return meaning === null || meaning === undefined || meaning.kind === 'alias' ? [] : [meaning];
  });
}

function isRunning(node: ts.Node): boolean {
  return node.kind >= ts.SyntaxKind.FirstStatement && node.kind <= ts.SyntaxKind.LastStatement;
}
function unknownRefusal(node: ts.Node): Error {
  return refusal('construct', node, unknownConstruct(node).message);
}

function lowerAssertion(statement: ts.ExpressionStatement, context: Context): AssertionDeclaration {
  const call = statement.expression;
  if (!ts.isCallExpression(call) || call.expression.getText() !== 'staticAssert')
    throw refusal('topLevelStatement', statement);
  const [condition, message] = call.arguments;
  if (condition === undefined || call.arguments.length > 2) {
    throw refusal('argumentCount', call, 'staticAssert', '1 or 2', String(call.arguments.length));
  }
  const result = context.lower(condition, context, null);
  if (result.op !== 'boolean') throw refusal('notConstant', condition);
  if (!result.value) throw refusal('assertionFails', call, explain(condition, message, context));
  return { kind: 'assertion', position: positionOf(statement), layout: null };
}

/** The condition as written, with the values of both sides of a comparison. */
function explain(condition: ts.Expression, message: ts.Expression | undefined, context: Context): string {
  const text = message !== undefined && ts.isStringLiteral(message) ? `${message.text}: ` : '';
  if (!ts.isBinaryExpression(condition)) return `${text}${condition.getText()}`;
  const sides = [condition.left, condition.right].map((side) => {
    const value = attempt(
      { ...context.surroundings, report: () => undefined },
      () => context.lower(side, context, null),
      null,
    );
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
    source.text.slice(first.end, statement.getStart()).includes('\n\n');
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
