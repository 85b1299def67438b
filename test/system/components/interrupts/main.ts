/** Interrupts of real devices: who is told, what masks a line, and what becomes of it when its thread is gone. */

import { BOOT_SLOT_ROOT, BOOT_SLOT_THREAD, type BootInfo } from '../../../../kernel-src/abi/boot-info.ts';
import { ERROR_EMPTY, ERROR_OK, ERROR_OUT_OF_RANGE } from '../../../../kernel-src/abi/errors.ts';
import { EVENT_DEADLINE_PASSED, EVENT_INTERRUPTED, EVENT_WAITING } from '../../../../kernel-src/abi/events.ts';
import { FRAME_TYPE_UNTYPED } from '../../../../kernel-src/abi/frame-types.ts';
import { IDENTIFIER_ITSELF } from '../../../../kernel-src/abi/identifiers.ts';
import { DEADLINE_NEVER } from '../../../../kernel-src/abi/thread-operations.ts';
import { spaceStart } from '../../../../user/lib/address-space.ts';
import { framesStart } from '../../../../user/lib/frames.ts';
import {
  capabilityTableDrop,
  capabilityTableInspect,
  framesRetype,
  interruptAcknowledge,
  interruptBind,
  interruptUnbind,
  itselfWait,
  threadSignal,
} from '../../../../user/lib/generated/operations.ts';
import { INSPECT_FIRST } from '../../../../kernel-src/abi/capability-table-operations.ts';
import { blockAddress, blockSet, blockWord } from '../blocks.ts';
import { tapAnswer, tapCheck, tapEnd } from '../tap.ts';
import { COMPONENT, FRAMES, makeThread, run, SLOTS, TABLE, timeNow } from '../workshop.ts';
import {
  CLOCK_CLEAR,
  CLOCK_LINE,
  clockAlarm,
  clockClear,
  controllerIsGiven,
  devicesMap,
  lineMake,
  SERIAL_LINE,
  serialInterrupt,
} from './devices.ts';

const OWN: u64 = u64(BOOT_SLOT_THREAD);
const CLOCK: u64 = SLOTS;
const SAME_CLOCK: u64 = SLOTS + 1n;
const SERIAL: u64 = SLOTS + 2n;
const NONE: u64 = SLOTS + 3n;
const DRIVER: u64 = SLOTS + 4n;
const WORKER: u64 = SLOTS + 5n;
const PROGRAM_DRIVES: u64 = 0n;
const PROGRAM_SPINS: u64 = 1n;
const DRIVER_BLOCK: u32 = 0;
const WORKER_BLOCK: u32 = 1;
/** Nanoseconds until an alarm, and rounds with one each. */
const SOON: u64 = 1_000_000n;
const ROUNDS: u64 = 20n;
/** A signal that no line gives. */
const MARK: u64 = 0x100n;

/** Takes the signals of the own thread, without waiting for any. */
function takeSignals(): u64 {
  threadSignal(OWN, MARK);
  return itselfWait(IDENTIFIER_ITSELF).value & ~MARK;
}

/** Whether the own thread has exactly these signals. */
function ownSignals(bits: u64): boolean {
  return tapAnswer({ error: ERROR_OK, value: takeSignals() }, ERROR_OK, bits, bits);
}

/** Quiets the serial line and acknowledges it. The emulator's controller keeps what came while the line was masked: so once more if need be. */
function quiet(): boolean {
  serialInterrupt(false);
  let acknowledged = interruptAcknowledge(SERIAL).error === ERROR_OK;
  for (let step: u32 = 0; step < 4; step++) {
    if (takeSignals() === 0n) return acknowledged;
    if (interruptAcknowledge(SERIAL).error !== ERROR_OK) acknowledged = false;
  }
  return false;
}

/** Lets a time pass, in ticks. */
function pass(ticks: u64): void {
  const end: u64 = timeNow() + ticks;
  for (let step: u64 = 0n; timeNow() < end; step++) bound(0x1000_0000);
}

