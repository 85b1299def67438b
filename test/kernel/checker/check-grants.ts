/**
 * Where capabilities and leaves come from: whatever is new in the raw memory after a call must have been allowed by
 * what was in it before (INV7, INV9), and by the capability that was invoked.
 */
import type { Transition } from './check-transition.ts';
import { FRAME_BYTES, HART, KIND, OPERATION, PTE, RIGHT, SLOT, SLOTS, TYPE, type OperationName } from './numbers.ts';
import {
  incarnationOf,
  indexOfAddress,
  isDevice,
  keyOf,
  slotOf,
  typeByteOf,
  type Places,
  type RawMemory,
} from './raw.ts';

/** The ghost record of leaves: what Map's source allowed then. By frame of the page table times 512, plus entry. */
export type Grants = Map<number, { readonly frame: number; readonly permissions: number }>;

const PERMISSIONS = PTE.read | PTE.write | PTE.execute;

/** Kind and rights that an operation needs of the invoked capability; what it may do to slots and entries. */
const NEEDS: Readonly<Partial<Record<OperationName, readonly [number, number]>>> = {
  'Frames.Retype': [KIND.Frames, RIGHT.Frames.retype],
  'Frames.Recover': [KIND.Frames, RIGHT.Frames.retype],
  'CapabilityTable.Create': [KIND.CapabilityTable, RIGHT.CapabilityTable.insert],
  'CapabilityTable.Copy': [KIND.CapabilityTable, RIGHT.CapabilityTable.insert],
  'CapabilityTable.Move': [KIND.CapabilityTable, RIGHT.CapabilityTable.insert],
  'CapabilityTable.Link': [KIND.CapabilityTable, RIGHT.CapabilityTable.insert],
  'CapabilityTable.Drop': [KIND.CapabilityTable, RIGHT.CapabilityTable.remove],
  'CapabilityTable.Clear': [KIND.CapabilityTable, RIGHT.CapabilityTable.remove],
  'CapabilityTable.Unlink': [KIND.CapabilityTable, RIGHT.CapabilityTable.remove],
  'PageTable.Map': [KIND.PageTable, RIGHT.PageTable.map],
  'PageTable.Link': [KIND.PageTable, RIGHT.PageTable.map],
  'PageTable.Unmap': [KIND.PageTable, RIGHT.PageTable.remove],
  'PageTable.Protect': [KIND.PageTable, RIGHT.PageTable.remove],
  'PageTable.Unlink': [KIND.PageTable, RIGHT.PageTable.remove],
  'PageTable.Clear': [KIND.PageTable, RIGHT.PageTable.remove],
};
const BY_NUMBER: ReadonlyMap<number, string> = new Map(
  Object.entries(OPERATION).map(([name, number]) => [number, name]),
);

function nameOf(transition: Transition): string {
  return BY_NUMBER.get(Number(transition.done.operation)) ?? 'none';
}

function headerKind(raw: RawMemory, slot: number): number {
  return raw.low(slot) & 0xff;
}
function headerRights(raw: RawMemory, slot: number): number {
  return (raw.low(slot) >>> 8) & 0xffff;
}

/** The slot that an id of the caller named before the call, or -1. */
function named({ before, places, done }: Transition, identifier: bigint): number {
  const block = places.hartBlocks + done.hart * HART.bytes;
  const table = indexOfAddress(places, before.big(block + HART.table));
  return table < 0 ? -1 : slotOf(before, places, table, identifier);
}

/** Whether the caller had a capability of a kind with rights at an id. Answers its slot, or -1 with a problem. */
function held(transition: Transition, identifier: bigint, kind: number, rights: number): number {
  const { before, problems } = transition;
  const slot = named(transition, identifier);
  if (slot >= 0 && headerKind(before, slot) === kind && (headerRights(before, slot) & rights) === rights) return slot;
  problems.push(`INV7, INV9: the caller had no capability of kind ${kind} with rights ${rights} at id ${identifier}`);
  return -1;
}

