/** What components that make other components share: the archive's members, and the census around it all. */

import { BOOT_SLOT_FRAMES, BOOT_SLOT_ROOT, BOOT_SLOT_TABLE, BootInfo } from '../../../kernel-src/abi/boot-info.ts';
import { ERROR_NO_CAPABILITY, ERROR_OK } from '../../../kernel-src/abi/errors.ts';
import { EVENT_EXITED } from '../../../kernel-src/abi/events.ts';
import { KIND_INVOCATION } from '../../../kernel-src/abi/kinds.ts';
import { type Outcome } from '../../../kernel-src/abi/outcome.ts';
import { DEADLINE_NEVER } from '../../../kernel-src/abi/thread-operations.ts';
import { spaceGiveBack, spaceStart } from '../../../user/lib/address-space.ts';
import { archiveFind } from '../../../user/lib/archive.ts';
import { threadRunEvent } from '../../../user/lib/calls.ts';
import { census, censusTake } from '../../../user/lib/census.ts';
import { framesStart } from '../../../user/lib/frames.ts';
import { capabilityTableCreate } from '../../../user/lib/generated/operations.ts';
import { Results } from '../../../user/lib/invoke-results.ts';
import { type Program, programMake } from '../../../user/lib/program.ts';
import { tapCheck, tapOk } from './tap.ts';

export const TABLE: u64 = u64(BOOT_SLOT_TABLE);
export const FRAMES: u64 = u64(BOOT_SLOT_FRAMES);
/** What the latest Run or call has told further. */
export const told = new Results();

/** Says to the library where everything is, and counts all frames. */
export function makersStart(info: BootInfo): void {
  framesStart(TABLE, FRAMES, u64(info.ramCount));
  spaceStart(TABLE, u64(BOOT_SLOT_ROOT));
  tapCheck(tapOk(censusTake(FRAMES, u64(info.ramCount), false), 0n), 'all frames are counted');
}

/** Counts all frames once more: those that were free have to be free again. */
export function makersEnd(info: BootInfo): void {
  tapCheck(tapOk(spaceGiveBack(), 0n), 'the page tables of this component are given back');
  const counted = censusTake(FRAMES, u64(info.ramCount), true);
  tapCheck(tapOk(counted, 1n) && census.missing === 0n, 'every frame that was Untyped is Untyped again');
}

/** Makes a component of a member of the archive, with an argument. */
export function makeMember(program: Program, info: BootInfo, name: Text, argument: u64): Outcome {
  const member = archiveFind(info.archive, info.archiveSize, name);
  if (!member.found) return { error: ERROR_NO_CAPABILITY, value: 99n };
  program.timebase = info.timebase;
  program.argument = argument;
  return programMake(program, member.content, member.size);
}

/** Runs a thread until something happens. */
export function runThread(thread: u64): Outcome {
  return threadRunEvent(thread, DEADLINE_NEVER, 0n, told);
}

/** Makes a server of a member, and lets its thread prepare it. */
export function makeServer(program: Program, info: BootInfo, name: Text): boolean {
  if (!tapOk(makeMember(program, info, name, 0n), 0n)) return false;
  const event = runThread(program.thread);
  return tapOk(event, 1n) && event.value === EVENT_EXITED;
}

/** Makes an invocation of a server, with a badge, in a slot of the table with an id. */
export function makeEntry(program: Program, table: u64, slot: u64, badge: u64): boolean {
  const made = capabilityTableCreate(table, slot, KIND_INVOCATION, program.component, program.entry, badge, 0n);
  return made.error === ERROR_OK;
}
