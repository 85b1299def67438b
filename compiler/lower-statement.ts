/** Statements: blocks, declarations, assignments, branches; facts flow from each to the next. */
import { coerce } from './coerce.ts';
import { Refusal } from './diagnostics.ts';
import type { ArithmeticOperator, Expression, Local, Place, Statement, Type } from './ir.ts';
import { lowerCondition, ARITHMETIC, buildArithmetic, isUntyped } from './lower-operator.ts';
import { lowerFor, lowerForOf, lowerWhile } from './lower-loop.ts';
import { lowerPlace } from './lower-place.ts';
import { lowerSwitch } from './lower-switch.ts';
import { convert, load, not } from './make.ts';
import { positionOf, ts } from './project.ts';
import { factsOf, rangeOf } from './ranges.ts';
import { resolveType } from './resolve-type.ts';
import {
  attempt,
  declareLocal,
  findLocal,
  hiddenLocal,
  innerContext,
  refusal,
  trapSite,
  type Context,
} from './scope.ts';
import { unknownConstruct } from './subset-check.ts';
import { integer, typeName, wideKind } from './types.ts';

const K = ts.SyntaxKind;

/** Lowers statements in one block; a refused one is reported and left out. */
export function lowerStatements(nodes: readonly ts.Statement[], context: Context): readonly Statement[] {
  return nodes.flatMap((node) => attempt(context.surroundings, () => lowerStatement(node, context), []));
}

/** A statement as a block of its own. */
export function lowerBody(node: ts.Statement, context: Context): readonly Statement[] {
  const inner = innerContext(context);
  return lowerStatements(ts.isBlock(node) ? node.statements : [node], inner);
}

function lowerStatement(node: ts.Statement, context: Context): readonly Statement[] {
  if (ts.isVariableStatement(node))
    return node.declarationList.declarations.flatMap((item) => lowerLocal(item, context));
  if (ts.isExpressionStatement(node)) return lowerExpressionStatement(node.expression, context);
  if (ts.isIfStatement(node)) return [lowerIf(node, context)];
  if (ts.isReturnStatement(node)) return lowerReturn(node, context);
  if (ts.isBlock(node)) return [{ kind: 'block', body: lowerBody(node, context), position: positionOf(node) }];
  const loops = { body: lowerStatements, simple: lowerSimple };
  if (ts.isForStatement(node)) return lowerFor(node, context, loops);
  if (ts.isForOfStatement(node)) return lowerForOf(node, context, loops);
  if (ts.isWhileStatement(node)) return lowerWhile(node, context, loops);
  if (ts.isSwitchStatement(node)) return [lowerSwitch(node, context, lowerStatements)];
  if (ts.isBreakStatement(node) || ts.isContinueStatement(node)) return [lowerJump(node, context)];
  if (node.kind === K.EmptyStatement) return [];
  throw new Refusal(unknownConstruct(node));
}

/** The parts of a `for` header: a declaration, an assignment or a call. */
export function lowerSimple(node: ts.Expression | ts.VariableDeclarationList, context: Context): readonly Statement[] {
  if (ts.isVariableDeclarationList(node)) return node.declarations.flatMap((item) => lowerLocal(item, context));
  return lowerExpressionStatement(node, context);
}

function lowerJump(node: ts.BreakStatement | ts.ContinueStatement, context: Context): Statement {
  const leaves = ts.isBreakStatement(node);
  if (leaves ? !context.inside.breakable : !context.inside.loop) {
    throw refusal('misplacedJump', node, leaves ? 'break' : 'continue', leaves ? 'a loop or switch' : 'a loop');
  }
  return { kind: leaves ? 'break' : 'continue', position: positionOf(node) };
}

/** Whether tsc gives a bare `number` or `bigint` to this initialiser. */
function isBare(node: ts.Expression, isConst: boolean): boolean {
  if (ts.isParenthesizedExpression(node)) return isBare(node.expression, isConst);
  if (ts.isNumericLiteral(node) || ts.isBigIntLiteral(node)) return !isConst;
  if (ts.isConditionalExpression(node)) return isBare(node.whenTrue, isConst) || isBare(node.whenFalse, isConst);
  if (ts.isPrefixUnaryExpression(node)) return node.operator !== K.ExclamationToken && !(isConst && isUntyped(node));
  return ts.isBinaryExpression(node) && ARITHMETIC.has(node.operatorToken.kind);
}

