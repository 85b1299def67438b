/** Every way into the kernel, and how many instructions it can take until the kernel is left. */
import { Blocks } from './blocks.ts';
import type { Image } from './image.ts';
import type { Instruction } from './instructions.ts';
import { Longest, type Question } from './longest.ts';
import { sharesOf, type Path } from './path.ts';
import type { LoopBounds } from './source.ts';

export interface Share {
  readonly function: string;
  readonly instructions: number;
}
export interface WayIn {
  readonly name: string;
  /** Null: the kernel is not left this way, the machine stops. */
  readonly bound: number | null;
  /** Instructions of the dearest path by function, in the order in which it meets them. */
  readonly path: readonly Share[];
}
export interface Ways {
  readonly ways: readonly WayIn[];
  /** Functions that the ways lead to and that do not come back, for the machine stops. */
  readonly leftOut: readonly string[];
}

/** Names of the assembly and of the table that the tool looks for. */
const ENTRY = 'trapVector';
const TRAP = 'userTrap';
const TABLE = 'OPERATIONS';
/** They stop the machine, and so does whatever leads only there: a kernel bug, the end of the outermost thread. */
const STOPS: readonly string[] = ['stopMachine', 'harmonyTrap'];
/** Ways that are no operation of the table. */
export const WAY = {
  before: 'Return, Wait, Yield, Quiesce; refused before the operation',
  none: 'no such operation',
  trap: 'fault or interrupt',
  wake: 'wake from sleep',
} as const;
/** Bytes of a line of the table, and where in it the function stands. */
const LINE = { size: 16, target: 8 };

function symbolOf(image: Image, name: string): { readonly address: bigint; readonly size: number } {
  const found = image.symbols.get(name);
  if (found === undefined) throw new Error(`${image.path} has no ${name}: correct the names in tools/bounds/ways.ts`);
  return found;
}

/** A function by its name in the source, under whatever name gcc gave to a copy. */
function addressesOf(image: Image, name: string): readonly bigint[] {
  const found = [...image.symbols].filter(([symbol]) => symbol.split('.')[0] === name);
  if (found.length === 0) throw new Error(`${image.path} has no ${name}: correct the names in tools/bounds/ways.ts`);
  return found.map(([, { address }]) => address);
}

/** Indirect jumps: where the assembly says it, or through the table, in a function that reads the table. */
function indirectOf(image: Image, code: ReadonlyMap<bigint, Instruction>) {
  const table = symbolOf(image, TABLE);
  const end = table.address + BigInt(table.size);
  const readers = new Set<string>();
  for (const { refersTo, name } of code.values()) {
    if (refersTo !== null && refersTo >= table.address && refersTo < end) readers.add(name);
  }
  const words = image.words('.targets');
  return ({ address, name }: Instruction): readonly bigint[] | 'table' => {
    const stated = words.filter((_, index) => index % 2 === 1 && words[index - 1] === address);
    if (stated.length > 0) return stated;
    if (readers.has(name)) return 'table';
    const at = `0x${address.toString(16)} in ${name}`;
    throw new Error(
      `${at}: a jump to an address in a register, expected the table of operations, or targets stated there`,
    );
  };
}

/** Where the kernel is entered, and where all that is no system call goes. */
export function entriesOf(image: Image): { readonly entry: bigint; readonly trap: bigint } {
  return { entry: symbolOf(image, ENTRY).address, trap: symbolOf(image, TRAP).address };
}

/** The functions of the table, by the number of the operation. */
export function operationsOf(image: Image): readonly bigint[] {
  const table = symbolOf(image, TABLE);
  const lines = Array.from({ length: table.size / LINE.size }, (_, index) => BigInt(index * LINE.size + LINE.target));
  return lines.map((offset) => image.word(table.address + offset));
}

function wayOf(name: string, path: Path | null): WayIn {
  if (path === null) return { name, bound: null, path: [] };
  const shares = [...sharesOf(path)].map(([called, instructions]) => ({ function: called, instructions }));
  return { name, bound: path.cost, path: shares };
}

/**
 * `names`: operations by their numbers. An operation whose line is that of number 0, which is none, has no way of its
 * own: it is found before the table, or unknown.
 */
export function waysOf(
  image: Image,
  code: ReadonlyMap<bigint, Instruction>,
  loops: LoopBounds,
  names: ReadonlyMap<number, string>,
): Ways {
  const { entry, trap } = entriesOf(image);
  const after = [...code.values()].flatMap((one) => (one.way.kind === 'sleep' ? [one.address + BigInt(one.size)] : []));
  const blocks = new Blocks(code, [entry, trap, ...after], indirectOf(image, code));
  const stops = STOPS.flatMap((name) => addressesOf(image, name));
  const leftOut = new Set<string>();
  const sleeps = new Set<bigint>();
  const ask = (name: string, start: bigint, question: Question, avoid: readonly bigint[] = stops): WayIn => {
    const longest = new Longest(blocks, new Set(avoid), loops.of, question);
    const { toEnd, toReturn } = longest.summary(start);
    if (toReturn[0] !== null || toReturn[1] !== null) throw new Error(`${name}: the way in ends with a return`);
    for (const one of longest.leftOut) leftOut.add(one);
    for (const one of longest.sleeps) sleeps.add(one);
    return wayOf(name, toEnd[1]);
  };
  const [none, ...lines] = operationsOf(image);
  const ways = lines.flatMap((operation, index) => {
    const name = names.get(index + 1) ?? `operation ${index + 1}`;
    return operation === none ? [] : [ask(name, entry, { through: 'table', operation })];
  });
  if (none !== undefined) ways.push(ask(WAY.none, entry, { through: 'table', operation: none }));
  ways.push(ask(WAY.trap, entry, { through: trap, operation: null }));
  ways.push(ask(WAY.before, entry, { through: entry, operation: null }, [...stops, trap]));
  leftOut.delete(TRAP);
  const asleep = [...sleeps].flatMap((sleep) => blocks.at(sleep).instructions.slice(-1));
  for (const { address, size } of asleep) {
    const wake = address + BigInt(size);
    ways.push(ask(WAY.wake, wake, { through: wake, operation: null }));
  }
  return { ways, leftOut: [...leftOut].sort() };
}
