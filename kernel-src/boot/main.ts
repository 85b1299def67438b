/**
 * Boot, from the first line of TypeScript to the first instruction of a
 * component. Read `bootMain` first: it is the list of the stages.
 */

import { type BootInfo, MEMORY_ARCHIVE, MEMORY_DEVICE_TREE, MEMORY_FREE, MEMORY_KERNEL } from '../abi/boot-info.ts';
import { physicalAddress, physicalToVirtual, virtualAddress, virtualToPhysical } from '../base/address.ts';
import { currentHart } from '../base/hart.ts';
import { tableAt } from '../capability/table.ts';
import { board, BOARD_OK, BOARD_PROBLEMS } from '../machine/board.ts';
import { boardRead } from '../machine/board-reader.ts';
import {
  consoleByte,
  consoleDecimal,
  consoleFirmwareInstructions,
  consoleHex,
  consoleStart,
  consoleText,
} from '../machine/console.ts';
import { TREE_MAGIC, treeSize } from '../machine/device-tree.ts';
import { imageDeviceTree, imageEnd, imageStart } from '../machine/image.ts';
import { DEVICE_TREE_LIMIT } from '../machine/layout.ts';
import { INTERRUPT_EXTERNAL, INTERRUPT_SOFTWARE, INTERRUPT_TIMER, interruptsEnable } from '../machine/processor.ts';
import { plic } from '../machine/plic.ts';
import { type Span, SPAN_LIMIT, spanBig32, spanByte, spanPart } from '../machine/span.ts';
import { threadAt, threadComponent } from '../object/thread.ts';
import { ARCHIVE_OK, ARCHIVE_PROBLEMS, archiveFirst, ArchiveMember } from './archive.ts';
import {
  BOOTER_ARCHIVE,
  BOOTER_STACK,
  BOOTER_STACK_SIZE,
  BOOTER_TREE,
  booterInfo,
  booterObjects,
  booterSegment,
  booterShow,
  booterStack,
} from './booter.ts';
import { ELF_OK, ELF_PROBLEMS, ElfImage, elfRead, SEGMENT_LIMIT } from './elf.ts';
import { framesStart } from './frames.ts';
import { bootHarts, hartsStart } from './harts.ts';
import { bootInfoAt, infoDevices, infoMemory, infoStart } from './info.ts';
import { interruptsStart } from './interrupts.ts';
import { kernelMap } from './map.ts';
import { memoryIs, memoryChange, memoryMark, memoryStart, pageUp } from './memory.ts';
import { bootFailure, bootRange, bootSize, bootStage, bootStop } from './report.ts';
import { slotsMachine } from './slots.ts';
import { bootSpace, spaceStart } from './space.ts';

/** Goes on with a thread, whose kernel address it is, in its address space. Drops the kernel's stack. */
export declare function threadResume(thread: u64, satp: u64): never;

const member = new ArchiveMember();
const image = new ElfImage();

/** The kernel's copy of the device tree. `address`: where the firmware says that it is. Stops if there is none. */
function bootTree(address: u64): Span {
  const header: Span = { address: imageDeviceTree(), length: 64n };
  const size = treeSize(header);
  if (size !== 0n && size <= DEVICE_TREE_LIMIT) return { address: header.address, length: size };
  bootFailure('the device tree at ');
  consoleHex(address);
  if (size === 0n) {
    consoleText(' begins with ');
    consoleHex(spanBig32(header, 0n));
    consoleText(', not with ');
    consoleHex(TREE_MAGIC);
    bootStop(', at a multiple of 8: the loader must pass its address in a1');
  }
  consoleText(' has ');
  bootSize(size);
  bootStop('; at most 256 KiB fit: make it smaller');
}

/** Reads the board. Stops if the tree is damaged or does not say enough. */
function bootBoard(tree: Span, address: u64, hart: u64): void {
  const problem = boardRead(tree, board);
  if (problem !== BOARD_OK) {
    bootFailure('the device tree ');
    bootStop(BOARD_PROBLEMS[problem]);
  }
  bootStage('device tree at ');
  consoleHex(address);
  consoleText(', ');
  bootSize(tree.length);
  consoleText('\n');
  hartsStart(board, hart);
  bootStage('hart ');
  consoleDecimal(hart);
  consoleText(' of ');
  consoleDecimal(u64(bootHarts.count));
  consoleText(', time counter at ');
  consoleDecimal(board.timebase);
  consoleText(' Hz\n');
}

/** Starts the memory map and switches to the kernel's own page tables. Answers the kernel address of their root. */
function bootMap(): u64 {
  const start = virtualToPhysical(virtualAddress(imageStart()));
  const end = virtualToPhysical(virtualAddress(imageEnd()));
  memoryStart(board);
  if (!memoryIs(start, end, MEMORY_FREE)) {
    bootFailure('the kernel at ');
    bootRange(start, end - start);
    bootStop(' is not inside memory that the device tree leaves free: give the machine more memory');
  }
  memoryMark(start, end, MEMORY_KERNEL);
  const root = kernelMap(board.finisher);
  bootStage('kernel at ');
  bootRange(start, end - start);
  consoleText(', on its own map\n');
  interruptsStart(root, board);
  return root;
}

