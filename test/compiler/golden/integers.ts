/** Literals, conversions and checks: casts and suffixes only where C needs them. */

export const PAGE_SIZE: u64 = 0x1000n;
export const LIMIT: u32 = 100;
export const SMALLEST: i32 = -2147483648;
export const FLAGS: u8 = 0b101;
export const MASK: u64 = ~0xfffn;
const SHIFT: u64 = 12n;

export function narrowSum(a: u8, b: u8): u32 {
  return (a + b) >> 1;
}
export function narrowProduct(a: u16, b: u16): u32 {
  return a * b;
}
export function narrowComplement(a: u8): u8 {
  return u8.wrap(~a);
}
export function mixed(a: u8, b: u16, c: u32, d: u64): u64 {
  const low: u32 = a + c - b;
  return u64(low) + d * 2n + u64(a);
}
export function shifts(a: u32, b: u64, count: u32): u64 {
  const turned: u32 = (a << count) | (a >> 3);
  return (1n << SHIFT) + (b << (u64(count) & 63n)) + u64(turned);
}
export function align(address: u64): u64 {
  return (address + PAGE_SIZE - 1n) & MASK;
}
export function alignSmall(offset: u32): u32 {
  return (offset + 3) & ~3;
}
export function narrow(value: u32, wide: u64): u8 {
  const byte: u8 = u8(value);
  const proven: u8 = u8(value & 0x3f);
  return u8.wrap(byte + proven + u32(wide >> 40n));
}
export function signed(a: i32, b: i32, wide: i64): i64 {
  const quotient: i32 = a / b;
  const sum: i32 = quotient + a * b - -5;
  return i64(sum >> 2) + (wide < -1n ? -wide : wide);
}
export function compare(a: u8, b: u32, c: u64, d: i64): boolean {
  return (a < b && c > 0xffff_ffff_ffffn) || d === -1n || a !== 255 || c >= u64(b);
}
export function divide(a: u32, b: u32): u32 {
  return (a / LIMIT) * (a % b) + a / 0x10;
}
