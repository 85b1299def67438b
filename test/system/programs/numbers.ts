/** What the programs of the tests and the components that make them agree on. */

/** Slots of a worker: the counter under its badge, a second server or thread to tell. */
export const SLOT_COUNTER: u64 = 20n;
export const SLOT_OTHER: u64 = 21n;

/** Methods of the counter. */
export const COUNTER_ADD: u64 = 0n;
export const COUNTER_HOLD: u64 = 1n;
export const COUNTER_FAULT: u64 = 2n;
export const COUNTER_FREE: u64 = 3n;
/** What the counter has a pool for, and how many stacks. */
export const COUNTER_BADGES: u64 = 8n;
export const COUNTER_STACKS: u64 = 2n;

/** What a worker does: the second argument of its `componentMain`. */
export const WORKER_EXITS: u64 = 0n;
/** Calls HOLD, then adds 100 and the reply. */
export const WORKER_HOLDS: u64 = 1n;
/** Adds 1 for ever, and never gives its time away. */
export const WORKER_SPINS: u64 = 2n;
/** Adds 1 for each time that it was signalled, and waits for the next. */
export const WORKER_WAITS: u64 = 3n;
/** Adds 1, then faults. */
export const WORKER_FAULTS: u64 = 4n;
/** Signals what is in the other slot, and waits, 5 times; then it exits. */
export const WORKER_SIGNALS: u64 = 5n;
/** Yields after each 1 that it adds, for ever. */
export const WORKER_YIELDS: u64 = 6n;
/** Touches pages that a pager is to give it, adds 1 for each that was zero and keeps its word, then exits. */
export const WORKER_TOUCHES: u64 = 7n;
/** As before, then touches the page before the first one. */
export const WORKER_STRAYS: u64 = 8n;
/** Answers a watchdog for ever. */
export const WORKER_ANSWERS: u64 = 9n;
/** Answers three times, then never more. */
export const WORKER_HANGS: u64 = 10n;
/** Answers once, then waits for ever. */
export const WORKER_SLEEPS: u64 = 11n;
/** Waits for a signal and signals what is in the other slot, 5 times; then it exits. */
export const WORKER_REPLIES: u64 = 12n;
/** Ends lines by the console driver in the other slot, for ever. */
export const WORKER_WRITES: u64 = 13n;