/** The capability that was invoked allowed the operation, and is for this frame. */
function checkInvoked(transition: Transition, index: number): void {
  const { before, places, done, problems } = transition;
  const need = Object.entries(NEEDS).find(([name]) => name === nameOf(transition))?.[1];
  if (need === undefined) {
    problems.push(`${nameOf(transition)} changed the object in frame ${index}`);
    return;
  }
  const slot = held(transition, done.capability, need[0], need[1]);
  const own = need[0] === KIND.Frames || slot < 0 || before.number(slot + SLOT.frame) === places.first + index;
  if (!own) problems.push(`${nameOf(transition)} changed frame ${index}, which was not the invoked one`);
}

function argument(transition: Transition, index: number): bigint {
  return transition.done.values[index] ?? 0n;
}

const RECOVERED: readonly (readonly [number, number])[] = [
  [KIND.CapabilityTable, RIGHT.CapabilityTable.remove | RIGHT.CapabilityTable.inspect],
  [KIND.PageTable, RIGHT.PageTable.remove | RIGHT.PageTable.inspect],
  [KIND.Component, RIGHT.Component.retire],
  [KIND.Thread, 0],
];

/** INV7: a copy is within its source. */
function checkCopy(transition: Transition, slot: number): void {
  const { before, after, problems } = transition;
  const source = named(transition, argument(transition, 1));
  if (source < 0) {
    problems.push(`INV7: the copy in the slot at byte ${slot} has no source`);
    return;
  }
  const kind = headerKind(before, source);
  const rights = headerRights(after, slot);
  const range = kind === KIND.Frames || kind === KIND.Device;
  const [first, count] = [after.big(slot + SLOT.first), after.big(slot + SLOT.count)];
  const [from, length] = [before.big(source + SLOT.first), before.big(source + SLOT.count)];
  const within = range
    ? first >= from && first + count <= from + length && count > 0n
    : first === from && count === length;
  const badge = after.big(slot + SLOT.badge);
  const given = before.big(source + SLOT.badge);
  const masked = kind === KIND.Thread ? (badge & ~given) === 0n : badge === given;
  const same = [SLOT.frame, SLOT.entry, SLOT.extra].every(
    (word) => after.big(slot + word) === before.big(source + word),
  );
  const subset = (rights & ~headerRights(before, source)) === 0;
  if (kind !== headerKind(after, slot) || !subset || !within || !masked || !same) {
    problems.push(`INV7: the copy in the slot at byte ${slot} is not within its source`);
  }
}

/** A capability that was moved is what it was. */
function checkMove(transition: Transition, slot: number): void {
  const { before, after, problems } = transition;
  const source = named(transition, argument(transition, 1));
  const words = [SLOT.frame, SLOT.first, SLOT.count, SLOT.badge, SLOT.entry, SLOT.extra];
  const same = source >= 0 && words.every((word) => after.big(slot + word) === before.big(source + word));
  if (!same || after.low(slot) !== before.low(source) || after.low(source) !== 0) {
    problems.push(`INV7: the capability in the slot at byte ${slot} is not the one that was moved`);
  }
}

/** An Invocation was made: of a component that the caller may bind, weakly. */
function checkInvocation(transition: Transition, slot: number): void {
  const { after, places, problems } = transition;
  const component = named(transition, argument(transition, 2));
  const isComponent = component >= 0 && headerKind(after, component) === KIND.Component;
  const bindable = isComponent && (headerRights(after, component) & RIGHT.Component.bind) !== 0;
  const object = bindable ? after.number(component + SLOT.frame) - places.first : -1;
  const leads = object >= 0 && indexOfAddress(places, after.big(slot + SLOT.first)) === object;
  const same = leads && after.big(slot + SLOT.extra) === keyOf(TYPE.Component, incarnationOf(after, places, object));
  if (headerKind(after, slot) !== KIND.Invocation || !same) {
    problems.push(`INV7: the Invocation in the slot at byte ${slot} is of no component that may be bound`);
  }
}

