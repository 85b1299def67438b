/**
 * Addresses and frame numbers: three types that cannot be mistaken for each
 * other, and every conversion between them.
 */

import { PAGE_SHIFT, PHYSICAL_WINDOW } from '../machine/layout.ts';

/** An address on the bus. */
export type PhysicalAddress = Distinct<u64, 'PhysicalAddress'>;
/** An address as the kernel sees it: all physical memory appears at a fixed distance. */
export type VirtualAddress = Distinct<u64, 'VirtualAddress'>;
/** A physical address divided by 4096. */
export type FrameNumber = Distinct<u64, 'FrameNumber'>;

/** The number of the page at which the kernel sees frame 0. */
const WINDOW_PAGE: u64 = (PHYSICAL_WINDOW >> PAGE_SHIFT) | 0xfff0_0000_0000_0000n;
/** The part of a kernel address that is the physical one. */
const WINDOW_MASK: u64 = ~PHYSICAL_WINDOW;

/** A number that the firmware, the device tree or a register gave as a physical address. */
export function physicalAddress(value: u64): PhysicalAddress {
  return distinct<PhysicalAddress>(value);
}

/** A number that is a kernel address, such as the address of an object. */
export function virtualAddress(value: u64): VirtualAddress {
  return distinct<VirtualAddress>(value);
}

/** A number that is the number of a frame. */
export function frameNumber(value: u64): FrameNumber {
  return distinct<FrameNumber>(value);
}

/** Where the kernel sees a physical address, which is below `PHYSICAL_WINDOW_SIZE`. */
export function physicalToVirtual(address: PhysicalAddress): VirtualAddress {
  return distinct<VirtualAddress>(address + PHYSICAL_WINDOW);
}

/** The physical address behind a kernel address. */
export function virtualToPhysical(address: VirtualAddress): PhysicalAddress {
  return distinct<PhysicalAddress>(address - PHYSICAL_WINDOW);
}

/** The physical address of a frame's first byte. */
export function frameToPhysical(frame: FrameNumber): PhysicalAddress {
  return distinct<PhysicalAddress>(frame << PAGE_SHIFT);
}

/** Where the kernel sees a frame. */
export function frameToVirtual(frame: FrameNumber): VirtualAddress {
  return distinct<VirtualAddress>((frame + WINDOW_PAGE) << PAGE_SHIFT);
}

/** The frame that a physical address is in. */
export function physicalToFrame(address: PhysicalAddress): FrameNumber {
  return distinct<FrameNumber>(address >> PAGE_SHIFT);
}

/** The frame that a kernel address is in. */
export function virtualToFrame(address: VirtualAddress): FrameNumber {
  return distinct<FrameNumber>((address & WINDOW_MASK) >> PAGE_SHIFT);
}
