/**
 * Invocation: an entry point of a component, with a badge. Call takes the
 * calling thread into that component, Return brings it back: no atomic, no
 * store that another hart sees, and nothing is copied but registers.
 *
 * In the slot: `first` and `extra` are a weak reference to the component, its
 * kernel address and its key; `badge` and `entry` are what they say, `count` the
 * highest place in a page at which the top of the invocation stack may be, so
 * that the levels that the component needs are left. So neither end of the
 * stack is tested for.
 */

import { ERROR_BUSY, ERROR_DEAD, ERROR_DEPTH_EXCEEDED } from '../abi/errors.ts';
import { EVENT_EXITED } from '../abi/events.ts';
import { type Outcome } from '../abi/outcome.ts';
import { virtualAddress } from '../base/address.ts';
import { currentHart, hartOnEntry } from '../base/hart.ts';
import { type Operation } from '../capability/slot.ts';
import { fenceReads } from '../machine/barrier.ts';
import { chainContinue, chainLose, chainYield } from './chain.ts';
import { componentAt, componentIsAlive } from './component.ts';
import { INVOCATION_SIZE, invocationAbort } from './invocation-stack.ts';
import { outermostExited } from './outermost.ts';
import {
  INVOCATION_ENTRIES,
  invocationEntryAt,
  THREAD_EXITED,
  threadAt,
  threadComponent,
  ThreadFrame,
  threadIsInvoking,
  threadIsOutermost,
} from './thread.ts';
import {
  floatingIsOn,
  floatingOff,
  invocationEnter,
  invocationLeave,
  SYSTEM_CALL_SIZE,
  trapPc,
  trapPcSet,
} from './thread-switch.ts';

/** The place of an address in its page. */
const PAGE_OFFSET: u64 = 0xfffn;
/** Most further levels that an Invocation can reserve: with them, it can be called from an empty stack only. */
export const INVOCATION_LEVELS_MAXIMUM: u64 = u64(INVOCATION_ENTRIES) - 3n;

/** The highest place of the top of a stack from which a component that needs `levels` further ones may be called. */
export function invocationLimit(levels: u64): u64 {
  return u64(offsetof<ThreadFrame>('invocations')) + (INVOCATION_LEVELS_MAXIMUM + 1n - levels) * INVOCATION_SIZE;
}

/** The slot is being changed. @cold */
function callBusy(): Outcome {
  return { error: ERROR_BUSY, value: 0n };
}

/** The component is gone. @cold */
function callDead(): Outcome {
  return { error: ERROR_DEAD, value: 0n };
}

/** Too few levels of the stack are left above its top. @cold */
function callTooDeep(): Outcome {
  const top = threadAt(virtualAddress(currentHart().thread)).top;
  const used: u64 = ((top & PAGE_OFFSET) - u64(offsetof<ThreadFrame>('invocations'))) / INVOCATION_SIZE;
  return { error: ERROR_DEPTH_EXCEEDED, value: u64(INVOCATION_ENTRIES) - 1n - used };
}

/** Takes the calling thread into the component, with four arguments, the badge and the thread's token. */
export function invocationCall(...[a0, a1, a2, a3, , , header, slot]: Parameters<Operation>): Outcome {
  const hart = hartOnEntry();
  fenceReads();
  const target = slot.first.load();
  const key = slot.extra.load();
  const limit = slot.count.load();
  const badge = slot.badge.load();
  const pc = slot.entry.load();
  fenceReads();
  if (slot.header.load() !== header) return callBusy();
  const thread = threadAt(virtualAddress(hart.thread));
  const top = thread.top;
  if (top - hart.thread > limit) return callTooDeep();
  if (!componentIsAlive(target, key)) return callDead();

  if (floatingIsOn()) floatingDrop(thread);
  const component = componentAt(virtualAddress(target));
  const entry = invocationEntryAt(virtualAddress(top + INVOCATION_SIZE));
  entry.component = target;
  entry.key = key;
  entry.pc = trapPc() + SYSTEM_CALL_SIZE;
  trapPcSet(pc);
  thread.top = addressOf(entry);
  hart.table = component.tableAddress;
  return invocationEnter(a0, a1, a2, a3, badge, thread.token, entry, component.satp);
}

/** The floating-point state does not go over into another component. */
function floatingDrop(thread: ThreadFrame): void {
  thread.floatingUsed = 0;
  floatingOff();
}

/** Brings the calling thread back to its caller, with four results. Outside of an invocation the thread exits. @apart */
export function invocationReturn(a0: u64, a1: u64, a2: u64, a3: u64): Outcome {
  const hart = hartOnEntry();
  const thread = threadAt(virtualAddress(hart.thread));
  const entry = invocationEntryAt(virtualAddress(thread.top));
  const below = invocationEntryAt(virtualAddress(thread.top - INVOCATION_SIZE));
  if (!componentIsAlive(below.component, below.key)) return returnUnusual();
  if (floatingIsOn()) floatingDrop(thread);
  const component = componentAt(virtualAddress(below.component));
  thread.top = addressOf(below);
  hart.table = component.tableAddress;
  return invocationLeave(a0, a1, a2, a3, component.satp, entry);
}

/** There is no invocation, or its caller is dead: then the nearest live one goes on, whose Call answers Dead. @cold */
function returnUnusual(): Outcome {
  const hart = currentHart();
  const thread = threadAt(virtualAddress(hart.thread));
  if (!threadIsInvoking(thread)) {
    if (threadIsOutermost(thread)) outermostExited();
    return chainYield(hart, thread, THREAD_EXITED, EVENT_EXITED);
  }
  floatingOff();
  if (!invocationAbort(thread, ERROR_DEAD)) return chainLose(hart);
  hart.table = threadComponent(thread).tableAddress;
  return chainContinue(hart);
}
