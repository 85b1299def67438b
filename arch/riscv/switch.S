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

/* Keeps the registers that a call keeps of the thread at a0. Uses t0 and t1. */
.macro keep_called
  ld t0, Hart_userRa(sp)
  sd t0, 1 * 8(a0)
  csrr t1, sscratch
  sd t1, 2 * 8(a0)
  csrr t0, sepc
  sd t0, 0(a0)
  sd gp, 3 * 8(a0)
  sd tp, 4 * 8(a0)
  sd s0, 8 * 8(a0)
  sd s1, 9 * 8(a0)
  sd s2, 18 * 8(a0)
  sd s3, 19 * 8(a0)
  sd s4, 20 * 8(a0)
  sd s5, 21 * 8(a0)
  sd s6, 22 * 8(a0)
  sd s7, 23 * 8(a0)
  sd s8, 24 * 8(a0)
  sd s9, 25 * 8(a0)
  sd s10, 26 * 8(a0)
  sd s11, 27 * 8(a0)
.endm

/* threadSwitch(from, to, satp) */
.global threadSwitch
.balign 4
threadSwitch:
  keep_called
/* threadLeave(from, to, satp). sstatus.SD is the sign: set when the floating-point registers are Dirty. */
.global threadLeave
threadLeave:
  csrr t0, sstatus
  bltz t0, saveFloating
leaveSaved:
  mv a0, a1
  mv a1, a2
/* threadContinue(to, satp) */
.global threadContinue
threadContinue:
  csrr t0, satp
  beq t0, a1, 2f
  csrw satp, a1
  sfence.vma
2:
  /* A reservation of the thread before is broken: the store fails unless it is for this word, which is the kernel's. */
  addi t0, sp, Hart_scratch
  sc.d zero, zero, (t0)
  ld t0, ThreadFrame_floatingUsed(a0)
  bnez t0, loadFloating
/* threadRestore(to) */
.global threadRestore
threadRestore:
  csrw sscratch, sp
  ld t0, 0(a0)
  csrw sepc, t0
  ld t1, ThreadFrame_whole(a0)
  ld ra, 1 * 8(a0)
  ld sp, 2 * 8(a0)
  ld gp, 3 * 8(a0)
  ld tp, 4 * 8(a0)
  ld s0, 8 * 8(a0)
  ld s1, 9 * 8(a0)
  ld a1, 11 * 8(a0)
  ld a2, 12 * 8(a0)
  ld a3, 13 * 8(a0)
  ld a4, 14 * 8(a0)
  ld a5, 15 * 8(a0)
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
  bnez t1, 3f
  li a6, 0
  li a7, 0
  li t0, 0
  li t1, 0
  li t2, 0
  li t3, 0
  li t4, 0
  li t5, 0
  li t6, 0
  ld a0, 10 * 8(a0)
  sret
3:
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
  csrr t1, sscratch
  sd t0, InvocationEntry_ra(a6)
  sd t1, InvocationEntry_sp(a6)
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
  csrw sscratch, sp
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
  li a6, 0
  li a7, 0
  li t0, 0
  li t1, 0
  li t2, 0
  li t3, 0
  li t4, 0
  li t5, 0
  li t6, 0
  sret

/* invocationLeave(r0, r1, r2, r3, entry, satp) */
.global invocationLeave
.balign 4
invocationLeave:
  mv t0, a4
  csrw satp, a5
  sfence.vma
  csrw sscratch, sp
  ld t1, InvocationEntry_pc(t0)
  csrw sepc, t1
  ld ra, InvocationEntry_ra(t0)
  ld sp, InvocationEntry_sp(t0)
  ld gp, InvocationEntry_gp(t0)
  ld tp, InvocationEntry_tp(t0)
  ld s0, InvocationEntry_saved + 0 * 8(t0)
  ld s1, InvocationEntry_saved + 1 * 8(t0)
  ld s2, InvocationEntry_saved + 2 * 8(t0)
  ld s3, InvocationEntry_saved + 3 * 8(t0)
  ld s4, InvocationEntry_saved + 4 * 8(t0)
  ld s5, InvocationEntry_saved + 5 * 8(t0)
  ld s6, InvocationEntry_saved + 6 * 8(t0)
  ld s7, InvocationEntry_saved + 7 * 8(t0)
  ld s8, InvocationEntry_saved + 8 * 8(t0)
  ld s9, InvocationEntry_saved + 9 * 8(t0)
  ld s10, InvocationEntry_saved + 10 * 8(t0)
  ld s11, InvocationEntry_saved + 11 * 8(t0)
  mv a4, a3
  mv a3, a2
  mv a2, a1
  mv a1, a0
  li a0, 0
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
  sret

/* threadSleep(from): the outermost thread waits. The hart sleeps until an interrupt is pending; sstatus.SIE stays 0. */
.global threadSleep
.balign 4
threadSleep:
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

/* Saves the floating-point registers in the frame at a0 and turns them off. */
.section .text.floating, "ax"
.balign 4
saveFloating:
  lla t1, leaveSaved
saveFloatingThen:
  fsd f0, ThreadFrame_floating + 0 * 8(a0)
  fsd f1, ThreadFrame_floating + 1 * 8(a0)
  fsd f2, ThreadFrame_floating + 2 * 8(a0)
  fsd f3, ThreadFrame_floating + 3 * 8(a0)
  fsd f4, ThreadFrame_floating + 4 * 8(a0)
  fsd f5, ThreadFrame_floating + 5 * 8(a0)
  fsd f6, ThreadFrame_floating + 6 * 8(a0)
  fsd f7, ThreadFrame_floating + 7 * 8(a0)
  fsd f8, ThreadFrame_floating + 8 * 8(a0)
  fsd f9, ThreadFrame_floating + 9 * 8(a0)
  fsd f10, ThreadFrame_floating + 10 * 8(a0)
  fsd f11, ThreadFrame_floating + 11 * 8(a0)
  fsd f12, ThreadFrame_floating + 12 * 8(a0)
  fsd f13, ThreadFrame_floating + 13 * 8(a0)
  fsd f14, ThreadFrame_floating + 14 * 8(a0)
  fsd f15, ThreadFrame_floating + 15 * 8(a0)
  fsd f16, ThreadFrame_floating + 16 * 8(a0)
  fsd f17, ThreadFrame_floating + 17 * 8(a0)
  fsd f18, ThreadFrame_floating + 18 * 8(a0)
  fsd f19, ThreadFrame_floating + 19 * 8(a0)
  fsd f20, ThreadFrame_floating + 20 * 8(a0)
  fsd f21, ThreadFrame_floating + 21 * 8(a0)
  fsd f22, ThreadFrame_floating + 22 * 8(a0)
  fsd f23, ThreadFrame_floating + 23 * 8(a0)
  fsd f24, ThreadFrame_floating + 24 * 8(a0)
  fsd f25, ThreadFrame_floating + 25 * 8(a0)
  fsd f26, ThreadFrame_floating + 26 * 8(a0)
  fsd f27, ThreadFrame_floating + 27 * 8(a0)
  fsd f28, ThreadFrame_floating + 28 * 8(a0)
  fsd f29, ThreadFrame_floating + 29 * 8(a0)
  fsd f30, ThreadFrame_floating + 30 * 8(a0)
  fsd f31, ThreadFrame_floating + 31 * 8(a0)
  csrr t0, fcsr
  sd t0, ThreadFrame_fcsr(a0)
  li t0, STATUS_FLOATING
  csrc sstatus, t0
  jr t1

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
