function stop(): never {
  unreachable();
}
export function f(x: u32): u32 {
  let y: u32 = 0;
  switch (x) {
    case 0:
    case 1:
      y = 1;
    case 2:
      if (y === 0) break;
    case 3: {
      y = 3;
    }
    case 4:
      if (y === 0) break;
      else return 1;
    case 5:
      stop();
    case 6:
      unreachable();
    case 7:
      switch (y) {
        case 1:
          return 1;
        default:
          break;
      }
    case 8:
      switch (y) {
        case 1:
          return 1;
        default:
          return 2;
      }
    default:
      y = 2;
    case 9:
      y = 3;
  }
  return y;
}

// expect HC5004 @8:5
// expect HC5004 @10:5
// expect HC5004 @12:5
// expect HC5004 @22:5
// expect HC5004 @36:5
