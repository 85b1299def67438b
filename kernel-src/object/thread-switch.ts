/**
 * The ways from one thread to another. They are assembly (`switch.S`), reached
 * by jumps only: at that moment the hart's stack is empty, `s0` to `s11`, `gp`
 * and `tp` are those of the component that entered the kernel, and its other
 * registers are where the entry left them. They answer an Outcome to nobody:
 * so they are called in the place of a result.
 */

import { type Outcome } from '../abi/outcome.ts';
import { type InvocationEntry, type ThreadFrame } from './thread.ts';

/** Leaves a thread inside a system call: keeps what a call keeps, and the floating-point state, in its frame; then `threadContinue`. */
export declare function threadSwitch(to: ThreadFrame, satp: u64, from: ThreadFrame): Outcome;
/** As `threadSwitch`, to a thread that left by a system call too, whose answer is Ok with a value. */
export declare function threadSwitchAnswer(to: ThreadFrame, satp: u64, from: ThreadFrame, value: u64): Outcome;
/** Leaves a thread after a trap that has saved its registers: keeps the floating-point state; then `threadContinue`. */
export declare function threadLeave(to: ThreadFrame, satp: u64, from: ThreadFrame): Outcome;
/** As `threadLeave`, to a thread that left by a system call, whose answer is Ok with a value. */
export declare function threadLeaveAnswer(to: ThreadFrame, satp: u64, from: ThreadFrame, value: u64): Outcome;
/** Goes on with a thread whose registers are in its frame, in an address space. */
export declare function threadContinue(to: ThreadFrame, satp: u64): Outcome;
/** Goes on with the thread that trapped, as it was. */
export declare function threadRestore(to: ThreadFrame): Outcome;
/** Keeps what a call keeps of the outermost thread in its frame, then waits for an interrupt, and enters `idleWake`. */
export declare function threadSleep(from: ThreadFrame): Outcome;
/** Waits for an interrupt once more. */
export declare function threadSleepAgain(): Outcome;
/** Keeps what the caller needs in an entry, clears every register that is not an argument, and enters a component at the pc that is set. */
export declare function invocationEnter(
  a0: u64,
  a1: u64,
  a2: u64,
  a3: u64,
  badge: u64,
  token: u64,
  entry: InvocationEntry,
  satp: u64,
): Outcome;
/** Gives a caller its registers back: `a0` is Ok, `a1` to `a4` are the results. */
export declare function invocationLeave(a0: u64, a1: u64, a2: u64, a3: u64, satp: u64, entry: InvocationEntry): Outcome;

/** Bytes of the instruction that makes a system call. */
export const SYSTEM_CALL_SIZE: u64 = 4n;

/** Where the component entered the kernel (`sepc`): after a system call it goes on `SYSTEM_CALL_SIZE` behind. */
export declare function trapPc(): u64;
/** Sets that. Bit 0 is ignored. */
export declare function trapPcSet(pc: u64): void;
/** Whether floating point is on, that is Dirty, for the component that entered the kernel (`sstatus.FS`). */
export declare function floatingIsOn(): boolean;
/** Turns floating point off: its registers are nobody's. */
export declare function floatingOff(): void;
/** Turns floating point on with all registers zero. False if the hart has none. */
export declare function floatingStart(): boolean;
