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
.equ AREA_SIZE, 0x8000
.equ AREA_BLOCK, 0x4000
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
  li a2, 0
  li a3, 0
  li a4, 0
  li a5, 0
  li a6, 0
  li a7, 0
  li t0, 0
  li t1, 0
  li t2, 0
  li t3, 0
  li t4, 0
  li t5, 0
  li t6, 0
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
  sd gp, 3 * 8(ra)
  sd tp, 4 * 8(ra)
  sd t1, 6 * 8(ra)
  sd t2, 7 * 8(ra)
  sd s0, 8 * 8(ra)
  sd s1, 9 * 8(ra)
  sd a0, 10 * 8(ra)
  sd a1, 11 * 8(ra)
  sd a2, 12 * 8(ra)
  sd a3, 13 * 8(ra)
  sd a4, 14 * 8(ra)
  sd a5, 15 * 8(ra)
  sd a6, 16 * 8(ra)
  sd a7, 17 * 8(ra)
  sd s2, 18 * 8(ra)
  sd s3, 19 * 8(ra)
  sd s4, 20 * 8(ra)
  sd s5, 21 * 8(ra)
  sd s6, 22 * 8(ra)
  sd s7, 23 * 8(ra)
  sd s8, 24 * 8(ra)
  sd s9, 25 * 8(ra)
  sd s10, 26 * 8(ra)
  sd s11, 27 * 8(ra)
  sd t3, 28 * 8(ra)
  sd t4, 29 * 8(ra)
  sd t5, 30 * 8(ra)
  sd t6, 31 * 8(ra)
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
  li t0, -AREA_SIZE
  and sp, sp, t0
  li t0, AREA_BLOCK
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
  li t1, -AREA_SIZE
  and t0, t0, t1
  /* One slot below the end, so that the area can be told from this sp too. */
  li t1, AREA_SIZE - 16
  add sp, t0, t1
  csrr a0, scause
  csrr a1, stval
  csrr a2, sepc
  tail kernelTrapReport

.balign 4
kernelTrapAgain:
  li a0, 2
  tail stopMachine
