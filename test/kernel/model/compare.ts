/** Whether the memory is what the model says: every word of every object that means something. */
import {
  COMPONENT,
  ENTRY,
  EPOCH,
  FRAME_BYTES,
  HART,
  HARTS,
  INVOCATION,
  KIND,
  LINE,
  NEVER,
  PTE,
  SATP_MODE,
  SLOT,
  THREAD,
  THREAD_HOME_SHIFT,
  THREAD_MOVED,
  TYPE,
  WINDOW,
} from '../checker/numbers.ts';
import { addressOf } from '../support/memory-machine.ts';
import type { Processor } from '../support/processor.ts';
import type { Model, ModelFrame, ModelLine, ModelSlot, ModelThread } from './model.ts';
import { isTable } from './frames.ts';
import { entryWord } from './page-tables.ts';
import { chainOf } from '../checker/check-threads.ts';
import { entryOf, keyOf, referenceOf, type Places, type RawMemory } from '../checker/raw.ts';

/** What was found where; empty when it is what was expected. */
type Difference = string | null;

function expect(what: string, found: number | bigint | string, expected: number | bigint | string): Difference {
  return found === expected ? null : `${what}: found ${found.toString(16)}, the model has ${expected.toString(16)}`;
}

function compareEntry(model: Model, raw: RawMemory, places: Places, frame: ModelFrame): Difference {
  const byte = entryOf(places, frame.index);
  const what = `frame ${frame.index}`;
  return (
    expect(`type and count of ${what}`, raw.low(byte), model.typeAndCount(frame)) ??
    expect(`incarnation of ${what}`, raw.high(byte), frame.incarnation) ??
    expect(`stamp of ${what}`, raw.number(byte + ENTRY.stamp), frame.stamp)
  );
}

function compareSlot(model: Model, raw: RawMemory, byte: number, slot: ModelSlot): Difference {
  const number = (index: number): number => (index < 0 ? 0 : model.first + index);
  const what = `slot at byte ${byte}`;
  const outside =
    expect(`header of the ${what}`, raw.low(byte), slot.kind + slot.rights * 256) ??
    expect(`child of the ${what}`, raw.number(byte + SLOT.child), number(slot.child));
  if (outside !== null || slot.kind === 0) return outside;
  return (
    expect(`frame of the ${what}`, raw.number(byte + SLOT.frame), number(slot.frame)) ??
    expect(`first of the ${what}`, raw.big(byte + SLOT.first), firstWord(slot)) ??
    expect(`count of the ${what}`, raw.number(byte + SLOT.count), slot.count) ??
    expect(`badge of the ${what}`, raw.big(byte + SLOT.badge), slot.badge) ??
    expect(`entry of the ${what}`, raw.big(byte + SLOT.entry), slot.entry) ??
    expect(`extra of the ${what}`, raw.big(byte + SLOT.extra), extraWord(model, slot))
  );
}

/** An Invocation leads to its component by the address. */
function firstWord({ kind, first }: ModelSlot): bigint {
  return kind === KIND.Invocation ? WINDOW + BigInt(first) * BigInt(FRAME_BYTES) : BigInt(first);
}

/** What a capability says of its object: the address, and the level of a page table. */
function extraWord(model: Model, slot: ModelSlot): bigint {
  if (slot.frame < 0) return slot.extra;
  const { type } = model.frame(slot.frame);
  const level = isTable(type) ? type - TYPE.PageTable0 : 0;
  return WINDOW + BigInt(model.first + slot.frame) * BigInt(FRAME_BYTES) + BigInt(level);
}

function compareTable(model: Model, raw: RawMemory, frame: ModelFrame): Difference {
  for (const [index, slot] of frame.slots.entries()) {
    const difference = compareSlot(model, raw, frame.index * FRAME_BYTES + index * SLOT.bytes, slot);
    if (difference !== null) return difference;
  }
  return null;
}

/** The number of entries of a page table that are in use, and each one. The kernel's half of a root is not the model's. */
function comparePageTable(model: Model, raw: RawMemory, frame: ModelFrame): Difference {
  const start = frame.index * FRAME_BYTES;
  const end = start + (frame.type === TYPE.PageTable2 ? FRAME_BYTES / 2 : FRAME_BYTES);
  let used = 0;
  for (let byte = start; byte < end; byte += 8) if (!raw.isZero(byte)) used += 1;
  const difference = expect(`entries of page table ${frame.index}`, used, frame.entries.size);
  if (difference !== null) return difference;
  for (const [index, entry] of frame.entries) {
    const word = entryWord(entry) | (model.indexOf(entry.page) < 0 ? BigInt(PTE.uncounted) : 0n);
    const wrong = expect(`entry ${index} of page table ${frame.index}`, raw.big(start + index * 8), word);
    if (wrong !== null) return wrong;
  }
  return null;
}

