export function f(x: u32): u32 {
  break;
  if (x === 0) continue;
  switch (x) {
    case 1:
      continue;
    default:
      break;
  }
  return x;
}

// expect HC5006 @2:3
// expect HC5006 @3:16
// expect HC5006 @6:7
