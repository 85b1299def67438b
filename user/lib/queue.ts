/**
 * A queue of short pieces of bytes between threads, without a lock: whoever is
 * stopped or ended in the middle of it holds up nobody. Any number of threads put
 * in; one at a time takes out. (Were two to take at once, one of them stopped for
 * exactly 16 laps, a piece could be lost.)
 *
 * 1. An entry is empty and holds the position that it is for, or full: bit 63, the lap in bits 59 to 62, how many bytes
 *    in bits 56 to 58, and the bytes. A position is used once.
 * 2. `tail` and `head` are hints that never run ahead of the entries; whoever finds one behind moves it on.
 */

/** Most bytes of a piece. */
export const QUEUE_BYTES: u64 = 7n;
/** Entries, a power of two. */
const ENTRIES: u64 = 64n;
const FULL: u64 = 0x8000_0000_0000_0000n;
const LAP_SHIFT: u64 = 59n;
const LAP_MASK: u64 = 15n;
const COUNT_SHIFT: u64 = 56n;
const COUNT_MASK: u64 = 7n;
const BYTES_MASK: u64 = 0xff_ffff_ffff_ffffn;

/** Every word is written by any thread that uses the queue. */
export class Queue {
  /** The position of the first empty entry, or one before. Only grows. */
  readonly tail = atomic(u64);
  /** The position of the first full entry, or one before. Only grows. */
  readonly head = atomic(u64);
  readonly entries = array(atomic(u64), 64);
}

/** What a queue gives. */
export type QueuePiece = {
  /** How many bytes: 0 if the queue is empty. */
  readonly count: u64;
  /** The first byte in the lowest bits. */
  readonly bytes: u64;
};

/** Makes the queue empty. Before any other thread uses it. */
export function queueStart(queue: Queue): void {
  for (let index: u32 = 0; index < 64; index++) queue.entries[index].store(u64(index));
  queue.tail.store(0n);
  queue.head.store(0n);
}

/** What is in a full entry, but for its bytes. */
function fullEntry(position: u64, count: u64): u64 {
  return FULL | (((position / ENTRIES) & LAP_MASK) << LAP_SHIFT) | ((count & COUNT_MASK) << COUNT_SHIFT);
}

/** Puts 1 to 7 bytes in. False if there is no room, or other threads were faster each time. */
export function queuePut(queue: Queue, bytes: u64, count: u64): boolean {
  for (let attempt: u64 = 0n; attempt < ENTRIES; attempt++) {
    const position = queue.tail.loadAcquire();
    const piece: u64 = fullEntry(position, count) | (bytes & BYTES_MASK);
    const taken = queue.entries[u32(position & 63n)].compareExchange(position, piece);
    if (!taken && position >= queue.head.loadAcquire() + ENTRIES) return false;
    // Put in by this thread, or by one that was stopped before it could say so.
    queue.tail.max(position + 1n);
    if (taken) return true;
  }
  return false;
}

/** Takes the first piece out. */
export function queueTake(queue: Queue): QueuePiece {
  for (let attempt: u64 = 0n; attempt < ENTRIES; attempt++) {
    const position = queue.head.loadAcquire();
    const at: u32 = u32(position & 63n);
    const piece = queue.entries[at].loadAcquire();
    if (piece === position) break;
    const count: u64 = (piece >> COUNT_SHIFT) & COUNT_MASK;
    const mine = (piece & ~BYTES_MASK) === fullEntry(position, count);
    const taken = mine && queue.entries[at].compareExchange(piece, position + ENTRIES);
    // Taken out by this thread, or by one that was stopped before it could say so.
    queue.head.max(position + 1n);
    if (taken) return { count: count, bytes: piece & BYTES_MASK };
  }
  return { count: 0n, bytes: 0n };
}

/** Whether there is something to take out. */
export function queueHolds(queue: Queue): boolean {
  const position = queue.head.loadAcquire();
  return queue.entries[u32(position & 63n)].loadAcquire() !== position;
}

/** Whether there is room for one more piece, as long as nobody else puts one in. */
export function queueHasRoom(queue: Queue): boolean {
  const position = queue.tail.loadAcquire();
  return queue.entries[u32(position & 63n)].loadAcquire() === position;
}
