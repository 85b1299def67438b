/** The pager component: pages on demand in a range, and the end of what strays from it. */

import {
  BOOT_SLOT_CONSOLE,
  BOOT_SLOT_FRAMES,
  BOOT_SLOT_TABLE,
  type BootInfo,
} from '../../../../kernel-src/abi/boot-info.ts';
import { COMPONENT_INSPECT_STATE } from '../../../../kernel-src/abi/component-operations.ts';
import { ERROR_OK } from '../../../../kernel-src/abi/errors.ts';
import { EVENT_EXITED } from '../../../../kernel-src/abi/events.ts';
import {
  RIGHT_COMPONENT_RETIRE,
  RIGHT_CONSOLE_WRITE,
  RIGHT_FRAMES_READ,
  RIGHT_FRAMES_RETYPE,
  RIGHT_FRAMES_WRITE,
  RIGHT_PAGE_TABLE_MAP,
  RIGHT_PAGE_TABLE_REMOVE,
  RIGHT_THREAD_REGISTERS,
  RIGHT_THREAD_RUN,
  RIGHTS_CAPABILITY_TABLE,
} from '../../../../kernel-src/abi/rights.ts';
import { serverInvoke } from '../../../../user/lib/calls.ts';
import {
  capabilityTableCopy,
  capabilityTableDrop,
  componentInspect,
} from '../../../../user/lib/generated/operations.ts';
import { Program, programGiveBack } from '../../../../user/lib/program.ts';
import { CLIENT_COMPONENT, CLIENT_ROOT, CLIENT_THREAD } from '../../../../user/lib/service-slots.ts';
import { COUNTER_ADD, SLOT_COUNTER, WORKER_STRAYS, WORKER_TOUCHES } from '../../programs/numbers.ts';
import { makeEntry, makeMember, makersEnd, makersStart, makeServer, runThread, TABLE, told } from '../makers.ts';
import { reserveFree, reserveMake } from '../reserve.ts';
import { tapAnswer, tapCheck, tapEnd, tapOk } from '../tap.ts';

const COUNTER: u64 = 50n;
const RESERVE: u64 = 52n;
/** Frames of the pager: 8 pages, and the two page tables that they need. */
const RESERVED: u64 = 10n;
const PAGES: u64 = 8n;
const FRAME_RIGHTS: u64 = RIGHT_FRAMES_RETYPE | RIGHT_FRAMES_READ | RIGHT_FRAMES_WRITE;

const counter = new Program();
const pager = new Program();
const worker = new Program();

function counted(): u64 {
  serverInvoke(COUNTER, COUNTER_ADD, 0n, 0n, 0n, told);
  return told.a2;
}

/** Copies a capability into the pager's table. */
function give(slot: u64, source: u64, rights: u64): boolean {
  return tapOk(capabilityTableCopy(pager.table, slot, source, rights, 0n, 0n, 0n), slot);
}

/** Makes a worker for a task, and a pager for it. */
function makeBoth(info: BootInfo, task: u64, pages: u64): boolean {
  if (!tapOk(makeMember(worker, info, 'worker', task), 1n)) return false;
  if (!makeEntry(counter, worker.table, SLOT_COUNTER, 1n)) return false;
  pager.ranges = 1;
  if (!tapOk(makeMember(pager, info, 'pager', pages), 2n)) return false;
  let given = give(u64(BOOT_SLOT_TABLE), pager.table, RIGHTS_CAPABILITY_TABLE);
  given = give(u64(BOOT_SLOT_CONSOLE), u64(BOOT_SLOT_CONSOLE), RIGHT_CONSOLE_WRITE) && given;
  given = give(u64(BOOT_SLOT_FRAMES), RESERVE, FRAME_RIGHTS) && given;
  given = give(CLIENT_THREAD, worker.thread, RIGHT_THREAD_RUN | RIGHT_THREAD_REGISTERS) && given;
  given = give(CLIENT_COMPONENT, worker.component, RIGHT_COMPONENT_RETIRE) && given;
  return give(CLIENT_ROOT, worker.root, RIGHT_PAGE_TABLE_MAP | RIGHT_PAGE_TABLE_REMOVE) && given;
}

/** Runs the pager to its end; it leaves no frame of its range in use. */
function pagerEnds(): boolean {
  if (!tapAnswer(runThread(pager.thread), ERROR_OK, EVENT_EXITED, 3n)) return false;
  return reserveFree(RESERVE, RESERVED) === RESERVED;
}

function givenBack(): boolean {
  return tapOk(programGiveBack(pager), 4n) && tapOk(programGiveBack(worker), 5n);
}

/** Entered by the start file. */
export function componentMain(info: BootInfo): never {
  makersStart(info);
  tapCheck(makeServer(counter, info, 'counter') && makeEntry(counter, TABLE, COUNTER, 1n), 'the counter is made');
  tapCheck(reserveMake(RESERVE, RESERVED), 'the pager gets ten frames');

  tapCheck(makeBoth(info, WORKER_TOUCHES, PAGES), 'a worker that touches 8 pages is made, and a pager for it');
  tapCheck(pagerEnds(), 'both come to their end, and the pager has taken every page back');
  tapCheck(counted() === PAGES, '8 pages were there when they were touched, zero, and kept what was written');
  tapCheck(givenBack(), 'both are given back');

  tapCheck(makeBoth(info, WORKER_STRAYS, PAGES), 'one that strays out of the range at the end');
  tapCheck(pagerEnds(), 'the pager ends it');
  const state = componentInspect(worker.component, COMPONENT_INSPECT_STATE);
  tapCheck(tapAnswer(state, ERROR_OK, 1n, 6n) && counted() === 2n * PAGES, 'after 8 pages it is dead');
  tapCheck(givenBack(), 'both are given back');

  tapCheck(makeBoth(info, WORKER_TOUCHES, PAGES - 1n), 'one for which the range is a page too short');
  tapCheck(pagerEnds() && counted() === 2n * PAGES, 'it is ended at the last page, which it touches first');
  tapCheck(givenBack(), 'both are given back');

  capabilityTableDrop(TABLE, COUNTER);
  capabilityTableDrop(TABLE, RESERVE);
  tapCheck(tapOk(programGiveBack(counter), 7n), 'the counter is given back');
  makersEnd(info);
  tapEnd();
}
