/** Expressions and places in C. */
import { escapeBytes } from './text.ts';
import {
  LEVEL,
  type Piece,
  type Scope,
  bare,
  binaryPiece,
  callPiece,
  castPiece,
  exactly,
  literalPiece,
  parenthesised,
  piece,
  siteText,
  together,
  valueText,
} from './piece.ts';
import { computedKind, computedType } from './types.ts';
import type { ConstantDeclaration, Expression, ExpressionOf, IntegerKind, Place, TrapSite, Type } from '../ir/ir.ts';
import { contains, isSigned, rangeOfKind } from '../ir/types.ts';

type Binary = ExpressionOf<'arithmetic'> | ExpressionOf<'compare'> | ExpressionOf<'logical'>;

/** The text of an expression where its value is stored, passed or returned. */
export function valueOf(scope: Scope, expression: Expression): string {
  return valueText(print(scope, expression));
}

export function print(scope: Scope, expression: Expression): Piece {
  switch (expression.op) {
    case 'integer':
      return integer(scope, expression);
    case 'boolean': {
      const { constant } = expression;
      return piece(isVisible(scope, constant) ? scope.names.of(constant) : String(expression.value));
    }
    case 'null':
      return piece('NULL');
    case 'text':
      return callPiece('TEXT', [`"${escapeBytes(expression.value)}"`]);
    case 'load':
      return piece(placeText(scope, expression.place), LEVEL.POSTFIX, computedType(expression.type));
    case 'reference':
      return piece(`&${placeText(scope, expression.place)}`, LEVEL.UNARY);
    case 'place-address':
      return piece(`(u64)&${placeText(scope, expression.place)}`, LEVEL.UNARY, 'u64');
    case 'function':
      return piece(scope.names.of(expression.function));
    case 'arithmetic':
    case 'compare':
    case 'logical':
      return spine(scope, expression);
    case 'negate':
    case 'complement':
    case 'not':
    case 'convert':
      return unary(scope, expression);
    case 'conditional':
      return conditional(scope, expression);
    case 'address-of':
      return castPiece('u64', print(scope, expression.operand), 'u64');
    case 'object-at':
      return castPiece(
        `${scope.names.of(expression.type.target)} *`,
        exactly('u64', print(scope, expression.address)),
        'other',
      );
    default:
      return accessOrCall(scope, expression);
  }
}

function accessOrCall(
  scope: Scope,
  expression: Extract<
    Expression,
    {
      op:
        | 'table-element'
        | 'member'
        | 'make-value'
        | 'call'
        | 'call-indirect'
        | 'atomic'
        | 'volatile-read'
        | 'volatile-write'
        | 'text-length'
        | 'text-byte';
    }
  >,
): Piece {
  const computed = computedType(expression.type);
  switch (expression.op) {
    case 'table-element': {
      const { table, index, check } = expression;
      return piece(
        `${scope.names.of(table)}[${indexText(scope, index, check, table.elements.length)}]`,
        LEVEL.POSTFIX,
        computed,
      );
    }
    case 'member':
      return member(scope, expression);
    case 'make-value':
      return makeValue(scope, expression);
    case 'call':
      return callPiece(scope.names.of(expression.function), values(scope, expression.arguments), computed);
    case 'call-indirect':
      return callPiece(postfix(scope, expression.callee), values(scope, expression.arguments), computed);
    case 'atomic': {
      const { method, place, operands } = expression;
      const name = `atomic${method.charAt(0).toUpperCase()}${method.slice(1)}${bitsOfWord(place)}`;
      return callPiece(name, [`&${placeText(scope, place)}`, ...values(scope, operands)], computed);
    }
    case 'volatile-read':
      return callPiece(
        `volatileRead${bitsOfWord(expression.place)}`,
        [`&${placeText(scope, expression.place)}`],
        computed,
      );
    case 'volatile-write': {
      const { place, value } = expression;
      return callPiece(`volatileWrite${bitsOfWord(place)}`, [`&${placeText(scope, place)}`, valueOf(scope, value)]);
    }
    case 'text-length':
      return piece(`${postfix(scope, expression.text)}.length`, LEVEL.POSTFIX, computed);
    case 'text-byte': {
      const { text, index, check } = expression;
      if (check === null)
        return piece(`${postfix(scope, text)}.bytes[${valueOf(scope, index)}]`, LEVEL.POSTFIX, computed);
      return callPiece(
        'checkedTextByte',
        [valueOf(scope, text), valueOf(scope, index), siteText(scope, check.position)],
        computed,
      );
    }
  }
}

function values(scope: Scope, expressions: readonly Expression[]): readonly string[] {
  return expressions.map((expression) => valueOf(scope, expression));
}

function postfix(scope: Scope, expression: Expression): string {
  return parenthesised(print(scope, expression), LEVEL.POSTFIX);
}

/** "64" for an atomic or volatile word of 64 bits. */
function bitsOfWord(place: Place): string {
  if (place.type.tag === 'atomic' || place.type.tag === 'volatile') return place.type.of.kind.slice(1);
  throw new Error('Compiler bug: an atomic or volatile access to a place of another type.');
}

