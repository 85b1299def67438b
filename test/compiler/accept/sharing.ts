/** Two words that two harts write and read crosswise: what a machine that delays stores shows, and what a fence forbids. */

/** A fence of the machine; gives its operand back. @shared */
export declare function acceptFence(value: u64): u64;

class Flags {
  readonly raised = array(atomic(u64), 2);
}
const flags = new Flags();

/** Raises one flag and looks at the other. */
export function raiseThenLook(mine: u32): u64 {
  flags.raised[mine & 1].store(1n);
  return flags.raised[(mine + 1) & 1].load();
}
// call raiseThenLook(0) = 0n
// call raiseThenLook(1) = 1n

/** The same with a fence in between: of two harts, at least one sees the other's flag. */
export function raiseFenceLook(mine: u32): u64 {
  flags.raised[mine & 1].store(1n);
  acceptFence(0n);
  return flags.raised[(mine + 1) & 1].load();
}
// call raiseFenceLook(1) = 1n
