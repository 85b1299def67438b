class Box {
  readonly word = atomic(u32);
  readonly register = volatile(u32);
  readonly list = array(u32);
  readonly part = new Part(1);
}
class Part {
  value: u32 = 0;
}
type Operation = (a: u32) => u32;
function one(a: u32): u32 {
  return a;
}
const TABLE: readonly Operation[] = [one];
export function f(box: Box, text: Text): u32 {
  one();
  one(1, 2);
  TABLE[0](1, 2);
  u32();
  u8.wrap(1, 2);
  box.register.read(1);
  textLength();
  textByte(text);
  sizeof<Part>(1);
  offsetof<Part>();
  addressOf();
  unreachable(1);
  assert();
  for (const i of range()) {
  }
  return one(1);
}
export function g(word: Holder): u32 {
  word.word.store();
  return word.word.load(1);
}
class Holder {
  readonly word = atomic(u32);
}
staticAssert();

// expect HC3018 @4:19
// expect HC3018 @5:19
// expect HC3018 @16:3
// expect HC3018 @17:3
// expect HC3018 @18:3
// expect HC3018 @19:3
// expect HC3018 @20:3
// expect HC3018 @21:3
// expect HC3018 @22:3
// expect HC3018 @23:3
// expect HC3018 @24:3
// expect HC3018 @25:3
// expect HC3018 @26:3
// expect HC3018 @27:3
// expect HC3018 @28:3
// expect HC3018 @29:19
// expect HC3018 @34:3
// expect HC3018 @35:10
// expect HC3018 @40:1
