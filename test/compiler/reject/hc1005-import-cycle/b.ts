import { c } from './c.ts';

export const b: u32 = c + 1;
/** A circle hides no other mistake. */
export function first(x: u32): u32 {
  return x ? b : 0;
}

// expect HC3008 @6:10
