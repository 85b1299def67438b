/** The programs in `programs.S`, and the blocks of words by which they are told and tell. */

export const PROGRAM_ZEROS: u64 = 0n;
export const PROGRAM_KEEPS: u64 = 1n;
export const PROGRAM_LOAD: u64 = 2n;
export const PROGRAM_STORE: u64 = 3n;
export const PROGRAM_FETCH: u64 = 4n;
export const PROGRAM_ILLEGAL: u64 = 5n;
export const PROGRAM_MISALIGNED: u64 = 6n;
export const PROGRAM_BREAK: u64 = 7n;
export const PROGRAM_YIELDS: u64 = 8n;
export const PROGRAM_SPINS: u64 = 9n;
export const PROGRAM_WAITS: u64 = 10n;
export const PROGRAM_RUNS: u64 = 11n;
export const PROGRAM_SIGNALS: u64 = 12n;

/** What a program and the component tell each other. Threads write it while the component runs them: so the words are atomic. */
export class Block {
  readonly words = array(atomic(u64), 8);
}
export const blocks = array(Block, 16);

/** Sets a word of a block. */
export function blockSet(block: u32, word: u32, value: u64): void {
  blocks[block & 15].words[word & 7].store(value);
}

/** A word of a block. */
export function blockWord(block: u32, word: u32): u64 {
  return blocks[block & 15].words[word & 7].load();
}

/** The address of a block. */
export function blockAddress(block: u32): u64 {
  return addressOf(blocks[block & 15]);
}
