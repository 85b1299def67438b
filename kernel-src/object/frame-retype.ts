/**
 * Frames: changes of type, and Recover. This is all the memory management that there is.
 *
 * A frame changes its type only at reference count 0. What becomes User or
 * Kernel is zeroed first, and only when no hart can still use what it was.
 */

import {
  ERROR_BAD_ARGUMENT,
  ERROR_BUSY,
  ERROR_IN_USE,
  ERROR_NOT_EMPTY,
  ERROR_NOT_QUIESCENT,
  ERROR_OK,
  ERROR_OVERFLOW,
  ERROR_WRONG_TYPE,
} from '../abi/errors.ts';
import {
  FRAME_INCARNATION_LIMIT,
  FRAME_TYPE_BLANK,
  FRAME_TYPE_BUSY,
  FRAME_TYPE_CAPABILITY_TABLE,
  FRAME_TYPE_COMPONENT,
  FRAME_TYPE_DEAD,
  FRAME_TYPE_PAGE_TABLE_0,
  FRAME_TYPE_THREAD,
  FRAME_TYPE_UNTYPED,
  FRAME_TYPE_USER,
  FRAME_WORD_INCARNATION_SHIFT,
  FRAME_WORD_TYPE_SHIFT,
} from '../abi/frame-types.ts';
import { type Outcome } from '../abi/outcome.ts';
import { frameNumber, frameToVirtual, type FrameNumber } from '../base/address.ts';
import { epoch, epochIsQuiescent, epochRequest } from '../base/epoch.ts';
import {
  FRAME_WORD_DEAD,
  frameClaim,
  frameCountOf,
  frameIncarnationOf,
  frameIsPageTable,
  framePublish,
  frameRestore,
  frameTypeOf,
} from '../base/frame-count.ts';
import { frameEntry, type FrameEntry } from '../base/frame-table.ts';
import { type Hart, hartOnEntry } from '../base/hart.ts';
import { frameZero } from '../base/zero.ts';
import { capabilityRangeAt } from '../capability/resolve.ts';
import { CAPABILITY_TABLE_SLOTS } from '../abi/identifiers.ts';
import { type Operation } from '../capability/slot.ts';
import { tableAt } from '../capability/table.ts';
import { fenceMemory } from '../machine/barrier.ts';
import { capabilityTableFirstUsed } from './capability-table.ts';
import { chainFollowEpoch } from './chain.ts';
import { componentDissolve } from './component.ts';
import { pageTableFirstUsed, pageTableIn, pageTableLength } from './page-table-node.ts';
import { threadCheckIdle } from './thread.ts';

/** Type and count of a word: what a detail shows. */
const TYPE_AND_COUNT: u64 = 0xffff_ffffn;

/** Changes the type of one frame: to Untyped, User or Blank. */
export function framesRetype(...[index, type, , , , , header, slot]: Parameters<Operation>): Outcome {
  if (type !== FRAME_TYPE_UNTYPED && type !== FRAME_TYPE_USER && type !== FRAME_TYPE_BLANK) {
    return { error: ERROR_BAD_ARGUMENT, value: 1n };
  }
  const found = capabilityRangeAt(slot, header, index);
  if (found.error !== ERROR_OK) return found;
  const frame = frameNumber(found.value);
  const word = frameEntry(frame).state.loadAcquire();
  const from = frameTypeOf(word);
  if (type !== FRAME_TYPE_UNTYPED) {
    if (from === FRAME_TYPE_UNTYPED) return retypeFill(frame, word, type);
  } else {
    if (from === FRAME_TYPE_USER || from === FRAME_TYPE_BLANK) return retypeFree(frameEntry(frame), word);
    if ((from & ~FRAME_TYPE_DEAD) > FRAME_TYPE_BLANK) return retypeObject(frame, word);
  }
  if ((from & ~FRAME_TYPE_DEAD) === FRAME_TYPE_BUSY) return { error: ERROR_BUSY, value: 0n };
  return { error: ERROR_WRONG_TYPE, value: word & TYPE_AND_COUNT };
}

/** User or Blank to Untyped: one compare-and-swap. What it holds is zeroed when it is used next. */
function retypeFree(entry: FrameEntry, word: u64): Outcome {
  if (frameCountOf(word) !== 0n) return { error: ERROR_IN_USE, value: frameCountOf(word) };
  const change: u64 = (frameTypeOf(word) - FRAME_TYPE_UNTYPED) << FRAME_WORD_TYPE_SHIFT;
  if (entry.state.compareExchange(word, word - change)) return { error: ERROR_OK, value: 0n };
  return { error: ERROR_BUSY, value: 0n };
}

