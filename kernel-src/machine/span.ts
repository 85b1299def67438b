/**
 * Bytes that somebody else made: a device tree, an archive, an ELF file. A
 * span is where they are and how many; nothing here reads outside of it, and
 * what would be read outside is 0. Callers that must know ask `spanHas` first.
 */

/** Most bytes of a span. */
export const SPAN_LIMIT: u64 = 0x4000_0000n;

/** The bytes from a kernel address on, at most `SPAN_LIMIT` of them, all of which can be read. */
export type Span = { readonly address: u64; readonly length: u64 };

class SpanByte {
  readonly value = array(u8, 1);
}
class SpanWord {
  readonly bytes = array(u8, 4);
}

/** Whether `count` bytes from `offset` on are inside. */
export function spanHas(span: Span, offset: u64, count: u64): boolean {
  return offset <= span.length && count <= span.length - offset;
}

/** The part of a span from `offset` on, which is inside. */
export function spanPart(span: Span, offset: u64, length: u64): Span {
  assert(spanHas(span, offset, length));
  return { address: span.address + offset, length: length };
}

function byteAt(address: u64): u8 {
  return objectAt<SpanByte>(address).value[0];
}

/** One byte. */
export function spanByte(span: Span, offset: u64): u8 {
  return offset < span.length ? byteAt(span.address + offset) : 0;
}

/** Four bytes, the first one highest. */
export function spanBig32(span: Span, offset: u64): u64 {
  if (!spanHas(span, offset, 4n)) return 0n;
  const word = objectAt<SpanWord>(span.address + offset);
  const high: u64 = (u64(word.bytes[0]) << 24n) | (u64(word.bytes[1]) << 16n);
  return high | (u64(word.bytes[2]) << 8n) | u64(word.bytes[3]);
}

/** Eight bytes, the first one highest. */
export function spanBig64(span: Span, offset: u64): u64 {
  if (!spanHas(span, offset, 8n)) return 0n;
  return (spanBig32(span, offset) << 32n) | spanBig32(span, offset + 4n);
}

/** `size` bytes, at most eight, the first one lowest. */
export function spanLittle(span: Span, offset: u64, size: u64): u64 {
  if (size > 8n || !spanHas(span, offset, size)) return 0n;
  let value: u64 = 0n;
  for (let left: u64 = size; left > 0n; left--) value = (value << 8n) | u64(byteAt(span.address + offset + left - 1n));
  return value;
}

/** Most bytes of a text that a span is compared with. */
const TEXT_LIMIT: u32 = 64;

/** Whether the bytes from `offset` on begin with a text of at most 64 bytes. */
export function spanBegins(span: Span, offset: u64, text: Text): boolean {
  const length = textLength(text);
  if (length > TEXT_LIMIT || !spanHas(span, offset, u64(length))) return false;
  for (let index: u32 = 0; index < length; index++) {
    if (byteAt(span.address + offset + u64(index)) !== textByte(text, index)) return false;
  }
  return true;
}

/** Whether the bytes from `offset` on are a text of at most 64 bytes and a zero byte. */
export function spanIs(span: Span, offset: u64, text: Text): boolean {
  const end: u64 = offset + u64(textLength(text));
  return end < span.length && spanByte(span, end) === 0 && spanBegins(span, offset, text);
}
