/** Writes the generated part of the user library: a stub for each operation, and the names of numbers. */
import { OPERATION_FILES, functionName, upper, type Model, type Named, type Operation } from './model.ts';

const NOTE = 'Generated from `kernel-src/abi` by `make docs`; `make check` finds it stale after a change there.';
const REGISTERS = 6;

export function camel(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}

/** A comment whose lines are at most 120 characters long. */
export function comment(paragraphs: readonly string[]): string {
  const lines = paragraphs.flatMap((paragraph, index) => {
    const gap = index === 1 ? [''] : [];
    const filled: string[] = [];
    for (const word of paragraph.split(' ')) {
      const last = filled.at(-1);
      if (last !== undefined && last.length + word.length + 4 <= 118) filled[filled.length - 1] = `${last} ${word}`;
      else filled.push(word);
    }
    return [...gap, ...filled];
  });
  return lines.length === 1
    ? `/** ${lines[0]} */`
    : ['/**', ...lines.map((line) => ` * ${line}`.trimEnd()), ' */'].join('\n');
}

/** What the comment of a stub says. */
export function stubParagraphs(operation: Operation): readonly string[] {
  return [
    operation.constant.text,
    ...operation.arguments.map((argument) => `\`${argument.name}\`: ${argument.text}`),
    ...operation.results.map((text, index) => `Result${index === 0 ? '' : ` in \`a${index + 1}\``}: ${text}`),
    ...operation.errors.map(({ error, text }) => `${error}: ${text}`),
  ];
}

function stub(operation: Operation): string {
  const capability = camel(operation.kind);
  const names = operation.arguments.map((argument) => argument.name);
  const registers = [...names, ...Array.from({ length: REGISTERS - names.length }, () => '0n')];
  const parameters = [capability, ...names].map((name) => `${name}: u64`).join(', ');
  return [
    comment(stubParagraphs(operation)),
    `export function ${functionName(operation)}(${parameters}): Outcome {`,
    `  return invoke(${[...registers, operation.constant.name, capability].join(', ')});`,
    '}',
  ].join('\n');
}

/** A function for each operation, in the order of their numbers. */
export function stubs(model: Model): string {
  const imports = OPERATION_FILES.map((file) => {
    const here = model.operations.filter(({ constant }) => constant.place.includes(`/${file}:`));
    return `import { ${here.map(({ constant }) => constant.name).join(', ')} } from '../../../kernel-src/abi/${file}';`;
  });
  return [
    comment(['The system calls, as functions: the capability first, then the arguments.', NOTE]),
    '',
    ...imports,
    `import { type Outcome } from '../../../kernel-src/abi/outcome.ts';`,
    `import { invoke } from '../invoke.ts';`,
    '',
    model.operations.map(stub).join('\n\n'),
    '',
  ].join('\n');
}

function table(name: string, texts: readonly string[]): string {
  return [`const ${name}: readonly Text[] = [`, ...texts.map((text) => `  '${text}',`), '];'].join('\n');
}

/** `number` turns what is named into its place in the list. */
function nameFunction(what: string, list: readonly Named[], title: string, number = ''): string {
  const constant = `${upper(what)}_NAMES`;
  const parameter = camel(what);
  return [
    table(
      constant,
      list.map((item) => item.name),
    ),
    '',
    comment([`The name of ${title}, as in the manual.`]),
    `export function ${parameter}Name(${parameter}: u64): Text {`,
    `  const number: u64 = ${number === '' ? parameter : `${number}(${parameter})`};`,
    `  if (number >= ${list.length}n) return 'unknown';`,
    `  return ${constant}[u32(number)];`,
    '}',
  ].join('\n');
}

/** Bits of rights that a kind has at most. */
export const RIGHT_BITS = 4;

function rightTable(model: Model): string {
  const texts = model.kinds.flatMap((kind) =>
    Array.from({ length: RIGHT_BITS }, (_, bit) => {
      const right = model.rights.find((r) => r.constant.value === 1n << BigInt(bit) && r.kinds.includes(kind.name));
      return right?.name ?? '';
    }),
  );
  return [
    comment([`Names of the rights of each kind, ${RIGHT_BITS} bits a kind; empty where there is none.`]),
    table('RIGHT_NAMES', texts),
    '',
    comment(['How many bits of rights a kind has at most.']),
    `export const RIGHT_BITS: u64 = ${RIGHT_BITS}n;`,
    '',
    comment(['The name of one bit of the rights of a kind; empty if the kind has no such right.']),
    'export function rightName(kind: u64, bit: u64): Text {',
    '  const number: u64 = kindNumber(kind);',
    `  if (number >= ${model.kinds.length}n || bit >= RIGHT_BITS) return '';`,
    '  return RIGHT_NAMES[u32(number * RIGHT_BITS + bit)];',
    '}',
  ].join('\n');
}

const KIND_NUMBER = `${comment(['The number of a kind of capability, in the order of the manual; 15 if there is no such kind.'])}
function kindNumber(kind: u64): u64 {
  const number: u64 = kind & 0xfn;
  const value: u64 = number === 0n ? 0n : number | ((number ^ 0xfn) << 4n);
  return kind === value ? number : 0xfn;
}`;

/** Functions from numbers to names. */
export function names(model: Model): string {
  return [
    comment(['The names of errors, kinds, rights and frame types.', NOTE]),
    '',
    nameFunction('error', model.errors, 'an error'),
    '',
    KIND_NUMBER,
    '',
    nameFunction('kind', model.kinds, 'a kind of capability', 'kindNumber'),
    '',
    nameFunction('frameType', model.frameTypes, 'a frame type, without the mark of the dead'),
    '',
    rightTable(model),
    '',
  ].join('\n');
}
