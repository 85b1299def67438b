export function f(): u32 {
  outer: for (const i of range(3)) {
    for (const j of range(3)) {
      if (i === j) continue outer;
    }
  }
  for (const k of range(3)) {
    if (k === 1) break nowhere;
  }
  return 1;
}

// expect HC2012 @2:3
// expect HC2012 @8:18
