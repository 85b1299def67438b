/**
 * Bench: invocation, threads, signals, faults. One line for each row; `make bench` reads them. The scheduler is this
 * component's thread; what it calls and runs is in another address space.
 */

import { BOOT_SLOT_SYSTEM, type BootInfo } from '../../kernel-src/abi/boot-info.ts';
import { EVENT_FAULT, EVENT_WAITING, EVENT_YIELDED } from '../../kernel-src/abi/events.ts';
import { FRAME_TYPE_USER } from '../../kernel-src/abi/frame-types.ts';
import { OPERATION_INVOCATION_CALL } from '../../kernel-src/abi/invocation-operations.ts';
import { RIGHT_THREAD_SIGNAL } from '../../kernel-src/abi/rights.ts';
import { DEADLINE_NEVER } from '../../kernel-src/abi/thread-operations.ts';
import { frameIndex, frameRange, frameTake } from '../../user/lib/frames.ts';
import {
  capabilityTableCopy,
  pageTableMap,
  pageTableUnmap,
  systemShutdown,
  threadRun,
} from '../../user/lib/generated/operations.ts';
import { benchFail, measureCall, measured, measureNothing, required } from '../lib/measure.ts';
import { rowPrint, rowSample, rowStart, SAMPLES } from '../lib/samples.ts';
import {
  measureRun,
  measureRuns,
  measureSignal,
  PROGRAM_LOADS,
  PROGRAM_SIGNALS,
  PROGRAM_WAITS,
  PROGRAM_YIELDS,
  READING_END,
  READING_START,
  READING_THREAD_END,
  READING_THREAD_START,
  readingAt,
  readingsBetween,
  SERVER_RETURNS,
} from './programs.ts';
import { benchInterrupts } from './interrupts.ts';
import {
  expected,
  HOLE,
  HOLE_ENTRY,
  HOLE_TABLE,
  scene,
  sceneInvocation,
  sceneStart,
  sceneThread,
  signalsTake,
  WAKE,
} from './scene.ts';

/** Permissions to read and write. */
const READ_WRITE: u64 = 6n;

/** Call with four arguments, and Return with four results. */
function benchCall(): void {
  const invocation = sceneInvocation(SERVER_RETURNS);
  rowStart();
  for (const _ of range(SAMPLES)) {
    const call = measureCall(1n, 2n, 3n, 4n, 0n, 0n, OPERATION_INVOCATION_CALL, invocation);
    rowSample(measured(call, 'Invocation.Call'));
  }
  rowPrint('call and return');
}

/** Run of a thread that yields. */
function benchRun(): void {
  const thread = sceneThread(PROGRAM_YIELDS, 0n);
  rowStart();
  for (const _ of range(SAMPLES)) {
    expected(measureRun(thread), EVENT_YIELDED, 'event of Run');
    rowSample(readingsBetween(READING_START, READING_END));
  }
  rowPrint('run');
}

/** Signal and Run by the scheduler; then Signal by a thread, upon which the scheduler runs the one that waited. */
function benchSignal(): void {
  const waits = sceneThread(PROGRAM_WAITS, 0n);
  expected(threadRun(waits, DEADLINE_NEVER, WAKE), EVENT_WAITING, 'event of the first Run');
  rowStart();
  for (const _ of range(SAMPLES)) {
    expected(measureSignal(waits), EVENT_WAITING, 'event of Run after Signal');
    rowSample(readingsBetween(READING_START, READING_THREAD_END));
    signalsTake();
  }
  rowPrint('signal');

  required(capabilityTableCopy(scene.table, 0n, waits, RIGHT_THREAD_SIGNAL, 0n, 0n, 1n), 'CapabilityTable.Copy');
  const signals = sceneThread(PROGRAM_SIGNALS, 0n);
  rowStart();
  for (const _ of range(SAMPLES)) {
    expected(measureRuns(signals, waits), EVENT_WAITING, 'event of Run after a signal');
    expected(threadRun(signals, DEADLINE_NEVER, 0n), EVENT_YIELDED, 'event of the thread that signals');
    rowSample(readingsBetween(READING_THREAD_START, READING_THREAD_END));
    signalsTake();
  }
  rowPrint('signal by a thread');
}

/** From the load that faults to the event, and from the Run after it to the end of the load. Mapping the page is not counted. */
function benchFault(): void {
  const frame = frameTake(FRAME_TYPE_USER);
  const thread = sceneThread(PROGRAM_LOADS, HOLE);
  rowStart();
  for (const _ of range(SAMPLES)) {
    expected(measureRun(thread), EVENT_FAULT, 'event of a thread that loads');
    const told = readingAt(READING_END);
    const mapped = pageTableMap(HOLE_TABLE, HOLE_ENTRY, frameRange(frame), frameIndex(frame), READ_WRITE);
    required(mapped, 'PageTable.Map');
    expected(measureRun(thread), EVENT_YIELDED, 'event of a thread that has loaded');
    const faulted: u64 = told - readingAt(READING_THREAD_START) - 1n;
    rowSample(faulted + readingsBetween(READING_START, READING_THREAD_END));
    required(pageTableUnmap(HOLE_TABLE, HOLE_ENTRY), 'PageTable.Unmap');
  }
  rowPrint('page fault');
}

/** Entered by the start file. */
export function componentMain(info: BootInfo): never {
  const nops = measureNothing();
  if (nops !== 1000n) benchFail('1000 nops count as', nops);
  sceneStart(info);
  benchCall();
  benchRun();
  benchSignal();
  benchFault();
  benchInterrupts(info);
  systemShutdown(u64(BOOT_SLOT_SYSTEM), 0n);
  unreachable();
}
