/** Calling a server, and running a thread: the operations with several results. */

import { type Outcome } from '../../kernel-src/abi/outcome.ts';
import { OPERATION_INVOCATION_CALL } from '../../kernel-src/abi/invocation-operations.ts';
import { OPERATION_THREAD_RUN } from '../../kernel-src/abi/thread-operations.ts';
import { invokeResults, Results } from './invoke-results.ts';

/**
 * Calls a server. The answer's error is the kernel's, its value the server's first result: by custom a `REPLY` number. The
 * three results after it are left in `results.a2` to `a4`.
 */
export function serverInvoke(
  invocation: u64,
  first: u64,
  second: u64,
  third: u64,
  fourth: u64,
  results: Results,
): Outcome {
  return invokeResults(first, second, third, fourth, 0n, 0n, OPERATION_INVOCATION_CALL, invocation, results);
}

/** Runs a thread as Thread.Run does: the event is the value, what is told of a fault is left in `results.a2` to `a4`. */
export function threadRunEvent(thread: u64, deadline: u64, wakeBits: u64, results: Results): Outcome {
  return invokeResults(deadline, wakeBits, 0n, 0n, 0n, 0n, OPERATION_THREAD_RUN, thread, results);
}
