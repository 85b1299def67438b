/** Calls of what the library declares: conversions, casts, addresses, layout, texts. */
import { lowerArguments, lowerOnly, onlyArgument, requireCount } from './call-arguments.ts';
import { Refusal } from '../diagnostics/diagnostics.ts';
import { EFFECT_NONE, EFFECT_READS, EFFECT_TRAPS } from '../ir/ir.ts';
import type { ClassDeclaration, Expression, IntegerKind, Type } from '../ir/ir.ts';
import { find, requireObject, valueOf } from './place.ts';
import { convert, integerConstant, merge, placeEffects, retype } from '../ir/make.ts';
import { positionOf, ts } from '../front/project.ts';
import { rangeOf } from '../flow/ranges.ts';
import { resolveType } from './resolve-type.ts';
import { refusal, trapSite, type Context } from './scope.ts';
import { TEXT, contains, integer, isIntegerKind, rangeOfKind, typeName } from '../ir/types.ts';

const U64 = integer('u64');
const U32 = integer('u32');

type Offered = (node: ts.CallExpression, context: Context) => Expression;

const OFFERED: ReadonlyMap<string, Offered> = new Map([
  ['distinct', lowerDistinct],
  ['objectAt', lowerObjectAt],
  ['addressOf', lowerAddressOf],
  ['sizeof', lowerSizeof],
  ['offsetof', lowerOffsetof],
  ['textLength', lowerTextLength],
  ['textByte', lowerTextByte],
]);
/** Declared by the library, but no part of an expression: what each is instead. */
const NO_EXPRESSION: ReadonlyMap<string, string> = new Map([
  ['assert', 'It is a statement: `assert(condition);`.'],
  ['unreachable', 'It is a statement: `unreachable();`.'],
  ['bound', 'It is the first statement of a loop: `bound(64);`.'],
  ['range', 'It is what a loop goes through: `for (const index of range(8))`.'],
  ['staticAssert', 'It stands at the top level of a file: `staticAssert(sizeof<Part>() === 64);`.'],
  ['array', 'It declares a field, or a constant at the top level: `readonly words = array(u32, 8);`.'],
  ['atomic', 'It declares a field, or the elements of an array: `readonly word = atomic(u64);`.'],
  ['volatile', 'It declares a field, or the elements of an array: `readonly status = volatile(u32);`.'],
]);

/** Whether a name at the top level belongs to the library. */
export function isLibraryName(name: string): boolean {
  const types = ['Text', 'Distinct', 'Atomic', 'Volatile', 'FixedArray', 'IntegerType', 'Parameters'];
  return isIntegerKind(name) || OFFERED.has(name) || NO_EXPRESSION.has(name) || types.includes(name);
}

/** A call of something that the library declares, or null. */
export function lowerLibraryCall(name: string, node: ts.CallExpression, context: Context): Expression | null {
  if (isIntegerKind(name)) return lowerConversion(name, 'check', node, context);
  const form = NO_EXPRESSION.get(name);
  if (form !== undefined) throw refusal('layoutForm', node, name, form);
  return OFFERED.get(name)?.(node, context) ?? null;
}

/** `u8(x)` and `u8.wrap(x)`. */
export function lowerConversion(
  kind: IntegerKind,
  mode: 'check' | 'wrap',
  node: ts.CallExpression,
  context: Context,
): Expression {
  const operand = lowerOnly(mode === 'wrap' ? `${kind}.wrap` : kind, null, node, context);
  if (operand.type.tag !== 'integer') {
    throw refusal('operandType', node, kind, typeName(operand.type), 'It converts integers.');
  }
  const range = rangeOf(operand, context.facts);
  const whole = rangeOfKind(kind);
  const type = integer(kind);
  const plain = retype(operand, null);
  if (contains(whole, range)) {
    const always = contains(whole, rangeOfKind(operand.type.kind));
    return operand.type.kind === kind ? plain : convert(plain, type, always ? 'widen' : 'proven', null);
  }
  if (mode === 'check' && operand.op === 'integer') {
    throw refusal('literalRange', node, String(operand.value), kind, String(whole.low), String(whole.high));
  }
  return mode === 'wrap'
    ? convert(plain, type, 'wrap', null)
    : convert(plain, type, 'check', trapSite(node, 'narrowing'));
}

