/** Basic blocks: instructions that run one after the other, and where the last one goes on. */
import type { Instruction } from './instructions.ts';

export interface Block {
  readonly start: bigint;
  readonly name: string;
  readonly instructions: readonly Instruction[];
  /** Blocks that follow; after a call, what follows when it returns. */
  readonly next: readonly bigint[];
  /** The function that it calls last. */
  readonly call: bigint | null;
  /** `table`: a jump through the table of operations. */
  readonly end: 'goes on' | 'return' | 'leave' | 'sleep' | 'stop' | 'table';
}

/** Where an indirect jump goes: addresses that are stated, or the table of operations. */
export type Indirect = (at: Instruction) => readonly bigint[] | 'table';

function leadersOf(code: ReadonlyMap<bigint, Instruction>): ReadonlySet<bigint> {
  const found = new Set<bigint>();
  for (const { way } of code.values()) if ('target' in way) found.add(way.target);
  return found;
}

function endOf(last: Instruction, indirect: Indirect): Pick<Block, 'next' | 'call' | 'end'> {
  const after = last.address + BigInt(last.size);
  const { way } = last;
  switch (way.kind) {
    case 'next':
      return { next: [after], call: null, end: 'goes on' };
    case 'branch':
      return { next: [after, way.target], call: null, end: 'goes on' };
    case 'jump':
      return { next: [way.target], call: null, end: 'goes on' };
    case 'call':
      return { next: [after], call: way.target, end: 'goes on' };
    case 'indirect': {
      const targets = indirect(last);
      return targets === 'table'
        ? { next: [], call: null, end: 'table' }
        : { next: targets, call: null, end: 'goes on' };
    }
    default:
      return { next: [], call: null, end: way.kind };
  }
}

/** Finds the block at an address. What lies outside of the code, or nowhere near an instruction, is an error. */
export class Blocks {
  private readonly code: ReadonlyMap<bigint, Instruction>;
  private readonly leaders: ReadonlySet<bigint>;
  private readonly indirect: Indirect;
  private readonly known = new Map<bigint, Block>();

  /** `starts`: addresses at which blocks begin although nothing jumps there. */
  constructor(code: ReadonlyMap<bigint, Instruction>, starts: Iterable<bigint>, indirect: Indirect) {
    this.code = code;
    this.leaders = new Set([...leadersOf(code), ...starts]);
    this.indirect = indirect;
  }

  at(start: bigint): Block {
    const known = this.known.get(start);
    if (known !== undefined) return known;
    const run: Instruction[] = [];
    for (let at = start; run.length === 0 || !this.leaders.has(at);) {
      const one = this.code.get(at);
      if (one === undefined) throw new Error(`no instruction at 0x${at.toString(16)}`);
      run.push(one);
      if (one.way.kind !== 'next') break;
      at += BigInt(one.size);
    }
    const last = run.at(-1);
    if (last === undefined) throw new Error('a block has an instruction');
    const block: Block = { start, name: last.name, instructions: run, ...endOf(last, this.indirect) };
    this.known.set(start, block);
    return block;
  }
}
