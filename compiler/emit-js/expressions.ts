/** Expressions in JavaScript. Nothing is hoisted: the order of evaluation is JavaScript's own. */

import { integerText, printArithmetic, printComplement, printConvert, printNegate } from './arithmetic.ts';
import { LEVEL, at, binary, callText, primary, siteText, type Piece, type Scope } from './pieces.ts';
import { accessorOf, loadText, storeText } from './storage.ts';
import type { Expression, ExpressionOf, FunctionDeclaration, Place, TrapSite } from '../ir/ir.ts';
import { extentOf, isBig } from '../ir/types.ts';

/** An address as base + offset, with the names of the fields that the offset goes through. */
interface Address {
  readonly base: Piece;
  readonly offset: number;
  readonly path: readonly string[];
}

function checkedIndex(index: Expression, length: number, check: TrapSite | null, scope: Scope): Piece {
  const text = printExpression(index, scope);
  if (check === null) return text;
  return callText(scope, 'checkIndex', text.text, String(length), siteText(check.position));
}

function elementAddress(place: Extract<Place, { place: 'element' }>, scope: Scope): Address {
  const { array, index, check } = place;
  if (array.type.tag !== 'array') throw new Error(`emit-js: an element of a value of type ${array.type.tag}`);
  const start = addressOf(array, scope);
  const stride = extentOf(array.type.element).size;
  if (index.op === 'integer' && check === null) {
    return { ...start, offset: start.offset + Number(index.value) * stride, path: [...start.path, `${index.value}`] };
  }
  const position = checkedIndex(index, array.type.length, check, scope);
  const scaled = stride === 1 ? position : binary(position, '*', primary(String(stride)), LEVEL.PRODUCT);
  const base = { text: `${addressText(start)} + ${at(scaled, LEVEL.PRODUCT)}`, level: LEVEL.SUM };
  return { base, offset: 0, path: [] };
}

function addressOf(place: Place, scope: Scope): Address {
  switch (place.place) {
    case 'local':
      throw new Error(`emit-js: the local "${place.local.name}" has no address`);
    case 'variable':
      return { base: primary(scope.names.of(place.variable)), offset: 0, path: [] };
    case 'object':
      return { base: primary(scope.names.of(place.object)), offset: 0, path: [] };
    case 'field': {
      const object =
        place.object.op === 'reference'
          ? addressOf(place.object.place, scope)
          : { base: printExpression(place.object, scope), offset: 0, path: [] };
      return { ...object, offset: object.offset + place.field.offset, path: [...object.path, place.field.name] };
    }
    case 'element':
      return elementAddress(place, scope);
  }
}

function addressText(address: Address): string {
  const base = at(address.base, LEVEL.SUM);
  const offset = address.offset === 0 ? '' : ` + ${address.offset}`;
  return address.path.length === 0 ? base + offset : `${base}${offset} /* ${address.path.join('.')} */`;
}

/** The byte index of a place in memory. */
export function placeText(place: Place, scope: Scope): string {
  return addressText(addressOf(place, scope));
}

/** Whether printing the place a second time costs nothing and means the same. */
export function isPlainPlace(place: Place): boolean {
  switch (place.place) {
    case 'local':
    case 'variable':
    case 'object':
      return true;
    case 'field':
      return isPlainPointer(place.object);
    case 'element':
      return isPlainPlace(place.array) && place.check === null && isPlainIndex(place.index);
  }
}

function isPlainIndex(index: Expression): boolean {
  return index.op === 'integer' || (index.op === 'load' && index.place.place === 'local');
}

function isPlainPointer(pointer: Expression): boolean {
  if (pointer.op === 'reference') return isPlainPlace(pointer.place);
  return pointer.op === 'load' && pointer.place.place === 'local';
}

function printLoad(expression: ExpressionOf<'load'>, scope: Scope): Piece {
  const { place } = expression;
  if (place.place === 'local') return scope.old.get(place.local) ?? primary(scope.locals.of(place.local));
  return loadPiece(place, placeText(place, scope), scope);
}

/** A load of a place at an address that is printed already. */
export function loadPiece(place: Place, address: string, scope: Scope): Piece {
  const { meaning } = accessorOf(place.type);
  if (meaning === 'pointer') scope.support('pointerFrom');
  return { text: loadText(place.type, address), level: meaning === 'boolean' ? LEVEL.EQUALITY : LEVEL.PRIMARY };
}

export function storePiece(place: Place, address: string, value: Piece, scope: Scope): string {
  if (accessorOf(place.type).meaning === 'pointer') scope.support('addressFrom');
  return storeText(place.type, address, at(value, LEVEL.OR));
}

function printConstant(expression: ExpressionOf<'integer'>, scope: Scope): Piece {
  const { constant, type, value, radix } = expression;
  // A u32 constant that is widened to 64 bits is a number by its name, a bigint by its value.
  const sameForm = constant?.type.tag === 'integer' && isBig(constant.type.kind) === isBig(type.kind);
  return constant !== null && sameForm ? primary(scope.names.of(constant)) : integerText(value, radix, type.kind);
}

