/** Classes, values and function types in C, each after what it contains. */
import { constantMacro } from './data.ts';
import { type Names, isPair, parameterNames } from './names.ts';
import type { Scope } from './piece.ts';
import { commentLines } from './text.ts';
import { declarator, functionTypedef, typeWord } from './types.ts';
import { type TypeDeclaration, declarationOfType, typesIn } from './visible.ts';
import type { ClassDeclaration, ConstantDeclaration, StorageType, Type, ValueDeclaration } from '../ir/ir.ts';

/** True when C must see the whole definition of the type first, not only its name. */
function containsWhole(declaration: TypeDeclaration, type: Type | StorageType): TypeDeclaration | null {
  if (declaration.kind === 'function-type') return type.tag === 'function' ? type.declaration : null;
  return type.tag === 'pointer' || type.tag === 'function' ? null : declarationOfType(type);
}

/** In order of declaration, but each after those that it contains. */
function sorted(declarations: readonly TypeDeclaration[]): readonly TypeDeclaration[] {
  const chosen = new Set(declarations);
  const result = new Set<TypeDeclaration>();
  const visit = (declaration: TypeDeclaration): void => {
    if (result.has(declaration)) return;
    for (const type of typesIn(declaration)) {
      const inner = containsWhole(declaration, type);
      if (inner !== null && inner !== declaration && chosen.has(inner)) visit(inner);
    }
    result.add(declaration);
  };
  declarations.forEach(visit);
  return [...result];
}

function documented(documentation: string | null, lines: readonly string[]): readonly string[] {
  return documentation === null ? lines : [...commentLines(documentation), ...lines];
}

function structLines(names: Names, declaration: ClassDeclaration | ValueDeclaration): readonly string[] {
  const name = names.of(declaration);
  const fields = declaration.fields.flatMap((field) =>
    documented(field.documentation, [`${declarator(names, field.type, names.field(field))};`]).map(
      (line) => `  ${line}`,
    ),
  );
  return documented(declaration.documentation, [`struct ${name} {`, ...fields, '};']);
}

/** The layout that assembly and JavaScript count on. */
function layoutAssertions(names: Names, declaration: ClassDeclaration): readonly string[] {
  const name = names.of(declaration);
  const offsets = declaration.fields.map((field) => {
    const word = names.field(field);
    return `_Static_assert(offsetof(${name}, ${word}) == ${field.offset}, "${name}.${word}");`;
  });
  return [`_Static_assert(sizeof(${name}) == ${declaration.size}, "${name}");`, ...offsets];
}

function pairLines(names: Names, declaration: ValueDeclaration): readonly string[] {
  const pair = names.pair(declaration);
  const name = names.of(declaration);
  const [low, high] = declaration.fields;
  if (pair === null || low === undefined || high === undefined) throw new Error(`Compiler bug: ${name} is no pair.`);
  const [lowName = '', highName = '', whole = ''] = parameterNames(names, [low.name, high.name, 'pair']);
  const [lowType, highType] = [typeWord(names, low.type), typeWord(names, high.type)];
  return documented(declaration.documentation, [
    `typedef u128 ${name};`,
    `static inline ${name} ${pair.make}(${lowType} ${lowName}, ${highType} ${highName}) {`,
    `  return PAIR(${lowName}, inRegister(${highName}));`,
    '}',
    `static inline ${lowType} ${pair.fields[0]}(${name} ${whole}) { return (${lowType})${whole}; }`,
    `static inline ${highType} ${pair.fields[1]}(${name} ${whole}) { return (${highType})(${whole} >> 64); }`,
  ]);
}

/** Blocks of lines: names first, then function types, then structs. */
export function typeBlocks(scope: Scope, declarations: readonly TypeDeclaration[]): readonly (readonly string[])[] {
  const { names } = scope;
  const isStruct = (one: TypeDeclaration): one is ClassDeclaration | ValueDeclaration =>
    one.kind === 'class' || (one.kind === 'value' && !isPair(one));
  const forward = declarations.filter(isStruct).map((one) => `typedef struct ${names.of(one)} ${names.of(one)};`);
  const pairs = declarations.flatMap((one) => (one.kind === 'value' && isPair(one) ? [pairLines(names, one)] : []));
  const functions = sorted(declarations).flatMap((one) =>
    one.kind === 'function-type' ? [documented(one.documentation, [functionTypedef(names, one)])] : [],
  );
  const structs = sorted(declarations)
    .filter(isStruct)
    .map((one) => [...structLines(names, one), ...(one.kind === 'class' ? layoutAssertions(names, one) : [])]);
  return [forward, ...pairs, ...functions, ...structs].filter((block) => block.length > 0);
}

/** Constants as macros; those with comments stand apart. */
export function constantBlocks(
  scope: Scope,
  constants: readonly ConstantDeclaration[],
): readonly (readonly string[])[] {
  const lines = constants.flatMap((one) => documented(one.documentation, [constantMacro(scope, one)]));
  return lines.length === 0 ? [] : [lines];
}
