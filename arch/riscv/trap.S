/*
 * The way into the kernel and out of it. README.md beside this file has the
 * registers and the stacks.
 *
 * While a component runs, sscratch holds the address of the hart's block, a
 * kernel address and so negative; while the kernel runs, it holds what sp was.
 * The kernel runs with interrupts off and never nests: a trap from supervisor
 * mode is a bug of the kernel.
 */
#include "offsets.h"

.equ CAUSE_SYSTEM_CALL, 8
/* sstatus: the mode before the trap, which sret goes to: 0 is user mode. */
.equ STATUS_PREVIOUS, 0x100

.section .text.hot.trap, "ax"

.global trapVector
.balign 64
trapVector:
  csrrw sp, sscratch, sp
  bgez sp, kernelTrap
  sd ra, Hart_userRa(sp)
  csrr ra, scause
  addi ra, ra, -CAUSE_SYSTEM_CALL
  bnez ra, userTrap

  /*
   * A system call behaves like a call of a C function: s0 to s11, gp, tp and sp
   * come back as they were (the compiled code keeps them, or never touches
   * them), a0 and a1 are the answer, and everything else comes back zero. It
   * goes on behind the ecall: whoever leaves the kernel moves the pc there.
   */
  ld ra, Hart_attention(sp)
  bnez ra, systemCallAttention
  jal syscallEntry
systemCallReturn:
  csrr t0, sepc
  addi t0, t0, SYSTEM_CALL_SIZE
  csrw sepc, t0
  ld ra, Hart_userRa(sp)
  .irp register, a2, a3, a4, a5, a6, a7, t0, t1, t2, t3, t4, t5, t6
  li \register, 0
  .endr
  csrrw sp, sscratch, sp
  sret

/* The word of attention is set: the entry sequence of the epoch comes first. */
systemCallAttention:
  jal syscallAttention
  j systemCallReturn

/* A fault or an interrupt: every register goes to the frame of the thread, by its number; the pc takes the place of x0. */
.balign 4
userTrap:
  ld ra, Hart_thread(sp)
  sd t0, 5 * 8(ra)
  ld t0, Hart_userRa(sp)
  sd t0, 1 * 8(ra)
  .irp number, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
  sd x\number, \number * 8(ra)
  .endr
  csrr t1, sepc
  sd t1, 0(ra)
  csrr t1, sscratch
  sd t1, 2 * 8(ra)
  mv a0, sp
  mv a1, ra
  csrr a2, stval
  csrr a3, scause
  /* trapEntry(hart, thread, value, cause) does not return: it goes on in switch.S, or stops the machine. */
  tail trapEntry

/*
 * threadResume(thread, satp), for boot: drops the stack of the kernel, makes user mode the one that sret goes to, and
 * goes on with a thread as threadContinue (switch.S) does. Does not return.
 */
.global threadResume
.balign 4
threadResume:
  li t0, -HART_AREA_SIZE
  and sp, sp, t0
  li t0, HART_AREA_BLOCK
  add sp, sp, t0
  li t0, STATUS_PREVIOUS
  csrc sstatus, t0
  tail threadContinue

/*
 * A trap from supervisor mode: sp holds what sscratch held, sscratch the
 * kernel's sp. It is reported on the emergency stack of the hart to which that
 * sp belongs; if it belongs to none, on that of the first one. A second trap
 * meanwhile only stops the machine.
 */
.balign 4
kernelTrap:
  lla t0, kernelTrapAgain
  csrw stvec, t0
  csrr t0, sscratch
  lla t1, hartAreas
  lla t2, hartAreasEnd
  bltu t0, t1, 1f
  bltu t0, t2, 2f
1:
  mv t0, t1
2:
  li t1, -HART_AREA_SIZE
  and t0, t0, t1
  /* One slot below the end, so that the area can be told from this sp too. */
  li t1, HART_AREA_SIZE - 16
  add sp, t0, t1
  csrr a0, scause
  csrr a1, stval
  csrr a2, sepc
  tail kernelTrapReport

.balign 4
kernelTrapAgain:
  li a0, 2
  tail stopMachine
