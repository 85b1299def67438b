/** The console driver with clients that are ended at any instruction, inside of it too: the others are served as before. */

import { type BootInfo } from '../../../../kernel-src/abi/boot-info.ts';
import { ERROR_OK } from '../../../../kernel-src/abi/errors.ts';
import { EVENT_DEADLINE_PASSED, EVENT_WAITING } from '../../../../kernel-src/abi/events.ts';
import { RIGHT_THREAD_SIGNAL } from '../../../../kernel-src/abi/rights.ts';
import { serverInvoke, threadRunEvent } from '../../../../user/lib/calls.ts';
import { printDecimal, printLine, printText } from '../../../../user/lib/console.ts';
import { timeNow } from '../../../../user/lib/counters.ts';
import { TreeDevice } from '../../../../user/lib/device-tree.ts';
import {
  capabilityTableCopy,
  capabilityTableDrop,
  threadReadRegister,
} from '../../../../user/lib/generated/operations.ts';
import { Program, programGiveBack } from '../../../../user/lib/program.ts';
import { SERIAL_CLIENTS, serialFind } from '../../../../user/lib/serial.ts';
import { REPLY_BAD_ARGUMENT, REPLY_NO_METHOD, REPLY_NO_STACK, REPLY_OK } from '../../../../user/lib/server.ts';
import {
  TERMINAL_BYTES,
  TERMINAL_CLIENTS,
  TERMINAL_COUNTS,
  TERMINAL_READ,
  TERMINAL_SIGNAL,
  TERMINAL_WRITE,
} from '../../../../user/lib/terminal.ts';
import { partDriver } from '../../../../user/system/parts.ts';
import { SLOT_OTHER, WORKER_WRITES } from '../../programs/numbers.ts';
import { makeEntry, makeMember, makersEnd, makersStart, runThread, TABLE, told } from '../makers.ts';
import { tapAnswer, tapCheck, tapEnd, tapOk } from '../tap.ts';

/** Slots of this component: the driver as the reader, and under the badge that is being ended. */
const READER: u64 = 50n;
const SAME: u64 = 51n;
/** Drivers that are made, one after the other; clients of each badge that are ended; times that each is stopped before. */
const DRIVERS: u32 = 6;
const CLIENTS: u64 = 6n;
const STOPS: u64 = 6n;
const NEWLINE: u64 = 10n;
/** Time between two stops, in ticks: at least this, and less than that, a power of two, more. */
const LEAST: u64 = 500n;
const TICKS: u64 = 4096n;

const driver = new Program();
const client = new Program();
const port = new TreeDevice();

/** What is counted over all drivers. */
class Counts {
  /** Clients that were ended, inside of the driver, and badges without a stack afterwards. */
  ended: u64 = 0n;
  inside: u64 = 0n;
  empty: u64 = 0n;
  /** State of the generator of random numbers. */
  random: u64 = 1n;
}
const counts = new Counts();

/** A number below `TICKS` (linear congruential generator, Knuth's MMIX). */
function nextRandom(): u64 {
  counts.random = counts.random * 6364136223846793005n + 1442695040888963407n;
  return (counts.random >> 40n) & (TICKS - 1n);
}

/** Makes the driver, and lets it prepare itself. */
function driverMake(info: BootInfo): boolean {
  partDriver(driver, info, port, serialFind(info.deviceTree, port));
  return tapAnswer(runThread(driver.thread), ERROR_OK, EVENT_WAITING, 1n);
}

/** The driver as this component sees it: it writes, and its thread sends what it was given. */
function driverServes(): boolean {
  const written = serverInvoke(READER, TERMINAL_WRITE, 1n, NEWLINE, 0n, told);
  if (!tapAnswer(written, ERROR_OK, REPLY_OK, 2n)) return false;
  return tapAnswer(runThread(driver.thread), ERROR_OK, EVENT_WAITING, 3n);
}

