/** Copying and clearing memory, for boot. Objects are initialised by their own code. */

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

/** Clears at most 1 GiB from a kernel address on. The end is a multiple of 8. @apart */
export function memoryClear(address: u64, size: u64): void {
  assert(size <= MEMORY_LIMIT);
  const bytes: u64 = size & 7n;
  for (let at: u64 = 0n; at < bytes; at++) objectAt<MemoryByte>(address + at).value[0] = 0;
  for (let at: u64 = bytes; at < size; at += 8n) objectAt<MemoryWord>(address + at).value[0] = 0n;
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

/** Copies at most 1 GiB between kernel addresses; the two parts do not overlap. Fast where both are multiples of 8, as in an archive whose first member is called `booter`. */
export function memoryCopy(to: u64, from: u64, size: u64): void {
  assert(size <= MEMORY_LIMIT);
  const lines: u64 = ((to | from) & 7n) === 0n ? size & ~63n : 0n;
  for (let at: u64 = 0n; at < lines; at += 64n) copyLine(to + at, from + at);
  for (let at = lines; at < size; at++)
    objectAt<MemoryByte>(to + at).value[0] = objectAt<MemoryByte>(from + at).value[0];
}
