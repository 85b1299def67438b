/**
 * The frame table: 16 bytes for each frame from the first to the last one of
 * memory, for ever. What it says about a frame is the only truth about it. It
 * is mapped at a fixed address, so an entry is found without a load.
 *
 * A frame's word (`state`): reference count in bits 0 to 23, type in bits 24
 * to 31, incarnation in bits 32 to 63. A frame in a hole of the memory map has
 * an entry too: it is Reserved.
 */

import { FRAME_WORD_TYPE_SHIFT } from '../abi/frame-types.ts';
import { FRAME_TABLE, PAGE_SHIFT, PHYSICAL_WINDOW, PHYSICAL_WINDOW_SIZE } from '../machine/layout.ts';
import { type FrameNumber, type VirtualAddress, virtualAddress } from './address.ts';

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

/** log2 of the bytes of an entry. */
const ENTRY_SHIFT: u64 = 4n;
/** How far the kernel address of a frame is shifted, with its sign, to be that of its entry: by log2 of 4096 bytes for 16. */
const ADDRESS_SHIFT: i64 = 8n;
staticAssert(PAGE_SHIFT - ENTRY_SHIFT === 8n && FRAME_TABLE << 8n === PHYSICAL_WINDOW);

/** Most frames that a machine can have: 255 GiB. */
export const FRAME_TABLE_LIMIT: u64 = PHYSICAL_WINDOW_SIZE >> PAGE_SHIFT;

/** Which frames the table covers. */
export class FrameTable {
  /** The first frame that has an entry. Written once, at boot. */
  first: u64 = 0n;
  /** How many frames have entries. Written once, at boot. */
  count: u64 = 0n;
}
export const frameTable = new FrameTable();

/** Sets which frames have entries. Called once at boot, when these are mapped; `frameTableFill` must then write every one. */
export function frameTablePlace(first: FrameNumber, count: u64): void {
  frameTable.first = first;
  frameTable.count = count;
}

/** Kernel address of the entry of a frame. */
export function frameEntryAddress(frame: FrameNumber): VirtualAddress {
  return virtualAddress(FRAME_TABLE + (frame << ENTRY_SHIFT));
}

/** The entry of a frame, which has one. */
export function frameEntry(frame: FrameNumber): FrameEntry {
  return objectAt<FrameEntry>(frameEntryAddress(frame));
}

/** The entry of the frame whose first byte is at a kernel address. The window is where it is so that this is one shift. */
export function frameEntryAt(address: VirtualAddress): FrameEntry {
  return objectAt<FrameEntry>(u64.wrap(i64.wrap(address) >> ADDRESS_SHIFT));
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
  let address: u64 = frameEntryAddress(first);
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
