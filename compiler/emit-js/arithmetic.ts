/**
 * Integer operations in JavaScript. Integers of up to 32 bits are numbers, an
 * u32 is never negative and an i32 never -0; 64-bit ones are bigints.
 */

import { LEVEL, at, binary, bitwise, callText, primary, siteText, type Piece, type Scope } from './pieces.ts';
import type { Expression, ExpressionOf, IntegerKind } from '../ir/ir.ts';
import { bitsOf, isBig, isSigned, rangeOfKind } from '../ir/types.ts';

/** Prints an operand; passed in, so that this file does not import the one that prints all expressions. */
export type Print = (expression: Expression, scope: Scope) => Piece;

type Arithmetic = ExpressionOf<'arithmetic'>;

const BIT_LEVELS = { '&': LEVEL.BIT_AND, '|': LEVEL.BIT_OR, '^': LEVEL.BIT_XOR } as const;

export function integerText(value: bigint, radix: number, kind: IntegerKind): Piece {
  const magnitude = value < 0n ? -value : value;
  const prefix = { 2: '0b', 16: '0x' }[radix] ?? '';
  const digits = prefix === '' ? magnitude.toString() : prefix + magnitude.toString(radix);
  const text = `${value < 0n ? '-' : ''}${digits}${isBig(kind) ? 'n' : ''}`;
  return { text, level: value < 0n ? LEVEL.UNARY : LEVEL.PRIMARY };
}

/** The expression under conversions that change nothing but the name of a type. */
function withoutRetype(expression: Expression, kind: IntegerKind): Expression {
  let inner = expression;
  while (inner.op === 'convert' && inner.operand.type.tag === 'integer' && inner.operand.type.kind === kind) {
    inner = inner.operand;
  }
  return inner;
}

/**
 * A sum of wrapping terms needs one truncation, at its end: modulo 2^32 or 2^64 nothing else matters, and a
 * sum of fewer than 2^20 terms of 33 bits is exact in a number. Walks down the left side without recursion.
 */
function sum(expression: Arithmetic, term: (expression: Expression) => Piece): Piece {
  const { kind } = expression.type;
  const parts: string[] = [];
  let rest: Expression = expression;
  while (rest.op === 'arithmetic' && rest.type.kind === kind && (rest.operator === '+' || rest.operator === '-')) {
    parts.push(`${rest.operator} ${at(term(rest.right), LEVEL.PRODUCT)}`);
    rest = withoutRetype(rest.left, kind);
  }
  parts.push(at(term(rest), LEVEL.SUM));
  return { text: parts.reverse().join(' '), level: LEVEL.SUM };
}

/** A number that is congruent modulo 2^32 to a u32, and small enough to be exact in sums. */
function looseU32(expression: Expression, scope: Scope, print: Print): Piece {
  if (expression.type.tag !== 'integer' || isBig(expression.type.kind)) return print(expression, scope);
  if (expression.op === 'convert' && expression.type.kind === 'u32' && expression.mode !== 'check') {
    const from = expression.operand.type;
    if (from.tag === 'integer' && !isBig(from.kind)) return looseU32(expression.operand, scope, print);
  }
  if (expression.type.kind !== 'u32') return print(expression, scope);
  if (expression.op === 'complement') {
    return { text: `~${at(looseU32(expression.operand, scope, print), LEVEL.UNARY)}`, level: LEVEL.UNARY };
  }
  return (
    (expression.op === 'arithmetic' ? looseArithmetic(expression, scope, print) : null) ?? print(expression, scope)
  );
}

/** Null for the operators whose result needs exact operands. */
function looseArithmetic(expression: Arithmetic, scope: Scope, print: Print): Piece | null {
  const loose = (operand: Expression): Piece => looseU32(operand, scope, print);
  const { operator, left, right } = expression;
  switch (operator) {
    case '+':
    case '-':
      return sum(expression, loose);
    case '*':
      return primary(`Math.imul(${at(loose(left), LEVEL.CONDITIONAL)}, ${at(loose(right), LEVEL.CONDITIONAL)})`);
    case '&':
    case '|':
    case '^':
      return bitwise(loose(left), operator, loose(right), BIT_LEVELS[operator]);
    case '<<':
      return bitwise(loose(left), '<<', print(right, scope), LEVEL.SHIFT);
    case '/':
    case '%':
    case '>>':
      return null;
  }
}

