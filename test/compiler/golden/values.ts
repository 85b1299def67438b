/** Values, texts, function types and constant tables. */

import { LIMIT } from './integers.ts';

/** Two words: they travel in two registers. */
export type Outcome = { readonly error: u64; readonly value: u64 };
/** More than that: a struct. */
export type Line = {
  /** Printed first. */
  readonly name: Text;
  readonly run: Operation;
  readonly outcome: Outcome;
};
export type Operation = (argument: u64, more: u64) => Outcome;
type Point = { readonly x: u32; readonly y: u8 };

export const ERROR_LIMIT: u64 = 2n;

export const LINES: readonly Line[] = [
  { name: 'first', run: valueFirst, outcome: { error: 0n, value: 1n } },
  { name: 'the "second"\n', run: valueSecond, outcome: { error: ERROR_LIMIT, value: 0n } },
];
const SIZES: readonly u32[] = [1, 2, 0x40, LIMIT];

export function valueFirst(argument: u64, more: u64): Outcome {
  if (more > u64(LIMIT)) return { error: ERROR_LIMIT, value: more };
  return valueSecond(argument + 1n, more);
}
export function valueSecond(argument: u64, _more: u64): Outcome {
  return { error: 0n, value: argument };
}

export function valueRun(index: u32, argument: u64): Outcome {
  const line = LINES[index];
  const outcome = line.run(argument, u64(textLength(line.name)));
  if (outcome.error !== 0n) return outcome;
  return LINES[1].run(outcome.value, u64(SIZES[3]));
}
export function valuePoint(seed: u32): u32 {
  const point: Point = { y: u8(seed & 0x7f), x: seed };
  return point.x + point.y + textByte(LINES[1].name, point.x & 3);
}
