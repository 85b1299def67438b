/*
 * From one thread to another: the functions that kernel-src/object/thread-switch.ts
 * declares. They are reached by jumps only, so sp is the hart's block, and
 * s0 to s11, gp and tp belong to the component that entered the kernel; its ra
 * is in the block, its sp in sscratch, its pc in sepc.
 */
#include "offsets.h"

.option arch, +d

/* sstatus: the mode before the trap, which sret goes to: 0 is user mode. Floating point: Off is 0, Dirty is 3. */
.equ STATUS_FLOATING, 0x6000

/* The numbers of the floating-point registers. */
#define EACH_OF_32 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31

.section .text.hot.switch, "ax"

/* Each register of a list, by its number, and its place among `ThreadFrame.registers`, at an address. */
.macro store address, registers:vararg
  .irp number, \registers
  sd x\number, \number * 8(\address)
  .endr
.endm
.macro load address, registers:vararg
  .irp number, \registers
  ld x\number, \number * 8(\address)
  .endr
.endm

.macro clear registers:vararg
  .irp register, \registers
  li \register, 0
  .endr
.endm

/* Keeps the registers that a call keeps of the thread at a2, which has made a system call: it goes on behind that. Uses t0 and t1. */
.macro keep_called
  ld t0, Hart_userRa(sp)
  sd t0, 1 * 8(a2)
  csrr t1, sscratch
  sd t1, 2 * 8(a2)
  csrr t0, sepc
  addi t0, t0, SYSTEM_CALL_SIZE
  sd t0, 0(a2)
  store a2, 3, 4, 8, 9, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27
.endm

/* For `make bounds`: where the jump at `from` goes, since its register does not show it. Not loaded. */
.macro goes_to from, to
  .pushsection .targets, "", @progbits
  .dword \from, \to
  .popsection
.endm

/* Loads what a call keeps, but for the pc, of the thread at a0. */
.macro load_kept
  load a0, 1, 2, 3, 4, 8, 9, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27
.endm

/* Clears what a call does not keep, but for a0 to a5. */
.macro clear_rest
  clear a6, a7, t0, t1, t2, t3, t4, t5, t6
.endm

/* threadSwitchAnswer(to, satp, from, value): a0 is Ok and a1 the value. Floating point is apart: then the answer goes through the frame. */
.global threadSwitchAnswer
.balign 4
threadSwitchAnswer:
  keep_called
/* threadLeaveAnswer(to, satp, from, value): after a trap. */
.global threadLeaveAnswer
threadLeaveAnswer:
  csrr t0, sstatus
  bltz t0, answerFloating
  csrr t0, satp
  beq t0, a1, 1f
  csrw satp, a1
  sfence.vma
1:
  /* As in threadContinue. */
  sc.d zero, zero, (sp)
  lw t0, ThreadFrame_floatingUsed(a0)
  bnez t0, answerFloating
  csrw sscratch, sp
  ld t0, 0(a0)
  csrw sepc, t0
  load_kept
  mv a1, a3
  li a0, 0
  li a2, 0
  li a3, 0
  li a4, 0
  li a5, 0
  clear_rest
  sret

/* threadSwitch(to, satp, from) */
.global threadSwitch
.balign 4
threadSwitch:
  keep_called
/* threadLeave(to, satp, from). sstatus.SD is the sign: set when the floating-point registers are Dirty. */
.global threadLeave
threadLeave:
  csrr t0, sstatus
  bltz t0, saveFloating
/* threadContinue(to, satp) */
.global threadContinue
threadContinue:
  csrr t0, satp
  beq t0, a1, 2f
  csrw satp, a1
  sfence.vma
2:
  /* A reservation of the thread before is broken: the store fails unless it is for this word, which is the kernel's: Hart.reservation. */
  sc.d zero, zero, (sp)
  /* Both ThreadFrame.present and ThreadFrame.floatingUsed: 0 for most threads. */
  ld t0, ThreadFrame_present(a0)
  bnez t0, 3f
  csrw sscratch, sp
  ld t0, 0(a0)
  csrw sepc, t0
  load_kept
  ld a1, 11 * 8(a0)
restoreAnswer:
  ld a0, 10 * 8(a0)
  clear a2, a3, a4, a5
  clear_rest
  sret
3:
  srli t1, t0, 32
  bnez t1, loadFloating
