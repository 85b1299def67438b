export function half(value: u32): u32 {
  return value / ;
}
export function other(: u32): u32 { return 1; }

// expect HC1002 @2:18
// expect HC1002 @4:23