function printTableElement(expression: ExpressionOf<'table-element'>, scope: Scope): Piece {
  const { table, index, check } = expression;
  const position = checkedIndex(index, table.elements.length, check, scope);
  return primary(`${scope.names.of(table)}[${position.text}]`);
}

function printMakeValue(expression: ExpressionOf<'make-value'>, scope: Scope): Piece {
  const { type, fields, order } = expression;
  // In the order of the declaration if nothing can tell the difference: then all values of a type share one shape.
  const anyOrder = fields.filter((field) => field.effects !== 0).length <= 1;
  const indexes = anyOrder ? fields.keys() : order;
  const parts: string[] = [];
  for (const index of indexes) {
    const name = type.declaration.fields[index]?.name;
    const value = fields[index];
    if (name === undefined || value === undefined)
      throw new Error(`emit-js: ${type.declaration.name} has no field ${index}`);
    parts.push(`${name}: ${printExpression(value, scope).text}`);
  }
  return primary(`{ ${parts.join(', ')} }`);
}

function printArguments(values: readonly Expression[], scope: Scope): string {
  return values.map((value) => printExpression(value, scope).text).join(', ');
}

function printCall(expression: ExpressionOf<'call'>, scope: Scope): Piece {
  const { function: callee } = expression;
  const values = printArguments(expression.arguments, scope);
  const called = callExpression(callee, values, expression, scope);
  if (callee.body !== null || callee.result.tag !== 'never') return called;
  return callText(scope, 'neverReturns', called.text, JSON.stringify(callee.name));
}

function callExpression(callee: FunctionDeclaration, values: string, call: Expression, scope: Scope): Piece {
  const name = scope.names.of(callee);
  if (!scope.shared.has(callee)) return primary(`${name}(${values})`);
  if (callee.body !== null) return { text: `yield* ${name}(${values})`, level: LEVEL.YIELD };
  const access = callText(scope, 'externalAccess', JSON.stringify(callee.name), `[${values}]`, siteText(call.position));
  return { text: `yield ${access.text}`, level: LEVEL.YIELD };
}

function printIndirectCall(expression: ExpressionOf<'call-indirect'>, scope: Scope): Piece {
  const callee = at(printExpression(expression.callee, scope), LEVEL.PRIMARY);
  const call = `${callee}(${printArguments(expression.arguments, scope)})`;
  const yields = expression.targets.some((target) => scope.shared.has(target));
  return yields ? { text: `yield* ${call}`, level: LEVEL.YIELD } : primary(call);
}

/** Names of the support functions, without their width. */
const READ_MODIFY_WRITE = {
  add: 'atomicAdd',
  addAcquire: 'atomicAdd',
  addRelease: 'atomicAdd',
  or: 'atomicOr',
  orAcquireRelease: 'atomicOr',
  and: 'atomicAnd',
  swap: 'atomicSwap',
  swapAcquireRelease: 'atomicSwap',
  max: 'atomicMax',
  compareExchange: 'atomicCompareExchange',
} as const;

function printAtomic(expression: ExpressionOf<'atomic'>, scope: Scope): Piece {
  const { method, place, operands } = expression;
  const address = placeText(place, scope);
  const size = extentOf(place.type.tag === 'atomic' ? place.type : sharedTypeMissing(place)).size;
  const values = operands.map((operand) => printExpression(operand, scope).text);
  if (scope.yielding) {
    const parts = [
      JSON.stringify(method),
      address,
      String(size),
      `[${values.join(', ')}]`,
      siteText(expression.position),
    ];
    return { text: `yield ${callText(scope, 'atomicAccess', ...parts).text}`, level: LEVEL.YIELD };
  }
  const accessor = accessorOf(place.type).method;
  if (method === 'load' || method === 'loadAcquire') return primary(`view.get${accessor}(${address}, true)`);
  if (method === 'store' || method === 'storeRelease') {
    return primary(`view.set${accessor}(${[address, ...values].join(', ')}, true)`);
  }
  return callText(scope, `${READ_MODIFY_WRITE[method]}${size === 4 ? 32 : 64}`, address, ...values);
}

function sharedTypeMissing(place: Place): never {
  throw new Error(`emit-js: an atomic or volatile access to a place of type ${place.type.tag}`);
}

function printVolatile(
  expression: ExpressionOf<'volatile-read'> | ExpressionOf<'volatile-write'>,
  scope: Scope,
): Piece {
  const { place } = expression;
  const address = placeText(place, scope);
  const size = String(extentOf(place.type.tag === 'volatile' ? place.type : sharedTypeMissing(place)).size);
  const values = expression.op === 'volatile-write' ? [printExpression(expression.value, scope).text] : [];
  if (scope.yielding) {
    const method = expression.op === 'volatile-write' ? '"write"' : '"read"';
    const parts = [method, address, size, `[${values.join(', ')}]`, siteText(expression.position)];
    return { text: `yield ${callText(scope, 'volatileAccess', ...parts).text}`, level: LEVEL.YIELD };
  }
  return primary(
    `machine.${expression.op === 'volatile-write' ? 'volatileWrite' : 'volatileRead'}(${[address, size, ...values].join(', ')})`,
  );
}

