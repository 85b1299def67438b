/**
 * The C name of everything in a program. A name stays the word of the source,
 * unless C, gcc or the runtime headers already use that word, or two private
 * declarations share it: then it gets `_` or a number. Names are unique in the
 * whole program, so every module can see every header.
 */
import { isReservedByC, isLibraryFunction } from './reserved.ts';
import { headerTypes, isTypeDeclaration } from './visible.ts';
import type {
  ClassDeclaration,
  Declaration,
  Field,
  FunctionDeclaration,
  Local,
  Program,
  Statement,
  ValueDeclaration,
  ValueField,
} from '../ir/ir.ts';
import { visitStatements } from '../ir/walk.ts';

export type NamedDeclaration = Exclude<Declaration, { readonly kind: 'assertion' }>;

/** Names of the functions that make a value of two 64-bit integers and take it apart. */
export interface PairNames {
  readonly make: string;
  readonly fields: readonly string[];
}

export interface Names {
  readonly of: (declaration: NamedDeclaration) => string;
  readonly field: (field: Field | ValueField) => string;
  /** Null unless the value is passed as one 128-bit scalar. */
  readonly pair: (declaration: ValueDeclaration) => PairNames | null;
  /** The macro of a module header's include guard. */
  readonly guard: (modulePath: string) => string;
  /** Words that no local may have: macros and types of the program, and what C reserves. */
  readonly isTaken: (name: string) => boolean;
}

/** A value of exactly two 64-bit integers: one `u128`, so that it travels in two registers. */
export function isPair(declaration: ValueDeclaration): boolean {
  const is64 = ({ type }: ValueField): boolean =>
    type.tag === 'integer' && (type.kind === 'u64' || type.kind === 'i64');
  return declaration.fields.length === 2 && declaration.fields.every(is64);
}

/** Only letters, digits and underscores of ASCII. */
function asciiWord(name: string): string {
  return name.replace(/[^A-Za-z0-9_]/gu, (character) => `_u${(character.codePointAt(0) ?? 0).toString(16)}_`);
}

/** The first of `word`, `word_` (when it is reserved), `word_2`, `word_3`, … that is free. */
function firstFree(word: string, isReserved: (name: string) => boolean, isUsed: (name: string) => boolean): string {
  let base = word;
  if (isReserved(base)) base += '_';
  // C reserves whole families by how a word begins.
  while (isReserved(base)) base = `n_${base}`;
  let name = base;
  for (let number = 2; isUsed(name) || isReserved(name); number++) name = `${base}_${number}`;
  return name;
}

/** Words that no C symbol of a program may have; the machine defines `declare function` names, so those keep theirs. */
function isReservedGlobal(declaration: NamedDeclaration): (name: string) => boolean {
  const isForeign = declaration.kind === 'function' && declaration.body === null;
  if (isForeign || declaration.name === 'harmonyTrap') return () => false;
  return (name) => isReservedByC(name) || isLibraryFunction(name);
}

function namedDeclarations(program: Program): readonly NamedDeclaration[] {
  const all = program.modules.flatMap((module) => module.declarations);
  const named = all.flatMap((declaration) => (declaration.kind === 'assertion' ? [] : [declaration]));
  return [...named.filter(({ exported }) => exported), ...named.filter(({ exported }) => !exported)];
}

/** Functions and data: a local may have the same name, as in TypeScript, where it does not hide one that is used. */
function isShadowable({ kind }: NamedDeclaration): boolean {
  return kind === 'function' || kind === 'table' || kind === 'object' || kind === 'array' || kind === 'variable';
}

/** Constants and types that only the module's own source sees: two modules may use the same word. */
function isInternal(declaration: NamedDeclaration, visible: ReadonlySet<NamedDeclaration>): boolean {
  if (declaration.exported || visible.has(declaration)) return false;
  return declaration.kind === 'constant' || isTypeDeclaration(declaration);
}

function internalNames(
  internal: readonly NamedDeclaration[],
  isTaken: (name: string) => boolean,
): readonly (readonly [NamedDeclaration, string])[] {
  const used = new Map<string, Set<string>>();
  return internal.map((one) => {
    const own = used.get(one.module) ?? new Set<string>();
    used.set(one.module, own);
    const name = firstFree(asciiWord(one.name), isTaken, (candidate) => own.has(candidate));
    own.add(name);
    return [one, name] as const;
  });
}

