class Part {
  value: u32 = 0;
}
class Box {
  readonly part = new Part();
  readonly words = array(u32, 4);
  readonly word = atomic(u32);
  value: u32 = 0;
}
interface Value {
  readonly value: u32;
}
const ONE: u32 = 1;
const TABLE: readonly u32[] = [1];
const object = new Part();
function one(): u32 {
  return 1;
}
export function f(box: Box, part: Part, value: Value): void {
  const fixed: u32 = 1;
  fixed = 2;
  fixed++;
  ONE = 2;
  TABLE[0] = 2;
  object = part;
  box.part = part;
  box.word = 1;
  value.value = 1;
  one() = 2;
  for (const i of range(3)) {
    i = 1;
  }
  for (let i of range(3)) {
    i += 1;
    {
      let i: u32 = 0;
      i += 1;
    }
  }
  for (let word of box.words) {
    word = 1;
  }
  (box.value) = 2;
  part = box.part;
}

// expect HC3021 @21:3
// expect HC3021 @22:3
// expect HC3021 @23:3
// expect HC3021 @24:3
// expect HC3021 @25:3
// expect HC3021 @26:3
// expect HC3021 @27:3
// expect HC3021 @28:3
// expect HC3021 @29:3
// expect HC3021 @31:5
// expect HC3021 @34:5
// expect HC3021 @41:5
