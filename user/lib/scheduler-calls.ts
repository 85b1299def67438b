/** What the scheduler (`user/scheduler`) and whoever makes and calls it agree on. */

import { type Outcome } from '../../kernel-src/abi/outcome.ts';
import { serverInvoke } from './calls.ts';
import { type Results } from './invoke-results.ts';

/** Slot of its table: the thread that calls it, with the right to signal it `SIGNAL_MARK`. */
export const SCHEDULER_SELF: u64 = 3n;
/** Slots of its table, from here on: the threads, with the right to run. */
export const SCHEDULER_THREADS: u64 = 16n;
/** How many slices a second has. */
export const SLICES_PER_SECOND: u64 = 100n;

/**
 * Runs `count` threads in turn until one of those in the set `awaited` has ended. Answers a `REPLY` number; in `results.a2` which
 * thread it was, in `a3` the event (0 if it could not be run), in `a4` the cause of a fault, or the error.
 */
export function schedulerCall(invocation: u64, count: u64, awaited: u64, results: Results): Outcome {
  return serverInvoke(invocation, count, awaited, 0n, 0n, results);
}
