/** Every method of an atomic word, in both widths. */

class Words {
  readonly narrow = atomic(u32);
  readonly wide = atomic(u64);
  readonly many = array(atomic(u64), 4);
  readonly few = array(atomic(u32), 3);
}
const words = new Words();

export function loads(): u64 {
  words.narrow.store(4294967295);
  words.wide.storeRelease(18446744073709551614n);
  return u64(words.narrow.loadAcquire()) + words.wide.load() + u64(words.narrow.load()) + words.wide.loadAcquire();
}
// call loads() = 8589934586n

export function adds(): u64 {
  words.narrow.store(4294967295);
  words.wide.store(18446744073709551615n);
  const a = words.narrow.add(2);
  const b = words.narrow.addAcquire(1);
  const c = words.narrow.addRelease(1);
  const d = words.wide.add(2n);
  const e = words.wide.addAcquire(10n);
  const f = words.wide.addRelease(4294967296n);
  return (
    (u64(a) & 1n) + u64(b) * 10n + u64(c) * 100n + (d & 1n) * 1000n + e * 10_000n + f * 100_000n + words.wide.load()
  );
}
// call adds() = 4296078518n

export function bits(): u64 {
  words.narrow.store(0x0f0f0f0f);
  words.wide.store(0x8000_0000_0000_0001n);
  const a = words.narrow.or(0xf0000000);
  const b = words.narrow.and(0xff0000ff);
  const c = words.narrow.orAcquireRelease(0x00ff0000);
  const d = words.wide.or(2n);
  const e = words.wide.orAcquireRelease(4n);
  const f = words.wide.and(0x8000_0000_0000_0000n);
  return u64(a ^ b ^ c ^ words.narrow.load()) + d + e + f + words.wide.load();
}
// call bits() = 4043243531n

export function swaps(): u64 {
  words.narrow.store(1);
  words.wide.store(2n);
  const a = words.narrow.swap(10);
  const b = words.narrow.swapAcquireRelease(4294967295);
  const c = words.wide.swap(20n);
  const d = words.wide.swapAcquireRelease(30n);
  return (
    u64(a) + u64(b) * 10n + c * 1000n + d * 10_000n + words.wide.load() * 1_000_000n + u64(words.narrow.load() & 1)
  );
}
// call swaps() = 30202102n

export function maxima(): u64 {
  words.narrow.store(2147483648);
  words.wide.store(5n);
  const a = words.narrow.max(1);
  const b = words.narrow.max(4294967295);
  const c = words.wide.max(18446744073709551615n);
  const d = words.wide.max(3n);
  return u64(a) + u64(b) + c + (d >> 60n) + u64(words.narrow.load() & 7);
}
// call maxima() = 4294967323n

export function exchanges(): u32 {
  words.narrow.store(7);
  words.wide.store(0xffff_ffff_ffff_fff0n);
  const a = words.narrow.compareExchange(7, 4294967295);
  const b = words.narrow.compareExchange(7, 8);
  const c = words.wide.compareExchange(0xffff_ffff_ffff_fff0n, 1n);
  const d = words.wide.compareExchange(2n, 3n);
  const e = words.narrow.compareExchange(4294967295, 9);
  return (a ? 1 : 0) + (b ? 10 : 0) + (c ? 100 : 0) + (d ? 1000 : 0) + (e ? 10000 : 0) + words.narrow.load();
}
// call exchanges() = 10110

export function elements(i: u32): u64 {
  words.many[i].store(5n);
  words.many[i].add(u64(i));
  words.few[1].store(3);
  words.few[2].store(4);
  let sum: u64 = 0n;
  for (const k of range(4)) sum += words.many[k].load();
  return sum * 100n + u64(words.few[0].load() + words.few[1].load() * 10 + words.few[2].load());
}
// call elements(0) = 534n
// call elements(3) = 1334n
// call elements(4) traps

let tickets: u32 = 0;
function ticket(): u64 {
  tickets += 1;
  return u64(tickets);
}
/** Operands of an atomic method are evaluated from left to right, the place first. */
export function orderOfOperandsOfAtomic(): boolean {
  tickets = 0;
  words.many[1].store(2n);
  const stored = words.many[u32(ticket())].compareExchange(ticket(), ticket());
  return stored && words.many[1].load() === 3n;
}
// call orderOfOperandsOfAtomic() = true

export function atomicInCondition(): u32 {
  words.narrow.store(3);
  let rounds: u32 = 0;
  while (words.narrow.swap(words.narrow.load() - 1) !== 0) {
    bound(10);
    rounds += 1;
  }
  return rounds;
}
// call atomicInCondition() = 3

export function atomicAmongReads(): u64 {
  words.wide.store(1n);
  return words.wide.load() + words.wide.add(5n) * 10n + words.wide.load() * 100n;
}
// call atomicAmongReads() = 611n
