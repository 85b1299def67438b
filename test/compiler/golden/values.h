/*
 * Header of values.ts, written by harmonyc.
 *
 * Values, texts, function types and constant tables.
 */

#ifndef HARMONY_VALUES_H
#define HARMONY_VALUES_H

#include <harmonyc.h>
#include "integers.h"

#define ERROR_LIMIT 2ul

typedef struct Line Line;

/** Two words: they travel in two registers. */
typedef u128 Outcome;
static inline Outcome Outcome_make(u64 error, u64 value) {
  return PAIR(error, inRegister(value));
}
static inline u64 Outcome_error(Outcome pair) { return (u64)pair; }
static inline u64 Outcome_value(Outcome pair) { return (u64)(pair >> 64); }

typedef Outcome (*Operation)(u64 argument, u64 more);

/** More than that: a struct. */
struct Line {
  /** Printed first. */
  Text name;
  Operation run;
  Outcome outcome;
};

extern const Line LINES[2];

Outcome valueFirst(u64 argument, u64 more);
Outcome valueSecond(u64 argument, u64 _more);
Outcome valueRun(u32 index, u64 argument);
u32 valuePoint(u32 seed);

#endif
