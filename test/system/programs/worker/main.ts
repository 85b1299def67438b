/** A program that does one of several things: those that the tests of schedulers, pagers and watchdogs need. */

import { type BootInfo } from '../../../../kernel-src/abi/boot-info.ts';
import { IDENTIFIER_ITSELF } from '../../../../kernel-src/abi/identifiers.ts';
import { serverInvoke } from '../../../../user/lib/calls.ts';
import { timeNow } from '../../../../user/lib/counters.ts';
import {
  invocationCall,
  itselfReturn,
  itselfWait,
  itselfYield,
  threadSignal,
} from '../../../../user/lib/generated/operations.ts';
import { Results } from '../../../../user/lib/invoke-results.ts';
import { memorySetWord, memoryWord } from '../../../../user/lib/memory.ts';
import { TERMINAL_WRITE } from '../../../../user/lib/terminal.ts';
import { PAGED_BASE, WATCHDOG_ANSWERED } from '../../../../user/lib/service-slots.ts';
import {
  COUNTER_ADD,
  COUNTER_HOLD,
  SLOT_COUNTER,
  SLOT_OTHER,
  WORKER_ANSWERS,
  WORKER_FAULTS,
  WORKER_HANGS,
  WORKER_HOLDS,
  WORKER_REPLIES,
  WORKER_SIGNALS,
  WORKER_SLEEPS,
  WORKER_SPINS,
  WORKER_STRAYS,
  WORKER_TOUCHES,
  WORKER_WAITS,
  WORKER_WRITES,
  WORKER_YIELDS,
} from '../numbers.ts';

/** More rounds than any test lasts: the largest bound of a loop. */
const FOREVER: u64 = 0x8000_0000n;
const SIGNAL: u64 = 1n;
const SIGNALS: u32 = 5;
const PAGE: u64 = 4096n;
const PAGES: u64 = 8n;
const NEWLINE: u64 = 10n;
const results = new Results();

function addTo(count: u64): void {
  const added = invocationCall(SLOT_COUNTER, COUNTER_ADD, count, 0n, 0n);
  assert(added.error === 0n);
}

function exit(): never {
  itselfReturn(IDENTIFIER_ITSELF, 0n, 0n, 0n, 0n);
  unreachable();
}

function workForever(task: u64): void {
  for (let turn: u64 = 0n; turn < FOREVER; turn++) {
    if (task === WORKER_WAITS) itselfWait(IDENTIFIER_ITSELF);
    addTo(1n);
    if (task === WORKER_YIELDS) itselfYield(IDENTIFIER_ITSELF);
  }
}

/** Signals and waits in turn; who replies waits first. */
function workSignals(task: u64): void {
  for (let count: u32 = 0; count < SIGNALS; count++) {
    if (task === WORKER_SIGNALS) threadSignal(SLOT_OTHER, SIGNAL);
    itselfWait(IDENTIFIER_ITSELF);
    if (task === WORKER_REPLIES) threadSignal(SLOT_OTHER, SIGNAL);
  }
}

/** Touches pages from the last to the first, twice: zero at first, then what was written. */
function workTouches(): void {
  for (let page: u64 = 1n; page <= PAGES; page++) {
    const place: u64 = PAGED_BASE + (PAGES - page) * PAGE + 8n * page;
    const zero = memoryWord(place) === 0n;
    memorySetWord(place, page);
    if (zero && memoryWord(place) === page) addTo(1n);
  }
  for (let page: u64 = 1n; page <= PAGES; page++) {
    assert(memoryWord(PAGED_BASE + (PAGES - page) * PAGE + 8n * page) === page);
  }
}

/** Answers a watchdog so many times. */
function workAnswers(times: u64): void {
  for (let turn: u64 = 0n; turn < FOREVER; turn++) {
    if (turn === times) break;
    itselfWait(IDENTIFIER_ITSELF);
    addTo(1n);
    threadSignal(SLOT_OTHER, WATCHDOG_ANSWERED);
  }
}

/** Ends lines for ever, whatever the driver answers. */
function workWrites(): void {
  for (let turn: u64 = 0n; turn < FOREVER; turn++) {
    serverInvoke(SLOT_OTHER, TERMINAL_WRITE, 1n, NEWLINE, 0n, results);
  }
}

/** Waits, but does nothing about it. */
function workSleeps(): void {
  for (let turn: u64 = 0n; turn < FOREVER; turn++) itselfWait(IDENTIFIER_ITSELF);
}

/** Does nothing, for ever. */
function workHangs(): void {
  for (let turn: u64 = 0n; turn < FOREVER; turn++) timeNow();
}

/** The tasks of a component that is watched. */
function workWatched(task: u64): void {
  if (task === WORKER_ANSWERS) workAnswers(FOREVER);
  if (task === WORKER_HANGS) {
    workAnswers(3n);
    workHangs();
  }
  if (task === WORKER_SLEEPS) {
    workAnswers(1n);
    workSleeps();
  }
}

/** Entered by the start file. */
export function componentMain(_info: BootInfo, task: u64): never {
  if (task === WORKER_HOLDS) {
    const held = serverInvoke(SLOT_COUNTER, COUNTER_HOLD, 0n, 0n, 0n, results);
    addTo(100n + held.value);
  }
  if (task === WORKER_SPINS || task === WORKER_WAITS || task === WORKER_YIELDS) workForever(task);
  if (task === WORKER_SIGNALS || task === WORKER_REPLIES) workSignals(task);
  if (task === WORKER_TOUCHES || task === WORKER_STRAYS) workTouches();
  if (task === WORKER_STRAYS) memorySetWord(PAGED_BASE - 8n, 1n);
  if (task === WORKER_WRITES) workWrites();
  workWatched(task);
  if (task === WORKER_FAULTS) {
    addTo(1n);
    memorySetWord(0n, memoryWord(8n));
  }
  exit();
}
