/* sbrk is not part of C11. */
#define _DEFAULT_SOURCE

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "parts.h"
#include "tap.h"

#define MEBIBYTE ((size_t)1 << 20)
/** More than two page tables of the lowest level cover. */
#define LARGE (5 * MEBIBYTE)

static void fill(uint64_t *words, size_t bytes, uint64_t seed) {
  for (size_t i = 0; i < bytes / sizeof *words; i++) words[i] = i * 0x9e3779b97f4a7c15 + seed;
}

static bool holds(const uint64_t *words, size_t bytes, uint64_t seed) {
  for (size_t i = 0; i < bytes / sizeof *words; i++) {
    if (words[i] != i * 0x9e3779b97f4a7c15 + seed) return false;
  }
  return true;
}

static void checkSmall(void) {
  char *a = malloc(24);
  char *b = malloc(1);
  tapCheck(a != NULL && b != NULL && a != b, "malloc gives memory");
  tapCheck((uintptr_t)a % 8 == 0 && (uintptr_t)b % 8 == 0, "it is aligned to 8 bytes");
  free(a);
  free(b);
  char *zeros = calloc(100, 100);
  bool zero = zeros != NULL;
  for (size_t i = 0; zero && i < 10000; i++) zero = zeros[i] == 0;
  tapCheck(zero, "calloc gives zeros");
  free(zeros);
  uint64_t *grown = malloc(4096);
  fill(grown, 4096, 1);
  grown = realloc(grown, 40960);
  tapCheck(grown != NULL && holds(grown, 4096, 1), "realloc keeps what was there");
  free(grown);
}

static void checkLarge(void) {
  uint64_t freeSlots = harmonySlotFind();
  uint64_t *first = malloc(LARGE);
  uint64_t *second = malloc(LARGE);
  tapCheck(first != NULL && second != NULL, "malloc gives 10 MiB");
  if (first == NULL || second == NULL) return;
  fill(first, LARGE, 1);
  fill(second, LARGE, 2);
  tapCheck(holds(first, LARGE, 1) && holds(second, LARGE, 2), "every word of it is memory of its own");
  tapCheck(harmonySlotFind() <= freeSlots + 2, "the heap takes two slots, however large it is");
  free(first);
  free(second);
  void *end = sbrk(0);
  void *again = malloc(LARGE);
  tapCheck(again != NULL && sbrk(0) == end, "what was freed is used again");
  free(again);
}

static void checkRefusals(void) {
  errno = 0;
  tapCheck(malloc((size_t)1 << 40) == NULL && errno == ENOMEM, "malloc of a TiB is refused: ENOMEM");
  errno = 0;
  tapCheck(sbrk(-((ptrdiff_t)1 << 40)) == (void *)-1 && errno == ENOMEM, "the heap does not shrink below nothing");
  errno = 0;
  tapCheck(sbrk(PTRDIFF_MIN) == (void *)-1 && errno == ENOMEM, "nor by the largest number");
  char *end = sbrk(0);
  tapCheck(sbrk(8192) == end && sbrk(-8192) == end + 8192 && sbrk(0) == end, "sbrk answers where the end was");
}

void checkMalloc(void) {
  checkSmall();
  checkLarge();
  checkRefusals();
}

/** The heap needs no slot that is not its own, once it has its two. */
static void checkSlots(void) {
  static bool filled[HARMONY_CAPABILITY_TABLE_SLOTS];
  uint64_t slot;
  while ((slot = harmonySlotFind()) < HARMONY_CAPABILITY_TABLE_SLOTS) {
    filled[slot] = true;
    harmonyCapabilityTableCopy(HARMONY_BOOT_SLOT_TABLE, slot, HARMONY_BOOT_SLOT_CONSOLE, 0, 0, 0, 0);
  }
  uint64_t *some = malloc(40 * MEBIBYTE);
  tapCheck(some != NULL, "malloc gives 40 MiB while every slot is taken");
  if (some != NULL) fill(some, 40 * MEBIBYTE, 4);
  tapCheck(some != NULL && holds(some, 40 * MEBIBYTE, 4), "and they hold what is written");
  free(some);
  for (slot = 0; slot < HARMONY_CAPABILITY_TABLE_SLOTS; slot++) {
    if (filled[slot]) harmonyCapabilityTableDrop(HARMONY_BOOT_SLOT_TABLE, slot);
  }
}

void checkExhaustion(void) {
  uint64_t taken = 0;
  HarmonyFrame frame;
  while (harmonyFrameTake(HARMONY_FRAME_TYPE_BLANK, &frame)) taken++;
  tapCheck(taken > 1000, "every free frame can be taken");
  void *end = sbrk(0);
  errno = 0;
  void *none = malloc(64 * MEBIBYTE);
  tapCheck(none == NULL && errno == ENOMEM && sbrk(0) == end, "malloc without a frame is refused: ENOMEM");
  uint64_t given = 0;
  for (uint64_t range = 0; range < harmonyBootInfo->ramCount; range++) {
    uint64_t slot = HARMONY_BOOT_SLOT_FRAMES + range;
    for (uint64_t index = 0;; index++) {
      HarmonyOutcome found = harmonyFramesInspect(slot, index);
      if (found.error != HARMONY_ERROR_OK) break;
      if ((found.value >> HARMONY_FRAME_WORD_TYPE_SHIFT & HARMONY_FRAME_WORD_TYPE_MASK) != HARMONY_FRAME_TYPE_BLANK)
        continue;
      if (harmonyFrameGiveBack((HarmonyFrame){slot, index}).error == HARMONY_ERROR_OK) given++;
    }
  }
  tapCheck(given == taken, "all of them can be given back");
  uint64_t *some = malloc(16 * MEBIBYTE);
  tapCheck(some != NULL, "then malloc goes on");
  if (some == NULL) return;
  fill(some, 16 * MEBIBYTE, 3);
  tapCheck(holds(some, 16 * MEBIBYTE, 3), "with memory that holds what is written");
  free(some);
  checkSlots();
}
