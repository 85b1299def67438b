/**
 * Create: makes an object in a frame that the caller has typed Kernel, and a capability for it in a slot.
 *
 * Everything is claimed before anything is published: the slot, the frame, the
 * references that the object holds. A failure puts back exactly what was there.
 *
 * INV3: every Blank frame is zero, and every object is well-formed for its kind.
 */

import {
  ERROR_BAD_ARGUMENT,
  ERROR_BUSY,
  ERROR_OK,
  ERROR_OUT_OF_RANGE,
  ERROR_WRONG_HART,
  ERROR_WRONG_LEVEL,
  ERROR_WRONG_TYPE,
} from '../abi/errors.ts';
import {
  FRAME_TYPE_BLANK,
  FRAME_TYPE_BUSY,
  FRAME_TYPE_CAPABILITY_TABLE,
  FRAME_TYPE_COMPONENT,
  FRAME_TYPE_DEAD,
  FRAME_TYPE_PAGE_TABLE_0,
  FRAME_TYPE_PAGE_TABLE_2,
  FRAME_TYPE_THREAD,
} from '../abi/frame-types.ts';
import {
  KIND_CAPABILITY_TABLE,
  KIND_COMPONENT,
  KIND_FRAMES,
  KIND_INTERRUPT,
  KIND_INVOCATION,
  KIND_PAGE_TABLE,
  KIND_THREAD,
} from '../abi/kinds.ts';
import { type Outcome } from '../abi/outcome.ts';
import {
  RIGHT_CAPABILITY_TABLE_USE,
  RIGHT_FRAMES_RETYPE,
  RIGHT_PAGE_TABLE_LINK,
  RIGHTS_CAPABILITY_TABLE,
  RIGHTS_COMPONENT,
  RIGHTS_PAGE_TABLE,
  RIGHTS_THREAD,
} from '../abi/rights.ts';
import { frameNumber, virtualAddress, type FrameNumber } from '../base/address.ts';
import { frameClaim, framePublish, frameRestore, frameTypeOf, frameUnreference } from '../base/frame-count.ts';
import { frameEntry } from '../base/frame-table.ts';
import { type Hart, hartOnEntry } from '../base/hart.ts';
import { slotClaimEmpty, slotPublishObject, slotRestore } from '../capability/claim.ts';
import { capabilityCheck, capabilityRangeAt, capabilityReference, capabilitySlot } from '../capability/resolve.ts';
import { type Operation, type Slot, slotAt, slotHeader } from '../capability/slot.ts';
import { HART_LIMIT } from '../machine/layout.ts';
import { LEVEL_ROOT } from '../machine/sv39.ts';
import { capabilityTableSlot } from './capability-table.ts';
import { componentMake } from './component.ts';
import { createInterrupt } from './create-interrupt.ts';
import { componentArgument, createInvocation } from './create-invocation.ts';
import { pageTableIn, pageTableInherit } from './page-table-node.ts';
import { threadMake } from './thread.ts';

/** The mask of a new thread's capability: every signal. */
const SIGNAL_ALL: u64 = 0xffff_ffff_ffff_ffffn;

/** What Create has claimed: a slot and a frame; or why not. */
type Claim = {
  readonly error: u64;
  readonly detail: u64;
  /** The slot, and the header that it had. */
  readonly target: Slot;
  readonly header: u64;
  /** The frame, and the word that it had. */
  readonly frame: FrameNumber;
  readonly word: u64;
};

/** A claim that failed; `slot` stands where nothing was claimed. */
function claimFailure(outcome: Outcome, slot: Slot): Claim {
  return { error: outcome.error, detail: outcome.value, target: slot, header: 0n, frame: frameNumber(0n), word: 0n };
}

/** The frame that argument 2 (a Frames capability with the right to retype) and 3 (an index) name. */
function frameArgument(hart: Hart, frames: u64, index: u64): Outcome {
  const named = capabilitySlot(hart, frames, 2n);
  if (named.error !== ERROR_OK) return named;
  const slot = slotAt(virtualAddress(named.value));
  const header = slot.header.load();
  const checked = capabilityCheck(header, frames, KIND_FRAMES, RIGHT_FRAMES_RETYPE);
  if (checked.error !== ERROR_OK) return checked;
  return capabilityRangeAt(slot, header, index);
}

