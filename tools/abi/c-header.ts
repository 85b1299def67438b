/** Writes `harmony.h`: the interface for components in C and C++. */
import { readdirSync } from 'node:fs';
import { classesOf, structure } from './layout.ts';
import { ABI, OPERATION_FILES, functionName, type Model, type Named, type Operation } from './model.ts';
import { readConstants, readHeading, type Constant } from './read.ts';
import { camel, comment, RIGHT_BITS, stubParagraphs } from './user-library.ts';

/** Files whose constants come first, in this order; those of the others follow. */
const FIRST: readonly string[] = ['errors.ts', 'kinds.ts', 'rights.ts', 'frame-types.ts', 'identifiers.ts'];
const BOOT_INFO = 'boot-info.ts';
/** Numbers above this one are written in hexadecimal. */
const LARGEST_DECIMAL = 4096n;

/** Words that no parameter can have in C or C++, of those that a person would choose. */
const RESERVED: ReadonlySet<string> = new Set(['register', 'this', 'new', 'delete', 'default', 'class', 'operator']);

const PRELUDE = `#ifndef HARMONY_H
#define HARMONY_H

#include <stddef.h>
#include <stdint.h>

#if !defined(__riscv) || __riscv_xlen != 64
#error "harmony.h is for components, which are RV64 programs: compile with riscv64-unknown-elf-gcc"
#endif

#ifdef __cplusplus
#define HARMONY_STATIC_ASSERT(condition, text) static_assert(condition, text)
#else
#define HARMONY_STATIC_ASSERT(condition, text) _Static_assert(condition, text)
#endif`;

const IDENTIFIERS = `/** On which level the slots below those of an id are: 1 below a slot of the own table. */
#define HARMONY_LEVEL_BELOW(identifier) (((identifier) >> HARMONY_IDENTIFIER_LEVELS_SHIFT) + UINT64_C(1))
/**
 * The id of slot \`slot\` in the table that is linked below the slot with the id \`identifier\`, which has at most two
 * further levels. A constant, if both are.
 */
#define HARMONY_BELOW(identifier, slot)                                                              \\
  (((identifier) & ((UINT64_C(1) << HARMONY_IDENTIFIER_LEVELS_SHIFT) - UINT64_C(1))) |               \\
   ((UINT64_C(0) | (slot)) << (HARMONY_IDENTIFIER_INDEX_BITS * HARMONY_LEVEL_BELOW(identifier))) |   \\
   (HARMONY_LEVEL_BELOW(identifier) << HARMONY_IDENTIFIER_LEVELS_SHIFT))`;

const SYSTEM_CALL = `/** What every operation answers: an error, and the result or the detail that the error's description promises. */
typedef struct HarmonyOutcome {
  uint64_t error;
  uint64_t value;
} HarmonyOutcome;

/** What an operation with several results answers: \`value\` is the first one, the further ones are called after their registers. */
typedef struct HarmonyResults {
  uint64_t error;
  uint64_t value;
  uint64_t a2;
  uint64_t a3;
  uint64_t a4;
  uint64_t a5;
} HarmonyResults;

/** Registers that a system call sets to zero, and memory: a page may be mapped or unmapped. */
#define HARMONY_CHANGED "memory", "t0", "t1", "t2", "t3", "t4", "t5", "t6"

/** Floating-point registers are kept, but for a call of another component, which has several results. */
#ifdef __riscv_flen
#define HARMONY_CHANGED_FLOATING                                                                                 \\
  , "f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11", "f12", "f13", "f14", "f15", "f16", \\
      "f17", "f18", "f19", "f20", "f21", "f22", "f23", "f24", "f25", "f26", "f27", "f28", "f29", "f30", "f31"
#else
#define HARMONY_CHANGED_FLOATING
#endif

/** Applies an operation to a capability. */
static inline HarmonyOutcome harmonyInvoke(uint64_t first, uint64_t second, uint64_t third, uint64_t fourth,
                                           uint64_t fifth, uint64_t sixth, uint64_t operation, uint64_t capability) {
  register uint64_t a0 __asm__("a0") = first;
  register uint64_t a1 __asm__("a1") = second;
  register uint64_t a2 __asm__("a2") = third;
  register uint64_t a3 __asm__("a3") = fourth;
  register uint64_t a4 __asm__("a4") = fifth;
  register uint64_t a5 __asm__("a5") = sixth;
  register uint64_t a6 __asm__("a6") = operation;
  register uint64_t a7 __asm__("a7") = capability;
  __asm__ volatile("ecall"
                   : "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a3), "+r"(a4), "+r"(a5), "+r"(a6), "+r"(a7)
                   :
                   : HARMONY_CHANGED);
  HarmonyOutcome outcome = {a0, a1};
  return outcome;
}

/** As harmonyInvoke, for an operation with several results. */
static inline HarmonyResults harmonyInvokeResults(uint64_t first, uint64_t second, uint64_t third, uint64_t fourth,
                                                  uint64_t fifth, uint64_t sixth, uint64_t operation,
                                                  uint64_t capability) {
  register uint64_t a0 __asm__("a0") = first;
  register uint64_t a1 __asm__("a1") = second;
  register uint64_t a2 __asm__("a2") = third;
  register uint64_t a3 __asm__("a3") = fourth;
  register uint64_t a4 __asm__("a4") = fifth;
  register uint64_t a5 __asm__("a5") = sixth;
  register uint64_t a6 __asm__("a6") = operation;
  register uint64_t a7 __asm__("a7") = capability;
  __asm__ volatile("ecall"
                   : "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a3), "+r"(a4), "+r"(a5), "+r"(a6), "+r"(a7)
                   :
                   : HARMONY_CHANGED HARMONY_CHANGED_FLOATING);
  HarmonyResults results = {a0, a1, a2, a3, a4, a5};
  return results;
}`;

