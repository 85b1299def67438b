/** What harts do in the interleavings: one call, or a few in a row, all about the same few frames, slots and entries. */
import type { HostValue } from '../../../compiler/runtime/host-machine.ts';
import { KIND, OPERATION, TYPE, type OperationName } from '../checker/numbers.ts';
import { FIRST, OWN } from '../support/memory-machine.ts';

/** The frame that it is all about, by its index; a User frame that nobody uses; one that is Untyped and not quiescent. */
export const SUBJECT = 20;
export const USER = 21;
export const STALE = 22;
/** Frames for whatever a scene needs: objects that live through the scene. */
export const HELPER = 23;
/** Slots of the table that both harts use: the subject's capability, two empty ones, and a weak capability for the helper. */
export const NAMED = 40;
export const FREE = 41;
export const SECOND = 42;
export const WEAK = 43;
export const HELPING = 44;
/** Entries of the page table of level 0 and of level 1 that both harts use. */
export const ENTRY = 8;
export const LINK = 9;

export interface SystemCall {
  readonly operation: OperationName;
  readonly capability: number;
  readonly values: readonly number[];
}
/** An exported function of the kernel, run as it is: an entry by interrupt, or one step of the frame protocol. */
export interface RawCall {
  readonly name: 'chainFollowEpoch' | 'epochJoin' | 'frameReference' | 'frameRelease';
  readonly values: readonly HostValue[];
}
export type Call = SystemCall | RawCall;

export interface Action {
  readonly name: string;
  /** For a hart, by its number and the byte index of its block. */
  readonly calls: (hart: number, block: number) => readonly Call[];
  /** The only scenes in which it makes sense. */
  readonly scenes?: readonly string[];
  /** It gives up a reference that the test holds. */
  readonly givesUp?: true;
}

function system(operation: OperationName, capability: number, ...values: readonly number[]): SystemCall {
  return { operation, capability, values };
}

export function retype(frame: number, type: number): SystemCall {
  return system('Frames.Retype', OWN.low, frame, type);
}

export function map(entry: number, frame: number, permissions = 6): SystemCall {
  return system('PageTable.Map', OWN.level0, entry, OWN.low, frame, permissions);
}

export function create(slot: number, kind: number, frame: number, first = 0, second = 0): SystemCall {
  return system('CapabilityTable.Create', OWN.table, slot, kind, OWN.low, frame, first, second);
}

export function copy(to: number, from: number, rights: number, table: number = OWN.table): SystemCall {
  return system('CapabilityTable.Copy', table, to, from, rights);
}

export const unmap = (entry: number): SystemCall => system('PageTable.Unmap', OWN.level0, entry);
export const drop = (slot: number, table: number = OWN.table): SystemCall =>
  system('CapabilityTable.Drop', table, slot);
export const linkNode = (child: number): SystemCall => system('PageTable.Link', OWN.level1, LINK, child);
export const unlinkNode = (): SystemCall => system('PageTable.Unlink', OWN.level1, LINK);
export const linkTable = (slot: number, child: number): SystemCall =>
  system('CapabilityTable.Link', OWN.table, slot, child);
export const unlinkTable = (slot: number): SystemCall => system('CapabilityTable.Unlink', OWN.table, slot);

function one(name: string, call: SystemCall): Action {
  return { name, calls: () => [call] };
}

function several(name: string, ...calls: readonly SystemCall[]): Action {
  return { name, calls: () => calls };
}

/** An interrupt takes the hart through the kernel. */
export const ENTER: Action = {
  name: 'enter',
  calls: (_hart, block) => [{ name: 'chainFollowEpoch', values: [block] }],
};

const toUntyped = retype(SUBJECT, TYPE.Untyped);
const toBlank = retype(SUBJECT, TYPE.Blank);
const toUser = retype(SUBJECT, TYPE.User);
/** An id through the table that is linked below a slot. */
export const deep = (slot: number, index: number): number => (1 << 24) | (index << 6) | slot;

