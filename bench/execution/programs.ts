/** The programs in `programs.S`, and what they leave. */

import { type Outcome } from '../../kernel-src/abi/outcome.ts';

export const SERVER_RETURNS: u64 = 0n;
export const PROGRAM_YIELDS: u64 = 1n;
export const PROGRAM_WAITS: u64 = 2n;
export const PROGRAM_SIGNALS: u64 = 3n;
export const PROGRAM_LOADS: u64 = 4n;
export const PROGRAM_INTERRUPTS: u64 = 5n;

/** Readings of the counter before and after a measured call. */
export const READING_START: u64 = 0n;
export const READING_END: u64 = 1n;
/** Readings of a thread: before and after what it did. */
export const READING_THREAD_START: u64 = 2n;
export const READING_THREAD_END: u64 = 3n;

/** The address of a program. */
export declare function programAt(index: u64): u64;
/** A reading. */
export declare function readingAt(index: u64): u64;
/** Runs a thread without a deadline. Answers the event. */
export declare function measureRun(thread: u64): Outcome;
/** Gives a thread a signal, then runs it without a deadline. Answers the event. */
export declare function measureSignal(thread: u64): Outcome;
/** Runs one thread, then the other, both without a deadline. Answers the event of the second. */
export declare function measureRuns(first: u64, second: u64): Outcome;

/** The instructions between two readings: an empty pair counts 1. */
export function readingsBetween(start: u64, end: u64): u64 {
  return readingAt(end) - readingAt(start) - 1n;
}
