/** The components of the system: each is made of a member of the boot archive, and is given what it needs and no more. */

import {
  BOOT_DEVICE_LIMIT,
  BOOT_SLOT_CONSOLE,
  BOOT_SLOT_DEVICES,
  BOOT_SLOT_FRAMES,
  BOOT_SLOT_INTERRUPT_CONTROL,
  BOOT_SLOT_TABLE,
  BOOT_SLOT_THREAD,
  BootInfo,
} from '../../kernel-src/abi/boot-info.ts';
import { ERROR_NO_CAPABILITY, ERROR_OK } from '../../kernel-src/abi/errors.ts';
import { KIND_INTERRUPT, KIND_INVOCATION } from '../../kernel-src/abi/kinds.ts';
import { type Outcome } from '../../kernel-src/abi/outcome.ts';
import {
  RIGHT_COMPONENT_RETIRE,
  RIGHT_DEVICE_READ,
  RIGHT_DEVICE_WRITE,
  RIGHT_FRAMES_READ,
  RIGHT_FRAMES_RETYPE,
  RIGHT_FRAMES_WRITE,
  RIGHT_PAGE_TABLE_MAP,
  RIGHT_PAGE_TABLE_REMOVE,
  RIGHT_THREAD_REGISTERS,
  RIGHT_THREAD_RUN,
  RIGHT_THREAD_SIGNAL,
  RIGHTS_CAPABILITY_TABLE,
} from '../../kernel-src/abi/rights.ts';
import { spaceMapIn } from '../lib/address-space.ts';
import { archiveFind } from '../lib/archive.ts';
import { TreeDevice } from '../lib/device-tree.ts';
import { capabilityTableCopy, capabilityTableCreate } from '../lib/generated/operations.ts';
import { Program, programMake } from '../lib/program.ts';
import { SCHEDULER_SELF, SCHEDULER_THREADS } from '../lib/scheduler-calls.ts';
import {
  SERIAL_CLIENTS,
  SERIAL_INTERRUPT,
  SERIAL_INTERRUPTS,
  SERIAL_WORK,
  SERIAL_PAGE,
  serialArgument,
} from '../lib/serial.ts';
import { CLIENT_COMPONENT, CLIENT_ROOT, CLIENT_THREAD } from '../lib/service-slots.ts';
import { SIGNAL_MARK } from '../lib/signals.ts';
import { TERMINAL_SIGNAL } from '../lib/terminal.ts';
import { mustBe } from './must.ts';

const TABLE: u64 = u64(BOOT_SLOT_TABLE);
const SELF: u64 = u64(BOOT_SLOT_THREAD);
const CONSOLE: u64 = u64(BOOT_SLOT_CONSOLE);
const FRAMES: u64 = u64(BOOT_SLOT_FRAMES);
const READ_WRITE: u64 = RIGHT_DEVICE_READ | RIGHT_DEVICE_WRITE;

/** Badges of the console driver's clients; `TERMINAL_READER` is that of the first. */
export const BADGE_ECHO: u64 = 0n;
export const BADGE_SIEVE: u64 = 1n;
export const BADGE_PAGER: u64 = 2n;
export const BADGE_WATCHDOG: u64 = 3n;

/** Makes a component of a member of the archive. */
export function partMake(program: Program, info: BootInfo, name: Text, argument: u64): void {
  const member = archiveFind(info.archive, info.archiveSize, name);
  mustBe(member.found, 'in the boot archive: the member', name);
  program.timebase = info.timebase;
  program.argument = argument;
  partStep(programMake(program, member.content, member.size), name);
}

/** A step on the way that must succeed. */
export function partStep(answer: Outcome, name: Text): void {
  mustBe(answer.error === ERROR_OK, 'made and given what it needs: the component', name);
}

/** Copies a capability of the booter's into a slot of a component. */
export function partGive(program: Program, slot: u64, source: u64, rights: u64, mask: u64): void {
  const copied = capabilityTableCopy(program.table, slot, source, rights, 0n, 0n, mask);
  mustBe(copied.error === ERROR_OK, 'given: a capability', '');
}

/** Maps the page of the port's registers for the driver. Answers why that fails. */
function mapPort(driver: Program, info: BootInfo, port: TreeDevice): Outcome {
  for (let index: u32 = 0; index < BOOT_DEVICE_LIMIT; index++) {
    if (index >= info.deviceCount) break;
    const device = info.devices[index];
    if (port.base < device.base || port.base - device.base >= device.size) continue;
    const page: u64 = (port.base - device.base) >> 12n;
    return spaceMapIn(driver.space, SERIAL_PAGE, u64(BOOT_SLOT_DEVICES + index), page, READ_WRITE);
  }
  return { error: ERROR_NO_CAPABILITY, value: 0n };
}

/** The console driver: the registers, the interrupt, and its own thread to be signalled. */
export function partDriver(driver: Program, info: BootInfo, port: TreeDevice, kind: u64): void {
  partMake(driver, info, 'console', serialArgument(port, kind));
  partStep(mapPort(driver, info, port), 'console');
  const control: u64 = u64(BOOT_SLOT_INTERRUPT_CONTROL);
  partStep(
    capabilityTableCreate(driver.table, SERIAL_INTERRUPT, KIND_INTERRUPT, control, port.line, 0n, 0n),
    'console',
  );
  partGive(driver, SELF, driver.thread, RIGHT_THREAD_SIGNAL, SERIAL_INTERRUPTS | SERIAL_WORK);
}

/** Makes a component a client of the console driver: it can call it, and the driver can signal it. It has `rights` on its own table. */
export function partConsole(client: Program, driver: Program, badge: u64, rights: u64): void {
  const made = capabilityTableCreate(client.table, CONSOLE, KIND_INVOCATION, driver.component, driver.entry, badge, 0n);
  mustBe(made.error === ERROR_OK, 'given: the console', '');
  partGive(driver, SERIAL_CLIENTS + badge, client.thread, RIGHT_THREAD_SIGNAL, TERMINAL_SIGNAL);
  partGive(client, TABLE, client.table, rights, 0n);
}

/** The pager makes page tables, so it may change its own table. It gets frames, and the thread, the component and the page table of its client. */
export function partPager(pager: Program, driver: Program, client: Program, first: u64, count: u64): void {
  partGive(pager, CLIENT_THREAD, client.thread, RIGHT_THREAD_RUN | RIGHT_THREAD_REGISTERS, 0n);
  partGive(pager, CLIENT_COMPONENT, client.component, RIGHT_COMPONENT_RETIRE, 0n);
  partGive(pager, CLIENT_ROOT, client.root, RIGHT_PAGE_TABLE_MAP | RIGHT_PAGE_TABLE_REMOVE, 0n);
  const rights: u64 = RIGHT_FRAMES_RETYPE | RIGHT_FRAMES_READ | RIGHT_FRAMES_WRITE;
  partStep(capabilityTableCopy(pager.table, FRAMES, FRAMES, rights, first, count, 0n), 'pager');
  partConsole(pager, driver, BADGE_PAGER, RIGHTS_CAPABILITY_TABLE);
}

/** The scheduler: the booter's thread, to be marked. */
export function partScheduler(scheduler: Program): void {
  partGive(scheduler, SCHEDULER_SELF, SELF, RIGHT_THREAD_SIGNAL, SIGNAL_MARK);
}

/** Gives the scheduler a thread to run. */
export function partThread(scheduler: Program, number: u64, program: Program): void {
  partGive(scheduler, SCHEDULER_THREADS + number, program.thread, RIGHT_THREAD_RUN, 0n);
}
