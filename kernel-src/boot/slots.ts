/** Fills the booter's capability table: everything that the machine has. */

import {
  BOOT_DEVICE_LIMIT,
  BOOT_HART_LIMIT,
  BOOT_RAM_LIMIT,
  BOOT_SLOT_COMPONENT,
  BOOT_SLOT_CONSOLE,
  BOOT_SLOT_DEVICES,
  BOOT_SLOT_FRAMES,
  BOOT_SLOT_HARTS,
  BOOT_SLOT_INTERRUPT_CONTROL,
  BOOT_SLOT_PAGE_TABLES,
  BOOT_SLOT_ROOT,
  BOOT_SLOT_SYSTEM,
  BOOT_SLOT_TABLE,
  BOOT_SLOT_THREAD,
  type BootInfo,
} from '../abi/boot-info.ts';
import {
  KIND_CAPABILITY_TABLE,
  KIND_COMPONENT,
  KIND_CONSOLE,
  KIND_DEVICE,
  KIND_FRAMES,
  KIND_HART,
  KIND_INTERRUPT_CONTROL,
  KIND_PAGE_TABLE,
  KIND_SYSTEM,
  KIND_THREAD,
} from '../abi/kinds.ts';
import {
  RIGHT_CONSOLE_WRITE,
  RIGHT_HART_START,
  RIGHT_INTERRUPT_BIND,
  RIGHT_SYSTEM_SHUTDOWN,
  RIGHTS_CAPABILITY_TABLE,
  RIGHTS_COMPONENT,
  RIGHTS_DEVICE,
  RIGHTS_FRAMES,
  RIGHTS_PAGE_TABLE,
  RIGHTS_THREAD,
} from '../abi/rights.ts';
import { slotGrant } from '../capability/slot.ts';
import { type CapabilityTable } from '../capability/table.ts';
import { PAGE_SHIFT } from '../machine/layout.ts';
import { bootHarts } from './harts.ts';
import { memoryRanges } from './memory.ts';
import { bootSpace, SPACE_TABLE_LIMIT } from './space.ts';

/** Every bit of a thread's signals. */
const ALL_SIGNALS: u64 = 0xffff_ffff_ffff_ffffn;

/** The frames of the booter's own objects. */
export type BooterFrames = {
  readonly table: u64;
  readonly root: u64;
  readonly component: u64;
  readonly thread: u64;
};

/** The objects of the booter, each of which counts one reference for its slot. */
export function slotsObjects(table: CapabilityTable, frames: BooterFrames): void {
  slotGrant(table.slots[BOOT_SLOT_TABLE], KIND_CAPABILITY_TABLE, RIGHTS_CAPABILITY_TABLE, frames.table, 0n, 0n);
  slotGrant(table.slots[BOOT_SLOT_ROOT], KIND_PAGE_TABLE, RIGHTS_PAGE_TABLE, frames.root, 0n, 0n);
  slotGrant(table.slots[BOOT_SLOT_COMPONENT], KIND_COMPONENT, RIGHTS_COMPONENT, frames.component, 0n, 0n);
  table.slots[BOOT_SLOT_THREAD].badge.store(ALL_SIGNALS);
  slotGrant(table.slots[BOOT_SLOT_THREAD], KIND_THREAD, RIGHTS_THREAD, frames.thread, 0n, 0n);
  for (let index: u32 = 0; index < SPACE_TABLE_LIMIT && index < bootSpace.count; index++) {
    const slot = table.slots[BOOT_SLOT_PAGE_TABLES + index];
    slotGrant(slot, KIND_PAGE_TABLE, RIGHTS_PAGE_TABLE, bootSpace.tables[index] >> PAGE_SHIFT, 0n, 0n);
  }
}

/** The machine: console, power, interrupts, harts, memory, devices. None of them has an object. */
export function slotsMachine(table: CapabilityTable, info: BootInfo): void {
  slotGrant(table.slots[BOOT_SLOT_CONSOLE], KIND_CONSOLE, RIGHT_CONSOLE_WRITE, 0n, 0n, 0n);
  slotGrant(table.slots[BOOT_SLOT_SYSTEM], KIND_SYSTEM, RIGHT_SYSTEM_SHUTDOWN, 0n, 0n, 0n);
  slotGrant(table.slots[BOOT_SLOT_INTERRUPT_CONTROL], KIND_INTERRUPT_CONTROL, RIGHT_INTERRUPT_BIND, 0n, 0n, 0n);
  for (let index: u32 = 0; index < BOOT_HART_LIMIT && index < bootHarts.count; index++) {
    const slot = table.slots[BOOT_SLOT_HARTS + index];
    slot.badge.store(u64(index));
    slotGrant(slot, KIND_HART, RIGHT_HART_START, 0n, bootHarts.identifiers[index], 0n);
  }
  for (let index: u32 = 0; index < BOOT_RAM_LIMIT && index < memoryRanges.count; index++) {
    const range = memoryRanges.parts[index];
    const slot = table.slots[BOOT_SLOT_FRAMES + index];
    slotGrant(slot, KIND_FRAMES, RIGHTS_FRAMES, 0n, range.base >> PAGE_SHIFT, range.size >> PAGE_SHIFT);
  }
  for (let index: u32 = 0; index < BOOT_DEVICE_LIMIT && index < info.deviceCount; index++) {
    const range = info.devices[index];
    const slot = table.slots[BOOT_SLOT_DEVICES + index];
    slotGrant(slot, KIND_DEVICE, RIGHTS_DEVICE, 0n, range.base >> PAGE_SHIFT, range.size >> PAGE_SHIFT);
  }
}
