/**
 * The timer of the calling hart. With the Sstc extension the kernel sets it by
 * one register; else the firmware does, which takes longer than a switch of
 * threads. So it is set as seldom as possible, and never only to disarm it.
 */

import { FIRMWARE_TIME, firmwareCall } from './firmware.ts';

/** Writes the hart's own register (`stimecmp`). Only on a hart that has it. */
export declare function timerCompareSet(time: u64): void;

/** The function of the timer extension that sets the timer (SBI specification, "Timer Extension"). */
const TIME_SET: u64 = 0n;

/** Whether every hart has the register. Written once, at boot. */
let direct = false;

/** Says whether the device tree lists the register for every hart. Called once, at boot. */
export function timerStart(hasRegister: boolean): void {
  direct = hasRegister;
}

/** Interrupts this hart at a time, in ticks of the time counter; takes an earlier interrupt away. */
export function timerSet(time: u64): void {
  if (direct) timerCompareSet(time);
  else firmwareCall(FIRMWARE_TIME, TIME_SET, time, 0n, 0n);
}
