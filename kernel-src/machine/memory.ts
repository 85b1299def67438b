/** Filling and copying memory, for boot. Objects are initialised by their own code. */

/** 64 bytes: a turn of the loops below. */
class MemoryLine {
  readonly words = array(u64, 8);
}
/** 32 bytes of a copy: an archive aligns its members to 4 bytes. */
class MemoryHalfLine {
  readonly words = array(u32, 8);
}
class MemoryByte {
  readonly value = array(u8, 1);
}

/** Most bytes of one call. */
export const MEMORY_LIMIT: u64 = 0x4000_0000n;
const LINES: u32 = 0x100_0000;
const HALF_LINES: u32 = 0x200_0000;
const BYTES: u32 = 0x4000_0000;

/** Clears memory from a kernel address on. Address and size are multiples of 64. */
export function memoryClear(address: u64, size: u64): void {
  for (let at: u64 = 0n; at < size; at += 64n) {
    bound(LINES);
    const line = objectAt<MemoryLine>(address + at);
    line.words[0] = 0n;
    line.words[1] = 0n;
    line.words[2] = 0n;
    line.words[3] = 0n;
    line.words[4] = 0n;
    line.words[5] = 0n;
    line.words[6] = 0n;
    line.words[7] = 0n;
  }
}

/** Clears the bytes from a kernel address up to the next multiple of 4096. */
export function memoryClearRest(address: u64): void {
  const end: u64 = (address + 0xfffn) & ~0xfffn;
  const line: u64 = (address + 63n) & ~63n;
  for (let at: u64 = address; at < line; at++) {
    bound(63);
    objectAt<MemoryByte>(at).value[0] = 0;
  }
  memoryClear(line, end - line);
}

/** Copies 32 bytes. Both addresses are multiples of 4. */
function copyHalfLine(to: u64, from: u64): void {
  const target = objectAt<MemoryHalfLine>(to);
  const source = objectAt<MemoryHalfLine>(from);
  target.words[0] = source.words[0];
  target.words[1] = source.words[1];
  target.words[2] = source.words[2];
  target.words[3] = source.words[3];
  target.words[4] = source.words[4];
  target.words[5] = source.words[5];
  target.words[6] = source.words[6];
  target.words[7] = source.words[7];
}

/** Copies memory between kernel addresses; the two parts do not overlap. */
export function memoryCopy(to: u64, from: u64, size: u64): void {
  let at: u64 = 0n;
  const whole: u64 = ((to | from) & 3n) === 0n ? size & ~31n : 0n;
  while (at < whole) {
    bound(HALF_LINES);
    copyHalfLine(to + at, from + at);
    at += 32n;
  }
  while (at < size) {
    bound(BYTES);
    objectAt<MemoryByte>(to + at).value[0] = objectAt<MemoryByte>(from + at).value[0];
    at += 1n;
  }
}
