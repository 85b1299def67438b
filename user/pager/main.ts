/**
 * A pager: runs the thread of another component, and gives it fresh pages where
 * it touches memory that is not there, in one range of addresses. A fault
 * anywhere else, or of another kind, ends the component. The second argument of
 * `componentMain` is the number of pages.
 */

import { BOOT_SLOT_FRAMES, BOOT_SLOT_TABLE, type BootInfo, FRAME_SIZE } from '../../kernel-src/abi/boot-info.ts';
import { ERROR_OK } from '../../kernel-src/abi/errors.ts';
import { EVENT_FAULT, EVENT_INTERRUPTED, EVENT_WAITING, EVENT_YIELDED } from '../../kernel-src/abi/events.ts';
import { FRAME_TYPE_USER } from '../../kernel-src/abi/frame-types.ts';
import { IDENTIFIER_ITSELF } from '../../kernel-src/abi/identifiers.ts';
import { RIGHT_FRAMES_READ, RIGHT_FRAMES_WRITE } from '../../kernel-src/abi/rights.ts';
import { DEADLINE_NEVER } from '../../kernel-src/abi/thread-operations.ts';
import { Space, spaceClose, spaceMapIn, spaceOpen } from '../lib/address-space.ts';
import { printAnswer } from '../lib/answers.ts';
import { threadRunEvent } from '../lib/calls.ts';
import { printDecimal, printHex, printLine, printStart, printText } from '../lib/console.ts';
import { FRAME_NONE, frameGiveBack, frameIndex, frameRange, framesStart, frameTake } from '../lib/frames.ts';
import {
  capabilityTableDrop,
  componentRetire,
  itselfReturn,
  itselfWait,
  itselfYield,
} from '../lib/generated/operations.ts';
import { Results } from '../lib/invoke-results.ts';
import { CLIENT_COMPONENT, CLIENT_ROOT, CLIENT_THREAD, PAGED_BASE, PAGED_PAGES } from '../lib/service-slots.ts';

/** Causes that a page repairs (privileged specification, `scause`): load and store page fault. */
const CAUSE_LOAD: u64 = 13n;
const CAUSE_STORE: u64 = 15n;
/** The signal of this thread when the client gets its first one. */
const WAKE: u64 = 1n;
/** The largest bound of a loop. */
const FOREVER: u64 = 0x8000_0000n;
const READ_WRITE: u64 = RIGHT_FRAMES_READ | RIGHT_FRAMES_WRITE;

class Pager {
  /** Pages of the range: 0 to `PAGED_PAGES`. */
  pages: u64 = 0n;
  /** Frames that were mapped. */
  count: u32 = 0;
  readonly frames = array(u64, 64);
  readonly space = new Space();
}
const pager = new Pager();
const told = new Results();

/** Whether the fault that was told is one that a page repairs. */
function isServed(): boolean {
  if (told.a2 !== CAUSE_LOAD && told.a2 !== CAUSE_STORE) return false;
  return told.a3 >= PAGED_BASE && told.a3 - PAGED_BASE < pager.pages * FRAME_SIZE;
}

/** Maps a fresh page where the fault was. False if that cannot be done. */
function servePage(): boolean {
  const index = pager.count;
  if (index >= 64) return false;
  const frame = frameTake(FRAME_TYPE_USER);
  if (frame === FRAME_NONE) {
    printText('pager: no frame is left: ');
    return false;
  }
  pager.frames[index] = frame;
  pager.count = index + 1;
  const mapped = spaceMapIn(
    pager.space,
    told.a3 & ~(FRAME_SIZE - 1n),
    frameRange(frame),
    frameIndex(frame),
    READ_WRITE,
  );
  if (mapped.error === ERROR_OK) return true;
  printText('pager: the page cannot be mapped, ');
  printAnswer(mapped, 0n);
  printText(': ');
  return false;
}

/** Says why the component is ended. */
function reportFault(): void {
  printText('pager: fault ');
  printDecimal(told.a2);
  printText(' at address ');
  printHex(told.a3, 1);
  printText(', pc ');
  printHex(told.a4, 1);
  printText(', pages are given from ');
  printHex(PAGED_BASE, 1);
  printText(' to ');
  printHex(PAGED_BASE + pager.pages * FRAME_SIZE - 1n, 1);
  printText(': the component is ended');
  printLine();
}

/** Runs the client once. False when it has ended, or is to be. */
function serveEvent(): boolean {
  const answer = threadRunEvent(CLIENT_THREAD, DEADLINE_NEVER, WAKE, told);
  if (answer.error !== ERROR_OK) return false;
  if (answer.value === EVENT_FAULT) {
    if (isServed() && servePage()) return true;
    reportFault();
    return false;
  }
  if (answer.value === EVENT_WAITING) itselfWait(IDENTIFIER_ITSELF);
  if (answer.value === EVENT_YIELDED) itselfYield(IDENTIFIER_ITSELF);
  return answer.value === EVENT_WAITING || answer.value === EVENT_YIELDED || answer.value === EVENT_INTERRUPTED;
}

/** Ends the client and takes back what it was given. */
function endClient(): void {
  // It may be dead already.
  componentRetire(CLIENT_COMPONENT);
  const closed = spaceClose(pager.space);
  let sound = closed.error === ERROR_OK;
  for (let index: u32 = 0; index < 64; index++) {
    if (index >= pager.count) break;
    sound = frameGiveBack(pager.frames[index]).error === ERROR_OK && sound;
  }
  if (!sound) printText('pager: some frames could not be taken back\n');
  for (let slot: u64 = CLIENT_THREAD; slot <= CLIENT_ROOT; slot++) capabilityTableDrop(u64(BOOT_SLOT_TABLE), slot);
}

/** Entered by the start file. */
export function componentMain(info: BootInfo, pages: u64): never {
  printStart();
  framesStart(u64(BOOT_SLOT_TABLE), u64(BOOT_SLOT_FRAMES), u64(info.ramCount));
  spaceOpen(pager.space, u64(BOOT_SLOT_TABLE), CLIENT_ROOT);
  pager.pages = pages < PAGED_PAGES ? pages : PAGED_PAGES;
  for (let count: u64 = 0n; count < FOREVER; count++) {
    if (!serveEvent()) break;
  }
  endClient();
  itselfReturn(IDENTIFIER_ITSELF, 0n, 0n, 0n, 0n);
  unreachable();
}
