/**
 * The driver's own thread: moves bytes between the serial port and two queues. It
 * sleeps until an interrupt comes or a client has put something in; it polls
 * nothing.
 */

import { BOOT_SLOT_THREAD } from '../../kernel-src/abi/boot-info.ts';
import { ERROR_OK } from '../../kernel-src/abi/errors.ts';
import { IDENTIFIER_ITSELF } from '../../kernel-src/abi/identifiers.ts';
import { interruptAcknowledge, interruptBind, itselfWait, threadSignal } from '../lib/generated/operations.ts';
import { Queue, queueHasRoom, queueHolds, queuePut, queueStart, queueTake } from '../lib/queue.ts';
import {
  SERIAL_CLIENTS,
  SERIAL_INTERRUPT,
  SERIAL_INTERRUPTS,
  SERIAL_WORK,
  SERIAL_PAGE,
  serialKind,
  serialOffset,
  serialShift,
  serialWidth,
} from '../lib/serial.ts';
import { TERMINAL_CLIENTS, TERMINAL_SIGNAL } from '../lib/terminal.ts';
import { Port, PORT_INPUT, PORT_NOTHING, PORT_ROOM } from './port.ts';
import { uartAsk, uartReceive, uartRoom, uartSend, uartStart } from './uart.ts';

const SELF: u64 = u64(BOOT_SLOT_THREAD);
/** Most bytes that are moved before the next look at the signals. */
const BURST: u32 = 1024;
/** Most pieces of one client in a row. */
const TURNS: u64 = 32n;
/** Bytes. */
const NEWLINE: u64 = 10n;
const RETURN: u64 = 13n;

/** What the thread and its clients' threads share. */
export class Driver {
  readonly input = new Queue();
  /** The output of each badge: so a client can fill up no queue but its own. */
  readonly outputs = array(Queue, 8);
  /** 1 while the thread is going to look at the output by itself. */
  readonly active = atomic(u64);
  /** 1 while bytes may be left in the port because there is no room for them: whoever reads wakes the thread. */
  readonly stalled = atomic(u64);
  /** The badges of those that wait for input, and for room: a bit for each. Set by clients, taken by the thread. */
  readonly readers = atomic(u64);
  readonly writers = atomic(u64);
  /** Interrupts, bytes that came, and bytes that were sent; written by the thread. */
  readonly interrupts = atomic(u64);
  readonly received = atomic(u64);
  readonly sent = atomic(u64);
}
staticAssert(TERMINAL_CLIENTS === 8n);
export const driver = new Driver();

/** What only the thread uses. */
class Sending {
  /** The rest of a piece: the next byte in the lowest bits. */
  bytes: u64 = 0n;
  count: u64 = 0n;
  /** Whose turn it is, how many pieces it has had in a row, and whether it has begun a line and not ended it. */
  badge: u64 = 0n;
  turns: u64 = 0n;
  inLine: boolean = false;
  /** How many bytes the port still takes without being asked. */
  room: u64 = 0n;
  /** Whether the line, which is about to end, was returned to its begin. */
  returned: boolean = false;
}
const sending = new Sending();
const port = new Port();

/** Prepares port and queues, and binds the interrupt to this thread. */
export function driverStart(argument: u64): void {
  port.base = SERIAL_PAGE + serialOffset(argument);
  port.kind = u32(serialKind(argument));
  port.shift = serialShift(argument);
  port.width = serialWidth(argument);
  queueStart(driver.input);
  for (let badge: u32 = 0; badge < 8; badge++) queueStart(driver.outputs[badge]);
  const bound = interruptBind(SERIAL_INTERRUPT, SELF, SERIAL_INTERRUPTS);
  assert(bound.error === ERROR_OK);
  uartStart(port);
}

/** Wakes the thread. */
function wake(): void {
  const woken = threadSignal(SELF, SERIAL_WORK);
  assert(woken.error === ERROR_OK);
}

/** There is output: wakes the thread, unless it looks by itself. For clients' threads. */
export function driverSends(): void {
  if (driver.active.orAcquireRelease(0n) === 0n) wake();
}

/** The input is empty: wakes the thread if it has left something in the port. For clients' threads. */
export function driverReceives(): void {
  if (driver.stalled.swapAcquireRelease(0n) !== 0n) wake();
}

