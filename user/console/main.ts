/**
 * The console driver: a component with the registers of one serial port in its
 * address space, a capability for its interrupt, and capabilities to signal its
 * clients; nothing else. Clients call it to write and to read bytes. What a client's
 * thread does in here it does with queues that need no lock, so it may be stopped or
 * ended at any place.
 */

import { type BootInfo } from '../../kernel-src/abi/boot-info.ts';
import { REPLY_BAD_ARGUMENT, REPLY_FULL, REPLY_NO_METHOD, type Reply, serverStart } from '../lib/server.ts';
import { queuePut, queueTake } from '../lib/queue.ts';
import {
  TERMINAL_BYTES,
  TERMINAL_CLIENTS,
  TERMINAL_COUNTS,
  TERMINAL_READ,
  TERMINAL_READER,
  TERMINAL_WRITE,
} from '../lib/terminal.ts';
import { driver, driverReceives, driverSends, driverServe, driverStart } from './driver.ts';

const STACK_SIZE: u64 = 1024n;
const STACKS: u64 = 2n;
/** The largest bound of a loop. */
const FOREVER: u64 = 0x8000_0000n;

/** 8 badges, 2 stacks each, and room to align them. */
class Stacks {
  readonly words = array(u64, 2050);
}
const stacks = new Stacks();

/** Puts bytes into the client's output. With no room, the client gets a signal when there is some. */
function callWrite(count: u64, bytes: u64, badge: u64, reply: Reply): void {
  if (count === 0n || count > TERMINAL_BYTES) {
    reply.status = REPLY_BAD_ARGUMENT;
    return;
  }
  const output = driver.outputs[u32(badge) & 7];
  if (!queuePut(output, bytes, count)) {
    driver.writers.orAcquireRelease(1n << badge);
    if (!queuePut(output, bytes, count)) reply.status = REPLY_FULL;
  }
  driverSends();
}

/** Takes one byte of the input at a time. With none there, the client gets a signal when one has come. */
function callRead(badge: u64, reply: Reply): void {
  let piece = queueTake(driver.input);
  if (piece.count === 0n) {
    driver.readers.orAcquireRelease(1n << badge);
    driverReceives();
    piece = queueTake(driver.input);
  }
  reply.first = piece.count;
  reply.second = piece.bytes;
}

/** Entered by invocations. */
export function serverCall(
  method: u64,
  first: u64,
  second: u64,
  _third: u64,
  badge: u64,
  _token: u64,
  reply: Reply,
): void {
  if (method === TERMINAL_WRITE) {
    callWrite(first, second, badge, reply);
  } else if (method === TERMINAL_READ && badge === TERMINAL_READER) {
    callRead(badge, reply);
  } else if (method === TERMINAL_COUNTS) {
    reply.first = driver.interrupts.load();
    reply.second = driver.received.load();
    reply.third = driver.sent.load();
  } else {
    reply.status = REPLY_NO_METHOD;
  }
}

/** Serves for so long as a loop can last. */
function serveLong(): void {
  for (let turn: u64 = 0n; turn < FOREVER; turn++) driverServe();
}

/** Entered by the start file; `argument` says what the port is (`user/lib/serial.ts`). */
export function componentMain(_info: BootInfo, argument: u64): never {
  driverStart(argument);
  serverStart((addressOf(stacks) + 15n) & ~15n, TERMINAL_CLIENTS, STACKS, STACK_SIZE);
  for (let age: u64 = 0n; age < FOREVER; age++) serveLong();
  unreachable();
}
