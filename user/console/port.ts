/** The registers of a serial port. */

/** No byte has come. */
export const PORT_NOTHING: u64 = 0x100n;

/** What a port is to interrupt for: bytes that have come; room for output. */
export const PORT_INPUT: u64 = 1n;
export const PORT_ROOM: u64 = 2n;

export class Port {
  /** Address of the first register. */
  base: u64 = 0n;
  /** Which of the drivers: its place in the tables of `uart.ts`. */
  kind: u32 = 0;
  /** Registers are 2^shift bytes apart, and accessed with 1 or 4 bytes. */
  shift: u64 = 0n;
  width: u64 = 0n;
}