/** Capabilities for lines. */
function checkLines(info: BootInfo): void {
  tapCheck(!controllerIsGiven(info), 'no Device capability has a part of the interrupt controller');
  tapCheck(devicesMap(info), 'clock and serial line are mapped');
  const above = lineMake(NONE, 0n);
  tapCheck(above.error === ERROR_OUT_OF_RANGE && above.value > CLOCK_LINE, 'there is no line 0');
  tapCheck(tapAnswer(lineMake(NONE, above.value), ERROR_OUT_OF_RANGE, above.value, 1n), 'nor one above the highest');
  tapCheck(tapAnswer(lineMake(CLOCK, CLOCK_LINE), ERROR_OK, 0n, 2n), 'a capability for a line is made');
  tapCheck(tapAnswer(lineMake(SAME_CLOCK, CLOCK_LINE), ERROR_OK, 0n, 3n), 'and another one');
  tapCheck(tapAnswer(lineMake(SERIAL, SERIAL_LINE), ERROR_OK, 0n, 4n), 'and one for another line');
  const shown = capabilityTableInspect(TABLE, SERIAL, INSPECT_FIRST);
  tapCheck(tapAnswer(shown, ERROR_OK, SERIAL_LINE, 5n), 'Inspect tells the line');
}

/** The outermost thread as its own driver. */
function checkMask(): void {
  tapCheck(tapAnswer(interruptAcknowledge(SERIAL), ERROR_EMPTY, 0n, 0n), 'a line that nobody has bound: Empty');
  tapCheck(tapAnswer(interruptBind(SERIAL, OWN, 1n), ERROR_OK, 0n, 1n), 'it is bound');
  tapCheck(tapAnswer(interruptAcknowledge(SERIAL), ERROR_EMPTY, 0n, 2n), 'no interrupt yet: Empty');
  serialInterrupt(true);
  tapCheck(ownSignals(1n), 'the device interrupts: the thread has its signal');
  tapCheck(ownSignals(0n), 'the line is up, and masked');
  tapCheck(tapAnswer(interruptAcknowledge(SERIAL), ERROR_OK, 0n, 3n), 'it is acknowledged');
  tapCheck(ownSignals(1n), 'it is still up: it interrupts again');
  tapCheck(quiet(), 'the device is quiet, and the line acknowledged');
  tapCheck(ownSignals(0n), 'it does not interrupt');
  tapCheck(tapAnswer(interruptAcknowledge(SERIAL), ERROR_EMPTY, 0n, 5n), 'a second Acknowledge: Empty');
}

/** The hart sleeps until the device interrupts. */
function checkSleep(): void {
  tapCheck(tapAnswer(interruptBind(CLOCK, OWN, 2n), ERROR_OK, 0n, 0n), 'the clock is bound');
  let woken = true;
  for (let round: u64 = 0n; round < ROUNDS; round++) {
    clockAlarm(SOON);
    if (!tapAnswer(itselfWait(IDENTIFIER_ITSELF), ERROR_OK, 2n, round)) woken = false;
    clockClear();
    if (!tapAnswer(interruptAcknowledge(CLOCK), ERROR_OK, 0n, round)) woken = false;
  }
  tapCheck(woken, 'the hart sleeps in Wait, and each alarm wakes it');
}

/** How many Runs of the worker were ended by a signal. */
let interrupted: u64 = 0n;

/** Runs the worker until this thread has a signal. One that comes between two Runs ends none of them: so each has a deadline. */
function workUntil(signal: u64, moment: u64): boolean {
  for (let step: u32 = 0; step < 10_000; step++) {
    if (run(WORKER, timeNow() + moment, 0n).value === EVENT_INTERRUPTED) interrupted = interrupted + 1n;
    const signals = takeSignals();
    if (signals !== 0n) return signals === signal;
  }
  return false;
}

/** A thread drives the clock while another one works. */
function checkDriver(moment: u64): void {
  blockSet(DRIVER_BLOCK, 1, 0n);
  blockSet(DRIVER_BLOCK, 2, CLOCK_CLEAR);
  blockSet(DRIVER_BLOCK, 3, CLOCK);
  const driver = makeThread(DRIVER, COMPONENT, PROGRAM_DRIVES, 0n, blockAddress(DRIVER_BLOCK));
  const worker = makeThread(WORKER, COMPONENT, PROGRAM_SPINS, 0n, blockAddress(WORKER_BLOCK));
  tapCheck(driver && worker, 'a driver and a thread that never stops are made');
  tapCheck(tapAnswer(interruptBind(CLOCK, DRIVER, 4n), ERROR_OK, 0n, 0n), 'the clock is bound to the driver');
  tapCheck(tapAnswer(run(DRIVER, DEADLINE_NEVER, 0x10n), ERROR_OK, EVENT_WAITING, 0n), 'it waits');
  let driven = true;
  for (let round: u64 = 1n; round <= ROUNDS; round++) {
    clockAlarm(SOON);
    if (!workUntil(0x10n, moment)) driven = false;
    if (!tapAnswer(run(DRIVER, DEADLINE_NEVER, 0x10n), ERROR_OK, EVENT_WAITING, round)) driven = false;
    if (blockWord(DRIVER_BLOCK, 0) !== 4n || blockWord(DRIVER_BLOCK, 1) !== round) driven = false;
    if (blockWord(DRIVER_BLOCK, 4) !== ERROR_OK) driven = false;
  }
  tapCheck(interrupted !== 0n, 'an alarm ends the Run of the worker: Interrupted');
  tapCheck(driven, 'the driver handles and acknowledges each alarm');
  tapCheck(blockWord(WORKER_BLOCK, 0) !== 0n, 'the worker has worked');
}

