/**
 * The frame table: 16 bytes for each frame from the first to the last one of
 * memory, for ever. What it says about a frame is the only truth about it.
 *
 * A frame's word (`state`): reference count in bits 0 to 23, type in bits 24
 * to 31, incarnation in bits 32 to 63. A frame in a hole of the memory map has
 * an entry too: it is Reserved.
 */

import { FRAME_WORD_TYPE_SHIFT } from '../abi/frame-types.ts';
import { type FrameNumber, type VirtualAddress, virtualToFrame } from './address.ts';

/** The entry of one frame. */
export class FrameEntry {
  /**
   * The frame's word. Written by any hart: a reference is an add of 1 with acquire, undone by an add of -1 if the
   * type is wrong; a release is an add of -1 with release; a change of type goes through Busy by compare-and-swap.
   */
  readonly state = atomic(u64);
  /** Epoch of the latest release. Raised by any hart (maximum), before it takes its reference off the count. */
  readonly epoch = atomic(u64);
}
staticAssert(sizeof<FrameEntry>() === 16);

/** Most frames that a machine can have: 256 GiB. */
export const FRAME_TABLE_LIMIT: u64 = 0x400_0000n;

/** Where the table is and which frames it covers. */
export class FrameTable {
  /** Kernel address of the entry of frame 0, which need not exist. Written once, at boot. */
  origin: u64 = 0n;
  /** The first frame that has an entry. Written once, at boot. */
  first: u64 = 0n;
  /** How many frames have entries. Written once, at boot. */
  count: u64 = 0n;
}
export const frameTable = new FrameTable();

/** Sets where the table is. Called once at boot; `frameTableFill` must then write every entry. */
export function frameTablePlace(address: VirtualAddress, first: FrameNumber, count: u64): void {
  frameTable.origin = address - first * u64(sizeof<FrameEntry>());
  frameTable.first = first;
  frameTable.count = count;
}

/** The entry of a frame, which has one. */
export function frameEntry(frame: FrameNumber): FrameEntry {
  return objectAt<FrameEntry>(frameTable.origin + frame * u64(sizeof<FrameEntry>()));
}

/** The entry of the frame that the kernel sees at an address. */
export function frameEntryAt(address: VirtualAddress): FrameEntry {
  return frameEntry(virtualToFrame(address));
}

/** The word of a frame of the first incarnation. */
export function frameWord(type: u64, count: u64): u64 {
  return (type << FRAME_WORD_TYPE_SHIFT) | count;
}

/** Entries that are filled in one turn of a loop: boot types every frame of the machine. */
class FrameGroup {
  readonly entries = array(FrameEntry, 16);
}
const GROUP: u64 = 16n;

/** Writes an entry that nobody else looks at yet. */
function entryFill(entry: FrameEntry, word: u64): void {
  entry.state.store(word);
  entry.epoch.store(0n);
}

/** As `entryFill`, for a group. */
function groupFill(group: FrameGroup, word: u64): void {
  entryFill(group.entries[0], word);
  entryFill(group.entries[1], word);
  entryFill(group.entries[2], word);
  entryFill(group.entries[3], word);
  entryFill(group.entries[4], word);
  entryFill(group.entries[5], word);
  entryFill(group.entries[6], word);
  entryFill(group.entries[7], word);
  entryFill(group.entries[8], word);
  entryFill(group.entries[9], word);
  entryFill(group.entries[10], word);
  entryFill(group.entries[11], word);
  entryFill(group.entries[12], word);
  entryFill(group.entries[13], word);
  entryFill(group.entries[14], word);
  entryFill(group.entries[15], word);
}

/** Writes the entries of `count` frames: a type, and a reference count that is the same for all. For boot only: nobody else looks yet. */
export function frameTableFill(first: FrameNumber, count: u64, type: u64, references: u64): void {
  assert(count <= FRAME_TABLE_LIMIT);
  const word = frameWord(type, references);
  const groups: u64 = count / GROUP;
  let address: u64 = frameTable.origin + first * u64(sizeof<FrameEntry>());
  for (let index: u64 = 0n; index < groups; index++) {
    groupFill(objectAt<FrameGroup>(address), word);
    address = address + u64(sizeof<FrameGroup>());
  }
  const rest: u64 = count % GROUP;
  for (let index: u64 = 0n; index < rest; index++) {
    entryFill(objectAt<FrameEntry>(address), word);
    address = address + u64(sizeof<FrameEntry>());
  }
}

/** Whether a frame number lies between the first and the last frame of memory: then it has an entry. */
export function frameIsMemory(frame: FrameNumber): boolean {
  return frame - frameTable.first < frameTable.count;
}
