/** Variables at the top level: constants, constant tables, objects that live for the whole program, private variables. */
import { storageOf, withAnnotation } from './class.ts';
import { Refusal } from '../diagnostics/diagnostics.ts';
import type { ConstantDeclaration, Expression, Type } from '../ir/ir.ts';
import { ts } from '../front/project.ts';
import { resolveType } from '../lower/resolve-type.ts';
import { attempt, refusal, type Context, type Meaning } from '../lower/scope.ts';
import { typeName } from '../ir/types.ts';

type Base = Pick<ConstantDeclaration, 'name' | 'module' | 'exported' | 'documentation' | 'position'>;

export function declareVariable(node: ts.VariableDeclaration, base: Base, context: Context): Meaning {
  const { initializer } = node;
  if (initializer === undefined) throw refusal('variableForm', node, 'one without an initial value');
  const isConst = (node.parent.flags & ts.NodeFlags.Const) !== 0;
  const storage = storageOf(initializer, context);
  if (storage !== null) {
    if (!isConst) throw refusal('variableForm', node, 'an object or an array as `let`');
    const type = withAnnotation(storage, node.type, context);
    if (type.tag === 'embedded') return { kind: 'object', ...base, type };
    if (type.tag === 'array') return { kind: 'array', ...base, type };
    throw refusal(
      'layoutForm',
      initializer,
      type.tag,
      'A shared word is a field of a class, or an element of an array.',
    );
  }
  const list = ts.isAsExpression(initializer) ? initializer.expression : initializer;
  if (ts.isArrayLiteralExpression(list)) {
    if (!isConst) throw refusal('variableForm', node, 'a table as `let`');
    return declareTable(node, base, list, context);
  }
  return declareScalar(node, initializer, isConst, base, context);
}

/** A constant, or a private variable. */
function declareScalar(
  node: ts.VariableDeclaration,
  initializer: ts.Expression,
  isConst: boolean,
  base: Base,
  context: Context,
): Meaning {
  const declared = node.type === undefined ? null : resolveType(node.type, context);
  const value = context.lower(initializer, context, declared);
  const type = declared ?? value.type;
  requireConstant(value, initializer);
  if (declared === null && type.tag === 'integer') {
    throw refusal('needsAnnotation', node.name, base.name, typeName(type));
  }
  if (!isConst) {
    if (type.tag !== 'integer' && type.tag !== 'boolean' && type.tag !== 'pointer') {
      throw refusal('variableForm', node, 'a `let` that is not an integer, a boolean or a pointer');
    }
    return { kind: 'variable', ...base, type, initial: value };
  }
  if (type.tag !== 'integer' && type.tag !== 'boolean' && type.tag !== 'text') {
    throw refusal('variableForm', node, 'a constant that is not an integer, a boolean or a text');
  }
  return { kind: 'constant', ...base, type, value };
}

function declareTable(
  node: ts.VariableDeclaration,
  base: Base,
  list: ts.ArrayLiteralExpression,
  context: Context,
): Meaning {
  const annotation = node.type;
  const inner = annotation !== undefined && ts.isTypeOperatorNode(annotation) ? annotation.type : undefined;
  if (inner === undefined || !ts.isArrayTypeNode(inner)) {
    throw refusal('missingType', node.name, `The table ${base.name} (\`readonly T[]\`)`);
  }
  const element = resolveType(inner.elementType, context);
  if (element.tag === 'void' || element.tag === 'never') throw refusal('notValue', inner, `the type ${element.tag}`);
  if (list.elements.length === 0) throw refusal('arrayLength', list, '0', '2147483647');
  const elements = list.elements.flatMap((item) =>
    attempt(context.surroundings, () => [lowerConstant(item, element, context)], []),
  );
  if (elements.length < list.elements.length) throw new Refusal(null);
  return { kind: 'table', ...base, element, elements };
}

function lowerConstant(node: ts.Expression, type: Type, context: Context): Expression {
  const value = context.lower(node, context, type);
  requireConstant(value, node);
  return value;
}

const CONSTANT: readonly Expression['op'][] = ['integer', 'boolean', 'text', 'null', 'function'];

function requireConstant(value: Expression, node: ts.Node): void {
  const isObject = value.op === 'reference' && value.place.place === 'object';
  if (value.op === 'make-value') value.fields.forEach((field) => requireConstant(field, node));
  else if (!isObject && !CONSTANT.includes(value.op)) throw refusal('notConstant', node);
}
