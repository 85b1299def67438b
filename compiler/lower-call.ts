/** Calls: functions, function values of constant tables, conversions, shared words, and what the library offers. */
import type { AtomicMethod, Expression, FunctionDeclaration, IntegerKind, Place, Type } from './ir.ts';
import { EFFECT_NONE, EFFECT_READS, EFFECT_TRAPS } from './ir.ts';
import { requireObject, lowerPlace, meaningOf, tableOf } from './lower-place.ts';
import { acting, convert, integerConstant, merge, placeEffects, retype } from './make.ts';
import { positionOf, ts } from './project.ts';
import { rangeOf } from './ranges.ts';
import { resolveType } from './resolve-type.ts';
import { findLocal, refusal, trapSite, type Context } from './scope.ts';
import { BOOLEAN, TEXT, VOID, contains, integer, isIntegerKind, rangeOfKind, typeName } from './types.ts';

const U64 = integer('u64');
const U32 = integer('u32');

const ATOMIC_OPERANDS: Readonly<Record<AtomicMethod, number>> = {
  load: 0,
  loadAcquire: 0,
  store: 1,
  storeRelease: 1,
  add: 1,
  addAcquire: 1,
  addRelease: 1,
  or: 1,
  orAcquireRelease: 1,
  and: 1,
  swap: 1,
  swapAcquireRelease: 1,
  max: 1,
  compareExchange: 2,
};
function isAtomicMethod(name: string): name is AtomicMethod {
  return Object.hasOwn(ATOMIC_OPERANDS, name);
}

export function lowerCall(node: ts.CallExpression, context: Context): Expression {
  const callee = node.expression;
  if (ts.isIdentifier(callee)) {
    if (findLocal(context.block, callee.text) === undefined) {
      const offered = lowerOffered(callee.text, node, context);
      if (offered !== null) return offered;
    }
    const meaning = meaningOf(callee, context);
    if ('place' in meaning || meaning.kind !== 'function') throw refusal('notCallable', callee, callee.text);
    return lowerDirect(meaning, node, context);
  }
  if (ts.isPropertyAccessExpression(callee)) return lowerMethod(callee, node, context);
  if (ts.isElementAccessExpression(callee) && tableOf(callee.expression, context) !== null) {
    return lowerIndirect(context.lower(callee, context, null), node, context);
  }
  throw refusal('notCallable', callee, callee.getText());
}

function requireCount(name: string, wanted: number, node: ts.CallExpression): void {
  if (node.arguments.length !== wanted) {
    throw refusal('argumentCount', node, name, String(wanted), String(node.arguments.length));
  }
}
function argumentAt(node: ts.CallExpression, index: number): ts.Expression {
  const found = node.arguments[index];
  if (found === undefined)
    throw refusal('argumentCount', node, node.expression.getText(), String(index + 1), String(index));
  return found;
}

function lowerArguments(
  name: string,
  types: readonly Type[],
  node: ts.CallExpression,
  context: Context,
): readonly Expression[] {
  requireCount(name, types.length, node);
  return types.map((type, index) => context.lower(argumentAt(node, index), context, type));
}

function lowerDirect(declaration: FunctionDeclaration, node: ts.CallExpression, context: Context): Expression {
  if (node.typeArguments !== undefined) throw refusal('declarationForm', node, 'Generics');
  const types = declaration.parameters.map((parameter) => parameter.type);
  const parts = lowerArguments(declaration.name, types, node, context);
  return {
    op: 'call',
    function: declaration,
    arguments: parts,
    type: declaration.result,
    effects: acting(...parts),
    position: positionOf(node),
  };
}

function lowerIndirect(callee: Expression, node: ts.CallExpression, context: Context): Expression {
  if (callee.type.tag !== 'function') throw refusal('notCallable', node.expression, typeName(callee.type));
  const { declaration } = callee.type;
  const types = declaration.parameters.map((parameter) => parameter.type);
  const parts = lowerArguments(declaration.name, types, node, context);
  return {
    op: 'call-indirect',
    callee,
    targets: context.surroundings.functionsOf(declaration),
    arguments: parts,
    type: declaration.result,
    effects: acting(callee, ...parts),
    position: positionOf(node),
  };
}

