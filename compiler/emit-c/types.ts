/** How types look in C: names, declarators, function heads. */
import { type Names, isPair, parameterNames } from './names.ts';
import type { FunctionDeclaration, FunctionTypeDeclaration, IntegerKind, Local, StorageType, Type } from '../ir/ir.ts';

/**
 * The type that C computes an expression in. `i32` (int) is also what a value
 * of 8 or 16 bits becomes; such values are never negative unless their kind is signed.
 */
export type Computed = 'i32' | 'u32' | 'i64' | 'u64' | 'other';

export function computedKind(kind: IntegerKind): Exclude<Computed, 'other'> {
  if (kind === 'u32' || kind === 'u64' || kind === 'i64') return kind;
  return 'i32';
}

export function computedType(type: Type): Computed {
  return type.tag === 'integer' ? computedKind(type.kind) : 'other';
}

/** The word for a type; a pointer ends in ` *`. Arrays give their innermost element. */
export function typeWord(names: Names, type: Type | StorageType): string {
  switch (type.tag) {
    case 'integer':
      return type.kind;
    case 'pointer':
      return `${names.of(type.target)} *`;
    case 'embedded':
      return names.of(type.target);
    case 'array':
      return typeWord(names, type.element);
    case 'atomic':
      return `Atomic${type.of.kind.slice(1)}`;
    case 'volatile':
      return `Volatile${type.of.kind.slice(1)}`;
    case 'value':
    case 'function':
      return names.of(type.declaration);
    case 'boolean':
      return 'bool';
    case 'text':
      return 'Text';
    case 'void':
    case 'never':
      return 'void';
  }
}

/** `Slot *next`, `u64 words[4][8]`. */
export function declarator(names: Names, type: Type | StorageType, name: string): string {
  const word = typeWord(names, type);
  let lengths = '';
  for (let inner: Type | StorageType = type; inner.tag === 'array'; inner = inner.element)
    lengths += `[${inner.length}]`;
  return `${word}${word.endsWith('*') ? '' : ' '}${name}${lengths}`;
}

/** As `declarator`, for a local that is never assigned. */
export function constantDeclarator(names: Names, type: Type, name: string): string {
  return type.tag === 'pointer' ? `${typeWord(names, type)}const ${name}` : `const ${declarator(names, type, name)}`;
}

/** `_Noreturn void`, `Outcome`. */
function resultWords(names: Names, result: Type): string {
  return result.tag === 'never' ? '_Noreturn void' : typeWord(names, result);
}

/** The head of a function: storage class, attributes, result, name and parameters. Wrapped like a call when it is long. */
export function functionHead(
  names: Names,
  declaration: FunctionDeclaration,
  local: (local: Local) => string,
  marks: { readonly unused: ReadonlySet<Local>; readonly isUnused: boolean },
): string {
  const parameters = declaration.parameters.map(
    (parameter) => declarator(names, parameter.type, local(parameter)) + (marks.unused.has(parameter) ? ' UNUSED' : ''),
  );
  const result = resultWords(names, declaration.result);
  const space = result.endsWith('*') ? '' : ' ';
  const storage = declaration.exported || declaration.body === null ? '' : `static ${marks.isUnused ? 'UNUSED ' : ''}`;
  const list = parameters.length === 0 ? 'void' : parameters.join(', ');
  const placement = declaration.cold ? 'COLD ' : declaration.apart ? 'APART ' : '';
  return `${placement}${storage}${result}${space}${names.of(declaration)}(${list})`;
}

/** `typedef Outcome (*Operation)(u64 a0, u64 a1);` */
export function functionTypedef(names: Names, declaration: FunctionTypeDeclaration): string {
  const words = parameterNames(
    names,
    declaration.parameters.map((parameter) => parameter.name),
  );
  const parameters = declaration.parameters.map((parameter, index) =>
    declarator(names, parameter.type, words[index] ?? ''),
  );
  const result = typeWord(names, declaration.result);
  const list = parameters.length === 0 ? 'void' : parameters.join(', ');
  const attribute = declaration.result.tag === 'never' ? ' __attribute__((noreturn))' : '';
  return `typedef ${result}${result.endsWith('*') ? '' : ' '}(*${names.of(declaration)})(${list})${attribute};`;
}

/** True for a value that C sees as one `u128`. */
export function isPairType(type: Type): boolean {
  return type.tag === 'value' && isPair(type.declaration);
}
