/** A queue for a test on the host, which decides at every shared access who goes on. */

import { Queue, queueHolds, queuePut, queueStart, queueTake } from '../../../user/lib/queue.ts';

const queue = new Queue();

export function trialStart(): void {
  queueStart(queue);
}

export function trialPut(byte: u64): boolean {
  return queuePut(queue, byte, 1n);
}

/** The byte that was taken, or 0. */
export function trialTake(): u64 {
  const piece = queueTake(queue);
  return piece.count === 0n ? 0n : piece.bytes;
}

export function trialHolds(): boolean {
  return queueHolds(queue);
}
