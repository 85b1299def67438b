const LITERAL = 5;
const SUM = LITERAL + 1;
let variable = 5n;
export function f(a: u32, b: u64): u32 {
  const sum = a + 1;
  const big = b << 2n;
  const negative = -i32(a);
  let count = 0;
  const chosen = a === 0 ? a + 1 : 2;
  const same = a;
  const five = 5;
  const converted = u32(b);
  const minus = -5;
  count = same;
  return sum;
}

// expect HC3009 @1:7
// expect HC3009 @3:5
// expect HC3009 @5:9
// expect HC3009 @6:9
// expect HC3009 @7:9
// expect HC3009 @8:7
// expect HC3009 @9:9
