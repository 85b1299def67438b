/** Two devices of QEMU's machine "virt" that interrupt: a clock with an alarm, and a serial line whose transmitter is always ready. */

import {
  BOOT_DEVICE_LIMIT,
  BOOT_SLOT_DEVICES,
  BOOT_SLOT_INTERRUPT_CONTROL,
  BootInfo,
} from '../../../../kernel-src/abi/boot-info.ts';
import { ERROR_OK } from '../../../../kernel-src/abi/errors.ts';
import { KIND_INTERRUPT } from '../../../../kernel-src/abi/kinds.ts';
import { type Outcome } from '../../../../kernel-src/abi/outcome.ts';
import { RIGHT_DEVICE_READ, RIGHT_DEVICE_WRITE } from '../../../../kernel-src/abi/rights.ts';
import { spaceMap } from '../../../../user/lib/address-space.ts';
import { capabilityTableCreate } from '../../../../user/lib/generated/operations.ts';
import {
  memoryByteRegister,
  memoryRegister,
  memorySetByteRegister,
  memorySetRegister,
} from '../../../../user/lib/memory.ts';
import { TABLE } from '../workshop.ts';

/** Physical addresses and lines (QEMU, hw/riscv/virt.c). */
const CLOCK_BASE: u64 = 0x10_1000n;
export const CLOCK_LINE: u64 = 11n;
const SERIAL_BASE: u64 = 0x1000_0000n;
export const SERIAL_LINE: u64 = 10n;
/** The interrupt controller. */
const CONTROLLER_BASE: u64 = 0xc00_0000n;
const CONTROLLER_SIZE: u64 = 0x60_0000n;

/** Where the component sees them. */
const CLOCK: u64 = 0x4000_0000n;
const SERIAL: u64 = 0x4000_1000n;

/** Registers of the clock (goldfish RTC: QEMU, hw/rtc/goldfish_rtc.c): nanoseconds. The low half of the time is read first, that of the alarm is written last. */
const CLOCK_TIME_LOW: u64 = CLOCK;
const CLOCK_TIME_HIGH: u64 = CLOCK + 0x04n;
const CLOCK_ALARM_LOW: u64 = CLOCK + 0x08n;
const CLOCK_ALARM_HIGH: u64 = CLOCK + 0x0cn;
const CLOCK_ENABLE: u64 = CLOCK + 0x10n;
/** Written with 1, the clock lowers its line. */
export const CLOCK_CLEAR: u64 = CLOCK + 0x1cn;

/** Registers of the serial line (16550): which interrupts it makes, and which one there is. */
const SERIAL_ENABLE: u64 = SERIAL + 1n;
const SERIAL_IDENTIFY: u64 = SERIAL + 2n;
/** The transmitter has room: it always does. */
const TRANSMITTER_READY: u8 = 2;

/** Maps the device that begins at a physical address. */
function mapDevice(info: BootInfo, base: u64, address: u64): boolean {
  for (let index: u32 = 0; index < BOOT_DEVICE_LIMIT; index++) {
    if (index >= info.deviceCount) break;
    if (info.devices[index].base !== base) continue;
    const mapped = spaceMap(address, u64(BOOT_SLOT_DEVICES + index), 0n, RIGHT_DEVICE_READ | RIGHT_DEVICE_WRITE);
    return mapped.error === ERROR_OK;
  }
  return false;
}

/** Maps both devices. */
export function devicesMap(info: BootInfo): boolean {
  return mapDevice(info, CLOCK_BASE, CLOCK) && mapDevice(info, SERIAL_BASE, SERIAL);
}

/** Whether some device range has a part of the interrupt controller. */
export function controllerIsGiven(info: BootInfo): boolean {
  for (let index: u32 = 0; index < BOOT_DEVICE_LIMIT; index++) {
    if (index >= info.deviceCount) break;
    const device = info.devices[index];
    if (device.base < CONTROLLER_BASE + CONTROLLER_SIZE && CONTROLLER_BASE < device.base + device.size) return true;
  }
  return false;
}

/** Makes a capability for a line. */
export function lineMake(slot: u64, line: u64): Outcome {
  return capabilityTableCreate(TABLE, slot, KIND_INTERRUPT, u64(BOOT_SLOT_INTERRUPT_CONTROL), line, 0n, 0n);
}

/** Has the clock interrupt after some nanoseconds. */
export function clockAlarm(after: u64): void {
  const low = u64(memoryRegister(CLOCK_TIME_LOW));
  const alarm: u64 = (u64(memoryRegister(CLOCK_TIME_HIGH)) << 32n) + low + after;
  memorySetRegister(CLOCK_ENABLE, 1);
  memorySetRegister(CLOCK_ALARM_HIGH, u32.wrap(alarm >> 32n));
  memorySetRegister(CLOCK_ALARM_LOW, u32.wrap(alarm));
}

/** Lowers the line of the clock. */
export function clockClear(): void {
  memorySetRegister(CLOCK_CLEAR, 1);
}

/** Has the serial line interrupt now, or not at all. */
export function serialInterrupt(on: boolean): void {
  memorySetByteRegister(SERIAL_ENABLE, on ? TRANSMITTER_READY : 0);
  if (!on) memoryByteRegister(SERIAL_IDENTIFY);
}
