/*
 * From the firmware to `bootMain`: the image header, and everything that must
 * be true before TypeScript can run. On entry (Linux boot protocol for RISC-V):
 * a0 = number of this hart, a1 = physical address of the device tree, satp = 0,
 * interrupts off; the image is at its load address, nothing else is known.
 *
 * In this file until the jump to the upper half: s0 = hart, s1 = device tree,
 * s2 = instructions retired at entry, s3 = those of them that the firmware
 * spent for the first line on the console.
 */
#include "offsets.h"

#if HART_AREA_SIZE != 0x8000 || HART_AREA_BLOCK != 0x4000 || HART_LIMIT != 8 || DEVICE_TREE_LIMIT != 0x40000 || KERNEL_TABLE_LIMIT != 32
#error "layout.ts and the linker script disagree about the image"
#endif
#if KERNEL_LOAD_ADDRESS != 0x80200000 || PHYSICAL_WINDOW != 0xffffffc000000000
#error "layout.ts and the linker script disagree about where the image is"
#endif
/* Bytes of the header of a device tree, and some more. */
.equ TREE_HEADER, 64
/* Entry of a page table: valid, readable, writable, executable, accessed, dirty. */
.equ LEAF, 0xcf
.equ LINK, 0x01
/* satp: Sv39, address space 0. */
.equ SATP_MODE, 8
/* sstatus: interrupts, previous mode, floating point and vectors, user memory access, big-endian user mode. */
.equ STATUS_CLEAR, 0x000c6742
/* Legacy extension of the firmware: putchar. */
.equ PUTCHAR, 1

.section .head, "ax"
.global head
head:
/* The 64-byte header of a RISC-V kernel image (Linux, Documentation/riscv/boot-image-header). */
  .option push
  .option norvc
  j kernelEntry
  .option pop
  .word 0
  .dword 0x200000            /* where to load it: behind the first 2 MiB of memory */
  .dword kernelSize          /* memory that it needs */
  .dword 0                   /* little-endian */
  .word 2                    /* version 0.2 of the header */
  .word 0
  .dword 0
  .ascii "RISCV\0\0\0"
  .ascii "RSC\x05"
  .word 0

.section .text.entry, "ax"
.balign 4
kernelEntry:
  rdinstret s2
  mv s0, a0
  mv s1, a1
  csrw sie, zero
  li t0, STATUS_CLEAR
  csrc sstatus, t0
  lla t0, earlyTrap
  csrw stvec, t0
  lla a0, entryLine
  rdinstret s3
  jal earlyText
  rdinstret t0
  sub s3, t0, s3

  /* Components may read cycle, time and instret. */
  li t0, 7
  csrw scounteren, t0

  /* The kernel's map is made for one load address. */
  lla t0, head
  li t1, KERNEL_LOAD_ADDRESS
  beq t0, t1, clearBss
  lla a0, misplacedLine
  j earlyStop

clearBss:
  lla t0, bssStart
  lla t1, bssEnd
  jal clearMemory

  /* The blocks of the harts. */
  lla s4, hartAreas
  li t2, HART_AREA_BLOCK
  add s4, s4, t2
  li s5, HART_LIMIT
1:
  mv t0, s4
  addi t1, s4, Hart_SIZE
  jal clearMemory
  li t2, HART_AREA_SIZE
  add s4, s4, t2
  addi s5, s5, -1
  bnez s5, 1b

  jal copyDeviceTree

  /*
   * The first map: a root whose entry for the load address (once as it is, once
   * in the upper half) links a table that maps the image by 2 MiB leaves. It
   * never covers the 2 MiB of the firmware.
   */
  lla s4, kernelTables
  mv t0, s4
  li t2, 2 * 4096
  add t1, s4, t2
  jal clearMemory
  li t2, 4096
  add s5, s4, t2                        /* s4 = root, s5 = lower table */
  srli t0, s5, 12 - 10
  ori t0, t0, LINK
  sd t0, (KERNEL_LOAD_ADDRESS >> 30) * 8(s4)
  li t2, (256 + (KERNEL_LOAD_ADDRESS >> 30)) * 8
  add t2, t2, s4
  sd t0, 0(t2)
  li t0, (KERNEL_LOAD_ADDRESS >> 12 << 10) | LEAF
  sd t0, ((KERNEL_LOAD_ADDRESS >> 21) & 0x1ff) * 8(s5)

  /* On: the next instruction is at the same place in both maps, so the trap vector is only a second way there. */
  lla t0, upperHalf
  li t1, PHYSICAL_WINDOW
  add t0, t0, t1
  csrw stvec, t0
  srli t1, s4, 12
  li t2, SATP_MODE
  slli t2, t2, 60
  or t1, t1, t2
  sfence.vma
  csrw satp, t1
  sfence.vma
  jr t0

