/*
 * What every C file that harmonyc writes builds on: the integer types, texts,
 * and the checks whose meaning C leaves open or leaves out. The machine's part
 * (atomic and volatile words) is in `target.h`, found through -I.
 *
 * Generated C counts on gcc's -fno-strict-aliasing (memory is retyped) and
 * -fno-delete-null-pointer-checks, and on long being 64 bits wide.
 */
#ifndef HARMONYC_H
#define HARMONYC_H

/* A comparison whose outcome gcc can foresee is the author's business, not a mistake of translation. */
#pragma GCC diagnostic ignored "-Wtype-limits"
#pragma GCC diagnostic ignored "-Wtautological-compare"

#include <stdbool.h>
#include <stddef.h>

typedef __UINT8_TYPE__ u8;
typedef __UINT16_TYPE__ u16;
typedef __UINT32_TYPE__ u32;
typedef __UINT64_TYPE__ u64;
typedef __INT8_TYPE__ i8;
typedef __INT16_TYPE__ i16;
typedef __INT32_TYPE__ i32;
typedef __INT64_TYPE__ i64;
/** Two 64-bit integers that travel in two registers: the first in the low half. */
typedef unsigned __int128 u128;
#define PAIR(low, high) ((u128)(u64)(high) << 64 | (u64)(low))

/** Words that only the functions of target.h access. */
typedef volatile u32 Atomic32;
typedef volatile u64 Atomic64;
typedef volatile u8 Volatile8;
typedef volatile u16 Volatile16;
typedef volatile u32 Volatile32;

/** Constant UTF-8 bytes; not terminated. */
typedef struct Text {
  const u8 *bytes;
  u32 length;
} Text;

#define TEXT(literal) ((Text){(const u8 *)(literal), sizeof(literal) - 1})

/** The site of a check in the current source file: "kernel-src/base/frame-table.ts:41". */
#define AT(line) TEXT(__FILE__ ":" #line)

#define UNUSED __attribute__((unused))
#define COLD __attribute__((cold, noinline))
#define APART __attribute__((noinline))
#define CHECK static inline __attribute__((always_inline))

/** The high half of a pair. A constant is made in its register: gcc would load the pair as one constant from memory. */
CHECK u64 inRegister(u64 high) {
  if (__builtin_constant_p(high) && high != 0) __asm__("" : "+r"(high));
  return high;
}

/** Ends the program after a failed check; each program defines it. */
__attribute__((cold)) _Noreturn void harmonyTrap(Text site);

/**
 * The end of every check. The halves of the site travel as two values: gcc would put the struct together in memory, and
 * that before it knows whether the check fails.
 */
UNUSED COLD static _Noreturn void checkFailedAt(const u8 *bytes, u32 length) { harmonyTrap((Text){bytes, length}); }
CHECK _Noreturn void checkFailed(Text site) { checkFailedAt(site.bytes, site.length); }

/** Traps unless the condition is true. */
CHECK void harmonyAssert(bool condition, Text site) {
  if (!condition) checkFailed(site);
}

/** An index below `length`. */
CHECK u32 checkedIndex(u32 index, u32 length, Text site) {
  if (index >= length) checkFailed(site);
  return index;
}

/** Byte `index` of a text. */
CHECK u8 checkedTextByte(Text text, u32 index, Text site) {
  if (index >= text.length) checkFailed(site);
  return text.bytes[index];
}

/*
 * Narrowing: the value, when the smaller type can hold it. The source is one of
 * two: any unsigned integer (as u64), or any signed one (as i64).
 */
#define HARMONYC_NARROWING(type, name)                              \
  CHECK type checked##name(u64 value, Text site) {                  \
    type result;                                                    \
    if (__builtin_add_overflow(value, 0, &result)) checkFailed(site); \
    return result;                                                  \
  }                                                                 \
  CHECK type checked##name##FromSigned(i64 value, Text site) {      \
    type result;                                                    \
    if (__builtin_add_overflow(value, 0, &result)) checkFailed(site); \
    return result;                                                  \
  }

HARMONYC_NARROWING(u8, U8)
HARMONYC_NARROWING(u16, U16)
HARMONYC_NARROWING(u32, U32)
HARMONYC_NARROWING(u64, U64)
HARMONYC_NARROWING(i8, I8)
HARMONYC_NARROWING(i16, I16)
HARMONYC_NARROWING(i32, I32)
HARMONYC_NARROWING(i64, I64)
#undef HARMONYC_NARROWING

/* Signed arithmetic that traps instead of overflowing; division that traps on zero and on the smallest value by -1. */
#define HARMONYC_SIGNED(type, name)                                                \
  CHECK type checkedAdd##name(type left, type right, Text site) {                  \
    type result;                                                                   \
    if (__builtin_add_overflow(left, right, &result)) checkFailed(site);           \
    return result;                                                                 \
  }                                                                                \
  CHECK type checkedSubtract##name(type left, type right, Text site) {             \
    type result;                                                                   \
    if (__builtin_sub_overflow(left, right, &result)) checkFailed(site);           \
    return result;                                                                 \
  }                                                                                \
  CHECK type checkedMultiply##name(type left, type right, Text site) {             \
    type result;                                                                   \
    if (__builtin_mul_overflow(left, right, &result)) checkFailed(site);           \
    return result;                                                                 \
  }                                                                                \
  CHECK type checkedNegate##name(type operand, Text site) {                        \
    return checkedSubtract##name(0, operand, site);                                \
  }                                                                                \
  CHECK void checkDivision##name(type left, type right, Text site) {               \
    type negated;                                                                  \
    if (right == 0) checkFailed(site);                                             \
    if (right == -1 && __builtin_sub_overflow(0, left, &negated)) checkFailed(site); \
  }                                                                                \
  CHECK type checkedDivide##name(type left, type right, Text site) {               \
    checkDivision##name(left, right, site);                                        \
    return left / right;                                                           \
  }                                                                                \
  CHECK type checkedRemainder##name(type left, type right, Text site) {            \
    checkDivision##name(left, right, site);                                        \
    return left % right;                                                           \
  }

HARMONYC_SIGNED(i32, I32)
HARMONYC_SIGNED(i64, I64)
#undef HARMONYC_SIGNED

/* Unsigned division that traps on zero. */
#define HARMONYC_UNSIGNED(type, name)                                              \
  CHECK type checkedDivide##name(type left, type right, Text site) {               \
    if (right == 0) checkFailed(site);                                             \
    return left / right;                                                           \
  }                                                                                \
  CHECK type checkedRemainder##name(type left, type right, Text site) {            \
    if (right == 0) checkFailed(site);                                             \
    return left % right;                                                           \
  }

HARMONYC_UNSIGNED(u32, U32)
HARMONYC_UNSIGNED(u64, U64)
#undef HARMONYC_UNSIGNED

#include <target.h>

#endif
