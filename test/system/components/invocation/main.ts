/** Invocations of other components: I1, I3, V1, depth, faults, and components that die at every place of a stack. */

import { type BootInfo } from '../../../../kernel-src/abi/boot-info.ts';
import { tapEnd } from '../tap.ts';
import { checkCalls, checkCreate } from './calls.ts';
import { checkDeaths } from './deaths.ts';
import { checkEndings } from './endings.ts';
import { checkDepth, checkInside } from './inside.ts';

/** Entered by the start file. */
export function componentMain(info: BootInfo): never {
  checkCreate();
  checkCalls();
  checkDepth();
  checkInside(info.timebase);
  checkDeaths(info.timebase);
  checkEndings(info.timebase);
  tapEnd();
}
