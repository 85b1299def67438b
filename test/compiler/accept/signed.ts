/** Signed arithmetic traps instead of overflowing; division rounds towards zero. */

export function addSigned(a: i32, b: i32): i32 {
  return a + b;
}
// call addSigned(2147483647, -1) = 2147483646
// call addSigned(2147483647, 1) traps
// call addSigned(-2147483648, -1) traps

export function subtractSigned(a: i32, b: i32): i32 {
  return a - b;
}
// call subtractSigned(-2147483648, 1) traps
// call subtractSigned(0, -2147483648) traps
// call subtractSigned(-5, 7) = -12

export function multiplySigned(a: i32, b: i32): i32 {
  return a * b;
}
// call multiplySigned(65536, 32768) traps
// call multiplySigned(-65536, 32768) = -2147483648
// call multiplySigned(0, -5) = 0
// call multiplySigned(2147483647, 2147483647) traps

export function divideSigned(a: i32, b: i32): i32 {
  return a / b;
}
// call divideSigned(-7, 2) = -3
// call divideSigned(7, -2) = -3
// call divideSigned(-1, 2) = 0
// call divideSigned(-2147483648, -1) traps
// call divideSigned(1, 0) traps

export function remainderSigned(a: i32, b: i32): i32 {
  return a % b;
}
// call remainderSigned(-7, 2) = -1
// call remainderSigned(-4, 2) = 0
// call remainderSigned(7, -2) = 1
// call remainderSigned(-2147483648, -1) traps
// call remainderSigned(5, 0) traps

export function negateSigned(a: i32): i32 {
  return -a;
}
// call negateSigned(5) = -5
// call negateSigned(0) = 0
// call negateSigned(-2147483648) traps

export function signOfZero(a: i32): boolean {
  return 1000 % a === 0 && -a * 0 === 0;
}
// call signOfZero(10) = true

export function negateSmall(a: i8): i32 {
  return -a;
}
// call negateSmall(-128) = 128

export function multiplySmall(a: i8, b: i8): i32 {
  return a * b;
}
// call multiplySmall(-128, -128) = 16384

export function addSigned64(a: i64, b: i64): i64 {
  return a + b;
}
// call addSigned64(9223372036854775807n, -1n) = 9223372036854775806n
// call addSigned64(9223372036854775807n, 1n) traps

export function subtractSigned64(a: i64, b: i64): i64 {
  return a - b;
}
// call subtractSigned64(-9223372036854775808n, 1n) traps
// call subtractSigned64(-9223372036854775808n, -1n) = -9223372036854775807n

export function multiplySigned64(a: i64, b: i64): i64 {
  return a * b;
}
// call multiplySigned64(4294967296n, 2147483648n) traps
// call multiplySigned64(-4294967296n, 2147483648n) = -9223372036854775808n

export function divideSigned64(a: i64, b: i64): i64 {
  return a / b;
}
// call divideSigned64(-7n, 2n) = -3n
// call divideSigned64(-9223372036854775808n, -1n) traps
// call divideSigned64(1n, 0n) traps

export function remainderSigned64(a: i64, b: i64): i64 {
  return a % b;
}
// call remainderSigned64(-7n, 2n) = -1n
// call remainderSigned64(-9223372036854775808n, -1n) traps

export function negateSigned64(a: i64): i64 {
  return -a;
}
// call negateSigned64(-9223372036854775808n) traps
// call negateSigned64(9223372036854775807n) = -9223372036854775807n

export function shiftSigned(a: i32, n: i32): i32 {
  return a >> n;
}
// call shiftSigned(-8, 1) = -4
// call shiftSigned(-1, 31) = -1
// call shiftSigned(-2147483648, 31) = -1

export function shiftSigned64(a: i64, n: i64): i64 {
  return a >> n;
}
// call shiftSigned64(-9223372036854775808n, 63n) = -1n

export function compareSigned(a: i32, b: i32): boolean {
  return a < b;
}
// call compareSigned(-1, 0) = true
// call compareSigned(-2147483648, 2147483647) = true

export function compareSigned64(a: i64, b: i64): boolean {
  return a >= b;
}
// call compareSigned64(-1n, 0n) = false
