/**
 * The first component of a small system: it makes the console driver, a pager and a
 * watchdog, each with its client, a component that one can type into, and a
 * scheduler, and has these run. When the one that is typed into ends, it takes every frame back and
 * switches the machine off: with exit code 0 if nothing was lost.
 */

import { BOOT_SLOT_FRAMES, BOOT_SLOT_ROOT, BOOT_SLOT_TABLE, BootInfo } from '../../kernel-src/abi/boot-info.ts';
import { ERROR_OK } from '../../kernel-src/abi/errors.ts';
import { EVENT_EXITED, EVENT_WAITING } from '../../kernel-src/abi/events.ts';
import { KIND_INVOCATION } from '../../kernel-src/abi/kinds.ts';
import { RIGHT_CAPABILITY_TABLE_INSPECT } from '../../kernel-src/abi/rights.ts';
import { DEADLINE_NEVER } from '../../kernel-src/abi/thread-operations.ts';
import { spaceGiveBack, spaceStart } from '../lib/address-space.ts';
import { threadRunEvent } from '../lib/calls.ts';
import { census, censusTake } from '../lib/census.ts';
import { printByte, printDecimal, printLine, printText } from '../lib/console.ts';
import { TreeDevice } from '../lib/device-tree.ts';
import { framesStart } from '../lib/frames.ts';
import { capabilityTableCreate, capabilityTableDrop } from '../lib/generated/operations.ts';
import { Results } from '../lib/invoke-results.ts';
import { memoryByte } from '../lib/memory.ts';
import { Program, programGiveBack } from '../lib/program.ts';
import { schedulerCall } from '../lib/scheduler-calls.ts';
import { serialFind } from '../lib/serial.ts';
import { REPLY_OK } from '../lib/server.ts';
import { mustBe, powerOff } from './must.ts';
import {
  BADGE_ECHO,
  BADGE_SIEVE,
  partConsole,
  partDriver,
  partMake,
  partPager,
  partScheduler,
  partThread,
} from './parts.ts';
import { reserveFrames } from './reserve.ts';
import { watchedMake, watchedTakeBack } from './watched.ts';

const TABLE: u64 = u64(BOOT_SLOT_TABLE);
const FRAMES: u64 = u64(BOOT_SLOT_FRAMES);
/** Slot for the invocation of the scheduler: one that boot leaves free. */
const SCHEDULER: u64 = 63n;
/** Pages of the sieve, and the page tables for them. */
const PAGES: u64 = 16n;
const PAGER_FRAMES: u64 = PAGES + 2n;
/** The scheduler's threads: the driver, the one that is typed into, the pager, the watchdog. */
const THREADS: u64 = 4n;
const AWAITED: u64 = 0x2n;
/** Longest name of a device. */
const NAME_LIMIT: u64 = 64n;

const scheduler = new Program();
const driver = new Program();
const echo = new Program();
const pager = new Program();
const sieve = new Program();
const watchdog = new Program();
const stray = new Program();
const port = new TreeDevice();
const told = new Results();

/** Runs a thread until it has this event. */
function runTo(program: Program, event: u64, name: Text): void {
  const answer = threadRunEvent(program.thread, DEADLINE_NEVER, 0n, told);
  mustBe(answer.error === ERROR_OK && answer.value === event, 'prepared: the component', name);
}

/** Says on which port the console is. */
function reportPort(): void {
  printText('system: console driver in user mode on ');
  for (let index: u64 = 0n; index < NAME_LIMIT; index++) {
    const byte = memoryByte(port.name + index);
    if (byte === 0) break;
    printByte(u64(byte));
  }
  printText(', interrupt ');
  printDecimal(port.line);
  printLine();
}

/** Makes the servers, and lets their threads prepare them. */
function makeServers(info: BootInfo): void {
  const kind = serialFind(info.deviceTree, port);
  mustBe(port.found && port.line !== 0n, 'found: a serial port with an interrupt', '');
  reportPort();
  partDriver(driver, info, port, kind);
  runTo(driver, EVENT_WAITING, 'console');
  partMake(scheduler, info, 'scheduler', 0n);
  partScheduler(scheduler);
  runTo(scheduler, EVENT_EXITED, 'scheduler');
  const entry = capabilityTableCreate(TABLE, SCHEDULER, KIND_INVOCATION, scheduler.component, scheduler.entry, 0n, 0n);
  mustBe(entry.error === ERROR_OK, 'given: the scheduler', '');
}

/** The pager gets frames of its own. */
function makePager(info: BootInfo): void {
  pager.ranges = 1;
  partMake(pager, info, 'pager', PAGES);
  partPager(pager, driver, sieve, reserveFrames(PAGER_FRAMES), PAGER_FRAMES);
}

/** Makes the components that are run. */
function makeClients(info: BootInfo): void {
  partMake(echo, info, 'echo', 0n);
  partConsole(echo, driver, BADGE_ECHO, RIGHT_CAPABILITY_TABLE_INSPECT);
  partMake(sieve, info, 'sieve', 0n);
  partConsole(sieve, driver, BADGE_SIEVE, RIGHT_CAPABILITY_TABLE_INSPECT);
  makePager(info);
  watchedMake(watchdog, stray, driver, info);
  partThread(scheduler, 0n, driver);
  partThread(scheduler, 1n, echo);
  partThread(scheduler, 2n, pager);
  partThread(scheduler, 3n, watchdog);
}

/** Takes a component back. Those that name each other need a second time. */
function takeBack(program: Program, name: Text): void {
  mustBe(programGiveBack(program).error === ERROR_OK, 'taken back: the component', name);
}

/** Takes everything back. */
function takeAllBack(info: BootInfo): void {
  capabilityTableDrop(TABLE, SCHEDULER);
  programGiveBack(scheduler);
  programGiveBack(driver);
  programGiveBack(pager);
  takeBack(echo, 'echo');
  takeBack(sieve, 'sieve');
  takeBack(pager, 'pager');
  watchedTakeBack(watchdog);
  takeBack(driver, 'console');
  takeBack(scheduler, 'scheduler');
  mustBe(spaceGiveBack().error === ERROR_OK, 'given back: the page tables of this component', '');
  const counted = censusTake(FRAMES, u64(info.ramCount), true);
  mustBe(counted.error === ERROR_OK && census.missing === 0n, 'free again: a frame', '');
}

/** Entered by the start file. */
export function componentMain(info: BootInfo): never {
  framesStart(TABLE, FRAMES, u64(info.ramCount));
  spaceStart(TABLE, u64(BOOT_SLOT_ROOT));
  const counted = censusTake(FRAMES, u64(info.ramCount), false);
  mustBe(counted.error === ERROR_OK, 'counted: the frames', '');
  makeServers(info);
  makeClients(info);
  printText('system: type a line and it is echoed; quit (or Ctrl-D) leaves\n');
  const ended = schedulerCall(SCHEDULER, THREADS, AWAITED, told);
  const sound = ended.error === ERROR_OK && ended.value === REPLY_OK && told.a3 === EVENT_EXITED;
  mustBe(sound, 'ended as it should: the component', 'echo');
  runTo(driver, EVENT_WAITING, 'console');
  takeAllBack(info);
  printText('system: every component has ended, and every frame is free again. Exit code 0.\n');
  powerOff(0n);
}
