/**
 * Making a component of an ELF file in memory, out of own frames: page tables,
 * capability table, component, thread, image, stack, and the page that tells it
 * where its stack is. And giving back all of it. The capabilities for its objects
 * lie in a table of their own, below one slot of the maker's.
 */

import { ABI_VERSION, BOOT_INFO_MAGIC, BOOT_SLOT_TABLE, BootInfo, FRAME_SIZE } from '../../kernel-src/abi/boot-info.ts';
import { ERROR_BAD_ARGUMENT, ERROR_NO_CAPABILITY, ERROR_OK, ERROR_OVERFLOW } from '../../kernel-src/abi/errors.ts';
import { FRAME_TYPE_PAGE_TABLE_2, FRAME_TYPE_USER } from '../../kernel-src/abi/frame-types.ts';
import { CAPABILITY_TABLE_SLOTS } from '../../kernel-src/abi/identifiers.ts';
import { KIND_CAPABILITY_TABLE, KIND_COMPONENT, KIND_PAGE_TABLE, KIND_THREAD } from '../../kernel-src/abi/kinds.ts';
import { type Outcome } from '../../kernel-src/abi/outcome.ts';
import { RIGHT_FRAMES_READ, RIGHT_FRAMES_WRITE } from '../../kernel-src/abi/rights.ts';
import { THREAD_REGISTER_PC } from '../../kernel-src/abi/thread-operations.ts';
import { Space, spaceClose, spaceMap, spaceMapIn, spaceOpen, spaceUnmap } from './address-space.ts';
import { ELF_HEADER_LIMIT, elfEntry, elfIsSound, elfSegment, type ElfSegment, elfStart } from './elf.ts';
import { FRAME_NONE, frameGiveBack, frameIndex, frameRange, frameTake } from './frames.ts';
import {
  capabilityTableClear,
  capabilityTableDrop,
  capabilityTableLink,
  capabilityTableUnlink,
  componentRetire,
  threadWriteRegister,
} from './generated/operations.ts';
import { memoryBootInfo, memoryByte, memorySetByte } from './memory.ts';
import { objectMake, pageTableEmpty } from './objects.ts';
import { slotIdentifier } from './slots.ts';

/** Where a component finds what it is told, and its stack: as boot does it for the first one. */
export const PROGRAM_INFO: u64 = 0x3000_0000n;
export const PROGRAM_STACK: u64 = 0x3010_0000n;
const STACK_PAGES: u64 = 4n;
/** Where the maker maps a frame that it fills. */
const WINDOW: u64 = 0x18_0000_0000n;
/** Most frames of a component, page tables aside. */
const FRAME_COUNT: u32 = 256;
/** Most pages of a segment: that, or fewer. */
const PAGE_COUNT: u64 = 256n;
const READ_WRITE: u64 = RIGHT_FRAMES_READ | RIGHT_FRAMES_WRITE;
/** Registers of the new thread: what `componentMain` gets. */
const REGISTER_A0: u64 = 10n;
const REGISTER_A1: u64 = 11n;
const TABLE: u64 = u64(BOOT_SLOT_TABLE);

/** A component that was made. */
export class Program {
  /** To be set before: ticks of the time counter in a second, home hart, second argument of `componentMain`, ranges of frames it is given. */
  timebase: u64 = 0n;
  hart: u64 = 0n;
  argument: u64 = 0n;
  ranges: u32 = 0;
  /** Slot of the own table: of the table with all capabilities below, which is linked there too. */
  control: u64 = 0n;
  /** Ids of its objects. */
  root: u64 = 0n;
  table: u64 = 0n;
  component: u64 = 0n;
  thread: u64 = 0n;
  /** Where invocations of it enter; 0 if it is no server. */
  entry: u64 = 0n;
  /** Its address space, with the page tables that were made for it. */
  readonly space = new Space();
  /** Frames that are to be given back: objects in the order of making, then memory. */
  count: u32 = 0;
  readonly frames = array(u64, 256);
}

/** The answer when all went well. */
function done(): Outcome {
  return { error: ERROR_OK, value: 0n };
}

/** Remembers a frame that is to be given back. */
function programKeep(program: Program, frame: u64): Outcome {
  const index = program.count;
  if (index >= FRAME_COUNT) {
    frameGiveBack(frame);
    return { error: ERROR_OVERFLOW, value: u64(FRAME_COUNT) };
  }
  program.frames[index] = frame;
  program.count = index + 1;
  return { error: ERROR_OK, value: frame };
}

