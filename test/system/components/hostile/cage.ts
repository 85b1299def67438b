/** The hostile component: everything of it comes out of one range of frames, and is taken back into it. */

import {
  BOOT_SLOT_CONSOLE,
  BOOT_SLOT_DEVICES,
  BOOT_SLOT_HARTS,
  BOOT_SLOT_INTERRUPT_CONTROL,
  BOOT_SLOT_SYSTEM,
  BootInfo,
  MEMORY_FREE,
} from '../../../../kernel-src/abi/boot-info.ts';
import { INSPECT_FIRST } from '../../../../kernel-src/abi/capability-table-operations.ts';
import { ERROR_NO_CAPABILITY, ERROR_OK } from '../../../../kernel-src/abi/errors.ts';
import { FRAME_TYPE_BLANK, FRAME_TYPE_USER } from '../../../../kernel-src/abi/frame-types.ts';
import {
  KIND_CAPABILITY_TABLE,
  KIND_COMPONENT,
  KIND_INTERRUPT,
  KIND_INVOCATION,
  KIND_PAGE_TABLE,
  KIND_THREAD,
} from '../../../../kernel-src/abi/kinds.ts';
import { type Outcome } from '../../../../kernel-src/abi/outcome.ts';
import {
  RIGHT_COMPONENT_BIND,
  RIGHT_DEVICE_READ,
  RIGHT_FRAMES_EXECUTE,
  RIGHT_FRAMES_READ,
  RIGHT_FRAMES_WRITE,
  RIGHT_THREAD_SIGNAL,
  RIGHTS_COMPONENT,
} from '../../../../kernel-src/abi/rights.ts';
import { spaceMap, spaceUnmap } from '../../../../user/lib/address-space.ts';
import {
  capabilityTableClear,
  capabilityTableCopy,
  capabilityTableCreate,
  capabilityTableInspect,
  framesRetype,
  pageTableLink,
  pageTableMap,
  threadWriteRegister,
} from '../../../../user/lib/generated/operations.ts';
import { memorySetWord, memoryWord } from '../../../../user/lib/memory.ts';
import { rangeReclaim } from '../../../../user/lib/objects.ts';
import { tapOk } from '../tap.ts';
import { COMPONENT, FRAMES, PC, programAt, SLOTS, TABLE } from '../workshop.ts';

/** Slots of this component. */
export const CAGE: u64 = SLOTS;
const MADE: u64 = SLOTS + 1n;
const MADE_COUNT: u64 = 6n;
const ROOT: u64 = MADE;
const MIDDLE: u64 = MADE + 1n;
const LOWEST: u64 = MADE + 2n;
const HOLD: u64 = MADE + 3n;
const CAGED: u64 = MADE + 4n;
export const HOSTILE: u64 = MADE + 5n;
export const VICTIM: u64 = SLOTS + 7n;
const SERVER: u64 = SLOTS + 8n;
export const CLOCK_LINE: u64 = SLOTS + 9n;
/** The range: frames in it, by their index: objects in the order of their slots, the code, a page of data, and those that it is given. */
export const CAGE_FRAMES: u64 = 40n;
const CODE_FRAME: u64 = 6n;
const DATA_FRAME: u64 = 7n;
const GIVEN_FRAME: u64 = 8n;
/** Where the code is in its address space: entry 300 of its lowest table; the data are in the next. */
const CODE_ENTRY: u64 = 300n;
export const CODE: u64 = CODE_ENTRY << 12n;
/** Where this component writes the code. */
const WINDOW: u64 = 0x4000_1000n;
const RED: u64 = 0x1dn;
/** Line of the clock (QEMU, hw/riscv/virt.c), and the clock among the devices. */
const CLOCK_NUMBER: u64 = 11n;
const CLOCK_BASE: u64 = 0x10_1000n;
const PROGRAM_HOSTILE: u64 = 0n;
const PROGRAM_HOSTILE_END: u64 = 1n;
const PROGRAM_SERVER: u64 = 2n;
const REGISTER_S0: u64 = 8n;

/** A capability for the last frames of the first free part of memory that has many. */
function cageRange(info: BootInfo): Outcome {
  const first = capabilityTableInspect(TABLE, FRAMES, INSPECT_FIRST).value;
  for (let index: u32 = 0; index < 32; index++) {
    if (index >= info.memoryCount) break;
    const part = info.memory[index];
    const frames: u64 = part.size >> 12n;
    if (part.use !== MEMORY_FREE || frames < 8n * CAGE_FRAMES) continue;
    const begin: u64 = (part.base >> 12n) + frames - CAGE_FRAMES - first;
    return capabilityTableCopy(TABLE, CAGE, FRAMES, 0xfn, begin, CAGE_FRAMES, 0n);
  }
  return { error: ERROR_NO_CAPABILITY, value: 0n };
}

/** The slot of the clock's device range. */
export function clockSlot(info: BootInfo): u64 {
  for (let index: u32 = 0; index < 32; index++) {
    if (index < info.deviceCount && info.devices[index].base === CLOCK_BASE) return u64(BOOT_SLOT_DEVICES + index);
  }
  return 0n;
}

