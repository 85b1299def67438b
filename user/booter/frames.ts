/** Counts the frames of the machine by their type, each asked for by Inspect. */

import { BOOT_SLOT_FRAMES, BOOT_SLOT_TABLE, BootInfo } from '../../kernel-src/abi/boot-info.ts';
import { ERROR_OK } from '../../kernel-src/abi/errors.ts';
import { FRAME_WORD_TYPE_MASK, FRAME_WORD_TYPE_SHIFT } from '../../kernel-src/abi/frame-types.ts';
import { INSPECT_COUNT } from '../../kernel-src/abi/capability-table-operations.ts';
import { printDecimalAt, printHex, printLine, printText } from '../lib/console.ts';
import { errorName, frameTypeName } from '../lib/generated/names.ts';
import { capabilityTableInspect, framesInspect } from '../lib/generated/operations.ts';
import { printTitle } from './machine.ts';

/** Frame types that are counted; the last counter is for all others. */
const TYPE_LIMIT: u32 = 16;
/** Most frames of a machine: 256 GiB. */
const FRAME_LIMIT: u32 = 0x400_0000;
/** Where a count ends. */
const COUNT_END: u32 = 36;

/** Frames of each type. */
const counters = array(u64, 16);

/** Counts the frames of one range. False if one cannot be inspected. */
function countRange(slot: u64): boolean {
  const size = capabilityTableInspect(u64(BOOT_SLOT_TABLE), slot, INSPECT_COUNT);
  if (size.error !== ERROR_OK) return false;
  for (let index: u64 = 0n; index < size.value; index++) {
    bound(FRAME_LIMIT);
    const outcome = framesInspect(slot, index);
    if (outcome.error !== ERROR_OK) {
      printText('  frame ');
      printHex(index, 1);
      printText(' of the range answers ');
      printText(errorName(outcome.error));
      printLine();
      return false;
    }
    const type: u64 = (outcome.value >> FRAME_WORD_TYPE_SHIFT) & FRAME_WORD_TYPE_MASK;
    const counter: u32 = type < u64(TYPE_LIMIT) ? u32(type) : TYPE_LIMIT - 1;
    counters[counter] = counters[counter] + 1n;
  }
  return true;
}

/** Frames by type. False if a frame could not be inspected. */
export function showFrames(info: BootInfo): boolean {
  printTitle('Frames by type');
  for (const index of range(info.ramCount)) {
    bound(8);
    if (!countRange(u64(BOOT_SLOT_FRAMES + index))) return false;
  }
  for (let type: u32 = 0; type < TYPE_LIMIT; type++) {
    if (counters[type] !== 0n) {
      printText('  ');
      printText(frameTypeName(u64(type)));
      printDecimalAt(counters[type], COUNT_END);
      printLine();
    }
  }
  return true;
}
