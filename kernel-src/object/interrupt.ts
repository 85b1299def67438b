/**
 * Interrupt: one line of the platform interrupt controller. The capability's
 * `first` is the line; whom it interrupts stands here, in a line of a table,
 * where the kernel finds it by the number that the controller tells.
 *
 * 1. A line that was claimed is masked; only Acknowledge completes the claim.
 * 2. A claim is noted before the binding is read, and a binding is published before the note is read. So when both
 *    happen at once, on two harts, at least one of them sees the other, and gives the signal: none is lost.
 * 3. The controller's words of a hart are written by that hart alone. A line that has moved to another hart is still
 *    offered to the one before, until that has claimed it once more.
 */

import {
  ERROR_BAD_ARGUMENT,
  ERROR_BUSY,
  ERROR_EMPTY,
  ERROR_MISSING_RIGHTS,
  ERROR_OK,
  ERROR_WRONG_HART,
} from '../abi/errors.ts';
import { KIND_THREAD } from '../abi/kinds.ts';
import { type Outcome } from '../abi/outcome.ts';
import { RIGHT_THREAD_SIGNAL } from '../abi/rights.ts';
import { frameNumber, frameToVirtual, virtualAddress } from '../base/address.ts';
import { frameIsAlive } from '../base/frame-count.ts';
import { currentHart, hartAt, type Hart, hartOnEntry } from '../base/hart.ts';
import { capabilityCheck, capabilitySlot } from '../capability/resolve.ts';
import { type Operation, type Slot, slotAt } from '../capability/slot.ts';
import { fenceMemory, fenceReads } from '../machine/barrier.ts';
import { HART_LIMIT } from '../machine/layout.ts';
import {
  INTERRUPT_LINE_MASK,
  plicClaim,
  plicComplete,
  plicDisable,
  plicEnable,
  plicPrioritize,
} from '../machine/plic.ts';
import { chainRestore } from './chain.ts';
import { threadAt, threadKey } from './thread.ts';
import { signalDevice, signalGive, signalInterrupt, signalStop } from './thread-signal.ts';

/** One line: whom it interrupts. */
class InterruptLine {
  /**
   * Bits 0 to 7: 0 when nobody has bound the line, else one more than the position of the hart on which Bind was called,
   * or `OWNER_BUSY`. Bits 32 to 63: a number that grows with each change. A hart that changes the binding makes it
   * Busy by compare-and-swap, then writes the other words, then publishes.
   */
  readonly owner = atomic(u64);
  /** Kernel address of the bound thread, or 0. Written while `owner` is Busy. */
  readonly thread = atomic(u64);
  /** With `thread` a weak reference: the key of its frame. Written as `thread`. */
  readonly key = atomic(u64);
  /** The signals that the thread gets. Written as `thread`. */
  readonly bits = atomic(u64);
  /**
   * 0 when the line is not masked. From a claim to its completion: the `Hart.claim` of the hart that may acknowledge it,
   * or `CLAIMED_BY_NONE`. Stored by the hart that claims; handed over by compare-and-swap; set to 0 by Acknowledge.
   */
  readonly claimed = atomic(u64);
  readonly reserved = array(u64, 3);
}
staticAssert(sizeof<InterruptLine>() === 64);

/** Every line, by its number. */
export const interruptLines = array(InterruptLine, 256);

const OWNER_MASK: u64 = 0xffn;
/** Some hart is changing the binding. */
const OWNER_BUSY: u64 = 0xffn;
/** The line is masked, and not bound. */
const CLAIMED_BY_NONE: u64 = 1n;
/** One change of a binding, and the number of changes. */
const OWNER_SEQUENCE: u64 = 0x1_0000_0000n;
const SEQUENCE_MASK: u64 = 0xffff_ffff_0000_0000n;
/** The lowest priority that interrupts. */
const PRIORITY: u32 = 1;

/** The line at a number that the kernel has checked, or that the controller told. */
function lineAt(number: u64): InterruptLine {
  return interruptLines[u32(number & INTERRUPT_LINE_MASK)];
}

/** The number of the line that a capability names, in one consistent look. Ok or Busy. */
function lineNumber(slot: Slot, header: u64): Outcome {
  fenceReads();
  const number = slot.first.load();
  fenceReads();
  if (slot.header.load() !== header) return { error: ERROR_BUSY, value: 0n };
  return { error: ERROR_OK, value: number };
}

