/** Integer literals: they have no type of their own, and take the one that their place expects. */
import type { Expression, IntegerType, Type } from '../ir/ir.ts';
import { integerConstant } from '../ir/make.ts';
import { positionOf, ts } from '../front/project.ts';
import { ARITHMETIC } from '../front/operators.ts';
import { refusal } from './scope.ts';
import { contains, integer, isBig, rangeOfKind, typeName } from '../ir/types.ts';

const K = ts.SyntaxKind;

/** Whether a literal, or literals joined by operators: it has no type of its own. */
export function isUntyped(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node)) return isUntyped(node.expression);
  if (ts.isNumericLiteral(node) || ts.isBigIntLiteral(node)) return true;
  if (ts.isPrefixUnaryExpression(node)) return node.operator !== K.ExclamationToken && isUntyped(node.operand);
  return (
    ts.isBinaryExpression(node) &&
    ARITHMETIC.has(node.operatorToken.kind) &&
    isUntyped(node.left) &&
    isUntyped(node.right)
  );
}

/** Whether tsc gives a bare `number` or `bigint` to an initialiser of this form, if its value is an integer. */
export function isBare(node: ts.Expression, isConst: boolean): boolean {
  if (ts.isParenthesizedExpression(node)) return isBare(node.expression, isConst);
  if (ts.isNumericLiteral(node) || ts.isBigIntLiteral(node)) return !isConst;
  if (ts.isConditionalExpression(node)) return isBare(node.whenTrue, isConst) || isBare(node.whenFalse, isConst);
  if (ts.isPrefixUnaryExpression(node)) return node.operator !== K.ExclamationToken && !(isConst && isUntyped(node));
  return ts.isBinaryExpression(node) && ARITHMETIC.has(node.operatorToken.kind);
}

/** `5`, `0xffn`, and with a sign `-5`. */
export function lowerLiteral(
  node: ts.NumericLiteral | ts.BigIntLiteral,
  negative: boolean,
  expected: Type | null,
): Expression {
  const at = negative ? node.parent : node;
  const written = node.getText();
  const text = written.replace(/n$/, '').replace(/_/g, '');
  if (!/^(0x[0-9a-f]+|0b[01]+|0o[0-7]+|0|[1-9]\d*)$/i.test(text)) throw refusal('floatingPoint', node, written);
  const value = negative ? -BigInt(text) : BigInt(text);
  const big = ts.isBigIntLiteral(node);
  const found = `${negative ? '-' : ''}${written}`;
  if (expected?.tag === 'integer' && isBig(expected.kind) !== big) {
    throw refusal('literalForm', at, found, typeName(expected), big ? found.replace(/n$/, '') : `${found}n`);
  }
  const wanted = expected?.tag === 'integer' ? expected : defaultType(big, value);
  const range = rangeOfKind(wanted.kind);
  if (!contains(range, { low: value, high: value })) {
    throw refusal('literalRange', at, found, typeName(wanted), String(range.low), String(range.high));
  }
  const radix = /^0x/i.test(text) ? 16 : /^0b/i.test(text) ? 2 : 10;
  return integerConstant(value, wanted, positionOf(node), null, radix);
}
function defaultType(big: boolean, value: bigint): IntegerType {
  if (big) return integer(value < 0n ? 'i64' : 'u64');
  return integer(value < 0n ? 'i32' : 'u32');
}
