/** `offsets.h`: what assembly needs to know about exported classes and constants, as macros for cpp. */
import type { ClassDeclaration, ConstantDeclaration, Program } from '../ir/ir.ts';
import type { OutputFile } from './output.ts';

function classLines(declaration: ClassDeclaration): readonly string[] {
  const { name } = declaration;
  return [
    ...declaration.fields.map((field) => `#define ${name}_${field.name} ${field.offset}`),
    `#define ${name}_SIZE ${declaration.size}`,
    '',
  ];
}

/** Without a suffix: the assembler knows none. Large and hexadecimal values stay hexadecimal. */
function constantLine(declaration: ConstantDeclaration): readonly string[] {
  const { value } = declaration;
  if (value.op !== 'integer') return [];
  const isLarge = value.value > 0x7fff_ffffn;
  const text =
    value.value >= 0n && (isLarge || value.radix === 16) ? `0x${value.value.toString(16)}` : value.value.toString();
  return [`#define ${declaration.name} ${text}`];
}

export function emitOffsets(program: Program): OutputFile {
  const declarations = program.modules.flatMap((module) => module.declarations);
  const classes = declarations.flatMap((one) => (one.kind === 'class' && one.exported ? classLines(one) : []));
  const constants = declarations.flatMap((one) => (one.kind === 'constant' && one.exported ? constantLine(one) : []));
  const lines = [
    '/* Offsets, sizes and constants for assembly, written by harmonyc. */',
    '#ifndef HARMONY_OFFSETS_H',
    '#define HARMONY_OFFSETS_H',
    '',
    '/* Class_field: offset of the field in bytes. Class_SIZE: size of the object in bytes. */',
    ...classes,
    ...constants,
    ...(constants.length === 0 ? [] : ['']),
    '#endif',
  ];
  return { path: 'offsets.h', text: `${lines.join('\n')}\n` };
}
