/** Reads the boot archive: cpio, "newc" format (cpio(5)). Boot needs its first member, the booter. */

import { type Span, spanBegins, spanByte, spanHas } from '../machine/span.ts';

/** Header: 6 bytes of magic and 13 numbers of 8 hexadecimal digits. */
const HEADER_BYTES: u32 = 110;
const DIGITS: u32 = 8;
/** Offsets of the numbers. */
const FIELD_MODE: u32 = 14;
const FIELD_SIZE: u32 = 54;
const FIELD_NAME_SIZE: u32 = 94;
/** Mode: kind of file, and a regular one. */
const MODE_KIND: u32 = 0xf000;
const MODE_REGULAR: u32 = 0x8000;
/** Most bytes of a name, its zero byte included. */
const NAME_LIMIT: u32 = 256;

/** A member. Offsets are in bytes from the start of the archive. */
export class ArchiveMember {
  name: u32 = 0;
  /** Without the zero byte. */
  nameLength: u32 = 0;
  content: u32 = 0;
  size: u32 = 0;
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

/** Whether the number at `offset` has 8 hexadecimal digits. */
function isNumber(archive: Span, offset: u32): boolean {
  for (let index: u32 = 0; index < DIGITS; index++) {
    if (digitValue(spanByte(archive, offset + index)) > 15) return false;
  }
  return true;
}

function number(archive: Span, offset: u32): u32 {
  let value: u32 = 0;
  for (let index: u32 = 0; index < DIGITS; index++) {
    value = (value << 4) | (digitValue(spanByte(archive, offset + index)) & 15);
  }
  return value;
}

/** Reads the first member. Answers `ARCHIVE_OK`, or the number of the problem. */
export function archiveFirst(archive: Span, member: ArchiveMember): u32 {
  if (!spanBegins(archive, 0, '070701') && !spanBegins(archive, 0, '070702')) return ARCHIVE_MAGIC;
  if (archive.length < HEADER_BYTES) return ARCHIVE_SHORT;
  if (!isNumber(archive, FIELD_MODE) || !isNumber(archive, FIELD_SIZE) || !isNumber(archive, FIELD_NAME_SIZE)) {
    return ARCHIVE_NUMBER;
  }
  const nameSize = number(archive, FIELD_NAME_SIZE);
  if (nameSize === 0 || nameSize > NAME_LIMIT || !spanHas(archive, HEADER_BYTES, nameSize)) return ARCHIVE_SHORT;
  if (spanBegins(archive, HEADER_BYTES, 'TRAILER!!!')) return ARCHIVE_EMPTY;
  if ((number(archive, FIELD_MODE) & MODE_KIND) !== MODE_REGULAR) return ARCHIVE_KIND;
  member.name = HEADER_BYTES;
  member.nameLength = nameSize - 1;
  member.content = (HEADER_BYTES + nameSize + 3) & ~3;
  member.size = number(archive, FIELD_SIZE);
  return spanHas(archive, member.content, member.size) ? ARCHIVE_OK : ARCHIVE_SHORT;
}