function compareObject(model: Model, raw: RawMemory, frame: ModelFrame): Difference {
  const byte = frame.index * FRAME_BYTES;
  if (frame.type === TYPE.CapabilityTable) return compareTable(model, raw, frame);
  if (isTable(frame.type)) return comparePageTable(model, raw, frame);
  if (frame.type === TYPE.Component) {
    return (
      expect(`root of component ${frame.index}`, raw.number(byte + COMPONENT.root), model.first + frame.root) ??
      expect(`table of component ${frame.index}`, raw.number(byte + COMPONENT.table), model.first + frame.table)
    );
  }
  if (frame.thread === null) return null;
  const reference = compareWeak(raw, byte + THREAD.reference, `thread ${frame.index}`, frame.index, frame.incarnation);
  return reference ?? compareThread(raw, frame.index, frame.thread);
}

/** A weak reference to a component in memory: its address, and its key. */
function compareComponent(raw: RawMemory, entry: number, what: string, index: number, age: number): Difference {
  return (
    expect(what, raw.big(entry + INVOCATION.component), addressOf(index * FRAME_BYTES)) ??
    expect(`key of ${what}`, raw.big(entry + INVOCATION.key), keyOf(TYPE.Component, BigInt(age)))
  );
}

/** A weak reference to a thread in memory: the page of the kernel's address, and incarnation. */
function compareWeak(raw: RawMemory, byte: number, what: string, index: number, age: number): Difference {
  return expect(what, raw.big(byte), index < 0 ? 0n : referenceOf(addressOf(index * FRAME_BYTES), BigInt(age)));
}

/** The registers are compared where they can be seen: on the hart when the thread runs, and by ReadRegister. */
function compareThread(raw: RawMemory, index: number, thread: ModelThread): Difference {
  const byte = index * FRAME_BYTES;
  const status = thread.state + (thread.moved ? THREAD_MOVED : 0) + (thread.home << THREAD_HOME_SHIFT);
  const top = Number(raw.big(byte + THREAD.top) & 0xfffn);
  const { runner, runnerIncarnation, callers } = thread;
  const first =
    expect(`status of thread ${index}`, raw.number(byte + THREAD.status), status) ??
    compareWeak(raw, byte + THREAD.runner, `runner of thread ${index}`, runner, runnerIncarnation) ??
    expect(`pending word of thread ${index}`, raw.big(byte + THREAD.pending), thread.pending) ??
    expect(`wake bits of thread ${index}`, raw.big(byte + THREAD.wakeBits), thread.wakeBits) ??
    expect(`top of thread ${index}`, top, INVOCATION.start + callers.length * INVOCATION.bytes);
  if (first !== null) return first;
  for (const [level, { component, incarnation }] of [...callers, thread].entries()) {
    const entry = byte + INVOCATION.start + level * INVOCATION.bytes;
    const wrong = compareComponent(raw, entry, `component ${level} of thread ${index}`, component, incarnation);
    if (wrong !== null) return wrong;
  }
  return null;
}

function compareEpoch(model: Model, raw: RawMemory, places: Places): Difference {
  const epoch =
    expect('the epoch', raw.number(places.epoch + EPOCH.current), model.epoch) ??
    expect('the time of its advance', raw.number(places.epoch + EPOCH.advanced), model.advanced);
  if (epoch !== null) return epoch;
  for (let index = 0; index < HARTS; index++) {
    const hart = model.hart(index);
    const block = places.hartBlocks + index * HART.bytes;
    const isIdle = raw.high(block + HART.done) === 0xffff_ffff && raw.big(block + HART.done) === NEVER;
    const difference =
      expect(
        `done of hart ${index}`,
        isIdle ? -1 : raw.number(block + HART.done),
        hart.done === Infinity ? -1 : hart.done,
      ) ??
      expect(`attention of hart ${index}`, raw.number(block + HART.attention), hart.attention ? 1 : 0) ??
      expect(`wake word of hart ${index}`, raw.number(block + HART.wake), hart.wake ? 1 : 0) ??
      compareChain(model, raw, places, index);
    if (difference !== null) return difference;
  }
  return null;
}

