/** A capability table: one frame of 64 slots. */

import { type VirtualAddress } from '../base/address.ts';
import { Slot } from './slot.ts';

/** The slots fill the frame. */
export class CapabilityTable {
  readonly slots = array(Slot, 64);
}
staticAssert(sizeof<CapabilityTable>() === 4096);

/** The table at a kernel address, which a slot, a component or a hart names as one. */
export function tableAt(address: VirtualAddress): CapabilityTable {
  return objectAt<CapabilityTable>(address);
}
