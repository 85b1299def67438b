/** Constructors of expressions: they merge effects and fold constants, in BigInt, with the meaning that the emitters give. */
import {
  EFFECT_ACTS,
  EFFECT_NONE,
  EFFECT_READS,
  EFFECT_TRAPS,
  type ArithmeticOperator,
  type ComparisonOperator,
  type ConstantDeclaration,
  type Expression,
  type ExpressionOf,
  type IntegerType,
  type Place,
  type PointerType,
  type Position,
  type TrapSite,
  type Type,
} from './ir.ts';
import { BOOLEAN, bitsOf, contains, integer, isSigned, rangeOfKind, wrapTo } from './types.ts';

/** Raised while folding: the front end turns it into a diagnostic at the operator. */
export class FoldError extends Error {
  readonly problem: 'constantOverflow' | 'divisionByZero' | 'shiftWidth';
  constructor(problem: 'constantOverflow' | 'divisionByZero' | 'shiftWidth') {
    super(problem);
    this.problem = problem;
  }
}

export function merge(...parts: readonly { readonly effects: number }[]): number {
  return parts.reduce((sum, part) => sum | part.effects, EFFECT_NONE);
}
function trapping(check: TrapSite | null): number {
  return check === null ? EFFECT_NONE : EFFECT_TRAPS;
}

export function integerConstant(
  value: bigint,
  type: IntegerType,
  position: Position,
  constant: ConstantDeclaration | null = null,
  radix = 10,
): ExpressionOf<'integer'> {
  return { op: 'integer', type, value, constant, radix, effects: EFFECT_NONE, position };
}
export function booleanConstant(
  value: boolean,
  position: Position,
  constant: ConstantDeclaration | null = null,
): Expression {
  return { op: 'boolean', type: BOOLEAN, value, constant, effects: EFFECT_NONE, position };
}
export function nullConstant(type: PointerType, position: Position): Expression {
  return { op: 'null', type, effects: EFFECT_NONE, position };
}

/** What finding a place may do. */
export function placeEffects(place: Place): number {
  switch (place.place) {
    case 'field':
      return place.object.effects;
    case 'element':
      return placeEffects(place.array) | place.index.effects | trapping(place.check);
    default:
      return EFFECT_NONE;
  }
}
export function load(place: Place, type: Type, position: Position): Expression {
  const reads = place.place === 'local' ? EFFECT_NONE : EFFECT_READS;
  return { op: 'load', place, type, effects: placeEffects(place) | reads, position };
}
export function reference(place: Place, type: PointerType, position: Position): Expression {
  return { op: 'reference', place, type, effects: placeEffects(place), position };
}

function foldArithmetic(operator: ArithmeticOperator, type: IntegerType, a: bigint, b: bigint): bigint {
  if ((operator === '/' || operator === '%') && b === 0n) throw new FoldError('divisionByZero');
  if ((operator === '<<' || operator === '>>') && (b < 0n || b >= BigInt(bitsOf(type.kind)))) {
    throw new FoldError('shiftWidth');
  }
  const exact = {
    '+': () => a + b,
    '-': () => a - b,
    '*': () => a * b,
    '/': () => a / b,
    '%': () => a % b,
    '&': () => a & b,
    '|': () => a | b,
    '^': () => a ^ b,
    '<<': () => a << b,
    '>>': () => a >> b,
  }[operator]();
  if (isSigned(type.kind) && !contains(rangeOfKind(type.kind), { low: exact, high: exact })) {
    throw new FoldError('constantOverflow');
  }
  return wrapTo(type.kind, exact);
}

