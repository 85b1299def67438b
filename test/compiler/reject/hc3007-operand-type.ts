class Box {
  value: u32 = 0;
}
export function f(a: i32, b: u32, flag: boolean, box: Box, text: Text): u32 {
  const c: i32 = a & 1;
  const d: i32 = ~a;
  const e: u32 = -b;
  const g: i32 = a << 1;
  const h: u32 = flag + 1;
  const i: u32 = text + text;
  if (box < box) return 1;
  if (text === text) return 1;
  const j: u32 = b[0];
  const k: u32 = u32(flag);
  let m: boolean = flag;
  m += 1;
  switch (flag) {
    case true:
      break;
  }
  for (const x of b) {
  }
  for (const x of box) {
  }
  return box[0];
}

// expect HC3007 @5:18
// expect HC3007 @6:18
// expect HC3007 @7:18
// expect HC3007 @8:18
// expect HC3007 @9:18
// expect HC3007 @10:18
// expect HC3007 @11:7
// expect HC3007 @12:7
// expect HC3007 @13:18
// expect HC3007 @14:18
// expect HC3007 @16:3
// expect HC3007 @17:11
// expect HC3007 @21:19
// expect HC3007 @23:19
// expect HC3007 @25:10
