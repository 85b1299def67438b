/** Integer literals in C: the digits of the source, with the suffix that gives C the right type. */
import type { IntegerKind } from '../ir/ir.ts';

const INT_MAX = 0x7fff_ffffn;

/** Decimal masks such as ~3 come folded: nearly all bits set reads better in hexadecimal. */
function isMask(value: bigint): boolean {
  return [32n, 64n].some((bits) => value < 1n << bits && value > (1n << bits) - (1n << 16n));
}

function digits(value: bigint, source: number): string {
  const radix = isMask(value) ? 16 : source;
  if (radix === 16) return `0x${value.toString(16)}`;
  return radix === 2 ? `0b${value.toString(2)}` : value.toString();
}

const SUFFIX: Readonly<Record<IntegerKind, string>> = {
  u8: '',
  u16: '',
  u32: 'u',
  u64: 'ul',
  i8: '',
  i16: '',
  i32: '',
  i64: 'l',
};

/** The literal whose type in C is the one that values of this kind are computed in. */
export function typedLiteral(kind: IntegerKind, value: bigint, radix: number): string {
  if (value >= 0n) return digits(value, radix) + SUFFIX[kind];
  const isSmallest = value === -(1n << 31n) || value === -(1n << 63n);
  const text = `-${digits(isSmallest ? -value - 1n : -value, radix)}${SUFFIX[kind]}`;
  return isSmallest ? `(${text} - 1)` : text;
}

/** The literal where its value alone matters: stored, passed, or beside an operand of the right type. */
export function bareLiteral(kind: IntegerKind, value: bigint, radix: number): string {
  const needsNoSuffix = value <= INT_MAX && value >= -INT_MAX;
  const isSelfTyped = (radix !== 10 || isMask(value)) && value >= 0n;
  return needsNoSuffix || isSelfTyped
    ? (value < 0n ? '-' : '') + digits(value < 0n ? -value : value, radix)
    : typedLiteral(kind, value, radix);
}