function printCompare(expression: ExpressionOf<'compare'>, scope: Scope): Piece {
  const { operator } = expression;
  const level = operator === '===' || operator === '!==' ? LEVEL.EQUALITY : LEVEL.RELATION;
  const left = printExpression(expression.left, scope);
  const right = printExpression(expression.right, scope);
  return { text: `${at(left, level + 1)} ${operator} ${at(right, level + 1)}`, level };
}

function printLogical(expression: ExpressionOf<'logical'>, scope: Scope): Piece {
  const left = printExpression(expression.left, scope);
  const right = printExpression(expression.right, scope);
  if (expression.operator === '&&') return binary(left, '&&', right, LEVEL.AND);
  // `a && b || c` needs no parentheses, but gets them.
  const wrapped = (piece: Piece): Piece => (piece.level === LEVEL.AND ? primary(`(${piece.text})`) : piece);
  return binary(wrapped(left), '||', wrapped(right), LEVEL.OR);
}

function printConditional(expression: ExpressionOf<'conditional'>, scope: Scope): Piece {
  const condition = at(printExpression(expression.condition, scope), LEVEL.OR);
  const whenTrue = at(printExpression(expression.whenTrue, scope), LEVEL.CONDITIONAL);
  const whenFalse = at(printExpression(expression.whenFalse, scope), LEVEL.CONDITIONAL);
  return { text: `${condition} ? ${whenTrue} : ${whenFalse}`, level: LEVEL.CONDITIONAL };
}

function printObjectAt(expression: ExpressionOf<'object-at'>, scope: Scope): Piece {
  const { name, size, alignment } = expression.type.target;
  const address = printExpression(expression.address, scope).text;
  const site = siteText(expression.position);
  return callText(scope, 'objectAt', address, JSON.stringify(name), String(size), String(alignment), site);
}

function printTextByte(expression: ExpressionOf<'text-byte'>, scope: Scope): Piece {
  const text = printExpression(expression.text, scope).text;
  const site = siteText(expression.check?.position ?? expression.position);
  return callText(scope, 'textByte', text, printExpression(expression.index, scope).text, site);
}

export function printExpression(expression: Expression, scope: Scope): Piece {
  switch (expression.op) {
    case 'integer':
      return printConstant(expression, scope);
    case 'boolean':
      return primary(expression.constant === null ? String(expression.value) : scope.names.of(expression.constant));
    case 'null':
      return primary('0');
    case 'text':
      return primary(scope.names.text(expression.value));
    case 'function':
      return primary(scope.names.of(expression.function));
    case 'load':
      return printLoad(expression, scope);
    case 'reference':
      return { text: placeText(expression.place, scope), level: LEVEL.SUM };
    case 'place-address':
      return callText(scope, 'addressFrom', placeText(expression.place, scope));
    case 'address-of':
      return callText(scope, 'addressFrom', printExpression(expression.operand, scope).text);
    case 'table-element':
      return printTableElement(expression, scope);
    case 'member':
      return primary(`${at(printExpression(expression.value, scope), LEVEL.PRIMARY)}.${expression.field.name}`);
    case 'make-value':
      return printMakeValue(expression, scope);
    case 'negate':
      return printNegate(expression, scope, printExpression);
    case 'complement':
      return printComplement(expression, scope, printExpression);
    case 'not':
      return { text: `!${at(printExpression(expression.operand, scope), LEVEL.UNARY)}`, level: LEVEL.UNARY };
    case 'arithmetic':
      return printArithmetic(expression, scope, printExpression);
    case 'convert':
      return printConvert(expression, scope, printExpression);
    default:
      return printAction(expression, scope);
  }
}

type Action = Extract<
  Expression,
  {
    op:
      | 'compare'
      | 'logical'
      | 'conditional'
      | 'call'
      | 'call-indirect'
      | 'atomic'
      | 'volatile-read'
      | 'volatile-write'
      | 'object-at'
      | 'text-length'
      | 'text-byte';
  }
>;

function printAction(expression: Action, scope: Scope): Piece {
  switch (expression.op) {
    case 'compare':
      return printCompare(expression, scope);
    case 'logical':
      return printLogical(expression, scope);
    case 'conditional':
      return printConditional(expression, scope);
    case 'call':
      return printCall(expression, scope);
    case 'call-indirect':
      return printIndirectCall(expression, scope);
    case 'atomic':
      return printAtomic(expression, scope);
    case 'volatile-read':
    case 'volatile-write':
      return printVolatile(expression, scope);
    case 'object-at':
      return printObjectAt(expression, scope);
    case 'text-length':
      return primary(`${at(printExpression(expression.text, scope), LEVEL.PRIMARY)}.length`);
    case 'text-byte':
      return printTextByte(expression, scope);
  }
}
