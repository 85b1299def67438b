/**
 * A thread: saved registers, state, and the invocation stack, in one frame.
 *
 * A thread has a home hart, and only that hart touches its frame, except the
 * two words that are atomic. So everything else needs no protocol.
 */

import { type VirtualAddress } from '../base/address.ts';

/** What Call keeps of a caller, and Return gives back. */
export class InvocationEntry {
  /** The caller's component: frame number in bits 0 to 31, incarnation in bits 32 to 63. A weak reference; matches nothing in the sentinel. */
  component: u64 = 0n;
  /** Where the caller goes on. */
  pc: u64 = 0n;
  ra: u64 = 0n;
  sp: u64 = 0n;
  gp: u64 = 0n;
  tp: u64 = 0n;
  /** `s0` to `s11`. */
  readonly saved = array(u64, 12);
}
staticAssert(sizeof<InvocationEntry>() === 144);

/** Entries of an invocation stack: the sentinel and 19 levels. */
export const INVOCATION_ENTRIES: u32 = 20;

/** The frame of a thread. Written by its home hart only, but for the two atomic words. */
export class ThreadFrame {
  /** The registers while the thread does not run: `x1` to `x31` by their number, and the pc in place of `x0`. */
  readonly registers = array(u64, 32);
  /** `f0` to `f31`, valid when `floatingUsed` is 1. */
  readonly floating = array(u64, 32);
  /** The floating-point control and status register. */
  fcsr: u64 = 0n;
  /** 1 when the thread has floating-point state. */
  floatingUsed: u64 = 0n;
  /** State in bits 0 to 7, depth of the invocation stack in bits 8 to 15, home hart in bits 16 to 23. */
  status: u64 = 0n;
  /** The component that the thread is in: frame number in bits 0 to 31, incarnation in bits 32 to 63. A weak reference. */
  component: u64 = 0n;
  /** What `satp` is while the thread runs: copied from the component when the thread enters it. */
  satp: u64 = 0n;
  /** Kernel address of the first-level capability table: copied from the component when the thread enters it. */
  table: u64 = 0n;
  /** Time, in ticks of the time counter, at which a Run of this thread ends. */
  deadline: u64 = 0n;
  /** Bits that the thread gives its runner when it is signalled while it waits. */
  wakeBits: u64 = 0n;
  /** Signals that the thread has not taken yet. ORed by any hart, swapped with 0 by the home hart. */
  readonly pending = atomic(u64);
  /** The thread that runs this one: frame number and incarnation, or 0. A weak reference; written by the home hart, read by any. */
  readonly runner = atomic(u64);
  readonly reserved = array(u64, 78);
  /** Ends where the frame ends. Entry 0 is the sentinel. */
  readonly invocations = array(InvocationEntry, 20);
}
staticAssert(sizeof<ThreadFrame>() === 4096);
staticAssert(offsetof<ThreadFrame>('registers') === 0);

/** The thread at a kernel address, which a slot or a hart names as one. */
export function threadAt(address: VirtualAddress): ThreadFrame {
  return objectAt<ThreadFrame>(address);
}
