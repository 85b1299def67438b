/**
 * Frames: Recover. Whoever owns the memory can always take it back: it gets a
 * capability for the object in a frame, whatever anybody built in it. With that
 * it can empty, retire and inspect the object, and do nothing else.
 *
 * INV10: every frame of memory is in exactly one state, and none is ever lost: through Recover each one can become
 * Untyped again.
 */

import { ERROR_BUSY, ERROR_DEAD, ERROR_OK, ERROR_OUT_OF_RANGE, ERROR_WRONG_TYPE } from '../abi/errors.ts';
import {
  FRAME_TYPE_CAPABILITY_TABLE,
  FRAME_TYPE_COMPONENT,
  FRAME_TYPE_DEAD,
  FRAME_TYPE_THREAD,
  FRAME_TYPE_BUSY,
} from '../abi/frame-types.ts';
import { CAPABILITY_TABLE_SLOTS } from '../abi/identifiers.ts';
import { KIND_CAPABILITY_TABLE, KIND_COMPONENT, KIND_PAGE_TABLE, KIND_THREAD } from '../abi/kinds.ts';
import { type Outcome } from '../abi/outcome.ts';
import {
  RIGHT_CAPABILITY_TABLE_INSPECT,
  RIGHT_CAPABILITY_TABLE_REMOVE,
  RIGHT_COMPONENT_RETIRE,
  RIGHT_PAGE_TABLE_INSPECT,
  RIGHT_PAGE_TABLE_REMOVE,
} from '../abi/rights.ts';
import { frameNumber, virtualAddress } from '../base/address.ts';
import { frameIsPageTable, frameReference, frameTypeOf } from '../base/frame-count.ts';
import { frameEntry } from '../base/frame-table.ts';
import { hartOnEntry } from '../base/hart.ts';
import { slotClaimEmpty, slotPublishObject, slotRestore } from '../capability/claim.ts';
import { capabilityRangeAt } from '../capability/resolve.ts';
import { type Operation, slotHeader } from '../capability/slot.ts';
import { tableAt } from '../capability/table.ts';

/** What Recover gives for a type of object. A kind of 0: there is no object. */
type Recovery = {
  readonly kind: u64;
  readonly rights: u64;
};

function recoveryOf(type: u64): Recovery {
  if (type === FRAME_TYPE_CAPABILITY_TABLE) {
    return { kind: KIND_CAPABILITY_TABLE, rights: RIGHT_CAPABILITY_TABLE_REMOVE | RIGHT_CAPABILITY_TABLE_INSPECT };
  }
  if (frameIsPageTable(type)) {
    return { kind: KIND_PAGE_TABLE, rights: RIGHT_PAGE_TABLE_REMOVE | RIGHT_PAGE_TABLE_INSPECT };
  }
  if (type === FRAME_TYPE_COMPONENT) return { kind: KIND_COMPONENT, rights: RIGHT_COMPONENT_RETIRE };
  if (type === FRAME_TYPE_THREAD) return { kind: KIND_THREAD, rights: 0n };
  return { kind: 0n, rights: 0n };
}

/** Makes a capability for the object in a frame of the range, in the empty slot `target` of the caller's own table. */
export function framesRecover(...[index, target, , , , , header, slot]: Parameters<Operation>): Outcome {
  const hart = hartOnEntry();
  if (target >= CAPABILITY_TABLE_SLOTS) return { error: ERROR_OUT_OF_RANGE, value: CAPABILITY_TABLE_SLOTS };
  const found = capabilityRangeAt(slot, header, index);
  if (found.error !== ERROR_OK) return found;
  const frame = frameNumber(found.value);
  const word = frameEntry(frame).state.load();
  const type = frameTypeOf(word);
  if ((type & ~FRAME_TYPE_DEAD) === FRAME_TYPE_BUSY) return { error: ERROR_BUSY, value: 0n };
  if ((type & FRAME_TYPE_DEAD) !== 0n) return { error: ERROR_DEAD, value: 0n };
  const recovery = recoveryOf(type);
  if (recovery.kind === 0n) return { error: ERROR_WRONG_TYPE, value: word & 0xffff_ffffn };
  const own = tableAt(virtualAddress(hart.table)).slots[u32(target)];
  const claimed = slotClaimEmpty(own);
  if (claimed.error !== ERROR_OK) return claimed;
  const counted = frameReference(frame, type);
  if (counted.error !== ERROR_OK) {
    slotRestore(own, claimed.value);
    return counted;
  }

  slotPublishObject(own, claimed.value, slotHeader(recovery.kind, recovery.rights), frame, type, 0n);
  return { error: ERROR_OK, value: 0n };
}
