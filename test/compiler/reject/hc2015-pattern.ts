export interface Pair {
  readonly a: u32;
  readonly b: u32;
}
export function f(pair: Pair): u32 {
  const { a, b } = pair;
  const copy: Pair = { ...pair };
  return a + b;
}
export function g({ a }: Pair): u32 {
  return a;
}
export function h(x: u32): u32 {
  const [first] = x;
  return f(...x) + first;
}

// expect HC2015 @6:9
// expect HC2015 @7:24
// expect HC2015 @10:19
// expect HC2015 @14:9
// expect HC2015 @15:12
