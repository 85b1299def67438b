export function f(x: u32): u32 {
  if (x === 0) {
    throw x;
  }
  try {
    return x;
  } finally {
    return 0;
  }
}

// expect HC2004 @3:5
// expect HC2004 @5:3