/** What there is once: the range, an entry point of this component, a line. */
export function cageStart(info: BootInfo): boolean {
  const control = u64(BOOT_SLOT_INTERRUPT_CONTROL);
  return (
    tapOk(cageRange(info), 0n) &&
    tapOk(capabilityTableCreate(TABLE, SERVER, KIND_INVOCATION, COMPONENT, programAt(PROGRAM_SERVER), RED, 0n), 1n) &&
    tapOk(capabilityTableCreate(TABLE, CLOCK_LINE, KIND_INTERRUPT, control, CLOCK_NUMBER, 0n, 0n), 2n)
  );
}

/** An object in a frame of the range, in the slot of the same place. */
function make(index: u64, kind: u64, first: u64, second: u64): boolean {
  return (
    tapOk(framesRetype(CAGE, index, FRAME_TYPE_BLANK), index) &&
    tapOk(capabilityTableCreate(TABLE, MADE + index, kind, CAGE, index, first, second), index)
  );
}

/** A page of the range in its address space. */
function map(index: u64, entry: u64, permissions: u64): boolean {
  return (
    tapOk(framesRetype(CAGE, index, FRAME_TYPE_USER), index) &&
    tapOk(pageTableMap(LOWEST, entry, CAGE, index, permissions), index)
  );
}

/** Writes the code into its page. */
function writeCode(): boolean {
  const from = programAt(PROGRAM_HOSTILE);
  const length: u64 = programAt(PROGRAM_HOSTILE_END) - from;
  if (!tapOk(spaceMap(WINDOW, CAGE, CODE_FRAME, RIGHT_FRAMES_READ | RIGHT_FRAMES_WRITE), 0n)) return false;
  for (let offset: u64 = 0n; offset < length; offset += 8n) {
    bound(512);
    memorySetWord(WINDOW + offset, memoryWord(from + offset));
  }
  return tapOk(spaceUnmap(WINDOW), 1n);
}

/** Gives it a capability. */
function give(slot: u64, source: u64, rights: u64, mask: u64): boolean {
  return tapOk(capabilityTableCopy(HOLD, slot, source, rights, 0n, 0n, mask), slot);
}

/** What it may use: all of itself, the rest of the range, an entry point, a signal of another thread, a line, a clock to look at. */
function giveAll(info: BootInfo, retires: boolean): boolean {
  const own = give(0n, HOLD, 0xfn, 0n) && give(1n, ROOT, 0xfn, 0n) && give(5n, LOWEST, 0xfn, 0n);
  const self =
    give(2n, CAGED, retires ? RIGHTS_COMPONENT : RIGHT_COMPONENT_BIND, 0n) && give(3n, HOSTILE, 0xfn, 0xffffn);
  const given = tapOk(capabilityTableCopy(HOLD, 4n, CAGE, 0xfn, GIVEN_FRAME, CAGE_FRAMES - GIVEN_FRAME, 0n), 4n);
  const others =
    give(6n, SERVER, 1n, 0n) &&
    give(7n, VICTIM, RIGHT_THREAD_SIGNAL, 1n) &&
    give(8n, CLOCK_LINE, 3n, 0n) &&
    give(9n, u64(BOOT_SLOT_INTERRUPT_CONTROL), 1n, 0n) &&
    give(10n, u64(BOOT_SLOT_HARTS), 1n, 0n) &&
    give(11n, clockSlot(info), RIGHT_DEVICE_READ, 0n);
  return (
    own &&
    self &&
    given &&
    others &&
    give(12n, u64(BOOT_SLOT_SYSTEM), 0n, 0n) &&
    give(13n, u64(BOOT_SLOT_CONSOLE), 0n, 0n)
  );
}

/** Makes the component, and its thread ready to run. `seed`: not 0. */
export function cageMake(info: BootInfo, seed: u64, retires: boolean): boolean {
  const tables =
    make(0n, KIND_PAGE_TABLE, 2n, 0n) && make(1n, KIND_PAGE_TABLE, 1n, 0n) && make(2n, KIND_PAGE_TABLE, 0n, 0n);
  if (!tables || !tapOk(pageTableLink(ROOT, 0n, MIDDLE), 0n) || !tapOk(pageTableLink(MIDDLE, 0n, LOWEST), 1n))
    return false;
  if (!map(CODE_FRAME, CODE_ENTRY, RIGHT_FRAMES_READ | RIGHT_FRAMES_EXECUTE) || !writeCode()) return false;
  if (!map(DATA_FRAME, CODE_ENTRY + 1n, RIGHT_FRAMES_READ | RIGHT_FRAMES_WRITE)) return false;
  const objects =
    make(3n, KIND_CAPABILITY_TABLE, 0n, 0n) && make(4n, KIND_COMPONENT, ROOT, HOLD) && make(5n, KIND_THREAD, CAGED, 0n);
  if (!objects || !giveAll(info, retires)) return false;
  return (
    tapOk(threadWriteRegister(HOSTILE, PC, CODE), 2n) && tapOk(threadWriteRegister(HOSTILE, REGISTER_S0, seed), 3n)
  );
}

/** Takes back every frame of the range, whatever it has become. */
export function cageTakeBack(): Outcome {
  const cleared = capabilityTableClear(TABLE, MADE, MADE_COUNT);
  if (cleared.error !== ERROR_OK) return cleared;
  return rangeReclaim(TABLE, CAGE);
}
