class Box {
  value: u32 = 0;
}
const ONE: u32 = 1;
const TABLE: readonly u32[] = [1];
interface Value {
  readonly value: u32;
}
function shadowed(): u32 {
  return 1;
}
export function f(x: u32, box: Box, value: Value): u32 {
  x();
  ONE();
  Box();
  TABLE[0]();
  box.value();
  value.value();
  (x === 1 ? f : f)(x, box, value);
  import('./other.ts');
  const shadowed: u32 = 1;
  return shadowed();
}

// expect HC3019 @13:3
// expect HC3019 @14:3
// expect HC3019 @15:3
// expect HC3019 @16:3
// expect HC3019 @17:3
// expect HC3019 @18:3
// expect HC3019 @19:3
// expect HC3019 @20:3
// expect HC3019 @22:10
