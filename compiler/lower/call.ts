/** Calls: functions, function values of constant tables, shared words. */
import { lowerArguments, lowerOnly, requireCount } from './call-arguments.ts';
import type { AtomicMethod, Expression, FunctionDeclaration, Place, Type } from '../ir/ir.ts';
import { lowerConversion, lowerLibraryCall } from './library.ts';
import { find, meaningOf, valueOf } from './place.ts';
import { acting, placeEffects } from '../ir/make.ts';
import { positionOf, ts } from '../front/project.ts';
import { findLocal, refusal, type Context } from './scope.ts';
import { BOOLEAN, VOID, isIntegerKind, typeName } from '../ir/types.ts';

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
      const offered = lowerLibraryCall(callee.text, node, context);
      if (offered !== null) return offered;
    }
    const meaning = meaningOf(callee, context);
    if ('place' in meaning || meaning.kind !== 'function') throw refusal('notCallable', callee, callee.text);
    return lowerDirect(meaning, node, context);
  }
  if (ts.isPropertyAccessExpression(callee)) return lowerMethod(callee, node, context);
  if (ts.isElementAccessExpression(callee)) return lowerIndirect(context.lower(callee, context, null), node, context);
  throw refusal('notCallable', callee, callee.getText());
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
    return lowerConversion(object.text, 'wrap', node, context);
  }
  const owner = find(object, context);
  const type = owner.kind === 'place' ? owner.place.type : null;
  if (owner.kind === 'place' && type?.tag === 'atomic') return lowerAtomic(owner.place, type.of, callee, node, context);
  if (owner.kind === 'place' && type?.tag === 'volatile') {
    return lowerVolatile(owner.place, type.of, callee, node, context);
  }
  return lowerIndirect(memberOf(valueOf(owner, object), callee), node, context);
}

/** A function in a field of a value; classes hold none. */
function memberOf(object: Expression, callee: ts.PropertyAccessExpression): Expression {
  const { type } = object;
  const name = callee.name.text;
  if (type.tag === 'pointer') throw refusal('notCallable', callee, `a member of the class ${type.target.name}`);
  const field = type.tag === 'value' ? type.declaration.fields.find((candidate) => candidate.name === name) : undefined;
  if (field === undefined) throw refusal('noMember', callee.name, typeName(type), name);
  return {
    op: 'member',
    value: object,
    field,
    type: field.type,
    effects: object.effects,
    position: positionOf(callee),
  };
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
  const value = lowerOnly('Volatile.write', of, node, context);
  return { op: 'volatile-write', place, value, type: VOID, effects: acting(found, value), position };
}