/** `u8.wrap(x)`, `word.load()`, `register.read()`, `TABLE[i].run(…)`. */
function lowerMethod(callee: ts.PropertyAccessExpression, node: ts.CallExpression, context: Context): Expression {
  const { expression: object, name } = callee;
  if (ts.isIdentifier(object) && isIntegerKind(object.text) && findLocal(context.block, object.text) === undefined) {
    if (name.text !== 'wrap') throw refusal('noMember', name, object.text, name.text);
    requireCount(callee.getText(), 1, node);
    return lowerConversion(object.text, 'wrap', node, context);
  }
  const word = sharedWord(object, context);
  if (word?.type.tag === 'atomic') return lowerAtomic(word, word.type.of, callee, node, context);
  if (word?.type.tag === 'volatile') return lowerVolatile(word, word.type.of, callee, node, context);
  return lowerIndirect(context.lower(callee, context, null), node, context);
}

/** The place of a shared word, or null when the expression is something else. */
function sharedWord(node: ts.Expression, context: Context): Place | null {
  if (ts.isElementAccessExpression(node))
    return tableOf(node.expression, context) === null ? lowerPlace(node, context) : null;
  if (!ts.isPropertyAccessExpression(node)) return null;
  const owner = context.lower(node.expression, context, null);
  if (owner.type.tag !== 'pointer') return null;
  requireObject(owner, node.expression);
  const field = owner.type.target.fields.find((candidate) => candidate.name === node.name.text);
  return field === undefined ? null : { place: 'field', object: owner, field, type: field.type };
}

function lowerAtomic(
  place: Place,
  of: Extract<Type, { tag: 'integer' }>,
  callee: ts.PropertyAccessExpression,
  node: ts.CallExpression,
  context: Context,
): Expression {
  const method = callee.name.text;
  if (!isAtomicMethod(method)) throw refusal('noMember', callee.name, 'Atomic', method);
  const types = Array.from({ length: ATOMIC_OPERANDS[method] }, () => of);
  const operands = lowerArguments(`Atomic.${method}`, types, node, context);
  const type = method === 'compareExchange' ? BOOLEAN : method.startsWith('store') ? VOID : of;
  const effects = acting({ effects: placeEffects(place) }, ...operands);
  return { op: 'atomic', method, place, operands, type, effects, position: positionOf(node) };
}

function lowerVolatile(
  place: Place,
  of: Extract<Type, { tag: 'integer' }>,
  callee: ts.PropertyAccessExpression,
  node: ts.CallExpression,
  context: Context,
): Expression {
  const position = positionOf(node);
  const found = { effects: placeEffects(place) };
  if (callee.name.text === 'read') {
    requireCount('Volatile.read', 0, node);
    return { op: 'volatile-read', place, type: of, effects: acting(found), position };
  }
  if (callee.name.text !== 'write') throw refusal('noMember', callee.name, 'Volatile', callee.name.text);
  const [value] = lowerArguments('Volatile.write', [of], node, context);
  if (value === undefined) throw refusal('argumentCount', node, 'Volatile.write', '1', '0');
  return { op: 'volatile-write', place, value, type: VOID, effects: acting(found, value), position };
}

