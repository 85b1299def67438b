/**
 * A component: an address space and a capability table, in one frame.
 *
 * Its page table and its capability table are counted references, made by
 * Create and given up when the frame is retyped. Nothing in it changes between.
 */

import { frameNumber, frameToVirtual, type FrameNumber, virtualAddress, type VirtualAddress } from '../base/address.ts';
import { frameIsAlive, frameRelease } from '../base/frame-count.ts';
import { satpOf } from '../machine/sv39.ts';

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

/** Fills the blank frame of a new component. Both references have been taken. */
export function componentMake(frame: FrameNumber, root: FrameNumber, table: FrameNumber): void {
  const component = componentAt(frameToVirtual(frame));
  component.root = root;
  component.table = table;
  component.satp = satpOf(root);
  component.tableAddress = frameToVirtual(table);
}

/** Gives up the two references of a component that nobody can reach any more. */
export function componentDissolve(frame: FrameNumber): void {
  const component = componentAt(frameToVirtual(frame));
  frameRelease(frameNumber(component.root));
  frameRelease(frameNumber(component.table));
}

/** Whether a component that is named weakly, by its address and a key, is alive. */
export function componentIsAlive(address: u64, key: u64): boolean {
  return frameIsAlive(virtualAddress(address), key);
}
