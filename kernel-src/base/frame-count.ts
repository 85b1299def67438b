/**
 * References to frames, and changes of their type: the protocol of a frame's
 * word. Acquiring may fail and changes nothing then; releasing never fails.
 *
 * Every change of type goes through Busy: claim first, then test. A hart that
 * loses the race for a reference holds a count for a moment; so a Busy frame
 * gets its final type by adding the difference, never by a store.
 *
 * INV1: the count of each frame is the number of slots, child links, page-table entries and links, and
 * component fields that name it.
 */

import { ERROR_BUSY, ERROR_DEAD, ERROR_IN_USE, ERROR_OK, ERROR_OVERFLOW, ERROR_WRONG_TYPE } from '../abi/errors.ts';
import {
  FRAME_COUNT_LIMIT,
  FRAME_TYPE_BUSY,
  FRAME_TYPE_DEAD,
  FRAME_TYPE_PAGE_TABLE_0,
  FRAME_TYPE_PAGE_TABLE_2,
  FRAME_TYPE_UNTYPED,
  FRAME_WORD_COUNT_MASK,
  FRAME_WORD_INCARNATION_SHIFT,
  FRAME_WORD_TYPE_MASK,
  FRAME_WORD_TYPE_SHIFT,
} from '../abi/frame-types.ts';
import { type Outcome } from '../abi/outcome.ts';
import { fenceMemory } from '../machine/barrier.ts';
import { type FrameNumber, type VirtualAddress } from './address.ts';
import { epoch } from './epoch.ts';
import { frameEntry, type FrameEntry, frameEntryAt } from './frame-table.ts';

/** How far the count is shifted to be the highest bits of a word. */
const COUNT_TOP: u64 = 40n;
/** Added to a word, takes one reference off its count. */
const MINUS_ONE: u64 = 0xffff_ffff_ffff_ffffn;
/** Type and count of a word: what a detail shows. */
const TYPE_AND_COUNT: u64 = 0xffff_ffffn;
/** The dead mark, in its place in a word. */
export const FRAME_WORD_DEAD: u64 = FRAME_TYPE_DEAD << FRAME_WORD_TYPE_SHIFT;
/** What a word keeps while the frame is Busy: the incarnation and the dead mark. */
const KEPT_WHILE_BUSY: u64 = ~TYPE_AND_COUNT | FRAME_WORD_DEAD;

/** The type in a word, with the dead mark. */
export function frameTypeOf(word: u64): u64 {
  return (word >> FRAME_WORD_TYPE_SHIFT) & FRAME_WORD_TYPE_MASK;
}

/** Whether a type is that of a page table, alive. */
export function frameIsPageTable(type: u64): boolean {
  return type >= FRAME_TYPE_PAGE_TABLE_0 && type <= FRAME_TYPE_PAGE_TABLE_2;
}

/** The reference count in a word. */
export function frameCountOf(word: u64): u64 {
  return word & FRAME_WORD_COUNT_MASK;
}

/** The incarnation in a word. */
export function frameIncarnationOf(word: u64): u64 {
  return word >> FRAME_WORD_INCARNATION_SHIFT;
}

/**
 * Takes a reference to a frame that should be of a type. Answers the word before: `frameIsReferenced` says whether it was
 * of the type, and if not, `frameRefuse` takes the reference back. The acquire orders it before every use of the frame.
 */
export function frameAcquire(frame: FrameNumber): u64 {
  return frameEntry(frame).state.addAcquire(1n);
}

/** Whether a word is that of a frame of a type, alive, whose count was below the limit: one comparison for all. */
export function frameIsReferenced(word: u64, type: u64): boolean {
  return (word & TYPE_AND_COUNT) - (type << FRAME_WORD_TYPE_SHIFT) < FRAME_COUNT_LIMIT;
}

/** Whether a word is that of a frame of any type but Busy, alive, whose count was below the limit. */
export function frameIsCounted(word: u64): boolean {
  const type = frameTypeOf(word);
  return (
    type - FRAME_TYPE_UNTYPED < FRAME_TYPE_DEAD - FRAME_TYPE_UNTYPED &&
    word << COUNT_TOP < FRAME_COUNT_LIMIT << COUNT_TOP
  );
}

