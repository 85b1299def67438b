/*
 * Runs each algorithm as harmonyc lowered it and as it was written by hand, and prints a line for it: its name, whether
 * the results are equal, and the instructions of both. Links with `worlds/bare.S` and `worlds/bare.c`.
 */
#include "algorithms.h"
#include "by-hand.h"
#include "driver.h"

static u64 retired(void) {
  u64 count;
  __asm__ volatile("rdinstret %0" : "=r"(count) : : "memory");
  return count;
}

static void printText(const char *text) {
  while (*text != 0) machinePut(*text++);
}

static void printNumber(u64 value) {
  char digits[20];
  u32 count = 0;
  do {
    digits[count++] = (char)('0' + value % 10);
    value /= 10;
  } while (value != 0);
  while (count > 0) machinePut(digits[--count]);
}

static _Noreturn void stop(void) {
  machinePut('\n');
  for (;;) {
  }
}

/** A check of the generated program that failed. */
void harmonyTrap(Text site) {
  printText("failed check at ");
  for (u32 index = 0; index < site.length; index++) machinePut((char)site.bytes[index]);
  stop();
}

void fail(u32 line) {
  printText("limit passed in line ");
  printNumber(line);
  stop();
}

typedef struct Pair {
  const char *name;
  u64 (*generated)(u32 seed);
  u64 (*byHand)(u32 seed);
} Pair;

/** Both functions behind one type: the detour is the same for both. */
#define BOTH(name)                                             \
  static u64 name##Generated(u32 seed) { return name(seed); }            \
  static u64 name##Hand(u32 seed) { return name##ByHand(seed); }
BOTH(crc32)
BOTH(countPrimes)
BOTH(sortWords)
BOTH(multiplyMatrices)
BOTH(hashBytes)
BOTH(walkChain)
BOTH(sumDigits)
BOTH(countTokens)
#define ROW(name) {#name, name##Generated, name##Hand}
static const Pair pairs[] = {
    ROW(crc32),     ROW(countPrimes), ROW(sortWords), ROW(multiplyMatrices),
    ROW(hashBytes), ROW(walkChain),   ROW(sumDigits), ROW(countTokens),
};

u32 acceptRun(void) {
  u32 different = 0;
  for (u32 index = 0; index < sizeof(pairs) / sizeof(pairs[0]); index++) {
    const Pair *pair = &pairs[index];
    const u64 start = retired();
    const u64 generated = pair->generated(2);
    const u64 middle = retired();
    const u64 byHand = pair->byHand(2);
    const u64 end = retired();
    if (generated != byHand) different++;
    printText(pair->name);
    printText(generated == byHand ? " equal " : " different ");
    printNumber(middle - start);
    machinePut(' ');
    printNumber(end - middle);
    machinePut('\n');
  }
  return different;
}