/** What an operation is called in C: `harmonyFramesRetype`. */
export function stubName(operation: Operation): string {
  const name = functionName(operation);
  return `harmony${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

/** The files of the interface: what they hold in constants comes in this order. */
function files(): readonly string[] {
  const all = readdirSync(ABI).filter((file) => file.endsWith('.ts'));
  const order = [...FIRST, ...OPERATION_FILES];
  return [...order, ...all.filter((file) => !order.includes(file)).sort()];
}

/** A translation of comments: names of constants and structures in code spans get the prefix that they have in C. */
function translation(constants: readonly Constant[], structures: readonly string[]): (text: string) => string {
  const isKnown = (word: string): boolean => constants.some(({ name }) => name === word || name.startsWith(`${word}_`));
  return (text) =>
    text.replace(/`([A-Za-z]\w*)(\.\w+)?`/g, (whole, word: string, field: string | undefined) => {
      if (structures.includes(word)) return `\`Harmony${word}${field ?? ''}\``;
      return field === undefined && isKnown(word) && /^[A-Z_0-9]+$/.test(word) ? `\`HARMONY_${word}\`` : whole;
    });
}

function number(constant: Constant): string {
  const { name, type, value } = constant;
  const isHexadecimal = value > LARGEST_DECIMAL || /^RIGHTS?_|_MASK$/.test(name);
  const digits = isHexadecimal ? `0x${value.toString(16)}` : value.toString();
  return `${type === 'u32' ? 'UINT32_C' : 'UINT64_C'}(${digits})`;
}

function definition(constant: Constant, text: string): string {
  return `${comment([text])}\n#define HARMONY_${constant.name} ${number(constant)}`;
}

/** A heading: a comment that belongs to no declaration. */
function section(text: string): string {
  return comment([text]).replace('/**', '/*');
}

/** What a file says of itself; that of operations, how they are written down, is for readers of the file. */
function headingOf(file: string): string {
  const text = readHeading(`${ABI}/${file}`);
  return OPERATION_FILES.some((name) => name === file) ? text.replace(/[.:] .*$/, '.') : text;
}

/** The constants of one file below its heading. */
function constantsOf(file: string, operations: readonly Operation[], translate: (text: string) => string): string {
  const constants = readConstants(`${ABI}/${file}`);
  if (constants.length === 0) return '';
  const title = section(translate(headingOf(file)));
  const lines = constants.map((constant) => {
    const operation = operations.find((one) => one.constant.name === constant.name);
    return definition(
      constant,
      operation === undefined ? translate(constant.text) : `${operation.kind}.${operation.name}.`,
    );
  });
  return `${title}\n\n${lines.join('\n')}`;
}

function parameterName(name: string): string {
  return RESERVED.has(name) ? `${name}_` : name;
}

/** The first line of a definition, or two if it is long. */
function signature(result: string, name: string, parameters: string): string {
  const line = `static inline ${result} ${name}(${parameters}) {`;
  return line.length <= 120 ? line : `static inline ${result} ${name}(\n    ${parameters}) {`;
}

