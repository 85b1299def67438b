/*
 * Source of control.ts, written by harmonyc.
 *
 * Statements: the C has the shape of the source, and its line numbers.
 */
#include "control.h"

#line 3 "control.ts"
static u32 state = 0;

#line 14
/** Cases with and without blocks. */
u32 controlSwitch(u32 kind, u64 value) {
  switch (kind) {
    case 0:
    case 1:
      return 10;
    case 2: {
      const u32 low = (u32)value;
      state = low;
      break;
    }
    default:
      state = 0;
      break;
    case 7:
      for (u32 i = 0; i < 3; i++) {
        if (i == state) continue;
        notice(i);
      }
      break;
  }
#line 34
  return 1;
}

u32 controlIf(u32 a) {
  if (a > 100) return 1;


  if (a > 50) {
    notice(a);
  } else if (a > 20) {
    state += a;
  } else {
    state--;
    return 2;
  }
  harmonyAssert(state > 0, AT(49));
  return 3;
}

#line 55
u32 controlLoops(u32 limit) {
  u32 sum = 0;
  for (u32 outer = 0; outer < 4; outer++) {
    for (u32 inner = 0; inner < 4; inner += 2) sum += inner;
  }
  for (u32 i = 0, rounds = 0; i < limit; i++) {
    harmonyAssert(rounds != 16, AT(61)); rounds++;
    sum += i;
  }
  for (u32 rounds_2 = 0;;) {
    harmonyAssert(rounds_2 != 64, AT(65)); rounds_2++;
    sum++;
    if (sum > 40) break;
  }
  return sum;
}

#line 74
/** Refuses to go on. */
COLD _Noreturn void controlStop(void) {
  state = 0xffffffff;
  halt();
}
u32 controlNever(u32 a) {
  if (a > 4) {
    checkFailed(AT(81));
  }
  if (a > 2) controlStop();
  return a;
}
