/**
 * The epoch: a number that only grows. Each hart publishes in `Hart.done` the
 * epoch up to which it holds nothing stale, neither a TLB entry nor a pointer.
 * A frame is quiescent when the stamp of its latest release is below the
 * smallest of those numbers.
 */

import type { Hart } from './hart.ts';

/** What `Hart.done` holds while a hart runs no component: it holds nothing stale whatever the epoch. */
export const EPOCH_NEVER_STALE: u64 = 0xffff_ffff_ffff_ffffn;
/** The epoch at boot. Above 0, the stamp of a frame that was never released: so such frames are quiescent. */
export const EPOCH_FIRST: u64 = 1n;

/** The epoch, which all harts share. */
export class Epoch {
  /** The epoch `G`. Any hart may raise it (maximum); never lowered. */
  readonly current = atomic(u64);
}
export const epoch = new Epoch();

/** Starts the epoch. Called once, by the hart that boots, before anything is shared. */
export function epochStart(): void {
  epoch.current.storeRelease(EPOCH_FIRST);
}

/** Makes the calling hart one that quiescence waits for. On entry it holds no shared pointer; `hart` is its own block. */
export function epochJoin(hart: Hart): void {
  hart.done.storeRelease(epoch.current.loadAcquire());
}
