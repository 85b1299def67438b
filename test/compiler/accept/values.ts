/** Immutable values are copied; two 64-bit fields, and other shapes. */

export type Outcome = { readonly error: u64; readonly value: u64 };
type Small = { readonly a: u8; readonly b: boolean; readonly c: i16 };
type Nested = { readonly outcome: Outcome; readonly small: Small; readonly name: Text };

class Holder {
  word: u64 = 0n;
}
const holder = new Holder();

function ok(value: u64): Outcome {
  return { error: 0n, value: value };
}
function fail(error: u64, detail: u64): Outcome {
  return { error: error, value: detail };
}
function halve(value: u64): Outcome {
  if ((value & 1n) !== 0n) return fail(7n, value);
  return ok(value >> 1n);
}

export function halveTwice(value: u64): u64 {
  const once = halve(value);
  if (once.error !== 0n) return once.error * 1000n + once.value;
  const twice = halve(once.value);
  return twice.error === 0n ? twice.value : twice.error * 100n + twice.value;
}
// call halveTwice(12n) = 3n
// call halveTwice(6n) = 703n
// call halveTwice(5n) = 7005n

export function largeParts(): u64 {
  const outcome = fail(0xffff_ffff_ffff_ffffn, 0x8000_0000_0000_0001n);
  return outcome.error ^ outcome.value;
}
// call largeParts() = 9223372036854775806n

export function copies(): u64 {
  holder.word = 1n;
  const before: Outcome = { error: holder.word, value: 2n };
  holder.word = 9n;
  let other: Outcome = before;
  const kept: Outcome = other;
  other = ok(5n);
  return before.error * 100n + kept.value * 10n + other.value;
}
// call copies() = 125n

function nest(a: u8, c: i16): Nested {
  return { outcome: ok(u64(a)), small: { a: a, b: c < 0, c: c }, name: 'nested' };
}
export function nestedValue(a: u8, c: i16): i32 {
  const value = nest(a, c);
  const sign: i32 = value.small.b ? -1 : 1;
  return i32(value.outcome.value) * sign + value.small.c + i32(textLength(value.name));
}
// call nestedValue(200, -3) = -197
// call nestedValue(1, 3) = 10

function widest(value: Outcome, extra: u64, also: Outcome): u64 {
  return value.error + value.value * 2n + extra * 3n + also.error * 4n + also.value * 5n;
}
export function passed(): u64 {
  return widest(fail(1n, 10n), 100n, fail(1000n, 10000n));
}
// call passed() = 54321n

export function conditional(first: boolean): u64 {
  const outcome: Outcome = first ? ok(3n) : fail(4n, 5n);
  return outcome.error * 10n + outcome.value;
}
// call conditional(true) = 3n
// call conditional(false) = 45n

export function memberOfCall(): u64 {
  return halve(10n).value + fail(1n, 2n).error;
}
// call memberOfCall() = 6n
