class Box {
  value: u32 = 0;
  readonly grid = array(array(u32, 2), 2);
}
const word = atomic(u32);
export function f(x: u32, box: Box): u32 {
  const a: u32 = bound(3);
  const b: u32 = range(3);
  const c: u32 = sizeof();
  const d: u32 = sizeof<Box, Box>();
  const name: Text = 'value';
  const e: u32 = offsetof<Box>(name);
  staticAssert(true);
  for (const one of box.grid[x & 1]) {
  }
  return array(u32, 3);
}

// expect HC3024 @5:14
// expect HC3024 @7:18
// expect HC3024 @8:18
// expect HC3024 @9:18
// expect HC3024 @10:18
// expect HC3024 @12:18
// expect HC3024 @13:3
// expect HC3024 @14:21
// expect HC3024 @16:10
