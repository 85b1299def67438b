/** Reads the booter: a static ELF64 file for RISC-V (System V ABI, chapters 4 and 5; RISC-V ELF psABI). */

import { pageDown, pageUp } from './memory.ts';
import { type Span, spanHas, spanLittle } from '../machine/span.ts';

/** Header: bytes; magic ("\x7fELF"), 64 bits, little-endian; executable; RISC-V. */
const HEADER_BYTES: u64 = 64n;
const MAGIC: u64 = 0x464c_457fn;
const CLASS_64_LITTLE_ENDIAN: u64 = 0x0102n;
const TYPE_EXECUTABLE: u64 = 2n;
const MACHINE_RISCV: u64 = 243n;
/** Program header: bytes, types. */
const PROGRAM_BYTES: u64 = 56n;
const PROGRAM_LOAD: u64 = 1n;
const PROGRAM_DYNAMIC: u64 = 2n;
const PROGRAM_INTERPRETER: u64 = 3n;
/** Most program headers. */
const PROGRAM_LIMIT: u64 = 16n;

/** Flags of a segment. */
export const SEGMENT_EXECUTE: u64 = 1n;
export const SEGMENT_WRITE: u64 = 2n;
export const SEGMENT_READ: u64 = 4n;
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
  offset: u64 = 0n;
  fileSize: u64 = 0n;
  flags: u64 = 0n;
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
function addSegment(file: Span, header: u64, image: ElfImage): u32 {
  const index = image.count;
  if (index >= SEGMENT_LIMIT) return ELF_COUNT;
  const flags: u64 = spanLittle(file, header + 4n, 4n) & 7n;
  const offset = spanLittle(file, header + 8n, 8n);
  const address = spanLittle(file, header + 16n, 8n);
  const fileSize = spanLittle(file, header + 32n, 8n);
  const size = spanLittle(file, header + 40n, 8n);
  if (size === 0n) return ELF_OK;
  if (fileSize > size || !spanHas(file, offset, fileSize)) return ELF_SHORT;
  if (address < IMAGE_LOWEST || address >= IMAGE_HIGHEST || size > IMAGE_HIGHEST - address) return ELF_PLACE;
  if (pageDown(address) < segmentsEnd(image)) return ELF_ORDER;
  if ((flags & SEGMENT_READ) === 0n) return ELF_PERMISSIONS;
  if ((flags & SEGMENT_WRITE) !== 0n && (flags & SEGMENT_EXECUTE) !== 0n) return ELF_PERMISSIONS;
  const segment = image.segments[index];
  segment.address = address;
  segment.size = size;
  segment.offset = offset;
  segment.fileSize = fileSize;
  segment.flags = flags;
  image.count = index + 1;
  return ELF_OK;
}

/** Whether the entry point is in an executable segment. */
function entryInside(image: ElfImage): boolean {
  for (const segment of image.segments) {
    if ((segment.flags & SEGMENT_EXECUTE) === 0n || (image.entry & 1n) !== 0n) continue;
    if (image.entry >= segment.address && image.entry - segment.address < segment.fileSize) return true;
  }
  return false;
}

/** Whether the header is one of a static ELF64 file for RISC-V: `ELF_OK`, or the number of the problem. */
function checkHeader(file: Span): u32 {
  if (spanLittle(file, 0n, 4n) !== MAGIC) return ELF_MAGIC;
  if (!spanHas(file, 0n, HEADER_BYTES)) return ELF_SHORT;
  if (spanLittle(file, 4n, 2n) !== CLASS_64_LITTLE_ENDIAN) return ELF_MACHINE;
  if (spanLittle(file, 18n, 2n) !== MACHINE_RISCV) return ELF_MACHINE;
  return spanLittle(file, 16n, 2n) === TYPE_EXECUTABLE ? ELF_OK : ELF_STATIC;
}

/** Reads the headers into an image that is still empty. Answers `ELF_OK`, or the number of the first problem. */
export function elfRead(file: Span, image: ElfImage): u32 {
  const header = checkHeader(file);
  if (header !== ELF_OK) return header;
  const table = spanLittle(file, 32n, 8n);
  const count = spanLittle(file, 56n, 2n);
  if (spanLittle(file, 54n, 2n) !== PROGRAM_BYTES || count > PROGRAM_LIMIT) return ELF_TABLE;
  if (!spanHas(file, table, count * PROGRAM_BYTES)) return ELF_TABLE;
  for (let index: u64 = 0n; index < count; index++) {
    const at: u64 = table + index * PROGRAM_BYTES;
    const type = spanLittle(file, at, 4n);
    if (type === PROGRAM_DYNAMIC || type === PROGRAM_INTERPRETER) return ELF_STATIC;
    if (type !== PROGRAM_LOAD) continue;
    const problem = addSegment(file, at, image);
    if (problem !== ELF_OK) return problem;
  }
  if (image.count === 0) return ELF_COUNT;
  image.entry = spanLittle(file, 24n, 8n);
  return entryInside(image) ? ELF_OK : ELF_ENTRY;
}
