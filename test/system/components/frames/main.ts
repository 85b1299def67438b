/** Every frame of the machine, as Frames.Inspect tells it, against the memory map of the BootInfo. */

import {
  BOOT_SLOT_FRAMES,
  BOOT_SLOT_TABLE,
  BootInfo,
  FRAME_SIZE,
  MEMORY_ARCHIVE,
  MEMORY_BOOTER,
  MEMORY_BOOT_INFO,
  MEMORY_DEVICE_TREE,
  MEMORY_FREE,
} from '../../../../kernel-src/abi/boot-info.ts';
import { ERROR_OK, ERROR_OUT_OF_RANGE } from '../../../../kernel-src/abi/errors.ts';
import {
  FRAME_TYPE_BUSY,
  FRAME_TYPE_DEAD,
  FRAME_TYPE_RESERVED,
  FRAME_TYPE_UNTYPED,
  FRAME_TYPE_USER,
  FRAME_WORD_COUNT_MASK,
  FRAME_WORD_TYPE_MASK,
  FRAME_WORD_TYPE_SHIFT,
} from '../../../../kernel-src/abi/frame-types.ts';
import { INSPECT_COUNT, INSPECT_FIRST } from '../../../../kernel-src/abi/capability-table-operations.ts';
import { capabilityTableInspect, framesInspect, framesRetype } from '../../../../user/lib/generated/operations.ts';
import { tapAnswer, tapCheck, tapEnd } from '../tap.ts';

const TABLE: u64 = u64(BOOT_SLOT_TABLE);
/** Most frames of a machine: 255 GiB. */
const FRAME_LIMIT: u32 = 0x3fc_0000;
const PAGE_SHIFT: u64 = 12n;

/** Whether a part of the memory map allows a type and a reference count. */
function allowed(use: u32, type: u64, count: u64): boolean {
  if (use === MEMORY_FREE) return type === FRAME_TYPE_UNTYPED && count === 0n;
  if (use === MEMORY_BOOT_INFO || use === MEMORY_DEVICE_TREE || use === MEMORY_ARCHIVE) {
    return type === FRAME_TYPE_USER && count === 1n;
  }
  if (use === MEMORY_BOOTER) return type >= FRAME_TYPE_USER && type < FRAME_TYPE_DEAD && count !== 0n;
  return type === FRAME_TYPE_RESERVED && count === 0n;
}

/** The slot of the range that holds a frame; 64 if none does. */
function slotOf(info: BootInfo, frame: u64): u64 {
  for (let index: u64 = 0n; index < 8n; index++) {
    if (index >= u64(info.ramCount)) break;
    const slot: u64 = u64(BOOT_SLOT_FRAMES) + index;
    const first = capabilityTableInspect(TABLE, slot, INSPECT_FIRST);
    const count = capabilityTableInspect(TABLE, slot, INSPECT_COUNT);
    if (first.error !== ERROR_OK || count.error !== ERROR_OK) continue;
    if (frame >= first.value && frame - first.value < count.value) return slot;
  }
  return 64n;
}

/** The frames of one part of the memory map. */
function checkPart(info: BootInfo, part: u32): boolean {
  const use = info.memory[part].use;
  const firstFrame: u64 = info.memory[part].base >> PAGE_SHIFT;
  const count: u64 = info.memory[part].size >> PAGE_SHIFT;
  const slot = slotOf(info, firstFrame);
  const range = capabilityTableInspect(TABLE, slot, INSPECT_FIRST);
  if (!tapAnswer(range, ERROR_OK, range.value, u64(part))) return false;
  for (let index: u64 = 0n; index < count; index++) {
    bound(FRAME_LIMIT);
    const found = framesInspect(slot, firstFrame - range.value + index);
    if (found.error !== ERROR_OK) return tapAnswer(found, ERROR_OK, 0n, firstFrame + index);
    const type: u64 = (found.value >> FRAME_WORD_TYPE_SHIFT) & FRAME_WORD_TYPE_MASK;
    if (!allowed(use, type, found.value & FRAME_WORD_COUNT_MASK)) {
      return tapAnswer(found, ERROR_OK, FRAME_TYPE_BUSY, firstFrame + index);
    }
  }
  return true;
}

/** The parts of the memory map follow each other, are made of whole frames, and none is empty. */
function isInOrder(info: BootInfo): boolean {
  let end: u64 = 0n;
  for (let part: u32 = 0; part < 32; part++) {
    if (part >= info.memoryCount) break;
    const base = info.memory[part].base;
    const size = info.memory[part].size;
    if (base < end || size === 0n || ((base | size) & (FRAME_SIZE - 1n)) !== 0n) return false;
    end = base + size;
  }
  return true;
}

/** Frames behind a range are refused to Inspect and to Retype, with the length of the range as the detail. */
function isOutside(slot: u64, index: u64, count: u64): boolean {
  const typed = framesRetype(slot, index, FRAME_TYPE_USER);
  return (
    tapAnswer(framesInspect(slot, index), ERROR_OUT_OF_RANGE, count, slot) &&
    tapAnswer(typed, ERROR_OUT_OF_RANGE, count, slot)
  );
}

/** So for each range, and with each stray bit. */
function checkEnds(info: BootInfo): boolean {
  let sound = true;
  for (let index: u64 = 0n; index < 8n; index++) {
    if (index >= u64(info.ramCount)) break;
    const slot: u64 = u64(BOOT_SLOT_FRAMES) + index;
    const count = capabilityTableInspect(TABLE, slot, INSPECT_COUNT).value;
    if (!isOutside(slot, count, count)) sound = false;
    for (let bit: u64 = 32n; bit < 64n; bit++) {
      if (!isOutside(slot, 1n << bit, count)) sound = false;
    }
  }
  return sound;
}

/** Entered by the start file. */
export function componentMain(info: BootInfo): never {
  tapCheck(info.memoryCount !== 0 && info.ramCount !== 0, 'there are a memory map and ranges of frames');
  tapCheck(isInOrder(info), 'the parts of the memory map are whole frames, in order, and apart');
  for (let part: u32 = 0; part < 32; part++) {
    if (part >= info.memoryCount) break;
    tapCheck(checkPart(info, part), 'T1: each frame of a part has the type and count that its use asks for');
  }
  tapCheck(
    checkEnds(info),
    'T2: frames behind a range, and indices with stray bits, are OutOfRange, with its length as the detail',
  );
  tapEnd();
}
