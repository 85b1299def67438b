/* What `algorithms.c` offers: each function of `algorithms.ts`, by the same name with ByHand behind it. */
#ifndef BY_HAND_H
#define BY_HAND_H

#include "harmonyc.h"

/** Ends the program: a limit of `algorithms.c` was passed, in this line. */
__attribute__((cold)) _Noreturn void fail(u32 line);

u32 crc32ByHand(u32 seed);
u32 countPrimesByHand(u32 first);
u32 sortWordsByHand(u32 seed);
u32 multiplyMatricesByHand(u32 seed);
u64 hashBytesByHand(u32 seed);
u32 walkChainByHand(u32 seed);
u32 sumDigitsByHand(u32 seed);
u32 countTokensByHand(u32 seed);

#endif
