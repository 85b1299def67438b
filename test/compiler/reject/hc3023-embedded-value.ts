class Box {
  readonly words = array(u32, 4);
  readonly word = atomic(u32);
  readonly register = volatile(u32);
  readonly shared = array(atomic(u32), 4);
  readonly grid = array(array(u32, 2), 2);
}
const TABLE: readonly u32[] = [1];
const list = array(u32, 4);
export function f(box: Box): u32 {
  const words = box.words;
  const word: u32 = box.word;
  const register: u32 = box.register;
  const table = TABLE;
  const whole = list;
  for (const one of box.shared) {
  }
  return box.word + box.grid[0];
}

// expect HC3023 @11:17
// expect HC3023 @12:21
// expect HC3023 @13:25
// expect HC3023 @14:17
// expect HC3023 @15:17
// expect HC3023 @16:14
// expect HC3023 @18:10
