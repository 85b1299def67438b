/*
 * Source of names.ts, written by harmonyc.
 *
 * Names that C, gcc or the runtime use for something else.
 */
#include "names.h"

#define NULL_ 7u

#line 12 "names.ts"
static u32 abort_(u32 signed_) {
  return signed_ + NULL_;
}

/** The locals `index` and `abort` clash with nothing that this function uses. */
u64 namesLocals(register_ *union_, u32 index) {
  const u32 double_ = index + unix_;
  const u32 register__ = double_ + union_->u32_;
  {
    const u64 double_ = union_->struct_;
    if (double_ == 0) return register__;
  }
  for (u32 wordIndex_2 = 0; wordIndex_2 < 2; wordIndex_2++) { const u64 word = union_->words[wordIndex_2];
    const u64 wordIndex = word + double_;
    if (wordIndex > 4) return wordIndex;
  }
  return abort_(double_);
}
