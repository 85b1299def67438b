// @ts-nocheck
export function f(x: u32): u32 {
  // @ts-ignore
  const a: u32 = x;
  /*
   * @ts-expect-error
   */
  const b: u32 = a;
  return b;
}
/** The words inside a text are harmless. */
export const WORDS: Text = '// @ts-ignore';

// expect HC1012 @1:4
// expect HC1012 @3:6
// expect HC1012 @6:6
