/** What is outside of the hostile component's authority, as one number: it must be the same before and after. */

import { BootInfo } from '../../../../kernel-src/abi/boot-info.ts';
import { INSPECT_COUNT, INSPECT_FIRST } from '../../../../kernel-src/abi/capability-table-operations.ts';
import { capabilityTableInspect, threadReadRegister } from '../../../../user/lib/generated/operations.ts';
import { wordsMix, wordsSum } from '../frame-words.ts';
import { TABLE } from '../workshop.ts';
import { CAGE, VICTIM } from './cage.ts';

/** Memory of this component. */
const guard = array(u64, 512);

/** Writes the memory that is looked at. */
export function outsideStart(): void {
  let word: u64 = 1n;
  for (let index: u32 = 0; index < 512; index++) {
    word = wordsMix(word, u64(index));
    guard[index] = word;
  }
}

/** The words of all frames but those of the hostile component. */
function framesSum(info: BootInfo): u64 {
  const cage = capabilityTableInspect(TABLE, CAGE, INSPECT_FIRST).value;
  return wordsSum(info.ramCount, cage, capabilityTableInspect(TABLE, CAGE, INSPECT_COUNT).value);
}

/** The capabilities of this component. */
function slotsSum(): u64 {
  let sum: u64 = 0n;
  for (let slot: u64 = 0n; slot < 64n; slot++) {
    for (let field: u64 = 0n; field < 4n; field++) {
      const told = capabilityTableInspect(TABLE, slot, field);
      sum = wordsMix(wordsMix(sum, told.error), told.value);
    }
  }
  return sum;
}

/** Memory and registers: those of this component, those of a thread that it could only signal. */
function memorySum(): u64 {
  let sum: u64 = 0n;
  for (const word of guard) sum = wordsMix(sum, word);
  for (let register: u64 = 0n; register < 65n; register++) {
    sum = wordsMix(sum, threadReadRegister(VICTIM, register).value);
  }
  return sum;
}

/** All of it. Taken while the hostile component has no capability for any of it. */
export function outsideSum(info: BootInfo): u64 {
  return wordsMix(wordsMix(framesSum(info), slotsSum()), memorySum());
}
