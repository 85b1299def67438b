/** Facts about types: ranges of integers, names for messages, equality, sizes. */
import type { ClassDeclaration, IntegerKind, IntegerType, PointerType, SimpleType, StorageType, Type } from './ir.ts';

export interface Range {
  readonly low: bigint;
  readonly high: bigint;
}

interface IntegerFacts {
  readonly bits: number;
  readonly signed: boolean;
  /** The kind in which its operators compute. */
  readonly wide: IntegerKind;
}

const FACTS: Readonly<Record<IntegerKind, IntegerFacts>> = {
  u8: { bits: 8, signed: false, wide: 'u32' },
  u16: { bits: 16, signed: false, wide: 'u32' },
  u32: { bits: 32, signed: false, wide: 'u32' },
  u64: { bits: 64, signed: false, wide: 'u64' },
  i8: { bits: 8, signed: true, wide: 'i32' },
  i16: { bits: 16, signed: true, wide: 'i32' },
  i32: { bits: 32, signed: true, wide: 'i32' },
  i64: { bits: 64, signed: true, wide: 'i64' },
};

export function isIntegerKind(name: string): name is IntegerKind {
  return Object.hasOwn(FACTS, name);
}
export function integer(kind: IntegerKind, distinct: string | null = null): IntegerType {
  return { tag: 'integer', kind, distinct };
}
export const BOOLEAN: SimpleType = { tag: 'boolean' };
export const TEXT: SimpleType = { tag: 'text' };
export const VOID: SimpleType = { tag: 'void' };
export const NEVER: SimpleType = { tag: 'never' };

export function bitsOf(kind: IntegerKind): number {
  return FACTS[kind].bits;
}
export function isSigned(kind: IntegerKind): boolean {
  return FACTS[kind].signed;
}
export function wideKind(kind: IntegerKind): IntegerKind {
  return FACTS[kind].wide;
}
/** Whether TypeScript writes values of this kind as `bigint`. */
export function isBig(kind: IntegerKind): boolean {
  return FACTS[kind].bits === 64;
}
export function rangeOfKind(kind: IntegerKind): Range {
  const { bits, signed } = FACTS[kind];
  const span = 1n << BigInt(bits);
  return signed ? { low: -(span / 2n), high: span / 2n - 1n } : { low: 0n, high: span - 1n };
}
export function contains(outer: Range, inner: Range): boolean {
  return outer.low <= inner.low && inner.high <= outer.high;
}
/** The value that keeps the low bits. */
export function wrapTo(kind: IntegerKind, value: bigint): bigint {
  const { bits, signed } = FACTS[kind];
  return signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
}
/** Whether every value of `from` is a value of `to` without being written as another TypeScript type. */
export function widens(from: IntegerKind, to: IntegerKind): boolean {
  return isBig(from) === isBig(to) && contains(rangeOfKind(to), rangeOfKind(from)) && isSigned(from) === isSigned(to);
}

export function pointer(target: ClassDeclaration, nullable: boolean): PointerType {
  return { tag: 'pointer', target, nullable };
}

/** A type as its user writes it. */
export function typeName(type: Type | StorageType): string {
  switch (type.tag) {
    case 'integer':
      return type.distinct ?? type.kind;
    case 'pointer':
      return type.nullable ? `${type.target.name} | null` : type.target.name;
    case 'embedded':
      return type.target.name;
    case 'array':
      return `FixedArray<${typeName(type.element)}, ${type.length}>`;
    case 'atomic':
      return `Atomic<${typeName(type.of)}>`;
    case 'volatile':
      return `Volatile<${typeName(type.of)}>`;
    case 'value':
    case 'function':
      return type.declaration.name;
    case 'text':
      return 'Text';
    default:
      return type.tag;
  }
}

export function sameType(a: Type | StorageType, b: Type | StorageType): boolean {
  if (a.tag === 'integer' && b.tag === 'integer') return a.kind === b.kind && a.distinct === b.distinct;
  if (a.tag === 'pointer' && b.tag === 'pointer') return a.target === b.target && a.nullable === b.nullable;
  if ((a.tag === 'value' || a.tag === 'function') && a.tag === b.tag) return a.declaration === b.declaration;
  if (a.tag === 'embedded' && b.tag === 'embedded') return a.target === b.target;
  return a.tag === b.tag && a.tag !== 'array' && a.tag !== 'atomic' && a.tag !== 'volatile';
}

export interface Extent {
  readonly size: number;
  readonly alignment: number;
}
/** Size and alignment of storage in bytes, as C on a 64-bit machine lays it out. */
export function extentOf(type: StorageType): Extent {
  switch (type.tag) {
    case 'integer':
      return { size: bitsOf(type.kind) / 8, alignment: bitsOf(type.kind) / 8 };
    case 'atomic':
    case 'volatile':
      return extentOf(type.of);
    case 'pointer':
      return { size: 8, alignment: 8 };
    case 'text':
      return { size: 16, alignment: 8 };
    case 'embedded':
      return { size: type.target.size, alignment: type.target.alignment };
    case 'array': {
      const element = extentOf(type.element);
      return { size: element.size * type.length, alignment: element.alignment };
    }
    default:
      return { size: 1, alignment: 1 };
  }
}
export function alignUp(value: number, alignment: number): number {
  return Math.ceil(value / alignment) * alignment;
}
