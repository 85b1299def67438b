/** Intervals of integer expressions, from types, operators and what is known about constant locals. */
import type { Expression, ExpressionOf, Local } from './ir.ts';
import { contains, rangeOfKind, type Range } from './types.ts';

/** What is known about locals that never change: their range here. */
export type Facts = ReadonlyMap<Local, Range>;

function smallestMask(value: bigint): bigint {
  return value <= 0n ? 0n : (1n << BigInt(value.toString(2).length)) - 1n;
}

function shiftRange(operator: '<<' | '>>', left: Range, right: Range, whole: Range): Range {
  if (right.low < 0n || right.high > 63n) return whole;
  if (operator === '>>') {
    const ends = [left.low >> right.low, left.low >> right.high, left.high >> right.low, left.high >> right.high];
    return hull(ends);
  }
  return { low: left.low << right.low, high: left.high << right.high };
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
      return shiftRange(e.operator, left, right, whole);
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
      if (e.mode === 'wrap') return whole;
      return {
        low: operand.low < whole.low ? whole.low : operand.low,
        high: operand.high > whole.high ? whole.high : operand.high,
      };
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
const MIRRORED = { '===': '===', '!==': '!==', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

/** The constant local whose value an expression is, seen through conversions that keep it. */
function localOf(e: Expression): Local | null {
  if (e.op === 'convert' && e.mode !== 'wrap') return localOf(e.operand);
  return e.op === 'load' && e.place.place === 'local' && e.place.local.constant ? e.place.local : null;
}

function narrowed(e: Expression, operator: keyof typeof OPPOSITE, other: Range, facts: Facts): Facts {
  const local = localOf(e);
  if (local === null || local.type.tag !== 'integer') return facts;
  const now = facts.get(local) ?? rangeOfKind(local.type.kind);
  const high = operator === '<' ? other.high - 1n : operator === '<=' || operator === '===' ? other.high : now.high;
  const low = operator === '>' ? other.low + 1n : operator === '>=' || operator === '===' ? other.low : now.low;
  const range = { low: low > now.low ? low : now.low, high: high < now.high ? high : now.high };
  const trimmed = operator === '!==' && other.low === other.high ? trim(range, other.low) : range;
  return trimmed.low > trimmed.high ? facts : new Map([...facts, [local, trimmed]]);
}

function trim(range: Range, value: bigint): Range {
  if (range.low === value) return { low: value + 1n, high: range.high };
  if (range.high === value) return { low: range.low, high: value - 1n };
  return range;
}