export interface ArithmeticParts {
  readonly operator: ArithmeticOperator;
  readonly type: IntegerType;
  readonly left: Expression;
  readonly right: Expression;
  readonly check: TrapSite | null;
  readonly masked: boolean;
  readonly position: Position;
}
export function arithmetic(parts: ArithmeticParts): Expression {
  const { left, right, operator, type } = parts;
  if (right.op === 'integer') {
    if ((operator === '/' || operator === '%') && right.value === 0n) throw new FoldError('divisionByZero');
    if ((operator === '<<' || operator === '>>') && right.value >= BigInt(bitsOf(type.kind))) {
      throw new FoldError('shiftWidth');
    }
    if (left.op === 'integer') {
      const value = foldArithmetic(operator, type, left.value, right.value);
      return integerConstant(value, type, parts.position, null, Math.max(left.radix, right.radix));
    }
  }
  return { op: 'arithmetic', ...parts, effects: merge(left, right) | trapping(parts.check) };
}

function holds(operator: ComparisonOperator, a: bigint, b: bigint): boolean {
  return {
    '===': a === b,
    '!==': a !== b,
    '<': a < b,
    '<=': a <= b,
    '>': a > b,
    '>=': a >= b,
  }[operator];
}
export function compare(
  operator: ComparisonOperator,
  left: Expression,
  right: Expression,
  position: Position,
): Expression {
  if (left.op === 'integer' && right.op === 'integer') {
    return booleanConstant(holds(operator, left.value, right.value), position);
  }
  return { op: 'compare', operator, left, right, type: BOOLEAN, effects: merge(left, right), position };
}
export function not(operand: Expression, position: Position): Expression {
  if (operand.op === 'boolean') return booleanConstant(!operand.value, position);
  return { op: 'not', operand, type: BOOLEAN, effects: operand.effects, position };
}
export function logical(operator: '&&' | '||', left: Expression, right: Expression, position: Position): Expression {
  if (left.op === 'boolean' && right.op === 'boolean') {
    return booleanConstant(operator === '&&' ? left.value && right.value : left.value || right.value, position);
  }
  return { op: 'logical', operator, left, right, type: BOOLEAN, effects: merge(left, right), position };
}
export function negate(operand: Expression, type: IntegerType, check: TrapSite | null, position: Position): Expression {
  if (operand.op === 'integer') {
    const value = foldArithmetic('-', type, 0n, operand.value);
    return integerConstant(value, type, position, null, operand.radix);
  }
  return { op: 'negate', type, operand, check, effects: operand.effects | trapping(check), position };
}
export function complement(operand: Expression, type: IntegerType, position: Position): Expression {
  if (operand.op === 'integer') {
    return integerConstant(wrapTo(type.kind, ~operand.value), type, position, null, operand.radix);
  }
  return { op: 'complement', type, operand, effects: operand.effects, position };
}
/** `check` decides the mode where the value may not fit: a trap site, or null to wrap. */
export function convert(
  operand: Expression,
  type: IntegerType,
  mode: ExpressionOf<'convert'>['mode'],
  check: TrapSite | null,
): Expression {
  const position = operand.position;
  if (operand.op === 'integer') {
    const value = wrapTo(type.kind, operand.value);
    if (mode !== 'wrap' && value !== operand.value) throw new FoldError('constantOverflow');
    return { ...operand, value, type, constant: mode === 'widen' ? operand.constant : null };
  }
  return { op: 'convert', type, mode, operand, check, effects: operand.effects | trapping(check), position };
}
/** The same value as a distinct type, or without its distinct type; costs nothing. */
export function retype(operand: Expression, distinct: string | null): Expression {
  if (operand.type.tag !== 'integer' || operand.type.distinct === distinct) return operand;
  const type = integer(operand.type.kind, distinct);
  if (operand.op === 'integer') return { ...operand, type };
  return {
    op: 'convert',
    type,
    mode: 'widen',
    operand,
    check: null,
    effects: operand.effects,
    position: operand.position,
  };
}
/** The effects of a call or a shared access on top of those of its operands. */
export function acting(...parts: readonly { readonly effects: number }[]): number {
  return merge(...parts) | EFFECT_ACTS | EFFECT_READS;
}
