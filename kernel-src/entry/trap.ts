/**
 * What becomes of a trap from user mode that is not a system call. Assembly
 * has saved every register of the component in the frame of its thread.
 *
 * The thread that traps is the outermost one: nobody runs it who could be told.
 * So it is reported in one line and the machine stops with exit code 1.
 */

import { virtualAddress } from '../base/address.ts';
import { type Hart } from '../base/hart.ts';
import { consoleHex, consoleText } from '../machine/console.ts';
import { machineShutdown } from '../machine/power.ts';
import { faultAddress } from '../machine/processor.ts';
import { threadAt } from '../object/thread.ts';

/** Exceptions by the code in `scause` (RISC-V privileged specification, table "Supervisor cause register values"). */
const CAUSE_NAMES: readonly Text[] = [
  'instruction address misaligned',
  'instruction access fault',
  'illegal instruction',
  'breakpoint',
  'load address misaligned',
  'load access fault',
  'store address misaligned',
  'store access fault',
  'system call',
  'system call of the supervisor',
  'reserved exception',
  'reserved exception',
  'instruction page fault',
  'load page fault',
  'reserved exception',
  'store page fault',
];
const CAUSE_LIMIT: u64 = 16n;
/** `scause`: set for an interrupt, clear for an exception. */
const CAUSE_INTERRUPT: u64 = 0x8000_0000_0000_0000n;
/** The machine's exit code after the outermost thread has stopped. */
const EXIT_OUTERMOST: u32 = 1;

/** The name of a cause. */
function causeName(cause: u64): Text {
  if ((cause & CAUSE_INTERRUPT) !== 0n) return 'interrupt that nobody asked for';
  if (cause >= CAUSE_LIMIT) return 'unknown exception';
  return CAUSE_NAMES[u32(cause)];
}

/**
 * Decides about a trap: `cause` is `scause` and `value` is `stval`. `hart` is
 * the calling hart; the registers are in the frame of its thread.
 */
export function trapEntry(cause: u64, value: u64, hart: Hart): never {
  const thread = threadAt(virtualAddress(hart.thread));
  consoleText('fault: ');
  consoleText(causeName(cause));
  consoleText(' (cause ');
  consoleHex(cause & ~CAUSE_INTERRUPT);
  consoleText('), address ');
  consoleHex(faultAddress(cause, value));
  consoleText(', pc ');
  consoleHex(thread.registers[0]);
  consoleText(': the outermost thread has nobody to repair it, the machine stops\n');
  machineShutdown(EXIT_OUTERMOST);
}

/** The component of the outermost thread is dead: reported in one line, then the machine stops. @cold */
export function threadLost(): never {
  consoleText('dead: the component of the outermost thread is gone and nobody runs the thread, the machine stops\n');
  machineShutdown(EXIT_OUTERMOST);
}
