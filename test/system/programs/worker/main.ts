/** A program that does one of several things: those that the tests of schedulers, pagers and watchdogs need. */

import { type BootInfo } from '../../../../kernel-src/abi/boot-info.ts';
import { IDENTIFIER_ITSELF } from '../../../../kernel-src/abi/identifiers.ts';
import { serverInvoke } from '../../../../user/lib/calls.ts';
import {
  invocationCall,
  itselfReturn,
  itselfWait,
  itselfYield,
  threadSignal,
} from '../../../../user/lib/generated/operations.ts';
import { Results } from '../../../../user/lib/invoke-results.ts';
import { memorySetWord, memoryWord } from '../../../../user/lib/memory.ts';
import {
  COUNTER_ADD,
  COUNTER_HOLD,
  SLOT_COUNTER,
  SLOT_OTHER,
  WORKER_FAULTS,
  WORKER_HOLDS,
  WORKER_SIGNALS,
  WORKER_SPINS,
  WORKER_WAITS,
  WORKER_YIELDS,
} from '../numbers.ts';

/** More rounds than any test lasts: the largest bound of a loop. */
const FOREVER: u64 = 0x8000_0000n;
const SIGNAL: u64 = 1n;
const SIGNALS: u32 = 5;
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

function workSignals(): void {
  for (let count: u32 = 0; count < SIGNALS; count++) {
    threadSignal(SLOT_OTHER, SIGNAL);
    itselfWait(IDENTIFIER_ITSELF);
  }
}

/** Entered by the start file. */
export function componentMain(_info: BootInfo, task: u64): never {
  if (task === WORKER_HOLDS) {
    const held = serverInvoke(SLOT_COUNTER, COUNTER_HOLD, 0n, 0n, 0n, results);
    addTo(100n + held.value);
  }
  if (task === WORKER_SPINS || task === WORKER_WAITS || task === WORKER_YIELDS) workForever(task);
  if (task === WORKER_SIGNALS) workSignals();
  if (task === WORKER_FAULTS) {
    addTo(1n);
    memorySetWord(0n, memoryWord(8n));
  }
  exit();
}
