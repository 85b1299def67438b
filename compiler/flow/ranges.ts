/** Intervals of integer expressions, from types, operators and what is known about constant locals. */
import type { Expression, ExpressionOf, Local } from '../ir/ir.ts';
import { bitsOf, contains, rangeOfKind, type Range } from '../ir/types.ts';

/** What is known about locals that keep their value wherever these facts hold: their range. */
export type Facts = ReadonlyMap<Local, Range>;

function smallestMask(value: bigint): bigint {
  return value <= 0n ? 0n : (1n << BigInt(value.toString(2).length)) - 1n;
}

/** A count that may reach the width is taken modulo the width: then it can be anything below. */
function shiftRange(operator: '<<' | '>>', left: Range, count: Range, bits: number): Range {
  const most = BigInt(bits) - 1n;
  const right = count.low < 0n || count.high > most ? { low: 0n, high: most } : count;
  if (operator === '<<') return { low: left.low << right.low, high: left.high << right.high };
  return hull([left.low >> right.low, left.low >> right.high, left.high >> right.low, left.high >> right.high]);
}
function hull(values: readonly bigint[]): Range {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return { low: sorted[0] ?? 0n, high: sorted[sorted.length - 1] ?? 0n };
}

function exactRange(e: ExpressionOf<'arithmetic'>, left: Range, right: Range, whole: Range): Range {
  switch (e.operator) {
    case '+':
      return { low: left.low + right.low, high: left.high + right.high };
    case '-':
      return { low: left.low - right.high, high: left.high - right.low };
    case '*':
      return hull([left.low * right.low, left.low * right.high, left.high * right.low, left.high * right.high]);
    case '/':
      return left.low >= 0n && right.low > 0n ? { low: left.low / right.high, high: left.high / right.low } : whole;
    case '%':
      return left.low >= 0n && right.low > 0n
        ? { low: 0n, high: left.high < right.high - 1n ? left.high : right.high - 1n }
        : whole;
    case '&':
      return { low: 0n, high: left.high < right.high ? left.high : right.high };
    case '|':
    case '^':
      return { low: 0n, high: smallestMask(left.high > right.high ? left.high : right.high) };
    default:
      return shiftRange(e.operator, left, right, bitsOf(e.type.kind));
  }
}

/** An interval that holds every value the expression can have. */
export function rangeOf(e: Expression, facts: Facts): Range {
  if (e.type.tag !== 'integer') return { low: 0n, high: 0n };
  const whole = rangeOfKind(e.type.kind);
  switch (e.op) {
    case 'integer':
      return { low: e.value, high: e.value };
    case 'load':
      return e.place.place === 'local' ? (facts.get(e.place.local) ?? whole) : whole;
    case 'convert': {
      const operand = rangeOf(e.operand, facts);
      if (contains(whole, operand)) return operand;
      return e.mode === 'wrap' ? whole : (overlap(operand, whole) ?? whole);
    }
    case 'conditional': {
      const a = rangeOf(e.whenTrue, facts);
      const b = rangeOf(e.whenFalse, facts);
      return hull([a.low, a.high, b.low, b.high]);
    }
    case 'arithmetic': {
      const range = exactRange(e, rangeOf(e.left, facts), rangeOf(e.right, facts), whole);
      return contains(whole, range) ? range : whole;
    }
    case 'text-byte':
      return rangeOfKind('u8');
    default:
      return whole;
  }
}

/** What two intervals share, or null. */
function overlap(a: Range, b: Range): Range | null {
  const low = a.low > b.low ? a.low : b.low;
  const high = a.high < b.high ? a.high : b.high;
  return low > high ? null : { low, high };
}

/** The facts that hold where `condition` is known to be `truth`, on top of `facts`. */
export function factsOf(condition: Expression, truth: boolean, facts: Facts): Facts {
  switch (condition.op) {
    case 'not':
      return factsOf(condition.operand, !truth, facts);
    case 'logical':
      if ((condition.operator === '&&') !== truth) return facts;
      return factsOf(condition.right, truth, factsOf(condition.left, truth, facts));
    case 'compare': {
      const operator = truth ? condition.operator : OPPOSITE[condition.operator];
      const once = narrowed(condition.left, operator, rangeOf(condition.right, facts), facts);
      return narrowed(condition.right, MIRRORED[operator], rangeOf(condition.left, once), once);
    }
    default:
      return facts;
  }
}

const OPPOSITE = { '===': '!==', '!==': '===', '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const;
export const MIRRORED = { '===': '===', '!==': '!==', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

/**
 * The local whose value an expression is, seen through conversions that keep it; null unless
 * that local keeps its value here: it is constant, or a fact about it says so.
 */
function localOf(e: Expression, facts: Facts): Local | null {
  if (e.op === 'convert' && e.mode !== 'wrap') return localOf(e.operand, facts);
  if (e.op !== 'load' || e.place.place !== 'local') return null;
  const { local } = e.place;
  return local.constant || facts.has(local) ? local : null;
}

function narrowed(e: Expression, operator: keyof typeof OPPOSITE, other: Range, facts: Facts): Facts {
  if (e.op === 'arithmetic' && e.operator === '|') return narrowedOperands(e, operator, other, facts);
  const local = localOf(e, facts);
  if (local === null || local.type.tag !== 'integer') return facts;
  const now = facts.get(local) ?? rangeOfKind(local.type.kind);
  const high = operator === '<' ? other.high - 1n : operator === '<=' || operator === '===' ? other.high : now.high;
  const low = operator === '>' ? other.low + 1n : operator === '>=' || operator === '===' ? other.low : now.low;
  const range = overlap(now, { low, high });
  if (range === null) return facts;
  const trimmed = operator === '!==' && other.low === other.high ? trim(range, other.low) : range;
  return trimmed.low > trimmed.high ? facts : new Map([...facts, [local, trimmed]]);
}

/** Neither operand of an unsigned "or" is above its value. */
function narrowedOperands(
  e: ExpressionOf<'arithmetic'>,
  operator: keyof typeof OPPOSITE,
  other: Range,
  facts: Facts,
): Facts {
  if (rangeOf(e.left, facts).low < 0n || rangeOf(e.right, facts).low < 0n) return facts;
  if (operator !== '<' && operator !== '<=' && operator !== '===') return facts;
  const high = operator === '<' ? other.high - 1n : other.high;
  const limit = { low: 0n, high };
  return narrowed(e.right, '<=', limit, narrowed(e.left, '<=', limit, facts));
}

function trim(range: Range, value: bigint): Range {
  if (range.low === value) return { low: value + 1n, high: range.high };
  if (range.high === value) return { low: range.low, high: value - 1n };
  return range;
}
