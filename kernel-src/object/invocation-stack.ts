/**
 * The invocation stack of a thread: how an invocation ends that does not
 * return, because its component faulted or died. This is the slow way: it
 * leaves the caller's registers in the frame of the thread.
 */

import { ERROR_DEAD } from '../abi/errors.ts';
import { virtualAddress } from '../base/address.ts';
import {
  INVOCATION_ENTRIES,
  InvocationEntry,
  invocationEntryAt,
  REGISTER_PC,
  threadAnswer,
  threadComponentIsAlive,
  type ThreadFrame,
  threadIsInvoking,
} from './thread.ts';

/** Bytes from one entry to the next. */
export const INVOCATION_SIZE: u64 = u64(sizeof<InvocationEntry>());

/** Gives a thread the registers of the caller in an entry, whose Call answers an error. */
function restore(thread: ThreadFrame, entry: InvocationEntry, error: u64): void {
  thread.floatingUsed = 0;
  thread.registers[REGISTER_PC] = entry.pc;
  thread.registers[1] = entry.ra;
  thread.registers[2] = entry.sp;
  thread.registers[3] = entry.gp;
  thread.registers[4] = entry.tp;
  thread.registers[8] = entry.saved[0];
  thread.registers[9] = entry.saved[1];
  for (let index: u32 = 2; index < 12; index++) thread.registers[16 + index] = entry.saved[index];
  threadAnswer(thread, error, 0n);
}

/**
 * Ends the innermost invocation of a thread, and all whose callers are dead: the Call of the nearest live caller
 * answers `error` if it is the innermost one, else Dead. False if there is no live caller: then the stack is empty, and
 * the thread is back in the dead component from which it came; nothing of a server is left in its frame.
 * The floating-point state of what ended is nobody's; the caller of this function turns the registers off.
 */
export function invocationAbort(thread: ThreadFrame, error: u64): boolean {
  if (!threadIsInvoking(thread)) return false;
  let answer = error;
  let isAlive = false;
  for (let level: u32 = 0; level < INVOCATION_ENTRIES; level++) {
    thread.top = thread.top - INVOCATION_SIZE;
    isAlive = threadComponentIsAlive(thread);
    if (isAlive || !threadIsInvoking(thread)) break;
    answer = ERROR_DEAD;
  }
  restore(thread, invocationEntryAt(virtualAddress(thread.top + INVOCATION_SIZE)), answer);
  return isAlive;
}