// ---------------------------------------------------------------- literals

/** A constant can be named where its macro is: everywhere if exported, else in its own module. */
function isVisible(scope: Scope, constant: ConstantDeclaration | null): constant is ConstantDeclaration {
  return constant !== null && (constant.exported || constant.module === scope.module);
}

function integer(scope: Scope, expression: ExpressionOf<'integer'>): Piece {
  const { constant, type, value, radix } = expression;
  if (isVisible(scope, constant) && constant.type.tag === 'integer') {
    const macro = constant.type.kind;
    const sameValue = constant.value.op === 'integer' && constant.value.value === value;
    const widens = contains(rangeOfKind(type.kind), rangeOfKind(macro)) && isSigned(type.kind) === isSigned(macro);
    if (sameValue && widens) return piece(scope.names.of(constant), LEVEL.POSTFIX, computedKind(macro));
  }
  return literalPiece(type.kind, value, radix);
}

// ------------------------------------------------------------------ places

/** A place as a C lvalue that binds like a postfix expression. */
export function placeText(scope: Scope, place: Place): string {
  switch (place.place) {
    case 'local':
      return scope.local(place.local);
    case 'variable':
      return scope.names.of(place.variable);
    case 'object':
      return scope.names.of(place.object);
    case 'field': {
      const { object } = place;
      const field = scope.names.field(place.field);
      return object.op === 'reference'
        ? `${placeText(scope, object.place)}.${field}`
        : `${postfix(scope, object)}->${field}`;
    }
    case 'element': {
      const length = place.array.type.tag === 'array' ? place.array.type.length : 0;
      return `${placeText(scope, place.array)}[${indexText(scope, place.index, place.check, length)}]`;
    }
  }
}

/** An index in brackets, where C takes any integer: a conversion that cannot change the value costs only instructions. */
function indexText(scope: Scope, index: Expression, check: TrapSite | null, length: number): string {
  if (check !== null) {
    return callPiece('checkedIndex', [valueOf(scope, index), String(length), siteText(scope, check.position)]).text;
  }
  const isProven = index.op === 'convert' && index.mode === 'proven' && index.operand.type.tag === 'integer';
  return valueOf(scope, isProven ? index.operand : index);
}

// ------------------------------------------------------------------ values

function member(scope: Scope, expression: ExpressionOf<'member'>): Piece {
  const { value, field } = expression;
  const computed = computedType(expression.type);
  const declaration = value.type.tag === 'value' ? value.type.declaration : null;
  const pair = declaration === null ? null : scope.names.pair(declaration);
  if (declaration === null || pair === null) {
    return piece(`${postfix(scope, value)}.${scope.names.field(field)}`, LEVEL.POSTFIX, computed);
  }
  return callPiece(pair.fields[declaration.fields.indexOf(field)] ?? '', [valueOf(scope, value)], computed);
}

function makeValue(scope: Scope, expression: ExpressionOf<'make-value'>): Piece {
  const { declaration } = expression.type;
  const texts = values(scope, expression.fields);
  const pair = scope.names.pair(declaration);
  if (pair !== null) return callPiece(pair.make, texts);
  const fields = declaration.fields.map((field, index) => `.${scope.names.field(field)} = ${texts[index] ?? ''}`);
  return piece(`(${scope.names.of(declaration)}){${fields.join(', ')}}`);
}

// --------------------------------------------------------------- operators

function unary(scope: Scope, expression: ExpressionOf<'negate' | 'complement' | 'not' | 'convert'>): Piece {
  const operand = print(scope, expression.operand);
  switch (expression.op) {
    case 'not':
      return piece(`!${parenthesised(operand, LEVEL.UNARY)}`, LEVEL.UNARY);
    case 'complement': {
      const { kind } = expression.type;
      return piece(`~${parenthesised(exactly(kind, operand), LEVEL.UNARY)}`, LEVEL.UNARY, computedKind(kind));
    }
    case 'negate': {
      const { kind } = expression.type;
      if (expression.check !== null) return checked('checkedNegate', kind, [operand], scope, expression.check);
      const inner = exactly(kind, operand);
      const text = inner.text.startsWith('-') ? `(${inner.text})` : parenthesised(inner, LEVEL.UNARY);
      return piece(`-${text}`, LEVEL.UNARY, computedKind(kind));
    }
    case 'convert':
      return convert(scope, expression, operand);
  }
}

function checked(prefix: string, kind: IntegerKind, operands: readonly Piece[], scope: Scope, site: TrapSite): Piece {
  return callPiece(
    `${prefix}${kind.toUpperCase()}`,
    [...operands.map(valueText), siteText(scope, site.position)],
    computedKind(kind),
  );
}

