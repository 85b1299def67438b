/** Where things are in the memory of the host machine, and the text of a load or store. */

import type {
  ArrayDeclaration,
  Expression,
  ObjectDeclaration,
  Program,
  StorageType,
  Type,
  VariableDeclaration,
} from '../ir/ir.ts';
import { alignUp, extentOf } from '../ir/types.ts';
import { visitExpression, visitStatements, type Visitor } from '../ir/walk.ts';

export type StaticDeclaration = ObjectDeclaration | ArrayDeclaration | VariableDeclaration;

export interface StaticLayout {
  /** Offsets from the start of static memory. */
  readonly declarations: ReadonlyMap<StaticDeclaration, number>;
  readonly texts: ReadonlyMap<string, number>;
  readonly size: number;
}

function textsOf(program: Program): ReadonlySet<string> {
  const texts = new Set<string>();
  const visitor: Visitor = {
    expression: (expression) => {
      if (expression.op === 'text') texts.add(expression.value);
    },
  };
  for (const declaration of program.modules.flatMap((module) => module.declarations)) {
    if (declaration.kind === 'function') visitStatements(declaration.body ?? [], visitor);
    if (declaration.kind === 'table') for (const element of declaration.elements) visitExpression(element, visitor);
  }
  return texts;
}

/** Objects, arrays and variables in the order of the program, then the bytes of its texts in order of appearance. */
export function layoutStatics(program: Program): StaticLayout {
  const declarations = new Map<StaticDeclaration, number>();
  const texts = new Map<string, number>();
  let size = 0;
  for (const declaration of program.modules.flatMap((module) => module.declarations)) {
    if (declaration.kind !== 'object' && declaration.kind !== 'array' && declaration.kind !== 'variable') continue;
    const extent = extentOf(declaration.type);
    size = alignUp(size, extent.alignment);
    declarations.set(declaration, size);
    size += extent.size;
  }
  for (const text of textsOf(program)) {
    texts.set(text, size);
    size += new TextEncoder().encode(text).length;
  }
  return { declarations, texts, size };
}

const ACCESSORS = {
  u8: 'Uint8',
  u16: 'Uint16',
  u32: 'Uint32',
  u64: 'BigUint64',
  i8: 'Int8',
  i16: 'Int16',
  i32: 'Int32',
  i64: 'BigInt64',
} as const;

/** What the text of a load and a store is made of. */
export interface Accessor {
  /** `Uint32` for `view.getUint32` and `view.setUint32`. */
  readonly method: string;
  /** What the bytes stand for. */
  readonly meaning: 'integer' | 'boolean' | 'pointer';
}

export function accessorOf(type: StorageType | Type): Accessor {
  switch (type.tag) {
    case 'integer':
      return { method: ACCESSORS[type.kind], meaning: 'integer' };
    case 'atomic':
    case 'volatile':
      return { method: ACCESSORS[type.of.kind], meaning: 'integer' };
    case 'boolean':
      return { method: 'Uint8', meaning: 'boolean' };
    case 'pointer':
      return { method: 'BigUint64', meaning: 'pointer' };
    default:
      throw new Error(`emit-js: a value of type ${type.tag} cannot be loaded from memory or stored`);
  }
}

/** The text of a load from an address; its precedence is that of `!==` when `meaning` is boolean. */
export function loadText(type: StorageType | Type, address: string): string {
  const { method, meaning } = accessorOf(type);
  const load = `view.get${method}(${address}${byteOrder(method)})`;
  if (meaning === 'boolean') return `${load} !== 0`;
  return meaning === 'pointer' ? `pointerFrom(${load})` : load;
}

export function storeText(type: StorageType | Type, address: string, value: string): string {
  const { method, meaning } = accessorOf(type);
  const stored = { integer: value, boolean: `${value} ? 1 : 0`, pointer: `addressFrom(${value})` }[meaning];
  return `view.set${method}(${address}, ${stored}${byteOrder(method)})`;
}

/** Accesses of one byte take no byte order. */
function byteOrder(method: string): string {
  return method.endsWith('nt8') ? '' : ', true';
}

/** Whether an initial value is what zeroed memory holds anyway. */
export function isZero(expression: Expression): boolean {
  if (expression.op === 'integer') return expression.value === 0n;
  if (expression.op === 'boolean') return !expression.value;
  return expression.op === 'null' || (expression.op === 'convert' && isZero(expression.operand));
}
