/**
 * The most instructions that a function can retire, by the graph of its blocks. A function is what can be reached from
 * an address by branches and jumps; what it jumps to at its end is a part of it.
 *
 * Each path is one of two kinds: it has passed what the question is about (a block, or the table of operations), or it
 * has not. So one run answers for one operation, although all operations share the way in and the way out.
 */
import type { Block, Blocks } from './blocks.ts';
import { partsOf } from './components.ts';
import { addInstructions, addPath, dearer, START, type Path } from './path.ts';

/** The dearest path that has not passed, and the dearest one that has. */
type Pair = readonly [Path | null, Path | null];
const NOWHERE: Pair = [null, null];

export interface Summary {
  readonly toReturn: Pair;
  /** To user mode, or asleep. */
  readonly toEnd: Pair;
}

export interface Question {
  /** Where a block begins that the path must pass; or the table of operations. */
  readonly through: bigint | 'table';
  /** The operation that the table leads to; null: none. */
  readonly operation: bigint | null;
}

/** A loop of the machine code. */
export interface Loop {
  readonly header: Block;
  /** It begins the function: then `entries` are not all. */
  readonly isFirst: boolean;
  /** Blocks outside from which it is entered. */
  readonly entries: readonly Block[];
  readonly blocks: readonly Block[];
  /** Its blocks but for those of loops inside of it. */
  readonly own: readonly Block[];
  readonly inside: readonly Loop[];
}

/**
 * How often a loop goes back to its first block at most. `merged`: loops inside of it whose turns are turns of it, for
 * they come from the same loop of the source: it is the loop and they together that go back so often.
 */
export interface Bound {
  readonly turns: number;
  readonly merged: readonly Loop[];
}
export type BoundOf = (loop: Loop) => Bound;

interface Graph {
  /** Where the function begins. */
  readonly entry: bigint;
  readonly nodes: ReadonlySet<bigint>;
  readonly nextOf: (node: bigint) => readonly bigint[];
}

/** Edges that do not count: to a block, from others. So a loop becomes one turn of it. */
type Cut = ReadonlyMap<bigint, ReadonlySet<bigint>>;

/** What is known of a part of a graph: the dearest path to each block, from the first one. */
interface Region {
  readonly arrivals: ReadonlyMap<bigint, Pair>;
  readonly loops: readonly Loop[];
  readonly looping: ReadonlySet<bigint>;
}

function merge(a: Pair, b: Pair): Pair {
  return [dearer(a[0], b[0]), dearer(a[1], b[1])];
}

function each(pair: Pair, change: (path: Path) => Path): Pair {
  return [pair[0] && change(pair[0]), pair[1] && change(pair[1])];
}

/** A path, then one of two: it has passed when either has. */
function join(pair: Pair, more: Pair): Pair {
  const both = (a: Path | null, b: Path | null): Path | null => (a === null || b === null ? null : addPath(a, b));
  return [both(pair[0], more[0]), dearer(both(pair[1], more[0]), both(pair[0], more[1]))];
}

function hex(address: bigint): string {
  return `0x${address.toString(16)}`;
}

export class Longest {
  private readonly blocks: Blocks;
  private readonly stops: ReadonlySet<bigint>;
  private readonly boundOf: BoundOf;
  private readonly question: Question;
  private readonly known = new Map<bigint, Summary>();
  /** Names of the functions that stop the machine, of those that were met. */
  readonly leftOut = new Set<string>();
  /** Where the hart sleeps. */
  readonly sleeps = new Set<bigint>();
  private readonly open: bigint[] = [];

  /** `stops`: functions that stop the machine; what leads only there is left out. */
  constructor(blocks: Blocks, stops: ReadonlySet<bigint>, boundOf: BoundOf, question: Question) {
    this.blocks = blocks;
    this.stops = stops;
    this.boundOf = boundOf;
    this.question = question;
  }

