/** Classes: fields, offsets and sizes, as C on a 64-bit machine lays them out. */
import { diagnostic, Refusal } from './diagnostics.ts';
import type { ClassDeclaration, Expression, Field, IntegerType, StorageType } from './ir.ts';
import { lengthOf, positionOf, ts } from './project.ts';
import { resolveType } from './resolve-type.ts';
import { attempt, documentationOf, refusal, type Context } from './scope.ts';
import { unknownConstruct } from './subset-check.ts';
import { alignUp, bitsOf, extentOf, integer, isIntegerKind } from './types.ts';

/** Largest class in bytes, and most elements of an array. */
const LARGEST = 2 ** 31 - 1;

/** What embedded storage an initialiser declares: `array(…)`, `atomic(…)`, `volatile(…)`, `new Class()`; null for a scalar. */
export function storageOf(node: ts.Expression, context: Context): StorageType | null {
  if (ts.isNewExpression(node)) return embedded(node, node.expression, context);
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return null;
  const [first, second] = node.arguments;
  switch (node.expression.text) {
    case 'array':
      return arrayOf(node, first, second, context);
    case 'atomic':
      return { tag: 'atomic', of: word(node, first, [32, 64]) };
    case 'volatile':
      return { tag: 'volatile', of: word(node, first, [8, 16, 32]) };
    default:
      return null;
  }
}

function embedded(node: ts.Node, name: ts.Expression, context: Context): StorageType {
  const meaning = ts.isIdentifier(name) ? context.surroundings.resolve(context.module, name.text, name) : null;
  if (meaning?.kind !== 'class') throw refusal('unknownType', name, name.getText());
  if (ts.isNewExpression(node) && (node.arguments?.length ?? 0) > 0) {
    throw refusal('argumentCount', node, `new ${meaning.name}`, '0', String(node.arguments?.length));
  }
  context.surroundings.layOut(meaning, node);
  return { tag: 'embedded', target: meaning };
}

function arrayOf(
  node: ts.CallExpression,
  element: ts.Expression | undefined,
  count: ts.Expression | undefined,
  context: Context,
): StorageType {
  if (element === undefined || count === undefined || node.arguments.length > 2) {
    throw refusal('argumentCount', node, 'array', '2', String(node.arguments.length));
  }
  const length = context.lower(count, context, null);
  if (length.op !== 'integer') throw refusal('notConstant', count);
  if (length.value < 1n || length.value > BigInt(LARGEST))
    throw refusal('arrayLength', count, String(length.value), String(LARGEST));
  const type = elementOf(element, context);
  if (extentOf(type).size * Number(length.value) > LARGEST)
    throw refusal('arrayLength', count, String(length.value), String(LARGEST));
  return { tag: 'array', element: type, length: Number(length.value) };
}

function elementOf(node: ts.Expression, context: Context): StorageType {
  if (ts.isIdentifier(node)) return isIntegerKind(node.text) ? integer(node.text) : embedded(node, node, context);
  const storage = storageOf(node, context);
  if (storage === null || ts.isNewExpression(node)) throw new Refusal(unknownConstruct(node));
  return storage;
}

function word(node: ts.CallExpression, type: ts.Expression | undefined, widths: readonly number[]): IntegerType {
  const name = type === undefined ? '' : type.getText();
  if (node.arguments.length !== 1 || !isIntegerKind(name) || !name.startsWith('u') || !widths.includes(bitsOf(name))) {
    throw refusal('sharedWord', node, node.expression.getText(), name === '' ? 'nothing' : name);
  }
  return integer(name);
}

function storageDistinct(type: StorageType, annotation: ts.TypeNode | undefined, context: Context): StorageType {
  if ((type.tag !== 'atomic' && type.tag !== 'volatile') || annotation === undefined) return type;
  const argument = ts.isTypeReferenceNode(annotation) ? annotation.typeArguments?.[0] : undefined;
  const of = argument === undefined ? type.of : resolveType(argument, context);
  if (of.tag !== 'integer' || of.kind !== type.of.kind)
    throw refusal('mismatch', annotation, annotation.getText(), `${type.tag}(${type.of.kind})`);
  return { ...type, of };
}

function scalarField(node: ts.PropertyDeclaration, name: string, initializer: ts.Expression, context: Context) {
  if (node.type === undefined) throw refusal('fieldForm', node, name, 'it has no type');
  const type = resolveType(node.type, context);
  if (type.tag !== 'integer' && type.tag !== 'boolean' && type.tag !== 'pointer' && type.tag !== 'text') {
    throw refusal('fieldForm', node, name, 'values and functions do not live in classes');
  }
  const initial = context.lower(initializer, context, type);
  const isConstant = ['integer', 'boolean', 'null', 'text'].includes(initial.op);
  const isObject = initial.op === 'reference' && initial.place.place === 'object';
  if (!isConstant && !isObject) throw refusal('notConstant', initializer);
  return { type, initial };
}

function declareField(node: ts.ClassElement, offset: number, context: Context): Field | null {
  if (ts.isSemicolonClassElement(node)) return null;
  if (!ts.isPropertyDeclaration(node) || !ts.isIdentifier(node.name)) throw new Refusal(unknownConstruct(node));
  const name = node.name.text;
  if (node.initializer === undefined) throw refusal('fieldForm', node, name, 'it has no initial value');
  const storage = storageOf(node.initializer, context);
  const { type, initial }: { type: StorageType; initial: Expression | null } =
    storage === null
      ? scalarField(node, name, node.initializer, context)
      : { type: storageDistinct(storage, node.type, context), initial: null };
  const documentation = documentationOf(node).text;
  return {
    name,
    type,
    initial,
    offset: alignUp(offset, extentOf(type).alignment),
    documentation,
    position: positionOf(node),
  };
}

export interface Layout {
  readonly fields: readonly Field[];
  readonly size: number;
  readonly alignment: number;
}

/** Lays out the fields of a class; refused fields are reported and left out. */
export function layOutClass(node: ts.ClassDeclaration, target: ClassDeclaration, context: Context): Layout {
  const fields: Field[] = [];
  let end = 0;
  let alignment = 1;
  for (const member of node.members) {
    const field = attempt(context.surroundings, () => declareField(member, end, context), null);
    if (field === null) continue;
    const twice = fields.some((other) => other.name === field.name);
    if (twice) context.surroundings.report(diagnostic('duplicateName', field.position, lengthOf(member), field.name));
    const extent = extentOf(field.type);
    end = field.offset + extent.size;
    alignment = Math.max(alignment, extent.alignment);
    fields.push(field);
  }
  if (fields.length === 0) throw refusal('fieldForm', node, target.name, 'it has no fields');
  if (end > LARGEST) throw refusal('arrayLength', node, String(end), String(LARGEST));
  return { fields, size: alignUp(end, alignment), alignment };
}
