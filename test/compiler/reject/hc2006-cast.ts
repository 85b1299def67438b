export class Box {
  value: u32 = 0;
}
export function f(x: u64, box: Box | null): u32 {
  const a = x as u32;
  const b = <u32>x;
  const c = box!.value;
  const d = x satisfies u64;
  return a + b + c;
}

// expect HC2006 @5:13
// expect HC2006 @6:13
// expect HC2006 @7:13
// expect HC2006 @8:13
