/** Checks: assertions, places never reached, functions that never return. */

import { acceptFence } from './sharing.ts';

/** Ends the program; the machine defines it. */
declare function acceptStop(code: u32): never;
/** Twice its operand. */
declare function acceptTwice(value: u32): u32;

export function asserted(n: u32): u32 {
  assert(n < 10);
  return n * 2;
}
// call asserted(9) = 18
// call asserted(10) traps

export function neverReached(n: u32): u32 {
  switch (n) {
    case 1:
      return 10;
    default:
      unreachable();
  }
}
// call neverReached(1) = 10
// call neverReached(2) traps

function give(code: u32): never {
  acceptStop(code);
}
export function stops(n: u32): u32 {
  if (n === 3) give(n);
  return n;
}
// call stops(2) = 2
// call stops(3) traps

export function external(n: u32): u32 {
  return acceptTwice(n) + acceptTwice(acceptTwice(n));
}
// call external(5) = 30

export function fenced(n: u64): u64 {
  return acceptFence(n) * 10n + acceptFence(n + 1n);
}
// call fenced(4n) = 45n

/** A failed check leaves what was done before it. */
let progress: u32 = 0;
export function progressThenTrap(n: u32): u32 {
  progress = 1;
  assert(n !== 0);
  progress = 2;
  return progress;
}
// call progressThenTrap(0) traps
export function progressNow(): u32 {
  return progress;
}
// call progressNow() = 1

/** Traps inside the operands of others: the first in the order of evaluation. */
export function firstTrap(a: u32, b: u32): u32 {
  return (10 / a) * 100 + 10 / b;
}
// call firstTrap(0, 1) traps
// call firstTrap(1, 0) traps
// call firstTrap(0, 0) traps
// call firstTrap(5, 5) = 202
