/** A page of a device: mapped like a frame, but never typed, zeroed or executed. */

import {
  BOOT_DEVICE_LIMIT,
  BOOT_SLOT_DEVICES,
  BootInfo,
  DEVICE_BUS_MASTER,
  DeviceRange,
} from '../../kernel-src/abi/boot-info.ts';
import { ERROR_MISSING_RIGHTS, ERROR_OUT_OF_RANGE, ERROR_WRONG_KIND } from '../../kernel-src/abi/errors.ts';
import { FRAME_TYPE_USER } from '../../kernel-src/abi/frame-types.ts';
import { KIND_DEVICE, KIND_FRAMES } from '../../kernel-src/abi/kinds.ts';
import { RIGHT_DEVICE_READ, RIGHT_DEVICE_WRITE, RIGHT_FRAMES_EXECUTE } from '../../kernel-src/abi/rights.ts';
import { spaceGiveBack, spaceMap, spaceUnmap } from '../lib/address-space.ts';
import { printByte, printText } from '../lib/console.ts';
import { framesRetype } from '../lib/generated/operations.ts';
import { memoryRegister } from '../lib/memory.ts';
import { PAGE_FIRST } from './pages.ts';
import { reportBegin, reportHolds, reportRefusal, reportRights, reportStep, reportTitle } from './report.ts';

const READ_WRITE: u64 = RIGHT_DEVICE_READ | RIGHT_DEVICE_WRITE;
/** Slots of a table: above them all, no device. */
const NO_DEVICE: u32 = 64;
/** Longest beginning of a name that is looked for. */
const NAME_LIMIT: u32 = 24;

/** Prints the name of a device. */
export function printDevice(device: DeviceRange): void {
  for (const byte of device.name) {
    if (byte === 0) break;
    printByte(u64(byte));
  }
}

/** Whether the name of a device begins with a text of at most `NAME_LIMIT` bytes. */
function nameBegins(device: DeviceRange, text: Text): boolean {
  for (let index: u32 = 0; index < NAME_LIMIT; index++) {
    if (index >= textLength(text)) break;
    if (device.name[index] !== textByte(text, index)) return false;
  }
  return true;
}

/** Whether a device can be read without any effect: flash memory. */
function isHarmless(device: DeviceRange): boolean {
  return (device.flags & DEVICE_BUS_MASTER) === 0 && nameBegins(device, 'flash@');
}

/** The position of the first harmless device, or `NO_DEVICE`. */
function harmlessDevice(info: BootInfo): u32 {
  for (let index: u32 = 0; index < BOOT_DEVICE_LIMIT; index++) {
    if (index >= info.deviceCount) break;
    if (isHarmless(info.devices[index])) return index;
  }
  return NO_DEVICE;
}

/** Maps the first page of a device, reads it, twice. */
function showDevicePage(slot: u64, device: DeviceRange): void {
  if (!reportStep('Map', spaceMap(PAGE_FIRST, slot, 0n, READ_WRITE))) return;
  const first = memoryRegister(PAGE_FIRST);
  if (!reportStep('Unmap', spaceUnmap(PAGE_FIRST))) return;
  if (!reportStep('Map', spaceMap(PAGE_FIRST, slot, 0n, READ_WRITE))) return;
  reportBegin('');
  printDevice(device);
  printText(' mapped twice, and read');
  reportHolds(memoryRegister(PAGE_FIRST) === first, 'the same word both times');
  if (!reportStep('Unmap', spaceUnmap(PAGE_FIRST))) return;
  const executable = spaceMap(PAGE_FIRST, slot, 0n, RIGHT_DEVICE_READ | RIGHT_FRAMES_EXECUTE);
  reportRights('the same to be executed', executable, ERROR_MISSING_RIGHTS, RIGHT_FRAMES_EXECUTE, KIND_FRAMES);
  const pages: u64 = device.size >> 12n;
  reportRefusal(
    'the page after its last one',
    spaceMap(PAGE_FIRST, slot, pages, READ_WRITE),
    ERROR_OUT_OF_RANGE,
    pages,
  );
  reportRefusal('a page of it becomes User', framesRetype(slot, 0n, FRAME_TYPE_USER), ERROR_WRONG_KIND, KIND_DEVICE);
}

/** The section on device memory; none if the machine has no device that can be read without any effect. */
export function showDeviceMemory(info: BootInfo): void {
  const index = harmlessDevice(info);
  if (index === NO_DEVICE) return;
  reportTitle('Device memory');
  showDevicePage(u64(BOOT_SLOT_DEVICES + index), info.devices[index]);
  reportStep('the page tables given back', spaceGiveBack());
}
