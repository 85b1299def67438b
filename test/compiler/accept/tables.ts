/** Constant tables: integers, texts, values and functions. */

type Operation = (a: u64, b: u64) => u64;
type Entry = { readonly code: u32; readonly run: Operation; readonly name: Text };

let applied: u32 = 0;

function plus(a: u64, b: u64): u64 {
  return a + b;
}
function minus(a: u64, b: u64): u64 {
  applied += 1;
  return a - b;
}
function times(a: u64, b: u64): u64 {
  return a * b;
}

const SQUARES: readonly u32[] = [0, 1, 4, 9, 16];
const WIDE: readonly u64[] = [0xffff_ffff_ffff_ffffn, 1n];
const SIGNED: readonly i8[] = [-128, 127];
const NAMES: readonly Text[] = ['zero', 'one', 'two'];
const ENTRIES: readonly Entry[] = [
  { code: 43, run: plus, name: 'plus' },
  { code: 45, run: minus, name: 'minus' },
  { code: 42, run: times, name: 'times' },
];
const OPERATIONS: readonly Operation[] = [plus, minus, times];

export function square(i: u32): u32 {
  return SQUARES[i];
}
// call square(4) = 16
// call square(5) traps

export function wide(i: u32): u64 {
  return WIDE[i];
}
// call wide(0) = 18446744073709551615n
// call wide(2) traps

export function signedEntry(i: u32): i32 {
  return SIGNED[i];
}
// call signedEntry(0) = -128

export function nameLength(i: u32): u32 {
  return textLength(NAMES[i]);
}
// call nameLength(0) = 4
// call nameLength(3) traps

export function operate(i: u32, a: u64, b: u64): u64 {
  return OPERATIONS[i](a, b);
}
// call operate(0, 7n, 5n) = 12n
// call operate(1, 5n, 7n) = 18446744073709551614n
// call operate(2, 5n, 7n) = 35n
// call operate(3, 1n, 1n) traps

export function operateByEntry(i: u32, a: u64, b: u64): u64 {
  const entry = ENTRIES[i];
  return entry.run(a, b) * 1000n + u64(entry.code) * 10n + u64(textLength(entry.name));
}
// call operateByEntry(0, 2n, 3n) = 5434n
// call operateByEntry(1, 3n, 2n) = 1455n
// call operateByEntry(2, 3n, 2n) = 6425n

export function countApplied(): u32 {
  return applied;
}
// call countApplied() = 2

export function sumOfSquares(): u32 {
  let sum: u32 = 0;
  for (let i: u32 = 0; i < 5; i++) sum += SQUARES[i];
  return sum;
}
// call sumOfSquares() = 30

/** Its functions name its first and last parameter, one of them by the name of another, none. */
type Choice = (first: u64, second: u64, third: u64) => u64;
function ends(...[from, , to]: Parameters<Choice>): u64 {
  return to - from;
}
function middle(...[, first]: Parameters<Choice>): u64 {
  first += 1n;
  return first;
}
function neither(...[]: Parameters<Choice>): u64 {
  return 7n;
}
const CHOICES: readonly Choice[] = [ends, middle, neither];

export function choose(i: u32, first: u64, second: u64, third: u64): u64 {
  return CHOICES[i](first, second, third);
}
// call choose(0, 2n, 3n, 10n) = 8n
// call choose(1, 2n, 3n, 10n) = 4n
// call choose(2, 2n, 3n, 10n) = 7n

export function chooseDirectly(first: u64, third: u64): u64 {
  return ends(first, 0n, third) + neither(first, first, third);
}
// call chooseDirectly(1n, 4n) = 10n
