/** What grows: frames that are mapped, and tables full of objects or capabilities, hung into a directory. */

import { BOOT_SLOT_FRAMES, BOOT_SLOT_PAGE_TABLES, BOOT_SLOT_TABLE } from '../../kernel-src/abi/boot-info.ts';
import { ERROR_OK } from '../../kernel-src/abi/errors.ts';
import { FRAME_TYPE_BLANK, FRAME_TYPE_UNTYPED, FRAME_TYPE_USER } from '../../kernel-src/abi/frame-types.ts';
import {
  KIND_CAPABILITY_TABLE,
  KIND_COMPONENT,
  KIND_INVOCATION,
  KIND_PAGE_TABLE,
  KIND_THREAD,
} from '../../kernel-src/abi/kinds.ts';
import { THREAD_REGISTER_PC } from '../../kernel-src/abi/thread-operations.ts';
import { wordType } from '../../user/lib/frames.ts';
import {
  capabilityTableCreate,
  capabilityTableDrop,
  capabilityTableLink,
  framesInspect,
  framesRetype,
  pageTableLink,
  pageTableMap,
  threadWriteRegister,
} from '../../user/lib/generated/operations.ts';
import { slotFind } from '../../user/lib/slots.ts';
import { benchFail, required } from '../lib/measure.ts';

export const TABLE: u64 = u64(BOOT_SLOT_TABLE);
export const FRAMES: u64 = u64(BOOT_SLOT_FRAMES);
export const READ_WRITE: u64 = 6n;
export const SERVER_RETURNS: u64 = 0n;
export const SERVER_NESTS: u64 = 1n;
export const PROGRAM_RUNS: u64 = 2n;
export const PROGRAM_YIELDS: u64 = 3n;
/** Slots of a table, and entries of a page table. */
export const SLOTS: u64 = 64n;
export const ENTRIES: u64 = 512n;
/** The table of level 1 that boot makes first: image and stack are below it. */
const LOWER: u64 = u64(BOOT_SLOT_PAGE_TABLES);
const REGISTER_ARGUMENT: u64 = 10n;

/** The address of a program in `programs.S`, and what the thread that runs the one in a slot has counted. */
export declare function growthProgramAt(index: u64): u64;
export declare function growthCountAt(slot: u64): u64;

class World {
  /** Where the search for a free frame goes on. */
  next: u64 = 0n;
  /** Slots of a component in an address space of its own, of its root and of its capability table. */
  component: u64 = 0n;
  root: u64 = 0n;
  table: u64 = 0n;
}
export const world = new World();

/** A frame that was Untyped, of a type. */
export function takeFrame(type: u64): u64 {
  for (let tries: u32 = 0; tries < 0x4_0000; tries++) {
    const index = world.next;
    world.next = index + 1n;
    if (wordType(required(framesInspect(FRAMES, index), 'Frames.Inspect')) !== FRAME_TYPE_UNTYPED) continue;
    required(framesRetype(FRAMES, index, type), 'Frames.Retype');
    return index;
  }
  benchFail('no frame is left after', world.next);
}

/** Makes an object of a kind in a slot of a table. */
export function makeIn(table: u64, slot: u64, kind: u64, first: u64, second: u64): void {
  const made = capabilityTableCreate(table, slot, kind, FRAMES, takeFrame(FRAME_TYPE_BLANK), first, second);
  if (made.error !== ERROR_OK) benchFail('CapabilityTable.Create', made.error);
}

/** As `makeIn`, in an empty slot of the own table. */
export function make(kind: u64, first: u64, second: u64): u64 {
  const slot = slotFind(TABLE, 0n);
  makeIn(TABLE, slot, kind, first, second);
  return slot;
}

/** Makes a component in an address space of its own, with the image of this one. */
export function worldStart(): void {
  world.root = make(KIND_PAGE_TABLE, 2n, 0n);
  required(pageTableLink(world.root, 0n, LOWER), 'PageTable.Link');
  world.table = make(KIND_CAPABILITY_TABLE, 0n, 0n);
  world.component = make(KIND_COMPONENT, world.root, world.table);
}

/** Makes a thread in a slot of the own table, that starts a program with an argument. */
export function makeThread(component: u64, program: u64, argument: u64): u64 {
  const thread = make(KIND_THREAD, component, 0n);
  required(threadWriteRegister(thread, THREAD_REGISTER_PC, growthProgramAt(program)), 'Thread.WriteRegister');
  required(threadWriteRegister(thread, REGISTER_ARGUMENT, argument), 'Thread.WriteRegister');
  return thread;
}

/** Makes an invocation of the component in a slot of a table. */
export function makeInvocation(table: u64, slot: u64, program: u64): void {
  const entry = growthProgramAt(program);
  required(capabilityTableCreate(table, slot, KIND_INVOCATION, world.component, entry, 0n, 0n), 'an Invocation');
}

/** Hangs a table full of objects of a kind below a slot of a directory. */
export function fillTable(directory: u64, index: u64, kind: u64, first: u64, second: u64): void {
  const table = make(KIND_CAPABILITY_TABLE, 0n, 0n);
  for (let slot: u64 = 0n; slot < SLOTS; slot++) makeIn(table, slot, kind, first, second);
  required(capabilityTableLink(directory, index, table), 'CapabilityTable.Link');
  required(capabilityTableDrop(TABLE, table), 'CapabilityTable.Drop');
}

/** Hangs a page table full of mapped frames below an entry of a table of level 1. */
export function fillPages(upper: u64, index: u64): void {
  const node = make(KIND_PAGE_TABLE, 0n, 0n);
  for (let entry: u64 = 0n; entry < ENTRIES; entry++) {
    required(pageTableMap(node, entry, FRAMES, takeFrame(FRAME_TYPE_USER), READ_WRITE), 'PageTable.Map');
  }
  required(pageTableLink(upper, index, node), 'PageTable.Link');
  required(capabilityTableDrop(TABLE, node), 'CapabilityTable.Drop');
}
