/** Free frames of the machine, for components that need a few. */

import { BOOT_SLOT_FRAMES, BOOT_SLOT_TABLE, BootInfo, MEMORY_FREE } from '../../../kernel-src/abi/boot-info.ts';
import { INSPECT_COUNT, INSPECT_FIRST } from '../../../kernel-src/abi/capability-table-operations.ts';
import { FRAME_WORD_TYPE_MASK, FRAME_WORD_TYPE_SHIFT } from '../../../kernel-src/abi/frame-types.ts';
import { capabilityTableInspect, framesInspect } from '../../../user/lib/generated/operations.ts';

/** The capability for the first range of frames, of which all indexes below are. */
export const FRAMES: u64 = u64(BOOT_SLOT_FRAMES);
/** How many frames `freeFrames` finds. */
export const FREE_FRAMES: u64 = 8n;
const TABLE: u64 = u64(BOOT_SLOT_TABLE);
const PAGE_SHIFT: u64 = 12n;

/** The index of the first of `FREE_FRAMES` free frames that follow each other. */
export function freeFrames(info: BootInfo): u64 {
  const first = capabilityTableInspect(TABLE, FRAMES, INSPECT_FIRST).value;
  const count = capabilityTableInspect(TABLE, FRAMES, INSPECT_COUNT).value;
  for (let part: u32 = 0; part < 32; part++) {
    if (part >= info.memoryCount) break;
    const begin: u64 = info.memory[part].base >> PAGE_SHIFT;
    const size: u64 = info.memory[part].size >> PAGE_SHIFT;
    const inside = begin >= first && begin + size <= first + count;
    if (info.memory[part].use === MEMORY_FREE && size >= FREE_FRAMES && inside) return begin - first;
  }
  unreachable();
}

/** Whether a frame has a type and a reference count, as Inspect tells them. */
export function frameIs(index: u64, type: u64, count: u64): boolean {
  const word: u64 = framesInspect(FRAMES, index).value & ((FRAME_WORD_TYPE_MASK << FRAME_WORD_TYPE_SHIFT) | 0xff_ffffn);
  return word === ((type << FRAME_WORD_TYPE_SHIFT) | count);
}