  /** The dearest paths through a function. Throws if it calls itself. */
  summary(entry: bigint): Summary {
    const known = this.known.get(entry);
    if (known !== undefined) return known;
    if (this.open.includes(entry)) {
      const names = [...this.open.slice(this.open.indexOf(entry)), entry].map((one) => this.blocks.at(one).name);
      throw new Error(`recursion: ${names.join(', ')}`);
    }
    this.open.push(entry);
    const found = this.solve(entry);
    this.open.pop();
    this.known.set(entry, found);
    return found;
  }

  private solve(entry: bigint): Summary {
    const graph = this.graph(entry);
    if (!graph.nodes.has(entry)) return { toReturn: NOWHERE, toEnd: NOWHERE };
    const { arrivals } = this.region(graph, entry, [START, null], new Map());
    let toReturn = NOWHERE;
    let toEnd = NOWHERE;
    for (const [node, arrival] of arrivals) {
      const block = this.blocks.at(node);
      const pair = this.through(block, arrival);
      if (block.end === 'return') toReturn = merge(toReturn, pair);
      if (block.end === 'sleep') this.sleeps.add(node);
      if (block.end === 'leave' || block.end === 'sleep') toEnd = merge(toEnd, pair);
      if (block.call !== null) toEnd = merge(toEnd, join(pair, this.summary(block.call).toEnd));
    }
    return { toReturn, toEnd };
  }