function requireCastPlace(name: string, node: ts.CallExpression, context: Context): void {
  const { casts } = context.surroundings.configuration;
  if (casts === null || casts.includes(context.module)) return;
  throw refusal('castPlace', node, name, casts.length === 0 ? 'none is listed' : casts.join(', '));
}

function typeArgument(node: ts.CallExpression, context: Context): Type {
  const [type, ...more] = node.typeArguments ?? [];
  if (type === undefined || more.length > 0) {
    throw refusal('layoutForm', node, node.expression.getText(), 'It takes one type in angle brackets.');
  }
  return resolveType(type, context);
}
function classArgument(node: ts.CallExpression, context: Context): ClassDeclaration {
  const type = typeArgument(node, context);
  if (type.tag === 'pointer' && !type.nullable) return type.target;
  throw refusal('mismatch', node, `the type ${typeName(type)}`, 'a class');
}
/** A class whose layout is known. */
function laidOut(node: ts.CallExpression, context: Context): ClassDeclaration {
  const target = classArgument(node, context);
  const layout = context.surroundings.layOut(target);
  if (layout === 'open') throw refusal('cyclicConstant', node, target.name);
  if (layout === 'broken') throw new Refusal(null);
  return target;
}

function lowerDistinct(node: ts.CallExpression, context: Context): Expression {
  requireCastPlace('distinct', node, context);
  const type = typeArgument(node, context);
  if (type.tag !== 'integer' || type.distinct === null) {
    throw refusal('mismatch', node, `the type ${typeName(type)}`, 'a distinct type');
  }
  return retype(lowerOnly('distinct', integer(type.kind), node, context), type.distinct);
}

function lowerObjectAt(node: ts.CallExpression, context: Context): Expression {
  requireCastPlace('objectAt', node, context);
  const target = classArgument(node, context);
  const address = lowerOnly('objectAt', U64, node, context);
  const type: Extract<Type, { tag: 'pointer' }> = { tag: 'pointer', target, nullable: false };
  return { op: 'object-at', address, type, effects: address.effects, position: positionOf(node) };
}

/** The address of an object, or of an array or a shared word, which have no value of their own. */
function lowerAddressOf(node: ts.CallExpression, context: Context): Expression {
  const position = positionOf(node);
  const target = onlyArgument('addressOf', node);
  const found = find(target, context);
  if (found.kind === 'place' && ['array', 'atomic', 'volatile'].includes(found.place.type.tag)) {
    const { place } = found;
    return { op: 'place-address', place, type: U64, effects: placeEffects(place), position };
  }
  const operand = valueOf(found, target);
  if (operand.type.tag !== 'pointer') throw refusal('mismatch', target, typeName(operand.type), 'an object');
  requireObject(operand, target);
  return { op: 'address-of', operand, type: U64, effects: operand.effects, position };
}

function lowerSizeof(node: ts.CallExpression, context: Context): Expression {
  const target = laidOut(node, context);
  requireCount('sizeof', 0, node);
  return integerConstant(BigInt(target.size), U32, positionOf(node));
}

function lowerOffsetof(node: ts.CallExpression, context: Context): Expression {
  const target = laidOut(node, context);
  const name = onlyArgument('offsetof', node);
  if (!ts.isStringLiteral(name)) throw refusal('layoutForm', node, 'offsetof', 'The field is a string literal.');
  const field = target.fields.find((candidate) => candidate.name === name.text);
  if (field === undefined) throw refusal('noMember', name, target.name, name.text);
  return integerConstant(BigInt(field.offset), U32, positionOf(node));
}

function lowerTextLength(node: ts.CallExpression, context: Context): Expression {
  const text = lowerOnly('textLength', TEXT, node, context);
  return { op: 'text-length', text, type: U32, effects: merge(text), position: positionOf(node) };
}

function lowerTextByte(node: ts.CallExpression, context: Context): Expression {
  const [text, index] = lowerArguments('textByte', [TEXT, U32], node, context);
  if (text === undefined || index === undefined) throw new Error('Compiler bug: textByte has two arguments.');
  const proven = text.op === 'text' && rangeOf(index, context.facts).high < BigInt(Buffer.byteLength(text.value));
  const effects = merge(text, index) | (proven ? EFFECT_NONE : EFFECT_TRAPS) | EFFECT_READS;
  const check = proven ? null : trapSite(node, 'text');
  return { op: 'text-byte', text, index, check, type: integer('u8'), effects, position: positionOf(node) };
}
