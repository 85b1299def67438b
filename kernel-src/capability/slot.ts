/**
 * A slot: 64 bytes that hold one capability, and a link to a table below.
 *
 * The header is kind (bits 0 to 7), rights (bits 8 to 23) and a sequence number
 * (bits 32 to 63) that grows with each change. Whoever changes a slot first
 * makes it Busy by compare-and-swap of the header, then writes the body, then
 * publishes the new header. Whoever reads the body loads the header before and
 * after it: a header that changed is an error, not a reason to try again.
 */

import { FRAME_TYPE_PAGE_TABLE_0 } from '../abi/frame-types.ts';
import { KIND_PAGE_TABLE } from '../abi/kinds.ts';
import { type Outcome } from '../abi/outcome.ts';
import { frameNumber, frameToVirtual, type FrameNumber, type VirtualAddress } from '../base/address.ts';
import { frameIsPageTable, frameTypeOf } from '../base/frame-count.ts';
import { frameEntry } from '../base/frame-table.ts';

/** The header, and the kind, of a slot that some hart is changing: it has no complement, so it meets no need. Never leaves the kernel. */
export const SLOT_BUSY: u64 = 0x0fn;
/** The kind in a header. */
export const SLOT_KIND_MASK: u64 = 0xffn;
/** The complement of the kind in a header: 0 in one that is empty or Busy. */
const SLOT_COMPLEMENT_MASK: u64 = 0xf0n;
/** Where the rights begin in a header. */
export const SLOT_RIGHTS_SHIFT: u64 = 8n;
/** The rights, shifted to the lowest bits. */
export const SLOT_RIGHTS_MASK: u64 = 0xffffn;
/** Kind and rights in a header: what `INSPECT_KIND` shows. */
export const SLOT_CAPABILITY_MASK: u64 = 0xff_ffffn;
/** One change of a slot. */
export const SLOT_SEQUENCE: u64 = 0x1_0000_0000n;

/** One slot of a capability table. */
export class Slot {
  /** Protocol above. Frees and takes the slot. */
  readonly header = atomic(u64);
  /** The frame number of the object that this capability counts, or 0. Written while the header is Busy. */
  readonly frame = atomic(u64);
  /** First frame or page of a range; kernel address of the component of an Invocation; the firmware's number of a hart; the number of a line. Written as `frame`. */
  readonly first = atomic(u64);
  /** Number of frames or pages of a range. Written as `frame`. */
  readonly count = atomic(u64);
  /** Mask of a signal, badge, position of a hart. Written as `frame`. */
  readonly badge = atomic(u64);
  /** Entry point of an invocation. Written as `frame`. */
  readonly entry = atomic(u64);
  /** What the operations of the kind ask for first: of a counted object `slotObject`; of an Invocation the key of its component. Written as `frame`. */
  readonly extra = atomic(u64);
  /** Frame number of the capability table linked below this slot, or 0. Changed by compare-and-swap, whatever the header is. */
  readonly child = atomic(u64);
}
staticAssert(sizeof<Slot>() === 64);

/** A header with sequence number 0. */
export function slotHeader(kind: u64, rights: u64): u64 {
  return kind | (rights << SLOT_RIGHTS_SHIFT);
}

/** Whether a header is that of a capability: neither empty nor Busy. */
export function slotIsFull(header: u64): boolean {
  return (header & SLOT_COMPLEMENT_MASK) !== 0n;
}

/** Whether a header is that of a capability of the kind of another header, with its rights at least. */
export function slotMeets(header: u64, need: u64): boolean {
  return (header & need) === need;
}

/**
 * What `extra` is in a capability for the object in a frame: its kernel address, and for a page table the level in the
 * lowest two bits. A frame keeps its type as long as a slot counts it, so the level is that of the type.
 */
export function slotObject(frame: FrameNumber, type: u64): u64 {
  return frameToVirtual(frame) | (frameIsPageTable(type) ? type - FRAME_TYPE_PAGE_TABLE_0 : 0n);
}

/** Puts a capability into an empty slot of a table that nobody else can see yet: for boot only. A frame has its type already. */
export function slotGrant(slot: Slot, kind: u64, rights: u64, frame: u64, first: u64, count: u64): void {
  if (frame !== 0n) {
    const type = kind === KIND_PAGE_TABLE ? frameTypeOf(frameEntry(frameNumber(frame)).state.load()) : 0n;
    slot.extra.store(slotObject(frameNumber(frame), type));
  }
  slot.frame.store(frame);
  slot.first.store(first);
  slot.count.store(count);
  slot.header.storeRelease(slotHeader(kind, rights));
}

/** The slot at a kernel address that a look-up answered. */
export function slotAt(address: VirtualAddress): Slot {
  return objectAt<Slot>(address);
}

/**
 * An operation: decodes and checks its arguments, then does what it is for. When
 * the look-up checked it, `slot` held a capability of its kind with its rights,
 * under `header`: what an operation reads of the slot belongs to that capability
 * only if the header is still this one. It is entered by a jump with the stack of
 * the kernel empty, so it finds its hart as `hartOnEntry`.
 */
export type Operation = (a0: u64, a1: u64, a2: u64, a3: u64, a4: u64, a5: u64, header: u64, slot: Slot) => Outcome;
