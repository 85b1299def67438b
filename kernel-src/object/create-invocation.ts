/** Create: an Invocation. It lives wholly in its slot, and names its component weakly. */

import { ERROR_BAD_ARGUMENT, ERROR_DEAD, ERROR_OK, ERROR_OUT_OF_RANGE } from '../abi/errors.ts';
import { FRAME_TYPE_COMPONENT, FRAME_WORD_INCARNATION_SHIFT } from '../abi/frame-types.ts';
import { KIND_COMPONENT, KIND_INVOCATION } from '../abi/kinds.ts';
import { type Outcome } from '../abi/outcome.ts';
import { RIGHT_COMPONENT_BIND, RIGHTS_INVOCATION } from '../abi/rights.ts';
import { frameNumber, frameToVirtual, virtualAddress } from '../base/address.ts';
import { frameIncarnationOf, frameKey, frameTypeOf } from '../base/frame-count.ts';
import { frameEntry } from '../base/frame-table.ts';
import { type Hart, hartOnEntry } from '../base/hart.ts';
import { slotClaimEmpty, slotPublish } from '../capability/claim.ts';
import { capabilityCheck, capabilityFrame, capabilitySlot } from '../capability/resolve.ts';
import { slotAt, type Operation } from '../capability/slot.ts';
import { capabilityTableSlot } from './capability-table.ts';
import { INVOCATION_LEVELS_MAXIMUM, invocationLimit } from './invocation.ts';
import { REFERENCE_LOW } from './thread.ts';

/** Entry points are in the lower half of Sv39, and even. */
const ENTRY_INVALID: u64 = ~0x3f_ffff_fffen;

/** The live component that an id names, with the right to bind: its frame number, and its incarnation in bits 32 to 63. */
export function componentArgument(hart: Hart, id: u64, argument: u64): Outcome {
  const named = capabilitySlot(hart, id, argument);
  if (named.error !== ERROR_OK) return named;
  const slot = slotAt(virtualAddress(named.value));
  const header = slot.header.load();
  const checked = capabilityCheck(header, id, KIND_COMPONENT, RIGHT_COMPONENT_BIND);
  if (checked.error !== ERROR_OK) return checked;
  const frame = capabilityFrame(slot, header);
  if (frame.error !== ERROR_OK) return frame;
  const word = frameEntry(frameNumber(frame.value)).state.load();
  if (frameTypeOf(word) !== FRAME_TYPE_COMPONENT) return { error: ERROR_DEAD, value: 0n };
  return { error: ERROR_OK, value: frame.value | (frameIncarnationOf(word) << FRAME_WORD_INCARNATION_SHIFT) };
}

/** An invocation of the component `componentId` at `entry`, with a badge, that needs `levels` further levels. */
export function createInvocation(
  ...[index, , componentId, entry, badge, levels, header, slot]: Parameters<Operation>
): Outcome {
  const hart = hartOnEntry();
  if ((entry & ENTRY_INVALID) !== 0n) return { error: ERROR_BAD_ARGUMENT, value: 3n };
  if (levels > INVOCATION_LEVELS_MAXIMUM) return { error: ERROR_OUT_OF_RANGE, value: INVOCATION_LEVELS_MAXIMUM + 1n };
  const component = componentArgument(hart, componentId, 2n);
  if (component.error !== ERROR_OK) return component;
  const found = capabilityTableSlot(header, slot, index);
  if (found.error !== ERROR_OK) return found;
  const target = slotAt(virtualAddress(found.value));
  const claimed = slotClaimEmpty(target);
  if (claimed.error !== ERROR_OK) return claimed;

  target.frame.store(0n);
  target.first.store(frameToVirtual(frameNumber(component.value & REFERENCE_LOW)));
  target.count.store(invocationLimit(levels));
  target.badge.store(badge);
  target.entry.store(entry);
  target.extra.store(frameKey(FRAME_TYPE_COMPONENT, frameIncarnationOf(component.value)));
  slotPublish(target, claimed.value, KIND_INVOCATION, RIGHTS_INVOCATION);
  return { error: ERROR_OK, value: 0n };
}
