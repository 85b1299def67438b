/*
 * The driver of the accept tests in C: makes each stated call, prints TAP.
 * The table of calls is generated; `driver.c` is the same on the host and on
 * the bare machine.
 */
#ifndef ACCEPT_DRIVER_H
#define ACCEPT_DRIVER_H

#include "harmonyc.h"

typedef struct AcceptCall {
  /** As the source states it: "add8(200, 100)". */
  const char *text;
  /** "300", "300n", "true" or "traps". */
  const char *expected;
  /** Makes the call and reports its result. */
  void (*make)(void);
} AcceptCall;

extern const AcceptCall acceptCalls[];
extern const u32 acceptCallCount;

void acceptReportBoolean(bool value);
void acceptReportUnsigned(u32 value);
void acceptReportSigned(i32 value);
void acceptReportUnsigned64(u64 value);
void acceptReportSigned64(i64 value);

/** Reports the result of a call by its type, which is part of the result. */
#define REPORT(call)              \
  _Generic((call),                \
      bool: acceptReportBoolean,  \
      u8: acceptReportUnsigned,   \
      u16: acceptReportUnsigned,  \
      u32: acceptReportUnsigned,  \
      u64: acceptReportUnsigned64, \
      i8: acceptReportSigned,     \
      i16: acceptReportSigned,    \
      i32: acceptReportSigned,    \
      i64: acceptReportSigned64)(call)

/** Makes all calls; the number of those whose outcome is not the stated one. */
u32 acceptRun(void);

/** What the machine below the driver gives. */
void machinePut(char character);

#endif
