/** Fits an expression to the type that its place expects, or says why it does not fit. */
import type { Expression, IntegerType, Type } from '../ir/ir.ts';
import { convert, retype } from '../ir/make.ts';
import type { ts } from '../front/project.ts';
import { rangeOf } from '../flow/ranges.ts';
import { refusal, type Context } from './scope.ts';
import { contains, isBig, rangeOfKind, sameType, typeName, widens } from '../ir/types.ts';

/** `e` as an `expected`; `node` is where it stands in the source. `advice` says what to do where a value may not fit. */
export function coerce(e: Expression, expected: Type, node: ts.Node, context: Context, advice?: string): Expression {
  const type = e.type;
  if (sameType(type, expected)) return e;
  if (type.tag === 'integer' && expected.tag === 'integer') {
    return coerceInteger(e, type, expected, node, context, advice);
  }
  if (type.tag === 'pointer' && expected.tag === 'pointer' && type.target === expected.target) {
    if (!type.nullable || expected.nullable) return e.op === 'null' ? { ...e, type: expected } : e;
    if (isNarrowable(e)) return e;
    throw refusal('nullableRead', node);
  }
  if (type.tag === 'void' || type.tag === 'never') throw refusal('notValue', node, 'a call without a result');
  throw refusal('mismatch', node, typeName(type), typeName(expected));
}

/** Whether tsc's narrowing of a nullable value can be trusted: nobody else can change a local. */
export function isNarrowable(e: Expression): boolean {
  return e.op === 'load' && e.place.place === 'local';
}

function coerceInteger(
  e: Expression,
  from: IntegerType,
  to: IntegerType,
  node: ts.Node,
  context: Context,
  advice = `Write \`${to.kind}(x)\` to check, or \`${to.kind}.wrap(x)\` to keep the low bits.`,
): Expression {
  const literal = e.op === 'integer' && e.constant === null && from.distinct === null;
  if (to.distinct !== null && from.distinct !== to.distinct && !literal) {
    throw refusal('distinct', node, typeName(from), to.distinct);
  }
  if (from.kind === to.kind) return retype(e, to.distinct);
  if (isBig(from.kind) !== isBig(to.kind)) throw refusal('mismatch', node, typeName(from), typeName(to));
  if (widens(from.kind, to.kind)) return convert(e, to, 'widen', null);
  const range = rangeOf(e, context.facts);
  const whole = rangeOfKind(to.kind);
  if (contains(whole, range)) return convert(e, to, 'proven', null);
  if (e.op === 'integer') {
    throw refusal('literalRange', node, String(e.value), to.kind, String(whole.low), String(whole.high));
  }
  throw refusal('narrowing', node, typeName(from), typeName(to), advice);
}
