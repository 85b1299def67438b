/*
 * Source of layout.ts, written by harmonyc.
 *
 * Classes, their layout, and data that lives for the whole program.
 * A path such as kernel-src/ *.ts must not start a comment in the C.
 */
#include "layout.h"

typedef struct Table Table;

struct Table {
  bool ready;
  Entry first;
  Entry entries[3];
  u8 bytes[16];
};
_Static_assert(sizeof(Table) == 184, "Table");
_Static_assert(offsetof(Table, ready) == 0, "Table.ready");
_Static_assert(offsetof(Table, first) == 8, "Table.first");
_Static_assert(offsetof(Table, entries) == 48, "Table.entries");
_Static_assert(offsetof(Table, bytes) == 168, "Table.bytes");

#line 16 "layout.ts"
_Static_assert(sizeof(Entry) == 40, "Entry");
_Static_assert(offsetof(Entry, limit) == 18, "Entry.limit");

#line 32
/** Starts as zeros. */
Device device;
/** Entries start with their initial values. */
static Table table = {.first = {.limit = 0xffff}, .entries = {[0 ... 2] = {.limit = 0xffff}}};
Entry spare[2] = {[0 ... 1] = {.limit = 0xffff}};
static u64 turns = 5;

/** The words of an entry of the table. */
u32 layoutSum(u32 index) {
  Entry *const entry = &table.entries[checkedIndex(index, 3, AT(41))];
  u32 sum = table.first.count;
  for (u32 wordIndex = 0; wordIndex < 4; wordIndex++) { const u32 word = entry->words[wordIndex];
    sum += word;
  }
  turns--;
  return sum;
}

/** Sends a byte when the device is ready. */
bool layoutSend(u8 data) {
  if ((volatileRead32(&device.status) & 0x20) == 0) return false;
  volatileWrite8(&device.data, data);
  table.ready = true;
  table.bytes[3] = data;
  return true;
}

/** The chain behind an entry. */
u32 layoutLength(Entry *entry) {
  u32 length = 0;
  Entry *at = entry;
  for (u32 rounds = 0; at != NULL;) {
    harmonyAssert(rounds != 8, AT(64)); rounds++;
    length++;
    Entry *const next = at->next;
    at = next;
  }
  return length;
}
