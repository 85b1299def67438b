/**
 * The boot archive: cpio in the "newc" format, read where it lies. A member is
 * a header of 110 bytes (the magic `070701` and thirteen numbers of eight
 * hexadecimal digits), the name with a zero byte, and the content; name and
 * content are padded to multiples of 4 bytes. `TRAILER!!!` ends the archive.
 */

import { memoryByte } from './memory.ts';

const HEADER_SIZE: u64 = 110n;
/** Where the size of the content and the size of the name are written. */
const CONTENT_SIZE_OFFSET: u64 = 54n;
const NAME_SIZE_OFFSET: u64 = 94n;
const FIELD_DIGITS: u64 = 8n;
/** Larger than any field: one of its digits was none. */
const FIELD_DAMAGED: u64 = 0x1_0000_0000n;
/** Size of the name that ends the archive, with its zero byte. */
const TRAILER_SIZE: u64 = 11n;
/** Most bytes of a name that are looked at. */
export const ARCHIVE_NAME_LIMIT: u64 = 256n;
/** Most members that are looked at when one is searched by its name. */
const ARCHIVE_MEMBERS: u32 = 256;
/** One member, and where the next one begins. Addresses are of the archive's own bytes. */
export type ArchiveMember = {
  /** False at the end of the archive, and where it is damaged. */
  readonly found: boolean;
  /** True where the archive does not go on as the format says. */
  readonly damaged: boolean;
  readonly name: u64;
  /** In bytes, without the zero. */
  readonly nameLength: u64;
  readonly content: u64;
  /** In bytes. */
  readonly size: u64;
  /** Offset of the next member from the start of the archive. */
  readonly next: u64;
};

/** The end of the archive, or the place where it is damaged. */
function archiveStops(damaged: boolean): ArchiveMember {
  return { found: false, damaged: damaged, name: 0n, nameLength: 0n, content: 0n, size: 0n, next: 0n };
}

/** Whether the bytes at an address are those of a text. */
export function bytesEqual(address: u64, text: Text): boolean {
  for (const index of range(textLength(text))) {
    bound(256);
    if (memoryByte(address + u64(index)) !== textByte(text, index)) return false;
  }
  return true;
}

/** The value of a hexadecimal digit, or 16 if it is none. */
function digitValue(byte: u64): u64 {
  if (byte >= 48n && byte <= 57n) return byte - 48n;
  if (byte >= 65n && byte <= 70n) return byte - 55n;
  if (byte >= 97n && byte <= 102n) return byte - 87n;
  return 16n;
}

/** Eight hexadecimal digits as a number, or `FIELD_DAMAGED`. */
function archiveField(address: u64): u64 {
  let value: u64 = 0n;
  for (let index: u64 = 0n; index < FIELD_DIGITS; index++) {
    const digit = digitValue(u64(memoryByte(address + index)));
    if (digit === 16n) return FIELD_DAMAGED;
    value = (value << 4n) | digit;
  }
  return value;
}

/** The next multiple of 4. */
function padded(offset: u64): u64 {
  return (offset + 3n) & ~3n;
}

/** The member at an offset of an archive of `size` bytes: 0 for the first one, `next` of a member for the one after it. */
export function archiveMember(archive: u64, size: u64, offset: u64): ArchiveMember {
  if (offset > size || size - offset < HEADER_SIZE) return archiveStops(true);
  const header: u64 = archive + offset;
  if (!bytesEqual(header, '070701')) return archiveStops(true);
  const contentSize = archiveField(header + CONTENT_SIZE_OFFSET);
  const nameSize = archiveField(header + NAME_SIZE_OFFSET);
  if (contentSize === FIELD_DAMAGED || nameSize === FIELD_DAMAGED || nameSize === 0n) return archiveStops(true);
  const content = padded(offset + HEADER_SIZE + nameSize);
  const next = padded(content + contentSize);
  if (content > size || size - content < contentSize) return archiveStops(true);
  const name: u64 = header + HEADER_SIZE;
  if (nameSize === TRAILER_SIZE && bytesEqual(name, 'TRAILER!!!')) return archiveStops(false);
  return {
    found: true,
    damaged: false,
    name: name,
    nameLength: nameSize - 1n,
    content: archive + content,
    size: contentSize,
    next: next,
  };
}

/** The member with a name; not found if there is none. */
export function archiveFind(archive: u64, size: u64, name: Text): ArchiveMember {
  let member = archiveMember(archive, size, 0n);
  for (let count: u32 = 0; count < ARCHIVE_MEMBERS; count++) {
    if (!member.found) break;
    if (member.nameLength === u64(textLength(name)) && bytesEqual(member.name, name)) return member;
    member = archiveMember(archive, size, member.next);
  }
  return archiveStops(member.damaged);
}
