/**
 * The end of the machine: off with an exit code, or started again. Three ways
 * off, tried in this order: the test finisher of the device tree, semihosting
 * (an emulator that offers it), the firmware's reset extension, which knows no
 * exit code. The tries themselves are assembly, `arch/riscv/stop.S`, so that
 * they work in whatever state the kernel is in.
 */

import { FIRMWARE_RESET, firmwareCall } from './firmware.ts';

/** SRST: system_reset, the only function. */
const RESET_SYSTEM: u64 = 0n;
/** SRST type: cold reboot. */
const RESET_COLD_REBOOT: u64 = 1n;
/** The exit code of a machine that could not do what it was told. */
const EXIT_FAILURE: u64 = 1n;

/** Switches off with an exit code, 0 to 255. Works in any state; needs no stack. */
export declare function stopMachine(code: u64): never;
/** Tells `stopMachine` where the test finisher is: a kernel address that is mapped for writing. */
export declare function stopThroughFinisher(address: u64): void;

/** Switches the machine off. `code` is 0 to 255; 0 says that all went well. */
export function machineShutdown(code: u32): never {
  stopMachine(u64(code));
}

/** Starts the machine again; where the firmware cannot, switches it off with a failure. */
export function machineReboot(): never {
  firmwareCall(FIRMWARE_RESET, RESET_SYSTEM, RESET_COLD_REBOOT, 0n, 0n);
  stopMachine(EXIT_FAILURE);
}
