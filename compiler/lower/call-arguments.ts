/** The arguments of a call: as many as are declared, each of the declared type. */
import type { Expression, Type } from '../ir/ir.ts';
import type { ts } from '../front/project.ts';
import { refusal, type Context } from './scope.ts';

/** `1 argument`, `2 arguments`. */
export function argumentsOf(count: number): string {
  return count === 1 ? '1 argument' : `${count} arguments`;
}

export function requireCount(name: string, wanted: number, node: ts.CallExpression): void {
  if (node.arguments.length !== wanted) {
    throw refusal('argumentCount', node, name, argumentsOf(wanted), String(node.arguments.length));
  }
}

/** The argument of a call that takes exactly one. */
export function onlyArgument(name: string, node: ts.CallExpression): ts.Expression {
  const [found] = node.arguments;
  if (found === undefined || node.arguments.length > 1) {
    throw refusal('argumentCount', node, name, argumentsOf(1), String(node.arguments.length));
  }
  return found;
}

export function lowerArguments(
  name: string,
  types: readonly Type[],
  node: ts.CallExpression,
  context: Context,
): readonly Expression[] {
  requireCount(name, types.length, node);
  return node.arguments.flatMap((argument, index) => {
    const type = types[index];
    return type === undefined ? [] : [context.lower(argument, context, type)];
  });
}

/** The argument, lowered, of a call that takes exactly one. */
export function lowerOnly(name: string, type: Type | null, node: ts.CallExpression, context: Context): Expression {
  return context.lower(onlyArgument(name, node), context, type);
}
