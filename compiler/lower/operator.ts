/** Operators: literals adapt, narrow operands widen, both sides have one kind. */
import type { ArithmeticOperator, ComparisonOperator, Expression, IntegerKind, IntegerType, Type } from '../ir/ir.ts';
import { arithmetic, compare, complement, convert, FoldError, logical, negate, not, retype } from '../ir/make.ts';
import { positionOf, ts } from '../front/project.ts';
import { factsOf, rangeOf, type Facts } from '../flow/ranges.ts';
import { refusal, trapSite, unwrapped, withFacts, type Context } from './scope.ts';
import { isUntyped, lowerLiteral } from './literal.ts';
import { ARITHMETIC, COMPARISON } from '../front/operators.ts';
import {
  bitsOf,
  contains,
  integer,
  isBig,
  isSigned,
  rangeOfKind,
  typeName,
  wideKind,
  type Range,
} from '../ir/types.ts';

const K = ts.SyntaxKind;

/** Turns what folding found into a diagnostic at `node`; `count` is the count of a shift. */
function folding<T>(node: ts.Node, type: Type, work: () => T, count = ''): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof FoldError)) throw error;
    throw error.problem === 'shiftWidth'
      ? refusal(error.problem, node, count, typeName(type))
      : refusal(error.problem, node, typeName(type));
  }
}

function requireInteger(e: Expression, operator: string, node: ts.Node): IntegerType {
  if (e.type.tag === 'integer') return e.type;
  throw refusal('operandType', node, operator, typeName(e.type), 'It computes with integers.');
}

/** Whether an expression is a constant of this kind, but for its type. */
function fits(e: Expression, kind: IntegerKind): boolean {
  return e.op === 'integer' && contains(rangeOfKind(kind), { low: e.value, high: e.value });
}

/** Widens to the kind in which operators compute; a constant also adapts its sign to `like`. */
export function promote(e: Expression, type: IntegerType, like: IntegerKind): Expression {
  const own = wideKind(type.kind);
  const kind = fits(e, like) && isBig(own) === isBig(like) ? like : own;
  return type.kind === kind ? e : convert(e, integer(kind, type.distinct), 'widen', null);
}

interface Operands {
  readonly left: Expression;
  readonly right: Expression;
  readonly kind: IntegerKind;
}

/** Lowers both operands in such an order that a literal can adapt to the other side, and widens them to one kind. */
function lowerOperands(
  node: ts.BinaryExpression,
  operator: string,
  context: Context,
  hint: Type | null,
  known: Expression | null = null,
): Operands {
  const rightFirst = isUntyped(node.left) && !isUntyped(node.right);
  const hinted = hint?.tag === 'integer' ? integer(wideKind(hint.kind)) : null;
  const adapt = (other: Expression): Type | null =>
    other.type.tag === 'integer' ? integer(wideKind(other.type.kind)) : null;
  let left: Expression;
  let right: Expression;
  if (rightFirst) {
    right = context.lower(node.right, context, null);
    left = context.lower(node.left, context, adapt(right));
  } else {
    left = known ?? lowerHinted(node.left, context, hinted);
    right = isUntyped(node.right)
      ? lowerHinted(node.right, context, adapt(left))
      : context.lower(node.right, context, null);
  }
  const leftType = requireInteger(left, operator, node.left);
  const rightType = requireInteger(right, operator, node.right);
  const adapts = left.op === 'integer' && (right.op !== 'integer' || !fits(right, wideKind(leftType.kind)));
  const leftKind = wideKind(adapts ? rightType.kind : leftType.kind);
  const wideLeft = promote(left, leftType, leftKind);
  const wideRight = promote(right, rightType, leftKind);
  if (
    wideLeft.type.tag !== 'integer' ||
    wideRight.type.tag !== 'integer' ||
    wideLeft.type.kind !== wideRight.type.kind
  ) {
    throw refusal('mixedOperands', node, operator, typeName(leftType), typeName(rightType));
  }
  return { left: wideLeft, right: wideRight, kind: wideLeft.type.kind };
}
function lowerHinted(node: ts.Expression, context: Context, hint: Type | null): Expression {
  return isUntyped(node) ? context.lower(node, context, hint) : context.lower(node, context, null);
}

/** The distinct type of a result: kept by `+ - & |` with a plain operand, lost otherwise. */
export function resultDistinct(operator: string, left: Type, right: Type, node: ts.Node): string | null {
  const a = left.tag === 'integer' ? left.distinct : null;
  const b = right.tag === 'integer' ? right.distinct : null;
  if (a !== null && b !== null && a !== b) throw refusal('mixedOperands', node, operator, a, b);
  if (!['+', '-', '&', '|'].includes(operator)) return null;
  if (operator === '-') return b === null ? a : null;
  return a !== null && b !== null ? null : (a ?? b);
}

export function lowerArithmetic(
  node: ts.BinaryExpression,
  operator: ArithmeticOperator,
  context: Context,
  expected: Type | null,
): Expression {
  const { left, right, kind } = lowerOperands(node, operator, context, expected);
  const type = integer(kind, resultDistinct(operator, left.type, right.type, node));
  return buildArithmetic(operator, type, retype(left, null), retype(right, null), node, context.facts);
}

