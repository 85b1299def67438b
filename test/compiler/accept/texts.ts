/** Texts are constant UTF-8 bytes. */

function sum(text: Text): u32 {
  let total: u32 = 0;
  for (const i of range(textLength(text))) {
    bound(64);
    total += textByte(text, i);
  }
  return total;
}

export function lengths(): u32 {
  return textLength('') * 1000 + textLength('abc') * 100 + textLength('é€😀');
}
// call lengths() = 309

export function bytes(): u32 {
  return sum('\n\t\\\'"\0?é');
}
// call bytes() = 611

export function byteOf(i: u32): u8 {
  return textByte('hé', i);
}
// call byteOf(0) = 104
// call byteOf(2) = 169
// call byteOf(3) traps

export function trigraphs(): u32 {
  return sum('??=%d\x41\u{42}1');
}
// call trigraphs() = 504

export function sameText(): u32 {
  const a: Text = 'same';
  const b: Text = 'same';
  return textLength(a) + textByte(b, 3);
}
// call sameText() = 105
