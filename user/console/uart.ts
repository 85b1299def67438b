/** The serial ports that the driver knows: the place in each table is the port's kind (`user/lib/serial.ts`). */

import { ns16550Ask, ns16550Receive, ns16550Room, ns16550Send, ns16550Start } from './ns16550.ts';
import { type Port } from './port.ts';
import { sifiveUartAsk, sifiveUartReceive, sifiveUartRoom, sifiveUartSend, sifiveUartStart } from './sifive-uart.ts';

type PortWork = (port: Port) => void;
type PortAnswer = (port: Port) => u64;
type PortOrder = (port: Port, value: u64) => void;

const STARTS: readonly PortWork[] = [ns16550Start, sifiveUartStart];
const RECEIVES: readonly PortAnswer[] = [ns16550Receive, sifiveUartReceive];
const ROOMS: readonly PortAnswer[] = [ns16550Room, sifiveUartRoom];
const SENDS: readonly PortOrder[] = [ns16550Send, sifiveUartSend];
const ASKS: readonly PortOrder[] = [ns16550Ask, sifiveUartAsk];

/** Makes the port interrupt when a byte comes. */
export function uartStart(port: Port): void {
  STARTS[port.kind & 1](port);
}

/** The next byte that has come, or `PORT_NOTHING`. */
export function uartReceive(port: Port): u64 {
  return RECEIVES[port.kind & 1](port);
}

/** How many bytes can be sent now. */
export function uartRoom(port: Port): u64 {
  return ROOMS[port.kind & 1](port);
}

/** Sends a byte, for which there is room. */
export function uartSend(port: Port, byte: u64): void {
  SENDS[port.kind & 1](port, byte);
}

/** What it interrupts for from now on: `PORT_INPUT`, `PORT_ROOM`, both, or 0. */
export function uartAsk(port: Port, events: u64): void {
  ASKS[port.kind & 1](port, events);
}