/** Takes the binding of a line for a change, which was seen with this owner. False: another hart changes it. */
function lineTake(line: InterruptLine, owner: u64): boolean {
  if ((owner & OWNER_MASK) === OWNER_BUSY) return false;
  return line.owner.compareExchange(owner, (owner & SEQUENCE_MASK) | OWNER_BUSY);
}

/** Publishes a binding that was taken. `hart`: one more than a position, or 0. */
function lineRelease(line: InterruptLine, before: u64, hart: u64): void {
  line.owner.storeRelease(((before + OWNER_SEQUENCE) & SEQUENCE_MASK) | hart);
}

/** If the line is masked: hands its claim over to who is to acknowledge it from now on, a `Hart.claim` or `CLAIMED_BY_NONE`. Whether it was. */
function lineHandOver(line: InterruptLine, to: u64): boolean {
  const claimed = line.claimed.load();
  // Who is faster has completed it, or handed it on.
  if (claimed !== 0n && claimed !== to) line.claimed.compareExchange(claimed, to);
  return claimed !== 0n;
}

/** The frame of the thread that an id names, whose signals `bits` the caller may give. */
function threadArgument(hart: Hart, id: u64, bits: u64): Outcome {
  const named = capabilitySlot(hart, id, 0n);
  if (named.error !== ERROR_OK) return named;
  const slot = slotAt(virtualAddress(named.value));
  const header = slot.header.load();
  const checked = capabilityCheck(header, id, KIND_THREAD, RIGHT_THREAD_SIGNAL);
  if (checked.error !== ERROR_OK) return checked;
  fenceReads();
  const frame = slot.frame.load();
  const mask = slot.badge.load();
  fenceReads();
  if (slot.header.load() !== header) return { error: ERROR_BUSY, value: 0n };
  if ((bits & ~mask) !== 0n) return { error: ERROR_MISSING_RIGHTS, value: bits & ~mask };
  return { error: ERROR_OK, value: frame };
}

/** Binds the line to a thread, which gets `bits` as signals, and offers it to the calling hart; an earlier binding ends. @cold */
export function interruptBind(...[threadId, bits, , , , , header, slot]: Parameters<Operation>): Outcome {
  const hart = hartOnEntry();
  if (bits === 0n) return { error: ERROR_BAD_ARGUMENT, value: 1n };
  const number = lineNumber(slot, header);
  if (number.error !== ERROR_OK) return number;
  const frame = threadArgument(hart, threadId, bits);
  if (frame.error !== ERROR_OK) return frame;
  const line = lineAt(number.value);
  const owner = line.owner.load();
  if (!lineTake(line, owner)) return { error: ERROR_BUSY, value: 0n };

  const thread = threadAt(frameToVirtual(frameNumber(frame.value)));
  line.thread.store(addressOf(thread));
  line.key.store(threadKey(thread));
  line.bits.store(bits);
  plicEnable(hart.index, number.value);
  plicPrioritize(number.value, PRIORITY);
  lineRelease(line, owner, hart.index + 1n);
  fenceMemory();
  // The line is masked already: the thread that takes over is told, so that it can acknowledge.
  if (lineHandOver(line, hart.claim) && signalGive(hart, thread, bits)) return signalInterrupt(hart);
  return { error: ERROR_OK, value: 0n };
}

/** Ends the binding of the line: it interrupts nobody. @cold */
export function interruptUnbind(...[, , , , , , header, slot]: Parameters<Operation>): Outcome {
  const number = lineNumber(slot, header);
  if (number.error !== ERROR_OK) return number;
  const line = lineAt(number.value);
  const owner = line.owner.load();
  if ((owner & OWNER_MASK) === 0n) return { error: ERROR_EMPTY, value: 0n };
  if (!lineTake(line, owner)) return { error: ERROR_BUSY, value: 0n };

  plicPrioritize(number.value, 0);
  line.thread.store(0n);
  line.key.store(0n);
  line.bits.store(0n);
  lineRelease(line, owner, 0n);
  fenceMemory();
  lineHandOver(line, CLAIMED_BY_NONE);
  return { error: ERROR_OK, value: 0n };
}

