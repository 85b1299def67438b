/** Expressions: one function that knows every form, and fits the result to what is expected. */
import { unknownConstruct } from '../front/subset-check.ts';
import { coerce } from './coerce.ts';
import { Refusal } from '../diagnostics/diagnostics.ts';
import type { Expression, Type, ValueDeclaration } from '../ir/ir.ts';
import { lowerCall } from './call.ts';
import { lowerConditional } from './conditional.ts';
import { lowerLiteral } from './literal.ts';
import { lowerBinary, lowerUnary } from './operator.ts';
import { find, meaningOf, valueOf } from './place.ts';
import { booleanConstant, merge, nullConstant } from '../ir/make.ts';
import { positionOf, ts } from '../front/project.ts';
import { refusal, type Context } from './scope.ts';
import { TEXT, sameType, typeName } from '../ir/types.ts';

const K = ts.SyntaxKind;

/** Lowers an expression; with `expected`, the result has that type. */
export function lowerExpression(node: ts.Expression, context: Context, expected: Type | null): Expression {
  const e = lowerForm(node, context, expected);
  return expected === null ? e : coerce(e, expected, node, context);
}

function lowerForm(node: ts.Expression, context: Context, expected: Type | null): Expression {
  switch (node.kind) {
    case K.TrueKeyword:
      return booleanConstant(true, positionOf(node));
    case K.FalseKeyword:
      return booleanConstant(false, positionOf(node));
    case K.NullKeyword:
      if (expected?.tag !== 'pointer' || !expected.nullable) {
        throw refusal('mismatch', node, 'null', expected === null ? 'a value' : typeName(expected));
      }
      return nullConstant(expected, positionOf(node));
    default:
  }
  if (ts.isParenthesizedExpression(node)) return lowerForm(node.expression, context, expected);
  if (ts.isNumericLiteral(node) || ts.isBigIntLiteral(node)) return lowerLiteral(node, false, expected);
  if (ts.isStringLiteral(node))
    return { op: 'text', value: node.text, type: TEXT, effects: 0, position: positionOf(node) };
  if (ts.isIdentifier(node) && expected?.tag === 'function') return lowerFunction(node, context, expected);
  if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
    return valueOf(find(node, context), node);
  }
  if (ts.isCallExpression(node)) return lowerCall(node, context);
  if (ts.isPrefixUnaryExpression(node)) return lowerUnary(node, context, expected);
  if (ts.isBinaryExpression(node)) return lowerBinary(node, context, expected);
  if (ts.isConditionalExpression(node)) return lowerConditional(node, context, expected);
  if (ts.isObjectLiteralExpression(node)) return lowerValue(node, context, expected);
  if (ts.isAsExpression(node)) return lowerForm(node.expression, context, expected);
  if (ts.isArrayLiteralExpression(node)) throw refusal('allocation', node, 'An array literal');
  throw new Refusal(unknownConstruct(node));
}

/** A function as an entry of a constant table; anywhere else it is refused by `lowerName`. */
function lowerFunction(
  node: ts.Identifier,
  context: Context,
  expected: Extract<Type, { tag: 'function' }>,
): Expression {
  const meaning = meaningOf(node, context);
  if ('place' in meaning || meaning.kind !== 'function') throw refusal('mismatch', node, node.text, typeName(expected));
  if (context.result !== null) throw refusal('functionValue', node);
  const { declaration } = expected;
  const fits =
    meaning.parameters.length === declaration.parameters.length &&
    sameType(meaning.result, declaration.result) &&
    meaning.parameters.every((parameter, i) => sameType(parameter.type, declaration.parameters[i]?.type ?? expected));
  if (!fits) throw refusal('mismatch', node, `the function ${node.text}`, `one of the type ${declaration.name}`);
  const targets = context.surroundings.functionsOf(declaration);
  if (!targets.includes(meaning)) targets.push(meaning);
  return { op: 'function', function: meaning, type: expected, effects: 0, position: positionOf(node) };
}

function lowerValue(node: ts.ObjectLiteralExpression, context: Context, expected: Type | null): Expression {
  if (expected?.tag !== 'value') {
    throw refusal('objectLiteral', node, expected === null ? 'a declared type' : typeName(expected));
  }
  const { declaration } = expected;
  const names = new Set<string>();
  const found = node.properties.map((property) => {
    if (property.name !== undefined && ts.isIdentifier(property.name)) {
      if (names.has(property.name.text)) throw refusal('duplicateName', property, property.name.text, 'literal');
      names.add(property.name.text);
    }
    return lowerProperty(property, declaration, context);
  });
  const missing = declaration.fields.find((_, index) => !found.some((item) => item.index === index));
  if (missing !== undefined) throw refusal('noMember', node, `This literal of ${declaration.name}`, missing.name);
  const fields = [...found].sort((a, b) => a.index - b.index).map((item) => item.value);
  const order = found.map((item) => item.index);
  return { op: 'make-value', type: expected, fields, order, effects: merge(...fields), position: positionOf(node) };
}

function lowerProperty(node: ts.ObjectLiteralElementLike, declaration: ValueDeclaration, context: Context) {
  if (!ts.isPropertyAssignment(node) || !ts.isIdentifier(node.name)) throw new Refusal(unknownConstruct(node));
  const name = node.name.text;
  const index = declaration.fields.findIndex((field) => field.name === name);
  const field = declaration.fields[index];
  if (field === undefined) throw refusal('noMember', node.name, declaration.name, name);
  return { index, value: context.lower(node.initializer, context, field.type) };
}
