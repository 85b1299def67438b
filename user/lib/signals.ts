/** Signals of the calling thread. */

import { ERROR_OK } from '../../kernel-src/abi/errors.ts';
import { IDENTIFIER_ITSELF } from '../../kernel-src/abi/identifiers.ts';
import { itselfWait, threadSignal } from './generated/operations.ts';

/** The signal that a thread gives itself so that Wait does not stop it. No other may have this meaning. */
export const SIGNAL_MARK: u64 = 0x8000_0000_0000_0000n;

/**
 * Takes all signals that the calling thread has, and waits for none. The id `self` names the thread, with the right to signal it
 * the mark.
 */
export function signalsTake(self: u64): u64 {
  const marked = threadSignal(self, SIGNAL_MARK);
  assert(marked.error === ERROR_OK);
  return itselfWait(IDENTIFIER_ITSELF).value & ~SIGNAL_MARK;
}