  /** The blocks that can be reached from an address and from which the kernel can be left, or the function. */
  private graph(entry: bigint): Graph {
    const next = new Map<bigint, readonly bigint[]>();
    const waiting = [entry];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      if (next.has(node)) continue;
      const after = this.after(this.blocks.at(node));
      next.set(node, after);
      waiting.push(...after);
    }
    const before = new Map<bigint, bigint[]>();
    for (const [node, after] of next) {
      for (const one of after) before.set(one, [...(before.get(one) ?? []), node]);
    }
    const live = new Set<bigint>();
    const found = [...next.keys()].filter((node) => this.isLast(this.blocks.at(node)));
    for (let node = found.pop(); node !== undefined; node = found.pop()) {
      if (live.has(node)) continue;
      live.add(node);
      found.push(...(before.get(node) ?? []));
    }
    return { entry, nodes: live, nextOf: (node) => (next.get(node) ?? []).filter((one) => live.has(one)) };
  }

  private after(block: Block): readonly bigint[] {
    if (this.stops.has(block.start)) {
      this.leftOut.add(block.name);
      return [];
    }
    if (block.end === 'table') return this.question.operation === null ? [] : [this.question.operation];
    if (block.call === null) return block.next;
    const { toReturn } = this.summary(block.call);
    return toReturn[0] === null && toReturn[1] === null ? [] : block.next;
  }

  /** Whether the function, or the kernel, is left from this block. */
  private isLast(block: Block): boolean {
    if (this.stops.has(block.start)) return false;
    if (block.end === 'return' || block.end === 'leave' || block.end === 'sleep') return true;
    if (block.call === null) return false;
    const { toEnd } = this.summary(block.call);
    return toEnd[0] !== null || toEnd[1] !== null;
  }

  /** The instructions of a block itself, behind a path that arrives there. */
  private through(block: Block, arrival: Pair): Pair {
    const pair = each(arrival, (path) => addInstructions(path, block.name, block.instructions.length));
    const passes = this.question.through === 'table' ? block.end === 'table' : block.start === this.question.through;
    return passes ? [null, dearer(pair[0], pair[1])] : pair;
  }

  /** A block, and the function that it calls. */
  private over(block: Block, arrival: Pair): Pair {
    const pair = this.through(block, arrival);
    return block.call === null ? pair : join(pair, this.summary(block.call).toReturn);
  }

  /** The dearest path to each block of a graph. */
  private region(graph: Graph, first: bigint, start: Pair, cut: Cut): Region {
    const { nodes, nextOf } = graph;
    const follow = (node: bigint): readonly bigint[] =>
      nextOf(node).filter((next) => nodes.has(next) && cut.get(next)?.has(node) !== true);
    const arrivals = new Map<bigint, Pair>([[first, start]]);
    const loops: Loop[] = [];
    const looping = new Set<bigint>();
    const spread = (node: bigint, part: readonly bigint[]): void => {
      const pair = this.over(this.blocks.at(node), arrivals.get(node) ?? NOWHERE);
      for (const next of follow(node)) {
        if (!part.includes(next)) arrivals.set(next, merge(arrivals.get(next) ?? NOWHERE, pair));
      }
    };
    for (const part of partsOf(nodes, follow)) {
      const isLoop = part.length > 1 || part.some((node) => follow(node).includes(node));
      if (isLoop) {
        const found = this.loop({ ...graph, nodes: new Set(part) }, nodes, arrivals, cut);
        for (const [node, pair] of found.arrivals) arrivals.set(node, pair);
        loops.push(...found.loops);
        for (const node of part) looping.add(node);
      }
      for (const node of part) spread(node, isLoop ? part : []);
    }
    return { arrivals, loops, looping };
  }

  /** A loop: so many turns as its bound says, and then a part of one more. */
  private loop(
    graph: Graph,
    around: ReadonlySet<bigint>,
    outside: ReadonlyMap<bigint, Pair>,
    cut: Cut,
  ): Pick<Region, 'arrivals' | 'loops'> {
    const header = this.headerOf(graph, outside);
    const outer: Cut = new Map([...cut, [header, graph.nodes]]);
    const first = this.region(graph, header, [START, null], outer);
    const loop = this.describe(graph, around, header, first);
    const { turns, merged } = this.boundOf(loop);
    const inner = merged.map((one) => [one.header.start, new Set(one.blocks.map(({ start }) => start))] as const);
    const { arrivals } =
      merged.length === 0 ? first : this.region(graph, header, [START, null], new Map([...outer, ...inner]));
    let turn: Path | null = null;
    for (const [node, arrival] of arrivals) {
      const [plain, passed] = this.over(this.blocks.at(node), arrival);
      if (passed !== null)
        throw new Error(`${hex(header)}: a loop has what the path must pass, expected that outside of loops`);
      const goesBack = graph
        .nextOf(node)
        .some((next) => next === header || inner.some(([to, from]) => next === to && from.has(node)));
      if (goesBack) turn = dearer(turn, plain);
    }
    const base = each(outside.get(header) ?? NOWHERE, (path) => addPath(path, turn ?? START, turns));
    const result = new Map([...arrivals].map(([node, pair]) => [node, join(base, pair)] as const));
    return { arrivals: result, loops: [loop] };
  }

  /** The block at which a loop is entered. */
  private headerOf({ nodes }: Graph, outside: ReadonlyMap<bigint, Pair>): bigint {
    const headers = [...nodes].filter((node) => outside.has(node));
    const [header, ...more] = headers;
    if (header !== undefined && more.length === 0) return header;
    const { name } = this.blocks.at([...nodes][0] ?? 0n);
    throw new Error(`${name}: a loop that is entered at ${headers.map(hex).join(' and ')}, expected one place`);
  }

  private describe(
    { entry, nodes, nextOf }: Graph,
    around: ReadonlySet<bigint>,
    header: bigint,
    { loops, looping }: Region,
  ): Loop {
    const blocksOf = (some: Iterable<bigint>): readonly Block[] => [...some].map((node) => this.blocks.at(node));
    return {
      header: this.blocks.at(header),
      isFirst: header === entry,
      entries: blocksOf([...around].filter((node) => !nodes.has(node) && nextOf(node).includes(header))),
      blocks: blocksOf(nodes),
      own: blocksOf([...nodes].filter((node) => !looping.has(node))),
      inside: loops,
    };
  }
}
