/** Comparisons of each width; literals of every form. */

const LARGE: u64 = 0xffff_ffff_ffff_ffffn;
const MASK: u32 = 0b1010_0101;
const LIMIT: u32 = 1 << 31;
const PAGES: u64 = u64(LIMIT) >> 12n;

export function less64(a: u64, b: u64): boolean {
  return a < b;
}
// call less64(9223372036854775807n, 9223372036854775808n) = true
// call less64(18446744073709551615n, 0n) = false

export function less32(a: u32, b: u32): boolean {
  return a < b;
}
// call less32(2147483647, 2147483648) = true
// call less32(4294967295, 0) = false

export function equal32(a: u32, b: u32): boolean {
  return a === b;
}
// call equal32(4294967295, 4294967295) = true

export function equalOfSums(a: u32, b: u32): boolean {
  return a + 1 === b - 1;
}
// call equalOfSums(4294967295, 1) = true

export function equalOfNarrow(a: u8, b: u16): boolean {
  return ~a === ~b;
}
// call equalOfNarrow(7, 7) = true

export function equalBooleans(a: boolean, b: boolean): boolean {
  return a !== b;
}
// call equalBooleans(true, false) = true
// call equalBooleans(true, true) = false

export function largest(): u64 {
  return LARGE;
}
// call largest() = 18446744073709551615n

export function literals(): u64 {
  return 0x1_0000_0000n + 0b11n + 10n + u64(MASK);
}
// call literals() = 4294967474n

export function foldedShift(): u32 {
  return LIMIT;
}
// call foldedShift() = 2147483648

export function foldedPages(): u64 {
  return PAGES;
}
// call foldedPages() = 524288n

export function maximum32(a: u32): boolean {
  return a === 4294967295;
}
// call maximum32(4294967295) = true

export function smallest64(a: i64): boolean {
  return a === -9223372036854775808n;
}
// call smallest64(-9223372036854775808n) = true
