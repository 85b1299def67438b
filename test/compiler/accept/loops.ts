/** Loops: every form, and where `continue` and `break` go. */

let calls: u32 = 0;
class Table {
  readonly words = array(u32, 6);
}
const table = new Table();

function count(): u32 {
  calls += 1;
  return calls;
}

export function upTo(n: u32): u32 {
  let sum: u32 = 0;
  for (let i: u32 = 0; i < n; i++) {
    bound(100);
    sum += i;
  }
  return sum;
}
// call upTo(10) = 45
// call upTo(100) = 4950
// call upTo(101) traps
// call upTo(0) = 0

export function downFrom(n: u32): u32 {
  let digits: u32 = 0;
  for (let i: u32 = n; i > 0; i--) {
    bound(8);
    digits = digits * 10 + i;
  }
  return digits;
}
// call downFrom(5) = 54321

/** `i >= 0` always holds for an unsigned integer: only the bound ends this loop. */
export function downPastZero(): u32 {
  let rounds: u32 = 0;
  for (let i: u32 = 3; i >= 0; i--) {
    bound(10);
    rounds += 1;
  }
  return rounds;
}
// call downPastZero() traps

export function steps(): u32 {
  let digits: u32 = 0;
  for (let i: u32 = 0; i < 10; i += 3) digits = digits * 10 + i;
  return digits;
}
// call steps() = 369

/** Two limits: the constant one, on either side, proves the bound and the index. */
export function filled(n: u32): u32 {
  let sum: u32 = 0;
  for (let i: u32 = 0; i < 6 && i < n; i++) table.words[i] = i + 1;
  for (let i: u32 = 0; count() < 3 && i < n && i < 6 && table.words[i] !== 5; i++) sum += table.words[i];
  for (let i: u32 = 5; i > 0 && i < n; i--) sum += 10;
  return sum;
}
// call filled(2) = 3
// call filled(9) = 50

export function whileWithBound(n: u32): u32 {
  let left: u32 = n;
  let rounds: u32 = 0;
  while (left !== 0) {
    bound(5);
    left -= 1;
    rounds += 1;
  }
  return rounds;
}
// call whileWithBound(5) = 5
// call whileWithBound(6) traps
// call whileWithBound(0) = 0

export function forever(n: u32): u32 {
  let i: u32 = 0;
  while (true) {
    bound(20);
    if (i === n) return i;
    i += 1;
  }
}
// call forever(7) = 7
// call forever(20) traps

/** The condition is evaluated once more than the body runs, also after `continue`. */
export function conditionWithCalls(): u32 {
  calls = 0;
  let odd: u32 = 0;
  while (count() < 6) {
    bound(10);
    if ((calls & 1) === 0) continue;
    odd += 1;
  }
  return calls * 10 + odd;
}
// call conditionWithCalls() = 63

export function continueInSwitchInFor(): u32 {
  let digits: u32 = 0;
  for (let i: u32 = 0; i < 6; i++) {
    switch (i) {
      case 1:
      case 3:
        continue;
      case 4:
        break;
      default:
        digits = digits * 10 + i;
        break;
    }
    digits = digits * 10 + 9;
  }
  return digits;
}
// call continueInSwitchInFor() = 929959

export function breakOutOfFor(): u32 {
  let last: u32 = 0;
  for (let i: u32 = 0; i < 10; i++) {
    if (i === 4) break;
    last = i;
  }
  return last;
}
// call breakOutOfFor() = 3

export function nested(): u32 {
  let pairs: u32 = 0;
  for (let i: u32 = 0; i < 4; i++) {
    for (let j: u32 = 0; j < 4; j++) {
      if (j > i) break;
      if (j === 1) continue;
      pairs = pairs * 2 + 1;
    }
  }
  return pairs;
}
// call nested() = 127

export function overArray(): u32 {
  let place: u32 = 1;
  for (let i: u32 = 0; i < 6; i++) table.words[i] = i + 1;
  let digits: u32 = 0;
  for (const word of table.words) {
    if (word === 3) continue;
    if (word === 6) break;
    digits += word * place;
    place *= 10;
  }
  return digits;
}
// call overArray() = 5421

export function overRange(n: u32): u32 {
  let sum: u32 = 0;
  for (const i of range(n)) {
    bound(16);
    if (i === 2) continue;
    sum += i;
  }
  return sum;
}
// call overRange(5) = 8
// call overRange(17) traps

export function overConstantRange(): u32 {
  let sum: u32 = 0;
  for (const i of range(6)) sum += table.words[i];
  return sum;
}
// call overConstantRange() = 21

/** The limit of a range is evaluated once. */
export function rangeOnce(): u32 {
  calls = 2;
  let rounds: u32 = 0;
  for (const i of range(count())) {
    bound(10);
    calls = 9;
    rounds += i + 1;
  }
  return rounds;
}
// call rangeOnce() = 6

export function shadowedInLoop(): u32 {
  const i: u32 = 7;
  let sum: u32 = 0;
  for (let i: u32 = 0; i < 3; i++) {
    const sum2: u32 = i * 2;
    sum += sum2;
  }
  for (const i of range(2)) sum += i;
  return sum * 10 + i;
}
// call shadowedInLoop() = 77

export function bigCounter(): u64 {
  let sum: u64 = 0n;
  for (let i: u64 = 0n; i < 5n; i += 2n) sum = sum * 10n + i;
  return sum;
}
// call bigCounter() = 24n

/** The update of this loop finds its place by a call, once a round, also after `continue`. */
export function updateWithCall(): u32 {
  calls = 0;
  table.words[0] = 0;
  for (let i: u32 = 0; table.words[0] < 5; table.words[zero()] += 1) {
    bound(9);
    i += 1;
    if (i === 2) continue;
    if (i === 5) break;
    calls += 10;
  }
  return calls * 10 + table.words[0];
}
function zero(): u32 {
  calls += 1;
  return 0;
}
// call updateWithCall() = 344
