/** Copying memory, and clearing the rest of a page, for boot. Objects are initialised by their own code. */

/** 64 bytes: a turn of the copy's loop. */
class MemoryLine {
  readonly words = array(u64, 8);
}
class MemoryWord {
  readonly value = array(u64, 1);
}
class MemoryByte {
  readonly value = array(u8, 1);
}

/** Most bytes of one call. */
export const MEMORY_LIMIT: u64 = 0x4000_0000n;
const LINES: u32 = 0x100_0000;
const BYTES: u32 = 0x4000_0000;

/** Clears the bytes from a kernel address up to the next multiple of 4096. */
export function memoryClearRest(address: u64): void {
  const end: u64 = (address + 0xfffn) & ~0xfffn;
  const words: u64 = (address + 7n) & ~7n;
  for (let at: u64 = address; at < words; at++) {
    bound(7);
    objectAt<MemoryByte>(at).value[0] = 0;
  }
  for (let at: u64 = words; at < end; at += 8n) {
    bound(512);
    objectAt<MemoryWord>(at).value[0] = 0n;
  }
}

/** Copies 64 bytes. Both addresses are multiples of 8. */
function copyLine(to: u64, from: u64): void {
  const target = objectAt<MemoryLine>(to);
  const source = objectAt<MemoryLine>(from);
  target.words[0] = source.words[0];
  target.words[1] = source.words[1];
  target.words[2] = source.words[2];
  target.words[3] = source.words[3];
  target.words[4] = source.words[4];
  target.words[5] = source.words[5];
  target.words[6] = source.words[6];
  target.words[7] = source.words[7];
}

/** Copies memory between kernel addresses; the two parts do not overlap. Fast where both are multiples of 8, as in an archive whose first member is called `booter`. */
export function memoryCopy(to: u64, from: u64, size: u64): void {
  let at: u64 = 0n;
  const whole: u64 = ((to | from) & 7n) === 0n ? size & ~63n : 0n;
  while (at < whole) {
    bound(LINES);
    copyLine(to + at, from + at);
    at += 64n;
  }
  while (at < size) {
    bound(BYTES);
    objectAt<MemoryByte>(to + at).value[0] = objectAt<MemoryByte>(from + at).value[0];
    at += 1n;
  }
}
