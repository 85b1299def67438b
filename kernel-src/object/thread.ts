/**
 * A thread: saved registers, state, and the invocation stack, in one frame.
 *
 * A thread has a home hart, and only that hart touches its frame, except the
 * words that are atomic. So everything else needs no protocol.
 */

import { ERROR_NOT_IDLE, ERROR_OK, ERROR_WRONG_HART } from '../abi/errors.ts';
import { FRAME_TYPE_COMPONENT, FRAME_TYPE_THREAD, FRAME_WORD_INCARNATION_SHIFT } from '../abi/frame-types.ts';
import { type Outcome } from '../abi/outcome.ts';
import { frameNumber, frameToVirtual, type FrameNumber, virtualAddress, type VirtualAddress } from '../base/address.ts';
import { frameIncarnationOf, frameIsAlive, frameKey } from '../base/frame-count.ts';
import { frameEntry } from '../base/frame-table.ts';
import { type Hart } from '../base/hart.ts';
import { PAGE_SHIFT } from '../machine/layout.ts';
import { componentAt, type ComponentFrame, componentIsAlive } from './component.ts';

/** The component in which a thread is while this is the top entry; and what Call keeps of the caller, and Return gives back. */
export class InvocationEntry {
  /** Kernel address of the component: with `key` a weak reference. In the sentinel, the thread's own frame. */
  component: u64 = 0n;
  /** What the frame's word is from its type on while the component is alive (`frameKey`); matches nothing in the sentinel. */
  key: u64 = 0n;
  /** Where the caller goes on. */
  pc: u64 = 0n;
  ra: u64 = 0n;
  sp: u64 = 0n;
  gp: u64 = 0n;
  tp: u64 = 0n;
  /** `s0` to `s11`. */
  readonly saved = array(u64, 12);
}
staticAssert(sizeof<InvocationEntry>() === 152);

/** Entries of an invocation stack: the sentinel, that of the first component, and 19 levels. */
export const INVOCATION_ENTRIES: u32 = 21;

/** The frame of a thread. Written by its home hart only, but for the atomic words. */
export class ThreadFrame {
  /** The registers while the thread does not run: `x1` to `x31` by their number, and the pc in place of `x0`. */
  readonly registers = array(u64, 32);
  /** Which of the registers that a call does not keep are in `registers`: `PRESENT_*`. The others are zero, whatever it says. */
  present: u32 = 0;
  /** 1 when the thread has floating-point state: while it runs, in the registers; else in `floating`. Assembly loads it with `present`. */
  floatingUsed: u32 = 0;
  /**
   * State in bits 0 to 7; bit 8 when it comes from another hart and has not run since; home hart in bits 16 to 23.
   * Written by the home hart (release when the home changes), read by any.
   */
  readonly status = atomic(u64);
  /** Kernel address of the top entry of the invocation stack, which names the component that the thread is in. */
  top: u64 = 0n;
  /** The thread's frame number: what a server knows it by. Written once, by Create. */
  token: u64 = 0n;
  /** While the thread runs: kernel address of the frame of the thread that runs it; 0 when nobody does. Own hart only. */
  outer: u64 = 0n;
  /** While the thread runs: how many further ones there may be inside. Own hart only. */
  room: u64 = 0n;
  /** Time, in ticks of the time counter, at which a Run of this thread ends. */
  deadline: u64 = 0n;
  /** The header of the capability by which the thread is run: with the right to registers, its runner sees the details of faults. */
  watched: u64 = 0n;
  /** Bits that the thread gives its runner when it is signalled. Written by the home hart. */
  readonly wakeBits = atomic(u64);
  /** Signals that the thread has not taken yet. ORed by any hart, swapped with 0 by the home hart. */
  readonly pending = atomic(u64);
  /** The `reference` of the thread that ran this one last, or 0. Written by the home hart, read by any: so it is one word. */
  readonly runner = atomic(u64);
  /** The weak reference to this thread: the page at which the kernel sees its frame in bits 0 to 31, incarnation in bits 32 to 63. Written once, by Create. */
  reference: u64 = 0n;
  /** The floating-point control and status register. */
  fcsr: u64 = 0n;
  /** `f0` to `f31`. */
  readonly floating = array(u64, 32);
  /** Not 0: the thread knows that it has signals, since it took them last: no Run of its own is ended by them again. */
  told: u64 = 0n;
  readonly reserved = array(u64, 35);
  /** Ends where the frame ends. Entry 0 is the sentinel; entry 1 is the top while the thread is in its first component. */
  readonly invocations = array(InvocationEntry, 21);
}
staticAssert(sizeof<ThreadFrame>() === 4096);
staticAssert(offsetof<ThreadFrame>('registers') === 0);
staticAssert(
  offsetof<ThreadFrame>('floatingUsed') === offsetof<ThreadFrame>('present') + 4,
  'switch.S: threadContinue',
);

