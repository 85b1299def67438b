/** What is outside of the hostile component's authority, as one number: it must be the same before and after. */

import { BOOT_SLOT_FRAMES, BootInfo } from '../../../../kernel-src/abi/boot-info.ts';
import { INSPECT_COUNT, INSPECT_FIRST } from '../../../../kernel-src/abi/capability-table-operations.ts';
import { FRAME_LIMIT, frameRangeLength } from '../../../../user/lib/frames.ts';
import {
  capabilityTableInspect,
  framesInspect,
  threadReadRegister,
} from '../../../../user/lib/generated/operations.ts';
import { TABLE } from '../workshop.ts';
import { CAGE, VICTIM } from './cage.ts';

/** Memory of this component. */
const guard = array(u64, 512);

/** One number out of what came before and a word. */
function mixed(sum: u64, word: u64): u64 {
  const next: u64 = sum ^ word;
  return ((next << 13n) | (next >> 51n)) ^ (next >> 7n);
}

/** Writes the memory that is looked at. */
export function outsideStart(): void {
  let word: u64 = 1n;
  for (let index: u32 = 0; index < 512; index++) {
    word = mixed(word, u64(index));
    guard[index] = word;
  }
}

/** The words of all frames but those of the hostile component. */
function framesSum(info: BootInfo): u64 {
  const cage = capabilityTableInspect(TABLE, CAGE, INSPECT_FIRST).value;
  const count = capabilityTableInspect(TABLE, CAGE, INSPECT_COUNT).value;
  let sum: u64 = 0n;
  for (let range: u64 = 0n; range < u64(info.ramCount); range++) {
    bound(8);
    const slot: u64 = u64(BOOT_SLOT_FRAMES) + range;
    const first = capabilityTableInspect(TABLE, slot, INSPECT_FIRST).value;
    const length = frameRangeLength(slot);
    for (let index: u64 = 0n; index < length; index++) {
      bound(FRAME_LIMIT);
      const frame: u64 = first + index;
      if (frame < cage || frame >= cage + count) sum = mixed(sum, framesInspect(slot, index).value);
    }
  }
  return sum;
}

/** The capabilities of this component. */
function slotsSum(): u64 {
  let sum: u64 = 0n;
  for (let slot: u64 = 0n; slot < 64n; slot++) {
    for (let field: u64 = 0n; field < 4n; field++) {
      const told = capabilityTableInspect(TABLE, slot, field);
      sum = mixed(mixed(sum, told.error), told.value);
    }
  }
  return sum;
}

/** Memory and registers: those of this component, those of a thread that it could only signal. */
function memorySum(): u64 {
  let sum: u64 = 0n;
  for (const word of guard) sum = mixed(sum, word);
  for (let register: u64 = 0n; register < 65n; register++) {
    sum = mixed(sum, threadReadRegister(VICTIM, register).value);
  }
  return sum;
}

/** All of it. Taken while the hostile component has no capability for any of it. */
export function outsideSum(info: BootInfo): u64 {
  return mixed(mixed(framesSum(info), slotsSum()), memorySum());
}
