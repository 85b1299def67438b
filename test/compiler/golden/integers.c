/*
 * Source of integers.ts, written by harmonyc.
 *
 * Literals, conversions and checks: casts and suffixes only where C needs them.
 */
#include "integers.h"

#define SHIFT 12ul

#line 10 "integers.ts"
u32 narrowSum(u8 a, u8 b) {
  return ((u32)a + b) >> 1;
}
u32 narrowProduct(u16 a, u16 b) {
  return (u32)a * b;
}
u8 narrowComplement(u8 a) {
  return (u8)~(u32)a;
}
u64 mixed(u8 a, u16 b, u32 c, u64 d) {
  const u32 low = a + c - b;
  return low + d * 2 + a;
}
u64 shifts(u32 a, u64 b, u32 count) {
  const u32 turned = (a << (count & 31)) | (a >> 3);
  return 4096 + (b << ((u64)count & 63)) + turned;
}
u64 align(u64 address) {
  return (address + PAGE_SIZE - 1) & MASK;
}
u32 alignSmall(u32 offset) {
  return (offset + 3) & 0xfffffffc;
}
u8 narrow(u32 value, u64 wide) {
  const u8 byte = checkedU8(value, AT(34));
  const u8 proven = (u8)(value & 0x3f);
  return (u8)((u32)byte + proven + (u32)(wide >> 40));
}
i64 signed_(i32 a, i32 b, i64 wide) {
  const i32 quotient = checkedDivideI32(a, b, AT(39));
  const i32 sum = checkedSubtractI32(checkedAddI32(quotient, checkedMultiplyI32(a, b, AT(40)), AT(40)), -5, AT(40));
  return checkedAddI64(sum >> 2, wide < -1 ? checkedNegateI64(wide, AT(41)) : wide, AT(41));
}
bool compare(u8 a, u32 b, u64 c, i64 d) {
  return (a < b && c > 0xffffffffffff) || d == -1 || a != 255 || c >= b;
}
u32 divide(u32 a, u32 b) {
  return a / LIMIT * checkedRemainderU32(a, b, AT(47)) + a / 0x10;
}
