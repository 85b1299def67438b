/** Blocks of words by which a component and its threads tell each other something. */

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
