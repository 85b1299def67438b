/**
 * Makes the first component, the booter, out of the first member of the boot
 * archive: image, stack, what it is told, and its kernel objects. Every frame
 * of it is an ordinary one: User and counted by its mapping, or Kernel and
 * counted by its slot and by what links it.
 */

import { MEMORY_BOOT_INFO, MEMORY_BOOTER } from '../abi/boot-info.ts';
import {
  FRAME_TYPE_CAPABILITY_TABLE,
  FRAME_TYPE_COMPONENT,
  FRAME_TYPE_THREAD,
  FRAME_TYPE_USER,
} from '../abi/frame-types.ts';
import { physicalAddress, physicalToFrame, physicalToVirtual } from '../base/address.ts';
import { CHAIN_LIMIT, type Hart } from '../base/hart.ts';
import { tableAt } from '../capability/table.ts';
import { PAGE_SHIFT } from '../machine/layout.ts';
import { memoryClear, memoryCopy } from '../machine/memory.ts';
import { type Span } from '../machine/span.ts';
import { PTE_EXECUTE, PTE_READ, PTE_WRITE, satpOf } from '../machine/sv39.ts';
import { componentAt } from '../object/component.ts';
import {
  DEADLINE_NONE,
  REGISTER_A0,
  REGISTER_PC,
  REGISTER_SP,
  THREAD_RUNNING,
  type ThreadFrame,
  threadAt,
  threadMake,
} from '../object/thread.ts';
import { type ElfSegment, SEGMENT_EXECUTE, SEGMENT_WRITE } from './elf.ts';
import { framesMake, framesTake, framesZero } from './frames.ts';
import { pageDown, pageUp } from './memory.ts';
import { slotsObjects } from './slots.ts';
import { bootSpace, spaceMap } from './space.ts';

/** Where boot puts what it adds to the booter's image: all of it above `IMAGE_HIGHEST`, within 2 MiB but for the archive. */
export const BOOTER_INFO: u64 = 0x3000_0000n;
export const BOOTER_TREE: u64 = 0x3001_0000n;
export const BOOTER_STACK: u64 = 0x3010_0000n;
export const BOOTER_STACK_SIZE: u64 = 0x8000n;
export const BOOTER_ARCHIVE: u64 = 0x3020_0000n;

/** The kernel address of physical memory. */
function kernelAddress(address: u64): u64 {
  return physicalToVirtual(physicalAddress(address));
}

/** A segment in fresh frames, mapped with its permissions. */
export function booterSegment(file: Span, segment: ElfSegment): void {
  const start = pageDown(segment.address);
  const count: u64 = (pageUp(segment.address + segment.size) - start) >> PAGE_SHIFT;
  const frames = framesTake(count, MEMORY_BOOTER, FRAME_TYPE_USER, 1n);
  const offset: u64 = segment.address - start;
  // The pages that the file does not fill.
  const filled: u64 = offset === 0n ? segment.fileSize >> PAGE_SHIFT : 0n;
  framesZero(frames + (filled << PAGE_SHIFT), count - filled);
  memoryCopy(kernelAddress(frames) + offset, file.address + segment.offset, segment.fileSize);
  let permissions: u64 = PTE_READ;
  if ((segment.flags & SEGMENT_WRITE) !== 0n) permissions = PTE_READ | PTE_WRITE;
  if ((segment.flags & SEGMENT_EXECUTE) !== 0n) permissions = PTE_READ | PTE_EXECUTE;
  spaceMap(start, frames, count, permissions);
}

/** The stack, zero. */
export function booterStack(): void {
  const count: u64 = BOOTER_STACK_SIZE >> PAGE_SHIFT;
  const frames = framesMake(count, MEMORY_BOOTER, FRAME_TYPE_USER, 1n);
  spaceMap(BOOTER_STACK, frames, count, PTE_READ | PTE_WRITE);
}

/** A frame for the `BootInfo`, zero. Answers its kernel address. */
export function booterInfo(): u64 {
  const frame = framesMake(1n, MEMORY_BOOT_INFO, FRAME_TYPE_USER, 1n);
  spaceMap(BOOTER_INFO, frame, 1n, PTE_READ);
  return kernelAddress(frame);
}

/** Memory that is there already, in frames of type User that count one reference, to be read at `address`; clears the rest of the last page. */
export function booterShow(address: u64, physical: u64, size: u64): void {
  spaceMap(address, physical, pageUp(size) >> PAGE_SHIFT, PTE_READ);
  memoryClear(kernelAddress(physical) + size, pageUp(size) - size);
}

/** The registers of the thread: it starts at `entry`, with its stack and the address of the `BootInfo`. */
function threadRegisters(thread: ThreadFrame, entry: u64): void {
  thread.registers[REGISTER_PC] = entry;
  thread.registers[REGISTER_SP] = BOOTER_STACK + BOOTER_STACK_SIZE;
  thread.registers[REGISTER_A0] = BOOTER_INFO;
}

/** One frame for a kernel object, zero, with its count. Answers its physical address. */
function makeObject(type: u64, references: u64): u64 {
  return framesMake(1n, MEMORY_BOOTER, type, references);
}

/** Table, component and thread of the booter; makes it the one that runs on this hart. */
export function booterObjects(entry: u64, hart: Hart): void {
  const table = makeObject(FRAME_TYPE_CAPABILITY_TABLE, 2n);
  const component = makeObject(FRAME_TYPE_COMPONENT, 1n);
  const thread = makeObject(FRAME_TYPE_THREAD, 1n);
  const componentFrame = componentAt(physicalToVirtual(physicalAddress(component)));
  componentFrame.root = bootSpace.root >> PAGE_SHIFT;
  componentFrame.table = table >> PAGE_SHIFT;
  componentFrame.satp = satpOf(bootSpace.root >> PAGE_SHIFT);
  componentFrame.tableAddress = kernelAddress(table);
  const threadFrame = threadAt(physicalToVirtual(physicalAddress(thread)));
  threadMake(physicalToFrame(physicalAddress(thread)), component >> PAGE_SHIFT, hart.index);
  threadFrame.status.store(hart.home + THREAD_RUNNING);
  threadFrame.room = CHAIN_LIMIT - 1n;
  threadRegisters(threadFrame, entry);
  hart.thread = addressOf(threadFrame);
  hart.outermost = hart.thread;
  hart.armed = DEADLINE_NONE;
  hart.table = componentFrame.tableAddress;
  slotsObjects(tableAt(physicalToVirtual(physicalAddress(table))), {
    table: table >> PAGE_SHIFT,
    root: bootSpace.root >> PAGE_SHIFT,
    component: component >> PAGE_SHIFT,
    thread: thread >> PAGE_SHIFT,
  });
}
