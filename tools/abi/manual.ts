/** Writes the reference manual: `docs/abi.md` and `docs/errors.md`. */
import { ABI, LOOK_UP, type Model, type Named, type Operation, type OperationError } from './model.ts';
import { readClass, readConstants, readHeading } from './read.ts';

const NOTE = '<!-- Generated from kernel-src/abi by `make docs`. Change the comments there. -->';

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function hexadecimal(value: bigint): string {
  return `\`0x${value.toString(16)}\``;
}

function errorsTable(errors: readonly OperationError[]): string {
  return table(
    ['error', 'when'],
    errors.map(({ error, text }) => [`[${error}](errors.md)`, text]),
  );
}

/** A sentence without its full stop. */
function phrase(text: string): string {
  return text.replace(/\.$/, '');
}

function operationSection(operation: Operation): string {
  const { constant, kind, name, rights } = operation;
  const needs = rights.length === 0 ? 'no right' : `the right${rights.length > 1 ? 's' : ''} ${rights.join(', ')}`;
  const registers = operation.arguments.map((argument, index) => [`\`a${index}\``, argument.name, argument.text]);
  const parts = [
    `### ${kind}.${name}`,
    `Operation ${constant.value} (\`${constant.name}\`); needs ${needs}.`,
    constant.text,
  ];
  if (registers.length > 0) parts.push(table(['register', 'argument', 'meaning'], registers));
  operation.results.forEach((text, index) => parts.push(`Result in \`a${index + 1}\`: ${text}`));
  parts.push(operation.errors.length > 0 ? errorsTable(operation.errors) : 'No errors but those of the look-up.');
  return parts.join('\n\n');
}

function kindSection(model: Model, kind: Named): string {
  const rights = model.rights
    .filter((right) => right.kinds.includes(kind.name))
    .map((right) => [hexadecimal(right.constant.value), right.name, phrase(right.text)]);
  const operations = model.operations.filter((operation) => operation.kind === kind.name);
  const parts = [`## ${kind.name}`, `Kind ${hexadecimal(kind.constant.value)}. ${kind.constant.text}`];
  if (rights.length > 0) parts.push(table(['bit', 'right', 'allows to'], rights));
  parts.push(...operations.map(operationSection));
  return parts.join('\n\n');
}

function constantsTable(file: string, prefix: string, show: (value: bigint) => string): string {
  const rows = readConstants(`${ABI}/${file}`).filter((constant) => constant.name.startsWith(prefix));
  return table(
    ['constant', 'value', 'meaning'],
    rows.map((c) => [`\`${c.name}\``, show(c.value), c.text]),
  );
}

function fieldsTable(name: string): string {
  const rows = readClass(`${ABI}/boot-info.ts`, name).map(([field, type, text]) => [
    `\`${field}\``,
    `\`${type}\``,
    text,
  ]);
  return table(['field', 'type', 'meaning'], rows);
}

const SYSTEM_CALL = `A system call applies an operation to a capability. It behaves like a function call.

| register | before \`ecall\` | after |
| --- | --- | --- |
| \`a7\` | capability id | 0 |
| \`a6\` | operation | 0 |
| \`a0\` | first argument | error; 0 is Ok |
| \`a1\` | second argument | result, or the detail of the error |
| \`a2\` to \`a5\` | further arguments | further results; else 0 |
| \`t0\` to \`t6\` | – | 0 |
| \`ra\`, \`sp\`, \`gp\`, \`tp\`, \`s0\` to \`s11\` | – | as before |
| floating point | – | as before; after an Invocation.Call as in a new thread |

Arguments are numbers: the kernel never reads or writes memory of a component. An operation that fails changes nothing.
Every operation begins with the look-up of the capability, which answers the first of these errors that applies; the
errors of the operation itself come after it.`;

/** The manual of the interface, sorted by kind. */
export function manual(model: Model): string {
  const decimal = (value: bigint): string => value.toString();
  return [
    NOTE,
    '# The interface between kernel and components',
    SYSTEM_CALL,
    errorsTable(LOOK_UP),
    '## Capability ids',
    readHeading(`${ABI}/identifiers.ts`),
    constantsTable('identifiers.ts', '', decimal),
    ...model.kinds.filter((kind) => kind.name !== 'None').map((kind) => kindSection(model, kind)),
    '## Fields of Inspect',
    constantsTable('capability-table-operations.ts', 'INSPECT_', decimal),
    constantsTable('component-operations.ts', 'COMPONENT_', decimal),
    constantsTable('thread-operations.ts', 'THREAD_', decimal),
    constantsTable('machine-operations.ts', 'HART_', decimal),
    '## Events',
    readHeading(`${ABI}/events.ts`),
    constantsTable('events.ts', 'EVENT_', decimal),
    '## Frame types',
    readHeading(`${ABI}/frame-types.ts`),
    constantsTable('frame-types.ts', 'FRAME_', hexadecimal),
    '## What the booter is given',
    readHeading(`${ABI}/boot-info.ts`),
    ...['BootInfo', 'MemoryRange', 'DeviceRange', 'HartInfo'].flatMap((name) => [`### ${name}`, fieldsTable(name)]),
    '### Slots of the booter',
    constantsTable('boot-info.ts', 'BOOT_SLOT_', decimal),
    '### Use of memory',
    constantsTable('boot-info.ts', 'MEMORY_', decimal),
    '### Further constants',
    table(
      ['constant', 'value', 'meaning'],
      readConstants(`${ABI}/boot-info.ts`)
        .filter((constant) => !/^(BOOT_SLOT_|MEMORY_)/.test(constant.name))
        .map((constant) => [`\`${constant.name}\``, hexadecimal(constant.value), constant.text]),
    ),
    '',
  ].join('\n\n');
}

/** Every error: number, meaning, detail, and who answers it. */
export function errorManual(model: Model): string {
  const rows = model.errors.map(({ name, constant }) => {
    const [, meaning = constant.text, detail = ''] = /^(.*?) Detail: (.*)$/.exec(constant.text) ?? [];
    const isOfLookUp = LOOK_UP.some(({ error }) => error === name);
    const users = model.operations
      .filter((operation) => operation.errors.some((error) => error.error === name))
      .map((operation) => `${operation.kind}.${operation.name}`);
    return [
      constant.value.toString(),
      name,
      meaning,
      phrase(detail),
      [...(isOfLookUp ? ['look-up'] : []), ...users].join(', '),
    ];
  });
  return [
    NOTE,
    '# Errors',
    readHeading(`${ABI}/errors.ts`),
    table(['number', 'error', 'meaning', 'detail', 'answered by'], rows),
    'The look-up is that of the capability, with which each operation begins. Errors that nothing answers yet belong to operations that are still to come.',
    '',
  ].join('\n\n');
}
