class Box {
  value: u32 = 0;
  readonly words = array(u32, 4);
  readonly word = atomic(u32);
  readonly register = volatile(u32);
}
interface Value {
  readonly value: u32;
}
export function f(box: Box, value: Value, number: u32): Value {
  const a: u32 = box.missing + value.missing + number.missing + box.words.size;
  box.word.increment();
  box.register.load();
  const b: u32 = u32.saturate(a);
  const c: u32 = offsetof<Box>('missing');
  value.method();
  const d: Value = {};
  return { value: 1, other: 2 };
}

// expect HC3017 @11:22
// expect HC3017 @12:12
// expect HC3017 @13:16
// expect HC3017 @14:22
// expect HC3017 @15:32
// expect HC3017 @16:9
// expect HC3017 @17:20
// expect HC3017 @18:22
