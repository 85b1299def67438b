/*
 * The driver on a bare RISC-V machine, QEMU's `virt`: the 16550 UART at
 * 0x10000000 (register 0 data, register 5 line status, bit 5 transmitter empty)
 * and the finisher at 0x100000 (QEMU's "SiFive test" device: 0x5555 ends the
 * machine with exit code 0, code << 16 | 0x3333 with that code).
 */
#include "driver.h"

#define UART ((volatile u8 *)0x10000000)
#define FINISHER ((volatile u32 *)0x100000)

void bareMain(void);
_Noreturn void bareTrap(u64 cause, u64 programCounter, u64 value);

void machinePut(char character) {
  while ((UART[5] & 0x20) == 0) {
  }
  UART[0] = (u8)character;
}

static _Noreturn void finish(u32 code) {
  *FINISHER = code == 0 ? 0x5555 : (code << 16 | 0x3333);
  for (;;) {
  }
}

static void printHexadecimal(const char *name, u64 value) {
  while (*name != 0) machinePut(*name++);
  for (u32 shift = 64; shift > 0; shift -= 4) machinePut("0123456789abcdef"[(value >> (shift - 4)) & 15]);
}

/** A trap of the machine itself: nothing in these programs may cause one. */
void bareTrap(u64 cause, u64 programCounter, u64 value) {
  printHexadecimal("\nBail out! machine trap: cause 0x", cause);
  printHexadecimal(" pc 0x", programCounter);
  printHexadecimal(" value 0x", value);
  machinePut('\n');
  finish(2);
}

void bareMain(void) { finish(acceptRun() == 0 ? 0 : 1); }