/** Takes back the reference to a frame that `frameIsReferenced` did not accept, and says why: Busy, Dead, Overflow, WrongType (type and count). @cold */
export function frameRefuse(frame: FrameNumber, word: u64, type: u64): Outcome {
  frameUnreference(frame);
  const found = frameTypeOf(word);
  if (found === type) return { error: ERROR_OVERFLOW, value: FRAME_COUNT_LIMIT };
  if ((found & ~FRAME_TYPE_DEAD) === FRAME_TYPE_BUSY) return { error: ERROR_BUSY, value: 0n };
  if (found === (type | FRAME_TYPE_DEAD)) return { error: ERROR_DEAD, value: 0n };
  return { error: ERROR_WRONG_TYPE, value: word & TYPE_AND_COUNT };
}

/** Takes a reference to a frame that must be of a type. Answers Ok with the word before, or why not as `frameRefuse`. */
export function frameReference(frame: FrameNumber, type: u64): Outcome {
  const word = frameAcquire(frame);
  if (frameIsReferenced(word, type)) return { error: ERROR_OK, value: word };
  return frameRefuse(frame, word, type);
}

/** Takes back a reference that was never published. Never stamps: nobody can have used it. */
export function frameUnreference(frame: FrameNumber): void {
  frameEntry(frame).state.add(MINUS_ONE);
}

/**
 * Gives up a reference. The slot or entry that held it is cleared already. The
 * fence orders that before the load of the epoch: a hart that still finds the
 * old entry entered the kernel before the epoch that is stamped. The stamp
 * comes before the count: whoever finds the count 0 finds the stamp. Answers the stamp.
 */
export function frameRelease(frame: FrameNumber): u64 {
  const entry = frameEntry(frame);
  fenceMemory();
  const stamp = epoch.current.load();
  entry.epoch.max(stamp);
  entry.state.addRelease(MINUS_ONE);
  return stamp;
}

/**
 * Makes a frame Busy that was seen as `word`, whose count must be 0. Answers Ok; InUse (the count); Busy when another
 * hart changed the word in between. Keeps incarnation and dead mark.
 */
export function frameClaim(entry: FrameEntry, word: u64): Outcome {
  if (frameCountOf(word) !== 0n) return { error: ERROR_IN_USE, value: frameCountOf(word) };
  const busy: u64 = (word & KEPT_WHILE_BUSY) | (FRAME_TYPE_BUSY << FRAME_WORD_TYPE_SHIFT);
  if (entry.state.compareExchange(word, busy)) return { error: ERROR_OK, value: word };
  return { error: ERROR_BUSY, value: 0n };
}

/**
 * Gives a Busy frame a type, by adding the difference: others may hold a count for a moment. `more` is added to count and
 * incarnation. Release: what was written into the frame is there for whoever finds the new type.
 */
export function framePublish(entry: FrameEntry, type: u64, more: u64): void {
  entry.state.addRelease(((type - FRAME_TYPE_BUSY) << FRAME_WORD_TYPE_SHIFT) + more);
}

/** Gives a Busy frame back the type that it had as `word`. It keeps its dead mark. */
export function frameRestore(entry: FrameEntry, word: u64): void {
  framePublish(entry, frameTypeOf(word) & ~FRAME_TYPE_DEAD, 0n);
}

/** What the upper part of a frame's word, from the type on, is while the frame is alive, of a type and an incarnation. */
export function frameKey(type: u64, incarnation: u64): u64 {
  return (incarnation << (FRAME_WORD_INCARNATION_SHIFT - FRAME_WORD_TYPE_SHIFT)) | type;
}

/** Whether the frame at an address is still the one that a key is of, and alive: one load of its word. Address and key are a weak reference. */
export function frameIsAlive(address: VirtualAddress, key: u64): boolean {
  return frameEntryAt(address).state.load() >> FRAME_WORD_TYPE_SHIFT === key;
}
