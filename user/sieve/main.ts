/**
 * Counts primes with the sieve of Eratosthenes, in memory that it was not given:
 * a pager maps each page when it is touched first.
 */

import { IDENTIFIER_ITSELF } from '../../kernel-src/abi/identifiers.ts';
import { printDecimal, printStart, printText } from '../lib/console.ts';
import { itselfReturn } from '../lib/generated/operations.ts';
import { memoryByte, memorySetByte } from '../lib/memory.ts';
import { PAGED_BASE } from '../lib/service-slots.ts';

/** One byte for each number below it: 16 pages. */
const NUMBERS: u64 = 65536n;
/** Its square root. */
const ROOT: u64 = 256n;

/** Marks the multiples of a number. */
function markMultiples(number: u64): void {
  for (let multiple: u64 = number * number; multiple < NUMBERS; multiple += number) {
    bound(65536);
    memorySetByte(PAGED_BASE + multiple, 1);
  }
}

/** Entered by the start file. */
export function componentMain(): never {
  printStart();
  let primes: u64 = 0n;
  for (let number: u64 = 2n; number < NUMBERS; number++) {
    if (memoryByte(PAGED_BASE + number) !== 0) continue;
    primes = primes + 1n;
    if (number < ROOT) markMultiples(number);
  }
  printText('sieve: ');
  printDecimal(primes);
  printText(' primes below 65536, in pages that came when they were touched\n');
  itselfReturn(IDENTIFIER_ITSELF, 0n, 0n, 0n, 0n);
  unreachable();
}
