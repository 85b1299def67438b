/** Reads the boot archive: cpio, "newc" format (cpio(5)). Boot needs its first member, the booter. */

import { type Span, spanBegins, spanByte, spanHas } from '../machine/span.ts';

/** Header: 6 bytes of magic and 13 numbers of 8 hexadecimal digits. */
const HEADER_BYTES: u64 = 110n;
const DIGITS: u64 = 8n;
/** Offsets of the numbers. */
const FIELD_MODE: u64 = 14n;
const FIELD_SIZE: u64 = 54n;
const FIELD_NAME_SIZE: u64 = 94n;
/** What is answered for a number that is none. */
const NO_NUMBER: u64 = 0xffff_ffff_ffff_ffffn;
/** Mode: kind of file, and a regular one. */
const MODE_KIND: u64 = 0xf000n;
const MODE_REGULAR: u64 = 0x8000n;
/** Most bytes of a name, its zero byte included. */
const NAME_LIMIT: u64 = 256n;

/** A member. Offsets are in bytes from the start of the archive. */
export class ArchiveMember {
  name: u64 = 0n;
  /** Without the zero byte. */
  nameLength: u64 = 0n;
  content: u64 = 0n;
  size: u64 = 0n;
}

/** What can be wrong with an archive. 0: nothing. */
export const ARCHIVE_OK: u32 = 0;
export const ARCHIVE_MAGIC: u32 = 1;
export const ARCHIVE_NUMBER: u32 = 2;
export const ARCHIVE_SHORT: u32 = 3;
export const ARCHIVE_EMPTY: u32 = 4;
export const ARCHIVE_KIND: u32 = 5;

/** What was found and expected, by number. */
export const ARCHIVE_PROBLEMS: readonly Text[] = [
  'is complete',
  'does not begin with 070701: it must be a cpio archive of format "newc", not compressed',
  'has a header whose numbers are not hexadecimal: it is damaged',
  'breaks off inside its first member: it is damaged',
  'is empty: its first member must be the first component, an ELF file',
  'begins with something that is no regular file: its first member must be the first component, an ELF file',
];

/** The value of a hexadecimal digit; 16 if it is none. */
function digitValue(digit: u32): u32 {
  if (digit >= 0x30 && digit <= 0x39) return digit - 0x30;
  const letter: u32 = digit | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : 16;
}

/** The number at `offset`, or `NO_NUMBER` if it has other characters than hexadecimal digits. */
function numberAt(archive: Span, offset: u64): u64 {
  let value: u64 = 0n;
  for (let index: u64 = 0n; index < DIGITS; index++) {
    const digit = digitValue(spanByte(archive, offset + index));
    if (digit > 15) return NO_NUMBER;
    value = (value << 4n) | u64(digit);
  }
  return value;
}

/** Reads the first member. Answers `ARCHIVE_OK`, or the number of the problem. */
export function archiveFirst(archive: Span, member: ArchiveMember): u32 {
  if (!spanBegins(archive, 0n, '070701') && !spanBegins(archive, 0n, '070702')) return ARCHIVE_MAGIC;
  if (archive.length < HEADER_BYTES) return ARCHIVE_SHORT;
  const mode = numberAt(archive, FIELD_MODE);
  const size = numberAt(archive, FIELD_SIZE);
  const nameSize = numberAt(archive, FIELD_NAME_SIZE);
  if (mode === NO_NUMBER || size === NO_NUMBER || nameSize === NO_NUMBER) return ARCHIVE_NUMBER;
  if (nameSize === 0n || nameSize > NAME_LIMIT || !spanHas(archive, HEADER_BYTES, nameSize)) return ARCHIVE_SHORT;
  if (spanBegins(archive, HEADER_BYTES, 'TRAILER!!!')) return ARCHIVE_EMPTY;
  if ((mode & MODE_KIND) !== MODE_REGULAR) return ARCHIVE_KIND;
  member.name = HEADER_BYTES;
  member.nameLength = nameSize - 1n;
  member.content = (HEADER_BYTES + nameSize + 3n) & ~3n;
  member.size = size;
  return spanHas(archive, member.content, size) ? ARCHIVE_OK : ARCHIVE_SHORT;
}
