/** A serial port like National Semiconductor's NS16550A ("PC16550D Universal Asynchronous Receiver/Transmitter with FIFOs", 1995). */

import { memoryByteRegister, memoryRegister, memorySetByteRegister, memorySetRegister } from '../lib/memory.ts';
import { type Port, PORT_INPUT, PORT_NOTHING, PORT_ROOM } from './port.ts';

/** Registers: data, interrupts that are enabled, control of the FIFOs, of the modem, state of the line. */
const DATA: u64 = 0n;
const INTERRUPT_ENABLE: u64 = 1n;
const FIFO_CONTROL: u64 = 2n;
const MODEM_CONTROL: u64 = 4n;
const LINE_STATUS: u64 = 5n;
/** Interrupts: a byte has come; there is room for output. The bits are those of `PORT_INPUT` and `PORT_ROOM`. */
const ENABLE_RECEIVED: u32 = 1;
const ENABLE_EMPTY: u32 = 2;
staticAssert(PORT_INPUT === u64(ENABLE_RECEIVED) && PORT_ROOM === u64(ENABLE_EMPTY));
/** FIFOs on; an interrupt at the first byte. */
const FIFO_ON: u32 = 1;
/** Ready to send and receive; and the output that lets interrupts out of the chip. */
const MODEM_READY: u32 = 0x0b;
/** State: a byte has come; the FIFO for output is empty. */
const STATUS_RECEIVED: u32 = 0x01;
const STATUS_EMPTY: u32 = 0x20;
/** Bytes of that FIFO. */
const FIFO_BYTES: u64 = 16n;

function read(port: Port, register: u64): u32 {
  const address: u64 = port.base + (register << port.shift);
  return port.width === 4n ? memoryRegister(address) : memoryByteRegister(address);
}

function write(port: Port, register: u64, value: u32): void {
  const address: u64 = port.base + (register << port.shift);
  if (port.width === 4n) memorySetRegister(address, value);
  else memorySetByteRegister(address, u8.wrap(value));
}

/** Makes it interrupt when a byte comes. Speed and format stay as the firmware has set them. */
export function ns16550Start(port: Port): void {
  write(port, FIFO_CONTROL, FIFO_ON);
  write(port, MODEM_CONTROL, MODEM_READY);
  ns16550Ask(port, PORT_INPUT);
}

/** The next byte that has come, or `PORT_NOTHING`. */
export function ns16550Receive(port: Port): u64 {
  if ((read(port, LINE_STATUS) & STATUS_RECEIVED) === 0) return PORT_NOTHING;
  return u64(read(port, DATA)) & 0xffn;
}

/** How many bytes can be sent now. */
export function ns16550Room(port: Port): u64 {
  return (read(port, LINE_STATUS) & STATUS_EMPTY) === 0 ? 0n : FIFO_BYTES;
}

/** Sends a byte, for which there is room. */
export function ns16550Send(port: Port, byte: u64): void {
  write(port, DATA, u32.wrap(byte & 0xffn));
}

/** What it interrupts for from now on. */
export function ns16550Ask(port: Port, events: u64): void {
  write(port, INTERRUPT_ENABLE, u32.wrap(events & (PORT_INPUT | PORT_ROOM)));
}
