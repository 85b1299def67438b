/** Reads the booter: a static ELF64 file for RISC-V (System V ABI, chapters 4 and 5; RISC-V ELF psABI). */

import { pageDown, pageUp } from './memory.ts';
import { type Span, spanByte, spanHas, spanLittle16, spanLittle32, spanLittle64 } from '../machine/span.ts';

/** Header: bytes, magic ("\x7fELF", first byte lowest), 64 bits, little-endian, executable, RISC-V. */
const HEADER_BYTES: u32 = 64;
const MAGIC: u32 = 0x464c_457f;
const CLASS_64: u32 = 2;
const LITTLE_ENDIAN: u32 = 1;
const TYPE_EXECUTABLE: u32 = 2;
const MACHINE_RISCV: u32 = 243;
/** Program header: bytes, types. */
const PROGRAM_BYTES: u32 = 56;
const PROGRAM_LOAD: u32 = 1;
const PROGRAM_DYNAMIC: u32 = 2;
const PROGRAM_INTERPRETER: u32 = 3;
/** Most program headers. */
const PROGRAM_LIMIT: u32 = 16;

/** Flags of a segment. */
export const SEGMENT_EXECUTE: u32 = 1;
export const SEGMENT_WRITE: u32 = 2;
export const SEGMENT_READ: u32 = 4;
/** Most segments that are loaded. */
export const SEGMENT_LIMIT: u32 = 8;
/** The image of the booter lies between these addresses: page 0 stays unmapped, above is what boot adds. */
export const IMAGE_LOWEST: u64 = 0x1000n;
export const IMAGE_HIGHEST: u64 = 0x3000_0000n;

/** A segment that is loaded. */
export class ElfSegment {
  address: u64 = 0n;
  /** Bytes in memory; not 0. */
  size: u64 = 0n;
  /** Where its first bytes are in the file, and how many; the rest is zero. */
  offset: u32 = 0;
  fileSize: u32 = 0;
  flags: u32 = 0;
}

/** What the file says. */
export class ElfImage {
  entry: u64 = 0n;
  count: u32 = 0;
  readonly segments = array(ElfSegment, 8);
}

/** What can be wrong with the file. 0: nothing. */
export const ELF_OK: u32 = 0;
export const ELF_MAGIC: u32 = 1;
export const ELF_MACHINE: u32 = 2;
export const ELF_STATIC: u32 = 3;
export const ELF_TABLE: u32 = 4;
export const ELF_SHORT: u32 = 5;
export const ELF_PLACE: u32 = 6;
export const ELF_ORDER: u32 = 7;
export const ELF_PERMISSIONS: u32 = 8;
export const ELF_ENTRY: u32 = 9;
export const ELF_COUNT: u32 = 10;

/** What was found and expected, by number. */
export const ELF_PROBLEMS: readonly Text[] = [
  'is complete',
  'is no ELF file: it does not begin with 7f 45 4c 46',
  'is not for this machine: it must be ELF64, little-endian, for RISC-V',
  'is not a static executable: link it with -static and without -pie',
  'has no program headers of 56 bytes inside the file, or more than 16: it is damaged',
  'has a segment that is not inside the file: it is damaged',
  'has a segment outside of 0x1000 to 0x2fffffff: link it at a low address',
  'has segments that share a page or are not in the order of addresses: align them to 4096',
  'has a segment that is writable and executable, or not readable: link code, constants and data apart',
  'has an entry point that is not in an executable segment: it is damaged',
  'has no segment to load, or more than 8',
];

/** The first page behind the segments so far. */
function segmentsEnd(image: ElfImage): u64 {
  if (image.count === 0 || image.count > SEGMENT_LIMIT) return 0n;
  const last = image.segments[image.count - 1];
  return pageUp(last.address + last.size);
}

/** Adds the segment that a program header describes, unless it is empty. */
function addSegment(file: Span, header: u32, image: ElfImage): u32 {
  const index = image.count;
  if (index >= SEGMENT_LIMIT) return ELF_COUNT;
  const flags: u32 = spanLittle32(file, header + 4) & 7;
  const offset = spanLittle64(file, header + 8);
  const address = spanLittle64(file, header + 16);
  const fileSize = spanLittle64(file, header + 32);
  const size = spanLittle64(file, header + 40);
  if (size === 0n) return ELF_OK;
  if (fileSize > size || offset > u64(file.length) || fileSize > u64(file.length) - offset) return ELF_SHORT;
  if (address < IMAGE_LOWEST || address >= IMAGE_HIGHEST || size > IMAGE_HIGHEST - address) return ELF_PLACE;
  if (pageDown(address) < segmentsEnd(image)) return ELF_ORDER;
  if ((flags & SEGMENT_READ) === 0) return ELF_PERMISSIONS;
  if ((flags & SEGMENT_WRITE) !== 0 && (flags & SEGMENT_EXECUTE) !== 0) return ELF_PERMISSIONS;
  const segment = image.segments[index];
  segment.address = address;
  segment.size = size;
  segment.offset = u32.wrap(offset);
  segment.fileSize = u32.wrap(fileSize);
  segment.flags = flags;
  image.count = index + 1;
  return ELF_OK;
}

/** Whether the entry point is in an executable segment. */
function entryInside(image: ElfImage): boolean {
  for (const segment of image.segments) {
    if ((segment.flags & SEGMENT_EXECUTE) === 0 || (image.entry & 1n) !== 0n) continue;
    if (image.entry >= segment.address && image.entry - segment.address < u64(segment.fileSize)) return true;
  }
  return false;
}

/** Whether the header is one of a static ELF64 file for RISC-V: `ELF_OK`, or the number of the problem. */
function checkHeader(file: Span): u32 {
  if (spanLittle32(file, 0) !== MAGIC) return ELF_MAGIC;
  if (!spanHas(file, 0, HEADER_BYTES)) return ELF_SHORT;
  if (spanByte(file, 4) !== CLASS_64 || spanByte(file, 5) !== LITTLE_ENDIAN) return ELF_MACHINE;
  if (spanLittle16(file, 18) !== MACHINE_RISCV) return ELF_MACHINE;
  if (spanLittle16(file, 16) !== TYPE_EXECUTABLE) return ELF_STATIC;
  return ELF_OK;
}

/** Reads the headers into an image that is still empty. Answers `ELF_OK`, or the number of the first problem. */
export function elfRead(file: Span, image: ElfImage): u32 {
  const header = checkHeader(file);
  if (header !== ELF_OK) return header;
  const table = spanLittle64(file, 32);
  const count = spanLittle16(file, 56);
  if (spanLittle16(file, 54) !== PROGRAM_BYTES || count > PROGRAM_LIMIT) return ELF_TABLE;
  if (table > u64(file.length) || !spanHas(file, u32.wrap(table), count * PROGRAM_BYTES)) return ELF_TABLE;
  for (let index: u32 = 0; index < PROGRAM_LIMIT; index++) {
    if (index >= count) break;
    const at: u32 = u32.wrap(table) + index * PROGRAM_BYTES;
    const type = spanLittle32(file, at);
    if (type === PROGRAM_DYNAMIC || type === PROGRAM_INTERPRETER) return ELF_STATIC;
    if (type !== PROGRAM_LOAD) continue;
    const problem = addSegment(file, at, image);
    if (problem !== ELF_OK) return problem;
  }
  if (image.count === 0) return ELF_COUNT;
  image.entry = spanLittle64(file, 24);
  return entryInside(image) ? ELF_OK : ELF_ENTRY;
}
