/*
 * What a component in C has beside the C library: the memory that it owns. A
 * component begins with `main`; what `main` returns, or `exit` is given, becomes
 * the exit code of the machine. `stdout` and `stderr` go to the console; `malloc`
 * takes frames and maps them as it needs them.
 *
 * The library counts on what boot gives a component: a HarmonyBootInfo, and the
 * capabilities in the slots HARMONY_BOOT_SLOT. Whoever starts a component in C
 * gives it these; where there are none, the library says so by ENOMEM and EIO.
 */
#ifndef HARMONY_COMPONENT_H
#define HARMONY_COMPONENT_H

#include <stdbool.h>

#include "harmony.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What the component was given. Set before `main`. */
extern const HarmonyBootInfo *harmonyBootInfo;

/** A frame: the capability for a range of frames, and which one of them. */
typedef struct HarmonyFrame {
  uint64_t frames;
  uint64_t index;
} HarmonyFrame;

/** Gives the next Untyped frame a type: HARMONY_FRAME_TYPE_USER or _BLANK. False if there is none. */
bool harmonyFrameTake(uint64_t type, HarmonyFrame *frame);

/** Makes a frame Untyped. Answers as Frames.Retype. */
HarmonyOutcome harmonyFrameGiveBack(HarmonyFrame frame);

/**
 * Maps a frame at an address of the own address space, a multiple of 4096 below 2^38, with HARMONY_RIGHT_FRAMES_READ,
 * _WRITE or _EXECUTE. Makes the page tables that are missing. Answers as PageTable.Map.
 */
HarmonyOutcome harmonySpaceMap(uint64_t address, HarmonyFrame frame, uint64_t permissions);

/** Unmaps what harmonySpaceMap has mapped at an address. Answers as PageTable.Unmap. */
HarmonyOutcome harmonySpaceUnmap(uint64_t address);

/** Unmaps everything that harmonySpaceMap has mapped, and gives back the page tables that it made. */
HarmonyOutcome harmonySpaceGiveBack(void);

/** The first empty slot of the own capability table; HARMONY_CAPABILITY_TABLE_SLOTS if there is none. It is not reserved. */
uint64_t harmonySlotFind(void);

#ifdef __cplusplus
}
#endif

#endif