function isSmallLiteral(expression: Expression): boolean {
  return expression.op === 'integer' && expression.value >= 0n && expression.value <= 0x7fff_ffffn;
}

function truncatedU32(piece: Piece): Piece {
  return { text: `${at(piece, LEVEL.UNARY)} >>> 0`, level: LEVEL.SHIFT };
}

function arithmeticU32(expression: Arithmetic, scope: Scope, print: Print): Piece {
  const { operator, left, right, check } = expression;
  const loose = looseArithmetic(expression, scope, print);
  if (loose !== null) {
    // The sign bit of `x & small` is clear already.
    return operator === '&' && (isSmallLiteral(left) || isSmallLiteral(right)) ? loose : truncatedU32(loose);
  }
  if (operator === '>>') {
    return bitwise(looseU32(left, scope, print), '>>>', print(right, scope), LEVEL.SHIFT);
  }
  const divisor = print(right, scope);
  const checked = check === null ? divisor : callText(scope, 'nonZero', divisor.text, siteText(check.position));
  const result = binary(print(left, scope), operator, checked, LEVEL.PRODUCT);
  return operator === '/' ? truncatedU32(result) : result;
}

function arithmeticI32(expression: Arithmetic, scope: Scope, print: Print): Piece {
  const { operator, check } = expression;
  const left = print(expression.left, scope);
  const right = print(expression.right, scope);
  switch (operator) {
    case '+':
    case '-': {
      const exact = binary(left, operator, right, LEVEL.SUM);
      return check === null ? exact : callText(scope, 'checkI32', exact.text, siteText(check.position));
    }
    case '*': {
      if (check === null) return primary(`Math.imul(${left.text}, ${right.text})`);
      const exact = binary(left, operator, right, LEVEL.PRODUCT);
      return callText(scope, 'checkI32', exact.text, siteText(check.position));
    }
    case '/':
    case '%': {
      const name = operator === '/' ? 'divideI32' : 'remainderI32';
      if (check !== null) return callText(scope, name, left.text, right.text, siteText(check.position));
      return bitwise(binary(left, operator, right, LEVEL.PRODUCT), '|', primary('0'), LEVEL.BIT_OR);
    }
    case '&':
    case '|':
    case '^':
      return bitwise(left, operator, right, BIT_LEVELS[operator]);
    case '<<':
    case '>>':
      return bitwise(left, operator, right, LEVEL.SHIFT);
  }
}

function truncated64(signed: boolean, piece: Piece): Piece {
  return primary(`BigInt.${signed ? 'asIntN' : 'asUintN'}(64, ${piece.text})`);
}

function shift64(expression: Arithmetic, scope: Scope, print: Print): Piece {
  const { operator, type, masked } = expression;
  const count = print(expression.right, scope);
  const inRange = masked ? bitwise(count, '&', primary('63n'), LEVEL.BIT_AND) : count;
  const shifted = bitwise(print(expression.left, scope), operator, inRange, LEVEL.SHIFT);
  return operator === '<<' ? truncated64(isSigned(type.kind), shifted) : shifted;
}

function divide64(expression: Arithmetic, scope: Scope, print: Print): Piece {
  const { operator, check, type } = expression;
  const left = print(expression.left, scope);
  const right = print(expression.right, scope);
  if (check === null) return binary(left, operator, right, LEVEL.PRODUCT);
  const site = siteText(check.position);
  if (isSigned(type.kind)) {
    return callText(scope, operator === '/' ? 'divideI64' : 'remainderI64', left.text, right.text, site);
  }
  return binary(left, operator, callText(scope, 'nonZeroBig', right.text, site), LEVEL.PRODUCT);
}

/** A bigint of at most 128 bits that is congruent modulo 2^64 to a u64. */
function looseU64(expression: Expression, scope: Scope, print: Print): Piece {
  const inner = withoutRetype(expression, 'u64');
  if (inner.op !== 'arithmetic' || inner.operator !== '*' || inner.type.kind !== 'u64') return print(inner, scope);
  return binary(print(inner.left, scope), '*', print(inner.right, scope), LEVEL.PRODUCT);
}

