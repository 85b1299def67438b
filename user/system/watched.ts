/**
 * A component and its watchdog. The component is made of frames that the watchdog owns, and afterwards nobody else has
 * anything of it: so the watchdog can take all of it back.
 */

import { BOOT_SLOT_FRAMES, BOOT_SLOT_TABLE, BOOT_SLOT_THREAD, BootInfo } from '../../kernel-src/abi/boot-info.ts';
import { ERROR_OK } from '../../kernel-src/abi/errors.ts';
import {
  RIGHT_COMPONENT_RETIRE,
  RIGHT_FRAMES_EXECUTE,
  RIGHT_FRAMES_READ,
  RIGHT_FRAMES_RETYPE,
  RIGHT_FRAMES_WRITE,
  RIGHT_THREAD_RUN,
  RIGHT_THREAD_SIGNAL,
  RIGHTS_CAPABILITY_TABLE,
} from '../../kernel-src/abi/rights.ts';
import { framesStart } from '../lib/frames.ts';
import { capabilityTableCopy, capabilityTableDrop } from '../lib/generated/operations.ts';
import { rangeReclaim } from '../lib/objects.ts';
import { Program, programForget, programGiveBack } from '../lib/program.ts';
import {
  CLIENT_COMPONENT,
  CLIENT_THREAD,
  CLIENT_WATCHDOG,
  WATCHDOG_ANSWERED,
  WATCHDOG_ASKS,
} from '../lib/service-slots.ts';
import { SIGNAL_MARK } from '../lib/signals.ts';
import { mustBe } from './must.ts';
import { BADGE_WATCHDOG, partConsole, partGive, partMake, partStep } from './parts.ts';
import { reserveFrames } from './reserve.ts';

const TABLE: u64 = u64(BOOT_SLOT_TABLE);
const FRAMES: u64 = u64(BOOT_SLOT_FRAMES);
const SELF: u64 = u64(BOOT_SLOT_THREAD);
/** Slot for the frames of the one that is watched: one that boot leaves free. */
const RESERVE: u64 = 62n;
/** So many: enough for it. */
const RESERVED: u64 = 64n;
/** Time for an answer, in ms. */
const LIMIT: u64 = 50n;
const ALL_RIGHTS: u64 = RIGHT_FRAMES_RETYPE | RIGHT_FRAMES_READ | RIGHT_FRAMES_WRITE | RIGHT_FRAMES_EXECUTE;

/** Makes the component of the frames that are set aside for it. */
function makeClient(client: Program, info: BootInfo): void {
  const first = reserveFrames(RESERVED);
  partStep(capabilityTableCopy(TABLE, RESERVE, FRAMES, ALL_RIGHTS, first, RESERVED, 0n), 'stray');
  framesStart(TABLE, RESERVE, 1n);
  partMake(client, info, 'stray', 0n);
  framesStart(TABLE, FRAMES, u64(info.ramCount));
}

/** Makes both, and gives each what it needs. */
export function watchedMake(watchdog: Program, client: Program, driver: Program, info: BootInfo): void {
  watchdog.ranges = 1;
  partMake(watchdog, info, 'watchdog', LIMIT);
  makeClient(client, info);
  partGive(client, CLIENT_WATCHDOG, watchdog.thread, RIGHT_THREAD_SIGNAL, WATCHDOG_ANSWERED);
  partGive(client, SELF, client.thread, RIGHT_THREAD_SIGNAL, SIGNAL_MARK);
  partConsole(watchdog, driver, BADGE_WATCHDOG, RIGHTS_CAPABILITY_TABLE);
  partGive(watchdog, SELF, watchdog.thread, RIGHT_THREAD_SIGNAL, SIGNAL_MARK);
  partGive(watchdog, FRAMES, RESERVE, RIGHT_FRAMES_RETYPE, 0n);
  partGive(watchdog, CLIENT_COMPONENT, client.component, RIGHT_COMPONENT_RETIRE, 0n);
  partGive(watchdog, CLIENT_THREAD, client.thread, RIGHT_THREAD_RUN | RIGHT_THREAD_SIGNAL, WATCHDOG_ASKS);
  partStep(programForget(client), 'stray');
}

/** Takes back both. They name each other, so the watchdog, if its client still lives, needs a second time. */
export function watchedTakeBack(watchdog: Program): void {
  programGiveBack(watchdog);
  mustBe(rangeReclaim(TABLE, RESERVE).error === ERROR_OK, 'taken back: the component', 'stray');
  capabilityTableDrop(TABLE, RESERVE);
  mustBe(programGiveBack(watchdog).error === ERROR_OK, 'taken back: the component', 'watchdog');
}
