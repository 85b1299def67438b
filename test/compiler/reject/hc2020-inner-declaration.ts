export function f(): u32 {
  type Pair = { readonly a: u32 };
  interface Other {
    readonly b: u32;
  }
  class Box {
    value: u32 = 0;
  }
  return 1;
}

// expect HC2020 @2:3
// expect HC2020 @3:3
// expect HC2020 @6:3
