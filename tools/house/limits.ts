/** Limits of length and nesting, and what TypeScript files of the project never use. */
import ts from 'typescript';
import type { Problem } from './problem.ts';

interface Limits {
  /** Lines of a file that are not blank, constant tables aside. */
  readonly file: number;
  /** Lines of a function's body that are not blank. */
  readonly function: number;
  /** Depth of statements inside statements; null: not limited. */
  readonly nesting: number | null;
}

const KERNEL: Limits = { file: 250, function: 40, nesting: 3 };
const HOST: Limits = { file: 400, function: 50, nesting: null };

function limitsOf(file: string): Limits {
  return /^(kernel-src|user|examples|test\/system\/(components|programs))\//.test(file) ? KERNEL : HOST;
}

/** Ambient declarations, generated files and sources that are wrong on purpose have no limits. */
export function isLimited(file: string): boolean {
  return (
    /\.ts$/.test(file) &&
    !/\.d\.ts$/.test(file) &&
    !/^test\/compiler\/(accept|reject|golden)\/|\/generated\//.test(file)
  );
}

function lineOf(source: ts.SourceFile, position: number): number {
  return source.getLineAndCharacterOfPosition(position).line + 1;
}

function filledLines(text: string): number {
  return text.split('\n').filter((line) => line.trim() !== '').length;
}

/** An initialiser without `as const` and `satisfies`. */
function plain(expression: ts.Expression): ts.Expression {
  return ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression)
    ? plain(expression.expression)
    : expression;
}

/** Lines between the brackets of a top-level constant table; they do not count for the file. */
function tableLines(source: ts.SourceFile): number {
  let lines = 0;
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement) || (statement.declarationList.flags & ts.NodeFlags.Const) === 0) continue;
    for (const { initializer } of statement.declarationList.declarations) {
      if (initializer === undefined) continue;
      const table = plain(initializer);
      if (!ts.isArrayLiteralExpression(table) && !ts.isObjectLiteralExpression(table)) continue;
      lines += Math.max(0, filledLines(table.getText(source)) - 2);
    }
  }
  return lines;
}

const NESTS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.IfStatement,
  ts.SyntaxKind.ForStatement,
  ts.SyntaxKind.ForOfStatement,
  ts.SyntaxKind.WhileStatement,
  ts.SyntaxKind.SwitchStatement,
]);

/** Greatest depth of statements below a node; `else if` is no further level. */
function nesting(node: ts.Node): number {
  let deepest = 0;
  ts.forEachChild(node, (child) => {
    const chained = ts.isIfStatement(node) && node.elseStatement === child && ts.isIfStatement(child);
    deepest = Math.max(deepest, nesting(child) + (NESTS.has(child.kind) && !chained ? 1 : 0));
  });
  return deepest;
}

function checkFunction(
  source: ts.SourceFile,
  node: ts.FunctionDeclaration | ts.MethodDeclaration,
  limits: Limits,
): readonly Problem[] {
  if (node.body === undefined) return [];
  const name = node.name?.getText(source) ?? 'a function';
  const line = lineOf(source, node.getStart(source));
  const problems: Problem[] = [];
  const lines = filledLines(node.body.getText(source));
  if (lines > limits.function) {
    problems.push({
      file: source.fileName,
      line,
      text: `${name} has ${lines} lines, at most ${limits.function}: divide it`,
    });
  }
  const depth = nesting(node.body);
  if (limits.nesting !== null && depth > limits.nesting) {
    problems.push({
      file: source.fileName,
      line,
      text: `${name} nests ${depth} deep, at most ${limits.nesting}: return early or divide it`,
    });
  }
  return problems;
}

/** What a compiler or tool source never holds: `any`, and `as` other than `as const`. */
function checkTypes(source: ts.SourceFile, node: ts.Node): readonly Problem[] {
  const at = { file: source.fileName, line: lineOf(source, node.getStart(source)) };
  if (node.kind === ts.SyntaxKind.AnyKeyword) return [{ ...at, text: 'found `any`: state the type, or `unknown`' }];
  if (ts.isAsExpression(node) && !ts.isConstTypeReference(node.type)) {
    return [{ ...at, text: 'found `as`: narrow by a test instead' }];
  }
  return [];
}

/** Module-level `let` in the compiler: a stage is a function of its input. */
function checkState(source: ts.SourceFile): readonly Problem[] {
  return source.statements
    .filter(
      (statement) => ts.isVariableStatement(statement) && (statement.declarationList.flags & ts.NodeFlags.Const) === 0,
    )
    .map((statement) => ({
      file: source.fileName,
      line: lineOf(source, statement.getStart(source)),
      text: 'found a variable of the module: pass the state through the functions',
    }));
}

/** Every limit on one file. */
export function checkLimits(file: string, text: string): readonly Problem[] {
  const limits = limitsOf(file);
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const problems: Problem[] = [];
  const lines = filledLines(text) - tableLines(source);
  if (lines > limits.file) {
    problems.push({
      file,
      line: 1,
      text: `the file has ${lines} lines without blanks and tables, at most ${limits.file}: divide it`,
    });
  }
  const onHost = limits === HOST;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node))
      problems.push(...checkFunction(source, node, limits));
    if (onHost) problems.push(...checkTypes(source, node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  if (file.startsWith('compiler/')) problems.push(...checkState(source));
  return problems;
}
