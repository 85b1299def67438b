/**
 * Every control and status register there can be, read and written by a thread: a thread gets what user mode is allowed,
 * and a fault for everything else, which its runner is told. The kernel itself reads no performance counter: newer
 * firmware hangs at that.
 */

import { BOOT_SLOT_ROOT, type BootInfo } from '../../../../kernel-src/abi/boot-info.ts';
import { ERROR_OK } from '../../../../kernel-src/abi/errors.ts';
import { EVENT_FAULT } from '../../../../kernel-src/abi/events.ts';
import { FRAME_TYPE_USER } from '../../../../kernel-src/abi/frame-types.ts';
import { RIGHT_FRAMES_EXECUTE, RIGHT_FRAMES_READ, RIGHT_FRAMES_WRITE } from '../../../../kernel-src/abi/rights.ts';
import { DEADLINE_NEVER } from '../../../../kernel-src/abi/thread-operations.ts';
import { spaceMap, spaceStart, spaceUnmap } from '../../../../user/lib/address-space.ts';
import { printDecimal, printHex, printLine, printText } from '../../../../user/lib/console.ts';
import { frameIndex, frameRange, framesStart, frameTake } from '../../../../user/lib/frames.ts';
import { threadWriteRegister } from '../../../../user/lib/generated/operations.ts';
import { memorySetWord } from '../../../../user/lib/memory.ts';
import { tapCheck, tapEnd } from '../tap.ts';
import { COMPONENT, details, FRAMES, makeThread, PC, run, SLOTS, TABLE } from '../workshop.ts';

declare function fetchAnew(): void;

const THREAD: u64 = SLOTS;
/** A page of trials: each is an instruction, and a breakpoint behind it. */
const PLACE: u64 = 0x4000_0000n;
const TRIALS: u32 = 512;
const TRIAL_SIZE: u64 = 8n;
const BREAKPOINT: u64 = 0x0010_0073n;
/** `scause` of an illegal instruction, and of a breakpoint. */
const CAUSE_ILLEGAL: u64 = 2n;
const CAUSE_BREAKPOINT: u64 = 3n;

/** Numbers of registers (privileged specification, "CSR Address Mapping Conventions"): 12 bits. */
const REGISTERS: u32 = 4096;
/** Instructions, but for the number of the register: csrrs a0, N, zero; csrrw zero, N, zero; csrrs zero, N, a1, where a1 has all bits. */
const READ: u64 = 0x0000_2573n;
const WRITE: u64 = 0x0000_1073n;
const SET: u64 = 0x0005_a073n;
const A1: u64 = 11n;
const ALL_BITS: u64 = 0xffff_ffff_ffff_ffffn;
/** What user mode has: floating-point flags, rounding mode, and both; and, to be read, cycle, time and instret. */
const FLOATING_FIRST: u32 = 1;
const FLOATING_LAST: u32 = 3;
const COUNTER_FIRST: u32 = 0xc00;
const COUNTER_LAST: u32 = 0xc02;

/** Instructions of higher modes: sret, mret, sfence.vma, hfence.vvma, hfence.gvma, dret, uret, sinval.vma, hlv.d. */
const PRIVILEGED: readonly u64[] = [
  0x1020_0073n,
  0x3020_0073n,
  0x1200_0073n,
  0x2200_0073n,
  0x6200_0073n,
  0x7b20_0073n,
  0x0020_0073n,
  0x1600_0073n,
  0x6c05_4573n,
];

/** Accesses that faulted, and that did not. */
let faults: u64 = 0n;
let allowed: u64 = 0n;
/** The frame of the page. */
let page: u64 = 0n;

/** Maps the page to be written, or to be executed. */
function mapPage(permissions: u64): boolean {
  return spaceMap(PLACE, frameRange(page), frameIndex(page), permissions).error === ERROR_OK;
}

/** Writes a trial into its place. */
function writeTrial(index: u32, instruction: u64): void {
  memorySetWord(PLACE + u64(index) * TRIAL_SIZE, instruction | (BREAKPOINT << 32n));
}

