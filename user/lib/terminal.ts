/** What the console driver (`user/console`) and its clients agree on, and how a client calls it. */

import { ERROR_OK } from '../../kernel-src/abi/errors.ts';
import { IDENTIFIER_ITSELF } from '../../kernel-src/abi/identifiers.ts';
import { type Outcome } from '../../kernel-src/abi/outcome.ts';
import { serverInvoke } from './calls.ts';
import { itselfWait } from './generated/operations.ts';
import { Results } from './invoke-results.ts';
import { REPLY_FULL, REPLY_NO_STACK } from './server.ts';

/** Writes: `first` is how many bytes, `second` the bytes, the first one in the lowest bits. */
export const TERMINAL_WRITE: u64 = 0n;
/** Reads: replies how many bytes, and the bytes. None: the caller's thread gets `TERMINAL_SIGNAL` when there are some. */
export const TERMINAL_READ: u64 = 1n;
/** Replies how many interrupts there were, how many bytes came, and how many were written. */
export const TERMINAL_COUNTS: u64 = 2n;
/** Most bytes of a call. */
export const TERMINAL_BYTES: u64 = 7n;
/** The signal that there is input, or room for output: to a thread that was told that there was none. */
export const TERMINAL_SIGNAL: u64 = 0x100n;
/** Badges of clients: 0 to 7. Only the first reads. */
export const TERMINAL_CLIENTS: u64 = 8n;
export const TERMINAL_READER: u64 = 0n;

/** Tries of one call: a client whose output finds no room so often is not let through. */
const TRIES: u32 = 0x1_0000;
const results = new Results();

/**
 * Writes 1 to 7 bytes; waits for room. A thread that waits takes its other signals, too: it looks at what they are for
 * afterwards.
 */
export function terminalPrint(terminal: u64, bytes: u64, count: u64): void {
  for (let attempt: u32 = 0; attempt < TRIES; attempt++) {
    const answer = serverInvoke(terminal, TERMINAL_WRITE, count, bytes, 0n, results);
    assert(answer.error === ERROR_OK);
    if (answer.value !== REPLY_FULL && answer.value !== REPLY_NO_STACK) return;
    if (answer.value === REPLY_FULL) itselfWait(IDENTIFIER_ITSELF);
  }
}

/** Reads: the value is how many bytes, and they are in `found.a3`. 0: there will be a signal. */
export function terminalRead(terminal: u64, found: Results): Outcome {
  const answer = serverInvoke(terminal, TERMINAL_READ, 0n, 0n, 0n, found);
  return answer.error === ERROR_OK ? { error: answer.value, value: found.a2 } : answer;
}

/** Asks for the driver's counts: interrupts in `found.a2`, bytes that came in `a3`, bytes that were written in `a4`. */
export function terminalCounts(terminal: u64, found: Results): Outcome {
  return serverInvoke(terminal, TERMINAL_COUNTS, 0n, 0n, 0n, found);
}
