#include "tap.h"

#include <inttypes.h>
#include <stdio.h>

static int checks;
static int failures;

void tapCheck(bool holds, const char *what) {
  checks++;
  if (!holds) failures++;
  printf("%s %d - %s\n", holds ? "ok" : "not ok", checks, what);
}

void tapAnswer(HarmonyOutcome found, uint64_t error, uint64_t value, const char *what) {
  bool holds = found.error == error && found.value == value;
  if (!holds) {
    printf("# found %s (%" PRIu64 "), expected %s (%" PRIu64 ")\n", harmonyErrorName(found.error), found.value,
           harmonyErrorName(error), value);
  }
  tapCheck(holds, what);
}

int tapEnd(void) {
  printf("1..%d\n", checks);
  return failures == 0 && checks > 0 ? 0 : 1;
}
