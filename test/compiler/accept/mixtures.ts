/** Where types meet: constants of another signedness, both sides of a conditional, updates in place, distinct types. */

const FIVE: u32 = 5;
const MINUS: i32 = -5;
const WIDE: i64 = 5n;
type Page = Distinct<u64, 'Page'>;
const BASE: Page = 0x1000n;

class Places {
  small: u8 = 250;
  middle: u16 = 0xff00;
  signed: i32 = -7;
  tiny: i8 = -100;
  page: Page = 0x2000n;
}
const places = new Places();

/** A constant takes the signedness of the other side. */
export function signedWithConstant(x: i32): i32 {
  if (x < FIVE) return x + FIVE;
  if (FIVE > x) return 1;
  return x * FIVE - FIVE / MINUS;
}
// call signedWithConstant(-10) = -5
// call signedWithConstant(10) = 51
// call signedWithConstant(4) = 9

export function constantFirst(x: i32): boolean {
  return FIVE > x && FIVE - x > 0 && FIVE !== x;
}
// call constantFirst(-1) = true
// call constantFirst(5) = false
// call constantFirst(-2147483644) traps

export function wideConstant(x: u64): u64 {
  return x < WIDE ? x + WIDE : x - WIDE;
}
// call wideConstant(4n) = 9n
// call wideConstant(5n) = 0n

export function conditionals(flag: boolean, a: u8, b: u32): u32 {
  const wider = flag ? a : b;
  const literal = flag ? a : 7;
  const other = flag ? 9 : b;
  return wider * 10000 + literal * 100 + other;
}
// call conditionals(true, 2, 3) = 20209
// call conditionals(false, 2, 3) = 30703

export function conditionalPages(flag: boolean, page: Page): u64 {
  const same = flag ? page : BASE;
  const plain = flag ? page : u64(FIVE);
  const literal = flag ? page : 0n;
  return same + plain + literal;
}
// call conditionalPages(true, 1n) = 3n
// call conditionalPages(false, 1n) = 4101n

export function conditionalNull(flag: boolean): i32 {
  const found = flag ? places : null;
  const other = flag ? null : places;
  if (found !== null) return found.signed;
  return other === null ? 0 : other.tiny;
}
// call conditionalNull(true) = -7
// call conditionalNull(false) = -100

/** Where the result fits, an update needs no conversion. */
export function updates(x: u32): u32 {
  places.small |= 0x0f;
  places.small &= 0xf3;
  places.small >>= 1;
  places.small %= 100;
  places.middle ^= 0xff;
  places.middle /= 3;
  places.signed -= 3;
  places.signed *= 2;
  places.signed /= FIVE;
  places.page += 0x1000n;
  places.page &= 0xffff_f000n;
  places.page -= u64(x);
  return places.small + places.middle + u32(places.page);
}
// call updates(1) = 34153
export function signedAfter(): i32 {
  return places.signed;
}
// call signedAfter() = -4

/** `-10 / 5u` must not become unsigned. */
export function signedDivision(x: i32): i32 {
  return x / FIVE + (x % FIVE) * 100;
}
// call signedDivision(-12) = -202
// call signedDivision(12) = 202

/** Parameters and locals may have the names of functions that are called elsewhere. */
function helper(): u32 {
  return 40;
}
function calls(): u32 {
  return helper() + 1;
}
export function shadowsFunction(helper: u32): u32 {
  const result: u32 = helper + calls();
  {
    const calls: u32 = 1;
    return result + calls;
  }
}
// call shadowsFunction(2) = 44

interface Inner {
  readonly a: u8;
  readonly b: i64;
}
interface Outer {
  readonly inner: Inner;
  readonly list: Page;
  readonly flag: boolean;
}
const OUTERS: readonly Outer[] = [
  { inner: { a: 1, b: -1n }, list: 0x1000n, flag: true },
  { flag: false, list: BASE, inner: { b: 2n, a: 5 } },
];

/** Values nest, and a table can be looped over. */
export function nestedValues(): i64 {
  let sum: i64 = 0n;
  for (const outer of OUTERS) {
    const copy: Outer = { inner: outer.inner, list: outer.list + 1n, flag: !outer.flag };
    if (copy.flag) sum += i64(copy.list);
    sum += copy.inner.b * 10n + i64(copy.inner.a);
  }
  return sum;
}
// call nestedValues() = 4113n

const WORDS: Text = 'a constant text';
const FLAG: boolean = FIVE === 5;
const NUMBERS: readonly u16[] = [1, 20, 300] as const;
export function constants(): u32 {
  let sum: u32 = 0;
  for (const number of NUMBERS) sum += number;
  return FLAG ? sum + textLength(WORDS) : 0;
}
// call constants() = 336
