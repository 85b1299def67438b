/** Pieces of JavaScript with the precedence of their outermost operator, and what a function's text depends on. */

import type { LocalNames, Names } from './names.ts';
import type { FunctionDeclaration, Local, Position } from '../ir/ir.ts';
import type { HostSupport } from '../runtime/host-machine-support.ts';

/** Precedence of JavaScript's operators, in its own order. */
export const LEVEL = {
  YIELD: 1,
  CONDITIONAL: 2,
  OR: 3,
  AND: 4,
  BIT_OR: 6,
  BIT_XOR: 7,
  BIT_AND: 8,
  EQUALITY: 9,
  RELATION: 10,
  SHIFT: 11,
  SUM: 12,
  PRODUCT: 13,
  UNARY: 15,
  PRIMARY: 18,
} as const;

export interface Piece {
  readonly text: string;
  readonly level: number;
}

export function primary(text: string): Piece {
  return { text, level: LEVEL.PRIMARY };
}

/** The text of a piece as an operand of something that binds with `level`. */
export function at(piece: Piece, level: number): string {
  return piece.level >= level ? piece.text : `(${piece.text})`;
}

/** A left-associative operator. */
export function binary(left: Piece, operator: string, right: Piece, level: number): Piece {
  return { text: `${at(left, level)} ${operator} ${at(right, level + 1)}`, level };
}

/** A shift or bit operator: operands that are other operators get parentheses, which few people can do without. */
export function bitwise(left: Piece, operator: string, right: Piece, level: number): Piece {
  const first = left.level === level ? left.text : at(left, LEVEL.UNARY);
  return { text: `${first} ${operator} ${at(right, LEVEL.UNARY)}`, level };
}

/** What the text of a function's body depends on. */
export interface Scope {
  readonly names: Names;
  readonly locals: LocalNames;
  readonly yielding: boolean;
  /** The functions that are generators: empty in the plain form. */
  readonly shared: ReadonlySet<FunctionDeclaration>;
  /** Notes the use of a support function, and gives its name. */
  readonly support: (name: keyof HostSupport) => string;
  /** Stands for the old value inside an update. */
  readonly old: ReadonlyMap<Local, Piece>;
  /** The label that `continue` leaves, where the loop's own `continue` would skip its update. */
  readonly continueLabel: string | null;
}

export function callText(scope: Scope, name: keyof HostSupport, ...parts: readonly string[]): Piece {
  return primary(`${scope.support(name)}(${parts.join(', ')})`);
}

export function siteText(position: Position): string {
  return JSON.stringify(`${position.file}:${position.line}`);
}
