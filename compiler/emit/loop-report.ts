/** The loop report: where every loop stands, and how often its body runs at most, for programs. */
import type { FunctionDeclaration, Position, Program, Statement } from '../ir/ir.ts';
import type { OutputFile } from './output.ts';
import { visitStatements } from '../ir/walk.ts';

type Loop = Extract<Statement, { readonly kind: 'for' | 'while' }>;

interface LoopRow {
  readonly file: string;
  readonly line: number;
  /** The last line on which something of the loop begins. */
  readonly lastLine: number;
  readonly function: string;
  readonly bound: number;
}

function loopsOf(declaration: FunctionDeclaration): readonly Loop[] {
  const found: Loop[] = [];
  const statement = (one: Statement): void => {
    if (one.kind === 'for' || one.kind === 'while') found.push(one);
  };
  visitStatements(declaration.body ?? [], { statement });
  return found;
}

function lastLineOf(loop: Loop): number {
  let last = loop.position.line;
  const see = ({ position }: { readonly position: Position }): void => {
    last = Math.max(last, position.line);
  };
  visitStatements([loop], { statement: see, expression: see });
  return last;
}

function rowOf(loop: Loop, name: string): LoopRow {
  const { file, line } = loop.position;
  return { file, line, lastLine: lastLineOf(loop), function: name, bound: Number(loop.limit) };
}

export function loopReport(program: Program): OutputFile {
  const functions = program.modules.flatMap((module) =>
    module.declarations.flatMap((one) => (one.kind === 'function' ? [one] : [])),
  );
  const loops = functions.flatMap((declaration) => loopsOf(declaration).map((loop) => rowOf(loop, declaration.name)));
  return { path: 'loops.json', text: `${JSON.stringify(loops, null, 2)}\n` };
}
