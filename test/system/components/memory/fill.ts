/**
 * Frames full of objects that name each other at random: tables that hold the
 * capabilities, and what is made. All of it can be left behind out of reach.
 */

import { BOOT_SLOT_TABLE } from '../../../../kernel-src/abi/boot-info.ts';
import { ERROR_EMPTY, ERROR_OK } from '../../../../kernel-src/abi/errors.ts';
import {
  FRAME_TYPE_BLANK,
  FRAME_TYPE_CAPABILITY_TABLE,
  FRAME_TYPE_COMPONENT,
  FRAME_TYPE_PAGE_TABLE_0,
  FRAME_TYPE_PAGE_TABLE_1,
  FRAME_TYPE_PAGE_TABLE_2,
  FRAME_TYPE_USER,
} from '../../../../kernel-src/abi/frame-types.ts';
import {
  KIND_CAPABILITY_TABLE,
  KIND_COMPONENT,
  KIND_PAGE_TABLE,
  KIND_THREAD,
} from '../../../../kernel-src/abi/kinds.ts';
import { type Outcome } from '../../../../kernel-src/abi/outcome.ts';
import { frameIndex, frameRange, frameTake, frameWord, wordType } from '../../../../user/lib/frames.ts';
import {
  capabilityTableCopy,
  capabilityTableCreate,
  capabilityTableDrop,
  capabilityTableLink,
  capabilityTableUnlink,
  pageTableLink,
  pageTableMap,
} from '../../../../user/lib/generated/operations.ts';
import { objectMake } from '../../../../user/lib/objects.ts';
import { SLOT_NONE, slotBelow } from '../../../../user/lib/slots.ts';
import { tapOk } from '../tap.ts';
import { READ } from './mapping.ts';

const TABLE: u64 = u64(BOOT_SLOT_TABLE);
/** Capability tables that hold what is made; and all frames. */
const HOLDERS: u32 = 3;
export const ROUND_FRAMES: u32 = 195;
/** Tries to name an object in another one. */
const LINKS: u32 = 400;

/** The frames of a round: the holders first. */
export const roundFrames = array(u64, 195);
/** What each of them is once it is made: a type of frame. */
const types = array(u64, 195);
/** Slots of the holders in the own table. */
const holders = array(u64, 3);
/** State of the random numbers (xorshift64, Marsaglia 2003). */
let seed: u64 = 0x2026_1123_0000_0003n;

/** A random number below a limit. */
export function random(limit: u32): u32 {
  seed = seed ^ (seed << 13n);
  seed = seed ^ (seed >> 7n);
  seed = seed ^ (seed << 17n);
  return u32((seed >> 11n) % u64(limit));
}

/** The holder of the capability for frame `index`, which is no holder. */
function holderOf(index: u32): u64 {
  return holders[((index - HOLDERS) >> 6) % HOLDERS];
}

/** The slot of that capability in its holder. */
function slotOf(index: u32): u64 {
  return u64((index - HOLDERS) & 0x3f);
}

/** The id of that capability. Below the holders there is none: an id that is refused. */
function heldId(index: u32): u64 {
  return index < HOLDERS || index >= ROUND_FRAMES ? SLOT_NONE : slotBelow(holderOf(index), slotOf(index));
}

/** A frame of a type, from a random one on; `ROUND_FRAMES` if none is. */
function pick(type: u64): u32 {
  const start: u32 = HOLDERS + random(ROUND_FRAMES - HOLDERS);
  for (let step: u32 = 0; step < ROUND_FRAMES; step++) {
    const index: u32 = HOLDERS + ((start + step) % (ROUND_FRAMES - HOLDERS));
    if (types[index] === type) return index;
  }
  return ROUND_FRAMES;
}

/** The holders: tables in slots of the own table, linked below these. */
export function makeHolders(): boolean {
  let sound = true;
  for (let index: u32 = 0; index < HOLDERS; index++) {
    const made = objectMake(TABLE, KIND_CAPABILITY_TABLE, 0n, 0n);
    if (made.error !== ERROR_OK) return false;
    roundFrames[index] = made.frame;
    holders[index] = made.slot;
    if (!tapOk(capabilityTableLink(TABLE, made.slot, made.slot), u64(index))) sound = false;
  }
  return sound;
}