/** The answer of a system call: `a0` and `a1`. */
export const PRESENT_ANSWER: u32 = 0;
/** An answer with details: `a0` to `a5`. */
export const PRESENT_DETAILS: u32 = 1;
/** All. */
export const PRESENT_ALL: u32 = 2;

/** Registers in `ThreadFrame.registers`. */
export const REGISTER_PC: u32 = 0;
export const REGISTER_SP: u32 = 2;
export const REGISTER_A0: u32 = 10;
export const REGISTER_A1: u32 = 11;

/** The thread at a kernel address, which a slot or a hart names as one. */
export function threadAt(address: VirtualAddress): ThreadFrame {
  return objectAt<ThreadFrame>(address);
}

/** The entry of an invocation stack at a kernel address, which `ThreadFrame.top` names. */
export function invocationEntryAt(address: VirtualAddress): InvocationEntry {
  return objectAt<InvocationEntry>(address);
}

/** State of a thread that can be run. */
export const THREAD_IDLE: u64 = 0n;
/** State of a thread that runs on its home hart, or runs another. */
export const THREAD_RUNNING: u64 = 1n;
/** State of a thread that has waited and has taken no signal yet. */
export const THREAD_WAITING: u64 = 2n;
/** State of a thread that has returned from its first component: it cannot be run until its pc was written. */
export const THREAD_EXITED: u64 = 3n;
/** In a status word: the thread comes from another hart and has not run since. */
export const STATUS_MOVED: u64 = 0x100n;
/** The deadline of a thread that has none. */
export const DEADLINE_NONE: u64 = 0xffff_ffff_ffff_ffffn;

/** The state in a status word. */
const STATUS_STATE_MASK: u64 = 0xffn;
/** Where the home hart begins in a status word. */
const STATUS_HOME_SHIFT: u64 = 16n;
/** The key in the sentinel: longer than that of any frame. */
const SENTINEL_KEY: u64 = 0xffff_ffff_ffff_ffffn;
/** In a weak reference of one word: what says where it is. */
export const REFERENCE_LOW: u64 = 0xffff_ffffn;
/** How far that is shifted, so that the sign of the page's number becomes that of the address. */
const REFERENCE_SHIFT: u64 = 32n;
const PAGE_SIGN_SHIFT: i64 = 20n;

/** A status word. */
export function threadStatus(state: u64, home: u64): u64 {
  return state | (home << STATUS_HOME_SHIFT);
}

/** The state in a status word. */
export function statusState(status: u64): u64 {
  return status & STATUS_STATE_MASK;
}

/** The home hart in a status word. */
export function statusHome(status: u64): u64 {
  return status >> STATUS_HOME_SHIFT;
}

/** Fills the blank frame of a new thread: idle, with an empty invocation stack, in a component (frame number and incarnation) that it names weakly. */
export function threadMake(frame: FrameNumber, component: u64, hart: u64): void {
  const thread = threadAt(frameToVirtual(frame));
  thread.token = frame;
  thread.deadline = DEADLINE_NONE;
  const incarnation = frameIncarnationOf(frameEntry(frame).state.load());
  const page: u64 = (addressOf(thread) >> PAGE_SHIFT) & REFERENCE_LOW;
  thread.reference = page | (incarnation << FRAME_WORD_INCARNATION_SHIFT);
  const sentinel = thread.invocations[0];
  sentinel.component = addressOf(thread);
  sentinel.key = SENTINEL_KEY;
  const home = thread.invocations[1];
  home.component = frameToVirtual(frameNumber(component & REFERENCE_LOW));
  home.key = frameKey(FRAME_TYPE_COMPONENT, frameIncarnationOf(component));
  thread.top = addressOf(home);
  thread.status.store(threadStatus(THREAD_IDLE, hart));
}

