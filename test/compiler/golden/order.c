/*
 * Source of order.ts, written by harmonyc.
 *
 * Order of evaluation: temporaries appear only where C would leave the order open and somebody could notice.
 */
#include "order.h"

#line 8 "order.ts"
static Cell cells[4];
static u32 ticket = 0;

static u32 draw(void) {
  ticket++;
  return ticket;
}
static u32 pair(u32 first, u32 second) {
  return first * 10 + second;
}

u32 orderHarmless(u32 a, u32 b) {
  return pair(a + b, ticket) + pair(a, b);
}
u32 orderOneCall(u32 a) {
  return pair(a, draw()) + a * 2;
}
u32 orderArguments(void) {
  const u32 drawResult = draw(); return pair(drawResult, draw());
}
u32 orderReadBeforeCall(void) {
  const u32 operand = ticket * 100; return operand + draw();
}
void orderStore(Cell *cell, u32 index) {
  Cell *const element = &cells[checkedIndex(index, 4, AT(32))]; element->value = draw();
  cell->value = draw();
  Cell *const element_2 = &cells[draw() & 3]; element_2->value = ticket;
}
void orderUpdate(Cell *cell) {
  const u32 old = cell->value; cell->value = old + draw();
  Cell *const element = &cells[draw() & 3]; element->value++;
  const u32 old_2 = ticket; ticket = old_2 + draw();
}
bool orderAtomic(Cell *cell) {
  const u64 word = atomicLoad64(&cell->word); return atomicCompareExchange64(&cell->word, word, draw());
}
bool orderLogical(u32 a) {
  bool condition = a > 3; if (condition) { const u32 drawResult = draw(); condition = pair(drawResult, draw()) > 5; }
#line 45
  return condition || a == draw();
}
u32 orderConditional(u32 a) {
  u32 choice; if (a > 3) { const u32 drawResult = draw(); choice = pair(drawResult, draw()); } else { choice = draw(); }
#line 48
  const u32 chosen = choice;
  return chosen;
}
u32 orderLoop(void) {
  u32 sum = 0;
  for (u32 i = 0; i < 4; i++) {
    if (i == 2) continue;
    sum += i;
  }
  for (u32 rounds = 0;;) { const u32 drawResult = draw(); if (pair(drawResult, draw()) >= 50) break;
    harmonyAssert(rounds != 20, AT(58)); rounds++;
    if (sum > 1000) continue;
    sum++;
  }
  return sum;
}
