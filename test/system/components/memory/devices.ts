/** T6: device memory is mapped, never typed, zeroed or executed. */

import {
  BOOT_DEVICE_LIMIT,
  BOOT_SLOT_DEVICES,
  BOOT_SLOT_TABLE,
  BootInfo,
  DeviceRange,
} from '../../../../kernel-src/abi/boot-info.ts';
import { ERROR_MISSING_RIGHTS, ERROR_OUT_OF_RANGE, ERROR_WRONG_KIND } from '../../../../kernel-src/abi/errors.ts';
import { FRAME_TYPE_USER } from '../../../../kernel-src/abi/frame-types.ts';
import { KIND_DEVICE } from '../../../../kernel-src/abi/kinds.ts';
import { RIGHT_DEVICE_READ, RIGHT_FRAMES_EXECUTE } from '../../../../kernel-src/abi/rights.ts';
import { spaceMap, spaceUnmap } from '../../../../user/lib/address-space.ts';
import {
  capabilityTableCopy,
  capabilityTableDrop,
  framesRecover,
  framesRetype,
} from '../../../../user/lib/generated/operations.ts';
import { memoryRegister } from '../../../../user/lib/memory.ts';
import { slotFind } from '../../../../user/lib/slots.ts';
import { tapAnswer, tapCheck, tapOk } from '../tap.ts';
import { PLACE, READ, READ_WRITE, WRITE } from './mapping.ts';

const TABLE: u64 = u64(BOOT_SLOT_TABLE);
/** Longest beginning of a name that is looked for. */
const NAME_LIMIT: u32 = 24;
/** Reads of the clock until it must have gone on. */
const READS: u32 = 10_000;

/** Whether the name of a device begins with a text. */
function isNamed(device: DeviceRange, text: Text): boolean {
  for (let index: u32 = 0; index < NAME_LIMIT; index++) {
    if (index >= textLength(text)) break;
    if (device.name[index] !== textByte(text, index)) return false;
  }
  return true;
}

/** The position of the first device whose name begins with a text; `BOOT_DEVICE_LIMIT` if there is none. */
function deviceNamed(info: BootInfo, text: Text): u32 {
  for (let index: u32 = 0; index < BOOT_DEVICE_LIMIT; index++) {
    if (index >= info.deviceCount) break;
    if (isNamed(info.devices[index], text)) return index;
  }
  return BOOT_DEVICE_LIMIT;
}

/** What is refused on a device. */
function checkRefused(slot: u64, pages: u64): void {
  const executed = spaceMap(PLACE, slot, 0n, READ | RIGHT_FRAMES_EXECUTE);
  tapCheck(
    tapAnswer(executed, ERROR_MISSING_RIGHTS, RIGHT_FRAMES_EXECUTE, 0n),
    'T6 a page of a device executable: MissingRights',
  );
  tapCheck(
    tapAnswer(spaceMap(PLACE, slot, pages, READ), ERROR_OUT_OF_RANGE, pages, 0n),
    'T6 the page after its last one: OutOfRange',
  );
  let sound = tapAnswer(framesRetype(slot, 0n, FRAME_TYPE_USER), ERROR_WRONG_KIND, KIND_DEVICE, 0n);
  sound = tapAnswer(framesRecover(slot, 0n, 63n), ERROR_WRONG_KIND, KIND_DEVICE, 1n) && sound;
  tapCheck(sound, 'T6 retype and recover of a page of it: WrongKind');
  const copy = slotFind(TABLE, 0n);
  sound = tapOk(capabilityTableCopy(TABLE, copy, slot, RIGHT_DEVICE_READ, 0n, 1n, 0n), 0n);
  sound = tapAnswer(spaceMap(PLACE, copy, 0n, READ_WRITE), ERROR_MISSING_RIGHTS, WRITE, 1n) && sound;
  sound = tapAnswer(spaceMap(PLACE, copy, 1n, READ), ERROR_OUT_OF_RANGE, 1n, 2n) && sound;
  sound = tapOk(spaceMap(PLACE, copy, 0n, READ), 3n) && tapOk(spaceUnmap(PLACE), 4n) && sound;
  tapCheck(
    tapOk(capabilityTableDrop(TABLE, copy), 5n) && sound,
    'T6 a copy for one page, to be read: it allows that and no more',
  );
}

/** A clock that is mapped goes on, and is the same one after it was mapped again. */
function checkClock(slot: u64): void {
  let sound = tapOk(spaceMap(PLACE, slot, 0n, READ), 0n);
  const first = memoryRegister(PLACE);
  let went = false;
  for (let read: u32 = 0; read < READS; read++) {
    if (memoryRegister(PLACE) !== first) went = true;
  }
  sound = tapOk(spaceUnmap(PLACE), 1n) && sound;
  tapCheck(sound && went, 'T6 a clock that is mapped goes on');
}

/** Everything about devices. The machine must have flash memory and a clock. */
export function checkDevices(info: BootInfo): void {
  const flash = deviceNamed(info, 'flash@');
  const clock = deviceNamed(info, 'rtc@');
  tapCheck(flash !== BOOT_DEVICE_LIMIT && clock !== BOOT_DEVICE_LIMIT, 'T6 the machine has flash memory and a clock');
  if (flash === BOOT_DEVICE_LIMIT || clock === BOOT_DEVICE_LIMIT) return;
  const slot = u64(BOOT_SLOT_DEVICES + flash);
  const pages: u64 = info.devices[flash].size >> 12n;
  let sound = tapOk(spaceMap(PLACE, slot, pages - 1n, READ_WRITE), 0n);
  const last = memoryRegister(PLACE + 0xffcn);
  sound = tapOk(spaceUnmap(PLACE), 1n) && tapOk(spaceMap(PLACE, slot, pages - 1n, READ_WRITE), 2n) && sound;
  tapCheck(
    memoryRegister(PLACE + 0xffcn) === last && sound,
    'T6 the last page of a device: mapped twice, content untouched',
  );
  tapCheck(tapOk(spaceUnmap(PLACE), 3n), 'T6 unmapped');
  checkRefused(slot, pages);
  checkClock(u64(BOOT_SLOT_DEVICES + clock));
}
