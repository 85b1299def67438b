export class Box {
  value: u32 = 0;
}
export function f(x: u32, box: Box | null): u32 {
  if (x == 1) return 1;
  if (x != 1) return 1;
  const power: u32 = x ** 2;
  const shift: u32 = x >>> 1;
  const either = box ?? box;
  const value = box?.value;
  const kind = typeof x;
  const inside = 'value' in box;
  const made = box instanceof Box;
  const signed: u32 = +x;
  let y: u32 = 1;
  y **= 2;
  y >>>= 1;
  y &&= 1;
  void f(x, box);
  delete box.value;
  for (; y < 3; y++, y++) {
    bound(3);
  }
  return power;
}

// expect HC2016 @5:7
// expect HC2016 @6:7
// expect HC2016 @7:22
// expect HC2016 @8:22
// expect HC2016 @9:18
// expect HC2016 @10:17
// expect HC2016 @11:16
// expect HC2016 @12:18
// expect HC2016 @13:16
// expect HC2016 @14:23
// expect HC2016 @16:3
// expect HC2016 @17:3
// expect HC2016 @18:3
// expect HC2016 @19:3
// expect HC2016 @20:3
// expect HC2016 @21:17
