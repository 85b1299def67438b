/*
 * Memory for C: the heap below malloc, and frames and pages by hand. The work
 * is done by the library in TypeScript (user/lib), which was compiled to C.
 */
/* sbrk is not part of C11. */
#define _DEFAULT_SOURCE

#include "component.h"

#include <errno.h>
#include <unistd.h>

#include "user/lib/address-space.h"
#include "user/lib/frames.h"
#include "user/lib/heap.h"
#include "user/lib/slots.h"

#include "support.h"

static HarmonyOutcome outcomeOf(Outcome outcome) {
  return (HarmonyOutcome){Outcome_error(outcome), Outcome_value(outcome)};
}

void harmonyMemoryStart(const HarmonyBootInfo *info) {
  framesStart(HARMONY_BOOT_SLOT_TABLE, HARMONY_BOOT_SLOT_FRAMES, info->ramCount);
  spaceStart(HARMONY_BOOT_SLOT_TABLE, HARMONY_BOOT_SLOT_ROOT);
  heapStart(HARMONY_BOOT_SLOT_TABLE, HARMONY_BOOT_SLOT_ROOT);
}

/* What malloc takes its memory from. Replaces the one of picolibc, which knows one fixed range only. */
void *sbrk(ptrdiff_t increment) {
  uint64_t bytes = increment < 0 ? 0 - (uint64_t)increment : (uint64_t)increment;
  Outcome moved = increment < 0 ? heapShrink(bytes) : heapGrow(bytes);
  if (Outcome_error(moved) != HARMONY_ERROR_OK) {
    errno = ENOMEM;
    return (void *)-1;
  }
  return (void *)Outcome_value(moved);
}

bool harmonyFrameTake(uint64_t type, HarmonyFrame *frame) {
  uint64_t handle = frameTake(type);
  *frame = (HarmonyFrame){frameRange(handle), frameIndex(handle)};
  return handle != FRAME_NONE;
}

HarmonyOutcome harmonyFrameGiveBack(HarmonyFrame frame) {
  return harmonyFramesRetype(frame.frames, frame.index, HARMONY_FRAME_TYPE_UNTYPED);
}

HarmonyOutcome harmonySpaceMap(uint64_t address, HarmonyFrame frame, uint64_t permissions) {
  return outcomeOf(spaceMap(address, frame.frames, frame.index, permissions));
}

HarmonyOutcome harmonySpaceUnmap(uint64_t address) { return outcomeOf(spaceUnmap(address)); }

HarmonyOutcome harmonySpaceGiveBack(void) { return outcomeOf(spaceGiveBack()); }

uint64_t harmonySlotFind(void) { return slotFind(HARMONY_BOOT_SLOT_TABLE, 0); }
