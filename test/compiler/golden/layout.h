/*
 * Header of layout.ts, written by harmonyc.
 *
 * Classes, their layout, and data that lives for the whole program.
 * A path such as kernel-src/ *.ts must not start a comment in the C.
 */

#ifndef HARMONY_LAYOUT_H
#define HARMONY_LAYOUT_H

#include <harmonyc.h>

typedef struct Entry Entry;
typedef struct Device Device;

/** One entry of a table. */
struct Entry {
  /** Kind and rights. Written by any hart. */
  Atomic64 header;
  /** The entry behind this one. */
  Entry *next;
  u8 count;
  u16 limit;
  u32 words[4];
};
_Static_assert(sizeof(Entry) == 40, "Entry");
_Static_assert(offsetof(Entry, header) == 0, "Entry.header");
_Static_assert(offsetof(Entry, next) == 8, "Entry.next");
_Static_assert(offsetof(Entry, count) == 16, "Entry.count");
_Static_assert(offsetof(Entry, limit) == 18, "Entry.limit");
_Static_assert(offsetof(Entry, words) == 20, "Entry.words");

/** Registers of a device. */
struct Device {
  Volatile32 status;
  Volatile8 data;
};
_Static_assert(sizeof(Device) == 8, "Device");
_Static_assert(offsetof(Device, status) == 0, "Device.status");
_Static_assert(offsetof(Device, data) == 4, "Device.data");

extern Device device;
extern Entry spare[2];

u32 layoutSum(u32 index);
bool layoutSend(u8 data);
u32 layoutLength(Entry *entry);

#endif