function stub(operation: Operation, translate: (text: string) => string): string {
  const names = operation.arguments.map((argument) => parameterName(argument.name));
  const isItself = operation.kind === 'Itself';
  const capability = isItself ? 'HARMONY_IDENTIFIER_ITSELF' : camel(operation.kind);
  const parameters = [...(isItself ? [] : [capability]), ...names].map((name) => `uint64_t ${name}`).join(', ');
  const registers = [...names, ...Array.from({ length: 6 - names.length }, () => '0')];
  const several = operation.results.length > 1;
  const invoke = several ? 'harmonyInvokeResults' : 'harmonyInvoke';
  return [
    comment(stubParagraphs(operation).map(translate)),
    signature(several ? 'HarmonyResults' : 'HarmonyOutcome', stubName(operation), parameters || 'void'),
    `  return ${invoke}(${[...registers, `HARMONY_${operation.constant.name}`, capability].join(', ')});`,
    '}',
  ].join('\n');
}

const KIND_NUMBER = `${comment(['The number of a kind of capability, in the order of the manual; 15 if there is no such kind.'])}
static inline uint64_t harmonyKindNumber(uint64_t kind) {
  uint64_t number = kind & 15;
  return kind == (number == 0 ? 0 : number | (number ^ 15) << 4) ? number : 15;
}`;

/** `number` turns what is named into its place in the list. */
function nameFunction(what: string, list: readonly string[], text: string, number = ''): string {
  const parameter = camel(what);
  return [
    comment([text]),
    `static inline const char *harmony${what}Name(uint64_t ${parameter}) {`,
    `  static const char *const names[] = {`,
    ...list.map((name) => `    "${name}",`),
    '  };',
    `  uint64_t number = ${number === '' ? parameter : `${number}(${parameter})`};`,
    `  return number < ${list.length} ? names[number] : "unknown";`,
    '}',
  ].join('\n');
}

function names(list: readonly Named[]): readonly string[] {
  return list.map((item) => item.name);
}

function rightFunction(model: Model): string {
  const rows = model.kinds.map((kind) => {
    const bits = Array.from({ length: RIGHT_BITS }, (_, bit) => {
      const right = model.rights.find(
        (one) => one.constant.value === 1n << BigInt(bit) && one.kinds.includes(kind.name),
      );
      return `"${right?.name ?? ''}"`;
    });
    return `    {${bits.join(', ')}},`;
  });
  return [
    comment([`How many bits of rights a kind has at most.`]),
    `#define HARMONY_RIGHT_BITS UINT64_C(${RIGHT_BITS})`,
    comment(['The name of one bit of the rights of a kind; empty if the kind has no such right.']),
    'static inline const char *harmonyRightName(uint64_t kind, uint64_t bit) {',
    `  static const char *const names[][${RIGHT_BITS}] = {`,
    ...rows,
    '  };',
    '  uint64_t number = harmonyKindNumber(kind);',
    `  return number < ${rows.length} && bit < ${RIGHT_BITS} ? names[number][bit] : "";`,
    '}',
  ].join('\n');
}

/** The header. */
export function header(model: Model): string {
  const classes = classesOf(`${ABI}/${BOOT_INFO}`);
  const list = files();
  const translate = translation(
    list.flatMap((file) => readConstants(`${ABI}/${file}`)),
    classes.map((declaration) => declaration.name),
  );
  return [
    comment([
      'The interface of Harmony for components in C11 and C++17: numbers, structures, and a function for each operation.',
      'Generated from `kernel-src/abi` by `make docs`; `make check` finds it stale after a change there.',
    ]),
    PRELUDE,
    ...list.map((file) => constantsOf(file, model.operations, translate)).filter((text) => text !== ''),
    IDENTIFIERS,
    section('What the first component is given.'),
    ...classes.map((declaration) => structure(declaration, translate)),
    section('The system call.'),
    SYSTEM_CALL,
    section('The operations: the capability first, then the arguments.'),
    ...model.operations.map((operation) => stub(operation, translate)),
    section('Names.'),
    nameFunction('Error', names(model.errors), 'The name of an error, as in the manual.'),
    KIND_NUMBER,
    nameFunction(
      'Kind',
      names(model.kinds),
      'The name of a kind of capability, as in the manual.',
      'harmonyKindNumber',
    ),
    nameFunction('FrameType', names(model.frameTypes), 'The name of a frame type, without the mark of the dead.'),
    rightFunction(model),
    '#endif',
    '',
  ].join('\n\n');
}
