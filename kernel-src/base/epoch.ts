/**
 * The epoch: a number that only grows. Each hart publishes in `Hart.done` the
 * epoch up to which it holds nothing stale, neither a TLB entry nor a pointer
 * that it found in shared memory. A frame is quiescent when the stamp of its
 * latest release is below the smallest of those numbers.
 *
 * Safety rests on the epoch and on `done` alone. An attention word and an
 * interrupt only make a hart come sooner.
 */

import { fenceInstructions, fenceMemory, fenceTranslations } from '../machine/barrier.ts';
import { HART_LIMIT } from '../machine/layout.ts';
import { hartInterrupt, timeNow } from '../machine/processor.ts';
import { type FrameEntry } from './frame-table.ts';
import { hartAt, type Hart } from './hart.ts';

/** What `Hart.done` holds while a hart runs no component: it holds nothing stale whatever the epoch. */
export const EPOCH_NEVER_STALE: u64 = 0xffff_ffff_ffff_ffffn;
/** The epoch at boot. Above 0, the stamp of a frame that was never released: so such frames are quiescent. */
export const EPOCH_FIRST: u64 = 1n;
/** With several harts running, the epoch advances and harts are interrupted at most once in 1 ms, whoever asks. */
const INTERVALS_PER_SECOND: u64 = 1000n;

/** The epoch, which all harts share. */
export class Epoch {
  /** The epoch `G`. Any hart may raise it (maximum); never lowered. */
  readonly current = atomic(u64);
  /** Time of the latest advance with several harts running, in ticks. Taken by compare-and-swap. */
  readonly advanced = atomic(u64);
  /** The interval, in ticks of the time counter. Written once, at boot. */
  interval: u64 = 0n;
  /** Positions of harts that have joined lie below this number. Raised by any hart (maximum) before it publishes its `done`. */
  readonly harts = atomic(u64);
}
export const epoch = new Epoch();

/** Starts the epoch. Called once, by the hart that boots, before anything is shared. `timebase`: ticks in a second. */
export function epochStart(timebase: u64): void {
  epoch.interval = timebase / INTERVALS_PER_SECOND;
  epoch.current.storeRelease(EPOCH_FIRST);
  for (const index of range(HART_LIMIT)) hartAt(index).done.storeRelease(EPOCH_NEVER_STALE);
}

/**
 * Makes the calling hart one that quiescence waits for. On entry it holds no shared pointer; `hart` is its own block.
 * The fence keeps it from finding one before all harts can see that it is waited for.
 */
export function epochJoin(hart: Hart): void {
  hart.runs.store(1n);
  epoch.harts.max(hart.index + 1n);
  hart.done.storeRelease(epoch.current.loadAcquire());
  fenceMemory();
}

/**
 * The smallest epoch that a hart has published. A hart whose joining is not seen yet is one that was seen before it
 * joined: it held nothing then. The one that boots is the first to join.
 */
function epochReached(): u64 {
  const harts = epoch.harts.load();
  return harts === 1n ? hartAt(0).done.loadAcquire() : epochReachedBy(harts);
}

/** The smallest epoch that one of the first `harts` harts has published. @apart */
function epochReachedBy(harts: u64): u64 {
  let reached = EPOCH_NEVER_STALE;
  for (const index of range(HART_LIMIT)) {
    if (u64(index) >= harts) break;
    const done = hartAt(index).done.loadAcquire();
    if (done < reached) reached = done;
  }
  return reached;
}

/**
 * Whether no hart can still use what was released last on a frame, which is
 * Busy. The harts come first and the stamp after: an operation in flight
 * stamps before its hart publishes a later epoch, so it cannot be missed.
 */
export function epochIsQuiescent(entry: FrameEntry): boolean {
  const reached = epochReached();
  return entry.epoch.load() < reached;
}

/** Whether every hart has passed a stamp. */
export function epochHasPassed(stamp: u64): boolean {
  return stamp < epochReached();
}

/**
 * Asks for an epoch above `stamp`, and for the harts that lag behind to come in. A hart that is the only one to run
 * always gets it; among several, once in the interval for the whole machine. The caller follows the epoch then.
 */
export function epochRequest(hart: Hart, stamp: u64): void {
  if (epoch.harts.load() !== 1n && !epochMayAdvance(hart)) return;
  epoch.current.max(stamp + 1n);
  fenceMemory();
  if (epoch.harts.load() !== 1n) epochCall(hart, stamp);
}

/** Makes every hart that has joined look at the epoch at its next entry, and interrupts the others that lag behind. @apart */
function epochCall(hart: Hart, stamp: u64): void {
  const harts = epoch.harts.load();
  for (const index of range(HART_LIMIT)) {
    if (u64(index) >= harts) break;
    const other = hartAt(index);
    other.attention.store(1n);
    if (u64(index) === hart.index || other.done.load() > stamp || other.done.load() === EPOCH_NEVER_STALE) continue;
    hartInterrupt(other.identifier);
  }
}

/**
 * Advances the epoch above `stamp` at once, whatever the interval says: every hart finds out at its next entry. Harts
 * that lag behind are interrupted at most once in the interval.
 */
export function epochAdvance(hart: Hart, stamp: u64): void {
  epoch.current.max(stamp + 1n);
  fenceMemory();
  for (const index of range(HART_LIMIT)) hartAt(index).attention.store(1n);
  epochRequest(hart, stamp);
}

/** Whether the calling hart, of several that have joined, runs alone, or is the one that takes this interval. @apart */
function epochMayAdvance(hart: Hart): boolean {
  const harts = epoch.harts.load();
  let alone = true;
  for (const index of range(HART_LIMIT)) {
    if (u64(index) >= harts) break;
    if (u64(index) !== hart.index && hartAt(index).done.load() !== EPOCH_NEVER_STALE) alone = false;
  }
  if (alone) return true;
  // The time comes second, so that it is not below one that another hart took in between.
  const before = epoch.advanced.load();
  const now = timeNow();
  return now - before >= epoch.interval && epoch.advanced.compareExchange(before, now);
}

/**
 * The entry sequence: after it the calling hart holds nothing that was released before the epoch it publishes.
 * On entry it holds no pointer that it found in shared memory. The caller finds out between `epochLook` and
 * `epochPublish` whether the component that it came from still lives.
 */
export function epochLook(hart: Hart): u64 {
  hart.attention.swapAcquireRelease(0n);
  const reached = epoch.current.load();
  fenceMemory();
  return reached;
}

/** The end of the entry sequence. Translations go first; `done` is published last of all. */
export function epochPublish(hart: Hart, reached: u64): void {
  fenceTranslations();
  fenceInstructions();
  hart.done.storeRelease(reached);
}
