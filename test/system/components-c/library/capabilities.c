#include <string.h>

#include "parts.h"
#include "tap.h"

#define TABLE HARMONY_BOOT_SLOT_TABLE
#define ADDRESS UINT64_C(0x1000000000)
#define READ_WRITE (HARMONY_RIGHT_FRAMES_READ | HARMONY_RIGHT_FRAMES_WRITE)

static uint64_t typeOf(HarmonyFrame frame) {
  uint64_t word = harmonyFramesInspect(frame.frames, frame.index).value;
  return word >> HARMONY_FRAME_WORD_TYPE_SHIFT & HARMONY_FRAME_WORD_TYPE_MASK;
}

void checkFrames(void) {
  HarmonyFrame frame;
  tapCheck(harmonyFrameTake(HARMONY_FRAME_TYPE_USER, &frame), "a frame can be taken");
  tapCheck(typeOf(frame) == HARMONY_FRAME_TYPE_USER, "it has the type that was asked for");
  HarmonyOutcome mapped = harmonySpaceMap(ADDRESS, frame, READ_WRITE);
  tapCheck(mapped.error == HARMONY_ERROR_OK, "it can be mapped");
  tapCheck(harmonySpaceMap(ADDRESS + 4096, frame, READ_WRITE).error == HARMONY_ERROR_OK, "and once more");
  volatile uint64_t *first = (volatile uint64_t *)ADDRESS;
  volatile uint64_t *second = (volatile uint64_t *)(ADDRESS + 4096);
  bool zero = true;
  for (size_t i = 0; i < 512; i++) zero = zero && first[i] == 0;
  tapCheck(zero, "it is zero");
  first[7] = 77;
  tapCheck(second[7] == 77, "both pages are the frame");
  tapAnswer(harmonySpaceMap(ADDRESS, frame, READ_WRITE), HARMONY_ERROR_OCCUPIED, 0, "one address is mapped once");
  tapAnswer(harmonySpaceMap(ADDRESS + 8192, frame, HARMONY_RIGHT_FRAMES_WRITE | HARMONY_RIGHT_FRAMES_EXECUTE),
            HARMONY_ERROR_BAD_ARGUMENT, 3, "write and execute are refused");
  tapAnswer(harmonyFrameGiveBack(frame), HARMONY_ERROR_IN_USE, 2, "a frame that is mapped twice is in use");
  tapCheck(harmonySpaceUnmap(ADDRESS).error == HARMONY_ERROR_OK, "it can be unmapped");
  tapAnswer(harmonySpaceUnmap(ADDRESS), HARMONY_ERROR_EMPTY, 0, "once");
  tapCheck(harmonySpaceGiveBack().error == HARMONY_ERROR_OK, "every page can be unmapped at once");
  tapCheck(harmonyFrameGiveBack(frame).error == HARMONY_ERROR_OK, "then the frame can be given back");
  tapCheck(typeOf(frame) == HARMONY_FRAME_TYPE_UNTYPED, "it is Untyped");
}

void checkTables(void) {
  HarmonyFrame frame;
  tapCheck(harmonyFrameTake(HARMONY_FRAME_TYPE_BLANK, &frame), "a frame for a table can be taken");
  uint64_t slot = harmonySlotFind();
  tapAnswer(harmonyCapabilityTableCreate(TABLE, slot, HARMONY_KIND_CAPABILITY_TABLE, frame.frames, frame.index, 0, 0),
            HARMONY_ERROR_OK, 0, "a table is made of it");
  HarmonyOutcome kind = harmonyCapabilityTableInspect(TABLE, slot, HARMONY_INSPECT_KIND);
  tapAnswer(kind, HARMONY_ERROR_OK, HARMONY_KIND_CAPABILITY_TABLE | HARMONY_RIGHTS_CAPABILITY_TABLE << 8,
            "its maker gets all rights");
  tapAnswer(harmonyCapabilityTableLink(TABLE, slot, slot), HARMONY_ERROR_OK, 0, "it is linked below its own slot");
  tapAnswer(harmonyCapabilityTableCopy(slot, 9, HARMONY_BOOT_SLOT_CONSOLE, HARMONY_RIGHT_CONSOLE_WRITE, 0, 0, 0),
            HARMONY_ERROR_OK, 0, "the console is copied into it");
  uint64_t console = HARMONY_BELOW(slot, 9);
  tapAnswer(harmonyConsoleWrite(console, 0x0a3223, 3), HARMONY_ERROR_OK, 3, "and written to by an id of two levels");
  tapAnswer(harmonyConsoleWrite(HARMONY_BELOW(slot, 10), 0x0a3223, 3), HARMONY_ERROR_NO_CAPABILITY, 1,
            "nothing is in the next slot");
  tapAnswer(harmonyConsoleWrite(console, 0, 9), HARMONY_ERROR_OUT_OF_RANGE, 9, "nine bytes are too many");
  tapAnswer(harmonyFramesInspect(console, 0), HARMONY_ERROR_WRONG_KIND, HARMONY_KIND_CONSOLE, "a console has no frames");
  tapCheck(strcmp(harmonyErrorName(HARMONY_ERROR_WRONG_KIND), "WrongKind") == 0 &&
               strcmp(harmonyKindName(HARMONY_KIND_CONSOLE), "Console") == 0 &&
               strcmp(harmonyRightName(HARMONY_KIND_CONSOLE, 0), "write") == 0 &&
               strcmp(harmonyErrorName(1000), "unknown") == 0,
           "numbers have their names");
  tapCheck(harmonyCapabilityTableUnlink(TABLE, slot).error == HARMONY_ERROR_OK &&
               harmonyCapabilityTableDrop(slot, 9).error == HARMONY_ERROR_OK &&
               harmonyCapabilityTableDrop(TABLE, slot).error == HARMONY_ERROR_OK,
           "all of it is taken apart");
  tapCheck(harmonyFrameGiveBack(frame).error == HARMONY_ERROR_OK, "and the frame given back");
}

void checkThreads(void) {
  tapAnswer(harmonyThreadInspect(HARMONY_BOOT_SLOT_THREAD, HARMONY_THREAD_INSPECT_STATE), HARMONY_ERROR_OK, 1,
            "the own thread is running");
  HarmonyResults run = harmonyThreadRun(HARMONY_BOOT_SLOT_THREAD, HARMONY_DEADLINE_NEVER, 0);
  tapAnswer((HarmonyOutcome){run.error, run.value}, HARMONY_ERROR_NOT_IDLE, 1, "so nobody can run it");
  tapCheck(run.a2 == 0 && run.a3 == 0 && run.a4 == 0 && run.a5 == 0, "a refusal has no further results");
  tapAnswer(harmonyItselfYield(), HARMONY_ERROR_OK, 0, "the outermost thread goes on after it yields");
  tapCheck(harmonyThreadSignal(HARMONY_BOOT_SLOT_THREAD, 0x5).error == HARMONY_ERROR_OK, "it can signal itself");
  tapAnswer(harmonyItselfWait(), HARMONY_ERROR_OK, 0x5, "and gets the signals");
  HarmonyOutcome read = harmonyThreadReadRegister(HARMONY_BOOT_SLOT_THREAD, HARMONY_THREAD_REGISTER_PC);
  tapAnswer(read, HARMONY_ERROR_NOT_IDLE, 1, "registers of a running thread are not read");
}
