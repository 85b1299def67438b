/** Small pieces of intermediate representation that ordering adds. */
import { EFFECT_NONE, EFFECT_READS } from '../ir/ir.ts';
import type { ComparisonOperator, Expression, IntegerType, Local, Place, Position, Statement, Type } from '../ir/ir.ts';

export function loadOfPlace(place: Place, type: Type, position: Position): Expression {
  return { op: 'load', place, type, effects: place.place === 'local' ? EFFECT_NONE : EFFECT_READS, position };
}

export function loadOf(local: Local, position: Position): Expression {
  return loadOfPlace({ place: 'local', local, type: local.type }, local.type, position);
}

const OPPOSITE: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '===': '!==',
  '!==': '===',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};

/** The opposite of a condition. */
export function notOf(operand: Expression): Expression {
  if (operand.op === 'not') return operand.operand;
  if (operand.op === 'compare') return { ...operand, operator: OPPOSITE[operand.operator] };
  return { op: 'not', operand, type: { tag: 'boolean' }, effects: operand.effects, position: operand.position };
}

export function booleanLiteral(value: boolean, position: Position): Expression {
  return { op: 'boolean', value, constant: null, type: { tag: 'boolean' }, effects: EFFECT_NONE, position };
}

/** Leaves the loop around it unless the condition holds. */
export function breakUnless(condition: Expression): Statement {
  const { position } = condition;
  return { kind: 'if', condition: notOf(condition), whenTrue: [{ kind: 'break', position }], whenFalse: [], position };
}

/** `index >= length`, for an index that is a literal or a local. */
export function indexOutside(index: Expression, length: number): Expression {
  const { position, effects } = index;
  const type: IntegerType = { tag: 'integer', kind: 'u32', distinct: null };
  const right: Expression = {
    op: 'integer',
    value: BigInt(length),
    constant: null,
    radix: 10,
    type,
    effects: EFFECT_NONE,
    position,
  };
  return { op: 'compare', operator: '>=', left: index, right, type: { tag: 'boolean' }, effects, position };
}

/** A name for the temporary that holds a value: it says where the value came from. */
export function resultName(expression: Expression): string {
  switch (expression.op) {
    case 'call':
      return `${expression.function.name}Result`;
    case 'call-indirect':
      return 'callResult';
    case 'load':
    case 'atomic':
    case 'volatile-read':
    case 'reference': {
      const { place } = expression;
      if (place.place === 'field') return place.field.name;
      return place.place === 'element' ? 'element' : 'operand';
    }
    case 'member':
      return expression.field.name;
    case 'compare':
    case 'logical':
    case 'not':
      return 'condition';
    default:
      return 'operand';
  }
}