/** Claims the empty slot at `index` of the table and the blank frame that arguments 2 and 3 name. */
function claim(index: u64, frames: u64, frameIndex: u64, hart: Hart, header: u64, slot: Slot): Claim {
  const found = capabilityTableSlot(header, slot, index);
  if (found.error !== ERROR_OK) return claimFailure(found, slot);
  const named = frameArgument(hart, frames, frameIndex);
  if (named.error !== ERROR_OK) return claimFailure(named, slot);
  const frame = frameNumber(named.value);
  const entry = frameEntry(frame);
  const word = entry.state.load();
  const type = frameTypeOf(word);
  if ((type & ~FRAME_TYPE_DEAD) === FRAME_TYPE_BUSY) return claimFailure({ error: ERROR_BUSY, value: 0n }, slot);
  if (type !== FRAME_TYPE_BLANK) {
    return claimFailure({ error: ERROR_WRONG_TYPE, value: word & 0xffff_ffffn }, slot);
  }
  const target = slotAt(virtualAddress(found.value));
  const claimed = slotClaimEmpty(target);
  if (claimed.error !== ERROR_OK) return claimFailure(claimed, slot);
  const taken = frameClaim(entry, word);
  if (taken.error !== ERROR_OK) {
    slotRestore(target, claimed.value);
    return claimFailure(taken, slot);
  }
  return { error: ERROR_OK, detail: 0n, target: target, header: claimed.value, frame: frame, word: word };
}

/** Gives back what was claimed. Answers what went wrong. */
function abandon(claimed: Claim, outcome: Outcome): Outcome {
  frameRestore(frameEntry(claimed.frame), claimed.word);
  slotRestore(claimed.target, claimed.header);
  return outcome;
}

/** Publishes the object, counted once by its slot, and then the slot. Nothing can fail. */
function publish(claimed: Claim, type: u64, kind: u64, rights: u64, mask: u64): Outcome {
  framePublish(frameEntry(claimed.frame), type, 1n);
  slotPublishObject(claimed.target, claimed.header, slotHeader(kind, rights), claimed.frame, type, mask);
  return { error: ERROR_OK, value: 0n };
}

/** Makes an object of a kind in a frame. What `a4` and `a5` are depends on the kind. */
export function capabilityTableCreate(
  ...[index, kind, frames, frameIndex, a4, a5, header, slot]: Parameters<Operation>
): Outcome {
  switch (kind) {
    case KIND_CAPABILITY_TABLE:
      return createTable(index, kind, frames, frameIndex, a4, a5, header, slot);
    case KIND_PAGE_TABLE:
      return createPageTable(index, kind, frames, frameIndex, a4, a5, header, slot);
    case KIND_COMPONENT:
      return createComponent(index, kind, frames, frameIndex, a4, a5, header, slot);
    case KIND_THREAD:
      return createThread(index, kind, frames, frameIndex, a4, a5, header, slot);
    case KIND_INVOCATION:
      return createInvocation(index, kind, frames, frameIndex, a4, a5, header, slot);
    case KIND_INTERRUPT:
      return createInterrupt(index, kind, frames, frameIndex, a4, a5, header, slot);
    default:
      return { error: ERROR_BAD_ARGUMENT, value: 1n };
  }
}

/** A capability table: 64 empty slots, which a blank frame is already. */
function createTable(...[index, , frames, frameIndex, a4, a5, header, slot]: Parameters<Operation>): Outcome {
  const hart = hartOnEntry();
  if (a4 !== 0n) return { error: ERROR_BAD_ARGUMENT, value: 4n };
  if (a5 !== 0n) return { error: ERROR_BAD_ARGUMENT, value: 5n };
  const claimed = claim(index, frames, frameIndex, hart, header, slot);
  if (claimed.error !== ERROR_OK) return { error: claimed.error, value: claimed.detail };
  return publish(claimed, FRAME_TYPE_CAPABILITY_TABLE, KIND_CAPABILITY_TABLE, RIGHTS_CAPABILITY_TABLE, 0n);
}