/** Single operations: each pair of them is explored, in every scene in which one of them succeeds. */
export const OPERATIONS: readonly Action[] = [
  {
    name: 'reference',
    calls: () => [{ name: 'frameReference', values: [BigInt(FIRST + SUBJECT), BigInt(TYPE.User)] }],
  },
  {
    name: 'release',
    calls: () => [{ name: 'frameRelease', values: [BigInt(FIRST + SUBJECT)] }],
    scenes: ['user, held'],
    givesUp: true,
  },
  one('retype to Untyped', toUntyped),
  one('retype to User', toUser),
  one('retype to Blank', toBlank),
  one('map', map(ENTRY, SUBJECT)),
  one('map another', map(ENTRY, USER)),
  one('map elsewhere', map(ENTRY + 1, SUBJECT, 2)),
  one('unmap', unmap(ENTRY)),
  one('protect', system('PageTable.Protect', OWN.level0, ENTRY, 2)),
  one('clear node', system('PageTable.Clear', OWN.level0, ENTRY, 2)),
  one('link node', linkNode(NAMED)),
  one('unlink node', unlinkNode()),
  one('link table', linkTable(FREE, NAMED)),
  one('unlink table', unlinkTable(FREE)),
  one('create table', create(NAMED, KIND.CapabilityTable, SUBJECT)),
  one('create node', create(FREE, KIND.PageTable, SUBJECT, 0)),
  one('create component', create(SECOND, KIND.Component, SUBJECT, OWN.root, HELPING)),
  { name: 'create thread', calls: (hart) => [create(FREE, KIND.Thread, SUBJECT, OWN.component, hart)] },
  { name: 'create thread in it', calls: (hart) => [create(SECOND, KIND.Thread, HELPER + 1, NAMED, hart)] },
  one('copy', copy(FREE, NAMED, 2)),
  one('copy over it', copy(NAMED, WEAK, 8)),
  one('move', system('CapabilityTable.Move', OWN.table, FREE, NAMED)),
  one('move back', system('CapabilityTable.Move', OWN.table, NAMED, FREE)),
  one('drop', drop(NAMED)),
  one('drop the copy', drop(FREE)),
  one('clear table', system('CapabilityTable.Clear', OWN.table, NAMED, 2)),
  one('recover', system('Frames.Recover', OWN.low, SUBJECT, SECOND)),
  one('inspect', system('CapabilityTable.Inspect', OWN.table, NAMED, 1)),
  one('inspect in it', system('CapabilityTable.Inspect', NAMED, 5, 0)),
  one('inspect below', system('Frames.Inspect', deep(FREE, 5), USER)),
  one('copy into it', copy(5, OWN.low, 15, NAMED)),
  one('drop in it', drop(5, NAMED)),
  one('map in it', system('PageTable.Map', NAMED, 3, OWN.low, USER, 6)),
  one('unmap in it', system('PageTable.Unmap', NAMED, 3)),
  one('advance', retype(STALE, TYPE.Blank)),
  ENTER,
];

function named(actions: readonly Action[], name: string): Action {
  const found = actions.find((action) => action.name === name);
  if (found === undefined) throw new Error(`there is no action "${name}"`);
  return found;
}

export function operation(name: string): Action {
  return named(OPERATIONS, name);
}

/** A capability comes into the subject, a table. */
const insert = copy(5, OWN.low, 15, NAMED);

/** A hart that ran nothing begins to run, and uses what it finds. */
export const JOIN: Action = {
  name: 'join and inspect in it',
  calls: (_hart, block) => [{ name: 'epochJoin', values: [block] }, system('CapabilityTable.Inspect', NAMED, 5, 0)],
};

/** Several operations in a row on one hart: what the protocol must survive. */
export const SEQUENCES: readonly Action[] = [
  several('unmap and reuse', unmap(ENTRY), toUntyped, toBlank),
  several('free and reuse', toUntyped, toBlank),
  several('drop and reuse', drop(NAMED), toUntyped, toBlank),
  several('unlink and free', unlinkTable(FREE), drop(NAMED), toUntyped),
  several('unlink node and free', unlinkNode(), drop(NAMED), toUntyped),
  several('use for a while', toUser, map(ENTRY, SUBJECT), unmap(ENTRY), toUntyped),
  several('recover and drop', system('Frames.Recover', OWN.low, SUBJECT, SECOND), drop(SECOND)),
  several('drop and copy weaker', drop(NAMED), copy(NAMED, WEAK, 8)),
  several('drop and copy stronger', drop(NAMED), copy(NAMED, OWN.table, 15)),
  {
    name: 'advance and copy into it',
    calls: () => [retype(STALE, TYPE.Blank), insert],
    scenes: ['table', 'table with a capability, linked'],
  },
  {
    name: 'copy into it and enter',
    calls: (hart, block) => [insert, ...ENTER.calls(hart, block)],
  },
  {
    name: 'map in it and enter',
    calls: (hart, block) => [system('PageTable.Map', NAMED, 3, OWN.low, USER, 6), ...ENTER.calls(hart, block)],
  },
  {
    name: 'inspect below and enter',
    calls: (hart, block) => [system('Frames.Inspect', deep(FREE, 5), USER), ...ENTER.calls(hart, block)],
  },
];

export function sequence(name: string): Action {
  return named(SEQUENCES, name);
}

export function operationNumber(call: SystemCall): bigint {
  return BigInt(OPERATION[call.operation]);
}
