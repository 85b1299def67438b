/** The control and status registers of this hart that the kernel uses, but for those that only assembly touches. */

/** Instructions retired by this hart, firmware included (`instret`). */
export declare function instructionsRetired(): u64;
/** The time counter, in ticks (`time`). */
export declare function timeNow(): u64;
/** Interrupts another hart, by the firmware's number of it. @shared */
export declare function hartInterrupt(identifier: u64): void;
/** Writes `satp` and drops every cached translation. The code that runs must be mapped at the same place in the new address space. @shared */
export declare function addressSpaceSelect(satp: u64): void;

/** Sets which interrupts the hart takes from user mode, and wakes up for (`sie`). */
export declare function interruptsEnable(which: u64): void;
/** The interrupts that are pending (`sip`). @shared */
export declare function interruptsPending(): u64;
/** Takes away the interrupt that another hart caused (`sip.SSIP`), before any access to memory that comes after it. @shared */
export declare function interruptClear(): void;
/** Bits of `sie` and `sip`: from another hart, from the timer, from a device. */
export const INTERRUPT_SOFTWARE: u64 = 0x2n;
export const INTERRUPT_TIMER: u64 = 0x20n;
export const INTERRUPT_EXTERNAL: u64 = 0x200n;

/** `scause` of a fetch from an address without access (privileged specification, table "Supervisor cause register values"). */
const CAUSE_FETCH_ACCESS: u64 = 1n;
/** `scause` of a fetch from an address without a translation. */
const CAUSE_FETCH_PAGE: u64 = 12n;
/** The highest bit of an Sv39 address: the bits above are equal to it. */
const ADDRESS_SIGN: u64 = 0x40_0000_0000n;
/** The bits above the highest bit of an Sv39 address. */
const ADDRESS_UPPER: u64 = 0xffff_ff80_0000_0000n;

/**
 * The address of a fault: `stval`, put right after a fetch. The U74 does not
 * extend the sign of the address there (SiFive erratum CIP-453); on other harts
 * this changes nothing.
 */
export function faultAddress(cause: u64, value: u64): u64 {
  if (cause !== CAUSE_FETCH_ACCESS && cause !== CAUSE_FETCH_PAGE) return value;
  return (value & ADDRESS_SIGN) === 0n ? value : value | ADDRESS_UPPER;
}
