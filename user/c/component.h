/*
 * What a component in C has beside the C library: the memory that it owns, and the
 * way in for those that call it. A
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

/** What a server is asked. */
typedef struct HarmonyRequest {
  /** What the caller gave to Call. */
  uint64_t arguments[4];
  /** The badge of the invocation by which it was called: which client it is. */
  uint64_t badge;
  /** The token of the calling thread. */
  uint64_t token;
} HarmonyRequest;

/** What the caller gets; zero at first. By custom the first result is 0 if all went well. */
typedef struct HarmonyReply {
  uint64_t results[4];
} HarmonyReply;

/** The first result of a call that the library itself answers: every stack of the badge's pool is in use. */
#define HARMONY_REPLY_NO_STACK UINT64_C(1)
/** There is no pool for the badge. */
#define HARMONY_REPLY_NO_BADGE UINT64_C(2)

/**
 * Called for each call of an invocation of this component; a server defines it. It runs on a stack of the pool of the badge, by
 * the time of the caller, who may stop or end it at any place: it holds no lock. Other calls may be in here, too. errno and
 * other thread-local data are its own; malloc and stdio are not for it.
 */
void harmonyServe(const HarmonyRequest *request, HarmonyReply *reply);

/**
 * Lets calls in: for each badge from 0 to `badges` - 1 (at most 16) `stacks` stacks (at most 63) of `size` bytes, a multiple of
 * 16. Answers the address at which invocations are to enter; or 0, and errno.
 */
uint64_t harmonyServerStart(uint64_t badges, uint64_t stacks, uint64_t size);

/** How many stacks of the pool of a badge are free. */
uint64_t harmonyServerFreeStacks(uint64_t badge);

#ifdef __cplusplus
}
#endif

#endif
