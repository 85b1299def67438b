class Box {
  value: u32 = 0;
}
interface Value {
  readonly value: u32;
}
function take(box: Box): u32 {
  return box.value;
}
export function f(): Value {
  const box: Box = { value: 1 };
  const free = { value: 1 };
  const number: u32 = { value: 1 };
  take({ value: 1 });
  return { value: 1 };
}

// expect HC3012 @11:20
// expect HC3012 @12:16
// expect HC3012 @13:23
// expect HC3012 @14:8
