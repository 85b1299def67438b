/** `condition ? a : b`: both sides get one type. */
import { coerce } from './coerce.ts';
import type { Expression, Type } from '../ir/ir.ts';
import { isUntyped } from './literal.ts';
import { lowerCondition } from './operator.ts';
import { positionOf, ts } from '../front/project.ts';
import { factsOf } from '../flow/ranges.ts';
import { refusal, unwrapped, withFacts, type Context } from './scope.ts';
import { bitsOf, integer, isSigned, typeName } from '../ir/types.ts';

/** Whether an expression takes its type from the other side: `null`, or literals. */
function isTypeless(node: ts.Expression): boolean {
  return unwrapped(node).kind === ts.SyntaxKind.NullKeyword || isUntyped(node);
}
/** The type that `null` or a literal on one side takes from the other. */
function lent(type: Type, node: ts.Expression): Type {
  return type.tag === 'pointer' && !isUntyped(node) ? { ...type, nullable: true } : type;
}

interface Sides {
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
  readonly type: Type;
}

export function lowerConditional(node: ts.ConditionalExpression, context: Context, expected: Type | null): Expression {
  const condition = lowerCondition(node.condition, context);
  const yes = withFacts(context, factsOf(condition, true, context.facts));
  const no = withFacts(context, factsOf(condition, false, context.facts));
  const { whenTrue, whenFalse, type } =
    expected === null
      ? lowerFree(node, yes, no)
      : {
          whenTrue: context.lower(node.whenTrue, yes, expected),
          whenFalse: context.lower(node.whenFalse, no, expected),
          type: expected,
        };
  const effects = condition.effects | whenTrue.effects | whenFalse.effects;
  return { op: 'conditional', condition, whenTrue, whenFalse, type, effects, position: positionOf(node) };
}

/** Both sides, where nothing around the conditional decides its type. */
function lowerFree(node: ts.ConditionalExpression, yes: Context, no: Context): Sides {
  if (isTypeless(node.whenTrue) && !isTypeless(node.whenFalse)) {
    const whenFalse = no.lower(node.whenFalse, no, null);
    const type = lent(whenFalse.type, node.whenTrue);
    return { whenTrue: yes.lower(node.whenTrue, yes, type), whenFalse: coerce(whenFalse, type, node, no), type };
  }
  const first = yes.lower(node.whenTrue, yes, null);
  if (isTypeless(node.whenFalse)) {
    const type = lent(first.type, node.whenFalse);
    return { whenTrue: coerce(first, type, node, yes), whenFalse: no.lower(node.whenFalse, no, type), type };
  }
  const second = no.lower(node.whenFalse, no, null);
  const type = commonType(first.type, second.type, node);
  return {
    whenTrue: coerce(first, type, node.whenTrue, yes),
    whenFalse: coerce(second, type, node.whenFalse, no),
    type,
  };
}

/** The wider of two integer types of one signedness, plain where only one is distinct; else the type of the first. */
function commonType(a: Type, b: Type, node: ts.Node): Type {
  if (a.tag === 'pointer' && b.tag === 'pointer') return { ...a, nullable: a.nullable || b.nullable };
  if (a.tag !== 'integer' || b.tag !== 'integer') return a;
  if (a.distinct !== null && b.distinct !== null && a.distinct !== b.distinct) {
    throw refusal('mixedOperands', node, '?:', typeName(a), typeName(b));
  }
  const wider = bitsOf(b.kind) > bitsOf(a.kind) && isSigned(a.kind) === isSigned(b.kind) ? b : a;
  return integer(wider.kind, a.distinct === b.distinct ? a.distinct : null);
}
