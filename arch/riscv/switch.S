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

.section .text.hot.switch, "ax"

/* Keeps the registers that a call keeps of the thread at a2, which has made a system call: it goes on behind that. Uses t0 and t1. */
.macro keep_called
  ld t0, Hart_userRa(sp)
  sd t0, 1 * 8(a2)
  csrr t1, sscratch
  sd t1, 2 * 8(a2)
  csrr t0, sepc
  addi t0, t0, SYSTEM_CALL_SIZE
  sd t0, 0(a2)
  sd gp, 3 * 8(a2)
  sd tp, 4 * 8(a2)
  sd s0, 8 * 8(a2)
  sd s1, 9 * 8(a2)
  sd s2, 18 * 8(a2)
  sd s3, 19 * 8(a2)
  sd s4, 20 * 8(a2)
  sd s5, 21 * 8(a2)
  sd s6, 22 * 8(a2)
  sd s7, 23 * 8(a2)
  sd s8, 24 * 8(a2)
  sd s9, 25 * 8(a2)
  sd s10, 26 * 8(a2)
  sd s11, 27 * 8(a2)
.endm

/* For `make bounds`: where the jump at `from` goes, since its register does not show it. Not loaded. */
.macro goes_to from, to
  .pushsection .targets, "", @progbits
  .dword \from, \to
  .popsection
.endm

/* Loads what a call keeps, but for the pc, of the thread at a0. */
.macro load_kept
  ld ra, 1 * 8(a0)
  ld sp, 2 * 8(a0)
  ld gp, 3 * 8(a0)
  ld tp, 4 * 8(a0)
  ld s0, 8 * 8(a0)
  ld s1, 9 * 8(a0)
  ld s2, 18 * 8(a0)
  ld s3, 19 * 8(a0)
  ld s4, 20 * 8(a0)
  ld s5, 21 * 8(a0)
  ld s6, 22 * 8(a0)
  ld s7, 23 * 8(a0)
  ld s8, 24 * 8(a0)
  ld s9, 25 * 8(a0)
  ld s10, 26 * 8(a0)
  ld s11, 27 * 8(a0)
.endm

/* Clears what a call does not keep, but for a0 to a5. */
.macro clear_rest
  li a6, 0
  li a7, 0
  li t0, 0
  li t1, 0
  li t2, 0
  li t3, 0
  li t4, 0
  li t5, 0
  li t6, 0
.endm

/* threadSwitchAnswer(to, satp, from, value): a0 is Ok and a1 the value. Floating point is apart: then the answer goes through the frame. */
.global threadSwitchAnswer
.balign 4
threadSwitchAnswer:
  keep_called
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
  li a2, 0
  li a3, 0
  li a4, 0
  li a5, 0
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
  ld a2, 12 * 8(a0)
  ld a3, 13 * 8(a0)
  ld a4, 14 * 8(a0)
  ld a5, 15 * 8(a0)
  addi t1, t1, -PRESENT_ALL
  beqz t1, 4f
  ld a0, 10 * 8(a0)
  clear_rest
  sret
4:
  ld a6, 16 * 8(a0)
  ld a7, 17 * 8(a0)
  ld t0, 5 * 8(a0)
  ld t1, 6 * 8(a0)
  ld t2, 7 * 8(a0)
  ld t3, 28 * 8(a0)
  ld t4, 29 * 8(a0)
  ld t5, 30 * 8(a0)
  ld t6, 31 * 8(a0)
  ld a0, 10 * 8(a0)
  sret

