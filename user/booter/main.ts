/**
 * The booter: the first component. It shows what it was given, makes tables,
 * page tables, a component and a thread out of frames that it types itself, uses
 * memory, tries what is forbidden, and gives everything back. Then it switches
 * the machine off: with exit code 0 if every answer was the expected one and
 * every frame is back, else with 1.
 */

import {
  ABI_VERSION,
  BOOT_INFO_MAGIC,
  BOOT_SLOT_FRAMES,
  BOOT_SLOT_ROOT,
  BOOT_SLOT_SYSTEM,
  BOOT_SLOT_TABLE,
  BootInfo,
} from '../../kernel-src/abi/boot-info.ts';
import { ERROR_OK } from '../../kernel-src/abi/errors.ts';
import { spaceStart } from '../lib/address-space.ts';
import { printDecimal, printGrouped, printHex, printLine, printText } from '../lib/console.ts';
import { instructionsRetired } from '../lib/counters.ts';
import { framesStart } from '../lib/frames.ts';
import { systemShutdown } from '../lib/generated/operations.ts';
import { showArchive } from './archive.ts';
import { showCapabilities } from './capabilities.ts';
import { showComponents } from './components.ts';
import { showDeviceMemory } from './device.ts';
import { framesRemember, showFrames } from './frames.ts';
import { showDevices, showHarts, showMemory } from './machine.ts';
import { showOrphans } from './orphans.ts';
import { showPageTables } from './page-tables.ts';
import { showPages } from './pages.ts';
import { showRefusals } from './refusals.ts';
import { reportIsSound } from './report.ts';
import { showTyping } from './retype.ts';
import { showTables } from './tables.ts';

/** The exit code when something was not as expected. */
const EXIT_FAILURE: u64 = 1n;

/** Most instructions from one read of the counter to the next one, in any build. */
const NEIGHBOURS: u64 = 16n;

/** Switches the machine off; never comes back. */
function powerOff(code: u64): never {
  systemShutdown(u64(BOOT_SLOT_SYSTEM), code);
  unreachable();
}

/** Whether the kernel speaks the interface that this component was built for. */
function checkInterface(info: BootInfo): boolean {
  if (info.magic !== BOOT_INFO_MAGIC) {
    printText('booter: the BootInfo begins with ');
    printHex(info.magic, 16);
    printText(', expected ');
    printHex(BOOT_INFO_MAGIC, 16);
    printText(': the kernel did not start this component');
    printLine();
    return false;
  }
  if (info.abiVersion >> 16 !== ABI_VERSION >> 16 || info.size < sizeof<BootInfo>()) {
    printText('booter: the kernel has interface version ');
    printVersion(info.abiVersion);
    printText(', this component is for ');
    printVersion(ABI_VERSION);
    printText(': build both from the same sources');
    printLine();
    return false;
  }
  return true;
}

function printVersion(version: u32): void {
  printDecimal(u64(version >> 16));
  printText('.');
  printDecimal(u64(version & 0xffff));
}

/** Says hello; `now` is the instruction counter as it was when this component began. */
function showGreeting(info: BootInfo, now: u64): void {
  printLine();
  printText('Hello from user mode. Interface ');
  printVersion(info.abiVersion);
  printText(', time counter ');
  printGrouped(info.timebase);
  printText(' Hz.\n');
  if (!countsInstructions()) return;
  printText('The kernel took ');
  printGrouped(now - info.entryInstructions - info.firmwareInstructions);
  printText(' instructions from its first one to here, without the console of the firmware.\n');
}

/** Whether the counter counts instructions: two reads are next to each other. Without --icount, QEMU shows a clock in its place. */
function countsInstructions(): boolean {
  const first = instructionsRetired();
  const second = instructionsRetired();
  return second !== first && second - first <= NEIGHBOURS;
}

/** What the booter was given. */
function showMachine(info: BootInfo): void {
  showMemory(info);
  showHarts(info);
  showDevices(info);
  showArchive(info);
  showCapabilities();
}

/** What it does with that, and what it may not do. */
function showUse(info: BootInfo): void {
  showRefusals();
  showTyping();
  showPages();
  showDeviceMemory(info);
  showPageTables();
  showTables();
  showOrphans();
  showComponents();
}

/** Entered by the start file. */
export function componentMain(info: BootInfo): never {
  const now = instructionsRetired();
  if (!checkInterface(info)) powerOff(EXIT_FAILURE);
  framesStart(u64(BOOT_SLOT_TABLE), u64(BOOT_SLOT_FRAMES), u64(info.ramCount));
  spaceStart(u64(BOOT_SLOT_TABLE), u64(BOOT_SLOT_ROOT));
  const before = framesRemember(info);
  showGreeting(info, now);
  showMachine(info);
  if (before.error === ERROR_OK) showUse(info);
  showFrames(info, before);
  printLine();
  if (!reportIsSound()) {
    printText('Something was not as expected: see the lines above. Exit code 1.');
    printLine();
    powerOff(EXIT_FAILURE);
  }
  printText('Every answer was the expected one. Exit code 0.');
  printLine();
  powerOff(0n);
}
