function outer(): u32 {
  return 1;
}
export function f(x: u32): u32 {
  const a: u32 = b;
  const b: u32 = 1;
  {
    const x: u32 = x + 1;
  }
  {
    const c: u32 = outer();
    const outer: u32 = 1;
  }
  for (let i: u32 = i; i < 3; i++) {
  }
  return a + x;
}

// expect HC3025 @5:18
// expect HC3025 @8:20
// expect HC3025 @11:20
// expect HC5001 @14:3
// expect HC3025 @14:21
