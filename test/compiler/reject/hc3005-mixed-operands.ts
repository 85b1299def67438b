export type Physical = Distinct<u64, 'Physical'>;
export type Virtual = Distinct<u64, 'Virtual'>;
export function f(a: u32, b: i32, c: u64, d: i64, p: Physical, v: Virtual): boolean {
  const sum: u64 = a + c;
  if (c < a) return true;
  if (a < b) return true;
  if (c === d) return false;
  const shifted: u64 = c << a;
  let e: u64 = c;
  e += a;
  let g: i32 = b;
  g -= a;
  let h: Physical = p;
  h += v;
  const chosen = a === 0 ? p : v;
  return p === v || p + v === 0n;
}

// expect HC3005 @4:20
// expect HC3005 @5:7
// expect HC3005 @6:7
// expect HC3005 @7:7
// expect HC3005 @8:24
// expect HC3005 @10:8
// expect HC3005 @12:8
// expect HC3005 @14:3
// expect HC3005 @15:18
// expect HC3005 @16:10