/** Makes a client that writes for ever, runs it in short pieces, and ends it where it stands. */
function clientEnds(info: BootInfo, badge: u64): boolean {
  if (!tapOk(makeMember(client, info, 'worker', WORKER_WRITES), 4n)) return false;
  const slot: u64 = SERIAL_CLIENTS + badge;
  const given = capabilityTableCopy(driver.table, slot, client.thread, RIGHT_THREAD_SIGNAL, 0n, 0n, TERMINAL_SIGNAL);
  if (!tapOk(given, 5n) || !makeEntry(driver, client.table, SLOT_OTHER, badge)) return false;
  let sound = true;
  for (let stop: u64 = 0n; stop < STOPS; stop++) {
    const answer = threadRunEvent(client.thread, timeNow() + LEAST + nextRandom(), 0n, told);
    sound = tapAnswer(answer, ERROR_OK, EVENT_DEADLINE_PASSED, 6n) && driverServes() && sound;
  }
  counts.ended = counts.ended + 1n;
  if (threadReadRegister(client.thread, 0n).error !== ERROR_OK) counts.inside = counts.inside + 1n;
  sound = tapOk(capabilityTableDrop(driver.table, slot), 7n) && tapOk(programGiveBack(client), 8n) && sound;
  return driverServes() && sound;
}

/** Ends clients of every badge but the reader's. */
function clientsEnd(info: BootInfo): boolean {
  let sound = true;
  for (let badge: u64 = 1n; badge < TERMINAL_CLIENTS; badge++) {
    for (let turn: u64 = 0n; turn < CLIENTS; turn++) sound = clientEnds(info, badge) && sound;
    sound = makeEntry(driver, TABLE, SAME, badge) && sound;
    const answer = serverInvoke(SAME, TERMINAL_COUNTS, 0n, 0n, 0n, told);
    if (answer.value === REPLY_NO_STACK) counts.empty = counts.empty + 1n;
    sound = tapOk(answer, 9n) && tapOk(capabilityTableDrop(TABLE, SAME), 10n) && sound;
  }
  return sound;
}

/** What the driver refuses. */
function checkRefusals(): void {
  const none = serverInvoke(READER, TERMINAL_WRITE, 0n, 0n, 0n, told);
  tapCheck(tapAnswer(none, ERROR_OK, REPLY_BAD_ARGUMENT, 11n), 'no byte is no output');
  const many = serverInvoke(READER, TERMINAL_WRITE, TERMINAL_BYTES + 1n, 0n, 0n, told);
  tapCheck(tapAnswer(many, ERROR_OK, REPLY_BAD_ARGUMENT, 12n), 'eight bytes are too many');
  const empty = serverInvoke(READER, TERMINAL_READ, 0n, 0n, 0n, told);
  tapCheck(tapAnswer(empty, ERROR_OK, REPLY_OK, 13n) && told.a2 === 0n, 'nothing was typed');
  tapCheck(makeEntry(driver, TABLE, SAME, 1n), 'another badge');
  const other = serverInvoke(SAME, TERMINAL_READ, 0n, 0n, 0n, told);
  tapCheck(tapAnswer(other, ERROR_OK, REPLY_NO_METHOD, 14n), 'may not read');
  tapCheck(tapOk(capabilityTableDrop(TABLE, SAME), 15n), 'it is dropped');
}

/** Makes a driver, does all this to it, and takes it back. */
function checkDriver(info: BootInfo, first: boolean): void {
  tapCheck(driverMake(info) && makeEntry(driver, TABLE, READER, 0n), 'a driver is made');
  if (first) checkRefusals();
  tapCheck(clientsEnd(info), '42 clients of it are ended somewhere; after each stop it serves the others');
  tapCheck(tapOk(capabilityTableDrop(TABLE, READER), 16n) && tapOk(programGiveBack(driver), 17n), 'it is taken back');
}

/** Entered by the start file. */
export function componentMain(info: BootInfo): never {
  makersStart(info);
  for (let index: u32 = 0; index < DRIVERS; index++) checkDriver(info, index === 0);
  printText('# ended ');
  printDecimal(counts.ended);
  printText(', inside ');
  printDecimal(counts.inside);
  printText(', badges without a stack ');
  printDecimal(counts.empty);
  printLine();
  tapCheck(counts.inside > 0n && counts.inside < counts.ended, 'some were inside when they were ended, some were not');
  tapCheck(counts.empty > 0n, 'some badges have lost both of their stacks by that, and are told so');
  makersEnd(info);
  tapEnd();
}
