/** W1: signals before, between and after Wait and Run; by the scheduler and by another thread. */

import { ERROR_BAD_ARGUMENT, ERROR_MISSING_RIGHTS, ERROR_OK } from '../../../../kernel-src/abi/errors.ts';
import { EVENT_INTERRUPTED, EVENT_WAITING, EVENT_YIELDED } from '../../../../kernel-src/abi/events.ts';
import { IDENTIFIER_ITSELF } from '../../../../kernel-src/abi/identifiers.ts';
import { RIGHT_THREAD_SIGNAL } from '../../../../kernel-src/abi/rights.ts';
import { DEADLINE_NEVER } from '../../../../kernel-src/abi/thread-operations.ts';
import {
  capabilityTableClear,
  capabilityTableCopy,
  itselfWait,
  itselfYield,
  threadSignal,
} from '../../../../user/lib/generated/operations.ts';
import { tapAnswer, tapCheck } from '../tap.ts';
import { COMPONENT, makeThread, run, SLOTS, SLOTS_COUNT, TABLE } from '../workshop.ts';
import { blockAddress, blockSet, blockWord } from '../blocks.ts';
import { PROGRAM_SIGNALS, PROGRAM_WAITS } from './numbers.ts';

const WAITS: u64 = SLOTS;
const SIGNALS: u64 = SLOTS + 1n;
const MASKED: u64 = SLOTS + 2n;

/** Runs the waiting thread, which has a signal, until it waits again; it has got these signals. */
function gets(signals: u64, times: u64): boolean {
  if (!tapAnswer(run(WAITS, DEADLINE_NEVER, 0x10n), ERROR_OK, EVENT_WAITING, times)) return false;
  return blockWord(0, 0) === signals && blockWord(0, 1) === times;
}

/** The moments at which a signal can come; the scheduler is this thread, the outermost one. */
export function checkSignals(own: u64): void {
  capabilityTableClear(TABLE, SLOTS, SLOTS_COUNT);
  blockSet(0, 1, 0n);
  tapCheck(makeThread(WAITS, COMPONENT, PROGRAM_WAITS, 0n, blockAddress(0)), 'a thread that waits is made');
  tapCheck(tapAnswer(threadSignal(WAITS, 4n), ERROR_OK, 0n, 0n), 'it is signalled before it has run');
  tapCheck(gets(4n, 1n), 'W1: its first Wait answers at once');
  tapCheck(tapAnswer(run(WAITS, DEADLINE_NEVER, 0x10n), ERROR_OK, EVENT_WAITING, 1n), 'without a signal it waits on');
  tapCheck(threadSignal(WAITS, 1n).error === ERROR_OK, 'it is signalled while it waits');
  tapCheck(threadSignal(WAITS, 2n).error === ERROR_OK, 'and again');
  tapCheck(tapAnswer(itselfWait(IDENTIFIER_ITSELF), ERROR_OK, 0x10n, 2n), 'W1: its runner gets the wake bits');
  tapCheck(gets(3n, 2n), 'W1: it gets both signals at once');
  tapCheck(tapAnswer(run(WAITS, 0n, 0x10n), ERROR_OK, 4n, 2n), 'a deadline in the past comes before the signals');
  tapCheck(threadSignal(WAITS, 8n).error === ERROR_OK, 'it is signalled');
  tapCheck(tapAnswer(run(WAITS, 0n, 0x10n), ERROR_OK, 4n, 3n), 'it does not run after its deadline');
  tapCheck(gets(8n, 3n), 'W1: the signal is still there');
  tapCheck(tapAnswer(itselfWait(IDENTIFIER_ITSELF), ERROR_OK, 0x10n, 4n), 'so are the wake bits');

  tapCheck(threadSignal(own, 0x20n).error === ERROR_OK, 'the outermost thread signals itself');
  tapCheck(tapAnswer(itselfWait(IDENTIFIER_ITSELF), ERROR_OK, 0x20n, 5n), 'and gets it');
  tapCheck(tapAnswer(itselfYield(IDENTIFIER_ITSELF), ERROR_OK, 0n, 6n), 'its Yield answers');
  const copied = capabilityTableCopy(TABLE, MASKED, WAITS, RIGHT_THREAD_SIGNAL, 0n, 0n, 6n);
  tapCheck(copied.error === ERROR_OK, 'a capability for some signals is made');
  tapCheck(tapAnswer(threadSignal(MASKED, 3n), ERROR_MISSING_RIGHTS, 1n, 7n), 'others cannot be given with it');
  tapCheck(tapAnswer(threadSignal(MASKED, 0n), ERROR_BAD_ARGUMENT, 0n, 8n), 'nor none');
  checkOther();
}

/** A signal by another thread, which this one runs: the Run ends, so that the scheduler can run the one that was waiting. */
function checkOther(): void {
  blockSet(1, 0, MASKED);
  blockSet(1, 1, 2n);
  blockSet(1, 2, 99n);
  tapCheck(makeThread(SIGNALS, COMPONENT, PROGRAM_SIGNALS, 0n, blockAddress(1)), 'a thread that signals is made');
  const signalled = run(SIGNALS, DEADLINE_NEVER, 0n);
  tapCheck(tapAnswer(signalled, ERROR_OK, EVENT_INTERRUPTED, 9n), 'its signal ends the Run of the outermost thread');
  tapCheck(blockWord(1, 2) === 99n, 'it stands in the middle of its call');
  tapCheck(gets(2n, 4n), 'the other one gets the signal');
  tapCheck(tapAnswer(run(SIGNALS, DEADLINE_NEVER, 0n), ERROR_OK, EVENT_YIELDED, 10n), 'it goes on');
  tapCheck(blockWord(1, 2) === ERROR_OK, 'its call has answered Ok');
  tapCheck(tapAnswer(itselfWait(IDENTIFIER_ITSELF), ERROR_OK, 0x10n, 11n), 'the scheduler has its wake bits');
}
