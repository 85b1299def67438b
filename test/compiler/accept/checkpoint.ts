/** A class, a 64-bit integer, an atomic word and a loop: the smallest program that needs every part of the compiler. */

/** A counter that two harts share. */
class Counter {
  /** Calls counted so far; any hart. */
  readonly calls = atomic(u64);
  /** Calls of `countTo` so far; one hart. */
  rounds: u32 = 0;
}

const counter = new Counter();

/** Counts one call by one atomic addition: nothing is ever lost. */
export function countByAdd(): u64 {
  return counter.calls.add(1n);
}
// call countByAdd() = 0n
// call countByAdd() = 1n

/** Counts one call by a load and a store: loses a call when another hart comes in between. */
export function countByLoadAndStore(): u64 {
  const before = counter.calls.load();
  counter.calls.store(before + 1n);
  return before;
}
// call countByLoadAndStore() = 2n
// call countByLoadAndStore() = 3n

export function counted(): u64 {
  return counter.calls.load();
}
// call counted() = 4n

/** The sum of 1 to `limit`, added up in the counter. */
export function countTo(limit: u32): u64 {
  let sum: u64 = 0n;
  for (const i of range(limit)) {
    bound(1000);
    sum += u64(i) + 1n;
  }
  counter.rounds += 1;
  counter.calls.add(sum);
  return sum;
}
// call countTo(10) = 55n
// call countTo(1000) = 500500n
// call countTo(1001) traps
// call counted() = 500559n

export function rounds(): u32 {
  return counter.rounds;
}
// call rounds() = 2
