/*
 * The target "host": what the C of a program needs from the machine that it
 * runs on, for tests on a development computer (gcc, x86-64 or any other).
 *
 * Every target has a file of this name. `harmonyc.h` includes it as its last
 * act, so the types u8 to u64, bool and Text exist already. It may define the
 * functions as `static inline`; each signature is fixed:
 *
 *   u32  atomicLoad32(volatile u32 *word);                      relaxed
 *   u32  atomicLoadAcquire32(volatile u32 *word);               then `fence r,rw`
 *   void atomicStore32(volatile u32 *word, u32 value);          relaxed
 *   void atomicStoreRelease32(volatile u32 *word, u32 value);   after `fence rw,w`
 *   u32  atomicAdd32(volatile u32 *word, u32 value);            relaxed; returns the value before
 *   u32  atomicAddAcquire32(volatile u32 *word, u32 value);     acquire
 *   u32  atomicAddRelease32(volatile u32 *word, u32 value);     release
 *   u32  atomicOr32(volatile u32 *word, u32 value);             relaxed
 *   u32  atomicOrAcquireRelease32(volatile u32 *word, u32 value);
 *   u32  atomicAnd32(volatile u32 *word, u32 value);            relaxed
 *   u32  atomicSwap32(volatile u32 *word, u32 value);           relaxed
 *   u32  atomicSwapAcquireRelease32(volatile u32 *word, u32 value);
 *   u32  atomicMax32(volatile u32 *word, u32 value);            relaxed, unsigned
 *   bool atomicCompareExchange32(volatile u32 *word, u32 expected, u32 desired);
 *                                                 acquire and release; true when stored
 *
 *   and the same fourteen with 64 for 32 throughout:
 *   u64  atomicLoad64(volatile u64 *word);  …
 *   bool atomicCompareExchange64(volatile u64 *word, u64 expected, u64 desired);
 *
 *   u8   volatileRead8(volatile u8 *word);
 *   u16  volatileRead16(volatile u16 *word);
 *   u32  volatileRead32(volatile u32 *word);
 *   void volatileWrite8(volatile u8 *word, u8 value);
 *   void volatileWrite16(volatile u16 *word, u16 value);
 *   void volatileWrite32(volatile u32 *word, u32 value);
 *
 * A target may also define, `static inline`, any function that a module
 * declares with `declare function`; the module's header repeats it as a plain
 * prototype, which is legal C and checks the types.
 */
#ifndef HARMONYC_TARGET_H
#define HARMONYC_TARGET_H

#define HOST_ATOMICS(type, bits)                                                                      \
  static inline type atomicLoad##bits(volatile type *word) {                                          \
    return __atomic_load_n(word, __ATOMIC_RELAXED);                                                   \
  }                                                                                                   \
  static inline type atomicLoadAcquire##bits(volatile type *word) {                                   \
    return __atomic_load_n(word, __ATOMIC_ACQUIRE);                                                   \
  }                                                                                                   \
  static inline void atomicStore##bits(volatile type *word, type value) {                             \
    __atomic_store_n(word, value, __ATOMIC_RELAXED);                                                  \
  }                                                                                                   \
  static inline void atomicStoreRelease##bits(volatile type *word, type value) {                      \
    __atomic_store_n(word, value, __ATOMIC_RELEASE);                                                  \
  }                                                                                                   \
  static inline type atomicAdd##bits(volatile type *word, type value) {                               \
    return __atomic_fetch_add(word, value, __ATOMIC_RELAXED);                                         \
  }                                                                                                   \
  static inline type atomicAddAcquire##bits(volatile type *word, type value) {                        \
    return __atomic_fetch_add(word, value, __ATOMIC_ACQUIRE);                                         \
  }                                                                                                   \
  static inline type atomicAddRelease##bits(volatile type *word, type value) {                        \
    return __atomic_fetch_add(word, value, __ATOMIC_RELEASE);                                         \
  }                                                                                                   \
  static inline type atomicOr##bits(volatile type *word, type value) {                                \
    return __atomic_fetch_or(word, value, __ATOMIC_RELAXED);                                          \
  }                                                                                                   \
  static inline type atomicOrAcquireRelease##bits(volatile type *word, type value) {                  \
    return __atomic_fetch_or(word, value, __ATOMIC_ACQ_REL);                                          \
  }                                                                                                   \
  static inline type atomicAnd##bits(volatile type *word, type value) {                               \
    return __atomic_fetch_and(word, value, __ATOMIC_RELAXED);                                         \
  }                                                                                                   \
  static inline type atomicSwap##bits(volatile type *word, type value) {                              \
    return __atomic_exchange_n(word, value, __ATOMIC_RELAXED);                                        \
  }                                                                                                   \
  static inline type atomicSwapAcquireRelease##bits(volatile type *word, type value) {                \
    return __atomic_exchange_n(word, value, __ATOMIC_ACQ_REL);                                        \
  }                                                                                                   \
  static inline bool atomicCompareExchange##bits(volatile type *word, type expected, type desired) {  \
    return __atomic_compare_exchange_n(word, &expected, desired, false, __ATOMIC_ACQ_REL,             \
                                       __ATOMIC_ACQUIRE);                                             \
  }                                                                                                   \
  static inline type atomicMax##bits(volatile type *word, type value) {                               \
    type before = __atomic_load_n(word, __ATOMIC_RELAXED);                                            \
    while (before < value &&                                                                          \
           !__atomic_compare_exchange_n(word, &before, value, false, __ATOMIC_RELAXED,                \
                                        __ATOMIC_RELAXED)) {                                          \
    }                                                                                                 \
    return before;                                                                                    \
  }

HOST_ATOMICS(u32, 32)
HOST_ATOMICS(u64, 64)
#undef HOST_ATOMICS

#define HOST_VOLATILE(type, bits)                                                \
  static inline type volatileRead##bits(volatile type *word) { return *word; }   \
  static inline void volatileWrite##bits(volatile type *word, type value) { *word = value; }

HOST_VOLATILE(u8, 8)
HOST_VOLATILE(u16, 16)
HOST_VOLATILE(u32, 32)
#undef HOST_VOLATILE

#endif