.balign 4
upperHalf:
  lla t0, trapVector
  csrw stvec, t0
  /* Supervisor traps are recognised by what comes out of sscratch: not a kernel address. */
  csrw sscratch, zero
  lla sp, hartAreas
  li t0, HART_AREA_BLOCK
  add sp, sp, t0
  mv a0, s0
  mv a1, s1
  mv a2, s2
  mv a3, s3
  li ra, 0
  li s0, 0
  tail bootMain

/* Clears from t0 to t1, both multiples of 64. */
clearMemory:
  bgeu t0, t1, 2f
1:
  .irp offset, 0, 8, 16, 24, 32, 40, 48, 56
  sd zero, \offset(t0)
  .endr
  addi t0, t0, 64
  bltu t0, t1, 1b
2:
  ret

/*
 * Copies the device tree, wherever it is, into the image: the kernel then
 * needs no map of the place where the loader put it. Judging it is up to
 * `bootMain`: a tree that is misplaced, too large or none at all leaves zeros,
 * or its header alone.
 */
copyDeviceTree:
  lla t0, deviceTreeCopy
  addi t1, t0, TREE_HEADER
  mv t2, ra
  jal clearMemory
  mv ra, t2
  beqz s1, 2f
  andi t0, s1, 7
  bnez t0, 2f
  /* Big-endian words: magic 0xd00dfeed, size. */
  lwu t0, 0(s1)
  li t1, 0xedfe0dd0
  bne t0, t1, 2f
  lbu t0, 4(s1)
  .irp offset, 5, 6, 7
  lbu t1, \offset(s1)
  slli t0, t0, 8
  or t0, t0, t1
  .endr
  li t1, DEVICE_TREE_LIMIT
  bleu t0, t1, 1f
  li t0, TREE_HEADER
1:
  /* t0 = bytes to copy. */
  lla t1, deviceTreeCopy
  mv t2, s1
  add t0, t0, t1
3:
  ld t3, 0(t2)
  sd t3, 0(t1)
  addi t1, t1, 8
  addi t2, t2, 8
  bltu t1, t0, 3b
2:
  ret

/* Writes the text at a0, which ends with a zero byte. */
earlyText:
  mv t0, a0
  li a7, PUTCHAR
1:
  lbu a0, 0(t0)
  beqz a0, 2f
  ecall
  addi t0, t0, 1
  j 1b
2:
  ret

/* Writes the number in a1 in hexadecimal, after the text at a0. */
earlyNumber:
  mv t4, ra
  jal earlyText
  li t1, 60
1:
  srl a0, a1, t1
  andi a0, a0, 15
  addi a0, a0, '0'
  li t2, '9'
  bleu a0, t2, 2f
  addi a0, a0, 'a' - '9' - 1
2:
  mv t3, a1
  ecall
  mv a1, t3
  addi t1, t1, -4
  bgez t1, 1b
  jr t4

/* Writes a text and the number in a control register. */
.macro early_register text, register
  lla a0, \text
  csrr a1, \register
  jal earlyNumber
.endm

/* A trap before the kernel has its map: nothing that could be repaired. */
.balign 4
earlyTrap:
  lla t0, earlyTrapAgain
  csrw stvec, t0
  early_register trapLine, scause
  early_register trapAddress, stval
  early_register trapPc, sepc
  lla a0, trapEnd
/* Writes the text at a0 and stops with a failure. */
earlyStop:
  jal earlyText
.balign 4
earlyTrapAgain:
  li a0, 1
  j stopMachine

.section .rodata.entry, "a"
entryLine: .asciz "\nharmony: entry\n"
misplacedLine: .asciz "harmony: the image is not at 0x80200000, where it must be loaded: change the loader's address\n"
trapLine: .asciz "harmony: trap before the kernel has its map: cause 0x"
trapAddress: .asciz ", address 0x"
trapPc: .asciz ", pc 0x"
trapEnd: .asciz "\n"
