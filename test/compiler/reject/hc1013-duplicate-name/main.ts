import { imported } from './other.ts';

export const once: u32 = imported;
export function once(): u32 {
  return 1;
}
const imported: u32 = 2;
export interface Pair {
  readonly a: u32;
}
export interface Pair {
  readonly b: u32;
}
export type Twice = { readonly a: u32; readonly a: u32 };
export class Box {
  field: u32 = 0;
  field: u32 = 0;
}
export class Box {
  other: u32 = 0;
}
export function locals(x: u32): u32 {
  const x: u32 = 1;
  const y: u32 = x;
  const y: u32 = 2;
  return y;
}
export function literal(): Pair {
  return { a: 1, a: 2 };
}

// expect HC1013 @4:17
// expect HC1013 @7:7
// expect HC1013 @11:18
// expect HC1013 @14:40
// expect HC1013 @17:3
// expect HC1013 @19:14
// expect HC1013 @23:9
// expect HC1013 @25:9
// expect HC1013 @29:18
