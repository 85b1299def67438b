/**
 * Reads a flattened device tree (Devicetree Specification 0.4, chapter 5) as a
 * sequence of tokens. It believes nothing: every offset is tested against the
 * blob, and every loop ends with it, whatever its bytes are.
 */

import { DEVICE_TREE_LIMIT } from './layout.ts';
import { type Span, spanBig32, spanByte, spanHas } from './span.ts';

/** Header: magic number. */
export const TREE_MAGIC: u64 = 0xd00d_feedn;
/** Header: offset of the size of the blob. */
const HEADER_SIZE_FIELD: u64 = 4n;
/** Bytes of a header of version 17. */
const HEADER_BYTES: u64 = 40n;
/** The version of the format that this reader knows; the oldest one that it is compatible with is in the blob. */
const VERSION: u64 = 17n;

/** Tokens. `TOKEN_DAMAGED` stands for whatever is not one. */
export const TOKEN_DAMAGED: u64 = 0n;
export const TOKEN_NODE: u64 = 1n;
export const TOKEN_NODE_END: u64 = 2n;
export const TOKEN_PROPERTY: u64 = 3n;
export const TOKEN_NOTHING: u64 = 4n;
export const TOKEN_END: u64 = 9n;

/** Most tokens of a tree: as many as there are words in the largest one. */
export const TREE_TOKENS: u32 = 0x1_0000;
staticAssert(DEVICE_TREE_LIMIT === 0x4_0000n);
/** Most words of the name of a node. The specification allows 31 bytes, without the address. */
const NAME_WORDS: u64 = 64n;

/** Where the reader is in a tree. Offsets are in bytes from the start of the blob. */
export class TreeCursor {
  /** Offset of the next token, and of the end of the tokens. */
  next: u64 = 0n;
  end: u64 = 0n;
  /** Offsets of the first name of a property, and of the end of those names. */
  names: u64 = 0n;
  namesEnd: u64 = 0n;
  /** Of the latest token: offset of the name of the node or property, which ends with a zero byte inside the blob. */
  name: u64 = 0n;
  /** Of the latest property: offset and length of the value, which is inside the blob. */
  value: u64 = 0n;
  valueLength: u64 = 0n;
  /** Offset of the memory reservations. */
  reservations: u64 = 0n;
}

/** The size that a blob says it has, 0 if it is no device tree. `header` has at least `HEADER_BYTES`. */
export function treeSize(header: Span): u64 {
  return spanBig32(header, 0n) === TREE_MAGIC ? spanBig32(header, HEADER_SIZE_FIELD) : 0n;
}

/** Puts the cursor on the first token. False if the header does not fit the blob or is of another version. */
export function treeOpen(blob: Span, cursor: TreeCursor): boolean {
  const size = treeSize(blob);
  if (size > blob.length || size < HEADER_BYTES) return false;
  if (spanBig32(blob, 20n) < VERSION || spanBig32(blob, 24n) > VERSION) return false;
  const tokens = spanBig32(blob, 8n);
  const tokensSize = spanBig32(blob, 36n);
  const names = spanBig32(blob, 12n);
  const namesSize = spanBig32(blob, 32n);
  if ((tokens & 3n) !== 0n || !spanHas(blob, tokens, tokensSize) || !spanHas(blob, names, namesSize)) return false;
  // So every name that begins among the names ends there.
  if (namesSize !== 0n && spanByte(blob, names + namesSize - 1n) !== 0) return false;
  cursor.next = tokens;
  cursor.end = tokens + tokensSize;
  cursor.names = names;
  cursor.namesEnd = names + namesSize;
  cursor.reservations = spanBig32(blob, 16n);
  return true;
}

/** Whether one of the four bytes of a word is zero. */
function hasZero(word: u64): boolean {
  return ((word - 0x0101_0101n) & ~word & 0x8080_8080n) !== 0n;
}

/** The offset of the word behind the name of a node at `offset`, a multiple of 4; 0 if it does not end before the tokens do. */
function behindNodeName(blob: Span, offset: u64, end: u64): u64 {
  for (let index: u64 = 0n; index < NAME_WORDS; index++) {
    const next: u64 = offset + (index << 2n) + 4n;
    if (next > end) return 0n;
    if (hasZero(spanBig32(blob, next - 4n))) return next;
  }
  return 0n;
}

/** Reads a property behind its token at `at`. */
function readProperty(blob: Span, cursor: TreeCursor, at: u64): u64 {
  const value: u64 = at + 12n;
  if (value > cursor.end) return TOKEN_DAMAGED;
  const length = spanBig32(blob, at + 4n);
  const name: u64 = cursor.names + spanBig32(blob, at + 8n);
  if (value + length > cursor.end || name >= cursor.namesEnd) return TOKEN_DAMAGED;
  cursor.name = name;
  cursor.value = value;
  cursor.valueLength = length;
  cursor.next = (value + length + 3n) & ~3n;
  return TOKEN_PROPERTY;
}

/** Reads the next token that means something. `TOKEN_DAMAGED` also where the tokens end without `TOKEN_END`. */
export function treeNext(blob: Span, cursor: TreeCursor): u64 {
  for (let skipped: u32 = 0; skipped < TREE_TOKENS; skipped++) {
    const at = cursor.next;
    cursor.next = at + 4n;
    if (cursor.next > cursor.end) return TOKEN_DAMAGED;
    const token = spanBig32(blob, at);
    if (token === TOKEN_PROPERTY) return readProperty(blob, cursor, at);
    if (token === TOKEN_NODE) {
      cursor.name = at + 4n;
      cursor.next = behindNodeName(blob, cursor.name, cursor.end);
      return cursor.next === 0n ? TOKEN_DAMAGED : TOKEN_NODE;
    }
    if (token === TOKEN_NODE_END || token === TOKEN_END) return token;
    if (token !== TOKEN_NOTHING) return TOKEN_DAMAGED;
  }
  return TOKEN_DAMAGED;
}
