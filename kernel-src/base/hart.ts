/**
 * The block of state of each hart. It lies where the machine puts it (on
 * RISC-V: at the upper end of the hart's stack, so that the swapped `sp`
 * points at it on entry); assembly uses its fields by their offsets.
 */

/** State of one hart. "Own hart" also means the assembly that runs on it. */
export class Hart {
  /** `sp` of the component while the kernel runs. Written by the entry path of the own hart. */
  userSp: u64 = 0n;
  /** `ra` of the component while the kernel runs a system call. Written by the entry path of the own hart. */
  userRa: u64 = 0n;
  /** A register that the entry path needs for itself before it knows why it was entered. Own hart only. */
  scratch: u64 = 0n;
  /** Kernel address of the `ThreadFrame` of the thread that runs here. Written by the own hart when it switches. */
  thread: u64 = 0n;
  /** Kernel address of the first-level `CapabilityTable` of the component that runs here. Written with `thread`. */
  table: u64 = 0n;
  /** The operation in progress, for the record of a kernel bug. Written by the own hart at each system call. */
  operation: u64 = 0n;
  /** The slot's header that the look-up checked: what an operation reads of the slot belongs to it only if the header is still this one. Own hart only. */
  header: u64 = 0n;
  /** The component that runs here: frame number in bits 0 to 31, incarnation in bits 32 to 63. A weak reference; written with `thread`. */
  component: u64 = 0n;
  /** Position of this hart, 0 to `HART_LIMIT` - 1: the one that boots is 0. Written once, at boot. */
  index: u64 = 0n;
  /** The firmware's number of this hart (`mhartid`). Written once, at boot. */
  identifier: u64 = 0n;
  /** Lower end of the stack on which a kernel bug of this hart is reported. Written once, at boot. */
  emergencyStack: u64 = 0n;
  readonly reserved = array(u64, 3);
  /** The epoch up to which this hart holds nothing stale. Written by the own hart (release), read by all (acquire). */
  readonly done = atomic(u64);
  /** Not 0: run the entry sequence of the epoch before anything else. Set by any hart, cleared by the own one by a swap. */
  readonly attention = atomic(u64);
}
staticAssert(sizeof<Hart>() === 128);

/** The block of the calling hart. */
export declare function currentHart(): Hart;

/**
 * The block of the calling hart, for a function that assembly enters with the stack of the kernel empty: the block lies
 * where that stack ends. Shorter than `currentHart`, and wrong in every other function.
 */
export declare function hartOnEntry(): Hart;

/** The block of the hart at a position, which is below `HART_LIMIT`. */
export declare function hartAt(index: u32): Hart;
