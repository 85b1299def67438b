/*
 * The end of the machine, in whatever state it is: with or without a map, with
 * or without a stack. Each try that traps goes on with the next one.
 */

/* SiFive test finisher: a 32-bit register (QEMU, hw/misc/sifive_test.c). */
.equ FINISHER_PASS, 0x5555
.equ FINISHER_FAIL, 0x3333
/* An emulator needs a moment to act on the finisher; a second order in between would overwrite the exit code. */
.equ FINISHER_PATIENCE, 1 << 24
/* RISC-V semihosting: SYS_EXIT_EXTENDED with reason ADP_Stopped_ApplicationExit. */
.equ SYS_EXIT_EXTENDED, 0x20
.equ APPLICATION_EXIT, 0x20026
/* Firmware: system reset extension, type shutdown, reason none or system failure. */
.equ RESET_EXTENSION, 0x53525354

.section .text.stop, "ax"

/* stopMachine(code): switches off with an exit code of 0 to 255. Does not return. */
.global stopMachine
.balign 4
stopMachine:
  mv s0, a0
  lla t0, stopSemihosting
  csrw stvec, t0
  lla t0, finisherAddress
  ld t0, 0(t0)
  beqz t0, stopSemihosting
  li t1, FINISHER_PASS
  beqz s0, 1f
  slli t1, s0, 16
  li t2, FINISHER_FAIL
  or t1, t1, t2
1:
  fence iorw, iorw
  sw t1, 0(t0)
  li t2, FINISHER_PATIENCE
2:
  addi t2, t2, -1
  bnez t2, 2b

.balign 4
stopSemihosting:
  lla t0, stopFirmware
  csrw stvec, t0
  lla a1, semihostingBlock
  li t0, APPLICATION_EXIT
  sd t0, 0(a1)
  sd s0, 8(a1)
  li a0, SYS_EXIT_EXTENDED
  jal semihostingCall

.balign 4
stopFirmware:
  lla t0, stopIdle
  csrw stvec, t0
  snez a1, s0
  li a0, 0
  li a6, 0
  li a7, RESET_EXTENSION
  ecall

.balign 4
stopIdle:
  csrw sie, zero
1:
  wfi
  j 1b

/* The call is recognised by these three instructions, uncompressed and in one page. Elsewhere `ebreak` traps. */
  .option push
  .option norvc
.balign 16
semihostingCall:
  slli zero, zero, 0x1f
  ebreak
  srai zero, zero, 7
  ret
  .option pop

/* stopThroughFinisher(address): where the finisher is mapped. */
.global stopThroughFinisher
stopThroughFinisher:
  lla t0, finisherAddress
  sd a0, 0(t0)
  ret

.section .data.stop, "aw"
.balign 16
finisherAddress: .dword 0
.balign 16
semihostingBlock: .dword 0, 0
