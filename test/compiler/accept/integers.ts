/** Integer rules: widening, wrapping, narrowing, division. */

export function product16(a: u16, b: u16): u32 {
  return a * b;
}
// call product16(65535, 65535) = 4294836225

export function average8(a: u8, b: u8): u32 {
  return (a + b) >> 1;
}
// call average8(255, 255) = 255
// call average8(200, 100) = 150

export function add8(a: u8, b: u8): u32 {
  return a + b;
}
// call add8(200, 100) = 300

export function complement8(a: u8): u32 {
  return ~a;
}
// call complement8(5) = 4294967290

export function complement64(a: u64): u64 {
  return ~a;
}
// call complement64(0n) = 18446744073709551615n

export function fromZero(a: u32): u32 {
  return 0 - a;
}
// call fromZero(1) = 4294967295
// call fromZero(0) = 0

export function fromZero64(a: u64): u64 {
  return 0n - a;
}
// call fromZero64(1n) = 18446744073709551615n

export function product32(a: u32, b: u32): u32 {
  return a * b;
}
// call product32(4294967295, 4294967295) = 1
// call product32(2863311531, 3) = 1

export function product64(a: u64, b: u64): u64 {
  return a * b;
}
// call product64(18446744073709551615n, 18446744073709551615n) = 1n
// call product64(0x100000000n, 0x100000000n) = 0n

/** Wrapping in the middle of a sum. */
export function sum32(a: u32, b: u32, c: u32): u32 {
  return a + b - c + 1;
}
// call sum32(4294967295, 4294967295, 4294967293) = 2
// call sum32(0, 0, 1) = 0
// call sum32(0, 0, 2) = 4294967295

/** What wraps is the sum, not the quotient. */
export function halfOfSum(a: u32, b: u32): u32 {
  return (a + b) / 2;
}
// call halfOfSum(4294967295, 3) = 1

export function halfOfDifference(a: u32, b: u32): boolean {
  return a - b < 10;
}
// call halfOfDifference(1, 2) = false
// call halfOfDifference(12, 5) = true

export function divide32(a: u32, b: u32): u32 {
  return a / b;
}
// call divide32(4294967295, 2) = 2147483647
// call divide32(7, 8) = 0
// call divide32(1, 0) traps

export function remainder32(a: u32, b: u32): u32 {
  return a % b;
}
// call remainder32(4294967295, 10) = 5
// call remainder32(1, 0) traps

export function divide64(a: u64, b: u64): u64 {
  return a / b + (a % b);
}
// call divide64(18446744073709551615n, 16n) = 1152921504606846990n
// call divide64(1n, 0n) traps

export function halves(a: u64): u32 {
  return u32.wrap(a >> 32n) ^ u32.wrap(a);
}
// call halves(0x123456789abcdef0n) = 2290649224

export function wrap8(a: u32): u8 {
  return u8.wrap(a);
}
// call wrap8(511) = 255
// call wrap8(256) = 0

export function narrow8(a: u32): u8 {
  return u8(a);
}
// call narrow8(255) = 255
// call narrow8(256) traps

export function narrow32(a: u64): u32 {
  return u32(a);
}
// call narrow32(4294967295n) = 4294967295
// call narrow32(4294967296n) traps

export function free8(a: u32): u8 {
  return a & 0xff;
}
// call free8(0x1234) = 52

export function signed8(a: u32): i8 {
  return i8.wrap(a);
}
// call signed8(128) = -128
// call signed8(127) = 127

export function signed16(a: u32): i16 {
  return i16.wrap(a);
}
// call signed16(65535) = -1

export function signed32(a: u32): i32 {
  return i32.wrap(a);
}
// call signed32(4294967295) = -1
// call signed32(2147483648) = -2147483648

export function signed64(a: u64): i64 {
  return i64.wrap(a);
}
// call signed64(18446744073709551615n) = -1n

export function narrowSigned(a: i32): i8 {
  return i8(a);
}
// call narrowSigned(-128) = -128
// call narrowSigned(-129) traps
// call narrowSigned(128) traps

export function toUnsigned(a: i32): u32 {
  return u32(a);
}
// call toUnsigned(2147483647) = 2147483647
// call toUnsigned(-1) traps

export function toUnsignedWrapped(a: i32): u32 {
  return u32.wrap(a);
}
// call toUnsignedWrapped(-1) = 4294967295

/** A narrow signed operand among unsigned ones. */
export function narrowAmongUnsigned(a: i8, b: u32): u32 {
  return (b ^ u32.wrap(a)) + (b > 5 ? u32.wrap(a) : b);
}
// call narrowAmongUnsigned(-1, 15) = 4294967279
// call narrowAmongUnsigned(-128, 1) = 4294967170

export function unsigned64(a: i64): u64 {
  return u64.wrap(a);
}
// call unsigned64(-2n) = 18446744073709551614n

export function widen64(a: u32): u64 {
  return u64(a) << 4n;
}
// call widen64(4294967295) = 68719476720n

export function stored8(a: u8): u8 {
  let b: u8 = a;
  b = u8(b + 1);
  return b;
}
// call stored8(254) = 255
// call stored8(255) traps
