/** Shows the machine: memory, harts, devices. */

import { BootInfo, DEVICE_BUS_MASTER, DeviceRange, MemoryRange } from '../../kernel-src/abi/boot-info.ts';
import { printDecimal, printDecimalAt, printHex, printLine, printTab, printText } from '../lib/console.ts';
import { printDevice } from './device.ts';
import { reportTitle } from './report.ts';

const KIB: u64 = 1024n;
const MIB: u64 = 0x10_0000n;
/** Digits of a physical address: 40 bits. */
const ADDRESS_DIGITS: u32 = 10;
/** Where the size of a range ends, its unit ends, and the text after it begins. */
const SIZE_END: u32 = 36;
const TEXT_BEGIN: u32 = 42;

/** What memory is used for, by the `MEMORY` numbers. */
const USE_NAMES: readonly Text[] = [
  'free',
  'firmware',
  'kernel',
  'frame table',
  'booter',
  'boot info',
  'device tree',
  'boot archive',
];
const USE_LIMIT: u32 = 8;

/** Prints a size as whole MiB or KiB, so that the number ends at a column. */
export function printSizeAt(size: u64, end: u32): void {
  const mebibytes = size >= MIB && size % MIB === 0n;
  printDecimalAt(mebibytes ? size / MIB : size / KIB, end);
  printText(mebibytes ? ' MiB' : ' KiB');
}

function printRange(base: u64, size: u64): void {
  printText('  ');
  printHex(base, ADDRESS_DIGITS);
  printText(' - ');
  printHex(base + size - 1n, ADDRESS_DIGITS);
  printSizeAt(size, SIZE_END);
  printTab(TEXT_BEGIN);
}

function showRange(memory: MemoryRange): void {
  printRange(memory.base, memory.size);
  printText(memory.use < USE_LIMIT ? USE_NAMES[memory.use] : 'unknown use');
  printLine();
}

/** The memory map, and how much of it is free. */
export function showMemory(info: BootInfo): void {
  reportTitle('Memory');
  let free: u64 = 0n;
  let total: u64 = 0n;
  for (const index of range(info.memoryCount)) {
    bound(32);
    const memory = info.memory[index];
    total = total + memory.size;
    if (memory.use === 0) free = free + memory.size;
    showRange(memory);
  }
  printText('  free');
  printSizeAt(free, SIZE_END);
  printText(' of ');
  printSizeAt(total, 0);
  printLine();
}

/** The harts. */
export function showHarts(info: BootInfo): void {
  reportTitle('Harts');
  for (const index of range(info.hartCount)) {
    bound(8);
    const hart = info.harts[index];
    printText('  hart ');
    printDecimal(hart.identifier);
    printText(hart.running === 1n ? ': runs this component' : ': not started');
    printLine();
  }
}

function showDevice(device: DeviceRange): void {
  printRange(device.base, device.size);
  printDevice(device);
  if ((device.flags & DEVICE_BUS_MASTER) !== 0) printText(' (bus master)');
  printLine();
}

/** The device ranges. */
export function showDevices(info: BootInfo): void {
  reportTitle('Devices');
  for (const index of range(info.deviceCount)) {
    bound(32);
    showDevice(info.devices[index]);
  }
}
