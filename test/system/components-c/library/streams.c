#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parts.h"
#include "tap.h"

static bool prints(const char *expected, const char *found) {
  if (strcmp(expected, found) == 0) return true;
  printf("# found '%s', expected '%s'\n", found, expected);
  return false;
}

void checkStreams(void) {
  char text[128];
  snprintf(text, sizeof text, "%d %u %lx %c %s %5d|%-5d|%05d", -5, 7u, 0xdeadbeeful, 'c', "text", 42, 42, 42);
  tapCheck(prints("-5 7 deadbeef c text    42|42   |00042", text), "integers and texts are formatted");
  snprintf(text, sizeof text, "%" PRIu64 " %" PRId64, UINT64_MAX, INT64_MIN);
  tapCheck(prints("18446744073709551615 -9223372036854775808", text), "64-bit numbers are formatted");
  volatile double third = 1.0 / 3.0;
  snprintf(text, sizeof text, "%.6f %e %g", third * 2.0, 12345.678, 0.5);
  tapCheck(prints("0.666667 1.234568e+04 0.5", text), "floating point is computed and formatted without its registers");
  const char *volatile longer = "longer";
  tapCheck(snprintf(text, 4, "%s", longer) == 6 && strcmp(text, "lon") == 0, "a text that is too long is cut");
  tapCheck(strtol("-0x1f", NULL, 16) == -31 && strtod("2.5", NULL) == 2.5, "numbers are read");
  tapCheck(printf("# a line of 27 characters\n") == 26, "printf counts what it prints");
  tapCheck(fputs("# standard error shares the console\n", stderr) >= 0, "stderr can be written");
  tapCheck(fflush(stdout) == 0, "stdout can be flushed");
  tapCheck(getchar() == EOF && feof(stdin), "there is no input");
}
