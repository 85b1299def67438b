/** The interface between kernel and components, read from `kernel-src/abi`, and whether it agrees with itself. */
import { join } from 'node:path';
import { readConstants, readTable, type Constant, type Tag } from './read.ts';

export interface Named {
  /** As in the manual: `NoCapability`. */
  readonly name: string;
  readonly constant: Constant;
}
export interface Right extends Named {
  /** Names of the kinds that have it. */
  readonly kinds: readonly string[];
  readonly text: string;
}
export interface Argument {
  readonly name: string;
  readonly text: string;
}
export interface OperationError {
  readonly error: string;
  readonly text: string;
}
export interface Operation extends Named {
  readonly kind: string;
  readonly rights: readonly string[];
  readonly arguments: readonly Argument[];
  /** What comes back in `a1`, `a2` and so on. */
  readonly results: readonly string[];
  readonly errors: readonly OperationError[];
}
export interface Model {
  readonly errors: readonly Named[];
  readonly kinds: readonly Named[];
  readonly rights: readonly Right[];
  readonly operations: readonly Operation[];
  readonly frameTypes: readonly Named[];
  readonly problems: readonly string[];
}

/** The folder of the interface, and the file of the dispatch table, below the root of a project. */
export const ABI = 'kernel-src/abi';
/** Where operations are described, in the order of their numbers. */
export const OPERATION_FILES = [
  'operations.ts',
  'capability-table-operations.ts',
  'page-table-operations.ts',
  'component-operations.ts',
  'thread-operations.ts',
  'invocation-operations.ts',
  'machine-operations.ts',
] as const;
const DISPATCH = 'kernel-src/entry/syscall.ts';

/** What the look-up, with which every operation begins, answers; in the order in which it is tested. */
export const LOOK_UP: readonly OperationError[] = [
  { error: 'BadOperation', text: 'There is no operation of this number. Detail: the number.' },
  { error: 'BadArgument', text: 'The capability id has a bit that must be zero. Detail: 7.' },
  { error: 'NoCapability', text: 'The slot is empty, or a level has no table. Detail: the level.' },
  { error: 'Busy', text: 'The slot was being changed by another hart. Detail: 0.' },
  { error: 'WrongKind', text: 'The capability is of another kind. Detail: its kind.' },
  { error: 'MissingRights', text: 'The capability lacks rights. Detail: those that are missing.' },
];

/** `NO_CAPABILITY` becomes `NoCapability`. */
export function pascal(name: string): string {
  return name
    .split('_')
    .map((word) => word.slice(0, 1) + word.slice(1).toLowerCase())
    .join('');
}
/** `CapabilityTable` becomes `CAPABILITY_TABLE`. */
export function upper(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z0-9])/g, '_').toUpperCase();
}
/** Kind and operation as a function: `capabilityTableInspect`. */
export function functionName(operation: Operation): string {
  return operation.kind.slice(0, 1).toLowerCase() + operation.kind.slice(1) + operation.name;
}

function named(folder: string, file: string, prefix: string): readonly Named[] {
  return readConstants(`${folder}/${file}`)
    .filter((constant) => constant.name.startsWith(prefix))
    .map((constant) => ({ name: pascal(constant.name.slice(prefix.length)), constant }));
}

function rightOf(constant: Constant): Right {
  const [, kinds = '', text = ''] = /^([A-Za-z, ]+): (.*)$/.exec(constant.text) ?? [];
  const list = kinds.split(', ');
  const prefix = list.map((kind) => `RIGHT_${upper(kind)}_`).find((p) => constant.name.startsWith(p)) ?? 'RIGHT_';
  return { name: constant.name.slice(prefix.length).toLowerCase(), constant, kinds: list, text };
}

function textsOf(tags: readonly Tag[], name: string): readonly string[] {
  return tags.filter((tag) => tag.name === name).map((tag) => tag.text);
}

