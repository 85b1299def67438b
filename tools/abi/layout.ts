/** The classes of the interface as C structures, with their fields where the compiler has put them. */
import { compile } from '../../compiler/compile.ts';
import type { ClassDeclaration, StorageType } from '../../compiler/ir/ir.ts';
import { comment } from './user-library.ts';

const INTEGERS: ReadonlyMap<string, string> = new Map([
  ['u8', 'uint8_t'],
  ['u16', 'uint16_t'],
  ['u32', 'uint32_t'],
  ['u64', 'uint64_t'],
]);

/** Changes a comment of the sources to what it says in C. */
export type Translate = (text: string) => string;

/** The classes of a source, in their order. */
export function classesOf(file: string): readonly ClassDeclaration[] {
  const { program, diagnostics } = compile([file]);
  if (program === null) throw new Error(`${file}: ${diagnostics[0]?.message ?? 'cannot be compiled'}`);
  const declarations = program.modules.find((module) => module.path === file)?.declarations ?? [];
  return declarations.flatMap((one) => (one.kind === 'class' ? [one] : []));
}

/** Type and dimension of a field. */
function fieldType(type: StorageType): readonly [string, string] {
  if (type.tag === 'embedded') return [`Harmony${type.target.name}`, ''];
  if (type.tag === 'array') return [fieldType(type.element)[0], `[${type.length}]`];
  const found = type.tag === 'integer' ? INTEGERS.get(type.kind) : undefined;
  if (found === undefined) throw new Error(`found a field of type ${type.tag}; expected an unsigned integer`);
  return [found, ''];
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}

function paragraph(documentation: string | null): string {
  return (documentation ?? '').replace(/\s+/g, ' ').trim();
}

/** A class as a structure; whoever compiles it also tests its size and the offset of each field. */
export function structure(declaration: ClassDeclaration, translate: Translate): string {
  const name = `Harmony${declaration.name}`;
  const fields = declaration.fields.flatMap((field) => {
    const [type, dimension] = fieldType(field.type);
    const text = translate(paragraph(field.documentation));
    return [...(text === '' ? [] : [indented(comment([text]))]), `  ${type} ${field.name}${dimension};`];
  });
  const checks = declaration.fields.map(
    (field) => `HARMONY_STATIC_ASSERT(offsetof(${name}, ${field.name}) == ${field.offset}, "${name}.${field.name}");`,
  );
  return [
    comment([translate(paragraph(declaration.documentation))]),
    `typedef struct ${name} {`,
    ...fields,
    `} ${name};`,
    `HARMONY_STATIC_ASSERT(sizeof(${name}) == ${declaration.size}, "${name}");`,
    ...checks,
  ].join('\n');
}
