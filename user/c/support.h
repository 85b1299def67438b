/* What the parts of the library for components in C know of each other. */
#ifndef HARMONY_SUPPORT_H
#define HARMONY_SUPPORT_H

#include "harmony.h"

/** Says to the memory where the capabilities are. Before the first malloc. */
void harmonyMemoryStart(const HarmonyBootInfo *info);

/** Writes what stdout and stderr have gathered. */
void harmonyConsoleFlush(void);

#endif
