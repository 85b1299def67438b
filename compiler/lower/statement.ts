/** Statements: blocks, declarations, assignments, branches; facts flow from each to the next. */
import { coerce } from './coerce.ts';
import { Refusal } from '../diagnostics/diagnostics.ts';
import { EFFECT_ACTS } from '../ir/ir.ts';
import type { ArithmeticOperator, Expression, IntegerType, Local, Place, Statement, Type } from '../ir/ir.ts';
import { endsFlow } from '../flow/flow.ts';
import { isBare, isUntyped } from './literal.ts';
import { buildArithmetic, lowerCondition, promote, resultDistinct } from './operator.ts';
import { isAssignment, stepOf, UPDATES } from '../front/operators.ts';
import { requireCount, onlyArgument } from './call-arguments.ts';
import { lowerFor, lowerForOf, lowerWhile } from './loop.ts';
import { lowerPlace } from './place.ts';
import { lowerSwitch } from './switch.ts';
import { convert, integerConstant, load, not, retype } from '../ir/make.ts';
import { positionOf, ts } from '../front/project.ts';
import { factsOf, rangeOf } from '../flow/ranges.ts';
import { resolveType } from './resolve-type.ts';
import {
  announce,
  attempt,
  declareLocal,
  findLocal,
  hiddenLocal,
  innerContext,
  refusal,
  trapSite,
  withdraw,
  type Context,
} from './scope.ts';
import { unknownConstruct } from '../front/subset-check.ts';
import { integer, typeName, wideKind } from '../ir/types.ts';

const K = ts.SyntaxKind;

/** Lowers statements in one block; a refused one is reported and left out. */
export function lowerStatements(nodes: readonly ts.Statement[], context: Context): readonly Statement[] {
  for (const node of nodes.filter(ts.isVariableStatement)) {
    for (const item of node.declarationList.declarations) announce(context.block, item.name);
  }
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
  const name = ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node) ? node.name : undefined;
  if (name !== undefined) withdraw(context.block, name);
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

function lowerLocal(node: ts.VariableDeclaration, context: Context): readonly Statement[] {
  const { name } = node;
  try {
    announce(context.block, name);
    if (!ts.isIdentifier(name)) throw refusal('pattern', name);
    const declared = node.type === undefined ? null : resolveType(node.type, context);
    if (declared !== null) requireScalar(declared, node);
    const initial = lowerInitialiser(node, name, declared, context);
    const isConst = (node.parent.flags & ts.NodeFlags.Const) !== 0;
    const constant = initial !== null && (isConst || !context.assigned.has(name.text));
    const type = declared ?? initial?.type;
    if (type === undefined) throw refusal('missingType', name, name.text);
    const local: Local = { name: name.text, type, constant, hidden: false };
    declareLocal(context, name, local);
    if (constant && type.tag === 'integer') {
      context.facts = new Map([...context.facts, [local, rangeOf(initial, context.facts)]]);
    }
    return [{ kind: 'declare', local, initial, position: positionOf(node) }];
  } catch (error) {
    if (error instanceof Refusal) withdraw(context.block, name);
    throw error;
  }
}

/** The initial value, or null. Where it is refused, the variable still has the type that is declared. */
function lowerInitialiser(
  node: ts.VariableDeclaration,
  name: ts.Identifier,
  declared: Type | null,
  context: Context,
): Expression | null {
  const { initializer } = node;
  if (initializer === undefined) return null;
  try {
    const initial = context.lower(initializer, context, declared);
    requireScalar(initial.type, node);
    const isConst = (node.parent.flags & ts.NodeFlags.Const) !== 0;
    if (declared === null && initial.type.tag === 'integer' && isBare(initializer, isConst)) {
      throw refusal('needsAnnotation', name, name.text, typeName(initial.type));
    }
    return initial;
  } catch (error) {
    if (!(error instanceof Refusal) || declared === null) throw error;
    context.surroundings.refuse(error.diagnostic);
    return null;
  }
}
function requireScalar(type: Type, node: ts.VariableDeclaration): void {
  if (type.tag === 'void' || type.tag === 'never')
    throw refusal('notValue', node.initializer ?? node, 'a call without a result');
  if (type.tag === 'function') throw refusal('functionValue', node);
}

function lowerExpressionStatement(node: ts.Expression, context: Context): readonly Statement[] {
  if (ts.isParenthesizedExpression(node)) return lowerExpressionStatement(node.expression, context);
  if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) return [lowerAssignment(node, context)];
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    const step = stepOf(node.operator);
    if (step !== null) return [lowerUpdate(node, node.operand, null, step, context)];
  }
  if (!ts.isCallExpression(node)) throw refusal('construct', node, 'an expression without effect as a statement');
  const special = lowerSpecialCall(node, context);
  if (special !== null) return special;
  const expression = context.lower(node, context, null);
  if ((expression.effects & EFFECT_ACTS) === 0) {
    throw refusal('construct', node, 'an expression without effect as a statement');
  }
  return [{ kind: 'evaluate', expression, position: positionOf(node) }];
}

