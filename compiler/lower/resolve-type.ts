/** From the types that a source writes to the types of the representation. */
import type { IntegerType, Type } from '../ir/ir.ts';
import { ts } from '../front/project.ts';
import { refusal, type Context } from './scope.ts';
import { BOOLEAN, NEVER, TEXT, VOID, integer, isIntegerKind, pointer } from '../ir/types.ts';

const K = ts.SyntaxKind;

/** The type of a local, parameter, result or scalar field. */
export function resolveType(node: ts.TypeNode, context: Context): Type {
  switch (node.kind) {
    case K.BooleanKeyword:
      return BOOLEAN;
    case K.VoidKeyword:
      return VOID;
    case K.NeverKeyword:
      return NEVER;
    default:
  }
  if (ts.isParenthesizedTypeNode(node)) return resolveType(node.type, context);
  if (ts.isTypeReferenceNode(node)) return resolveReference(node, context);
  if (ts.isUnionTypeNode(node)) return resolveUnion(node, context);
  throw refusal('unknownType', node, node.getText());
}

function isNull(node: ts.TypeNode): boolean {
  return ts.isLiteralTypeNode(node) && node.literal.kind === K.NullKeyword;
}

function resolveUnion(node: ts.UnionTypeNode, context: Context): Type {
  const [first, second, ...more] = node.types;
  if (first === undefined || second === undefined || more.length > 0 || isNull(first) === isNull(second)) {
    throw refusal('unknownType', node, node.getText());
  }
  const type = resolveType(isNull(first) ? second : first, context);
  if (type.tag !== 'pointer') throw refusal('unknownType', node, node.getText());
  return pointer(type.target, true);
}

function resolveReference(node: ts.TypeReferenceNode, context: Context): Type {
  if (!ts.isIdentifier(node.typeName)) throw refusal('unknownType', node, node.getText());
  const name = node.typeName.text;
  if (name === 'Distinct') return resolveDistinct(node, context);
  if (isIntegerKind(name)) return integer(name);
  if (name === 'Text') return TEXT;
  const meaning = context.surroundings.resolve(context.module, name, node);
  switch (meaning?.kind) {
    case 'class':
      return pointer(meaning, false);
    case 'value':
      return { tag: 'value', declaration: meaning };
    case 'function-type':
      return { tag: 'function', declaration: meaning };
    case 'alias':
      return meaning.type;
    default:
      throw refusal('unknownType', node, name);
  }
}

function resolveDistinct(node: ts.TypeReferenceNode, context: Context): IntegerType {
  const [base, name] = node.typeArguments ?? [];
  const type = base === undefined ? null : resolveType(base, context);
  const literal =
    name !== undefined && ts.isLiteralTypeNode(name) && ts.isStringLiteral(name.literal) ? name.literal : null;
  if (type?.tag !== 'integer' || type.distinct !== null || literal === null)
    throw refusal('unknownType', node, node.getText());
  return integer(type.kind, literal.text);
}