/* threadRestore(to) */
.global threadRestore
threadRestore:
  csrw sscratch, sp
  ld t0, 0(a0)
  csrw sepc, t0
  lw t1, ThreadFrame_present(a0)
  load_kept
  ld a1, 11 * 8(a0)
  beqz t1, restoreAnswer
  load a0, 12, 13, 14, 15
  addi t1, t1, -PRESENT_ALL
  beqz t1, 4f
  ld a0, 10 * 8(a0)
  clear_rest
  sret
4:
  load a0, 16, 17, 5, 6, 7, 28, 29, 30, 31, 10
  sret

/* invocationEnter(a0, a1, a2, a3, badge, token, entry, satp): the pc of the component is in sepc already. */
.global invocationEnter
.balign 4
invocationEnter:
  ld t0, Hart_userRa(sp)
  sd t0, InvocationEntry_ra(a6)
  sd gp, InvocationEntry_gp(a6)
  sd tp, InvocationEntry_tp(a6)
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
  sd s\number, InvocationEntry_saved + \number * 8(a6)
  .endr
  csrw satp, a7
  sfence.vma
  csrrw t0, sscratch, sp
  sd t0, InvocationEntry_sp(a6)
  clear ra, sp, gp, tp, s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11
  clear_rest
  sret

/* invocationLeave(r0, r1, r2, r3, satp, entry) */
.global invocationLeave
.balign 4
invocationLeave:
  csrw satp, a4
  sfence.vma
  csrw sscratch, sp
  ld t0, InvocationEntry_pc(a5)
  csrw sepc, t0
  ld ra, InvocationEntry_ra(a5)
  ld sp, InvocationEntry_sp(a5)
  ld gp, InvocationEntry_gp(a5)
  ld tp, InvocationEntry_tp(a5)
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
  ld s\number, InvocationEntry_saved + \number * 8(a5)
  .endr
  mv a4, a3
  mv a3, a2
  mv a2, a1
  mv a1, a0
  li a0, 0
  li a5, 0
  clear_rest
  sret

/* threadSleep(from): the outermost thread waits. The hart sleeps until an interrupt is pending; sstatus.SIE stays 0. */
.global threadSleep
.balign 4
threadSleep:
  mv a2, a0
  keep_called
  csrr t0, sstatus
  bgez t0, threadSleepAgain
  lla t1, threadSleepAgain
  j saveFloatingThen
.global threadSleepAgain
.balign 4
threadSleepAgain:
  wfi
  mv a0, sp
  tail idleWake

/* The answer of threadSwitchAnswer goes into the frame; PRESENT_ANSWER is 0. */
.section .text.floating, "ax"
.balign 4
answerFloating:
  sd zero, 10 * 8(a0)
  sd a3, 11 * 8(a0)
  sw zero, ThreadFrame_present(a0)
  tail threadLeave

/* Saves the floating-point registers in the frame at a2 and turns them off. */
.balign 4
saveFloating:
  lla t1, threadContinue
saveFloatingThen:
  .irp number, EACH_OF_32
  fsd f\number, ThreadFrame_floating + \number * 8(a2)
  .endr
  csrr t0, fcsr
  sd t0, ThreadFrame_fcsr(a2)
  li t0, STATUS_FLOATING
  csrc sstatus, t0
9:
  jr t1
  goes_to 9b, threadContinue
  goes_to 9b, threadSleepAgain

/* Turns floating point on and loads the registers from the frame at a0. */
.balign 4
loadFloating:
  li t0, STATUS_FLOATING
  csrs sstatus, t0
  ld t0, ThreadFrame_fcsr(a0)
  csrw fcsr, t0
  .irp number, EACH_OF_32
  fld f\number, ThreadFrame_floating + \number * 8(a0)
  .endr
  tail threadRestore

/* floatingStart(): see thread-switch.ts. A hart without floating point keeps the field at Off. */
.global floatingStart
.balign 4
floatingStart:
  li t0, STATUS_FLOATING
  csrs sstatus, t0
  csrr t1, sstatus
  and t1, t1, t0
  li a0, 0
  beqz t1, 1f
  csrw fcsr, zero
  .irp number, EACH_OF_32
  fmv.d.x f\number, zero
  .endr
  li a0, 1
1:
  ret