/** The key of a thread, which some capability counts: with its address a weak reference to it. */
export function threadKey(thread: ThreadFrame): u64 {
  return frameKey(FRAME_TYPE_THREAD, frameIncarnationOf(thread.reference));
}

/** The kernel address of the thread that a `reference` names. Kernel addresses are negative, and so is the number of their page. */
export function referenceAddress(reference: u64): VirtualAddress {
  return virtualAddress(u64.wrap(i64.wrap(reference << REFERENCE_SHIFT) >> PAGE_SIGN_SHIFT));
}

/** Whether the thread that a `reference` names is alive, and of the same incarnation: one load of the frame's word. */
export function referenceIsAlive(reference: u64): boolean {
  return frameIsAlive(referenceAddress(reference), frameKey(FRAME_TYPE_THREAD, frameIncarnationOf(reference)));
}

/** Whether nobody runs a thread that runs. */
export function threadIsOutermost(thread: ThreadFrame): boolean {
  return thread.outer === 0n;
}

/** Whether the thread is inside an invocation. */
export function threadIsInvoking(thread: ThreadFrame): boolean {
  return thread.top !== addressOf(thread.invocations[1]);
}

/** Whether the component that a thread is in is alive. */
export function threadComponentIsAlive(thread: ThreadFrame): boolean {
  const entry = invocationEntryAt(virtualAddress(thread.top));
  return componentIsAlive(entry.component, entry.key);
}

/** The component that a thread is in, which has been found alive since the hart entered the kernel. */
export function threadComponent(thread: ThreadFrame): ComponentFrame {
  return componentAt(virtualAddress(invocationEntryAt(virtualAddress(thread.top)).component));
}

/** The answer of the system call by which a thread left, for when it runs again: `a0` and `a1`; nothing else comes back. */
export function threadAnswer(thread: ThreadFrame, error: u64, value: u64): void {
  thread.registers[REGISTER_A0] = error;
  thread.registers[REGISTER_A1] = value;
  thread.present = PRESENT_ANSWER;
}

/** As `threadAnswer`, for a Run that ends with an event and three details: `a2`, `a3` and `a4`. */
export function threadDetails(thread: ThreadFrame, event: u64, first: u64, second: u64, third: u64): void {
  thread.registers[REGISTER_A0] = ERROR_OK;
  thread.registers[REGISTER_A1] = event;
  thread.registers[12] = first;
  thread.registers[13] = second;
  thread.registers[14] = third;
  thread.registers[15] = 0n;
  thread.present = PRESENT_DETAILS;
}

/** The thread knows that it has signals. Any number but 0 says so. */
export function threadTell(thread: ThreadFrame): void {
  thread.told = addressOf(thread);
}

/** Takes the signals of a thread of this hart: its pending word, which is 0 afterwards. */
export function threadTakeSignals(thread: ThreadFrame): u64 {
  thread.told = 0n;
  return thread.pending.swapAcquireRelease(0n);
}

/** Whether a hart may touch the frame of a thread, and the thread does not run: Ok, WrongHart (its home), NotIdle (its state). */
export function threadCheckIdle(frame: FrameNumber, hart: Hart): Outcome {
  const status = threadAt(frameToVirtual(frame)).status.load();
  if (statusHome(status) !== hart.index) return { error: ERROR_WRONG_HART, value: statusHome(status) };
  if (statusState(status) === THREAD_RUNNING) return { error: ERROR_NOT_IDLE, value: THREAD_RUNNING };
  return { error: ERROR_OK, value: 0n };
}
