const ZERO: u32 = 0;
export function f(a: u32, b: i64): u32 {
  const c: u32 = a / 0;
  const d: i64 = b % 0n;
  const e: u32 = 1 / ZERO;
  let g: u32 = a;
  g /= ZERO;
  return a % (ZERO + 1);
}

// expect HC3016 @3:18
// expect HC3016 @4:18
// expect HC3016 @5:18
// expect HC3016 @7:3
