/**
 * Component: Retire and Inspect. Retire is the revocation of everything that a
 * component is and has given: every hart that is inside meets it at its next
 * entry. No tree is walked, and nothing is freed: that is up to the owners.
 */

import { ERROR_DEAD, ERROR_OK, ERROR_OUT_OF_RANGE } from '../abi/errors.ts';
import { FRAME_TYPE_DEAD, FRAME_WORD_TYPE_SHIFT } from '../abi/frame-types.ts';
import { type Outcome } from '../abi/outcome.ts';
import {
  COMPONENT_INSPECT_ROOT,
  COMPONENT_INSPECT_STATE,
  COMPONENT_INSPECT_TABLE,
} from '../abi/component-operations.ts';
import { frameNumber, frameToVirtual, virtualAddress } from '../base/address.ts';
import { epoch, epochAdvance } from '../base/epoch.ts';
import { frameTypeOf } from '../base/frame-count.ts';
import { frameEntry } from '../base/frame-table.ts';
import { type Hart, hartOnEntry } from '../base/hart.ts';
import { capabilityFrame } from '../capability/resolve.ts';
import { type Operation } from '../capability/slot.ts';
import { fenceMemory } from '../machine/barrier.ts';
import { chainContinue, chainDie, chainFollowEpoch, chainSwitch } from './chain.ts';
import { componentAt } from './component.ts';
import { threadAnswer, threadAt } from './thread.ts';

/** The dead mark, in its place in a frame's word. */
const DEAD_MARK: u64 = FRAME_TYPE_DEAD << FRAME_WORD_TYPE_SHIFT;

/** Marks a component dead. Answers the stamp after which no hart is inside any more. */
export function componentRetire(...[, , , , , , header, slot]: Parameters<Operation>): Outcome {
  const hart = hartOnEntry();
  const found = capabilityFrame(slot, header);
  if (found.error !== ERROR_OK) return found;
  const entry = frameEntry(frameNumber(found.value));
  if ((entry.state.or(DEAD_MARK) & DEAD_MARK) !== 0n) return { error: ERROR_DEAD, value: 0n };

  fenceMemory();
  const stamp = epoch.current.load();
  entry.epoch.max(stamp);
  epochAdvance(hart, stamp);
  if (chainFollowEpoch(hart)) return { error: ERROR_OK, value: stamp };
  return retireHere(hart, stamp);
}

/** The Retire has hit a component in which a thread of the chain of this hart is. Its answer is for whoever still runs. @cold */
function retireHere(hart: Hart, stamp: u64): Outcome {
  const thread = threadAt(virtualAddress(hart.thread));
  threadAnswer(thread, ERROR_OK, stamp);
  return chainDie(hart) ? chainSwitch(hart, thread) : chainContinue(hart);
}

/** Tells one field of a component. */
export function componentInspect(...[field, , , , , , header, slot]: Parameters<Operation>): Outcome {
  if (field > COMPONENT_INSPECT_TABLE) return { error: ERROR_OUT_OF_RANGE, value: COMPONENT_INSPECT_TABLE + 1n };
  const found = capabilityFrame(slot, header);
  if (found.error !== ERROR_OK) return found;
  const frame = frameNumber(found.value);
  const component = componentAt(frameToVirtual(frame));
  if (field === COMPONENT_INSPECT_STATE) {
    const type = frameTypeOf(frameEntry(frame).state.load());
    return { error: ERROR_OK, value: (type & FRAME_TYPE_DEAD) === 0n ? 0n : 1n };
  }
  return { error: ERROR_OK, value: field === COMPONENT_INSPECT_ROOT ? component.root : component.table };
}