/** A line that is always up, and a driver that is not run. */
function checkStorm(moment: u64): void {
  tapCheck(tapAnswer(interruptBind(SERIAL, DRIVER, 8n), ERROR_OK, 0n, 0n), 'the serial line is bound to the driver');
  serialInterrupt(true);
  tapCheck(workUntil(0x10n, moment), 'a line that is always up wakes its driver');
  let undisturbed = true;
  for (let round: u64 = 0n; round < ROUNDS; round++) {
    const second = run(WORKER, timeNow() + moment, 0n);
    if (!tapAnswer(second, ERROR_OK, EVENT_DEADLINE_PASSED, round)) undisturbed = false;
  }
  tapCheck(undisturbed, 'but takes nobody else any time until the driver has run');
  serialInterrupt(false);
  tapCheck(tapAnswer(interruptAcknowledge(SERIAL), ERROR_OK, 0n, 2n), 'another thread can acknowledge it');
  tapCheck(tapAnswer(interruptUnbind(SERIAL), ERROR_OK, 0n, 3n), 'it is unbound');
  tapCheck(tapAnswer(interruptUnbind(SERIAL), ERROR_EMPTY, 0n, 4n), 'and cannot be once more: Empty');
  serialInterrupt(true);
  tapCheck(ownSignals(0n) && blockWord(DRIVER_BLOCK, 1) === ROUNDS, 'a line that is not bound interrupts nobody');
  serialInterrupt(false);
}

/** Two capabilities for one line, and a binding whose thread is gone. */
function checkGone(moment: u64): void {
  tapCheck(
    tapAnswer(interruptBind(SAME_CLOCK, OWN, 2n), ERROR_OK, 0n, 0n),
    'the other capability of the clock binds it',
  );
  clockAlarm(SOON);
  tapCheck(tapAnswer(itselfWait(IDENTIFIER_ITSELF), ERROR_OK, 2n, 1n), 'the later binding counts');
  clockClear();
  tapCheck(tapAnswer(interruptAcknowledge(CLOCK), ERROR_OK, 0n, 2n), 'and either acknowledges');
  tapCheck(tapAnswer(interruptBind(CLOCK, DRIVER, 4n), ERROR_OK, 0n, 3n), 'the driver is bound again');
  const first = capabilityTableInspect(TABLE, FRAMES, INSPECT_FIRST).value;
  const frame: u64 = capabilityTableInspect(TABLE, DRIVER, INSPECT_FIRST).value - first;
  capabilityTableDrop(TABLE, DRIVER);
  const retyped = framesRetype(FRAMES, frame, FRAME_TYPE_UNTYPED);
  tapCheck(retyped.error === ERROR_OK, 'O3: the binding does not hold the thread: its frame comes back');
  clockAlarm(SOON);
  pass(moment);
  tapCheck(ownSignals(0n), 'O3: its interrupt is nobody’s');
  tapCheck(tapAnswer(interruptBind(CLOCK, OWN, 2n), ERROR_OK, 0n, 4n), 'O3: the line can be bound again');
  tapCheck(ownSignals(2n), 'O3: it is masked by that interrupt, so the thread is told at once');
  clockClear();
  tapCheck(tapAnswer(interruptAcknowledge(CLOCK), ERROR_OK, 0n, 5n), 'O3: and can acknowledge');
  clockAlarm(SOON);
  tapCheck(tapAnswer(itselfWait(IDENTIFIER_ITSELF), ERROR_OK, 2n, 6n), 'O3: so that it interrupts again');
}

/** Entered by the start file. */
export function componentMain(info: BootInfo): never {
  framesStart(TABLE, FRAMES, u64(info.ramCount));
  spaceStart(TABLE, u64(BOOT_SLOT_ROOT));
  const moment: u64 = info.timebase / 200n;
  checkLines(info);
  checkMask();
  checkSleep();
  checkDriver(moment);
  checkStorm(moment);
  checkGone(moment);
  tapEnd();
}
