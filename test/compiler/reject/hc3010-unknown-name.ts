export function f(a: u32): u32 {
  const b: u32 = a + nowhere;
  {
    const inner: u32 = 1;
  }
  missing(b);
  undefined;
  const c: u32 = Math.max(a, b);
  return inner;
}

// expect HC3010 @2:22
// expect HC3010 @6:3
// expect HC2001 @7:3
// expect HC3010 @8:18
// expect HC3010 @9:10
