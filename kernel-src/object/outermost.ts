/**
 * The outermost thread of a hart stops: nobody runs it who could be told. One
 * line says why, and the hart parks; when no hart is left, the machine stops
 * with exit code 1. That is no bug of the kernel.
 */

import { consoleHex, consoleText } from '../machine/console.ts';
import { machineShutdown } from '../machine/power.ts';

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
/** The machine's exit code after the outermost thread has stopped. */
const EXIT_OUTERMOST: u32 = 1;

/** The name of a cause that is no interrupt. */
function causeName(cause: u64): Text {
  if (cause >= CAUSE_LIMIT) return 'unknown exception';
  return CAUSE_NAMES[u32(cause)];
}

/** It has faulted. @cold */
export function outermostFaulted(cause: u64, address: u64, pc: u64): never {
  consoleText('fault: ');
  consoleText(causeName(cause));
  consoleText(' (cause ');
  consoleHex(cause);
  consoleText('), address ');
  consoleHex(address);
  consoleText(', pc ');
  consoleHex(pc);
  consoleText(': the outermost thread has nobody to repair it, the machine stops\n');
  machineShutdown(EXIT_OUTERMOST);
}

/** Its component is dead. @cold */
export function outermostDied(): never {
  consoleText('dead: the component of the outermost thread is gone and nobody runs the thread, the machine stops\n');
  machineShutdown(EXIT_OUTERMOST);
}

/** It has returned from its first component. @cold */
export function outermostExited(): never {
  consoleText('exit: the outermost thread has returned and nobody runs it, the machine stops\n');
  machineShutdown(EXIT_OUTERMOST);
}
