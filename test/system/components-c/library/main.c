/* The library for components in C, and the header of the interface: what they promise, in QEMU. */
#include <stdlib.h>
#include <unistd.h>

#include "parts.h"
#include "tap.h"

static int exitSteps;
static bool constructed;

__attribute__((constructor)) static void construct(void) { constructed = true; }

static void lastHandler(void) {
  tapCheck(exitSteps == 1, "what atexit was given runs after main, the last one first");
  _exit(tapEnd());
}

static void firstHandler(void) { exitSteps++; }

int main(void) {
  tapCheck(constructed, "constructors run before main");
  checkStart();
  checkStreams();
  checkMalloc();
  checkExhaustion();
  checkFrames();
  checkTables();
  checkThreads();
  checkServer();
  tapCheck(atexit(lastHandler) == 0 && atexit(firstHandler) == 0, "atexit takes handlers");
  return 1;
}
