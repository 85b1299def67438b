/**
 * A component that goes astray. It looks for the number below a limit that takes the most steps to 1 (halve it if it is
 * even, else take three times the number and one), from above, and answers its watchdog now and then. But it does not end
 * at 1, and 0 never comes to 1. The watchdog retires it, and takes its memory back.
 */

import { BOOT_SLOT_THREAD } from '../../kernel-src/abi/boot-info.ts';
import { IDENTIFIER_ITSELF } from '../../kernel-src/abi/identifiers.ts';
import { itselfReturn, threadSignal } from '../lib/generated/operations.ts';
import { CLIENT_WATCHDOG, WATCHDOG_ANSWERED, WATCHDOG_ASKS } from '../lib/service-slots.ts';
import { signalsTake } from '../lib/signals.ts';

const SELF: u64 = u64(BOOT_SLOT_THREAD);
const NUMBERS: u64 = 300_000n;
/** So many numbers are looked at from one look for signals to the next. */
const PART: u64 = 1000n;
/** The largest bound of a loop: minutes. */
const FOREVER: u64 = 0x8000_0000n;

class Longest {
  number: u64 = 0n;
  steps: u64 = 0n;
}
const longest = new Longest();

/** How many steps a number is from 1. */
function countSteps(number: u64): u64 {
  let value = number;
  for (let steps: u64 = 0n; steps < FOREVER; steps++) {
    if (value === 1n) return steps;
    value = (value & 1n) === 0n ? value >> 1n : 3n * value + 1n;
  }
  return FOREVER;
}

/** Answers the watchdog, if it has asked. */
function answer(): void {
  if ((signalsTake(SELF) & WATCHDOG_ASKS) !== 0n) threadSignal(CLIENT_WATCHDOG, WATCHDOG_ANSWERED);
}

/** Entered by the start file. */
export function componentMain(): never {
  for (let index: u64 = 1n; index <= NUMBERS; index++) {
    const number: u64 = NUMBERS - index;
    if (number % PART === PART - 1n) answer();
    const steps = countSteps(number);
    if (steps <= longest.steps) continue;
    longest.number = number;
    longest.steps = steps;
  }
  itselfReturn(IDENTIFIER_ITSELF, 0n, 0n, 0n, 0n);
  unreachable();
}
