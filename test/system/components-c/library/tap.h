/* A component's test report: TAP on stdout, and the verdict as exit code of the machine. */
#ifndef TAP_H
#define TAP_H

#include <stdbool.h>

#include "component.h"

/** Reports one check. */
void tapCheck(bool holds, const char *what);

/** Reports whether an answer is the expected one; if not, a comment says what it was. */
void tapAnswer(HarmonyOutcome found, uint64_t error, uint64_t value, const char *what);

/** Prints the plan. Answers the exit code: 0 if every check held and there was one, else 1. */
int tapEnd(void);

#endif