/** Signals the clients of a set of badges. One that is gone hears nothing. */
function signalClients(badges: u64): void {
  if (badges === 0n) return;
  for (let badge: u64 = 0n; badge < TERMINAL_CLIENTS; badge++) {
    if (((badges >> badge) & 1n) !== 0n) threadSignal(SERIAL_CLIENTS + badge, TERMINAL_SIGNAL);
  }
}

/** Whether there is room for input. If not, whoever reads is to wake the thread. */
function hasRoom(): boolean {
  if (queueHasRoom(driver.input)) return true;
  driver.stalled.swapAcquireRelease(1n);
  if (!queueHasRoom(driver.input)) return false;
  driver.stalled.swapAcquireRelease(0n);
  return true;
}

/** Takes what has come, as far as there is room. True unless something may be left for want of that. */
function receiveBytes(): boolean {
  for (let count: u32 = 0; count < BURST; count++) {
    if (!hasRoom()) return false;
    const byte = uartReceive(port);
    if (byte === PORT_NOTHING) return true;
    driver.received.add(1n);
    queuePut(driver.input, byte, 1n);
  }
  return true;
}

/** Takes the next piece of a badge's output. False if there is none. */
function takePiece(badge: u64): boolean {
  const piece = queueTake(driver.outputs[u32(badge) & 7]);
  if (piece.count === 0n) return false;
  sending.bytes = piece.bytes;
  sending.count = piece.count;
  sending.inLine = ((piece.bytes >> ((piece.count - 1n) << 3n)) & 0xffn) !== NEWLINE;
  sending.turns = badge === sending.badge ? sending.turns + 1n : 0n;
  sending.badge = badge;
  return true;
}

/** The next piece of output: of the badge that is in a line, if that is not too long; else of the next one. False if there is none. */
function nextPiece(): boolean {
  const stays = sending.inLine && sending.turns < TURNS;
  const first: u64 = stays ? sending.badge : sending.badge + 1n;
  for (let step: u64 = 0n; step < TERMINAL_CLIENTS; step++) {
    if (takePiece((first + step) % TERMINAL_CLIENTS)) return true;
  }
  return false;
}

/** Whether a client has put something in. */
function hasOutput(): boolean {
  for (let badge: u32 = 0; badge < 8; badge++) {
    if (queueHolds(driver.outputs[badge])) return true;
  }
  return false;
}

/** Sends the next byte, for which there is room. Terminals want a line to be returned before it ends. */
function sendByte(): void {
  const byte: u64 = sending.bytes & 0xffn;
  sending.room = sending.room - 1n;
  driver.sent.add(1n);
  if (byte === NEWLINE && !sending.returned) {
    sending.returned = true;
    uartSend(port, RETURN);
    return;
  }
  sending.returned = false;
  uartSend(port, byte);
  sending.bytes = sending.bytes >> 8n;
  sending.count = sending.count - 1n;
}

/** Sends what is there, as far as the port takes it. True if everything is sent. */
function sendBytes(): boolean {
  for (let count: u32 = 0; count < BURST; count++) {
    if (sending.count === 0n && !nextPiece()) return true;
    if (sending.room === 0n) sending.room = uartRoom(port);
    if (sending.room === 0n) return false;
    sendByte();
  }
  return false;
}

/** Sends what is there. True when nothing is left: then clients have to wake the thread. */
function serveOutput(): boolean {
  driver.active.swapAcquireRelease(1n);
  const done = sendBytes();
  signalClients(driver.writers.swapAcquireRelease(0n));
  if (!done) return false;
  driver.active.swapAcquireRelease(0n);
  // What was put in since then was put in by somebody who still saw 1.
  if (hasOutput()) wake();
  return true;
}

/** Waits for work, and does it. */
export function driverServe(): void {
  const signals = itselfWait(IDENTIFIER_ITSELF);
  const interrupted = (signals.value & SERIAL_INTERRUPTS) !== 0n;
  if (interrupted) driver.interrupts.add(1n);
  const received = receiveBytes();
  signalClients(driver.readers.swapAcquireRelease(0n));
  sending.room = 0n;
  const sent = serveOutput();
  uartAsk(port, (received ? PORT_INPUT : 0n) | (sent ? 0n : PORT_ROOM));
  if (!interrupted) return;
  const acknowledged = interruptAcknowledge(SERIAL_INTERRUPT);
  assert(acknowledged.error === ERROR_OK);
}
