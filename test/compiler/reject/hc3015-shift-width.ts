const WIDTH: u32 = 32;
export function f(a: u32, b: u64, c: u8): u32 {
  const d: u32 = a << 32;
  const e: u64 = b >> 64n;
  const g: u32 = c << WIDTH;
  const h: u32 = 1 << 40;
  let i: u32 = a;
  i <<= 33;
  i >>= 31;
  return a << 31;
}

// expect HC3015 @3:18
// expect HC3015 @4:18
// expect HC3015 @5:18
// expect HC3015 @6:18
// expect HC3015 @8:3