function arithmetic64(expression: Arithmetic, scope: Scope, print: Print): Piece {
  const { operator, type, check, left, right } = expression;
  const signed = isSigned(type.kind);
  switch (operator) {
    case '+':
    case '-':
      if (!signed) {
        const exact = sum(expression, (term) => looseU64(term, scope, print));
        return truncated64(false, exact);
      }
      break;
    case '*':
      if (!signed) return truncated64(false, looseU64(expression, scope, print));
      break;
    case '/':
    case '%':
      return divide64(expression, scope, print);
    case '&':
    case '|':
    case '^':
      return bitwise(print(left, scope), operator, print(right, scope), BIT_LEVELS[operator]);
    case '<<':
    case '>>':
      return shift64(expression, scope, print);
  }
  const exact = binary(print(left, scope), operator, print(right, scope), operator === '*' ? LEVEL.PRODUCT : LEVEL.SUM);
  return check === null ? exact : callText(scope, 'checkI64', exact.text, siteText(check.position));
}

export function printArithmetic(expression: Arithmetic, scope: Scope, print: Print): Piece {
  const { kind } = expression.type;
  if (isBig(kind)) return arithmetic64(expression, scope, print);
  return isSigned(kind) ? arithmeticI32(expression, scope, print) : arithmeticU32(expression, scope, print);
}

export function printNegate(expression: ExpressionOf<'negate'>, scope: Scope, print: Print): Piece {
  const big = isBig(expression.type.kind);
  // Not `-x`: that gives -0 for 0.
  const zero = primary(big ? '0n' : '0');
  const exact = binary(zero, '-', print(expression.operand, scope), LEVEL.SUM);
  if (expression.check === null) return exact;
  return callText(scope, big ? 'checkI64' : 'checkI32', exact.text, siteText(expression.check.position));
}

export function printComplement(expression: ExpressionOf<'complement'>, scope: Scope, print: Print): Piece {
  const { kind } = expression.type;
  if (kind === 'u32') return truncatedU32(looseU32(expression, scope, print));
  const inverted = { text: `~${at(print(expression.operand, scope), LEVEL.UNARY)}`, level: LEVEL.UNARY };
  return kind === 'u64' ? truncated64(false, inverted) : inverted;
}

function wrapNumber(kind: IntegerKind, operand: Piece): Piece {
  if (kind === 'u32') return truncatedU32(operand);
  if (kind === 'i32') return bitwise(operand, '|', primary('0'), LEVEL.BIT_OR);
  if (!isSigned(kind)) return bitwise(operand, '&', primary(kind === 'u8' ? '0xff' : '0xffff'), LEVEL.BIT_AND);
  const unused = primary(String(32 - bitsOf(kind)));
  return bitwise(bitwise(operand, '<<', unused, LEVEL.SHIFT), '>>', unused, LEVEL.SHIFT);
}

function printWrap(expression: ExpressionOf<'convert'>, from: IntegerKind, scope: Scope, print: Print): Piece {
  const { kind } = expression.type;
  if (!isBig(from) && !isBig(kind)) return wrapNumber(kind, looseU32(expression.operand, scope, print));
  const operand = print(expression.operand, scope);
  const big = isBig(from) ? operand : primary(`BigInt(${operand.text})`);
  const wrapped = primary(`BigInt.${isSigned(kind) ? 'asIntN' : 'asUintN'}(${bitsOf(kind)}, ${big.text})`);
  return isBig(kind) ? wrapped : primary(`Number(${wrapped.text})`);
}

export function printConvert(expression: ExpressionOf<'convert'>, scope: Scope, print: Print): Piece {
  const { type, mode, check } = expression;
  const from = expression.operand.type;
  if (from.tag !== 'integer') throw new Error(`emit-js: a conversion of a value of type ${from.tag}`);
  if (mode === 'wrap') return printWrap(expression, from.kind, scope, print);
  const operand = print(expression.operand, scope);
  const bigFrom = isBig(from.kind);
  const bigTo = isBig(type.kind);
  if (mode !== 'check' || check === null) {
    if (bigFrom === bigTo) return operand;
    return primary(`${bigTo ? 'BigInt' : 'Number'}(${operand.text})`);
  }
  const range = rangeOfKind(type.kind);
  const site = siteText(check.position);
  if (!bigFrom && !bigTo) {
    return callText(scope, 'checkNarrow', operand.text, `${range.low}`, `${range.high}`, site);
  }
  const big = bigFrom ? operand.text : `BigInt(${operand.text})`;
  const checked = callText(scope, 'checkNarrowBig', big, `${range.low}n`, `${range.high}n`, site);
  return bigTo ? checked : primary(`Number(${checked.text})`);
}