/** `assert`, `unreachable` and a misplaced `bound`; null for every other call. */
function lowerSpecialCall(node: ts.CallExpression, context: Context): readonly Statement[] | null {
  if (!ts.isIdentifier(node.expression) || findLocal(context.block, node.expression.text) !== undefined) return null;
  const position = positionOf(node);
  switch (node.expression.text) {
    case 'bound':
      throw refusal('boundPlace', node);
    case 'unreachable':
      requireCount('unreachable', 0, node);
      return [{ kind: 'trap', site: trapSite(node, 'unreachable'), position }];
    case 'assert': {
      const condition = lowerCondition(onlyArgument('assert', node), context);
      context.facts = factsOf(condition, true, context.facts);
      const whenTrue: readonly Statement[] = [{ kind: 'trap', site: trapSite(node, 'assertion'), position }];
      return [{ kind: 'if', condition: not(condition, position), whenTrue, whenFalse: [], position }];
    }
    default:
      return null;
  }
}

/** A place that can be assigned, with the type of its value. */
function assignablePlace(node: ts.Expression, context: Context): { readonly place: Place; readonly type: Type } {
  const place = lowerPlace(node, context);
  const { type } = place;
  const isFixed = place.place === 'local' && (place.local.constant || context.steady.has(place.local));
  if (isFixed || type.tag === 'embedded' || type.tag === 'array' || type.tag === 'atomic' || type.tag === 'volatile') {
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

/** `target operator= right`; without `right`, `target++` or `target--`. */
function lowerUpdate(
  node: ts.Expression,
  target: ts.Expression,
  right: ts.Expression | null,
  operator: ArithmeticOperator,
  context: Context,
): Statement {
  const position = positionOf(node);
  const { place, type } = assignablePlace(target, context);
  if (type.tag !== 'integer') {
    throw refusal('operandType', node, `${operator}=`, typeName(type), 'It computes with integers.');
  }
  const wide = integer(wideKind(type.kind));
  const old = hiddenLocal('old', type, true);
  const known = place.place === 'local' ? context.facts.get(place.local) : undefined;
  const facts = known === undefined ? context.facts : new Map([...context.facts, [old, known]]);
  const value = load({ place: 'local', local: old, type }, type, position);
  const left = type.kind === wide.kind && type.distinct === null ? value : convert(value, wide, 'widen', null);
  const found = right === null ? integerConstant(1n, wide, position) : lowerOperand(right, operator, type, context);
  const result = integer(wide.kind, resultDistinct(operator, type, found.type, node));
  const operand = retype(found, null);
  const sum = buildArithmetic(operator, result, left, operand, node, facts);
  const advice = `Write it out: \`${target.getText()} = ${type.kind}(…)\` to check, or \`${type.kind}.wrap(…)\` to keep the low bits.`;
  const next = coerce(sum, type, node, { ...context, facts }, advice);
  return { kind: 'update', place, old, value: next, operator, operand, position };
}

/** The right side of an update, as wide as the place computes; it keeps its distinct type. */
function lowerOperand(node: ts.Expression, operator: string, type: IntegerType, context: Context): Expression {
  const wide = integer(wideKind(type.kind));
  const e = context.lower(node, context, isUntyped(node) ? wide : null);
  const promoted = e.type.tag === 'integer' ? promote(e, e.type, wide.kind) : e;
  if (promoted.type.tag !== 'integer' || promoted.type.kind !== wide.kind) {
    throw refusal('mixedOperands', node, `${operator}=`, typeName(type), typeName(e.type));
  }
  return promoted;
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

function lowerReturn(node: ts.ReturnStatement, context: Context): readonly Statement[] {
  const position = positionOf(node);
  const result = context.result;
  if (node.expression === undefined) {
    if (result !== null && result.tag !== 'void') throw refusal('mismatch', node, 'no result', typeName(result));
    return [{ kind: 'return', value: null, position }];
  }
  const free = ts.isCallExpression(node.expression) ? context.lower(node.expression, context, null) : null;
  if (free?.type.tag === 'never') return [{ kind: 'evaluate', expression: free, position }];
  if (result === null || result.tag === 'void' || result.tag === 'never') {
    const found = free === null ? 'a result' : typeName(free.type);
    throw refusal('mismatch', node.expression, found, result === null ? 'none' : typeName(result));
  }
  const value =
    free === null ? context.lower(node.expression, context, result) : coerce(free, result, node.expression, context);
  return [{ kind: 'return', value, position }];
}