/** Makes an object whose capability lies in a table. Answers its id. */
function programObject(program: Program, table: u64, kind: u64, first: u64, second: u64): Outcome {
  const made = objectMake(table, kind, first, second);
  if (made.error !== ERROR_OK) return { error: made.error, value: made.detail };
  const kept = programKeep(program, made.frame);
  return kept.error === ERROR_OK ? { error: ERROR_OK, value: slotIdentifier(table, made.slot) } : kept;
}

/** Makes the table for all other capabilities, and links it below its own slot. */
function programControl(program: Program): Outcome {
  const made = programObject(program, TABLE, KIND_CAPABILITY_TABLE, 0n, 0n);
  if (made.error !== ERROR_OK) return made;
  program.control = made.value;
  return capabilityTableLink(TABLE, made.value, made.value);
}

/** Makes its objects: root, capability table, component, thread. */
function programObjects(program: Program): Outcome {
  const control = program.control;
  const root = programObject(program, control, KIND_PAGE_TABLE, 2n, 0n);
  if (root.error !== ERROR_OK) return root;
  program.root = root.value;
  spaceOpen(program.space, control, root.value);
  const table = programObject(program, control, KIND_CAPABILITY_TABLE, 0n, 0n);
  if (table.error !== ERROR_OK) return table;
  program.table = table.value;
  const component = programObject(program, control, KIND_COMPONENT, root.value, table.value);
  if (component.error !== ERROR_OK) return component;
  program.component = component.value;
  const thread = programObject(program, control, KIND_THREAD, component.value, program.hart);
  program.thread = thread.value;
  return thread;
}

/** A fresh frame at an address of the component, which has these permissions. Answers the frame. */
function programPage(program: Program, address: u64, permissions: u64): Outcome {
  const frame = frameTake(FRAME_TYPE_USER);
  if (frame === FRAME_NONE) return { error: ERROR_NO_CAPABILITY, value: 0n };
  const kept = programKeep(program, frame);
  if (kept.error !== ERROR_OK) return kept;
  const mapped = spaceMapIn(program.space, address, frameRange(frame), frameIndex(frame), permissions);
  return mapped.error === ERROR_OK ? kept : mapped;
}

/** Copies what a segment has for the page at an address, to the maker's own place for it. */
function copyPage(segment: ElfSegment, page: u64, target: u64): void {
  for (let offset: u64 = 0n; offset < FRAME_SIZE; offset++) {
    const address: u64 = page + offset;
    if (address < segment.address || address - segment.address >= segment.fileSize) continue;
    memorySetByte(target + offset, memoryByte(segment.content + (address - segment.address)));
  }
}

/** Maps a segment in fresh frames, with its content. */
function programSegment(program: Program, segment: ElfSegment): Outcome {
  const first: u64 = segment.address & ~(FRAME_SIZE - 1n);
  const end: u64 = segment.address + segment.size;
  for (let index: u64 = 0n; index < PAGE_COUNT; index++) {
    const address: u64 = first + index * FRAME_SIZE;
    if (address >= end) return done();
    const page = programPage(program, address, segment.permissions);
    if (page.error !== ERROR_OK) return page;
    if (address >= segment.address + segment.fileSize) continue;
    const opened = spaceMap(WINDOW, frameRange(page.value), frameIndex(page.value), READ_WRITE);
    if (opened.error !== ERROR_OK) return opened;
    copyPage(segment, address, WINDOW);
    const closed = spaceUnmap(WINDOW);
    if (closed.error !== ERROR_OK) return closed;
  }
  return { error: ERROR_OVERFLOW, value: PAGE_COUNT };
}

/** What the component is told. */
function fillInfo(program: Program, info: BootInfo): void {
  info.magic = BOOT_INFO_MAGIC;
  info.abiVersion = ABI_VERSION;
  info.size = sizeof<BootInfo>();
  info.timebase = program.timebase;
  info.stack = PROGRAM_STACK;
  info.stackSize = STACK_PAGES * FRAME_SIZE;
  info.ramCount = program.ranges;
}