function compareChain(model: Model, raw: RawMemory, places: Places, hart: number): Difference {
  const { chain } = model.hart(hart);
  return expect(`chain of hart ${hart}`, chainOf(raw, places, hart).join(' '), chain.join(' '));
}

/** The first difference between what the thread that runs on a hart finds in its registers, and what it should. */
export function compareHart(model: Model, processor: Processor, hart: number): Difference {
  const { chain, sleeping, timer, interrupted } = model.hart(hart);
  const asleep =
    expect(`sleep of hart ${hart}`, processor.sleeping ? 1 : 0, sleeping ? 1 : 0) ??
    expect(`timer of hart ${hart}`, processor.timer, timer) ??
    expect(`interrupts of hart ${hart}`, processor.pending, interrupted ? 2n : 0n);
  if (asleep !== null || sleeping || chain.length === 0) return asleep;
  const { registers, floating, component } = model.current(hart);
  const what = `of thread ${model.runningOn(hart)} on hart ${hart}`;
  const { root } = model.frame(component);
  const fixed =
    expect(`pc ${what}`, processor.pc, registers[0] ?? 0n) ??
    expect(`satp ${what}`, processor.satp, SATP_MODE | BigInt(model.first + root)) ??
    expect(`floating point ${what}`, processor.floatingOn ? 1 : 0, floating === null ? 0 : 1);
  if (fixed !== null) return fixed;
  for (let register = 1; register < 32; register++) {
    if (processor.registers[register] === registers[register]) continue;
    return expect(`x${register} ${what}`, processor.registers[register] ?? 0n, registers[register] ?? 0n);
  }
  if (floating === null) return null;
  for (let register = 0; register < 32; register++) {
    if (processor.floating[register] === floating[register]) continue;
    return expect(`f${register} ${what}`, processor.floating[register] ?? 0n, floating[register] ?? 0n);
  }
  return expect(`fcsr ${what}`, processor.fcsr, floating[32] ?? 0n);
}

/** Who is to acknowledge a line: the register of a hart, or 1 when nobody has bound it; 0 when it was not claimed. */
function claimOf({ claimed, bound, owner }: ModelLine, raw: RawMemory, places: Places): bigint {
  if (!claimed) return 0n;
  return bound ? raw.big(places.hartBlocks + owner * HART.bytes + HART.claim) : 1n;
}

/** The thread of a line in memory: its address, and its key. */
function compareBound(raw: RawMemory, byte: number, what: string, { thread, incarnation }: ModelLine): Difference {
  const [address, key] =
    thread < 0 ? [0n, 0n] : [addressOf(thread * FRAME_BYTES), keyOf(TYPE.Thread, BigInt(incarnation))];
  return (
    expect(`thread of ${what}`, raw.big(byte + LINE.thread), address) ??
    expect(`key of ${what}`, raw.big(byte + LINE.key), key)
  );
}

function compareLines(model: Model, raw: RawMemory, places: Places): Difference {
  for (const [number, line] of model.lines.entries()) {
    const byte = places.lines + number * LINE.bytes;
    const what = `interrupt line ${number}`;
    const wrong =
      expect(`owner of ${what}`, raw.low(byte) & 0xff, line.bound ? line.owner + 1 : 0) ??
      expect(`bits of ${what}`, raw.big(byte + LINE.bits), line.bits) ??
      expect(`claim of ${what}`, raw.big(byte + LINE.claimed), claimOf(line, raw, places)) ??
      compareBound(raw, byte, what, line);
    if (wrong !== null) return wrong;
  }
  return null;
}

/** The first difference between the memory and the model, in the epoch and in these frames, or null. */
export function compare(model: Model, raw: RawMemory, places: Places, frames: Iterable<number>): Difference {
  const epoch = compareEpoch(model, raw, places) ?? compareLines(model, raw, places);
  if (epoch !== null) return epoch;
  for (const index of frames) {
    if (places.reserved.has(index)) continue;
    const frame = model.frame(index);
    const difference = compareEntry(model, raw, places, frame) ?? compareObject(model, raw, frame);
    if (difference !== null) return difference;
  }
  return null;
}
