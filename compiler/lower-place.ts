/** Places: locals, fields, elements, module objects; and what reading them gives. */
import type { Expression, Field, PointerType, Place, StorageType, TableDeclaration, Type } from './ir.ts';
import { EFFECT_NONE, EFFECT_TRAPS } from './ir.ts';
import { isNarrowable } from './coerce.ts';
import { booleanConstant, integerConstant, load, merge, reference } from './make.ts';
import { positionOf, ts } from './project.ts';
import { rangeOf } from './ranges.ts';
import { Refusal } from './diagnostics.ts';
import { findLocal, refusal, trapSite, type Context, type Meaning } from './scope.ts';
import { integer, pointer, typeName } from './types.ts';

const U32 = integer('u32');

/** A name in an expression: a local shadows the module, the module its imports. */
export function meaningOf(node: ts.Identifier, context: Context): Place | Meaning {
  const local = findLocal(context.block, node.text);
  if (local === null) throw new Refusal(null);
  if (local !== undefined) return { place: 'local', local, type: local.type };
  const meaning = context.surroundings.resolve(context.module, node.text, node);
  if (meaning === null) throw refusal('unknownName', node, node.text);
  return meaning;
}

/** The value of a name. */
export function lowerName(node: ts.Identifier, context: Context): Expression {
  const position = positionOf(node);
  const meaning = meaningOf(node, context);
  if ('place' in meaning) return readPlace(meaning, node);
  switch (meaning.kind) {
    case 'constant': {
      const { value } = meaning;
      if (value.op === 'integer') return integerConstant(value.value, value.type, position, meaning, value.radix);
      if (value.op === 'boolean') return booleanConstant(value.value, position, meaning);
      return { ...value, position };
    }
    case 'variable':
      return readPlace({ place: 'variable', variable: meaning, type: meaning.type }, node);
    case 'object':
      return readPlace({ place: 'object', object: meaning, type: meaning.type }, node);
    case 'function':
      throw refusal('functionValue', node);
    case 'array':
    case 'table':
      throw refusal('embeddedValue', node, node.text);
    default:
      throw refusal('notValue', node, node.text);
  }
}

/** Reads a scalar place, or takes the address of an embedded object. */
export function readPlace(place: Place, node: ts.Node): Expression {
  const position = positionOf(node);
  const type: StorageType | Type = place.type;
  switch (type.tag) {
    case 'embedded':
      return reference(place, pointer(type.target, false), position);
    case 'array':
    case 'atomic':
    case 'volatile':
      throw refusal('embeddedValue', node, typeName(type));
    default:
      return load(place, type, position);
  }
}

/** Whether an expression names storage (rather than a value that has been computed). */
export function lowerPlace(node: ts.Expression, context: Context): Place {
  if (ts.isParenthesizedExpression(node)) return lowerPlace(node.expression, context);
  if (ts.isIdentifier(node)) {
    const meaning = meaningOf(node, context);
    if ('place' in meaning) return meaning;
    if (meaning.kind === 'variable') return { place: 'variable', variable: meaning, type: meaning.type };
    if (meaning.kind === 'object' || meaning.kind === 'array')
      return { place: 'object', object: meaning, type: meaning.type };
    throw refusal('notAssignable', node, node.text);
  }
  if (ts.isPropertyAccessExpression(node)) {
    const object = context.lower(node.expression, context, null);
    if (object.type.tag !== 'pointer') throw refusal('notAssignable', node, node.getText());
    return fieldPlace(object, object.type, node);
  }
  if (ts.isElementAccessExpression(node)) return elementPlace(node, context);
  throw refusal('notAssignable', node, node.getText());
}

/** The pointer behind which a member is read; a nullable one must have been narrowed, which only locals can be. */
export function requireObject(object: Expression, node: ts.Node): void {
  if (object.type.tag === 'pointer' && object.type.nullable && !isNarrowable(object))
    throw refusal('nullableRead', node);
}

function fieldPlace(object: Expression, type: PointerType, node: ts.PropertyAccessExpression): Place {
  requireObject(object, node.expression);
  const field = type.target.fields.find((candidate: Field) => candidate.name === node.name.text);
  if (field === undefined) throw refusal('noMember', node.name, type.target.name, node.name.text);
  return { place: 'field', object, field, type: field.type };
}

function elementPlace(node: ts.ElementAccessExpression, context: Context): Place {
  const array = lowerPlace(node.expression, context);
  if (array.type.tag !== 'array')
    throw refusal('operandType', node, '[]', typeName(array.type), 'Only arrays have elements.');
  const { index, check } = lowerIndex(node.argumentExpression, array.type.length, context);
  return { place: 'element', array, index, check, type: array.type.element };
}

function lowerIndex(node: ts.Expression, length: number, context: Context) {
  const index = context.lower(node, context, U32);
  const proven = rangeOf(index, context.facts).high < BigInt(length);
  if (!proven && index.op === 'integer') {
    throw refusal('literalRange', node, String(index.value), 'the array', '0', String(length - 1));
  }
  return { index, check: proven ? null : trapSite(node, 'index') };
}

/** `object.name` as a value. */
export function lowerMember(node: ts.PropertyAccessExpression, context: Context): Expression {
  const position = positionOf(node);
  if (node.name.text === 'length') {
    const length = lengthOfArray(node.expression, context);
    if (length !== null) return integerConstant(BigInt(length), U32, position);
  }
  const object = context.lower(node.expression, context, null);
  if (object.type.tag === 'value') {
    const { declaration } = object.type;
    const field = declaration.fields.find((candidate) => candidate.name === node.name.text);
    if (field === undefined) throw refusal('noMember', node.name, declaration.name, node.name.text);
    return { op: 'member', value: object, field, type: field.type, effects: object.effects, position };
  }
  if (object.type.tag !== 'pointer') throw refusal('noMember', node.name, typeName(object.type), node.name.text);
  return readPlace(fieldPlace(object, object.type, node), node);
}

function lengthOfArray(node: ts.Expression, context: Context): number | null {
  const table = tableOf(node, context);
  if (table !== null) return table.elements.length;
  const isPlace = ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
  if (!isPlace) return null;
  if (ts.isIdentifier(node) && !('place' in meaningOf(node, context))) {
    const meaning = meaningOf(node, context);
    return !('place' in meaning) && meaning.kind === 'array' ? meaning.type.length : null;
  }
  if (ts.isPropertyAccessExpression(node) && context.lower(node.expression, context, null).type.tag !== 'pointer')
    return null;
  const place = lowerPlace(node, context);
  return place.type.tag === 'array' ? place.type.length : null;
}

/** The constant table that a name stands for, or null. */
export function tableOf(node: ts.Expression, context: Context): TableDeclaration | null {
  if (!ts.isIdentifier(node)) return null;
  const meaning = meaningOf(node, context);
  return !('place' in meaning) && meaning.kind === 'table' ? meaning : null;
}

/** `array[index]` as a value. */
export function lowerElement(node: ts.ElementAccessExpression, context: Context): Expression {
  const table = tableOf(node.expression, context);
  if (table === null) return readPlace(elementPlace(node, context), node);
  const { index, check } = lowerIndex(node.argumentExpression, table.elements.length, context);
  const traps = check === null ? EFFECT_NONE : EFFECT_TRAPS;
  return {
    op: 'table-element',
    table,
    index,
    check,
    type: table.element,
    effects: merge(index) | traps,
    position: positionOf(node),
  };
}
