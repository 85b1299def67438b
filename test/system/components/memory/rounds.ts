/**
 * C8: frames are filled with objects and mappings at random, so that they name
 * each other in every way; capabilities are dropped at random; and everything is
 * taken back in a shuffled order, by nothing but Recover. A thousand times.
 */

import { BOOT_SLOT_TABLE } from '../../../../kernel-src/abi/boot-info.ts';
import { ERROR_IN_USE, ERROR_OK } from '../../../../kernel-src/abi/errors.ts';
import { FRAME_TYPE_BLANK, FRAME_TYPE_UNTYPED, FRAME_TYPE_USER } from '../../../../kernel-src/abi/frame-types.ts';
import { census } from '../../../../user/lib/census.ts';
import { printDecimal, printLine, printText } from '../../../../user/lib/console.ts';
import { FRAME_LIMIT, FRAME_NONE, frameGiveBack, frameTake } from '../../../../user/lib/frames.ts';
import { frameReclaim } from '../../../../user/lib/objects.ts';
import { tapAnswer, tapCheck } from '../tap.ts';
import { abandonFrames, fillFrames, makeHolders, random, ROUND_FRAMES, roundFrames } from './fill.ts';

const TABLE: u64 = u64(BOOT_SLOT_TABLE);
const ROUNDS: u64 = 1000n;
/** Passes over all frames until each is back: what holds others goes in the first, what they held after it. */
const PASSES: u32 = 6;
/** Names that succeed in a round on average, at least. */
const NAMED_LEAST: u64 = 300n;

/** The order in which the frames of a round are taken back. */
const order = array(u32, 195);
/** How often a frame was made to name another. */
let named: u64 = 0n;

/** A random order of all frames (Fisher and Yates). */
function shuffleFrames(): void {
  for (let index: u32 = 0; index < ROUND_FRAMES; index++) order[index] = index;
  for (let index: u32 = ROUND_FRAMES - 1; index > 0; index--) {
    const other = random(index + 1);
    const moved = order[index];
    order[index] = order[other];
    order[other] = moved;
  }
}

/**
 * One pass over the frames that are not back: the first pass recovers and empties each, the others find it empty.
 * Answers how many there are still; more than all if an answer was none of the expected.
 */
function reclaimFrames(pass: u32): u32 {
  let left: u32 = 0;
  for (const index of order) {
    const frame = roundFrames[index];
    if (frame === FRAME_NONE) continue;
    const answer = pass === 0 ? frameReclaim(TABLE, frame) : frameGiveBack(frame);
    if (answer.error === ERROR_OK) {
      roundFrames[index] = FRAME_NONE;
      continue;
    }
    left++;
    if (answer.error !== ERROR_IN_USE && !tapAnswer(answer, ERROR_IN_USE, 1n, frame)) return ROUND_FRAMES + 1;
  }
  return left;
}

/** One round. Answers how many frames are not back at its end; more than all if something was refused that must not be. */
function playRound(): u32 {
  if (!makeHolders()) return ROUND_FRAMES + 1;
  named = named + fillFrames();
  if (!abandonFrames()) return ROUND_FRAMES + 1;
  shuffleFrames();
  for (let pass: u32 = 0; pass < PASSES; pass++) {
    const left = reclaimFrames(pass);
    if (left === 0 || left > ROUND_FRAMES) return left;
  }
  return ROUND_FRAMES;
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
