interface Value {
  readonly value: u32;
}
type Operation = (a: u32) => u32;
export class Box {
  untyped = 0;
  empty: u32;
  value: Value = { value: 1 };
  operation: Operation = f;
}
function f(a: u32): u32 {
  return a;
}
export function quiet(box: Box): u32 {
  return sizeof<Box>() + box.untyped;
}

// expect HC4004 @6:3
// expect HC4004 @7:3
// expect HC4004 @8:3
// expect HC4004 @9:3
