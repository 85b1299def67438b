/** Create: an Interrupt, the capability for one line. It lives wholly in its slot; several may name the same line. */

import { ERROR_BAD_ARGUMENT, ERROR_OK, ERROR_OUT_OF_RANGE } from '../abi/errors.ts';
import { KIND_INTERRUPT, KIND_INTERRUPT_CONTROL } from '../abi/kinds.ts';
import { type Outcome } from '../abi/outcome.ts';
import { RIGHT_INTERRUPT_BIND, RIGHTS_INTERRUPT } from '../abi/rights.ts';
import { virtualAddress } from '../base/address.ts';
import { hartOnEntry } from '../base/hart.ts';
import { slotClaimEmpty, slotPublish } from '../capability/claim.ts';
import { capabilityCheck, capabilitySlot } from '../capability/resolve.ts';
import { slotAt, type Operation } from '../capability/slot.ts';
import { plic } from '../machine/plic.ts';
import { capabilityTableSlot } from './capability-table.ts';

/** A capability for a line, by the right that the InterruptControl capability `controlId` is. */
export function createInterrupt(...[index, , controlId, line, a4, a5, header, slot]: Parameters<Operation>): Outcome {
  if (a4 !== 0n) return { error: ERROR_BAD_ARGUMENT, value: 4n };
  if (a5 !== 0n) return { error: ERROR_BAD_ARGUMENT, value: 5n };
  const named = capabilitySlot(hartOnEntry(), controlId, 2n);
  if (named.error !== ERROR_OK) return named;
  const control = slotAt(virtualAddress(named.value)).header.load();
  const checked = capabilityCheck(control, controlId, KIND_INTERRUPT_CONTROL, RIGHT_INTERRUPT_BIND);
  if (checked.error !== ERROR_OK) return checked;
  if (line === 0n || line >= plic.lines) return { error: ERROR_OUT_OF_RANGE, value: plic.lines };
  const found = capabilityTableSlot(header, slot, index);
  if (found.error !== ERROR_OK) return found;
  const target = slotAt(virtualAddress(found.value));
  const claimed = slotClaimEmpty(target);
  if (claimed.error !== ERROR_OK) return claimed;

  target.frame.store(0n);
  target.first.store(line);
  target.count.store(0n);
  target.badge.store(0n);
  target.entry.store(0n);
  target.extra.store(0n);
  slotPublish(target, claimed.value, KIND_INTERRUPT, RIGHTS_INTERRUPT);
  return { error: ERROR_OK, value: 0n };
}
