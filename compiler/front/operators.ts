/** Which tokens of TypeScript are which operators of the representation. */
import type { ArithmeticOperator, ComparisonOperator } from '../ir/ir.ts';
import { ts } from './project.ts';

const K = ts.SyntaxKind;

export const ARITHMETIC: ReadonlyMap<ts.SyntaxKind, ArithmeticOperator> = new Map([
  [K.PlusToken, '+'],
  [K.MinusToken, '-'],
  [K.AsteriskToken, '*'],
  [K.SlashToken, '/'],
  [K.PercentToken, '%'],
  [K.AmpersandToken, '&'],
  [K.BarToken, '|'],
  [K.CaretToken, '^'],
  [K.LessThanLessThanToken, '<<'],
  [K.GreaterThanGreaterThanToken, '>>'],
]);

export const COMPARISON: ReadonlyMap<ts.SyntaxKind, ComparisonOperator> = new Map([
  [K.EqualsEqualsEqualsToken, '==='],
  [K.ExclamationEqualsEqualsToken, '!=='],
  [K.LessThanToken, '<'],
  [K.LessThanEqualsToken, '<='],
  [K.GreaterThanToken, '>'],
  [K.GreaterThanEqualsToken, '>='],
]);

/** `place operator= value`. */
export const UPDATES: ReadonlyMap<ts.SyntaxKind, ArithmeticOperator> = new Map([
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

export function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= K.FirstAssignment && kind <= K.LastAssignment;
}
/** `+` for `++`, `-` for `--`, null for every other unary operator. */
export function stepOf(operator: ts.SyntaxKind): '+' | '-' | null {
  return operator === K.PlusPlusToken ? '+' : operator === K.MinusMinusToken ? '-' : null;
}