function convert(scope: Scope, expression: ExpressionOf<'convert'>, operand: Piece): Piece {
  const { kind } = expression.type;
  const from = kindOf(expression.operand.type);
  if (expression.mode === 'check' && expression.check !== null) {
    const suffix = isSigned(from) ? 'FromSigned' : '';
    const text = [valueText(operand), siteText(scope, expression.check.position)];
    return callPiece(`checked${kind.toUpperCase()}${suffix}`, text, computedKind(kind));
  }
  const fits = contains(rangeOfKind(kind), rangeOfKind(from)) && isSigned(kind) === isSigned(from);
  // gcc 12 warns, a false alarm, when a choice of which one side was signed widens on its own.
  if (fits) return hasSignedChoice(expression.operand) ? castPiece(kind, operand, computedKind(kind)) : operand;
  // gcc 12 warns of `x ^ (u32)narrow`, a false alarm, where `narrow` is an i8 or i16; it does not of a sum.
  const source = kind === 'u32' && isNarrowSigned(expression.operand) ? zeroPlus(operand) : operand;
  return castPiece(kind, source, computedKind(kind));
}

/** Whether C can see that a value is an i8 or i16, below conversions that print nothing. */
function isNarrowSigned(expression: Expression): boolean {
  if (expression.op === 'conditional') {
    return isNarrowSigned(expression.whenTrue) || isNarrowSigned(expression.whenFalse);
  }
  if (expression.type.tag === 'integer' && ['i8', 'i16'].includes(expression.type.kind)) return true;
  return expression.op === 'convert' && expression.mode !== 'check' && isNarrowSigned(expression.operand);
}

function hasSignedChoice(expression: Expression): boolean {
  if (expression.op === 'convert') return hasSignedChoice(expression.operand);
  if (expression.op !== 'conditional') return false;
  return [expression.whenTrue, expression.whenFalse].some((side) => wasSigned(side) || hasSignedChoice(side));
}

function wasSigned(expression: Expression): boolean {
  return expression.op === 'convert' && (isSigned(kindOf(expression.operand.type)) || wasSigned(expression.operand));
}

function zeroPlus(operand: Piece): Piece {
  return binaryPiece('+', piece('0'), operand, operand.computed);
}

function kindOf(type: Type): IntegerKind {
  if (type.tag === 'integer') return type.kind;
  throw new Error(`Compiler bug: an integer was expected, found a value of type '${type.tag}'.`);
}

function conditional(scope: Scope, expression: ExpressionOf<'conditional'>): Piece {
  const condition = parenthesised(print(scope, expression.condition), LEVEL.OR);
  const whenTrue = print(scope, expression.whenTrue);
  const whenFalse = print(scope, expression.whenFalse);
  const { type } = expression;
  const [first, second] = type.tag === 'integer' ? together(type.kind, whenTrue, whenFalse) : [whenTrue, whenFalse];
  const text = `${condition} ? ${parenthesised(first, LEVEL.OR)} : ${parenthesised(second, LEVEL.CONDITIONAL)}`;
  return piece(text, LEVEL.CONDITIONAL, computedType(type));
}

/** Prints the left side without recursion: long sums are deep on the left. */
function spine(scope: Scope, expression: Binary): Piece {
  const nodes: Binary[] = [];
  let first: Expression = expression;
  for (; first.op === 'arithmetic' || first.op === 'compare' || first.op === 'logical'; first = first.left)
    nodes.push(first);
  let left = print(scope, first);
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    const right = print(scope, node.right);
    if (node.op === 'arithmetic') left = arithmetic(scope, node, left, right);
    else if (node.op === 'compare') left = compare(node, left, right);
    else left = binaryPiece(node.operator, left, right, 'other');
  }
  return left;
}

const CHECKED_NAMES: Readonly<Partial<Record<string, string>>> = {
  '+': 'checkedAdd',
  '-': 'checkedSubtract',
  '*': 'checkedMultiply',
  '/': 'checkedDivide',
  '%': 'checkedRemainder',
};

function arithmetic(scope: Scope, node: ExpressionOf<'arithmetic'>, left: Piece, right: Piece): Piece {
  const { operator, check } = node;
  const { kind } = node.type;
  const name = CHECKED_NAMES[operator];
  if (check !== null && name !== undefined) return checked(name, kind, [left, right], scope, check);
  const computed = computedKind(kind);
  if (operator === '<<' || operator === '>>') {
    const mask = computed === 'u64' || computed === 'i64' ? 63n : 31n;
    const count = node.masked
      ? binaryPiece('&', bare(right), bare(literalPiece('u8', mask, 10)), 'other')
      : bare(right);
    return binaryPiece(operator, exactly(kind, left), count, computed);
  }
  const [first, second] = together(kind, left, right);
  return binaryPiece(operator, first, second, computed);
}

function compare(node: ExpressionOf<'compare'>, left: Piece, right: Piece): Piece {
  const hasLiteral = left.literal !== null || right.literal !== null;
  const mayMixSigns = node.left.type.tag === 'integer' && node.left.type.kind === 'i64' && !hasLiteral;
  const [first, second] = mayMixSigns ? together('i64', left, right) : [bare(left), bare(right)];
  return binaryPiece(node.operator, first, second, 'other');
}
