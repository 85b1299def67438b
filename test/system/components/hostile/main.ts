/**
 * X1: a component with a few capabilities makes random and crafted system calls, of every operation, in many lives. The
 * kernel lives, everything of it is taken back, and nothing outside of its authority has changed. 10^5 calls, or 10^6 when
 * the archive has a member "long".
 */

import { BOOT_SLOT_ROOT, BOOT_SLOT_THREAD, type BootInfo } from '../../../../kernel-src/abi/boot-info.ts';
import { ERROR_OK } from '../../../../kernel-src/abi/errors.ts';
import { EVENT_COMPONENT_DIED, EVENT_EXITED, EVENT_FAULT, EVENT_WAITING } from '../../../../kernel-src/abi/events.ts';
import { IDENTIFIER_ITSELF } from '../../../../kernel-src/abi/identifiers.ts';
import { RIGHT_DEVICE_READ, RIGHT_DEVICE_WRITE } from '../../../../kernel-src/abi/rights.ts';
import { type Outcome } from '../../../../kernel-src/abi/outcome.ts';
import { spaceMap, spaceStart } from '../../../../user/lib/address-space.ts';
import { archiveFind } from '../../../../user/lib/archive.ts';
import { printDecimal, printLine, printText } from '../../../../user/lib/console.ts';
import { framesStart } from '../../../../user/lib/frames.ts';
import {
  itselfWait,
  threadReadRegister,
  threadSignal,
  threadWriteRegister,
} from '../../../../user/lib/generated/operations.ts';
import { memoryRegister, memorySetRegister } from '../../../../user/lib/memory.ts';
import { tapCheck, tapEnd, tapOk } from '../tap.ts';
import { COMPONENT, FRAMES, makeThread, PC, run, TABLE, timeNow } from '../workshop.ts';
import { cageMake, cageStart, cageTakeBack, clockSlot, CODE, HOSTILE, VICTIM } from './cage.ts';
import { outsideStart, outsideSum } from './outside.ts';

const CALLS: u64 = 100_000n;
const CALLS_LONG: u64 = 1_000_000n;
/** Most calls of one life, and most Runs in it. */
const LIFE: u64 = 3000n;
const RUNS: u64 = 4000n;
/** Lives that end with this many faults in a row have lost their code. */
const FAULTS: u64 = 8n;
const OWN: u64 = u64(BOOT_SLOT_THREAD);
const MARK: u64 = 0x8000_0000n;
const REGISTER_S0: u64 = 8n;
const REGISTER_S1: u64 = 9n;
const REGISTER_S2: u64 = 18n;
/** The clock, and its registers (see the component `interrupts`): it interrupts now and then, whoever has bound its line. */
const CLOCK: u64 = 0x4000_0000n;
const SOON: u64 = 200_000n;

/** What has happened so far. */
class Tally {
  lives: u64 = 0n;
  calls: u64 = 0n;
  succeeded: u64 = 0n;
  runs: u64 = 0n;
  died: u64 = 0n;
  faults: u64 = 0n;
  exits: u64 = 0n;
  waits: u64 = 0n;
}
const tally = new Tally();

/** What is known of the present life. */
class Life {
  seed: u64 = 1n;
  calls: u64 = 0n;
  succeeded: u64 = 0n;
  faults: u64 = 0n;
}
const life = new Life();

function setAlarm(): void {
  memorySetRegister(CLOCK + 0x1cn, 1);
  const low = u64(memoryRegister(CLOCK));
  const alarm: u64 = (u64(memoryRegister(CLOCK + 4n)) << 32n) + low + SOON;
  memorySetRegister(CLOCK + 0x10n, 1);
  memorySetRegister(CLOCK + 0x0cn, u32.wrap(alarm >> 32n));
  memorySetRegister(CLOCK + 0x08n, u32.wrap(alarm));
}

/** Reads how far it has come; while it is inside a server, nothing is told. */
function look(): void {
  const calls = threadReadRegister(HOSTILE, REGISTER_S1);
  if (calls.error !== ERROR_OK) return;
  if (calls.value !== life.calls) life.faults = 0n;
  life.calls = calls.value;
  life.succeeded = threadReadRegister(HOSTILE, REGISTER_S2).value;
  const state = threadReadRegister(HOSTILE, REGISTER_S0);
  if (state.error === ERROR_OK && state.value !== 0n) life.seed = state.value;
}

