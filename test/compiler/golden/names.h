/*
 * Header of names.ts, written by harmonyc.
 *
 * Names that C, gcc or the runtime use for something else.
 */

#ifndef HARMONY_NAMES_H
#define HARMONY_NAMES_H

#include <harmonyc.h>

#define unix_ 3u

typedef struct register_ register_;

struct register_ {
  u64 struct_;
  u32 u32_;
  u64 words[2];
};
_Static_assert(sizeof(register_) == 32, "register_");
_Static_assert(offsetof(register_, struct_) == 0, "register_.struct_");
_Static_assert(offsetof(register_, u32_) == 8, "register_.u32_");
_Static_assert(offsetof(register_, words) == 16, "register_.words");

u64 namesLocals(register_ *union_, u32 index);

#endif
