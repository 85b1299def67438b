/*
 * A first component in C. It looks at what it was given, uses memory through
 * the C library and by hand, shows how the kernel refuses something, and ends
 * with exit code 0 if everything was as expected.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "component.h"

/** The own capability table: of what boot gives a component, in slot 0. */
#define TABLE HARMONY_BOOT_SLOT_TABLE
/** An address where nothing is yet. */
#define PAGE_ADDRESS UINT64_C(0x1000000000)
#define NUMBERS 100000

/** Prints an answer: the name of the error, and the value beside it. */
static void printOutcome(const char *what, HarmonyOutcome outcome) {
  printf("%s: %s (%" PRIu64 ")\n", what, harmonyErrorName(outcome.error), outcome.value);
}

/** Lists the own capabilities with their rights. */
static void listCapabilities(void) {
  for (uint64_t slot = 0; slot < HARMONY_CAPABILITY_TABLE_SLOTS; slot++) {
    HarmonyOutcome found = harmonyCapabilityTableInspect(TABLE, slot, HARMONY_INSPECT_KIND);
    if (found.error != HARMONY_ERROR_OK) continue;
    uint64_t kind = found.value & 0xff;
    uint64_t rights = found.value >> 8;
    printf("  %2" PRIu64 "  %s:", slot, harmonyKindName(kind));
    for (uint64_t bit = 0; bit < HARMONY_RIGHT_BITS; bit++) {
      if ((rights >> bit & 1) != 0) printf(" %s", harmonyRightName(kind, bit));
    }
    printf("\n");
  }
}

static int compareNumbers(const void *left, const void *right) {
  const uint32_t *a = left;
  const uint32_t *b = right;
  return (*a > *b) - (*a < *b);
}

/** Sorts numbers in memory from malloc, which takes frames and maps them. */
static bool sortNumbers(void) {
  uint32_t *numbers = malloc(NUMBERS * sizeof *numbers);
  if (numbers == NULL) return false;
  uint32_t random = 1;
  for (size_t i = 0; i < NUMBERS; i++) {
    random = random * 1664525 + 1013904223;
    numbers[i] = random;
  }
  qsort(numbers, NUMBERS, sizeof *numbers, compareNumbers);
  bool sorted = true;
  for (size_t i = 1; i < NUMBERS; i++) sorted = sorted && numbers[i - 1] <= numbers[i];
  printf("%d numbers at %p are %s\n", NUMBERS, (void *)numbers, sorted ? "sorted" : "not sorted");
  free(numbers);
  return sorted;
}

/** Takes a frame, maps it, uses it, and gives it back. */
static bool useFrame(void) {
  HarmonyFrame frame;
  if (!harmonyFrameTake(HARMONY_FRAME_TYPE_USER, &frame)) return false;
  HarmonyOutcome mapped = harmonySpaceMap(PAGE_ADDRESS, frame, HARMONY_RIGHT_FRAMES_READ | HARMONY_RIGHT_FRAMES_WRITE);
  printOutcome("map a frame", mapped);
  if (mapped.error != HARMONY_ERROR_OK) return false;
  char *page = (char *)PAGE_ADDRESS;
  strcpy(page, "written into the frame");
  printf("at %p: %s\n", (void *)page, page);
  HarmonyOutcome refused = harmonyFrameGiveBack(frame);
  printOutcome("give it back while it is mapped", refused);
  bool back = harmonySpaceGiveBack().error == HARMONY_ERROR_OK;
  HarmonyOutcome given = harmonyFrameGiveBack(frame);
  printOutcome("give it back", given);
  return back && refused.error == HARMONY_ERROR_IN_USE && given.error == HARMONY_ERROR_OK;
}

int main(void) {
  printf("Hello from C. Interface %u.%u, %u ranges of memory\n", harmonyBootInfo->abiVersion >> 16,
         harmonyBootInfo->abiVersion & 0xffff, harmonyBootInfo->memoryCount);
  listCapabilities();
  if (!sortNumbers()) return 1;
  if (!useFrame()) return 2;
  HarmonyOutcome refused = harmonyFramesRetype(HARMONY_BOOT_SLOT_FRAMES, 0, HARMONY_FRAME_TYPE_UNTYPED);
  printOutcome("retype a frame of the firmware", refused);
  return refused.error == HARMONY_ERROR_WRONG_TYPE ? EXIT_SUCCESS : 3;
}
