const MOST: i32 = 0x7fff_ffff;
const OVER: i32 = MOST + 1;
const LEAST: i64 = -0x8000_0000_0000_0000n;
const UNDER: i64 = -LEAST;
const TIMES: i32 = MOST * 2;
export function f(): i32 {
  const x: i32 = -0x8000_0000 / -1;
  return MOST - -1;
}

// expect HC4007 @2:19
// expect HC4007 @4:20
// expect HC4007 @5:20
// expect HC4007 @7:18
// expect HC4007 @8:10
