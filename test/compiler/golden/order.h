/*
 * Header of order.ts, written by harmonyc.
 *
 * Order of evaluation: temporaries appear only where C would leave the order open and somebody could notice.
 */

#ifndef HARMONY_ORDER_H
#define HARMONY_ORDER_H

#include <harmonyc.h>

typedef struct Cell Cell;

struct Cell {
  u32 value;
  Cell *next;
  Atomic64 word;
};
_Static_assert(sizeof(Cell) == 24, "Cell");
_Static_assert(offsetof(Cell, value) == 0, "Cell.value");
_Static_assert(offsetof(Cell, next) == 8, "Cell.next");
_Static_assert(offsetof(Cell, word) == 16, "Cell.word");

u32 orderHarmless(u32 a, u32 b);
u32 orderOneCall(u32 a);
u32 orderArguments(void);
u32 orderReadBeforeCall(void);
void orderStore(Cell *cell, u32 index);
void orderUpdate(Cell *cell);
bool orderAtomic(Cell *cell);
bool orderLogical(u32 a);
u32 orderConditional(u32 a);
u32 orderLoop(void);

#endif
