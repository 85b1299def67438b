/**
 * A watchdog: runs the thread of another component, asks it now and then whether
 * it is well, and ends it if no answer comes in time. It owns the frames that the
 * component was made of, so it gets all of them back, whatever was built in them.
 * The second argument of `componentMain` is the time for an answer, in ms; it
 * asks that often, and when it is told to check.
 */

import { BOOT_SLOT_FRAMES, BOOT_SLOT_TABLE, BOOT_SLOT_THREAD, type BootInfo } from '../../kernel-src/abi/boot-info.ts';
import { ERROR_OK } from '../../kernel-src/abi/errors.ts';
import { EVENT_DEADLINE_PASSED, EVENT_INTERRUPTED, EVENT_WAITING, EVENT_YIELDED } from '../../kernel-src/abi/events.ts';
import { IDENTIFIER_ITSELF } from '../../kernel-src/abi/identifiers.ts';
import { threadRunEvent } from '../lib/calls.ts';
import { printDecimal, printLine, printStart, printText } from '../lib/console.ts';
import { timeNow } from '../lib/counters.ts';
import { frameRangeLength, framesStart } from '../lib/frames.ts';
import {
  capabilityTableDrop,
  componentRetire,
  itselfReturn,
  itselfWait,
  itselfYield,
  threadSignal,
} from '../lib/generated/operations.ts';
import { Results } from '../lib/invoke-results.ts';
import { rangeReclaim } from '../lib/objects.ts';
import { signalsTake } from '../lib/signals.ts';
import {
  CLIENT_COMPONENT,
  CLIENT_THREAD,
  WATCHDOG_ANSWERED,
  WATCHDOG_ASKS,
  WATCHDOG_CHECK,
} from '../lib/service-slots.ts';

const TABLE: u64 = u64(BOOT_SLOT_TABLE);
const FRAMES: u64 = u64(BOOT_SLOT_FRAMES);
const SELF: u64 = u64(BOOT_SLOT_THREAD);
const MILLISECONDS: u64 = 1000n;
/** The signal of this thread when the client gets its first one. */
const WAKE: u64 = 0x8n;
/** The largest bound of a loop. */
const FOREVER: u64 = 0x8000_0000n;

/** What is known of the client. */
class Watch {
  /** Ticks for an answer. */
  limit: u64 = 0n;
  /** True while an answer is awaited: until `deadline`. Else `deadline` is when to ask again. */
  asked: boolean = false;
  deadline: u64 = 0n;
  /** How often it has answered. */
  answers: u64 = 0n;
}
const watch = new Watch();
const told = new Results();

/** Asks the client. */
function ask(): void {
  if (watch.asked) return;
  watch.asked = true;
  watch.deadline = timeNow() + watch.limit;
  threadSignal(CLIENT_THREAD, WATCHDOG_ASKS);
}

/** Looks at signals that came: an answer; or the wish that it asks. */
function takeSignals(signals: u64): void {
  if (watch.asked && (signals & WATCHDOG_ANSWERED) !== 0n) {
    watch.asked = false;
    watch.answers = watch.answers + 1n;
    watch.deadline = timeNow() + watch.limit;
  }
  if ((signals & WATCHDOG_CHECK) !== 0n) ask();
}

/** Runs the client once. False when it has ended, or has not answered in time. */
function watchEvent(): boolean {
  const answer = threadRunEvent(CLIENT_THREAD, watch.deadline, WAKE, told);
  if (answer.error !== ERROR_OK) return false;
  const event = answer.value;
  takeSignals(signalsTake(SELF));
  if (event === EVENT_DEADLINE_PASSED || timeNow() >= watch.deadline) {
    if (watch.asked) return false;
    ask();
    return true;
  }
  if (event === EVENT_WAITING && !watch.asked) takeSignals(itselfWait(IDENTIFIER_ITSELF).value);
  if (event === EVENT_YIELDED || (event === EVENT_WAITING && watch.asked)) itselfYield(IDENTIFIER_ITSELF);
  return event === EVENT_WAITING || event === EVENT_YIELDED || event === EVENT_INTERRUPTED;
}

/** Retires the client and takes back every frame that it was made of. */
function endClient(): void {
  printText('watchdog: after ');
  printDecimal(watch.answers);
  printText(watch.asked ? ' answers there was none in time' : ' answers the component has ended by itself');
  printText(': it is retired, ');
  // It may be dead already.
  componentRetire(CLIENT_COMPONENT);
  capabilityTableDrop(TABLE, CLIENT_COMPONENT);
  capabilityTableDrop(TABLE, CLIENT_THREAD);
  const reclaimed = rangeReclaim(TABLE, FRAMES);
  if (reclaimed.error === ERROR_OK) {
    printText('and all ');
    printDecimal(frameRangeLength(FRAMES));
    printText(' frames are free again');
  } else {
    printText('but some frames could not be taken back');
  }
  printLine();
}

/** Entered by the start file. */
export function componentMain(info: BootInfo, milliseconds: u64): never {
  printStart();
  framesStart(TABLE, FRAMES, u64(info.ramCount));
  watch.limit = (info.timebase * milliseconds) / MILLISECONDS;
  watch.deadline = timeNow() + watch.limit;
  for (let count: u64 = 0n; count < FOREVER; count++) {
    if (!watchEvent()) break;
  }
  endClient();
  itselfReturn(IDENTIFIER_ITSELF, 0n, 0n, 0n, 0n);
  unreachable();
}