/** Maps its stack, and the page that says where that is. */
function programMemory(program: Program): Outcome {
  for (let index: u64 = 0n; index < STACK_PAGES; index++) {
    const page = programPage(program, PROGRAM_STACK + index * FRAME_SIZE, READ_WRITE);
    if (page.error !== ERROR_OK) return page;
  }
  const page = programPage(program, PROGRAM_INFO, RIGHT_FRAMES_READ);
  if (page.error !== ERROR_OK) return page;
  const opened = spaceMap(WINDOW, frameRange(page.value), frameIndex(page.value), READ_WRITE);
  if (opened.error !== ERROR_OK) return opened;
  fillInfo(program, memoryBootInfo(WINDOW));
  return spaceUnmap(WINDOW);
}

/** Says where the thread begins, and with what. */
function programRegisters(program: Program, start: u64): Outcome {
  const pc = threadWriteRegister(program.thread, THREAD_REGISTER_PC, start);
  if (pc.error !== ERROR_OK) return pc;
  const first = threadWriteRegister(program.thread, REGISTER_A0, PROGRAM_INFO);
  if (first.error !== ERROR_OK) return first;
  return threadWriteRegister(program.thread, REGISTER_A1, program.argument);
}

/** Image, stack and registers. */
function programFill(program: Program, file: u64, size: u64): Outcome {
  for (let index: u32 = 0; index < ELF_HEADER_LIMIT; index++) {
    const segment = elfSegment(file, size, index);
    if (!segment.loaded) continue;
    const mapped = programSegment(program, segment);
    if (mapped.error !== ERROR_OK) return mapped;
  }
  const memory = programMemory(program);
  return memory.error === ERROR_OK ? programRegisters(program, elfStart(file)) : memory;
}

/**
 * Makes the component that `size` bytes at `file` are. Its thread is idle, its capability table empty: what it may do is put
 * there by the maker, with the id `table`. Needs `framesStart` and `spaceStart`. Answers BadArgument if the file is no
 * component; NoCapability if no frame is left; else what failed. Whatever it answers, `programGiveBack` takes all back.
 */
export function programMake(program: Program, file: u64, size: u64): Outcome {
  program.count = 0;
  program.control = 0n;
  program.component = 0n;
  if (!elfIsSound(file, size)) return { error: ERROR_BAD_ARGUMENT, value: 1n };
  program.entry = elfEntry(file, size);
  const control = programControl(program);
  if (control.error !== ERROR_OK) return control;
  const objects = programObjects(program);
  return objects.error === ERROR_OK ? programFill(program, file, size) : objects;
}

/** Lets go of everything that the component holds: what is in its table and what is mapped. */
function programEmpty(program: Program): Outcome {
  if (program.component !== 0n) {
    // Dead already is as good; a thread of it that is inside a server comes back to nothing.
    componentRetire(program.component);
    const cleared = capabilityTableClear(program.table, 0n, CAPABILITY_TABLE_SLOTS);
    if (cleared.error !== ERROR_OK) return cleared;
    const closed = spaceClose(program.space);
    if (closed.error !== ERROR_OK) return closed;
    const emptied = pageTableEmpty(program.root, FRAME_TYPE_PAGE_TABLE_2);
    if (emptied.error !== ERROR_OK) return emptied;
  }
  return capabilityTableClear(program.control, 0n, CAPABILITY_TABLE_SLOTS);
}

/** Drops every capability for the component: from now on nothing of it is the maker's but the memory. */
export function programForget(program: Program): Outcome {
  if (program.control === 0n) return done();
  const cleared = capabilityTableClear(program.control, 0n, CAPABILITY_TABLE_SLOTS);
  if (cleared.error !== ERROR_OK) return cleared;
  const unlinked = capabilityTableUnlink(TABLE, program.control);
  if (unlinked.error !== ERROR_OK) return unlinked;
  const dropped = capabilityTableDrop(TABLE, program.control);
  program.control = 0n;
  return dropped;
}

/**
 * Ends the component and makes every frame of it Untyped. Answers why a frame is still something else, such as InUse when
 * others hold capabilities for it, or NotQuiescent: then it can be called again.
 */
export function programGiveBack(program: Program): Outcome {
  if (program.control !== 0n) {
    const emptied = programEmpty(program);
    if (emptied.error !== ERROR_OK) return emptied;
    const forgotten = programForget(program);
    if (forgotten.error !== ERROR_OK) return forgotten;
  }
  for (let step: u32 = 0; step < FRAME_COUNT; step++) {
    const last = program.count;
    if (last === 0 || last > FRAME_COUNT) break;
    const given = frameGiveBack(program.frames[last - 1]);
    if (given.error !== ERROR_OK) return given;
    program.count = last - 1;
  }
  return done();
}
