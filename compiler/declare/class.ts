/** Classes: fields, offsets and sizes, as C on a 64-bit machine lays them out. */
import { diagnostic, Refusal } from '../diagnostics/diagnostics.ts';
import type { ClassDeclaration, Expression, Field, IntegerType, StorageType } from '../ir/ir.ts';
import { lengthOf, positionOf, ts } from '../front/project.ts';
import { resolveType } from '../lower/resolve-type.ts';
import { attempt, documentationOf, refusal, type Context } from '../lower/scope.ts';
import { argumentsOf } from '../lower/call-arguments.ts';
import { unknownConstruct } from '../front/subset-check.ts';
import { alignUp, bitsOf, extentOf, integer, isIntegerKind, typeName } from '../ir/types.ts';

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
    throw refusal('argumentCount', node, `new ${meaning.name}`, argumentsOf(0), String(node.arguments?.length));
  }
  const layout = context.surroundings.layOut(meaning);
  if (layout === 'open') throw refusal('embedsItself', node, meaning.name);
  if (layout === 'broken') throw new Refusal(null);
  return { tag: 'embedded', target: meaning };
}

function arrayOf(
  node: ts.CallExpression,
  element: ts.Expression | undefined,
  count: ts.Expression | undefined,
  context: Context,
): StorageType {
  if (element === undefined || count === undefined || node.arguments.length > 2) {
    throw refusal('argumentCount', node, 'array', argumentsOf(2), String(node.arguments.length));
  }
  const length = context.lower(count, context, null);
  if (length.op !== 'integer') throw refusal('notConstant', count);
  const type = elementOf(element, context);
  const most = Math.floor(LARGEST / extentOf(type).size);
  if (length.value < 1n || length.value > BigInt(most)) {
    throw refusal('arrayLength', count, String(length.value), String(most));
  }
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

/**
 * Storage as its annotation says: `Atomic<Epoch>` for `atomic(u64)`, `FixedArray<Address, 8>` for
 * `array(u64, 8)`, the class itself for `new Class()`. Classes are told apart by name, which tsc does not do.
 */
export function withAnnotation(type: StorageType, node: ts.TypeNode | undefined, context: Context): StorageType {
  if (node === undefined) return type;
  const [argument] = ts.isTypeReferenceNode(node) ? (node.typeArguments ?? []) : [];
  switch (type.tag) {
    case 'atomic':
    case 'volatile': {
      const of = argument === undefined ? null : resolveType(argument, context);
      if (of?.tag !== 'integer' || of.kind !== type.of.kind) break;
      return { ...type, of };
    }
    case 'array':
      if (argument === undefined) break;
      return { ...type, element: withAnnotation(type.element, argument, context) };
    default: {
      const found = resolveType(node, context);
      const isSame =
        type.tag === 'embedded'
          ? found.tag === 'pointer' && found.target === type.target && !found.nullable
          : type.tag === 'integer' && found.tag === 'integer' && found.kind === type.kind;
      if (!isSame) break;
      return found.tag === 'integer' ? found : type;
    }
  }
  throw refusal('mismatch', node, `the type ${node.getText()}`, typeName(type));
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
  if (name === '__proto__') throw refusal('reservedName', node.name, name);
  if (node.initializer === undefined) throw refusal('fieldForm', node, name, 'it has no initial value');
  const storage = storageOf(node.initializer, context);
  const { type, initial }: { type: StorageType; initial: Expression | null } =
    storage === null
      ? scalarField(node, name, node.initializer, context)
      : { type: withAnnotation(storage, node.type, context), initial: null };
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
    if (twice)
      context.surroundings.refuse(diagnostic('duplicateName', field.position, lengthOf(member), field.name, 'class'));
    const extent = extentOf(field.type);
    end = field.offset + extent.size;
    alignment = Math.max(alignment, extent.alignment);
    fields.push(field);
  }
  const name = node.name ?? node;
  if (!node.members.some(ts.isPropertyDeclaration)) throw refusal('emptyClass', name, target.name);
  if (end > LARGEST) throw refusal('tooLarge', name, target.name, String(end), String(LARGEST));
  return { fields, size: alignUp(end, alignment), alignment };
}
