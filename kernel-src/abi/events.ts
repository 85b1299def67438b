/**
 * The events with which a Run ends: the answer of Thread.Run in `a1`. What the
 * further registers hold stands with each; those that are not named are zero.
 */

/** The thread has yielded. */
export const EVENT_YIELDED: u64 = 1n;
/** The thread waits, and has no signal. */
export const EVENT_WAITING: u64 = 2n;
/** The thread has faulted: `a2` is the cause. With the right to registers, `a3` is the address and `a4` the pc. Run again, it repeats the instruction. */
export const EVENT_FAULT: u64 = 3n;
/** The deadline has passed. */
export const EVENT_DEADLINE_PASSED: u64 = 4n;
/** The caller has signals, or something concerned a thread further out: a deadline, a signal, a death. The thread that was run is idle where it stands. */
export const EVENT_INTERRUPTED: u64 = 5n;
/** The thread has returned from its first component. It cannot go on until its pc was written. */
export const EVENT_EXITED: u64 = 6n;
/** The component that the thread is in was retired. */
export const EVENT_COMPONENT_DIED: u64 = 7n;
