/**
 * Bytes that somebody else made: a device tree, an archive, an ELF file. A
 * span is where they are and how many; nothing here reads outside of it, and
 * what would be read outside is 0. Callers that must know ask `spanHas` first.
 */

/** Most bytes of a span. */
export const SPAN_LIMIT: u32 = 0x4000_0000;

/** Memory as bytes. Only as many exist as the span says. */
export class SpanBytes {
  readonly at = array(u8, 0x4000_0000);
}
class SpanByte {
  readonly value = array(u8, 1);
}
class SpanWord {
  readonly bytes = array(u8, 4);
}
/** `length` bytes, at most `SPAN_LIMIT`. */
export type Span = { readonly bytes: SpanBytes; readonly length: u32 };

/** The bytes at a kernel address, at most `SPAN_LIMIT` of them, all of which can be read. */
export function spanAt(address: u64, length: u32): Span {
  return { bytes: objectAt<SpanBytes>(address), length: length };
}

/** Whether `count` bytes from `offset` on are inside. */
export function spanHas(span: Span, offset: u32, count: u32): boolean {
  return offset <= span.length && count <= span.length - offset;
}

/** The part of a span from `offset` on, which is inside. */
export function spanPart(span: Span, offset: u32, length: u32): Span {
  assert(spanHas(span, offset, length));
  return spanAt(addressOf(span.bytes) + u64(offset), length);
}

/** One byte. */
export function spanByte(span: Span, offset: u32): u32 {
  if (offset >= span.length || offset >= SPAN_LIMIT) return 0;
  return span.bytes.at[offset];
}

/** The four bytes at an offset, all of which are inside. */
function wordAt(span: Span, offset: u32): SpanWord {
  return objectAt<SpanWord>(addressOf(span.bytes) + u64(offset));
}

/** Four bytes, the first one highest. */
export function spanBig32(span: Span, offset: u32): u32 {
  if (!spanHas(span, offset, 4)) return 0;
  const word = wordAt(span, offset);
  const first: u32 = word.bytes[0];
  const second: u32 = word.bytes[1];
  const third: u32 = word.bytes[2];
  return (first << 24) | (second << 16) | (third << 8) | word.bytes[3];
}

/** Eight bytes, the first one highest. */
export function spanBig64(span: Span, offset: u32): u64 {
  if (!spanHas(span, offset, 8)) return 0n;
  return (u64(spanBig32(span, offset)) << 32n) | u64(spanBig32(span, offset + 4));
}

/** Two bytes, the first one lowest. */
export function spanLittle16(span: Span, offset: u32): u32 {
  if (!spanHas(span, offset, 2)) return 0;
  return spanByte(span, offset) | (spanByte(span, offset + 1) << 8);
}

/** Four bytes, the first one lowest. */
export function spanLittle32(span: Span, offset: u32): u32 {
  if (!spanHas(span, offset, 4)) return 0;
  const word = wordAt(span, offset);
  const second: u32 = word.bytes[1];
  const third: u32 = word.bytes[2];
  const fourth: u32 = word.bytes[3];
  return word.bytes[0] | (second << 8) | (third << 16) | (fourth << 24);
}

/** Eight bytes, the first one lowest. */
export function spanLittle64(span: Span, offset: u32): u64 {
  if (!spanHas(span, offset, 8)) return 0n;
  return u64(spanLittle32(span, offset)) | (u64(spanLittle32(span, offset + 4)) << 32n);
}

/** Most bytes of a text that a span is compared with. */
const TEXT_LIMIT: u32 = 64;

/** Whether the bytes from `offset` on begin with a text of at most 64 bytes. */
export function spanBegins(span: Span, offset: u32, text: Text): boolean {
  const length = textLength(text);
  if (!spanHas(span, offset, length)) return false;
  const start: u64 = addressOf(span.bytes) + u64(offset);
  for (let index: u32 = 0; index < TEXT_LIMIT; index++) {
    if (index >= length) return true;
    if (objectAt<SpanByte>(start + u64(index)).value[0] !== textByte(text, index)) return false;
  }
  return false;
}

/** Whether the bytes from `offset` on are a text of at most 64 bytes and a zero byte. */
export function spanIs(span: Span, offset: u32, text: Text): boolean {
  const end: u32 = offset + textLength(text);
  return end < span.length && spanByte(span, end) === 0 && spanBegins(span, offset, text);
}
