/** Objects reached from addresses, distinct integers: what one file of a project may do. */

import { type Header } from './layout.ts';

export type Address = Distinct<u64, 'Address'>;
export type FrameNumber = Distinct<u32, 'FrameNumber'>;

class Pool {
  readonly words = array(u64, 64);
}
class Overlay {
  low: u32 = 0;
  high: u32 = 0;
  bytes: u64 = 0n;
}
const pool = new Pool();

function addressOfPool(): Address {
  return distinct<Address>(addressOf(pool));
}
function overlayAt(address: Address): Overlay {
  return objectAt<Overlay>(address);
}

export function reinterpret(value: u64): u32 {
  pool.words[2] = value;
  const overlay = overlayAt(addressOfPool() + 16n);
  return overlay.low ^ overlay.high;
}
// call reinterpret(0x0000000500000003n) = 6

export function writeThrough(): u64 {
  const overlay = overlayAt(addressOfPool());
  overlay.low = 0xffffffff;
  overlay.high = 1;
  overlay.bytes = 5n;
  return pool.words[0] + pool.words[1];
}
// call writeThrough() = 8589934596n

export function sameObject(): boolean {
  return (
    overlayAt(addressOfPool()) === overlayAt(addressOfPool()) &&
    addressOf(overlayAt(addressOfPool())) === addressOf(pool)
  );
}
// call sameObject() = true

export function difference(n: u64): u64 {
  const start = addressOfPool();
  const end: Address = start + n;
  return end - start;
}
// call difference(4096n) = 4096n

export function headerInPool(): u32 {
  const header = objectAt<Header>(addressOfPool() + 64n);
  header.count = 77;
  header.owner = header;
  const owner = header.owner;
  return owner === null ? 0 : owner.count;
}
// call headerInPool() = 77

export function frameNumber(n: u32): u32 {
  const frame = distinct<FrameNumber>(n);
  const next: FrameNumber = frame + 1;
  return next;
}
// call frameNumber(41) = 42

/** Reads an object at any address. */
export function kindAt(address: u64): u8 {
  return objectAt<Header>(distinct<Address>(address)).kind;
}
