/** Comparisons in C, and those that gcc would warn about because their outcome is plain. */
import { LEVEL, type Piece, bare, binaryPiece, parenthesised, piece, together } from './emit-c-piece.ts';
import { EFFECT_ACTS } from './ir.ts';
import type { ComparisonOperator, Expression, ExpressionOf } from './ir.ts';
import { rangeOfKind } from './types.ts';

type Compare = ExpressionOf<'compare'>;

export function comparePiece(node: Compare, left: Piece, right: Piece): Piece {
  const outcome = decided(node, left, right);
  if (outcome !== null) {
    const operand = node.right.op === 'integer' ? left : right;
    return piece(`((void)${parenthesised(operand, LEVEL.UNARY)}, ${outcome})`);
  }
  const hasLiteral = left.literal !== null || right.literal !== null;
  const mayMixSigns = node.left.type.tag === 'integer' && node.left.type.kind === 'i64' && !hasLiteral;
  const [first, second] = mayMixSigns ? together('i64', left, right) : [bare(left), bare(right)];
  return binaryPiece(node.operator, first, second, 'other');
}

/** The outcome of a comparison that does not depend on the values, as far as gcc sees it too; else null. */
function decided(node: Compare, left: Piece, right: Piece): boolean | null {
  if (left.text === right.text && left.literal === null && (node.left.effects & EFFECT_ACTS) === 0) {
    return holds(node.operator, 0n, 0n);
  }
  if (node.right.op === 'integer') return decidedByType(node.operator, node.left, node.right.value);
  return node.left.op === 'integer' ? decidedByType(MIRRORED[node.operator], node.right, node.left.value) : null;
}

const MIRRORED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '===': '===',
  '!==': '!==',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/** A comparison with a constant that the other side's type or constant mask decides alone. */
function decidedByType(operator: ComparisonOperator, variable: Expression, constant: bigint): boolean | null {
  const inner = withoutWidening(variable);
  if (inner.type.tag !== 'integer') return null;
  if (operator === '===' || operator === '!==') {
    const isPossible = isPossibleValue(inner, constant);
    return isPossible ? null : operator === '!==';
  }
  const { low, high } = rangeOfKind(inner.type.kind);
  const outcome = holds(operator, low, constant);
  return outcome === holds(operator, high, constant) ? outcome : null;
}

function isPossibleValue(variable: Expression, constant: bigint): boolean {
  if (variable.type.tag !== 'integer') return true;
  const { low, high } = rangeOfKind(variable.type.kind);
  if (constant < low || constant > high) return false;
  if (variable.op !== 'arithmetic') return true;
  const mask = [variable.left, variable.right].find((operand) => operand.op === 'integer');
  if (mask?.op !== 'integer') return true;
  if (variable.operator === '&') return (constant & ~mask.value) === 0n;
  return variable.operator !== '|' || (mask.value & ~constant) === 0n;
}

function withoutWidening(expression: Expression): Expression {
  let inner = expression;
  while (inner.op === 'convert' && inner.mode === 'widen') inner = inner.operand;
  return inner;
}

function holds(operator: ComparisonOperator, left: bigint, right: bigint): boolean {
  switch (operator) {
    case '===':
      return left === right;
    case '!==':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}
