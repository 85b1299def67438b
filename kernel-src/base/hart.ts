/**
 * The block of state of each hart. It lies where the machine puts it (on
 * RISC-V: at the upper end of the hart's stack, so that the swapped `sp`
 * points at it on entry); assembly uses its fields by their offsets.
 */

/** State of one hart. "Own hart" also means the assembly that runs on it. */
export class Hart {
  /** What a store-conditional of the kernel names, to break the reservation of a thread. Nothing is written. Own hart only; first, for assembly. */
  reservation: u64 = 0n;
  /** `ra` of the component while the kernel runs. Written by the entry path of the own hart. */
  userRa: u64 = 0n;
  /** Kernel address of the `ThreadFrame` of the thread that runs here. Written by the own hart when it switches. */
  thread: u64 = 0n;
  /** Kernel address of the first-level `CapabilityTable` of the component that runs here. Written with `thread`. */
  table: u64 = 0n;
  /** The operation in progress, for the record of a kernel bug. Written by the own hart at each system call. */
  operation: u64 = 0n;
  /** Kernel address of the `ThreadFrame` of the outermost thread of the Run chain. Written once, when the hart starts. */
  outermost: u64 = 0n;
  /** The status word of an idle thread whose home this hart is. Written once, at boot. */
  home: u64 = 0n;
  /** Position of this hart, 0 to `HART_LIMIT` - 1: the one that boots is 0. Written once, at boot. */
  index: u64 = 0n;
  /** The firmware's number of this hart (`mhartid`). Written once, at boot. */
  identifier: u64 = 0n;
  /** Kernel address of the register by which this hart claims and completes interrupts; 0 without an interrupt controller. Written once, at boot. */
  claim: u64 = 0n;
  /** The time, in ticks of the time counter, for which the timer is set. Own hart only. */
  armed: u64 = 0n;
  /** The epoch up to which this hart holds nothing stale. Written by the own hart (release), read by all (acquire). */
  readonly done = atomic(u64);
  /** Not 0: run the entry sequence of the epoch before anything else. Set by any hart, cleared by the own one by a swap. */
  readonly attention = atomic(u64);
  /** Not 0: a signal has reached the outermost thread of this hart. Set by other harts before they interrupt this one, cleared by it by a swap. */
  readonly wake = atomic(u64);
  /** 1 when this hart can run threads. Written by the own hart, when it starts. */
  readonly runs = atomic(u64);
}
staticAssert(sizeof<Hart>() === 120);

/** Longest Run chain. */
export const CHAIN_LIMIT: u64 = 8n;

/** The block of the calling hart. */
export declare function currentHart(): Hart;

/**
 * The block of the calling hart, for a function that assembly enters with the stack of the kernel empty: the block lies
 * where that stack ends. Shorter than `currentHart`, and wrong in every other function: `tools/check-jumps.ts` looks
 * in each image that there is none.
 */
export declare function hartOnEntry(): Hart;

/** The block of the hart at a position, which is below `HART_LIMIT`. */
export declare function hartAt(index: u32): Hart;
