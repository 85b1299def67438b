import { type BootInfo } from '../../../../kernel-src/abi/boot-info.ts';
import { tapCheck, tapEnd } from '../tap.ts';
/** Entered by the start file. */
export function componentMain(info: BootInfo): never {
  tapCheck(info.size !== 0, 'there is');
  tapEnd();
}