/** An Interrupt was made: of the line that was named, by the right to bind lines. */
function checkInterrupt(transition: Transition, slot: number): void {
  const { after, problems } = transition;
  held(transition, argument(transition, 2), KIND.InterruptControl, RIGHT.Interrupt.bind);
  const line = after.number(slot + SLOT.first);
  if (headerKind(after, slot) === KIND.Interrupt && line > 0 && BigInt(line) === argument(transition, 3)) return;
  problems.push(`INV7: the Interrupt in the slot at byte ${slot} is of line ${line}`);
}

/** A capability appeared in a slot. */
function checkNew(transition: Transition, slot: number): void {
  const { after, places, problems } = transition;
  const made: readonly [number, number] = [headerKind(after, slot), headerRights(after, slot)];
  switch (nameOf(transition)) {
    case 'CapabilityTable.Create': {
      const kind = Number(argument(transition, 1));
      if (kind === KIND.Invocation) return checkInvocation(transition, slot);
      if (kind === KIND.Interrupt) return checkInterrupt(transition, slot);
      const target = after.number(slot + SLOT.frame) - places.first;
      const type = typeByteOf(transition.before, places, target);
      if (made[0] !== kind || type !== TYPE.Blank) problems.push(`INV7: Create made kind ${made[0]} of type ${type}`);
      return;
    }
    case 'CapabilityTable.Copy':
      return checkCopy(transition, slot);
    case 'CapabilityTable.Move':
      return checkMove(transition, slot);
    case 'Frames.Recover':
      if (RECOVERED.some(([kind, rights]) => kind === made[0] && rights === made[1])) return;
  }
  problems.push(`INV7: ${nameOf(transition)} made a capability of kind ${made[0]} with rights ${made[1]}`);
}

const EMPTIES = ['CapabilityTable.Drop', 'CapabilityTable.Clear', 'CapabilityTable.Move'];

function checkSlot(transition: Transition, slot: number): void {
  const { before, after, problems } = transition;
  const grown = (after.high(slot) - before.high(slot)) >>> 0;
  const was = headerKind(before, slot);
  const is = headerKind(after, slot);
  if (grown > 1) problems.push(`the sequence number of the slot at byte ${slot} grew by ${grown}`);
  if (grown === 0 && before.low(slot) !== after.low(slot)) problems.push(`the slot at byte ${slot} kept its number`);
  if (grown === 0) {
    for (let word = 8; word < SLOT.child; word += 8) {
      if (before.big(slot + word) !== after.big(slot + word)) problems.push(`the body at byte ${slot} changed alone`);
    }
  } else if (is !== 0) {
    if (was !== 0) problems.push(`${nameOf(transition)} replaced the capability in the slot at byte ${slot}`);
    checkNew(transition, slot);
  } else if (!EMPTIES.includes(nameOf(transition))) {
    problems.push(`${nameOf(transition)} emptied the slot at byte ${slot}`);
  }
}

function checkChild(transition: Transition, slot: number): void {
  const { before, after, places, problems } = transition;
  const name = nameOf(transition);
  if (after.isZero(slot + SLOT.child)) {
    if (name !== 'CapabilityTable.Unlink' && name !== 'CapabilityTable.Clear')
      problems.push(`${name} unlinked a table`);
    return;
  }
  const child = held(transition, argument(transition, 1), KIND.CapabilityTable, RIGHT.CapabilityTable.use);
  const same = child >= 0 && before.number(child + SLOT.frame) === after.number(slot + SLOT.child);
  if (name !== 'CapabilityTable.Link' || !before.isZero(slot + SLOT.child) || !same) {
    problems.push(`${name} linked frame ${after.number(slot + SLOT.child) - places.first}`);
  }
}

/** Every slot of a table that changed. */
export function checkSlots(transition: Transition, index: number): void {
  const { before, after } = transition;
  let invoked = false;
  for (let slot = index * FRAME_BYTES, end = slot + SLOTS * SLOT.bytes; slot < end; slot += SLOT.bytes) {
    let body = false;
    for (let word = slot >> 2; word < (slot + SLOT.child) >> 2; word++)
      body ||= before.words[word] !== after.words[word];
    const child = before.number(slot + SLOT.child) !== after.number(slot + SLOT.child);
    if (body) checkSlot(transition, slot);
    if (child) checkChild(transition, slot);
    const source = nameOf(transition) === 'CapabilityTable.Move' && after.low(slot) === 0;
    invoked ||= (body && !source) || child;
  }
  // Recover writes into the caller's own table; all else into the one that was invoked.
  if (invoked && nameOf(transition) !== 'Frames.Recover') checkInvoked(transition, index);
  else if (invoked) held(transition, transition.done.capability, KIND.Frames, RIGHT.Frames.retype);
}

