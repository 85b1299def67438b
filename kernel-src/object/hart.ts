/** Hart: one hart of the machine. The capability's `first` is the firmware's number of it, `badge` its position. */

import { ERROR_BUSY, ERROR_OK, ERROR_OUT_OF_RANGE } from '../abi/errors.ts';
import { HART_INSPECT_IDENTIFIER, HART_INSPECT_POSITION, HART_INSPECT_STATE } from '../abi/machine-operations.ts';
import { type Outcome } from '../abi/outcome.ts';
import { hartAt } from '../base/hart.ts';
import { type Operation } from '../capability/slot.ts';
import { fenceReads } from '../machine/barrier.ts';
import { HART_LIMIT } from '../machine/layout.ts';

/** Turns a position into an index. */
const POSITION_MASK: u64 = u64(HART_LIMIT) - 1n;

/** Tells one field of a hart. */
export function hartInspect(...[field, , , , , , header, slot]: Parameters<Operation>): Outcome {
  if (field > HART_INSPECT_STATE) return { error: ERROR_OUT_OF_RANGE, value: HART_INSPECT_STATE + 1n };
  fenceReads();
  const identifier = slot.first.load();
  const position = slot.badge.load();
  fenceReads();
  if (slot.header.load() !== header) return { error: ERROR_BUSY, value: 0n };
  if (field === HART_INSPECT_IDENTIFIER) return { error: ERROR_OK, value: identifier };
  if (field === HART_INSPECT_POSITION) return { error: ERROR_OK, value: position };
  return { error: ERROR_OK, value: hartAt(u32(position & POSITION_MASK)).runs.load() };
}
