/**
 * The invariants of one moment, INV1 to INV6 and the half of INV10 that needs no attempt: every frame looked at anew.
 * `check-incremental.ts` is the fast form of it.
 */
import { TYPE } from './numbers.ts';
import { countOf, typeByteOf, type Places, type RawMemory } from './raw.ts';
import { isSettled, meets, scanFrame } from './scan.ts';

/** References that hold a frame and are in no memory: a test takes them to bring a count to its limit. */
export type Phantoms = ReadonlyMap<number, number>;

/** Every violation that is found in the memory, as sentences. */
export function checkFull(raw: RawMemory, places: Places, phantoms: Phantoms = new Map()): readonly string[] {
  const problems: string[] = [];
  const counts = new Array<number>(places.frames).fill(0);
  for (let index = 0; index < places.frames; index++) {
    const typeByte = typeByteOf(raw, places, index);
    if (!isSettled(typeByte)) problems.push(`INV10: frame ${index} has the type ${typeByte}`);
    if (places.reserved.has(index) !== (typeByte === TYPE.Reserved)) {
      problems.push(`INV10: frame ${index} is ${places.reserved.has(index) ? 'not ' : ''}Reserved`);
    }
    const scan = scanFrame(raw, places, index, typeByte & 0x7f);
    problems.push(...scan.problems);
    for (let at = 0; at < scan.references.length; at += 2) {
      const target = scan.references[at] ?? 0;
      const need = scan.references[at + 1] ?? 0;
      counts[target] = (counts[target] ?? 0) + 1;
      const found = typeByteOf(raw, places, target);
      if (!meets(found, need))
        problems.push(`INV2, INV5: frame ${index} needs type ${need} in ${target}: it is ${found}`);
    }
  }
  for (let index = 0; index < places.frames; index++) {
    const expected = (counts[index] ?? 0) + (phantoms.get(index) ?? 0);
    const found = countOf(raw, places, index);
    if (found !== expected) problems.push(`INV1: frame ${index} counts ${found} references; it has ${expected}`);
  }
  return problems;
}
