/**
 * What one system call may change, from the raw memory before and after it: a failed one nothing (INV8), one that
 * succeeded only what its kind of operation is for. New capabilities and leaves are traced to what allowed them in
 * `check-grants.ts` (INV7, INV9).
 */
import { checkThread } from './check-threads.ts';
import { checkSlots, checkTable, type Grants } from './check-grants.ts';
import {
  ENTRY,
  EPOCH,
  ERROR,
  FRAME_BYTES,
  HART,
  HARTS,
  KIND,
  LINE,
  LINES,
  OPERATION,
  RIGHT,
  SLOT,
  TYPE,
  WINDOW,
} from './numbers.ts';
import { entryOf, indexOfAddress, slotOf, typeByteOf, type Places, type RawMemory } from './raw.ts';
import { isZeroFrame } from './scan.ts';

/** A system call and its answer. */
export interface Done {
  readonly hart: number;
  readonly capability: bigint;
  readonly operation: bigint;
  readonly values: readonly bigint[];
  readonly error: bigint;
  readonly value: bigint;
  /** The call had no answer: the kernel reported the end of the thread and stopped the machine. */
  readonly stopped?: boolean;
  /** The answer is in the registers of whoever runs now, or it comes later. */
  readonly moved?: boolean;
}

export interface Transition {
  readonly before: RawMemory;
  readonly after: RawMemory;
  readonly places: Places;
  readonly done: Done;
  readonly problems: string[];
}

/** Fields of the block of a hart that it writes itself when it takes another thread. */
const OF_CHAIN: ReadonlySet<number> = new Set([HART.thread, HART.table, HART.armed]);

/** The slot of the capability that was invoked, or -1. */
export function invokedSlot(before: RawMemory, places: Places, done: Done): number {
  const table = indexOfAddress(places, before.big(places.hartBlocks + done.hart * HART.bytes + HART.table));
  return table < 0 ? -1 : slotOf(before, places, table, done.capability);
}

/** The binding of a line changes by an operation on a capability for it; a claim is noted when an interrupt comes. */
function isLineWord({ before, places, done }: Transition, byte: number): boolean {
  const number = Math.floor((byte - places.lines) / LINE.bytes);
  if (done.error !== 0n) return false;
  if (done.operation === 0n) return (byte - places.lines) % LINE.bytes === LINE.claimed;
  const operation = Number(done.operation);
  if (operation < OPERATION['Interrupt.Bind'] || operation > OPERATION['Interrupt.Acknowledge']) return false;
  const slot = invokedSlot(before, places, done);
  return slot >= 0 && (before.low(slot) & 0xff) === KIND.Interrupt && before.number(slot + SLOT.first) === number;
}

/** The words of the kernel's own memory that a call may write, whether it fails or not. */
function isKernelWord(transition: Transition, byte: number): boolean {
  const { places, done } = transition;
  if (byte === places.epoch + EPOCH.current || byte === places.epoch + EPOCH.advanced) return true;
  if (byte >= places.lines && byte < places.lines + LINES * LINE.bytes) return isLineWord(transition, byte);
  // The report goes through the console, which counts what it writes.
  if (done.stopped === true && byte >= places.frames * FRAME_BYTES) return true;
  const offset = byte - places.hartBlocks;
  if (offset < 0 || offset >= HARTS * HART.bytes) return false;
  const field = offset % HART.bytes;
  if (field === HART.done || field === HART.attention || field === HART.wake) return true;
  if (Math.floor(offset / HART.bytes) !== done.hart) return false;
  if (field === HART.operation) return true;
  const moves = done.moved === true || done.stopped === true;
  return moves && OF_CHAIN.has(field);
}

function checkKernelPage(transition: Transition, page: number): void {
  const { before, after } = transition;
  const end = Math.min((page + 1) * FRAME_BYTES, transition.places.size);
  for (let byte = page * FRAME_BYTES; byte < end; byte += 8) {
    if (before.low(byte) === after.low(byte) && before.high(byte) === after.high(byte)) continue;
    if (!isKernelWord(transition, byte)) transition.problems.push(`INV8: byte ${byte} of the kernel's memory changed`);
  }
}

/** Changes of type that there are; the dead mark aside. */
function isChange(from: number, to: number): boolean {
  if (from === TYPE.Untyped) return to === TYPE.User || to === TYPE.Blank;
  if (to === TYPE.Untyped) return from >= TYPE.User;
  return from === TYPE.Blank && to >= TYPE.CapabilityTable && to <= TYPE.Thread;
}

/** Whether a component was retired. */
function isRetired({ before, after, places, done }: Transition, index: number): boolean {
  const was = typeByteOf(before, places, index);
  const slot = Number(done.operation) === OPERATION['Component.Retire'] ? invokedSlot(before, places, done) : -1;
  if (slot < 0 || before.number(slot + SLOT.frame) !== places.first + index) return false;
  const isAllowed =
    (before.low(slot) & 0xff) === KIND.Component && ((before.low(slot) >>> 8) & RIGHT.Component.retire) !== 0;
  return isAllowed && was === TYPE.Component && typeByteOf(after, places, index) === was + 0x80;
}