/** Makes an object of a random kind for frame `index`. A component or thread needs what earlier ones are: it may be refused. */
function makeHeld(index: u32): Outcome {
  const holder = holderOf(index);
  const slot = slotOf(index);
  const range = frameRange(roundFrames[index]);
  const frame = frameIndex(roundFrames[index]);
  switch (random(8)) {
    case 0:
    case 1:
      return capabilityTableCreate(holder, slot, KIND_CAPABILITY_TABLE, range, frame, 0n, 0n);
    case 2: {
      const root = heldId(pick(FRAME_TYPE_PAGE_TABLE_2));
      const table = heldId(pick(FRAME_TYPE_CAPABILITY_TABLE));
      return capabilityTableCreate(holder, slot, KIND_COMPONENT, range, frame, root, table);
    }
    case 3: {
      const component = heldId(pick(FRAME_TYPE_COMPONENT));
      return capabilityTableCreate(holder, slot, KIND_THREAD, range, frame, component, 0n);
    }
    default:
      return capabilityTableCreate(holder, slot, KIND_PAGE_TABLE, range, frame, u64(random(3)), 0n);
  }
}

/** Lets one frame name another in a random place. Refused where something is in that place already, or a type is missing. */
function nameAnother(): Outcome {
  const table = heldId(pick(FRAME_TYPE_CAPABILITY_TABLE));
  const slot: u64 = u64(random(64));
  switch (random(5)) {
    case 0:
      return capabilityTableLink(table, slot, heldId(pick(FRAME_TYPE_CAPABILITY_TABLE)));
    case 1:
      return capabilityTableCopy(table, slot, heldId(HOLDERS + random(ROUND_FRAMES - HOLDERS)), 0n, 0n, 0n, 0n);
    case 2: {
      const level: u64 = u64(random(2));
      const child = heldId(pick(FRAME_TYPE_PAGE_TABLE_0 + level));
      return pageTableLink(heldId(pick(FRAME_TYPE_PAGE_TABLE_1 + level)), u64(random(256)), child);
    }
    default: {
      const user = pick(FRAME_TYPE_USER);
      if (user >= ROUND_FRAMES) return { error: ERROR_EMPTY, value: 0n };
      const node = heldId(pick(FRAME_TYPE_PAGE_TABLE_0));
      return pageTableMap(node, u64(random(512)), frameRange(roundFrames[user]), frameIndex(roundFrames[user]), READ);
    }
  }
}

/** Fills the frames. Answers how often one was made to name another. */
export function fillFrames(): u64 {
  for (let index: u32 = HOLDERS; index < ROUND_FRAMES; index++) types[index] = 0n;
  for (let index: u32 = HOLDERS; index < ROUND_FRAMES; index++) {
    const user = random(4) === 0;
    roundFrames[index] = frameTake(user ? FRAME_TYPE_USER : FRAME_TYPE_BLANK);
    if (!user) makeHeld(index);
    types[index] = wordType(frameWord(roundFrames[index]));
  }
  let links: u64 = 0n;
  for (let link: u32 = 0; link < LINKS; link++) {
    if (nameAnother().error === ERROR_OK) links += 1n;
  }
  return links;
}

/** Drops capabilities at random, and all ways to the holders: nothing that was made can be reached. */
export function abandonFrames(): boolean {
  for (let index: u32 = HOLDERS; index < ROUND_FRAMES; index++) {
    if (random(3) === 0) capabilityTableDrop(holderOf(index), slotOf(index));
  }
  let sound = true;
  for (const slot of holders) {
    if (!tapOk(capabilityTableUnlink(TABLE, slot), slot)) sound = false;
    if (!tapOk(capabilityTableDrop(TABLE, slot), slot)) sound = false;
  }
  return sound;
}