/** A leaf appeared: INV9. */
function checkLeaf(transition: Transition, place: number, frame: number, permissions: number, grants: Grants): void {
  const { before, places, problems } = transition;
  const kind = isDevice(places, frame) ? KIND.Device : KIND.Frames;
  const source = held(transition, argument(transition, 1), kind, permissions);
  const entry = Number(argument(transition, 0));
  const page = Number(argument(transition, 2));
  const named = source >= 0 && frame === before.number(source + SLOT.first) + page;
  const inside = named && page < before.number(source + SLOT.count);
  if (nameOf(transition) !== 'PageTable.Map' || entry !== place % 512 || !inside) {
    problems.push(`INV9: ${nameOf(transition)} mapped frame ${frame} at entry ${place % 512}`);
  }
  if (source >= 0) grants.set(place, { frame, permissions: headerRights(before, source) & PERMISSIONS });
}

function checkEntry(transition: Transition, place: number, level: number, grants: Grants): void {
  const { before, after, places, problems } = transition;
  const byte = place * 8;
  const name = nameOf(transition);
  if (after.isZero(byte)) {
    const wanted = level === 0 ? 'PageTable.Unmap' : 'PageTable.Unlink';
    if (name !== wanted && name !== 'PageTable.Clear') problems.push(`${name} took out entry ${place % 512}`);
    grants.delete(place);
    return;
  }
  const frame = Math.floor(after.number(byte) / 1024);
  if (level !== 0) {
    const child = held(transition, argument(transition, 1), KIND.PageTable, RIGHT.PageTable.link);
    const same = child >= 0 && before.number(child + SLOT.frame) === frame;
    if (name !== 'PageTable.Link' || !before.isZero(byte) || !same) problems.push(`${name} linked frame ${frame}`);
    return;
  }
  const permissions = after.low(byte) & PERMISSIONS;
  if (before.isZero(byte)) return checkLeaf(transition, place, frame, permissions, grants);
  const less = (permissions & ~before.low(byte)) === 0 && frame === Math.floor(before.number(byte) / 1024);
  if (name !== 'PageTable.Protect' || !less)
    problems.push(`INV9: ${name} changed a leaf of frame ${frame - places.first}`);
}

/** Every entry of a page table that changed. */
export function checkTable(transition: Transition, index: number, grants: Grants): void {
  const { before, after, places } = transition;
  const level = typeByteOf(after, places, index) - TYPE.PageTable0;
  checkInvoked(transition, index);
  for (let place = index * 512, end = place + 512; place < end; place++) {
    const word = place * 2;
    if (before.words[word] === after.words[word] && before.words[word + 1] === after.words[word + 1]) continue;
    checkEntry(transition, place, level, grants);
  }
}

/** INV9 as a state: every leaf has its grant, and allows no more than that. */
export function checkGrants(raw: RawMemory, places: Places, grants: Grants): readonly string[] {
  const problems: string[] = [];
  for (let index = 0; index < places.frames; index++) {
    if (typeByteOf(raw, places, index) !== TYPE.PageTable0) continue;
    for (let place = index * 512; place < index * 512 + 512; place++) {
      if (raw.isZero(place * 8)) continue;
      const grant = grants.get(place);
      const frame = Math.floor(raw.number(place * 8) / 1024);
      const allowed = grant !== undefined && grant.frame === frame;
      if (!allowed || (raw.low(place * 8) & PERMISSIONS & ~grant.permissions) !== 0) {
        problems.push(`INV9: nothing allowed entry ${place % 512} of page table ${index}`);
      }
    }
  }
  return problems;
}
