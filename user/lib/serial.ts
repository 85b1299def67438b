/** What the console driver (`user/console`) is told by whoever makes it: which serial port, and where. */

import { TreeDevice, treeFind } from './device-tree.ts';

/** Kinds of ports, by `compatible`. */
export const SERIAL_NS16550: u64 = 0n;
export const SERIAL_SIFIVE: u64 = 1n;
/** Where the driver finds the registers: at this address, in one page. */
export const SERIAL_PAGE: u64 = 0x2000_0000_0n;
/** Slots of its table: the interrupt, and from here on the clients' threads, to be signalled. */
export const SERIAL_INTERRUPT: u64 = 20n;
export const SERIAL_CLIENTS: u64 = 32n;
/** Signals of its thread: an interrupt; a client has something for it to do. */
export const SERIAL_INTERRUPTS: u64 = 1n;
export const SERIAL_WORK: u64 = 2n;

/** The second argument of `componentMain`: place of the registers in their page, kind, shift and width. */
const KIND_SHIFT: u64 = 12n;
const SHIFT_SHIFT: u64 = 16n;
const WIDTH_SHIFT: u64 = 20n;

/** The argument for a port of a kind. */
export function serialArgument(device: TreeDevice, kind: u64): u64 {
  return (device.base & 0xfffn) | (kind << KIND_SHIFT) | (device.shift << SHIFT_SHIFT) | (device.width << WIDTH_SHIFT);
}

/** The parts of an argument. */
export function serialOffset(argument: u64): u64 {
  return argument & 0xfffn;
}
export function serialKind(argument: u64): u64 {
  return (argument >> KIND_SHIFT) & 0xfn;
}
export function serialShift(argument: u64): u64 {
  return (argument >> SHIFT_SHIFT) & 0xfn;
}
export function serialWidth(argument: u64): u64 {
  return (argument >> WIDTH_SHIFT) & 0xfn;
}

/** Looks for a serial port that the driver knows. Answers its kind; `device.found` says whether there is one. */
export function serialFind(tree: u64, device: TreeDevice): u64 {
  treeFind(tree, 'ns16550a', device);
  if (device.found) return SERIAL_NS16550;
  treeFind(tree, 'snps,dw-apb-uart', device);
  if (device.found) return SERIAL_NS16550;
  treeFind(tree, 'sifive,uart0', device);
  return SERIAL_SIFIVE;
}
