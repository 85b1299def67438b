/*
 * Source of values.ts, written by harmonyc.
 *
 * Values, texts, function types and constant tables.
 */
#include "values.h"

typedef struct Point Point;

struct Point {
  u32 x;
  u8 y;
};

#line 19 "values.ts"
const Line LINES[2] = {
  {.name = TEXT("first"), .run = valueFirst, .outcome = PAIR(0, 1)},
  {.name = TEXT("the \"second\"\n"), .run = valueSecond, .outcome = PAIR(ERROR_LIMIT, 0)},
};
static const u32 SIZES[4] = {1, 2, 0x40, LIMIT};

Outcome valueFirst(u64 argument, u64 more) {
  if (more > LIMIT) return Outcome_make(ERROR_LIMIT, more);
  return valueSecond(argument + 1, more);
}
Outcome valueSecond(u64 argument, u64 _more UNUSED) {
  return Outcome_make(0, argument);
}

Outcome valueRun(u32 index, u64 argument) {
  const Line line = LINES[checkedIndex(index, 2, AT(34))];
  const Outcome outcome = line.run(argument, line.name.length);
  if (Outcome_error(outcome) != 0) return outcome;
  return LINES[1].run(Outcome_value(outcome), SIZES[3]);
}
u32 valuePoint(u32 seed) {
  const Point point = (Point){.x = seed, .y = (u8)(seed & 0x7f)};
  return point.x + point.y + checkedTextByte(LINES[1].name, point.x & 3, AT(41));
}
