/**
 * Reads a component where it lies in the boot archive: a static ELF64 file for
 * RISC-V (System V ABI, chapters 4 and 5). The kernel has its own reader for the
 * first component; this one is for whoever makes the others.
 */

import { RIGHT_FRAMES_EXECUTE, RIGHT_FRAMES_READ, RIGHT_FRAMES_WRITE } from '../../kernel-src/abi/rights.ts';
import { memoryByte } from './memory.ts';

/** Header: bytes; magic ("\x7fELF", first byte lowest), 64 bits, little-endian. */
const HEADER_BYTES: u64 = 64n;
const MAGIC: u64 = 0x01_0102_464c_457fn;
const MAGIC_BYTES: u64 = 7n;
/** Executable, RISC-V: type and machine. */
const EXECUTABLE_RISCV: u64 = 0x00f3_0002n;
/** Program header: bytes, types. */
const PROGRAM_BYTES: u64 = 56n;
const PROGRAM_LOAD: u64 = 1n;
/** The program header whose address is where invocations enter (user/lib/user.ld). */
const PROGRAM_ENTRY: u64 = 0x6841_524dn;
/** Most program headers. */
export const ELF_HEADER_LIMIT: u32 = 16;
/** A component lies between these addresses. */
const IMAGE_LOWEST: u64 = 0x1000n;
const IMAGE_HIGHEST: u64 = 0x3000_0000n;
/** Flags of a segment. */
const FLAG_EXECUTE: u64 = 1n;
const FLAG_WRITE: u64 = 2n;
const FLAG_READ: u64 = 4n;

/** One segment. */
export type ElfSegment = {
  /** False if this program header is for something else, or there is none. */
  readonly loaded: boolean;
  readonly address: u64;
  /** Bytes in memory; not 0. */
  readonly size: u64;
  /** Where its first bytes are, and how many; the rest is zero. */
  readonly content: u64;
  readonly fileSize: u64;
  /** Permissions as PageTable.Map takes them. */
  readonly permissions: u64;
};

/** A little-endian number of up to 8 bytes, at any address. */
function elfNumber(address: u64, bytes: u64): u64 {
  let value: u64 = 0n;
  for (let index: u64 = 0n; index < 8n; index++) {
    if (index === bytes) break;
    value = value | (u64(memoryByte(address + index)) << (index << 3n));
  }
  return value;
}

/** Whether program header `index` is in the file, and is one for something. */
function hasHeader(file: u64, size: u64, index: u32): boolean {
  const table = elfNumber(file + 32n, 8n);
  if (u64(index) >= elfNumber(file + 56n, 2n)) return false;
  return table <= size && size - table >= PROGRAM_BYTES * (u64(index) + 1n);
}

function headerAddress(file: u64, index: u32): u64 {
  return file + elfNumber(file + 32n, 8n) + PROGRAM_BYTES * u64(index);
}

/** Whether a segment is inside the file and at an address where a component may be. */
function segmentFits(header: u64, size: u64): boolean {
  const offset = elfNumber(header + 8n, 8n);
  const address = elfNumber(header + 16n, 8n);
  const fileSize = elfNumber(header + 32n, 8n);
  const memorySize = elfNumber(header + 40n, 8n);
  if (offset > size || fileSize > size - offset || fileSize > memorySize) return false;
  return address >= IMAGE_LOWEST && address < IMAGE_HIGHEST && memorySize <= IMAGE_HIGHEST - address;
}

/** Whether `size` bytes at `file` are a component, every segment of which is inside the file and at a place for it. */
export function elfIsSound(file: u64, size: u64): boolean {
  if (size < HEADER_BYTES || elfNumber(file, MAGIC_BYTES) !== MAGIC) return false;
  if (elfNumber(file + 16n, 4n) !== EXECUTABLE_RISCV || elfNumber(file + 54n, 2n) !== PROGRAM_BYTES) return false;
  const count = elfNumber(file + 56n, 2n);
  if (count === 0n || count > u64(ELF_HEADER_LIMIT)) return false;
  for (let index: u32 = 0; index < ELF_HEADER_LIMIT; index++) {
    if (u64(index) === count) break;
    if (!hasHeader(file, size, index)) return false;
    const header = headerAddress(file, index);
    if (elfNumber(header, 4n) === PROGRAM_LOAD && !segmentFits(header, size)) return false;
  }
  return true;
}

/** Where the thread of a component begins. */
export function elfStart(file: u64): u64 {
  return elfNumber(file + 24n, 8n);
}

/** Where invocations of a component enter; 0 if it is no server. */
export function elfEntry(file: u64, size: u64): u64 {
  for (let index: u32 = 0; index < ELF_HEADER_LIMIT; index++) {
    if (!hasHeader(file, size, index)) break;
    const header = headerAddress(file, index);
    if (elfNumber(header, 4n) === PROGRAM_ENTRY) return elfNumber(header + 16n, 8n);
  }
  return 0n;
}

/** Flags of a segment as permissions. */
function permissionsOf(flags: u64): u64 {
  let permissions: u64 = 0n;
  if ((flags & FLAG_READ) !== 0n) permissions = permissions | RIGHT_FRAMES_READ;
  if ((flags & FLAG_WRITE) !== 0n) permissions = permissions | RIGHT_FRAMES_WRITE;
  if ((flags & FLAG_EXECUTE) !== 0n) permissions = permissions | RIGHT_FRAMES_EXECUTE;
  return permissions;
}

/** The segment that program header `index` of a sound file describes. */
export function elfSegment(file: u64, size: u64, index: u32): ElfSegment {
  const header = headerAddress(file, index);
  const loaded =
    hasHeader(file, size, index) && elfNumber(header, 4n) === PROGRAM_LOAD && elfNumber(header + 40n, 8n) !== 0n;
  if (!loaded) return { loaded: false, address: 0n, size: 0n, content: 0n, fileSize: 0n, permissions: 0n };
  return {
    loaded: true,
    address: elfNumber(header + 16n, 8n),
    size: elfNumber(header + 40n, 8n),
    content: file + elfNumber(header + 8n, 8n),
    fileSize: elfNumber(header + 32n, 8n),
    permissions: permissionsOf(elfNumber(header + 4n, 4n)),
  };
}
