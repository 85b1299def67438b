/** Pieces of C expression text, and how they combine: precedence, parentheses, and the types that C computes in. */
import { bareLiteral, typedLiteral } from './literal.ts';
import { type Computed, computedKind } from './types.ts';
import type { Names } from './names.ts';
import type { ArithmeticOperator, ComparisonOperator, IntegerKind, Local, Position } from '../ir/ir.ts';

/** What printing inside one function needs to know. */
export interface Scope {
  readonly names: Names;
  /** Path of the module that is being written. */
  readonly module: string;
  /** The text of a local. */
  readonly local: (local: Local) => string;
}

export interface Piece {
  readonly text: string;
  readonly level: number;
  /** The type that C gives the text; the value is right in any case. */
  readonly computed: Computed;
  /** For a literal, what it says; its `text` has the suffix of its type. */
  readonly literal: { readonly kind: IntegerKind; readonly value: bigint; readonly radix: number } | null;
}

/** Binding strength, as in C. */
export const LEVEL = {
  CONDITIONAL: 3,
  OR: 4,
  AND: 5,
  EQUALITY: 9,
  RELATION: 10,
  ADD: 12,
  MULTIPLY: 13,
  UNARY: 14,
  POSTFIX: 15,
} as const;

interface OperatorRule {
  readonly level: number;
  /** Weakest operand on either side that needs no parentheses; gcc asks for more of them than C does. */
  readonly left: number;
  readonly right: number;
}

function repeatable(level: number, operand: number): OperatorRule {
  return { level, left: operand, right: operand };
}

const RULES: Readonly<Record<ArithmeticOperator | ComparisonOperator | '&&' | '||', OperatorRule>> = {
  '*': { level: 13, left: 13, right: 14 },
  '/': { level: 13, left: 13, right: 14 },
  '%': { level: 13, left: 13, right: 14 },
  '+': { level: 12, left: 12, right: 13 },
  '-': { level: 12, left: 12, right: 13 },
  '<<': repeatable(11, 14),
  '>>': repeatable(11, 14),
  '<': repeatable(10, 12),
  '<=': repeatable(10, 12),
  '>': repeatable(10, 12),
  '>=': repeatable(10, 12),
  '===': repeatable(9, 12),
  '!==': repeatable(9, 12),
  '&': repeatable(8, 14),
  '^': repeatable(7, 14),
  '|': repeatable(6, 14),
  '&&': repeatable(5, 6),
  '||': repeatable(4, 6),
};

export function piece(text: string, level: number = LEVEL.POSTFIX, computed: Computed = 'other'): Piece {
  return { text, level, computed, literal: null };
}

export function literalPiece(kind: IntegerKind, value: bigint, radix: number): Piece {
  const text = typedLiteral(kind, value, radix);
  const level = text.startsWith('-') ? LEVEL.UNARY : LEVEL.POSTFIX;
  return { text, level, computed: computedKind(kind), literal: { kind, value, radix } };
}

export function parenthesised(inner: Piece, level: number): string {
  return inner.level >= level ? inner.text : `(${inner.text})`;
}

export function castPiece(type: string, inner: Piece, computed: Computed): Piece {
  return piece(`(${type})${parenthesised({ ...inner, text: bare(inner).text }, LEVEL.UNARY)}`, LEVEL.UNARY, computed);
}

/** A literal without its suffix, where the suffix makes no difference. */
export function bare(inner: Piece): Piece {
  if (inner.literal === null) return inner;
  const { kind, value, radix } = inner.literal;
  const text = bareLiteral(kind, value, radix);
  return { ...inner, text, level: text.startsWith('-') ? LEVEL.UNARY : LEVEL.POSTFIX };
}

/** The text of a value that is stored, passed or returned as its type. */
export function valueText(inner: Piece): string {
  return bare(inner).text;
}

/** The piece in exactly the type that its kind is computed in. */
export function exactly(kind: IntegerKind, inner: Piece): Piece {
  const wanted = computedKind(kind);
  if (inner.computed === wanted) return inner;
  return castPiece(wanted, inner, wanted);
}

/** Two operands such that C computes with them in the type of their kind; as few casts and suffixes as possible. */
export function together(kind: IntegerKind, left: Piece, right: Piece): readonly [Piece, Piece] {
  if (left.literal !== null && right.literal !== null) return [exactly(kind, left), bare(right)];
  if (left.literal !== null) return [bare(left), exactly(kind, right)];
  if (right.literal !== null) return [exactly(kind, left), bare(right)];
  const wanted = computedKind(kind);
  return left.computed === wanted || right.computed === wanted ? [left, right] : [exactly(kind, left), right];
}

const SPELLING: Readonly<Partial<Record<string, string>>> = { '===': '==', '!==': '!=' };

/** `left operator right` with the parentheses that C and gcc's warnings want. */
export function binaryPiece(operator: keyof typeof RULES, left: Piece, right: Piece, computed: Computed): Piece {
  const rule = RULES[operator];
  const continues = left.level === rule.level && (rule.level <= 8 || rule.level >= LEVEL.ADD);
  const leftText = parenthesised(left, continues ? rule.level : rule.left);
  const rightText = parenthesised(right, rule.right);
  return piece(`${leftText} ${SPELLING[operator] ?? operator} ${rightText}`, rule.level, computed);
}

export function callPiece(name: string, operands: readonly string[], computed: Computed = 'other'): Piece {
  return piece(`${name}(${operands.join(', ')})`, LEVEL.POSTFIX, computed);
}

/** The text that a failed check passes on: "kernel-src/base/frame-table.ts:41". */
export function siteText(scope: Scope, position: Position): string {
  return position.file === scope.module
    ? `AT(${position.line})`
    : `TEXT(${JSON.stringify(`${position.file}:${position.line}`)})`;
}
