class Box {
  readonly words = array(u32, 4);
}
const SIZE: u32 = 4;
const TABLE: readonly u8[] = [1, 256];
export function f(box: Box): u32 {
  const a: u8 = 256;
  const b: i8 = -129;
  const c: u32 = 0x1_0000_0000;
  const d: u64 = 0x1_0000_0000_0000_0000n;
  const e: u32 = -1;
  const g: u8 = SIZE * 100;
  const h: u8 = u8(300);
  const i: i8 = -128;
  const j: u8 = u8.wrap(300);
  return box.words[4] + box.words[SIZE] + TABLE[2] + box.words[SIZE - 1] + h;
}

// expect HC3006 @5:34
// expect HC3006 @7:17
// expect HC3006 @8:17
// expect HC3006 @9:18
// expect HC3006 @10:18
// expect HC3006 @11:18
// expect HC3006 @12:17
// expect HC3006 @13:17
// expect HC3006 @16:20