/** Completes the claim of the line: it can interrupt again. */
export function interruptAcknowledge(...[, , , , , , header, slot]: Parameters<Operation>): Outcome {
  const hart = hartOnEntry();
  const number = lineNumber(slot, header);
  if (number.error !== ERROR_OK) return number;
  const line = lineAt(number.value);
  if (line.claimed.load() !== hart.claim) return acknowledgeUnusual(hart, line, number.value);

  line.claimed.store(0n);
  plicComplete(hart.claim, number.value);
  return { error: ERROR_OK, value: 0n };
}

/** The line is not claimed for this hart; or it is bound here, and another hart that claimed it has not handed that over. @cold */
function acknowledgeUnusual(hart: Hart, line: InterruptLine, number: u64): Outcome {
  const owner: u64 = line.owner.load() & OWNER_MASK;
  if (owner === 0n) return { error: ERROR_EMPTY, value: 0n };
  if (owner === OWNER_BUSY) return { error: ERROR_BUSY, value: 0n };
  if (owner !== hart.index + 1n) return { error: ERROR_WRONG_HART, value: owner - 1n };
  if (line.claimed.swap(0n) === 0n) return { error: ERROR_EMPTY, value: 0n };

  plicComplete(hart.claim, number);
  return { error: ERROR_OK, value: 0n };
}

/** Claims the line of the device that interrupts the calling hart, which masks it. 0 if there is none. */
function arriveClaim(hart: Hart): u64 {
  const claim = hart.claim;
  const number = plicClaim(claim);
  if (number !== 0n) lineAt(number).claimed.store(claim);
  fenceMemory();
  return number;
}

/** Whom a line interrupts. */
type Binding = {
  readonly whole: boolean;
  readonly bound: u64;
  readonly thread: u64;
  readonly key: u64;
  readonly bits: u64;
};

/** That, in one look, which is not whole when another hart changes the binding: it finds the claim, and gives the signal. */
function arriveBinding(line: InterruptLine): Binding {
  const owner = line.owner.loadAcquire();
  const thread = line.thread.load();
  const key = line.key.load();
  const bits = line.bits.load();
  fenceReads();
  return { whole: line.owner.load() === owner, bound: owner & OWNER_MASK, thread: thread, key: key, bits: bits };
}

/** A device interrupts the calling hart, which sleeps: gives the bound thread its signals. */
export function interruptArrive(hart: Hart): void {
  const number = arriveClaim(hart);
  if (number !== 0n) arriveAnywhere(hart, number);
}

/** A device interrupts the thread that runs, whose registers are saved. @apart */
export function interruptTake(): Outcome {
  const hart = hartOnEntry();
  const number = arriveClaim(hart);
  if (number === 0n) return chainRestore(hart);
  const binding = arriveBinding(lineAt(number));
  if (!binding.whole) return chainRestore(hart);
  if (binding.bound !== hart.index + 1n) return takeElsewhere(number);
  const thread = virtualAddress(binding.thread);
  if (!frameIsAlive(thread, binding.key)) return chainRestore(hart);
  return signalDevice(hart, threadAt(thread), binding.bits);
}

/** As `arriveAnywhere`, of the thread that runs. @cold */
function takeElsewhere(number: u64): Outcome {
  const hart = currentHart();
  if (!arriveAnywhere(hart, number)) return chainRestore(hart);
  return signalStop(hart, threadAt(virtualAddress(hart.thread)), threadAt(virtualAddress(hart.outermost)));
}

/** Gives the bound thread its signals, if it is there. Answers as `signalGive`. */
function arriveSignal(hart: Hart, thread: u64, key: u64, bits: u64): boolean {
  const address = virtualAddress(thread);
  return frameIsAlive(address, key) && signalGive(hart, threadAt(address), bits);
}

/**
 * The calling hart has got a line. One that it has not bound it gets no more: if another hart has, that acknowledges it.
 * Answers as `signalGive`. @cold
 */
function arriveAnywhere(hart: Hart, number: u64): boolean {
  const line = lineAt(number);
  const binding = arriveBinding(line);
  const bound = binding.bound;
  if (bound !== hart.index + 1n) plicDisable(hart.index, number);
  // Who is changing the binding finds the claim, and gives the signal.
  if (!binding.whole || bound === OWNER_BUSY || bound > u64(HART_LIMIT)) return false;
  if (bound === 0n) {
    lineHandOver(line, CLAIMED_BY_NONE);
    return false;
  }
  lineHandOver(line, hartAt(u32(bound - 1n)).claim);
  return arriveSignal(hart, binding.thread, binding.key, binding.bits);
}
