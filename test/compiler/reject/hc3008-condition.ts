class Box {
  value: u32 = 0;
}
export function f(a: u32, box: Box | null): u32 {
  if (a) return 1;
  if (!box) return 1;
  while (a & 1) {
    bound(3);
  }
  for (let i: u32 = 0; i; i++) {
    bound(3);
  }
  assert(a);
  return box && a ? 1 : 2;
}
staticAssert(1);

// expect HC3008 @5:7
// expect HC3008 @6:8
// expect HC3008 @7:10
// expect HC3008 @10:24
// expect HC3008 @13:10
// expect HC3008 @14:10
// expect HC3008 @16:14
