/* Back from a failed check to where the call was made: C's setjmp on the host, a few instructions on the bare machine. */
#ifndef ACCEPT_JUMP_H
#define ACCEPT_JUMP_H

#ifdef __riscv

/* ra, sp, s0 to s11 */
typedef struct JumpState {
  unsigned long registers[14];
} JumpState;
__attribute__((returns_twice)) int jumpMark(JumpState *state);
_Noreturn void jumpBack(JumpState *state);

#else

#include <setjmp.h>
typedef struct JumpState {
  jmp_buf registers;
} JumpState;
#define jumpMark(state) setjmp((state)->registers)
#define jumpBack(state) longjmp((state)->registers, 1)

#endif
#endif