/** A node of a page table of a level, 0 to 2. A root gets the kernel's half. */
function createPageTable(...[index, , frames, frameIndex, level, a5, header, slot]: Parameters<Operation>): Outcome {
  const hart = hartOnEntry();
  if (level > u64(LEVEL_ROOT)) return { error: ERROR_OUT_OF_RANGE, value: u64(LEVEL_ROOT) + 1n };
  if (a5 !== 0n) return { error: ERROR_BAD_ARGUMENT, value: 5n };
  const claimed = claim(index, frames, frameIndex, hart, header, slot);
  if (claimed.error !== ERROR_OK) return { error: claimed.error, value: claimed.detail };
  if (level === u64(LEVEL_ROOT)) pageTableInherit(pageTableIn(claimed.frame));
  return publish(claimed, FRAME_TYPE_PAGE_TABLE_0 + level, KIND_PAGE_TABLE, RIGHTS_PAGE_TABLE, 0n);
}

/** A component around the root `rootId` and the capability table `tableId`, both counted. */
function createComponent(
  ...[index, , frames, frameIndex, rootId, tableId, header, slot]: Parameters<Operation>
): Outcome {
  const hart = hartOnEntry();
  const namedRoot = capabilitySlot(hart, rootId, 4n);
  if (namedRoot.error !== ERROR_OK) return namedRoot;
  const rootSlot = slotAt(virtualAddress(namedRoot.value));
  const rootHeader = rootSlot.header.load();
  const rootCheck = capabilityCheck(rootHeader, rootId, KIND_PAGE_TABLE, RIGHT_PAGE_TABLE_LINK);
  if (rootCheck.error !== ERROR_OK) return rootCheck;
  const namedTable = capabilitySlot(hart, tableId, 5n);
  if (namedTable.error !== ERROR_OK) return namedTable;
  const tableSlot = slotAt(virtualAddress(namedTable.value));
  const tableHeader = tableSlot.header.load();
  const tableCheck = capabilityCheck(tableHeader, tableId, KIND_CAPABILITY_TABLE, RIGHT_CAPABILITY_TABLE_USE);
  if (tableCheck.error !== ERROR_OK) return tableCheck;
  const claimed = claim(index, frames, frameIndex, hart, header, slot);
  if (claimed.error !== ERROR_OK) return { error: claimed.error, value: claimed.detail };
  const root = capabilityReference(rootSlot, rootHeader, FRAME_TYPE_PAGE_TABLE_2);
  if (root.error !== ERROR_OK) return abandon(claimed, wrongLevel(root));
  const table = capabilityReference(tableSlot, tableHeader, FRAME_TYPE_CAPABILITY_TABLE);
  if (table.error !== ERROR_OK) {
    frameUnreference(frameNumber(root.value));
    return abandon(claimed, table);
  }

  componentMake(claimed.frame, frameNumber(root.value), frameNumber(table.value));
  return publish(claimed, FRAME_TYPE_COMPONENT, KIND_COMPONENT, RIGHTS_COMPONENT, 0n);
}

/** A page table of another level answers with that level. */
function wrongLevel(outcome: Outcome): Outcome {
  if (outcome.error !== ERROR_WRONG_TYPE) return outcome;
  return { error: ERROR_WRONG_LEVEL, value: frameTypeOf(outcome.value) - FRAME_TYPE_PAGE_TABLE_0 };
}

/** A thread in the component `componentId`, which it names weakly, at home on the hart `home`. */
function createThread(
  ...[index, , frames, frameIndex, componentId, home, header, slot]: Parameters<Operation>
): Outcome {
  const hart = hartOnEntry();
  if (home >= u64(HART_LIMIT)) return { error: ERROR_OUT_OF_RANGE, value: u64(HART_LIMIT) };
  if (home !== hart.index) return { error: ERROR_WRONG_HART, value: hart.index };
  const component = componentArgument(hart, componentId, 4n);
  if (component.error !== ERROR_OK) return component;
  const claimed = claim(index, frames, frameIndex, hart, header, slot);
  if (claimed.error !== ERROR_OK) return { error: claimed.error, value: claimed.detail };

  threadMake(claimed.frame, component.value, home);
  return publish(claimed, FRAME_TYPE_THREAD, KIND_THREAD, RIGHTS_THREAD, SIGNAL_ALL);
}
