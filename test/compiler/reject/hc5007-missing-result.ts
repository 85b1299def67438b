export function empty(): u32 {}
export function half(x: u32): u32 {
  if (x === 0) return 1;
}
export function loop(x: u32): u32 {
  while (true) {
    bound(3);
    if (x === 0) break;
    return 1;
  }
}
export function cases(x: u32): u32 {
  switch (x) {
    case 1:
      return 1;
  }
}
export function ends(): never {
  loop(1);
}
export function fine(x: u32): u32 {
  while (true) {
    bound(3);
    if (x === 1) return 1;
  }
}
export function alsoFine(x: u32): u32 {
  switch (x) {
    case 1:
      return 1;
    default:
      unreachable();
  }
}
export function fineToo(x: u32): u32 {
  if (x === 0) {
    return 1;
  } else {
    assert(false);
  }
}

// expect HC5007 @1:17
// expect HC5007 @2:17
// expect HC5007 @5:17
// expect HC5007 @12:17
// expect HC5007 @18:17
