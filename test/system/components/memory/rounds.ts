/**
 * C8: frames are filled with objects and mappings at random, so that they name
 * each other in every way; capabilities are dropped at random; and everything is
 * taken back in a shuffled order, by nothing but Recover. A thousand times.
 */

import { BOOT_SLOT_TABLE } from '../../../../kernel-src/abi/boot-info.ts';
import { ERROR_EMPTY, ERROR_IN_USE, ERROR_OK } from '../../../../kernel-src/abi/errors.ts';
import {
  FRAME_TYPE_BLANK,
  FRAME_TYPE_CAPABILITY_TABLE,
  FRAME_TYPE_COMPONENT,
  FRAME_TYPE_PAGE_TABLE_0,
  FRAME_TYPE_PAGE_TABLE_1,
  FRAME_TYPE_PAGE_TABLE_2,
  FRAME_TYPE_UNTYPED,
  FRAME_TYPE_USER,
} from '../../../../kernel-src/abi/frame-types.ts';
import {
  KIND_CAPABILITY_TABLE,
  KIND_COMPONENT,
  KIND_PAGE_TABLE,
  KIND_THREAD,
} from '../../../../kernel-src/abi/kinds.ts';
import { type Outcome } from '../../../../kernel-src/abi/outcome.ts';
import { census } from '../../../../user/lib/census.ts';
import { printDecimal, printLine, printText } from '../../../../user/lib/console.ts';
import {
  FRAME_LIMIT,
  FRAME_NONE,
  frameGiveBack,
  frameIndex,
  frameRange,
  frameTake,
  frameWord,
  wordType,
} from '../../../../user/lib/frames.ts';
import {
  capabilityTableCopy,
  capabilityTableCreate,
  capabilityTableDrop,
  capabilityTableLink,
  capabilityTableUnlink,
  pageTableLink,
  pageTableMap,
} from '../../../../user/lib/generated/operations.ts';
import { frameReclaim, objectMake } from '../../../../user/lib/objects.ts';
import { SLOT_NONE, slotBelow } from '../../../../user/lib/slots.ts';
import { tapAnswer, tapCheck, tapOk } from '../tap.ts';
import { READ } from './mapping.ts';

const TABLE: u64 = u64(BOOT_SLOT_TABLE);
/** Rounds, and frames in each: capability tables that hold what is made, and what is made. */
const ROUNDS: u64 = 1000n;
const HOLDERS: u32 = 3;
const FRAMES: u32 = 195;
/** Tries to name an object in another one. */
const LINKS: u32 = 400;
/** Passes over all frames until each is back: what holds others goes in the first, what they held after it. */
const PASSES: u32 = 6;
/** Names that succeed in a round on average, at least. */
const NAMED_LEAST: u64 = 300n;

/** The frames of a round: the holders first. */
const frames = array(u64, 195);
/** What each of them is once it is made: a type of frame. */
const types = array(u64, 195);
/** The order in which they are taken back. */
const order = array(u32, 195);
/** Slots of the holders in the own table. */
const holders = array(u64, 3);
/** State of the random numbers (xorshift64, Marsaglia 2003). */
let seed: u64 = 0x2026_1123_0000_0003n;
/** How often a frame was made to name another. */
let named: u64 = 0n;

/** A random number below a limit. */
function random(limit: u32): u32 {
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
  return index < HOLDERS || index >= FRAMES ? SLOT_NONE : slotBelow(holderOf(index), slotOf(index));
}

/** A frame of a type, from a random one on; `FRAMES` if none is. */
function pick(type: u64): u32 {
  const start: u32 = HOLDERS + random(FRAMES - HOLDERS);
  for (let step: u32 = 0; step < FRAMES; step++) {
    const index: u32 = HOLDERS + ((start + step) % (FRAMES - HOLDERS));
    if (types[index] === type) return index;
  }
  return FRAMES;
}

/** The holders: tables in slots of the own table, linked below these. */
function makeHolders(): boolean {
  let sound = true;
  for (let index: u32 = 0; index < HOLDERS; index++) {
    const made = objectMake(TABLE, KIND_CAPABILITY_TABLE, 0n, 0n);
    if (made.error !== ERROR_OK) return false;
    frames[index] = made.frame;
    holders[index] = made.slot;
    if (!tapOk(capabilityTableLink(TABLE, made.slot, made.slot), u64(index))) sound = false;
  }
  return sound;
}

/** Makes an object of a random kind for frame `index`. A component or thread needs what earlier ones are: it may be refused. */
function makeHeld(index: u32): Outcome {
  const holder = holderOf(index);
  const slot = slotOf(index);
  const range = frameRange(frames[index]);
  const frame = frameIndex(frames[index]);
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
      return capabilityTableCopy(table, slot, heldId(HOLDERS + random(FRAMES - HOLDERS)), 0n, 0n, 0n, 0n);
    case 2: {
      const level: u64 = u64(random(2));
      const child = heldId(pick(FRAME_TYPE_PAGE_TABLE_0 + level));
      return pageTableLink(heldId(pick(FRAME_TYPE_PAGE_TABLE_1 + level)), u64(random(256)), child);
    }
    default: {
      const user = pick(FRAME_TYPE_USER);
      if (user >= FRAMES) return { error: ERROR_EMPTY, value: 0n };
      const node = heldId(pick(FRAME_TYPE_PAGE_TABLE_0));
      return pageTableMap(node, u64(random(512)), frameRange(frames[user]), frameIndex(frames[user]), READ);
    }
  }
}

