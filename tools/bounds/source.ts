/** Bounds of loops: of those in TypeScript from the compiler, of those in assembly from the machine code. */
import { readFileSync } from 'node:fs';
import { countdownOf } from './countdown.ts';
import { runTool } from './instructions.ts';
import type { Bound, Loop } from './longest.ts';

/** A loop as the compiler reports it (`loops.json`). */
export interface SourceLoop {
  readonly file: string;
  readonly line: number;
  readonly lastLine: number;
  /** How often the body runs at most. */
  readonly bound: number;
}

/** A line of source. */
export interface Line {
  readonly file: string;
  readonly line: number;
}
/** The lines of each address: of an instruction of a function that became a part of its caller several, the innermost first. */
export type Lines = ReadonlyMap<bigint, readonly Line[]>;

/** What was found for a loop of the machine code. */
export interface BoundedLoop {
  readonly address: bigint;
  readonly function: string;
  readonly turns: number;
  readonly origin: string;
}

const ADVICE =
  'A loop of TypeScript is found by the line of its head; one of assembly counts a register down from a constant to 0.';

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function sourceLoopOf(value: unknown): SourceLoop {
  if (isRecord(value)) {
    const { file, line, lastLine, bound } = value;
    const isPlace = typeof file === 'string' && typeof line === 'number' && typeof lastLine === 'number';
    if (isPlace && typeof bound === 'number') return { file, line, lastLine, bound };
  }
  throw new Error(`a loop needs file, line, lastLine and bound, found ${JSON.stringify(value)}`);
}

export function readLoops(path: string): readonly SourceLoop[] {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!Array.isArray(value)) throw new Error(`${path}: expected a list of loops`);
  return value.map(sourceLoopOf);
}

export function readLines(path: string, addresses: Iterable<bigint>): Lines {
  const asked = [...addresses].map(hex).join('\n');
  const found = new Map<bigint, Line[]>();
  let lines: Line[] = [];
  for (const text of runTool('addr2line', ['-i', '-a', '-e', path], `${asked}\n`).split('\n')) {
    if (/^0x[0-9a-f]+$/.test(text)) {
      lines = [];
      found.set(BigInt(text), lines);
    }
    const at = /^(?:\.\/)?(.+?):(\d+)(?: \(discriminator \d+\))?$/.exec(text);
    if (at?.[1] !== undefined) lines.push({ file: at[1], line: Number(at[2]) });
  }
  return found;
}

function hex(address: bigint): string {
  return `0x${address.toString(16)}`;
}

function nameOf({ file, line }: SourceLoop): string {
  return `${file}:${line}`;
}

/** Finds the bound of each loop, and remembers what it found. */
export class LoopBounds {
  private readonly kept = new Map<bigint, BoundedLoop>();
  private readonly loops: readonly SourceLoop[];
  private readonly lines: Lines;
  private readonly sources = new Map<Loop, readonly SourceLoop[]>();

  constructor(loops: readonly SourceLoop[], lines: Lines) {
    this.loops = loops;
    this.lines = lines;
  }

  /** Every loop that was asked about, in the order of addresses. */
  get found(): readonly BoundedLoop[] {
    return [...this.kept.values()].sort((a, b) => (a.address < b.address ? -1 : 1));
  }

  readonly of = (loop: Loop): Bound => {
    const counted = countdownOf(loop);
    if (counted !== null) return this.keep(loop, counted, 'counts down a register');
    const sources = this.sourcesOf(loop);
    this.sources.set(loop, sources);
    // Of several loops that gcc made one of, each turn may be a turn of each.
    const turns = sources.reduce((product, { bound }) => product * bound, 1);
    const [source, ...others] = sources;
    const isOfOne = (one: Loop): boolean =>
      this.sources.get(one)?.length === 1 && this.sources.get(one)?.[0] === source;
    const merged = others.length === 0 ? loop.inside.filter(isOfOne) : [];
    return this.keep(loop, turns, sources.map(nameOf).join(', '), merged);
  };

  /**
   * Loops of the source whose head is among the lines of a loop: there the machine code counts and tests. The head of a
   * loop inside is there too, where it starts; if that has a loop of its own in the machine code, it does not count here.
   * A loop all of whose instructions lie in the same loop of the source as one inside of it is another way round in that.
   */
  private sourcesOf(loop: Loop): readonly SourceLoop[] {
    const lines = loop.own.flatMap(({ instructions }) => instructions.map((one) => this.lines.get(one.address) ?? []));
    const heads = this.loops.filter((one) =>
      lines.some((stack) => stack.some(({ file, line }) => file === one.file && line === one.line)),
    );
    const inside = new Set(loop.inside.flatMap((one) => this.sources.get(one) ?? []));
    const own = heads.filter((one) => !inside.has(one));
    const found = own.length > 0 ? own : heads;
    const isWithin = (stack: readonly Line[]): boolean =>
      found.some((one) =>
        stack.some(({ file, line }) => file === one.file && line >= one.line && line <= one.lastLine),
      );
    const { header } = loop;
    if (found.length === 0)
      throw new Error(`${hex(header.start)} in ${header.name}: a loop that has no bound. ${ADVICE}`);
    const stranger = lines.find((stack) => !isWithin(stack))?.[0];
    if (stranger !== undefined || lines.some((stack) => stack.length === 0)) {
      const what = stranger === undefined ? 'an instruction without a line' : `${stranger.file}:${stranger.line}`;
      const names = found.map(nameOf).join(', ');
      throw new Error(`${hex(header.start)} in ${header.name}: ${what} is in the loop, but not in ${names}. ${ADVICE}`);
    }
    return found;
  }

  private keep({ header }: Loop, turns: number, origin: string, merged: readonly Loop[] = []): Bound {
    this.kept.set(header.start, { address: header.start, function: header.name, turns, origin });
    return { turns, merged };
  }
}
