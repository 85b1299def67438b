/** The memory system on the hardware, with one hart: the cases that a component can try on itself, by their numbers. */

import { BOOT_SLOT_FRAMES, BOOT_SLOT_ROOT, BOOT_SLOT_TABLE, BootInfo } from '../../../../kernel-src/abi/boot-info.ts';
import { ERROR_OK } from '../../../../kernel-src/abi/errors.ts';
import { spaceGiveBack, spaceStart } from '../../../../user/lib/address-space.ts';
import { census, censusTake } from '../../../../user/lib/census.ts';
import { framesStart } from '../../../../user/lib/frames.ts';
import { tapAnswer, tapCheck, tapEnd, tapOk } from '../tap.ts';
import { checkDevices } from './devices.ts';
import { checkMapping } from './mapping.ts';
import { checkObjects } from './object-cases.ts';
import { checkPageTables } from './page-table-cases.ts';
import { checkEveryFrame, checkRounds } from './rounds.ts';

/** Whether every frame that was Untyped is so again. */
function checkFrames(info: BootInfo): void {
  const counted = censusTake(u64(BOOT_SLOT_FRAMES), u64(info.ramCount), true);
  const back = tapAnswer({ error: ERROR_OK, value: census.missing }, ERROR_OK, 0n, census.firstMissing);
  tapCheck(tapOk(counted, 0n) && back, 'C8 INV10 every frame that was Untyped at the beginning is Untyped at the end');
}

/** Entered by the start file. */
export function componentMain(info: BootInfo): never {
  framesStart(u64(BOOT_SLOT_TABLE), u64(BOOT_SLOT_FRAMES), u64(info.ramCount));
  spaceStart(u64(BOOT_SLOT_TABLE), u64(BOOT_SLOT_ROOT));
  const counted = censusTake(u64(BOOT_SLOT_FRAMES), u64(info.ramCount), false);
  tapCheck(tapOk(counted, 0n) && census.before[2] !== 0n, 'the frames can be counted, and some are Untyped');
  checkMapping();
  checkPageTables();
  checkDevices(info);
  checkObjects();
  tapCheck(tapOk(spaceGiveBack(), 0n), 'the page tables are given back');
  checkRounds();
  checkEveryFrame();
  checkFrames(info);
  tapEnd();
}
