/** Places: locals, fields, elements, module objects; and what reading them gives. */
import type { Expression, Field, PointerType, Place, TableDeclaration } from '../ir/ir.ts';
import { EFFECT_NONE, EFFECT_TRAPS } from '../ir/ir.ts';
import { isNarrowable } from './coerce.ts';
import { booleanConstant, integerConstant, load, merge, reference } from '../ir/make.ts';
import { positionOf, ts } from '../front/project.ts';
import { rangeOf } from '../flow/ranges.ts';
import { Refusal } from '../diagnostics/diagnostics.ts';
import { findLocal, refusal, trapSite, type Context, type Meaning } from './scope.ts';
import { integer, pointer, typeName } from '../ir/types.ts';

const U32 = integer('u32');

/** What an expression stands for: storage in memory, a constant table, or a value that has been computed. */
export type Found =
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'table'; readonly table: TableDeclaration }
  | { readonly kind: 'value'; readonly value: Expression };

/** A name in an expression: a local shadows the module, the module its imports. */
export function meaningOf(node: ts.Identifier, context: Context): Place | Meaning {
  const local = findLocal(context.block, node.text);
  if (local === null) throw new Refusal(null);
  if (local === 'later') throw refusal('usedBefore', node, node.text);
  if (local !== undefined) return { place: 'local', local, type: local.type };
  const meaning = context.surroundings.resolve(context.module, node.text, node);
  if (meaning === null) throw refusal('unknownName', node, node.text);
  return meaning;
}

/** Looks an expression up without reading it. */
export function find(node: ts.Expression, context: Context): Found {
  if (ts.isParenthesizedExpression(node)) return find(node.expression, context);
  if (ts.isIdentifier(node)) return findName(node, context);
  if (ts.isPropertyAccessExpression(node)) return findMember(node, context);
  if (ts.isElementAccessExpression(node)) return findElement(node, context);
  return { kind: 'value', value: context.lower(node, context, null) };
}

/** The value of what was found: reads a scalar place, or takes the address of an embedded object. */
export function valueOf(found: Found, node: ts.Node): Expression {
  switch (found.kind) {
    case 'value':
      return found.value;
    case 'table':
      throw refusal('embeddedValue', node, `The table ${found.table.name}`);
    case 'place':
      return readPlace(found.place, node);
  }
}

function readPlace(place: Place, node: ts.Node): Expression {
  const position = positionOf(node);
  const { type } = place;
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

function findName(node: ts.Identifier, context: Context): Found {
  const meaning = meaningOf(node, context);
  if ('place' in meaning) return { kind: 'place', place: meaning };
  switch (meaning.kind) {
    case 'constant': {
      const { value } = meaning;
      const position = positionOf(node);
      if (value.op === 'integer') {
        return { kind: 'value', value: integerConstant(value.value, value.type, position, meaning, value.radix) };
      }
      const constant =
        value.op === 'boolean' ? booleanConstant(value.value, position, meaning) : { ...value, position };
      return { kind: 'value', value: constant };
    }
    case 'table':
      return { kind: 'table', table: meaning };
    case 'variable':
      return { kind: 'place', place: { place: 'variable', variable: meaning, type: meaning.type } };
    case 'object':
    case 'array':
      return { kind: 'place', place: { place: 'object', object: meaning, type: meaning.type } };
    case 'function':
      throw refusal('functionValue', node);
    default:
      throw refusal('notValue', node, `the type ${node.text}`);
  }
}

/** The place that an expression names; refused when it names a value. */
export function lowerPlace(node: ts.Expression, context: Context): Place {
  const found = find(node, context);
  if (found.kind !== 'place') throw refusal('notAssignable', node, node.getText());
  return found.place;
}

/** The pointer behind which a member is read; a nullable one must have been narrowed, which only locals can be. */
export function requireObject(object: Expression, node: ts.Node): void {
  if (object.type.tag === 'pointer' && object.type.nullable && !isNarrowable(object))
    throw refusal('nullableRead', node);
}

function findMember(node: ts.PropertyAccessExpression, context: Context): Found {
  const name = node.name.text;
  const owner = find(node.expression, context);
  const length = lengthOf(owner);
  if (length !== null) {
    if (name !== 'length') throw refusal('noMember', node.name, 'An array', name);
    return { kind: 'value', value: integerConstant(BigInt(length), U32, positionOf(node)) };
  }
  const object = valueOf(owner, node.expression);
  const { type } = object;
  if (type.tag === 'pointer') return { kind: 'place', place: fieldPlace(object, type, node, context) };
  if (type.tag !== 'value') throw refusal('noMember', node.name, typeName(type), name);
  const field = type.declaration.fields.find((candidate) => candidate.name === name);
  if (field === undefined) throw refusal('noMember', node.name, type.declaration.name, name);
  const position = positionOf(node);
  return {
    kind: 'value',
    value: { op: 'member', value: object, field, type: field.type, effects: object.effects, position },
  };
}

/** How many elements an array or a table has; null for everything else. */
function lengthOf(found: Found): number | null {
  if (found.kind === 'table') return found.table.elements.length;
  return found.kind === 'place' && found.place.type.tag === 'array' ? found.place.type.length : null;
}

function fieldPlace(object: Expression, type: PointerType, node: ts.PropertyAccessExpression, context: Context): Place {
  requireObject(object, node.expression);
  const layout = context.surroundings.layOut(type.target);
  if (layout === 'open') throw refusal('cyclicConstant', node, type.target.name);
  const field = type.target.fields.find((candidate: Field) => candidate.name === node.name.text);
  if (field !== undefined) return { place: 'field', object, field, type: field.type };
  if (layout === 'broken') throw new Refusal(null);
  throw refusal('noMember', node.name, type.target.name, node.name.text);
}

function findElement(node: ts.ElementAccessExpression, context: Context): Found {
  const array = find(node.expression, context);
  if (array.kind === 'table') {
    const { index, check } = lowerIndex(node.argumentExpression, array.table.elements.length, context);
    return { kind: 'value', value: tableElement(array.table, index, check, node) };
  }
  const type = array.kind === 'place' ? array.place.type : array.value.type;
  if (array.kind === 'value' || type.tag !== 'array') {
    throw refusal('operandType', node, '[]', typeName(type), 'Only arrays and tables have elements.');
  }
  const { index, check } = lowerIndex(node.argumentExpression, type.length, context);
  return { kind: 'place', place: { place: 'element', array: array.place, index, check, type: type.element } };
}

export function tableElement(
  table: TableDeclaration,
  index: Expression,
  check: ReturnType<typeof trapSite> | null,
  node: ts.Node,
): Expression {
  const effects = merge(index) | (check === null ? EFFECT_NONE : EFFECT_TRAPS);
  return { op: 'table-element', table, index, check, type: table.element, effects, position: positionOf(node) };
}

function lowerIndex(node: ts.Expression, length: number, context: Context) {
  const index = context.lower(node, context, U32);
  const proven = rangeOf(index, context.facts).high < BigInt(length);
  if (!proven && index.op === 'integer') {
    throw refusal('literalRange', node, String(index.value), 'an index of this array', '0', String(length - 1));
  }
  return { index, check: proven ? null : trapSite(node, 'index') };
}
