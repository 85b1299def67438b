/*
 * Header of integers.ts, written by harmonyc.
 *
 * Literals, conversions and checks: casts and suffixes only where C needs them.
 */

#ifndef HARMONY_INTEGERS_H
#define HARMONY_INTEGERS_H

#include <harmonyc.h>

#define PAGE_SIZE 0x1000ul
#define LIMIT 100u
#define SMALLEST (-2147483647 - 1)
#define FLAGS 0b101
#define MASK 0xfffffffffffff000ul

u32 narrowSum(u8 a, u8 b);
u32 narrowProduct(u16 a, u16 b);
u8 narrowComplement(u8 a);
u64 mixed(u8 a, u16 b, u32 c, u64 d);
u64 shifts(u32 a, u64 b, u32 count);
u64 align(u64 address);
u32 alignSmall(u32 offset);
u8 narrow(u32 value, u64 wide);
i64 signed_(i32 a, i32 b, i64 wide);
bool compare(u8 a, u32 b, u64 c, i64 d);
u32 divide(u32 a, u32 b);

#endif
