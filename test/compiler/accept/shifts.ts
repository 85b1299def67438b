/** Shifts: constant counts below the width, variable counts modulo the width. */

export function left31(a: u32): u32 {
  return a << 31;
}
// call left31(3) = 2147483648

export function right31(a: u32): u32 {
  return a >> 31;
}
// call right31(4294967295) = 1

export function left(a: u32, n: u32): u32 {
  return a << n;
}
// call left(1, 31) = 2147483648
// call left(1, 32) = 1
// call left(1, 33) = 2
// call left(4294967295, 0) = 4294967295

export function right(a: u32, n: u32): u32 {
  return a >> n;
}
// call right(2147483648, 31) = 1
// call right(2147483648, 32) = 2147483648
// call right(4294967295, 4) = 268435455

export function left64(a: u64, n: u64): u64 {
  return a << n;
}
// call left64(3n, 63n) = 9223372036854775808n
// call left64(3n, 64n) = 3n
// call left64(0xffffffffffffffffn, 32n) = 18446744069414584320n

export function right64(a: u64, n: u64): u64 {
  return a >> n;
}
// call right64(0x8000000000000000n, 63n) = 1n
// call right64(0x8000000000000000n, 64n) = 9223372036854775808n

export function left63(a: u64): u64 {
  return a << 63n;
}
// call left63(3n) = 9223372036854775808n

/** The index of a page-table entry at level 2. */
export function pageIndex(address: u64): u64 {
  return (address >> 30n) & 0x1ffn;
}
// call pageIndex(0xffffffffc0000000n) = 511n
// call pageIndex(0x8000000000n) = 0n

export function shiftOfNarrow(a: u8): u32 {
  return a << 24;
}
// call shiftOfNarrow(255) = 4278190080

export function shiftedSum(a: u32, b: u32): u32 {
  return (a + b) << 1;
}
// call shiftedSum(4294967295, 2) = 2

export function mixed(a: u32): u32 {
  return ((a << 4) | (a >> 28)) ^ (a & 0xf0f0f0f0);
}
// call mixed(2882400001) = 471732250
