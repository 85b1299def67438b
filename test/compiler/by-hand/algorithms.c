/*
 * The algorithms of `algorithms.ts` beside this file, as somebody writes them who starts with C. Loops whose end depends on
 * data have the same limit: in a kernel that waits for nobody, a loop has one in either language.
 */
#include "by-hand.h"

#include <stddef.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static u8 bytes[4096];
static u32 words[256];
static u32 table[256];
static u32 left[16][16];
static u32 right[16][16];
static u32 product[16][16];

struct link {
  u32 value;
  struct link *next;
};
static struct link links[64];

static u32 nextRandom(u32 state) { return state * 1664525u + 1013904223u; }

u32 crc32ByHand(u32 seed) {
  for (u32 i = 0; i < COUNT(table); i++) {
    u32 word = i;
    for (int bit = 0; bit < 8; bit++) word = word & 1 ? word >> 1 ^ 0xedb88320u : word >> 1;
    table[i] = word;
  }
  u32 state = seed;
  for (size_t i = 0; i < COUNT(bytes); i++) {
    bytes[i] = (u8)(state >> 16);
    state = nextRandom(state);
  }
  u32 crc = 0xffffffffu;
  for (size_t i = 0; i < COUNT(bytes); i++) crc = table[(crc ^ bytes[i]) & 0xff] ^ crc >> 8;
  return ~crc;
}

u32 countPrimesByHand(u32 first) {
  for (size_t i = 0; i < COUNT(bytes); i++) bytes[i] = 1;
  u32 count = 0;
  for (u32 number = first; number < COUNT(bytes); number++) {
    if (!bytes[number]) continue;
    count++;
    u32 limit = COUNT(bytes);
    for (u32 multiple = number * 2; multiple < COUNT(bytes); multiple += number) {
      if (limit-- == 0) fail(__LINE__);
      bytes[multiple] = 0;
    }
  }
  return count;
}

u32 sortWordsByHand(u32 seed) {
  u32 state = seed;
  for (size_t i = 0; i < COUNT(words); i++) {
    words[i] = state;
    state = nextRandom(state);
  }
  for (size_t i = 0; i < COUNT(words); i++) {
    for (size_t place = i; place > 0 && words[place - 1] > words[place]; place--) {
      u32 word = words[place];
      words[place] = words[place - 1];
      words[place - 1] = word;
    }
  }
  return words[128];
}

u32 multiplyMatricesByHand(u32 seed) {
  for (u32 row = 0; row < 16; row++) {
    for (u32 column = 0; column < 16; column++) {
      left[row][column] = seed + row * column;
      right[row][column] = seed ^ (row + column);
    }
  }
  u32 trace = 0;
  for (int row = 0; row < 16; row++) {
    for (int column = 0; column < 16; column++) {
      u32 sum = 0;
      for (int step = 0; step < 16; step++) sum += left[row][step] * right[step][column];
      product[row][column] = sum;
    }
    trace += product[row][row];
  }
  return trace;
}

u64 hashBytesByHand(u32 seed) {
  for (u32 i = 0; i < 1024; i++) bytes[i] = (u8)(seed + i);
  u64 hash = 0xcbf29ce484222325ull;
  for (const u8 *at = bytes; at < bytes + 1024; at++) hash = (hash ^ *at) * 0x100000001b3ull;
  return hash;
}

u32 walkChainByHand(u32 seed) {
  struct link *first = NULL;
  for (u32 i = 0; i < COUNT(links); i++) {
    struct link *link = &links[i];
    link->value = seed + i;
    link->next = first;
    first = link;
  }
  u32 sum = 0;
  for (u32 round = 0; round < 64; round++) {
    u32 limit = COUNT(links);
    for (struct link *at = first; at; at = at->next) {
      if (limit-- == 0) fail(__LINE__);
      sum += at->value ^ round;
    }
  }
  return sum;
}

u32 sumDigitsByHand(u32 seed) {
  u64 number = (u64)seed * 0x9e3779b97f4a7c15ull;
  u32 sum = 0;
  for (int round = 0; round < 64; round++) {
    u32 limit = 20;
    for (u64 rest = number; rest; rest /= 10) {
      if (limit-- == 0) fail(__LINE__);
      sum += (u32)(rest % 10);
    }
    number = number * 6364136223846793005ull + 1442695040888963407ull;
  }
  return sum;
}

u32 countTokensByHand(u32 seed) {
  u32 random = seed;
  u32 found = 0, numbers = 0, lines = 0;
  enum { BETWEEN, WORD, NUMBER } state = BETWEEN;
  for (int i = 0; i < 4096; i++) {
    random = nextRandom(random);
    u32 character = random >> 24 & 0x7f;
    switch (state) {
      case BETWEEN:
        if (character >= 'a') {
          found++;
          state = WORD;
        } else if (character >= '0' && character <= '9') {
          numbers++;
          state = NUMBER;
        }
        break;
      case WORD:
        if (character < 'A') state = BETWEEN;
        break;
      default:
        if (character < '0' || character > '9') state = BETWEEN;
    }
    if (character == '\n') lines++;
  }
  return found << 20 | numbers << 10 | lines;
}