/** What its runner does about an event. False: this life is over. */
function answer(event: Outcome): boolean {
  // It has given itself another home, or one of its threads still runs it: neither can be on one hart.
  if (event.error !== ERROR_OK) return tapOk(event, tally.lives);
  if (event.value === EVENT_COMPONENT_DIED) {
    tally.died = tally.died + 1n;
    return false;
  }
  if (event.value === EVENT_WAITING) {
    tally.waits = tally.waits + 1n;
    threadSignal(HOSTILE, 1n);
  }
  if (event.value === EVENT_EXITED || event.value === EVENT_FAULT) {
    if (event.value === EVENT_EXITED) tally.exits = tally.exits + 1n;
    else tally.faults = tally.faults + 1n;
    life.faults = life.faults + 1n;
    threadWriteRegister(HOSTILE, PC, CODE);
  }
  return life.faults < FAULTS;
}

/** One life, with signals of this thread taken in between. */
function live(moment: u64): void {
  for (let step: u64 = 0n; step < RUNS; step++) {
    setAlarm();
    const event = run(HOSTILE, timeNow() + moment, 2n);
    tally.runs = tally.runs + 1n;
    look();
    threadSignal(OWN, MARK);
    itselfWait(IDENTIFIER_ITSELF);
    if (!answer(event) || life.calls >= LIFE) return;
  }
}

/** A life from its making to its end. False: something was not as it must be. */
function playLife(info: BootInfo, moment: u64, outside: u64): boolean {
  life.calls = 0n;
  life.succeeded = 0n;
  life.faults = 0n;
  if (!cageMake(info, life.seed, (tally.lives & 1n) === 1n)) return false;
  live(moment);
  tally.lives = tally.lives + 1n;
  tally.calls = tally.calls + life.calls;
  tally.succeeded = tally.succeeded + life.succeeded;
  if (!tapOk(cageTakeBack(), tally.lives)) return false;
  return outsideSum(info) === outside;
}

function printTally(what: Text, value: u64): void {
  printText(what);
  printDecimal(value);
}

/** Entered by the start file. */
export function componentMain(info: BootInfo): never {
  framesStart(TABLE, FRAMES, u64(info.ramCount));
  spaceStart(TABLE, u64(BOOT_SLOT_ROOT));
  const calls: u64 = archiveFind(info.archive, info.archiveSize, 'long').found ? CALLS_LONG : CALLS;
  const clock = spaceMap(CLOCK, clockSlot(info), 0n, RIGHT_DEVICE_READ | RIGHT_DEVICE_WRITE);
  tapCheck(tapOk(clock, 0n) && cageStart(info), 'X1: a range of frames for the hostile component, a clock');
  tapCheck(makeThread(VICTIM, COMPONENT, 0n, 0n, 0n), 'X1: a thread that it can only signal');
  outsideStart();
  // The first making and taking back change what is made once: page tables of this component, incarnations.
  tapCheck(cageMake(info, 1n, false) && tapOk(cageTakeBack(), 0n), 'X1: it is made, and taken back');
  const outside = outsideSum(info);
  let sound = true;
  for (let count: u64 = 0n; count < calls; count++) {
    if (tally.calls >= calls || !sound) break;
    sound = playLife(info, info.timebase / 1000n, outside);
  }
  tapCheck(sound, 'X1: after each life all its frames come back, and nothing outside has changed');
  tapCheck(tally.calls >= calls, 'X1: the calls were made');
  tapCheck(tally.succeeded * 20n > tally.calls, 'X1: more than a twentieth of them answered Ok');
  tapCheck(
    tally.died !== 0n && tally.faults !== 0n && tally.exits !== 0n && tally.waits !== 0n,
    'X1: it retired itself, faulted, exited and waited',
  );
  printTally('# lives: ', tally.lives);
  printTally(', calls: ', tally.calls);
  printTally(', that answered Ok: ', tally.succeeded);
  printTally(', runs: ', tally.runs);
  printTally(', retired: ', tally.died);
  printTally(', faults: ', tally.faults);
  printTally(', exits: ', tally.exits);
  printTally(', waits: ', tally.waits);
  printLine();
  tapEnd();
}
