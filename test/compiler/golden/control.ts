/** Statements: the C has the shape of the source, and its line numbers. */

let state: u32 = 0;

/** Stops. */
export declare function halt(): never;
/** Told about every step.
 * @shared
 */
export declare function notice(step: u32): void;

/**
 * Cases with and without blocks.
 */
export function controlSwitch(kind: u32, value: u64): u32 {
  switch (kind) {
    case 0:
    case 1:
      return 10;
    case 2: {
      const low: u32 = u32.wrap(value);
      state = low;
      break;
    }
    default:
      state = 0;
      break;
    case 7:
      for (let i: u32 = 0; i < 3; i++) {
        if (i === state) continue;
        notice(i);
      }
  }
  return 1;
}

export function controlIf(a: u32): u32 {
  if (a > 100) return 1;

  // A comment of the source leaves a gap.
  if (a > 50) {
    notice(a);
  } else if (a > 20) {
    state += a;
  } else {
    state -= 1;
    return 2;
  }
  assert(state > 0);
  return 3;
}

// Larger gaps need a line directive.

export function controlLoops(limit: u32): u32 {
  let sum: u32 = 0;
  for (let outer: u32 = 0; outer < 4; outer++) {
    for (let inner: u32 = 0; inner < 4; inner += 2) sum += inner;
  }
  for (const i of range(limit)) {
    bound(16);
    sum += i;
  }
  while (true) {
    bound(64);
    sum++;
    if (sum > 40) break;
  }
  return sum;
}

/** Refuses to go on.
 * @cold
 */
export function controlStop(): never {
  state = 0xffff_ffff;
  halt();
}
export function controlNever(a: u32): u32 {
  if (a > 4) {
    unreachable();
  }
  if (a > 2) controlStop();
  return a;
}
