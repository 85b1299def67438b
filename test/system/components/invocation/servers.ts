/** Components that share this one's image, but not its stack nor its capabilities. */

import { BOOT_SLOT_PAGE_TABLES } from '../../../../kernel-src/abi/boot-info.ts';
import { ERROR_OK } from '../../../../kernel-src/abi/errors.ts';
import {
  KIND_CAPABILITY_TABLE,
  KIND_COMPONENT,
  KIND_INVOCATION,
  KIND_PAGE_TABLE,
} from '../../../../kernel-src/abi/kinds.ts';
import { type Outcome } from '../../../../kernel-src/abi/outcome.ts';
import { capabilityTableCreate, pageTableLink } from '../../../../user/lib/generated/operations.ts';
import { FRAMES, programAt, TABLE, takeBlank } from '../workshop.ts';

export const SERVER_TELLS: u64 = 0n;
export const SERVER_FAULTS: u64 = 1n;
export const SERVER_SPINS: u64 = 2n;
export const SERVER_NESTS: u64 = 3n;
export const SERVER_RETIRES: u64 = 4n;
export const PROGRAM_CALLS: u64 = 5n;
export const PROGRAM_YIELDS: u64 = 6n;
const SEEN: u64 = 7n;
export const PROGRAM_SCHEDULES: u64 = 8n;
export const PROGRAM_KILLS: u64 = 9n;

/** The second of the tables that boot makes: the one of the image. */
const IMAGE_TABLE: u64 = u64(BOOT_SLOT_PAGE_TABLES) + 1n;

/** What servers write down. */
class Seen {
  readonly words = array(atomic(u64), 8);
}

/** A word that the server `SERVER_TELLS` wrote. */
export function seenWord(word: u32): u64 {
  return objectAt<Seen>(programAt(SEEN)).words[word & 7].load();
}

/** Makes an object of a kind. */
function make(slot: u64, kind: u64, first: u64, second: u64): boolean {
  return capabilityTableCreate(TABLE, slot, kind, FRAMES, takeBlank(), first, second).error === ERROR_OK;
}

/** Makes a component in four slots: root, table of level 1, capability table, and at `slot` + 3 the component. */
export function makeServer(slot: u64): boolean {
  if (!make(slot, KIND_PAGE_TABLE, 2n, 0n) || !make(slot + 1n, KIND_PAGE_TABLE, 1n, 0n)) return false;
  if (!make(slot + 2n, KIND_CAPABILITY_TABLE, 0n, 0n)) return false;
  if (pageTableLink(slot, 0n, slot + 1n).error !== ERROR_OK) return false;
  if (pageTableLink(slot + 1n, 0n, IMAGE_TABLE).error !== ERROR_OK) return false;
  return make(slot + 3n, KIND_COMPONENT, slot, slot + 2n);
}

/** Makes an invocation of a component, in a slot of a table. */
export function makeInvocation(table: u64, slot: u64, component: u64, program: u64, badge: u64, levels: u64): Outcome {
  return capabilityTableCreate(table, slot, KIND_INVOCATION, component, programAt(program), badge, levels);
}