/** Runs a trial: whether it faults as it should, or not at all. Says so if not. */
function tryOne(index: u32, instruction: u64, isAllowed: boolean): boolean {
  const place: u64 = PLACE + u64(index) * TRIAL_SIZE;
  threadWriteRegister(THREAD, PC, place);
  const event = run(THREAD, DEADLINE_NEVER, 0n);
  const cause: u64 = isAllowed ? CAUSE_BREAKPOINT : CAUSE_ILLEGAL;
  const pc: u64 = isAllowed ? place + 4n : place;
  if (isAllowed) allowed = allowed + 1n;
  else faults = faults + 1n;
  if (event.error === ERROR_OK && event.value === EVENT_FAULT && details.a2 === cause && details.a4 === pc) return true;
  printText('# instruction ');
  printHex(instruction, 8);
  printText(': event ');
  printDecimal(event.value);
  printText(', cause ');
  printDecimal(details.a2);
  printText(', pc ');
  printHex(details.a4, 8);
  printLine();
  return false;
}

/** Whether user mode may read a register, or write it. */
function mayAccess(register: u32, writes: boolean): boolean {
  if (register >= FLOATING_FIRST && register <= FLOATING_LAST) return true;
  return !writes && register >= COUNTER_FIRST && register <= COUNTER_LAST;
}

/** One page of registers, from `first` on. */
function tryPage(first: u32, access: u64): boolean {
  if (!mapPage(RIGHT_FRAMES_READ | RIGHT_FRAMES_WRITE)) return false;
  for (let index: u32 = 0; index < TRIALS; index++) writeTrial(index, access | (u64(first + index) << 20n));
  spaceUnmap(PLACE);
  if (!mapPage(RIGHT_FRAMES_READ | RIGHT_FRAMES_EXECUTE)) return false;
  fetchAnew();
  let sound = true;
  for (let index: u32 = 0; index < TRIALS; index++) {
    const register: u32 = first + index;
    const instruction: u64 = access | (u64(register) << 20n);
    if (!tryOne(index, instruction, mayAccess(register, access !== READ))) sound = false;
  }
  spaceUnmap(PLACE);
  return sound;
}

/** Every register. */
function tryRegisters(access: u64): boolean {
  let sound = true;
  for (let first: u32 = 0; first < REGISTERS; first += TRIALS) {
    if (!tryPage(first, access)) sound = false;
  }
  return sound;
}

/** Instructions that are no accesses to registers. */
function tryPrivileged(): boolean {
  if (!mapPage(RIGHT_FRAMES_READ | RIGHT_FRAMES_WRITE)) return false;
  for (let index: u32 = 0; index < PRIVILEGED.length; index++) writeTrial(index, PRIVILEGED[index]);
  spaceUnmap(PLACE);
  if (!mapPage(RIGHT_FRAMES_READ | RIGHT_FRAMES_EXECUTE)) return false;
  fetchAnew();
  let sound = true;
  for (let index: u32 = 0; index < PRIVILEGED.length; index++) {
    if (!tryOne(index, PRIVILEGED[index], false)) sound = false;
  }
  spaceUnmap(PLACE);
  return sound;
}

/** Entered by the start file. */
export function componentMain(info: BootInfo): never {
  framesStart(TABLE, FRAMES, u64(info.ramCount));
  spaceStart(TABLE, u64(BOOT_SLOT_ROOT));
  tapCheck(makeThread(THREAD, COMPONENT, 0n, 0n, 0n), 'a thread is made');
  page = frameTake(FRAME_TYPE_USER);
  tapCheck(tryRegisters(READ), 'a read of each of 4096 registers: cycle, time, instret and floating point answer');
  tapCheck(tryRegisters(WRITE), 'a write to each of them: only floating point is written');
  threadWriteRegister(THREAD, A1, ALL_BITS);
  tapCheck(tryRegisters(SET), 'the same by an instruction that sets bits');
  tapCheck(tryPrivileged(), 'instructions of supervisor, machine and debug mode and of the hypervisor fault');
  printText('# accesses that faulted: ');
  printDecimal(faults);
  printText(', that were allowed: ');
  printDecimal(allowed);
  printLine();
  tapCheck(allowed === 12n, 'twelve accesses were allowed');
  tapEnd();
}
