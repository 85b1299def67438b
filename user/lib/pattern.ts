/** Patterns that fill a page: to see whether memory is what was written, or zero. */

import { FRAME_SIZE } from '../../kernel-src/abi/boot-info.ts';
import { memorySetWord, memoryWord } from './memory.ts';

const WORD_BYTES: u64 = 8n;
/** Spreads neighbouring offsets over all 64 bits: 2^64 divided by the golden ratio. */
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15n;

/** The word at an offset of a page, never 0 for a seed below 2^32. */
function patternWord(seed: u64, offset: u64): u64 {
  return (((seed << 12n) | offset) + 1n) * SPREAD;
}

/** Writes the pattern of a seed into the page at an address. Pages of different seeds differ in every word. */
export function patternWrite(address: u64, seed: u64): void {
  for (let offset: u64 = 0n; offset < FRAME_SIZE; offset += WORD_BYTES) {
    memorySetWord(address + offset, patternWord(seed, offset));
  }
}

/** Whether the page at an address holds the pattern of a seed. */
export function patternHolds(address: u64, seed: u64): boolean {
  for (let offset: u64 = 0n; offset < FRAME_SIZE; offset += WORD_BYTES) {
    if (memoryWord(address + offset) !== patternWord(seed, offset)) return false;
  }
  return true;
}

/** Whether the page at an address is zero. */
export function pageIsZero(address: u64): boolean {
  for (let offset: u64 = 0n; offset < FRAME_SIZE; offset += WORD_BYTES) {
    if (memoryWord(address + offset) !== 0n) return false;
  }
  return true;
}
