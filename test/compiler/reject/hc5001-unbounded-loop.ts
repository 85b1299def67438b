export function f(n: u32, small: u8): u32 {
  let x: u32 = 0;
  while (x < n) {
    x++;
  }
  for (let i: u32 = 0; i < n; i++) {
    x++;
  }
  for (let i: u32 = 10; i >= 0; i--) {
    x++;
  }
  for (let i: u32 = 0; i < 10; i++) {
    i += n;
  }
  for (let i: u32 = 0; i !== 10; i += 3) {
    x++;
  }
  for (let i: u8 = 0; i <= 255; i = u8.wrap(i + 1)) {
    x++;
  }
  for (const i of range(n)) {
    x++;
  }
  for (;;) {
    x++;
  }
  for (let i: u32 = 0; i <= 0xffff_ffff; i++) {
    x++;
  }
  for (let i: u32 = 0; i < 10; i -= 1) {
    x++;
  }
  for (let i: u32 = 0; i < 10; i += n) {
    x++;
  }
  for (let i: u32 = 0; i < small; i++) {
    x++;
  }
  for (const i of range(small)) {
    x++;
  }
  for (let i: u32 = 10; 0 < i; i -= 2) {
    x++;
  }
  for (let i: u32 = 10; 1 < i; i -= 2) {
    for (let i: u32 = 0; i < 3; i++) {
      x++;
    }
  }
  return x;
}

// expect HC5001 @3:3
// expect HC5001 @6:3
// expect HC5001 @9:3
// expect HC5001 @12:3
// expect HC5001 @15:3
// expect HC5001 @18:3
// expect HC5001 @21:3
// expect HC5001 @24:3
// expect HC5001 @27:3
// expect HC5001 @30:3
// expect HC5001 @33:3
// expect HC5001 @42:3