function lowerConversion(
  kind: IntegerKind,
  mode: 'check' | 'wrap',
  node: ts.CallExpression,
  context: Context,
): Expression {
  const operand = context.lower(argumentAt(node, 0), context, null);
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

/** A call of something that the library declares, or null. */
function lowerOffered(name: string, node: ts.CallExpression, context: Context): Expression | null {
  if (isIntegerKind(name)) {
    requireCount(name, 1, node);
    return lowerConversion(name, 'check', node, context);
  }
  return OFFERED.get(name)?.(node, context) ?? null;
}

type Offered = (node: ts.CallExpression, context: Context) => Expression;
const OFFERED = new Map<string, Offered>([
  ['distinct', lowerDistinct],
  ['objectAt', lowerObjectAt],
  ['addressOf', lowerAddressOf],
  ['sizeof', lowerSizeof],
  ['offsetof', lowerOffsetof],
  ['textLength', lowerTextLength],
  ['textByte', lowerTextByte],
  ...['assert', 'unreachable', 'bound', 'range', 'staticAssert', 'array', 'atomic', 'volatile'].map(
    (name): [string, Offered] => [
      name,
      (node) => {
        throw refusal(
          'layoutForm',
          node,
          name,
          'It is a statement or a declaration of its own, not a part of an expression.',
        );
      },
    ],
  ),
]);

function requireCastPlace(name: string, node: ts.CallExpression, context: Context): void {
  const { casts } = context.surroundings.configuration;
  if (casts !== null && !casts.includes(context.module)) throw refusal('castPlace', node, name, casts.join(', '));
}
function typeArgument(node: ts.CallExpression, context: Context): Type {
  const [type, ...more] = node.typeArguments ?? [];
  if (type === undefined || more.length > 0) {
    throw refusal('layoutForm', node, node.expression.getText(), 'It takes one type in angle brackets.');
  }
  return resolveType(type, context);
}

function lowerDistinct(node: ts.CallExpression, context: Context): Expression {
  requireCastPlace('distinct', node, context);
  const type = typeArgument(node, context);
  requireCount('distinct', 1, node);
  if (type.tag !== 'integer' || type.distinct === null)
    throw refusal('mismatch', node, typeName(type), 'a distinct type');
  const value = context.lower(argumentAt(node, 0), context, integer(type.kind));
  return retype(value, type.distinct);
}

function lowerObjectAt(node: ts.CallExpression, context: Context): Expression {
  requireCastPlace('objectAt', node, context);
  const type = typeArgument(node, context);
  if (type.tag !== 'pointer') throw refusal('mismatch', node, typeName(type), 'a class');
  const [address] = lowerArguments('objectAt', [U64], node, context);
  if (address === undefined) throw refusal('argumentCount', node, 'objectAt', '1', '0');
  return {
    op: 'object-at',
    address,
    type: { ...type, nullable: false },
    effects: address.effects,
    position: positionOf(node),
  };
}

function lowerAddressOf(node: ts.CallExpression, context: Context): Expression {
  requireCount('addressOf', 1, node);
  const position = positionOf(node);
  const target = argumentAt(node, 0);
  const place = storagePlace(target, context);
  if (place !== null) return { op: 'place-address', place, type: U64, effects: placeEffects(place), position };
  const operand = context.lower(target, context, null);
  if (operand.type.tag !== 'pointer') throw refusal('mismatch', target, typeName(operand.type), 'an object');
  requireObject(operand, target);
  return { op: 'address-of', operand, type: U64, effects: operand.effects, position };
}

/** The place of an array or a shared word, which has no value of its own; null for everything else. */
function storagePlace(node: ts.Expression, context: Context): Place | null {
  if (ts.isIdentifier(node)) {
    const meaning = meaningOf(node, context);
    return !('place' in meaning) && meaning.kind === 'array' ? lowerPlace(node, context) : null;
  }
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return null;
  const place = ts.isPropertyAccessExpression(node) ? sharedWord(node, context) : lowerPlace(node, context);
  return place !== null && ['array', 'atomic', 'volatile'].includes(place.type.tag) ? place : null;
}

function lowerSizeof(node: ts.CallExpression, context: Context): Expression {
  const type = typeArgument(node, context);
  requireCount('sizeof', 0, node);
  if (type.tag !== 'pointer') throw refusal('mismatch', node, typeName(type), 'a class');
  context.surroundings.layOut(type.target, node);
  return integerConstant(BigInt(type.target.size), U32, positionOf(node));
}

function lowerOffsetof(node: ts.CallExpression, context: Context): Expression {
  const type = typeArgument(node, context);
  requireCount('offsetof', 1, node);
  const name = argumentAt(node, 0);
  if (type.tag !== 'pointer') throw refusal('mismatch', node, typeName(type), 'a class');
  context.surroundings.layOut(type.target, node);
  const wanted = ts.isStringLiteral(name) ? name.text : name.getText();
  const field = type.target.fields.find((candidate) => candidate.name === wanted);
  if (field === undefined) throw refusal('noMember', name, type.target.name, wanted);
  return integerConstant(BigInt(field.offset), U32, positionOf(node));
}

function lowerTextLength(node: ts.CallExpression, context: Context): Expression {
  const [text] = lowerArguments('textLength', [TEXT], node, context);
  if (text === undefined) throw refusal('argumentCount', node, 'textLength', '1', '0');
  return { op: 'text-length', text, type: U32, effects: merge(text), position: positionOf(node) };
}

function lowerTextByte(node: ts.CallExpression, context: Context): Expression {
  const [text, index] = lowerArguments('textByte', [TEXT, U32], node, context);
  if (text === undefined || index === undefined) throw refusal('argumentCount', node, 'textByte', '2', '0');
  const proven = text.op === 'text' && rangeOf(index, context.facts).high < BigInt(Buffer.byteLength(text.value));
  const effects = merge(text, index) | (proven ? EFFECT_NONE : EFFECT_TRAPS) | EFFECT_READS;
  const check = proven ? null : trapSite(node, 'text');
  return { op: 'text-byte', text, index, check, type: integer('u8'), effects, position: positionOf(node) };
}
