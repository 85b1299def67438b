/** The serial port of SiFive's chips ("SiFive FU540-C000 Manual", chapter "Universal Asynchronous Receiver/Transmitter"). */

import { memoryRegister, memorySetRegister } from '../lib/memory.ts';
import { type Port, PORT_INPUT, PORT_NOTHING, PORT_ROOM } from './port.ts';

/** Offsets of registers: output, input, control of both, interrupts that are enabled. */
const SEND_DATA: u64 = 0x00n;
const RECEIVE_DATA: u64 = 0x04n;
const SEND_CONTROL: u64 = 0x08n;
const RECEIVE_CONTROL: u64 = 0x0cn;
const INTERRUPT_ENABLE: u64 = 0x10n;
/** Output full; input empty: the sign of the word. */
const NOT_READY: u32 = 0x8000_0000;
/** Output on, interrupt when fewer than 1 byte is left; input on, interrupt when more than 0 bytes are there. */
const SEND_ON: u32 = 0x1_0001;
const RECEIVE_ON: u32 = 1;
/** Interrupts. */
const ENABLE_ROOM: u32 = 1;
const ENABLE_RECEIVED: u32 = 2;

/** Makes it interrupt when a byte comes. Speed and format stay as the firmware has set them. */
export function sifiveUartStart(port: Port): void {
  memorySetRegister(port.base + SEND_CONTROL, SEND_ON);
  memorySetRegister(port.base + RECEIVE_CONTROL, RECEIVE_ON);
  sifiveUartAsk(port, PORT_INPUT);
}

/** The next byte that has come, or `PORT_NOTHING`. */
export function sifiveUartReceive(port: Port): u64 {
  const found = memoryRegister(port.base + RECEIVE_DATA);
  return (found & NOT_READY) !== 0 ? PORT_NOTHING : u64(found & 0xff);
}

/** How many bytes can be sent now. */
export function sifiveUartRoom(port: Port): u64 {
  return (memoryRegister(port.base + SEND_DATA) & NOT_READY) !== 0 ? 0n : 1n;
}

/** Sends a byte, for which there is room. */
export function sifiveUartSend(port: Port, byte: u64): void {
  memorySetRegister(port.base + SEND_DATA, u32.wrap(byte & 0xffn));
}

/** What it interrupts for from now on. */
export function sifiveUartAsk(port: Port, events: u64): void {
  const input: u32 = (events & PORT_INPUT) === 0n ? 0 : ENABLE_RECEIVED;
  const room: u32 = (events & PORT_ROOM) === 0n ? 0 : ENABLE_ROOM;
  memorySetRegister(port.base + INTERRUPT_ENABLE, input | room);
}