/** Whether a call that answered NotQuiescent marked a component or thread dead that nothing names: all that it may change. */
function isDeath({ before, after, places, done }: Transition, index: number): boolean {
  const was = typeByteOf(before, places, index);
  const is = typeByteOf(after, places, index);
  const mortal = was === TYPE.Component || was === TYPE.Thread;
  const retype = Number(done.operation) === OPERATION['Frames.Retype'] && Number(done.error) === ERROR.NotQuiescent;
  return mortal && is === was + 0x80 && retype && (before.low(entryOf(places, index)) & 0xff_ffff) === 0;
}

/** Type, incarnation and stamp of a frame whose entry changed. Its count is INV1's. */
function checkEntry(transition: Transition, index: number): void {
  const { before, after, places, done, problems } = transition;
  const byte = entryOf(places, index);
  const from = typeByteOf(before, places, index);
  const to = typeByteOf(after, places, index);
  const stamp = after.big(byte + ENTRY.stamp);
  const epoch = after.big(places.epoch + EPOCH.current);
  if (stamp < before.big(byte + ENTRY.stamp) || stamp > epoch) problems.push(`the stamp of frame ${index} is ${stamp}`);
  const dies = isDeath(transition, index);
  if (done.error !== 0n) {
    if (!dies) problems.push(`INV8: a failed call changed the entry of frame ${index}`);
    return;
  }
  const aged = after.high(byte) - before.high(byte);
  const freed = to === TYPE.Untyped && from > TYPE.Blank;
  if (aged !== (freed ? 1 : 0)) problems.push(`the incarnation of frame ${index} grew by ${aged}`);
  if (from !== to && !isChange(from & 0x7f, to) && !isRetired(transition, index))
    problems.push(`frame ${index} went from type ${from} to ${to}`);
  if (from === TYPE.Untyped && to !== TYPE.Untyped && !isZeroFrame(after, index)) {
    problems.push(`INV3: frame ${index} became type ${to} without being zeroed`);
  }
}

function checkEntries(transition: Transition): void {
  const { before, after, places, problems } = transition;
  for (let index = 0; index < places.frames; index++) {
    const at = entryOf(places, index) >> 2;
    for (let word = 0; word < 4; word++) {
      if (before.words[at + word] === after.words[at + word]) continue;
      checkEntry(transition, index);
      break;
    }
  }
  for (let byte = entryOf(places, places.frames); byte % FRAME_BYTES !== 0; byte += 8) {
    if (before.low(byte) !== after.low(byte) || before.high(byte) !== after.high(byte)) {
      problems.push(`byte ${byte} behind the frame table changed`);
    }
  }
}

/** The bytes of a frame that belongs to components changed. */
function checkContent(transition: Transition, index: number, grants: Grants): void {
  const { before, after, places, done, problems } = transition;
  const from = typeByteOf(before, places, index) & 0x7f;
  const to = typeByteOf(after, places, index) & 0x7f;
  if (done.stopped === true && to === TYPE.Thread) return;
  if (done.error !== 0n) problems.push(`INV8: a failed call changed frame ${index}, of type ${to}`);
  else if (to === TYPE.Thread && from === to) checkThread(transition, index);
  else if (to === TYPE.CapabilityTable && from === to) checkSlots(transition, index);
  else if (to >= TYPE.PageTable0 && to <= TYPE.PageTable2 && from === to) checkTable(transition, index, grants);
  else if (to === TYPE.Untyped || from === to) problems.push(`the call changed frame ${index}, of type ${from}`);
}

/** Operations whose result is what some component has put there. */
const PASSED_ON: readonly number[] = [OPERATION['Itself.Wait'], OPERATION['Thread.ReadRegister']];

/** No result contains an address of the kernel. */
function checkResult({ places, done, problems }: Transition): void {
  const place = done.value - WINDOW - BigInt(places.first * FRAME_BYTES);
  if (place < 0n || place >= BigInt(places.size) || PASSED_ON.includes(Number(done.operation))) return;
  // The detail of BadOperation is the number that was given; MissingRights tells which of the given bits are too many.
  const given = [done.operation, ...done.values].reduce((all, value) => all | value, 0n);
  if ((done.value & ~given) !== 0n) problems.push(`the result ${done.value.toString(16)} is an address of the kernel`);
}

/** Every change between before and after that the call does not account for. `pages` are those whose bytes changed. */
export function checkTransition(transition: Transition, pages: readonly number[], grants: Grants): void {
  const { places } = transition;
  const tablePage = places.frameTable / FRAME_BYTES;
  for (const page of pages) {
    if (page === tablePage) checkEntries(transition);
    else if (page >= places.frames || places.reserved.has(page)) checkKernelPage(transition, page);
    else checkContent(transition, page, grants);
  }
  checkResult(transition);
  const { before, after, problems } = transition;
  const epoch = places.epoch + EPOCH.current;
  if (after.big(epoch) < before.big(epoch)) problems.push('the epoch went back');
}
