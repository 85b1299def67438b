const THREE: u32 = 3;
export function f(x: u32): u32 {
  switch (x) {
    case 1:
      return 1;
    case 3:
    case 1:
      return 2;
    case THREE:
      return 3;
    default:
      return 4;
  }
}

// expect HC5005 @7:10
// expect HC5005 @9:10
