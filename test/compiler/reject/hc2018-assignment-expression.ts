export function f(x: u32): u32 {
  let a: u32 = 0;
  let b: u32 = 0;
  a = b = x;
  if ((a = x) === 1) return 1;
  (b = 2);
  return a++ + --b;
}

// expect HC2018 @4:7
// expect HC2018 @5:8
// expect HC2018 @6:4
// expect HC2018 @7:10
// expect HC2018 @7:16