/** Finds room for the frame table, and types every frame. `treeSize`: bytes of the device tree's copy. */
function bootFrames(size: u64): void {
  const tree = virtualToPhysical(virtualAddress(imageDeviceTree()));
  const treeEnd = pageUp(tree + size);
  memoryChange(tree, treeEnd, MEMORY_KERNEL, MEMORY_DEVICE_TREE);
  memoryChange(treeEnd, tree + DEVICE_TREE_LIMIT, MEMORY_KERNEL, MEMORY_FREE);
  if ((board.archiveStart & 0xfffn) !== 0n || !memoryIs(board.archiveStart, board.archiveEnd, MEMORY_FREE)) {
    bootFailure('the boot archive at ');
    bootRange(board.archiveStart, board.archiveEnd - board.archiveStart);
    bootStop(' is not in free memory, from a multiple of 4096 on: change where the loader puts it');
  }
  memoryMark(board.archiveStart, board.archiveEnd, MEMORY_ARCHIVE);
  const count = framesStart();
  bootStage('');
  consoleDecimal(count);
  consoleText(' frames\n');
}

/** The boot archive. Stops if it is larger than the reader can handle. */
function bootArchive(): Span {
  const size: u64 = board.archiveEnd - board.archiveStart;
  if (size > SPAN_LIMIT) {
    bootFailure('the boot archive has ');
    bootSize(size);
    bootStop(': it is larger than 1 GiB, make it smaller');
  }
  return { address: physicalToVirtual(physicalAddress(board.archiveStart)), length: size };
}

/** Writes a text of the archive that says nothing by control characters. */
function writeName(archive: Span, offset: u64, length: u64): void {
  for (let index: u64 = 0n; index < 255n && index < length; index++) {
    const byte = spanByte(archive, offset + index);
    consoleByte(byte >= 0x20 && byte < 0x7f ? byte : 0x3f);
  }
}

/** Loads the booter's segments from the first member of the archive. Stops if that is no component. */
function bootLoad(archive: Span): void {
  const problem = archiveFirst(archive, member);
  if (problem !== ARCHIVE_OK) {
    bootFailure('the boot archive ');
    bootStop(ARCHIVE_PROBLEMS[problem]);
  }
  const file = spanPart(archive, member.content, member.size);
  const fault = elfRead(file, image);
  if (fault !== ELF_OK) {
    bootFailure('the first component, "');
    writeName(archive, member.name, member.nameLength);
    consoleText('", ');
    bootStop(ELF_PROBLEMS[fault]);
  }
  for (let index: u32 = 0; index < SEGMENT_LIMIT && index < image.count; index++) {
    booterSegment(file, image.segments[index]);
  }
}

/** Makes the first component. Answers its `BootInfo`, in which the memory map is still missing. */
function bootComponent(tree: Span, archive: Span, root: u64): BootInfo {
  spaceStart(root);
  bootLoad(archive);
  booterStack();
  const info = bootInfoAt(booterInfo());
  infoStart(board, info);
  infoDevices(tree, board, info);
  booterShow(BOOTER_TREE, virtualToPhysical(virtualAddress(imageDeviceTree())), tree.length);
  booterShow(BOOTER_ARCHIVE, board.archiveStart, archive.length);
  info.deviceTree = BOOTER_TREE;
  info.deviceTreeSize = tree.length;
  info.archive = BOOTER_ARCHIVE;
  info.archiveSize = archive.length;
  info.stack = BOOTER_STACK;
  info.stackSize = BOOTER_STACK_SIZE;
  return info;
}

/**
 * Entered by assembly, on the stack of the first hart's block: `hart` is the
 * firmware's number of this hart, `deviceTree` the physical address of the
 * tree, of which the image has a copy; `instructions` is `instret` at the first
 * instruction, and `firmware` what the firmware has spent since.
 */
export function bootMain(hart: u64, deviceTree: u64, instructions: u64, firmware: u64): never {
  consoleStart();
  const tree = bootTree(deviceTree);
  bootBoard(tree, deviceTree, hart);
  const root = bootMap();
  bootFrames(tree.length);
  const archive = bootArchive();
  const info = bootComponent(tree, archive, root);
  const self = currentHart();
  booterObjects(image.entry, self);
  slotsMachine(tableAt(virtualAddress(self.table)), info);
  infoMemory(info);
  bootStage('first component "');
  writeName(archive, member.name, member.nameLength);
  consoleText('", entry ');
  consoleHex(image.entry);
  consoleText('\n');
  info.pageTableCount = bootSpace.count;
  info.entryInstructions = instructions;
  info.firmwareInstructions = firmware + consoleFirmwareInstructions();
  const external: u64 = plic.lines === 0n ? 0n : INTERRUPT_EXTERNAL;
  interruptsEnable(INTERRUPT_SOFTWARE | INTERRUPT_TIMER | external);
  threadResume(self.thread, threadComponent(threadAt(virtualAddress(self.thread))).satp);
}
