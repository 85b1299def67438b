/**
 * What the kernel does when it finds a bug in itself: one record of fixed form
 * on the console, then the machine stops. No component can bring it about.
 */

import { consoleDecimal, consoleHex, consoleText } from '../machine/console.ts';
import { machineShutdown } from '../machine/power.ts';
import { currentHart } from './hart.ts';

/** The machine's exit code after a kernel bug. */
const EXIT_BUG: u32 = 2;

/** Harts that have begun a record, by position. Each hart writes its own element only. */
class Records {
  readonly begun = array(u8, 8);
}
const records = new Records();

/** The begin of each record. A second bug of a hart meanwhile only stops the machine. */
function bugStart(what: Text): void {
  const hart: u32 = u32(currentHart().index & 7n);
  if (records.begun[hart] !== 0) machineShutdown(EXIT_BUG);
  records.begun[hart] = 1;
  consoleText('kernel bug: ');
  consoleText(what);
}

/** The end of each record: where it happened. Stops the machine. */
function bugStop(): never {
  const hart = currentHart();
  consoleText(', hart ');
  consoleDecimal(hart.identifier);
  consoleText(', operation ');
  consoleDecimal(hart.operation);
  consoleText('\n');
  machineShutdown(EXIT_BUG);
}

/** A check that the compiler put in has failed. `site` is the file and line of it. */
export function harmonyTrap(site: Text): never {
  bugStart('failed check at ');
  consoleText(site);
  bugStop();
}

/** A trap from supervisor mode, on the emergency stack of the hart: `scause`, `stval` and `sepc`. */
export function kernelTrapReport(cause: u64, address: u64, pc: u64): never {
  bugStart('trap, cause ');
  consoleHex(cause);
  consoleText(', address ');
  consoleHex(address);
  consoleText(', pc ');
  consoleHex(pc);
  bugStop();
}
