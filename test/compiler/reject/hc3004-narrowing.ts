export class Counter {
  small: u8 = 0;
  middle: u16 = 0;
}
export function f(x: u32, y: i32, z: u64, counter: Counter): u8 {
  const a: u8 = x;
  const b: u16 = x & 0xffff;
  const c: u32 = y;
  const d: i32 = x;
  const e: i64 = z;
  const g: u8 = b;
  counter.small++;
  counter.middle += x;
  counter.small |= 0x80;
  counter.small &= x;
  counter.small = (counter.small + 1) & 0xff;
  return counter.small + 1;
}

// expect HC3004 @6:17
// expect HC3004 @8:18
// expect HC3004 @9:18
// expect HC3004 @10:18
// expect HC3004 @11:17
// expect HC3004 @12:3
// expect HC3004 @13:3
// expect HC3004 @17:10
