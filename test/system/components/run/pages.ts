/** M1, M2, M6, P4: what a thread may do with a page, when it is unmapped, protected, or its tables are unlinked. */

import { BOOT_SLOT_ROOT, type BootInfo } from '../../../../kernel-src/abi/boot-info.ts';
import { ERROR_OK } from '../../../../kernel-src/abi/errors.ts';
import { EVENT_FAULT, EVENT_YIELDED } from '../../../../kernel-src/abi/events.ts';
import { RIGHT_FRAMES_EXECUTE, RIGHT_FRAMES_READ, RIGHT_FRAMES_WRITE } from '../../../../kernel-src/abi/rights.ts';
import { DEADLINE_NEVER } from '../../../../kernel-src/abi/thread-operations.ts';
import {
  spaceEntry,
  spaceMap,
  spaceProtect,
  spaceSlot,
  spaceStart,
  spaceUnmap,
} from '../../../../user/lib/address-space.ts';
import { framesStart } from '../../../../user/lib/frames.ts';
import {
  capabilityTableClear,
  pageTableLink,
  pageTableUnlink,
  threadWriteRegister,
} from '../../../../user/lib/generated/operations.ts';
import { memorySetWord } from '../../../../user/lib/memory.ts';
import { blockAddress, blockSet } from '../blocks.ts';
import { tapAnswer, tapCheck, tapOk } from '../tap.ts';
import {
  A0,
  COMPONENT,
  details,
  FRAMES,
  makeThread,
  PC,
  programAt,
  run,
  SLOTS,
  SLOTS_COUNT,
  TABLE,
  takeUser,
} from '../workshop.ts';
import { PROGRAM_FETCH, PROGRAM_LOAD, PROGRAM_STORE, PROGRAM_YIELDS } from './numbers.ts';

const THREAD: u64 = SLOTS;
const BLOCK: u32 = 15;
const PLACE: u64 = 0x4000_0000n;
const R: u64 = RIGHT_FRAMES_READ;
const W: u64 = RIGHT_FRAMES_WRITE;
const X: u64 = RIGHT_FRAMES_EXECUTE;
/** Code that yields for ever: addi a6, zero, 34; addi a7, zero, 64; ecall; and back to that. */
const CODE: readonly u64[] = [0x0400_0893_0220_0813n, 0xffdf_f06f_0000_0073n];
/** `scause` of page faults of a fetch, a load and a store. */
const CAUSE_FETCH: u64 = 12n;
const CAUSE_LOAD: u64 = 13n;
const CAUSE_STORE: u64 = 15n;

/** A thread accesses the page: it is allowed, or told as a fault of this cause at this address. */
function accesses(program: u64, isAllowed: boolean, cause: u64): boolean {
  threadWriteRegister(THREAD, PC, programAt(program));
  threadWriteRegister(THREAD, A0, blockAddress(BLOCK));
  const event = run(THREAD, DEADLINE_NEVER, 0n);
  if (isAllowed) return tapAnswer(event, ERROR_OK, EVENT_YIELDED, cause);
  return tapAnswer(event, ERROR_OK, EVENT_FAULT, cause) && details.a2 === cause && details.a3 === PLACE;
}

/** Every access to the page, mapped with some permissions. */
function permits(frame: u64, permissions: u64): boolean {
  if (!tapOk(spaceMap(PLACE, FRAMES, frame, permissions), permissions)) return false;
  const loads = accesses(PROGRAM_LOAD, (permissions & R) !== 0n, CAUSE_LOAD);
  const fetches = accesses(PROGRAM_FETCH, (permissions & X) !== 0n, CAUSE_FETCH);
  const stores = accesses(PROGRAM_STORE, (permissions & W) !== 0n, CAUSE_STORE);
  return tapOk(spaceUnmap(PLACE), permissions) && loads && fetches && stores;
}

/** Whether a load, and a store, are allowed; each is told as a fault if not. */
function loadsAndStores(loads: boolean, stores: boolean): boolean {
  const loaded = accesses(PROGRAM_LOAD, loads, CAUSE_LOAD);
  return accesses(PROGRAM_STORE, stores, CAUSE_STORE) && loaded;
}

/** The page is there, with both permissions; it is made read-only, and its tables are unlinked and linked again. */
function checkTables(): void {
  const root: u64 = u64(BOOT_SLOT_ROOT);
  tapCheck(loadsAndStores(true, true), 'M6: a page is mapped to be read and written, and touched');
  tapCheck(
    tapOk(spaceProtect(PLACE, R), 4n) && loadsAndStores(true, false),
    'M6: R of RW is left: the next store faults',
  );
  const upper = spaceSlot(PLACE, 1n);
  const entry = spaceEntry(PLACE, 2n);
  const unlinked = tapOk(pageTableUnlink(root, entry), 5n);
  tapCheck(
    unlinked && loadsAndStores(false, false),
    'P4: its tables are unlinked: the next load and the next store fault',
  );
  const linked = tapOk(pageTableLink(root, entry, upper), 6n);
  tapCheck(linked && loadsAndStores(true, false), 'P4: they are linked again: it can be read');
  tapCheck(tapOk(spaceUnmap(PLACE), 7n), 'it is unmapped');
}

/** All of them. */
export function checkPages(info: BootInfo): void {
  capabilityTableClear(TABLE, SLOTS, SLOTS_COUNT);
  framesStart(TABLE, FRAMES, u64(info.ramCount));
  spaceStart(TABLE, u64(BOOT_SLOT_ROOT));
  blockSet(BLOCK, 0, PLACE);
  tapCheck(makeThread(THREAD, COMPONENT, PROGRAM_YIELDS, 0n, 0n), 'a thread is made');
  const frame = takeUser();
  tapCheck(tapOk(spaceMap(PLACE, FRAMES, frame, R | W), 0n), 'a page is mapped');
  for (let index: u32 = 0; index < 2; index++) memorySetWord(PLACE + u64(index) * 8n, CODE[index]);
  tapCheck(tapOk(spaceUnmap(PLACE), 1n), 'code is written into it');
  tapCheck(permits(frame, R), 'M1: R: it can be read; a store and a fetch fault');
  tapCheck(permits(frame, X), 'M1: X: it can be executed; a load and a store fault');
  tapCheck(permits(frame, R | X), 'M1: RX: it can be read and executed; a store faults');
  tapCheck(permits(frame, R | W), 'M1: RW: it can be read and written; a fetch faults');

  tapCheck(tapOk(spaceMap(PLACE, FRAMES, frame, R | W), 2n), 'M2: the page is mapped');
  tapCheck(loadsAndStores(true, true), 'M2: and touched');
  tapCheck(tapOk(spaceUnmap(PLACE), 3n), 'M2: it is unmapped');
  tapCheck(loadsAndStores(false, false), 'M2: the next load and the next store fault');
  if (tapOk(spaceMap(PLACE, FRAMES, frame, R | W), 3n)) checkTables();
}