function fieldNames(
  fields: readonly (Field | ValueField)[],
  isReserved: (name: string) => boolean,
): readonly (readonly [Field | ValueField, string])[] {
  const used = new Set<string>();
  return fields.map((field) => {
    const name = firstFree(asciiWord(field.name), isReserved, (candidate) => used.has(candidate));
    used.add(name);
    return [field, name];
  });
}

function withFields(declaration: NamedDeclaration): declaration is ClassDeclaration | ValueDeclaration {
  return declaration.kind === 'class' || declaration.kind === 'value';
}

/** Names every declaration, field and header of a program; exported names come first, so they keep their word. */
export function nameProgram(program: Program): Names {
  const taken = new Set<string>();
  const take = (word: string, isReserved: (name: string) => boolean): string => {
    const name = firstFree(asciiWord(word), isReserved, (candidate) => taken.has(candidate));
    taken.add(name);
    return name;
  };
  const declarations = namedDeclarations(program);
  const visible = new Set(program.modules.flatMap((module): readonly NamedDeclaration[] => [...headerTypes(module)]));
  const internal = declarations.filter((one) => isInternal(one, visible));
  const global = declarations.filter((one) => !isInternal(one, visible));
  const names = new Map(global.map((one) => [one, take(one.name, isReservedGlobal(one))] as const));
  for (const [one, name] of internalNames(internal, (word) => taken.has(word) || isReservedByC(word)))
    names.set(one, name);
  const of = (declaration: NamedDeclaration): string => names.get(declaration) ?? unnamed(declaration.name);
  const pairs = new Map<ValueDeclaration, PairNames>();
  for (const declaration of declarations) {
    if (declaration.kind !== 'value' || !isPair(declaration)) continue;
    const word = (part: string): string => take(`${of(declaration)}_${part}`, isReservedByC);
    pairs.set(declaration, { make: word('make'), fields: declaration.fields.map((field) => word(field.name)) });
  }
  const macros = new Set(declarations.filter(({ kind }) => kind === 'constant').map(of));
  const fixed = new Set([...macros, ...internal.map(of)]);
  const shadowable = new Set(declarations.filter(isShadowable).map(of));
  const isReservedField = (name: string): boolean => isReservedByC(name) || macros.has(name);
  const fields = new Map(declarations.filter(withFields).flatMap((one) => fieldNames(one.fields, isReservedField)));
  const guards = new Map(
    program.modules.map(({ path }) => [
      path,
      take(`HARMONY_${path.replace(/\.ts$/, '').replace(/[^A-Za-z0-9]/g, '_')}_H`.toUpperCase(), isReservedByC),
    ]),
  );
  return {
    of,
    field: (field) => fields.get(field) ?? unnamed(field.name),
    pair: (declaration) => pairs.get(declaration) ?? null,
    guard: (modulePath) => guards.get(modulePath) ?? unnamed(modulePath),
    isTaken: (name) => fixed.has(name) || (taken.has(name) && !shadowable.has(name)) || isReservedByC(name),
  };
}

function unnamed(name: string): never {
  throw new Error(`Compiler bug: '${name}' is not part of the program whose C is being written.`);
}

/** The C names of parameters that belong to no function: those of a function type. */
export function parameterNames(names: Names, words: readonly string[]): readonly string[] {
  const used = new Set<string>();
  return words.map((word) => {
    const name = firstFree(asciiWord(word), names.isTaken, (candidate) => used.has(candidate));
    used.add(name);
    return name;
  });
}

/**
 * The C names of a function's locals. Equal words of the source stay equal (the
 * blocks keep them apart); hidden locals get words that nothing else uses.
 */
export function nameLocals(
  names: Names,
  declaration: FunctionDeclaration,
  body: readonly Statement[],
  references: ReadonlySet<NamedDeclaration>,
): Map<Local, string> {
  const globals = new Set([...references].map(names.of));
  const isReserved = (name: string): boolean => names.isTaken(name) || globals.has(name);
  const locals = new Set<Local>(declaration.parameters);
  visitStatements(body, {
    statement: (statement) => {
      if (statement.kind === 'declare') locals.add(statement.local);
    },
  });
  const used = new Set<string>();
  const words = new Map<string, string>();
  const result = new Map<Local, string>();
  const take = (word: string): string => {
    const name = firstFree(asciiWord(word), isReserved, (candidate) => used.has(candidate));
    used.add(name);
    return name;
  };
  for (const local of locals) {
    if (local.hidden) continue;
    const name = words.get(local.name) ?? take(local.name);
    words.set(local.name, name);
    result.set(local, name);
  }
  for (const local of locals) if (local.hidden) result.set(local, take(local.name));
  return result;
}
