/** Threads that this component runs: registers, events, faults, deadlines, signals, chains. */

import { BOOT_SLOT_THREAD, type BootInfo } from '../../../../kernel-src/abi/boot-info.ts';
import { tapEnd } from '../tap.ts';
import { checkDeadlines, checkNesting } from './deadlines.ts';
import { checkFaults } from './faults.ts';
import { checkPages } from './pages.ts';
import { checkRegisters, checkSwitches } from './registers.ts';
import { checkSignals } from './signals.ts';

/** Entered by the start file. */
export function componentMain(info: BootInfo): never {
  checkRegisters();
  checkFaults();
  checkDeadlines(info.timebase);
  checkNesting(info.timebase);
  checkSignals(u64(BOOT_SLOT_THREAD));
  checkSwitches();
  checkPages(info);
  tapEnd();
}
