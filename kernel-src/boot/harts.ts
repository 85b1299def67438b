/** The harts at boot: which ones the kernel may use, and the blocks of state of all of them. */

import { epochJoin, epochStart } from '../base/epoch.ts';
import { hartAt } from '../base/hart.ts';
import { type Board, BOARD_HART_LIMIT } from '../machine/board.ts';
import { consoleDecimal, consoleText } from '../machine/console.ts';
import { HART_LIMIT } from '../machine/layout.ts';
import { timerStart } from '../machine/timer.ts';
import { THREAD_IDLE, threadStatus } from '../object/thread.ts';
import { bootStage } from './report.ts';

/** The harts that the kernel can run on: the one that boots, then the others in the order of the device tree. */
export class BootHarts {
  count: u32 = 0;
  readonly identifiers = array(u64, 8);
}
export const bootHarts = new BootHarts();

/** Adds a hart. False if there is no room for it. */
function addHart(identifier: u64): boolean {
  const index = bootHarts.count;
  if (index >= HART_LIMIT) return false;
  bootHarts.identifiers[index] = identifier;
  bootHarts.count = index + 1;
  return true;
}

/** Writes which harts find no room, after `added` of those that did: they stay in the firmware. */
function reportOthers(board: Board, boot: u64): void {
  let room: u32 = HART_LIMIT - 1;
  bootStage('more than 8 harts, these stay in the firmware:');
  for (let index: u32 = 0; index < BOARD_HART_LIMIT && index < board.hartCount; index++) {
    if (board.harts[index] === boot) continue;
    if (room > 0) {
      room--;
      continue;
    }
    consoleText(' ');
    consoleDecimal(board.harts[index]);
  }
  consoleText('\n');
}

/** Chooses the harts and fills in their blocks. `boot` is the firmware's number of the calling hart. */
export function hartsStart(board: Board, boot: u64): void {
  let complete = addHart(boot);
  for (let index: u32 = 0; index < BOARD_HART_LIMIT && index < board.hartCount; index++) {
    if (board.harts[index] !== boot) complete = addHart(board.harts[index]);
  }
  if (!complete) reportOthers(board, boot);
  timerStart(board.hartTimers === board.hartCount);
  epochStart(board.timebase);
  for (let index: u32 = 0; index < HART_LIMIT; index++) {
    const hart = hartAt(index);
    hart.index = u64(index);
    hart.home = threadStatus(THREAD_IDLE, hart.index);
    hart.identifier = bootHarts.identifiers[index];
  }
  epochJoin(hartAt(0));
}
