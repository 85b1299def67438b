/**
 * Classes, their layout, and data that lives for the whole program.
 * A path such as kernel-src/*.ts must not start a comment in the C.
 */

/** One entry of a table. */
export class Entry {
  /** Kind and rights. Written by any hart. */
  readonly header = atomic(u64);
  /** The entry behind this one. */
  next: Entry | null = null;
  count: u8 = 0;
  limit: u16 = 0xffff;
  readonly words = array(u32, 4);
}
staticAssert(sizeof<Entry>() === 40);
staticAssert(offsetof<Entry>('limit') === 18);

/** Registers of a device. */
export class Device {
  readonly status = volatile(u32);
  readonly data = volatile(u8);
}

class Table {
  ready: boolean = false;
  readonly first = new Entry();
  readonly entries = array(Entry, 3);
  readonly bytes = array(u8, 16);
}

/** Starts as zeros. */
export const device = new Device();
/** Entries start with their initial values. */
const table = new Table();
export const spare = array(Entry, 2);
let turns: u64 = 5n;

/** The words of an entry of the table. */
export function layoutSum(index: u32): u32 {
  const entry = table.entries[index];
  let sum: u32 = table.first.count;
  for (const word of entry.words) {
    sum += word;
  }
  turns--;
  return sum;
}

/** Sends a byte when the device is ready. */
export function layoutSend(data: u8): boolean {
  if ((device.status.read() & 0x20) === 0) return false;
  device.data.write(data);
  table.ready = true;
  table.bytes[3] = data;
  return true;
}

/** The chain behind an entry. */
export function layoutLength(entry: Entry): u32 {
  let length: u32 = 0;
  let at: Entry | null = entry;
  while (at !== null) {
    bound(8);
    length++;
    const next: Entry | null = at.next;
    at = next;
  }
  return length;
}
