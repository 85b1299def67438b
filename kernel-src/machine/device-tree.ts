/**
 * Reads a flattened device tree (Devicetree Specification 0.4, chapter 5) as a
 * sequence of tokens. It believes nothing: every offset is tested against the
 * blob, and every loop ends with it, whatever its bytes are.
 */

import { DEVICE_TREE_LIMIT } from './layout.ts';
import { type Span, spanBig32, spanByte, spanHas } from './span.ts';

/** Header: magic number. */
export const TREE_MAGIC: u32 = 0xd00d_feed;
/** Header: offset of the size of the blob. */
const HEADER_SIZE_FIELD: u32 = 4;
/** Bytes of a header of version 17. */
const HEADER_BYTES: u32 = 40;
/** The version of the format that this reader knows; the oldest one that it is compatible with is in the blob. */
const VERSION: u32 = 17;

/** Tokens. `TOKEN_DAMAGED` stands for whatever is not one. */
export const TOKEN_DAMAGED: u32 = 0;
export const TOKEN_NODE: u32 = 1;
export const TOKEN_NODE_END: u32 = 2;
export const TOKEN_PROPERTY: u32 = 3;
export const TOKEN_NOTHING: u32 = 4;
export const TOKEN_END: u32 = 9;

/** Most tokens of a tree: as many as there are words in the largest one. */
export const TREE_TOKENS: u32 = 0x1_0000;
staticAssert(DEVICE_TREE_LIMIT === 0x4_0000n);
/** Most words of the name of a node. The specification allows 31 bytes, without the address. */
const NAME_WORDS: u32 = 64;

/** Where the reader is in a tree. Offsets are in bytes from the start of the blob. */
export class TreeCursor {
  /** Offset of the next token, and of the end of the tokens. */
  next: u32 = 0;
  end: u32 = 0;
  /** Offsets of the first name of a property, and of the end of those names. */
  names: u32 = 0;
  namesEnd: u32 = 0;
  /** Of the latest token: offset of the name of the node or property, which ends with a zero byte inside the blob. */
  name: u32 = 0;
  /** Of the latest property: offset and length of the value, which is inside the blob. */
  value: u32 = 0;
  valueLength: u32 = 0;
  /** Offset of the memory reservations. */
  reservations: u32 = 0;
}

/** The size that a blob says it has, 0 if it is no device tree. `header` has at least `HEADER_BYTES`. */
export function treeSize(header: Span): u32 {
  return spanBig32(header, 0) === TREE_MAGIC ? spanBig32(header, HEADER_SIZE_FIELD) : 0;
}

/** Puts the cursor on the first token. False if the header does not fit the blob or is of another version. */
export function treeOpen(blob: Span, cursor: TreeCursor): boolean {
  if (blob.length < HEADER_BYTES || treeSize(blob) > blob.length || treeSize(blob) < HEADER_BYTES) return false;
  if (spanBig32(blob, 20) < VERSION || spanBig32(blob, 24) > VERSION) return false;
  const tokens = spanBig32(blob, 8);
  const tokensSize = spanBig32(blob, 36);
  const names = spanBig32(blob, 12);
  const namesSize = spanBig32(blob, 32);
  if ((tokens & 3) !== 0 || !spanHas(blob, tokens, tokensSize) || !spanHas(blob, names, namesSize)) return false;
  // So every name that begins among the names ends there.
  if (namesSize !== 0 && spanByte(blob, names + namesSize - 1) !== 0) return false;
  cursor.next = tokens;
  cursor.end = tokens + tokensSize;
  cursor.names = names;
  cursor.namesEnd = names + namesSize;
  cursor.reservations = spanBig32(blob, 16);
  return true;
}

/** Whether one of the four bytes of a word is zero. */
function hasZero(word: u32): boolean {
  return ((word - 0x0101_0101) & ~word & 0x8080_8080) !== 0;
}

/** The offset of the word behind the name of a node at `offset`, a multiple of 4; 0 if it does not end before the tokens do. */
function behindNodeName(blob: Span, offset: u32, end: u32): u32 {
  for (let index: u32 = 0; index < NAME_WORDS; index++) {
    const at: u32 = offset + (index << 2);
    if (at > end || end - at < 4) return 0;
    if (hasZero(spanBig32(blob, at))) return at + 4;
  }
  return 0;
}

/** An offset in the blob, up to the next multiple of 4. */
function aligned(offset: u32): u32 {
  return (offset + 3) & ~3;
}

/** Reads a property behind its token at `at`. */
function readProperty(blob: Span, cursor: TreeCursor, at: u32): u32 {
  if (cursor.end - at < 12) return TOKEN_DAMAGED;
  const length = spanBig32(blob, at + 4);
  const name = spanBig32(blob, at + 8);
  if (length > cursor.end - at - 12) return TOKEN_DAMAGED;
  if (name >= cursor.namesEnd - cursor.names) return TOKEN_DAMAGED;
  cursor.name = cursor.names + name;
  cursor.value = at + 12;
  cursor.valueLength = length;
  cursor.next = aligned(at + 12 + length);
  return TOKEN_PROPERTY;
}

/** Reads the next token that means something. `TOKEN_DAMAGED` also where the tokens end without `TOKEN_END`. */
export function treeNext(blob: Span, cursor: TreeCursor): u32 {
  for (let skipped: u32 = 0; skipped < TREE_TOKENS; skipped++) {
    const at = cursor.next;
    if (at > cursor.end || cursor.end - at < 4) return TOKEN_DAMAGED;
    const token = spanBig32(blob, at);
    cursor.next = at + 4;
    if (token === TOKEN_PROPERTY) return readProperty(blob, cursor, at);
    if (token === TOKEN_NODE) {
      cursor.name = at + 4;
      cursor.next = behindNodeName(blob, at + 4, cursor.end);
      if (cursor.next === 0) return TOKEN_DAMAGED;
      return TOKEN_NODE;
    }
    if (token === TOKEN_NODE_END || token === TOKEN_END) return token;
    if (token !== TOKEN_NOTHING) return TOKEN_DAMAGED;
  }
  return TOKEN_DAMAGED;
}
