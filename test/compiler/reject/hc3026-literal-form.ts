class Box {
  readonly words = array(u64, 4);
}
export function f(a: u64, b: u32, box: Box): u64 {
  const c: u64 = 5;
  const d: u32 = 5n;
  const e: i64 = -5;
  if (a === 0) return 1n;
  if (b > 0x10n) return 1n;
  const g: u64 = a << 3;
  const h: u64 = 1 << 3;
  f(5, b, box);
  let i: u64 = a;
  i += 1;
  switch (a) {
    case 1:
      break;
  }
  return box.words[1n] + 1;
}

// expect HC3026 @5:18
// expect HC3026 @6:18
// expect HC3026 @7:18
// expect HC3026 @8:13
// expect HC3026 @9:11
// expect HC3026 @10:23
// expect HC3026 @11:18
// expect HC3026 @12:5
// expect HC3026 @14:8
// expect HC3026 @16:10
// expect HC3026 @19:20
