/*
 * Header of control.ts, written by harmonyc.
 *
 * Statements: the C has the shape of the source, and its line numbers.
 */

#ifndef HARMONY_CONTROL_H
#define HARMONY_CONTROL_H

#include <harmonyc.h>

/** Stops. */
_Noreturn void halt(void);
/** Told about every step. */
void notice(u32 step);
u32 controlSwitch(u32 kind, u64 value);
u32 controlIf(u32 a);
u32 controlLoops(u32 limit);
COLD _Noreturn void controlStop(void);
u32 controlNever(u32 a);

#endif