function firstWord(text: string): readonly [string, string] {
  const at = text.indexOf(' ');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function operationOf(constant: Constant): Operation {
  const kind = textsOf(constant.tags, 'kind')[0] ?? '';
  return {
    name: pascal(constant.name.slice(`OPERATION_${upper(kind)}_`.length)),
    constant,
    kind,
    rights: textsOf(constant.tags, 'rights').flatMap((text) => text.split(/,?\s+/)),
    arguments: textsOf(constant.tags, 'argument').map((text) => {
      const [name, rest] = firstWord(text);
      return { name, text: rest };
    }),
    results: textsOf(constant.tags, 'result'),
    errors: textsOf(constant.tags, 'error').map((text) => {
      const [error, rest] = firstWord(text);
      return { error, text: rest };
    }),
  };
}

/** Numbers of one list: unique and without a hole, so that a table of names can be indexed by them. */
function checkDense(
  what: string,
  list: readonly Named[],
  valueOf: (index: number) => number = (index) => index,
): readonly string[] {
  return list.flatMap(({ constant }, index) =>
    constant.value === BigInt(valueOf(index))
      ? []
      : [
          `${constant.place}: ${constant.name} is ${constant.value}; expected ${valueOf(index)}: ${what} are numbered in order`,
        ],
  );
}

/** The value of the kind with a number: the number, and above it its complement; that of None is 0. */
function kindValue(index: number): number {
  return index === 0 ? 0 : index | ((index ^ 0xf) << 4);
}

function checkOperation(operation: Operation, model: Omit<Model, 'problems'>): readonly string[] {
  const { constant, kind } = operation;
  const problems: string[] = [];
  const expect = (condition: boolean, text: string): void => {
    if (!condition) problems.push(`${constant.place}: ${constant.name}: ${text}`);
  };
  expect(
    model.kinds.some((k) => k.name === kind),
    `found @kind '${kind}'; expected the name of a kind`,
  );
  expect(constant.name.startsWith(`OPERATION_${upper(kind)}_`), `expected a name OPERATION_${upper(kind)}_…`);
  expect(operation.arguments.length <= 6, `found ${operation.arguments.length} arguments; expected at most 6`);
  expect(operation.results.length <= 5, `found ${operation.results.length} results; expected at most 5`);
  expect(constant.text !== '', 'found no description; expected a sentence');
  for (const right of operation.rights) {
    const known = model.rights.some((r) => r.name === right && r.kinds.includes(kind));
    expect(known, `found @rights '${right}'; expected a right of ${kind}`);
  }
  for (const { error, text } of operation.errors) {
    expect(
      model.errors.some((e) => e.name === error),
      `found @error '${error}'; expected the name of an error`,
    );
    expect(text !== '', `found @error ${error} without its cause`);
  }
  const twins = model.operations.filter((other) => other.constant.value === constant.value);
  expect(twins.length === 1, `found the number ${constant.value} ${twins.length} times; expected it once`);
  return problems;
}

/** What a line of the kernel's dispatch table must say. */
function dispatchLine(operation: Operation | undefined): readonly [string, string] {
  if (operation === undefined) return ['0n', 'operationUnknown'];
  const kind = upper(operation.kind);
  const rights = operation.rights.map((right) => `(RIGHT_${kind}_${upper(right)} << SLOT_RIGHTS_SHIFT)`);
  // Those on the calling thread are not reached through a slot; `syscallOther` goes on to them.
  const run = operation.kind === 'Itself' ? 'operationUnknown' : functionName(operation);
  return [[`KIND_${kind}`, ...rights].join(' | '), run];
}

/** The kernel's dispatch table says the same as the comments. */
function checkDispatch(file: string, operations: readonly Operation[], limit: bigint): readonly string[] {
  const rows = readTable(file, 'OPERATIONS');
  const problems: string[] = [];
  if (BigInt(rows.length) !== limit) {
    problems.push(`${file}: OPERATIONS has ${rows.length} lines; expected ${limit}, the value of OPERATION_LIMIT`);
  }
  rows.forEach((row, number) => {
    const [need, run] = dispatchLine(operations.find((o) => o.constant.value === BigInt(number)));
    const found = `need: ${row.get('need')}, run: ${row.get('run')}`;
    if (row.get('need') !== need || row.get('run') !== run) {
      problems.push(`${file}: line ${number} of OPERATIONS is { ${found} }; expected { need: ${need}, run: ${run} }`);
    }
  });
  return problems;
}

/** Reads everything below the root of a project and lists what does not fit together. */
export function readModel(root = '.'): Model {
  const folder = join(root, ABI);
  const constants = OPERATION_FILES.flatMap((file) => readConstants(`${folder}/${file}`));
  const limit = constants.find((constant) => constant.name === 'OPERATION_LIMIT')?.value ?? 0n;
  const model = {
    errors: named(folder, 'errors.ts', 'ERROR_'),
    kinds: named(folder, 'kinds.ts', 'KIND_'),
    rights: readConstants(`${folder}/rights.ts`).map(rightOf),
    operations: constants
      .filter((constant) => constant.name.startsWith('OPERATION_') && constant.name !== 'OPERATION_LIMIT')
      .map(operationOf),
    frameTypes: named(folder, 'frame-types.ts', 'FRAME_TYPE_').filter((type) => type.name !== 'Dead'),
  };
  const problems = [
    ...checkDense('errors', model.errors),
    ...checkDense('kinds', model.kinds, kindValue),
    ...checkDense('frame types', model.frameTypes),
    ...model.operations.flatMap((operation) => checkOperation(operation, model)),
    ...checkDispatch(join(root, DISPATCH), model.operations, limit),
  ];
  return { ...model, problems };
}