function lowerLocal(node: ts.VariableDeclaration, context: Context): readonly Statement[] {
  if (!ts.isIdentifier(node.name)) throw refusal('pattern', node.name);
  const name = node.name;
  try {
    const { local, initial } = lowerInitialiser(node, name, context);
    declareLocal(context, name, local);
    if (local.constant && initial !== null && local.type.tag === 'integer') {
      context.facts = new Map([...context.facts, [local, rangeOf(initial, context.facts)]]);
    }
    return [{ kind: 'declare', local, initial, position: positionOf(node) }];
  } catch (error) {
    if (error instanceof Refusal && !context.block.names.has(name.text)) context.block.names.set(name.text, null);
    throw error;
  }
}

function lowerInitialiser(node: ts.VariableDeclaration, name: ts.Identifier, context: Context) {
  const isConst = (node.parent.flags & ts.NodeFlags.Const) !== 0;
  const constant = isConst || !context.assigned.has(name.text);
  const declared = node.type === undefined ? null : resolveType(node.type, context);
  if (node.initializer === undefined) {
    if (declared === null) throw refusal('missingType', name, name.text);
    requireScalar(declared, node);
    return { local: { name: name.text, type: declared, constant: false, hidden: false }, initial: null };
  }
  const initial = context.lower(node.initializer, context, declared);
  const type = declared ?? initial.type;
  requireScalar(type, node);
  if (declared === null && type.tag === 'integer' && isBare(node.initializer, isConst)) {
    throw refusal('needsAnnotation', name, name.text, typeName(type));
  }
  const local: Local = { name: name.text, type, constant, hidden: false };
  return { local, initial };
}
function requireScalar(type: Type, node: ts.VariableDeclaration): void {
  if (type.tag === 'void' || type.tag === 'never')
    throw refusal('notValue', node.initializer ?? node, 'A call without a result');
  if (type.tag === 'function') throw refusal('functionValue', node);
}

function lowerExpressionStatement(node: ts.Expression, context: Context): readonly Statement[] {
  if (ts.isParenthesizedExpression(node)) return lowerExpressionStatement(node.expression, context);
  if (ts.isBinaryExpression(node) && isAssignment(node)) return [lowerAssignment(node, context)];
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    const step = node.operator === K.PlusPlusToken ? '+' : node.operator === K.MinusMinusToken ? '-' : null;
    if (step !== null) return [lowerUpdate(node, node.operand, null, step, context)];
  }
  if (!ts.isCallExpression(node)) throw refusal('construct', node, 'an expression without effect as a statement');
  const special = lowerSpecialCall(node, context);
  if (special !== null) return special;
  return [{ kind: 'evaluate', expression: context.lower(node, context, null), position: positionOf(node) }];
}

function isAssignment(node: ts.BinaryExpression): boolean {
  const kind = node.operatorToken.kind;
  return kind >= K.FirstAssignment && kind <= K.LastAssignment;
}

/** `assert`, `unreachable` and a misplaced `bound`; null for every other call. */
function lowerSpecialCall(node: ts.CallExpression, context: Context): readonly Statement[] | null {
  if (!ts.isIdentifier(node.expression) || findLocal(context.block, node.expression.text) !== undefined) return null;
  const position = positionOf(node);
  switch (node.expression.text) {
    case 'bound':
      throw refusal('boundPlace', node);
    case 'unreachable':
      return [{ kind: 'trap', site: trapSite(node, 'unreachable'), position }];
    case 'assert': {
      const argument = node.arguments[0];
      if (argument === undefined || node.arguments.length > 1) {
        throw refusal('argumentCount', node, 'assert', '1', String(node.arguments.length));
      }
      const condition = lowerCondition(argument, context);
      context.facts = factsOf(condition, true, context.facts);
      const whenTrue: readonly Statement[] = [{ kind: 'trap', site: trapSite(node, 'assertion'), position }];
      return [{ kind: 'if', condition: not(condition, position), whenTrue, whenFalse: [], position }];
    }
    default:
      return null;
  }
}

const UPDATES = new Map<ts.SyntaxKind, ArithmeticOperator>([
  [K.PlusEqualsToken, '+'],
  [K.MinusEqualsToken, '-'],
  [K.AsteriskEqualsToken, '*'],
  [K.SlashEqualsToken, '/'],
  [K.PercentEqualsToken, '%'],
  [K.AmpersandEqualsToken, '&'],
  [K.BarEqualsToken, '|'],
  [K.CaretEqualsToken, '^'],
  [K.LessThanLessThanEqualsToken, '<<'],
  [K.GreaterThanGreaterThanEqualsToken, '>>'],
]);

