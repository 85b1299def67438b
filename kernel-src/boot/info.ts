/** Writes the `BootInfo`: what the first component is told. Its slots are in `slots.ts`. */

import {
  ABI_VERSION,
  BOOT_DEVICE_LIMIT,
  BOOT_HART_LIMIT,
  BOOT_INFO_MAGIC,
  BOOT_MEMORY_LIMIT,
  BOOT_NAME_LENGTH,
  BootInfo,
  DEVICE_BUS_MASTER,
  type DeviceRange,
} from '../abi/boot-info.ts';
import {
  type Board,
  BOARD_DEVICE_LIMIT,
  BOARD_RANGE_LIMIT,
  type BoardDevice,
  type BoardRanges,
} from '../machine/board.ts';
import { consoleDecimal, consoleText } from '../machine/console.ts';
import { type Span, spanByte } from '../machine/span.ts';
import { bootHarts } from './harts.ts';
import { memoryMap, memoryRanges, pageDown, pageUp } from './memory.ts';
import { bootStage } from './report.ts';

/** The `BootInfo` at a kernel address. */
export function bootInfoAt(address: u64): BootInfo {
  return objectAt<BootInfo>(address);
}

/** Whether one of the ranges is between two physical addresses, or may be. */
function touches(list: BoardRanges, start: u64, end: u64): boolean {
  for (let index: u32 = 0; index < BOARD_RANGE_LIMIT && index < list.count; index++) {
    const part = list.parts[index];
    if (start < part.base + part.size && part.base < end) return true;
  }
  return list.missing;
}

/** Copies the name of a node, up to its zero byte. */
function copyName(tree: Span, offset: u64, range: DeviceRange): void {
  for (let index: u32 = 0; index < BOOT_NAME_LENGTH; index++) {
    const byte = spanByte(tree, offset + u64(index));
    if (byte === 0) return;
    range.name[index] = byte;
  }
}

/** Adds a device, unless it is in memory, has registers of the kernel or the firmware, or there is no room. */
function addDevice(tree: Span, board: Board, device: BoardDevice, info: BootInfo): boolean {
  const start = pageDown(device.base);
  const end = pageUp(device.base + device.size);
  const index = info.deviceCount;
  if (end <= start || index >= BOOT_DEVICE_LIMIT) return false;
  if (touches(board.memory, start, end) || touches(board.reserved, start, end)) return false;
  if (touches(board.owned, start, end)) return false;
  const range = info.devices[index];
  range.base = start;
  range.size = end - start;
  range.flags = device.master === 0 ? 0 : DEVICE_BUS_MASTER;
  copyName(tree, device.name, range);
  info.deviceCount = index + 1;
  return true;
}

/** Lists the devices, and says how many are left out. */
export function infoDevices(tree: Span, board: Board, info: BootInfo): void {
  let missing: u32 = board.deviceMissing;
  for (let index: u32 = 0; index < BOARD_DEVICE_LIMIT && index < board.deviceCount; index++) {
    if (!addDevice(tree, board, board.devices[index], info)) missing++;
  }
  if (missing === 0) return;
  bootStage(
    'device ranges left out, because they are in memory, not for components, on a translating bus, or beyond the 32nd: ',
  );
  consoleDecimal(u64(missing));
  consoleText('\n');
}

/** Lists the harts. */
function infoHarts(info: BootInfo): void {
  for (let index: u32 = 0; index < BOOT_HART_LIMIT && index < bootHarts.count; index++) {
    info.harts[index].identifier = bootHarts.identifiers[index];
    info.harts[index].running = index === 0 ? 1n : 0n;
  }
  info.hartCount = bootHarts.count;
}

/** Copies the memory map, which is final. */
export function infoMemory(info: BootInfo): void {
  for (let index: u32 = 0; index < BOOT_MEMORY_LIMIT && index < memoryMap.count; index++) {
    const part = memoryMap.parts[index];
    const range = info.memory[index];
    range.base = part.base;
    range.size = part.size;
    range.use = part.use;
  }
  info.memoryCount = memoryMap.count;
  info.ramCount = memoryRanges.count;
}

/** Fills in what does not depend on the booter: `info` is zero. */
export function infoStart(board: Board, info: BootInfo): void {
  info.magic = BOOT_INFO_MAGIC;
  info.abiVersion = ABI_VERSION;
  info.size = sizeof<BootInfo>();
  info.timebase = board.timebase;
  infoHarts(info);
}
