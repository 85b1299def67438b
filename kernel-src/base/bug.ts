/**
 * What the kernel does when it finds a bug in itself: one record of fixed form
 * on the console, then the machine stops. No component can bring it about.
 */

import { consoleDecimal, consoleHex, consoleText } from '../machine/console.ts';
import { machineShutdown } from '../machine/power.ts';
import { currentHart } from './hart.ts';

/** The machine's exit code after a kernel bug. */
const EXIT_BUG: u32 = 2;

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
  consoleText('kernel bug: failed check at ');
  consoleText(site);
  bugStop();
}

/** A trap from supervisor mode, on the emergency stack of the hart: `scause`, `stval` and `sepc`. */
export function kernelTrapReport(cause: u64, address: u64, pc: u64): never {
  consoleText('kernel bug: trap, cause ');
  consoleHex(cause);
  consoleText(', address ');
  consoleHex(address);
  consoleText(', pc ');
  consoleHex(pc);
  bugStop();
}