/** Untyped to User or Blank: claim, test, zero, publish. Entered as the operation is, by a jump. @apart */
function retypeFill(frame: FrameNumber, word: u64, type: u64): Outcome {
  const hart = hartOnEntry();
  const entry = frameEntry(frame);
  if (type === FRAME_TYPE_BLANK && frameIncarnationOf(word) === FRAME_INCARNATION_LIMIT) {
    return { error: ERROR_OVERFLOW, value: FRAME_INCARNATION_LIMIT };
  }
  const claimed = frameClaim(entry, word);
  if (claimed.error !== ERROR_OK) return claimed;
  if (!quiescent(entry, hart)) {
    const stamp = entry.epoch.load();
    framePublish(entry, FRAME_TYPE_UNTYPED, 0n);
    return { error: ERROR_NOT_QUIESCENT, value: stamp };
  }
  frameZero(frameToVirtual(frame));
  framePublish(entry, type, 0n);
  return { error: ERROR_OK, value: 0n };
}

/**
 * Whether no hart can still use the frame, which is Busy. If not, asks for an advance of the epoch and lets the
 * calling hart, which holds nothing any more, follow at once: so one hart alone never waits. A component that has
 * died under the calling thread stops that: its page table is still in use until the thread has left it.
 */
function quiescent(entry: FrameEntry, hart: Hart): boolean {
  if (epochIsQuiescent(entry)) return true;
  epochRequest(hart, entry.epoch.load());
  return chainFollowEpoch(hart) && epochIsQuiescent(entry);
}

/**
 * An object to Untyped. A component or thread dies first, so that no weak reference finds it any more. `word` was
 * loaded with acquire: the home hart in the thread is the one that its maker wrote. Entered as the operation is. @apart
 */
function retypeObject(frame: FrameNumber, word: u64): Outcome {
  const hart = hartOnEntry();
  const entry = frameEntry(frame);
  const type: u64 = frameTypeOf(word) & ~FRAME_TYPE_DEAD;
  if (type === FRAME_TYPE_THREAD) {
    const idle = threadCheckIdle(frame, hart);
    if (idle.error !== ERROR_OK) return idle;
  }
  const claimed = frameClaim(entry, word);
  if (claimed.error !== ERROR_OK) return claimed;
  const mark = type === FRAME_TYPE_COMPONENT || type === FRAME_TYPE_THREAD ? FRAME_WORD_DEAD : 0n;
  if ((mark & ~word) !== 0n) markDead(entry);
  if (!quiescent(entry, hart)) {
    const stamp = entry.epoch.load();
    frameRestore(entry, word);
    return { error: ERROR_NOT_QUIESCENT, value: stamp };
  }
  const used = firstUsed(frame, type);
  if (used !== 0n) {
    frameRestore(entry, word);
    return { error: ERROR_NOT_EMPTY, value: used - 1n };
  }
  if (type === FRAME_TYPE_COMPONENT) componentDissolve(frame);
  framePublish(entry, FRAME_TYPE_UNTYPED, (1n << FRAME_WORD_INCARNATION_SHIFT) - mark);
  return { error: ERROR_OK, value: 0n };
}

/** Marks a component or thread dead, which is Busy, and stamps it: every hart that saw it alive is waited for. */
function markDead(entry: FrameEntry): void {
  entry.state.or(FRAME_WORD_DEAD);
  fenceMemory();
  entry.epoch.max(epoch.current.load());
}

/** One more than the first slot or entry that still holds something, or 0. Only tables can. */
function firstUsed(frame: FrameNumber, type: u64): u64 {
  if (type === FRAME_TYPE_CAPABILITY_TABLE) {
    const slot = capabilityTableFirstUsed(tableAt(frameToVirtual(frame)));
    return slot === CAPABILITY_TABLE_SLOTS ? 0n : slot + 1n;
  }
  if (!frameIsPageTable(type)) return 0n;
  const level: u64 = type - FRAME_TYPE_PAGE_TABLE_0;
  const entry = pageTableFirstUsed(pageTableIn(frame), level);
  return entry === pageTableLength(level) ? 0n : entry + 1n;
}