/* invocationEnter(a0, a1, a2, a3, badge, token, entry, satp): the pc of the component is in sepc already. */
.global invocationEnter
.balign 4
invocationEnter:
  ld t0, Hart_userRa(sp)
  sd t0, InvocationEntry_ra(a6)
  sd gp, InvocationEntry_gp(a6)
  sd tp, InvocationEntry_tp(a6)
  sd s0, InvocationEntry_saved + 0 * 8(a6)
  sd s1, InvocationEntry_saved + 1 * 8(a6)
  sd s2, InvocationEntry_saved + 2 * 8(a6)
  sd s3, InvocationEntry_saved + 3 * 8(a6)
  sd s4, InvocationEntry_saved + 4 * 8(a6)
  sd s5, InvocationEntry_saved + 5 * 8(a6)
  sd s6, InvocationEntry_saved + 6 * 8(a6)
  sd s7, InvocationEntry_saved + 7 * 8(a6)
  sd s8, InvocationEntry_saved + 8 * 8(a6)
  sd s9, InvocationEntry_saved + 9 * 8(a6)
  sd s10, InvocationEntry_saved + 10 * 8(a6)
  sd s11, InvocationEntry_saved + 11 * 8(a6)
  csrw satp, a7
  sfence.vma
  csrrw t0, sscratch, sp
  sd t0, InvocationEntry_sp(a6)
  li ra, 0
  li sp, 0
  li gp, 0
  li tp, 0
  li s0, 0
  li s1, 0
  li s2, 0
  li s3, 0
  li s4, 0
  li s5, 0
  li s6, 0
  li s7, 0
  li s8, 0
  li s9, 0
  li s10, 0
  li s11, 0
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
  ld s0, InvocationEntry_saved + 0 * 8(a5)
  ld s1, InvocationEntry_saved + 1 * 8(a5)
  ld s2, InvocationEntry_saved + 2 * 8(a5)
  ld s3, InvocationEntry_saved + 3 * 8(a5)
  ld s4, InvocationEntry_saved + 4 * 8(a5)
  ld s5, InvocationEntry_saved + 5 * 8(a5)
  ld s6, InvocationEntry_saved + 6 * 8(a5)
  ld s7, InvocationEntry_saved + 7 * 8(a5)
  ld s8, InvocationEntry_saved + 8 * 8(a5)
  ld s9, InvocationEntry_saved + 9 * 8(a5)
  ld s10, InvocationEntry_saved + 10 * 8(a5)
  ld s11, InvocationEntry_saved + 11 * 8(a5)
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
  fsd f0, ThreadFrame_floating + 0 * 8(a2)
  fsd f1, ThreadFrame_floating + 1 * 8(a2)
  fsd f2, ThreadFrame_floating + 2 * 8(a2)
  fsd f3, ThreadFrame_floating + 3 * 8(a2)
  fsd f4, ThreadFrame_floating + 4 * 8(a2)
  fsd f5, ThreadFrame_floating + 5 * 8(a2)
  fsd f6, ThreadFrame_floating + 6 * 8(a2)
  fsd f7, ThreadFrame_floating + 7 * 8(a2)
  fsd f8, ThreadFrame_floating + 8 * 8(a2)
  fsd f9, ThreadFrame_floating + 9 * 8(a2)
  fsd f10, ThreadFrame_floating + 10 * 8(a2)
  fsd f11, ThreadFrame_floating + 11 * 8(a2)
  fsd f12, ThreadFrame_floating + 12 * 8(a2)
  fsd f13, ThreadFrame_floating + 13 * 8(a2)
  fsd f14, ThreadFrame_floating + 14 * 8(a2)
  fsd f15, ThreadFrame_floating + 15 * 8(a2)
  fsd f16, ThreadFrame_floating + 16 * 8(a2)
  fsd f17, ThreadFrame_floating + 17 * 8(a2)
  fsd f18, ThreadFrame_floating + 18 * 8(a2)
  fsd f19, ThreadFrame_floating + 19 * 8(a2)
  fsd f20, ThreadFrame_floating + 20 * 8(a2)
  fsd f21, ThreadFrame_floating + 21 * 8(a2)
  fsd f22, ThreadFrame_floating + 22 * 8(a2)
  fsd f23, ThreadFrame_floating + 23 * 8(a2)
  fsd f24, ThreadFrame_floating + 24 * 8(a2)
  fsd f25, ThreadFrame_floating + 25 * 8(a2)
  fsd f26, ThreadFrame_floating + 26 * 8(a2)
  fsd f27, ThreadFrame_floating + 27 * 8(a2)
  fsd f28, ThreadFrame_floating + 28 * 8(a2)
  fsd f29, ThreadFrame_floating + 29 * 8(a2)
  fsd f30, ThreadFrame_floating + 30 * 8(a2)
  fsd f31, ThreadFrame_floating + 31 * 8(a2)
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
  fld f0, ThreadFrame_floating + 0 * 8(a0)
  fld f1, ThreadFrame_floating + 1 * 8(a0)
  fld f2, ThreadFrame_floating + 2 * 8(a0)
  fld f3, ThreadFrame_floating + 3 * 8(a0)
  fld f4, ThreadFrame_floating + 4 * 8(a0)
  fld f5, ThreadFrame_floating + 5 * 8(a0)
  fld f6, ThreadFrame_floating + 6 * 8(a0)
  fld f7, ThreadFrame_floating + 7 * 8(a0)
  fld f8, ThreadFrame_floating + 8 * 8(a0)
  fld f9, ThreadFrame_floating + 9 * 8(a0)
  fld f10, ThreadFrame_floating + 10 * 8(a0)
  fld f11, ThreadFrame_floating + 11 * 8(a0)
  fld f12, ThreadFrame_floating + 12 * 8(a0)
  fld f13, ThreadFrame_floating + 13 * 8(a0)
  fld f14, ThreadFrame_floating + 14 * 8(a0)
  fld f15, ThreadFrame_floating + 15 * 8(a0)
  fld f16, ThreadFrame_floating + 16 * 8(a0)
  fld f17, ThreadFrame_floating + 17 * 8(a0)
  fld f18, ThreadFrame_floating + 18 * 8(a0)
  fld f19, ThreadFrame_floating + 19 * 8(a0)
  fld f20, ThreadFrame_floating + 20 * 8(a0)
  fld f21, ThreadFrame_floating + 21 * 8(a0)
  fld f22, ThreadFrame_floating + 22 * 8(a0)
  fld f23, ThreadFrame_floating + 23 * 8(a0)
  fld f24, ThreadFrame_floating + 24 * 8(a0)
  fld f25, ThreadFrame_floating + 25 * 8(a0)
  fld f26, ThreadFrame_floating + 26 * 8(a0)
  fld f27, ThreadFrame_floating + 27 * 8(a0)
  fld f28, ThreadFrame_floating + 28 * 8(a0)
  fld f29, ThreadFrame_floating + 29 * 8(a0)
  fld f30, ThreadFrame_floating + 30 * 8(a0)
  fld f31, ThreadFrame_floating + 31 * 8(a0)
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
  fmv.d.x f0, zero
  fmv.d.x f1, zero
  fmv.d.x f2, zero
  fmv.d.x f3, zero
  fmv.d.x f4, zero
  fmv.d.x f5, zero
  fmv.d.x f6, zero
  fmv.d.x f7, zero
  fmv.d.x f8, zero
  fmv.d.x f9, zero
  fmv.d.x f10, zero
  fmv.d.x f11, zero
  fmv.d.x f12, zero
  fmv.d.x f13, zero
  fmv.d.x f14, zero
  fmv.d.x f15, zero
  fmv.d.x f16, zero
  fmv.d.x f17, zero
  fmv.d.x f18, zero
  fmv.d.x f19, zero
  fmv.d.x f20, zero
  fmv.d.x f21, zero
  fmv.d.x f22, zero
  fmv.d.x f23, zero
  fmv.d.x f24, zero
  fmv.d.x f25, zero
  fmv.d.x f26, zero
  fmv.d.x f27, zero
  fmv.d.x f28, zero
  fmv.d.x f29, zero
  fmv.d.x f30, zero
  fmv.d.x f31, zero
  li a0, 1
1:
  ret
