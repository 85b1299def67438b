/**
 * A component: an address space and a capability table, in one frame.
 *
 * Its page table and its capability table are counted references, made by
 * Create and given up when the frame is retyped. Nothing in it changes between.
 */

import { type VirtualAddress } from '../base/address.ts';

/** The frame of a component. */
export class ComponentFrame {
  /** Frame number of the root page table; counted. Written once, by Create. */
  root: u64 = 0n;
  /** Frame number of the first-level capability table; counted. Written once, by Create. */
  table: u64 = 0n;
  /** What `satp` is while a thread is in this component (privileged specification, Sv39: mode 8, ASID 0). Written once, by Create. */
  satp: u64 = 0n;
  /** Kernel address of the table. Written once, by Create. */
  tableAddress: u64 = 0n;
  /** For a handler of the component's own faults. */
  readonly faultHandler = array(u64, 2);
  readonly reserved = array(u64, 506);
}
staticAssert(sizeof<ComponentFrame>() === 4096);

/** The component at a kernel address, which a slot names as one. */
export function componentAt(address: VirtualAddress): ComponentFrame {
  return objectAt<ComponentFrame>(address);
}