/** Applies an operator to operands of one wide kind. */
export function buildArithmetic(
  operator: ArithmeticOperator,
  type: IntegerType,
  left: Expression,
  right: Expression,
  node: ts.Node,
  facts: Facts,
): Expression {
  if (isSigned(type.kind) && ['&', '|', '^', '<<'].includes(operator)) {
    throw refusal('operandType', node, operator, typeName(type), 'Bits are the business of unsigned integers.');
  }
  const a = rangeOf(left, facts);
  const b = rangeOf(right, facts);
  const parts = {
    operator,
    type,
    left,
    right,
    check: mayTrap(operator, type.kind, a, b)
      ? trapSite(node, operator === '/' || operator === '%' ? 'division' : 'overflow')
      : null,
    masked: (operator === '<<' || operator === '>>') && (b.low < 0n || b.high >= BigInt(bitsOf(type.kind))),
    position: positionOf(node),
  };
  return folding(node, type, () => arithmetic(parts), right.op === 'integer' ? String(right.value) : '');
}

function mayTrap(operator: ArithmeticOperator, kind: IntegerKind, a: Range, b: Range): boolean {
  const whole = rangeOfKind(kind);
  if (operator === '/' || operator === '%') {
    const zero = b.low <= 0n && b.high >= 0n;
    const least = isSigned(kind) && a.low === whole.low && b.low <= -1n && b.high >= -1n;
    return zero || least;
  }
  if (!isSigned(kind)) return false;
  if (operator === '+') return !contains(whole, { low: a.low + b.low, high: a.high + b.high });
  if (operator === '-') return !contains(whole, { low: a.low - b.high, high: a.high - b.low });
  if (operator !== '*') return false;
  return [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high].some(
    (v) => !contains(whole, { low: v, high: v }),
  );
}

function lowerComparison(node: ts.BinaryExpression, operator: ComparisonOperator, context: Context): Expression {
  const position = positionOf(node);
  const equality = operator === '===' || operator === '!==';
  const leftIsNull = unwrapped(node.left).kind === K.NullKeyword;
  if (equality && (leftIsNull || unwrapped(node.right).kind === K.NullKeyword)) {
    const other = context.lower(leftIsNull ? node.right : node.left, context, null);
    if (other.type.tag !== 'pointer') throw refusal('mismatch', node, typeName(other.type), 'a class or null');
    const empty = context.lower(leftIsNull ? node.left : node.right, context, { ...other.type, nullable: true });
    return compare(operator, leftIsNull ? empty : other, leftIsNull ? other : empty, position);
  }
  const first = isUntyped(node.left) ? null : context.lower(node.left, context, null);
  if (first !== null && first.type.tag !== 'integer') return compareOther(node, operator, first, context);
  const { left, right } = lowerOperands(node, operator, context, null, first);
  resultDistinct(operator, left.type, right.type, node);
  return compare(operator, retype(left, null), retype(right, null), position);
}

function compareOther(
  node: ts.BinaryExpression,
  operator: ComparisonOperator,
  left: Expression,
  context: Context,
): Expression {
  const equality = operator === '===' || operator === '!==';
  if (!equality || !['boolean', 'pointer'].includes(left.type.tag)) {
    throw refusal(
      'operandType',
      node,
      operator,
      typeName(left.type),
      'It compares integers; `===` also booleans and objects.',
    );
  }
  const right = context.lower(
    node.right,
    context,
    left.type.tag === 'pointer' ? { ...left.type, nullable: true } : left.type,
  );
  return compare(operator, left, right, positionOf(node));
}

function lowerLogical(node: ts.BinaryExpression, operator: '&&' | '||', context: Context): Expression {
  const left = lowerCondition(node.left, context);
  const right = lowerCondition(node.right, withFacts(context, factsOf(left, operator === '&&', context.facts)));
  return logical(operator, left, right, positionOf(node));
}

/** An expression where only a boolean may stand. */
export function lowerCondition(node: ts.Expression, context: Context): Expression {
  const e = context.lower(node, context, null);
  if (e.type.tag !== 'boolean') throw refusal('condition', node, typeName(e.type));
  return e;
}

export function lowerBinary(node: ts.BinaryExpression, context: Context, expected: Type | null): Expression {
  const kind = node.operatorToken.kind;
  const operator = ARITHMETIC.get(kind);
  if (operator !== undefined) return lowerArithmetic(node, operator, context, expected);
  const comparison = COMPARISON.get(kind);
  if (comparison !== undefined) return lowerComparison(node, comparison, context);
  if (kind === K.AmpersandAmpersandToken) return lowerLogical(node, '&&', context);
  if (kind === K.BarBarToken) return lowerLogical(node, '||', context);
  throw refusal('construct', node, `the operator ${node.operatorToken.getText()}`);
}

export function lowerUnary(node: ts.PrefixUnaryExpression, context: Context, expected: Type | null): Expression {
  const position = positionOf(node);
  if (node.operator === K.ExclamationToken) return not(lowerCondition(node.operand, context), position);
  if (node.operator === K.MinusToken && (ts.isNumericLiteral(node.operand) || ts.isBigIntLiteral(node.operand))) {
    return lowerLiteral(node.operand, true, expected);
  }
  const operator = node.operator === K.MinusToken ? '-' : '~';
  const operand = lowerHinted(node.operand, context, expected);
  const from = requireInteger(operand, operator, node.operand);
  const type = integer(wideKind(from.kind));
  const wide = retype(promote(operand, from, type.kind), null);
  if (operator === '~') {
    if (isSigned(type.kind))
      throw refusal('operandType', node, '~', typeName(from), 'Bits are the business of unsigned integers.');
    return complement(wide, type, position);
  }
  if (!isSigned(type.kind)) {
    throw refusal(
      'operandType',
      node,
      '-',
      typeName(from),
      'An unsigned integer has no negative; write `0 - x` to wrap.',
    );
  }
  const proven = rangeOf(wide, context.facts).low > rangeOfKind(type.kind).low;
  return folding(node, type, () => negate(wide, type, proven ? null : trapSite(node, 'overflow'), position));
}
