/** Whether the memory is what the model says: every word of every object that means something. */
import {
  COMPONENT,
  ENTRY,
  EPOCH,
  FRAME_BYTES,
  HART,
  HARTS,
  NEVER,
  SLOT,
  THREAD,
  THREAD_HOME_SHIFT,
  TYPE,
} from '../checker/numbers.ts';
import type { Model, ModelFrame, ModelSlot } from './model.ts';
import { isTable } from './frames.ts';
import { entryWord } from './page-tables.ts';
import { entryOf, type Places, type RawMemory } from '../checker/raw.ts';

/** What was found where; empty when it is what was expected. */
type Difference = string | null;

function expect(what: string, found: number | bigint, expected: number | bigint): Difference {
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
    expect(`first of the ${what}`, raw.number(byte + SLOT.first), slot.first) ??
    expect(`count of the ${what}`, raw.number(byte + SLOT.count), slot.count) ??
    expect(`badge of the ${what}`, raw.big(byte + SLOT.badge), slot.badge) ??
    expect(`entry of the ${what}`, raw.big(byte + SLOT.entry), slot.entry) ??
    expect(`extra of the ${what}`, raw.big(byte + SLOT.extra), slot.extra)
  );
}

function compareTable(model: Model, raw: RawMemory, frame: ModelFrame): Difference {
  for (const [index, slot] of frame.slots.entries()) {
    const difference = compareSlot(model, raw, frame.index * FRAME_BYTES + index * SLOT.bytes, slot);
    if (difference !== null) return difference;
  }
  return null;
}

/** The number of entries of a page table that are in use, and each one. The kernel's half of a root is not the model's. */
function comparePageTable(raw: RawMemory, frame: ModelFrame): Difference {
  const start = frame.index * FRAME_BYTES;
  const end = start + (frame.type === TYPE.PageTable2 ? FRAME_BYTES / 2 : FRAME_BYTES);
  let used = 0;
  for (let byte = start; byte < end; byte += 8) if (!raw.isZero(byte)) used += 1;
  const difference = expect(`entries of page table ${frame.index}`, used, frame.entries.size);
  if (difference !== null) return difference;
  for (const [index, entry] of frame.entries) {
    const wrong = expect(`entry ${index} of page table ${frame.index}`, raw.big(start + index * 8), entryWord(entry));
    if (wrong !== null) return wrong;
  }
  return null;
}

function compareObject(model: Model, raw: RawMemory, frame: ModelFrame): Difference {
  const byte = frame.index * FRAME_BYTES;
  if (frame.type === TYPE.CapabilityTable) return compareTable(model, raw, frame);
  if (isTable(frame.type)) return comparePageTable(raw, frame);
  if (frame.type === TYPE.Component) {
    return (
      expect(`root of component ${frame.index}`, raw.number(byte + COMPONENT.root), model.first + frame.root) ??
      expect(`table of component ${frame.index}`, raw.number(byte + COMPONENT.table), model.first + frame.table)
    );
  }
  if (frame.type !== TYPE.Thread) return null;
  const status = (frame.running ? 1 : 0) + (frame.home << THREAD_HOME_SHIFT);
  return (
    expect(`status of thread ${frame.index}`, raw.number(byte + THREAD.status), status) ??
    expect(`component of thread ${frame.index}`, raw.low(byte + THREAD.component), model.first + frame.component) ??
    expect(`its incarnation`, raw.high(byte + THREAD.component), frame.componentIncarnation)
  );
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
      ) ?? expect(`attention of hart ${index}`, raw.number(block + HART.attention), hart.attention ? 1 : 0);
    if (difference !== null) return difference;
  }
  return null;
}

/** The first difference between the memory and the model, in the epoch and in these frames, or null. */
export function compare(model: Model, raw: RawMemory, places: Places, frames: Iterable<number>): Difference {
  const epoch = compareEpoch(model, raw, places);
  if (epoch !== null) return epoch;
  for (const index of frames) {
    if (places.reserved.has(index)) continue;
    const frame = model.frame(index);
    const difference = compareEntry(model, raw, places, frame) ?? compareObject(model, raw, frame);
    if (difference !== null) return difference;
  }
  return null;
}