/** A place that can be assigned, with the type of its value. */
function assignablePlace(node: ts.Expression, context: Context): { readonly place: Place; readonly type: Type } {
  const place = lowerPlace(node, context);
  const type = place.type;
  if (type.tag === 'embedded' || type.tag === 'array' || type.tag === 'atomic' || type.tag === 'volatile') {
    throw refusal('notAssignable', node, node.getText());
  }
  return { place, type };
}

function lowerAssignment(node: ts.BinaryExpression, context: Context): Statement {
  const operator = UPDATES.get(node.operatorToken.kind);
  if (operator !== undefined) return lowerUpdate(node, node.left, node.right, operator, context);
  if (node.operatorToken.kind !== K.EqualsToken) throw refusal('construct', node, node.operatorToken.getText());
  const { place, type } = assignablePlace(node.left, context);
  return { kind: 'assign', place, value: context.lower(node.right, context, type), position: positionOf(node) };
}

function lowerUpdate(
  node: ts.Expression,
  target: ts.Expression,
  right: ts.Expression | null,
  operator: ArithmeticOperator,
  context: Context,
): Statement {
  const position = positionOf(node);
  const { place, type } = assignablePlace(target, context);
  if (type.tag !== 'integer')
    throw refusal('operandType', node, `${operator}=`, typeName(type), 'It computes with integers.');
  const wide = integer(wideKind(type.kind));
  const old = hiddenLocal('old', type, true);
  const value = load({ place: 'local', local: old, type }, type, position);
  const left = type.kind === wide.kind && type.distinct === null ? value : convert(value, wide, 'widen', null);
  const operand: Expression =
    right === null
      ? { op: 'integer', type: wide, value: 1n, constant: null, radix: 10, effects: 0, position }
      : lowerOperand(right, wide, context);
  const sum = buildArithmetic(operator, integer(wide.kind, type.distinct), left, operand, node, context.facts);
  return { kind: 'update', place, old, value: coerce(sum, type, node, context), operator, operand, position };
}
function lowerOperand(node: ts.Expression, wide: Extract<Type, { tag: 'integer' }>, context: Context): Expression {
  const e = context.lower(node, context, isUntyped(node) ? wide : null);
  if (e.type.tag !== 'integer' || wideKind(e.type.kind) !== wide.kind) {
    throw refusal('mixedOperands', node, 'assignment', typeName(wide), typeName(e.type));
  }
  return e.type.kind === wide.kind && e.type.distinct === null ? e : convert(e, wide, 'widen', null);
}

function lowerIf(node: ts.IfStatement, context: Context): Statement {
  const condition = lowerCondition(node.expression, context);
  const before = context.facts;
  const branch = (part: ts.Statement | undefined, truth: boolean) =>
    part === undefined ? [] : lowerBody(part, innerContext(context, { facts: factsOf(condition, truth, before) }));
  const whenTrue = branch(node.thenStatement, true);
  const whenFalse = branch(node.elseStatement, false);
  if (endsFlow(whenTrue)) context.facts = factsOf(condition, false, before);
  else if (node.elseStatement !== undefined && endsFlow(whenFalse)) context.facts = factsOf(condition, true, before);
  return { kind: 'if', condition, whenTrue, whenFalse, position: positionOf(node) };
}

/** Whether control never reaches the end of these statements. */
export function endsFlow(statements: readonly Statement[]): boolean {
  const last = statements[statements.length - 1];
  switch (last?.kind) {
    case 'return':
    case 'break':
    case 'continue':
    case 'trap':
      return true;
    case 'evaluate':
      return last.expression.type.tag === 'never';
    case 'if':
      return endsFlow(last.whenTrue) && endsFlow(last.whenFalse);
    case 'block':
      return endsFlow(last.body);
    default:
      return false;
  }
}

function lowerReturn(node: ts.ReturnStatement, context: Context): readonly Statement[] {
  const position = positionOf(node);
  const result = context.result;
  if (node.expression === undefined) return [{ kind: 'return', value: null, position }];
  const free = ts.isCallExpression(node.expression) ? context.lower(node.expression, context, null) : null;
  if (free?.type.tag === 'never') return [{ kind: 'evaluate', expression: free, position }];
  if (result === null || result.tag === 'void' || result.tag === 'never') {
    throw refusal('mismatch', node.expression, 'a result', result === null ? 'none' : typeName(result));
  }
  const value =
    free === null ? context.lower(node.expression, context, result) : coerce(free, result, node.expression, context);
  return [{ kind: 'return', value, position }];
}