/** Fills the frames. Answers how often one was made to name another. */
function fillFrames(): u64 {
  for (let index: u32 = HOLDERS; index < FRAMES; index++) types[index] = 0n;
  for (let index: u32 = HOLDERS; index < FRAMES; index++) {
    const user = random(4) === 0;
    frames[index] = frameTake(user ? FRAME_TYPE_USER : FRAME_TYPE_BLANK);
    if (!user) makeHeld(index);
    types[index] = wordType(frameWord(frames[index]));
  }
  let links: u64 = 0n;
  for (let link: u32 = 0; link < LINKS; link++) {
    if (nameAnother().error === ERROR_OK) links += 1n;
  }
  return links;
}

/** Drops capabilities at random, and all ways to the holders: nothing that was made can be reached. */
function abandonFrames(): boolean {
  for (let index: u32 = HOLDERS; index < FRAMES; index++) {
    if (random(3) === 0) capabilityTableDrop(holderOf(index), slotOf(index));
  }
  let sound = true;
  for (const slot of holders) {
    if (!tapOk(capabilityTableUnlink(TABLE, slot), slot)) sound = false;
    if (!tapOk(capabilityTableDrop(TABLE, slot), slot)) sound = false;
  }
  return sound;
}

/** A random order of all frames (Fisher and Yates). */
function shuffleFrames(): void {
  for (let index: u32 = 0; index < FRAMES; index++) order[index] = index;
  for (let index: u32 = FRAMES - 1; index > 0; index--) {
    const other = random(index + 1);
    const moved = order[index];
    order[index] = order[other];
    order[other] = moved;
  }
}

/** One pass over the frames that are not back. Answers how many there are still; more than all if an answer was none of the expected. */
function reclaimFrames(): u32 {
  let left: u32 = 0;
  for (const index of order) {
    const frame = frames[index];
    if (frame === FRAME_NONE) continue;
    const answer = frameReclaim(TABLE, frame);
    if (answer.error === ERROR_OK) {
      frames[index] = FRAME_NONE;
      continue;
    }
    left++;
    if (answer.error !== ERROR_IN_USE && !tapAnswer(answer, ERROR_IN_USE, 1n, frame)) return FRAMES + 1;
  }
  return left;
}

/** One round. Answers how many frames are not back at its end; more than all if something was refused that must not be. */
function playRound(): u32 {
  if (!makeHolders()) return FRAMES + 1;
  named = named + fillFrames();
  if (!abandonFrames()) return FRAMES + 1;
  shuffleFrames();
  for (let pass: u32 = 0; pass < PASSES; pass++) {
    const left = reclaimFrames();
    if (left === 0 || left > FRAMES) return left;
  }
  return FRAMES;
}

/** C8: a thousand rounds. */
export function checkRounds(): void {
  let rounds: u64 = 0n;
  for (let round: u64 = 0n; round < ROUNDS; round++) {
    if (playRound() !== 0) break;
    rounds = rounds + 1n;
  }
  printText('# names that one frame gave another: ');
  printDecimal(named);
  printLine();
  const sound = tapAnswer({ error: ERROR_OK, value: rounds }, ERROR_OK, ROUNDS, rounds);
  tapCheck(
    sound && named > ROUNDS * NAMED_LEAST,
    'C8 195 frames full of objects and mappings, all taken back in a shuffled order, 1000 times',
  );
}

/** Gives back the frames that were Untyped at the beginning. Answers how many. */
function giveBackEvery(): u64 {
  let given: u64 = 0n;
  for (const run of census.runs) {
    const count = run.count;
    for (let index: u64 = 0n; index < count; index++) {
      bound(FRAME_LIMIT);
      if (frameGiveBack(run.first + index).error === ERROR_OK) given = given + 1n;
    }
  }
  return given;
}

/** C8: every frame of the machine becomes User or Blank, and Untyped again. */
export function checkEveryFrame(): void {
  let taken: u64 = 0n;
  for (let count: u64 = 0n; count < u64(FRAME_LIMIT); count++) {
    if (frameTake((count & 1n) === 0n ? FRAME_TYPE_USER : FRAME_TYPE_BLANK) === FRAME_NONE) break;
    taken = taken + 1n;
  }
  const free = census.before[u32(FRAME_TYPE_UNTYPED)];
  tapCheck(
    tapAnswer({ error: ERROR_OK, value: taken }, ERROR_OK, free, 0n),
    'C8 every frame that is Untyped becomes User or Kernel',
  );
  const given = giveBackEvery();
  tapCheck(
    tapAnswer({ error: ERROR_OK, value: given }, ERROR_OK, free, 1n),
    'C8 every one of them becomes Untyped again',
  );
}
