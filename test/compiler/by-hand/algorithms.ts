/** Algorithms that `algorithms.c` beside this file has written by hand, to compare what both cost. */

const CRC_POLYNOMIAL: u32 = 0xedb88320;
const FNV_OFFSET: u64 = 0xcbf29ce484222325n;
const FNV_PRIME: u64 = 0x100000001b3n;

class Scratch {
  readonly bytes = array(u8, 4096);
  readonly words = array(u32, 256);
  readonly table = array(u32, 256);
}
const scratch = new Scratch();

class Matrix {
  readonly rows = array(array(u32, 16), 16);
}
class Matrices {
  readonly left = new Matrix();
  readonly right = new Matrix();
  readonly product = new Matrix();
}
const matrices = new Matrices();

class Link {
  value: u32 = 0;
  next: Link | null = null;
}
class Chain {
  readonly links = array(Link, 64);
}
const chain = new Chain();

/** Numbers that look random: the same ones in both languages. */
function nextRandom(state: u32): u32 {
  return state * 1664525 + 1013904223;
}

/** A table of 256 words, then 4096 bytes through it. */
export function crc32(seed: u32): u32 {
  for (const index of range(256)) {
    let word: u32 = index;
    for (const bit of range(8)) word = (word & 1) === 0 ? word >> 1 : (word >> 1) ^ CRC_POLYNOMIAL;
    scratch.table[index] = word;
  }
  let state: u32 = seed;
  for (const index of range(4096)) {
    scratch.bytes[index] = u8.wrap(state >> 16);
    state = nextRandom(state);
  }
  let crc: u32 = 0xffffffff;
  for (const byte of scratch.bytes) crc = scratch.table[(crc ^ byte) & 0xff] ^ (crc >> 8);
  return ~crc;
}

/** The primes below 4096. */
export function countPrimes(first: u32): u32 {
  for (const index of range(4096)) scratch.bytes[index] = 1;
  let count: u32 = 0;
  for (let number: u32 = first; number < 4096; number++) {
    bound(4096);
    if (scratch.bytes[number] === 0) continue;
    count++;
    for (let multiple: u32 = number * 2; multiple < 4096; multiple += number) {
      bound(4096);
      scratch.bytes[multiple] = 0;
    }
  }
  return count;
}

/** Sorts 256 words by insertion; the middle one. */
export function sortWords(seed: u32): u32 {
  let state: u32 = seed;
  for (const index of range(256)) {
    scratch.words[index] = state;
    state = nextRandom(state);
  }
  for (const index of range(256)) {
    for (let place: u32 = index; place > 0; place--) {
      const word: u32 = scratch.words[place];
      const before: u32 = scratch.words[place - 1];
      if (before <= word) break;
      scratch.words[place] = before;
      scratch.words[place - 1] = word;
    }
  }
  return scratch.words[128];
}

/** The trace of a product of two matrices of 16 rows. */
export function multiplyMatrices(seed: u32): u32 {
  for (const row of range(16)) {
    for (const column of range(16)) {
      matrices.left.rows[row][column] = seed + row * column;
      matrices.right.rows[row][column] = seed ^ (row + column);
    }
  }
  let trace: u32 = 0;
  for (const row of range(16)) {
    for (const column of range(16)) {
      let sum: u32 = 0;
      for (const step of range(16)) sum += matrices.left.rows[row][step] * matrices.right.rows[step][column];
      matrices.product.rows[row][column] = sum;
    }
    trace += matrices.product.rows[row][row];
  }
  return trace;
}

/** FNV-1a of 64 bits, over 1024 bytes. */
export function hashBytes(seed: u32): u64 {
  for (const index of range(1024)) scratch.bytes[index] = u8.wrap(seed + index);
  let hash: u64 = FNV_OFFSET;
  for (const index of range(1024)) hash = (hash ^ u64(scratch.bytes[index])) * FNV_PRIME;
  return hash;
}

/** Links 64 objects into a list, and goes along it 64 times. */
export function walkChain(seed: u32): u32 {
  let first: Link | null = null;
  for (const index of range(64)) {
    const link = chain.links[index];
    link.value = seed + index;
    link.next = first;
    first = link;
  }
  let sum: u32 = 0;
  for (const round of range(64)) {
    let at: Link | null = first;
    while (at !== null) {
      bound(64);
      sum += at.value ^ round;
      at = at.next;
    }
  }
  return sum;
}

/** The digits of 64 numbers of 64 bits: their sum. */
export function sumDigits(seed: u32): u32 {
  let number: u64 = u64(seed) * 0x9e3779b97f4a7c15n;
  let sum: u32 = 0;
  for (const round of range(64)) {
    let rest: u64 = number;
    while (rest !== 0n) {
      bound(20);
      sum += u32(rest % 10n);
      rest = rest / 10n;
    }
    number = number * 6364136223846793005n + 1442695040888963407n;
  }
  return sum;
}

/** What a state machine counts: words, numbers and lines of 4096 characters. */
export function countTokens(seed: u32): u32 {
  let random: u32 = seed;
  let words: u32 = 0;
  let numbers: u32 = 0;
  let lines: u32 = 0;
  let state: u32 = 0;
  for (const index of range(4096)) {
    random = nextRandom(random);
    const character: u32 = (random >> 24) & 0x7f;
    switch (state) {
      case 0:
        if (character >= 0x61) {
          words++;
          state = 1;
        } else if (character >= 0x30 && character <= 0x39) {
          numbers++;
          state = 2;
        }
        break;
      case 1:
        if (character < 0x41) state = 0;
        break;
      default:
        if (character < 0x30 || character > 0x39) state = 0;
    }
    if (character === 0x0a) lines++;
  }
  return (words << 20) | (numbers << 10) | lines;
}
