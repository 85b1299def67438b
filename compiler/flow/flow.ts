/** Where control can go: whether the end of statements can be reached. */
import type { Expression, Statement } from '../ir/ir.ts';

/** Whether control never reaches the end of these statements. */
export function endsFlow(statements: readonly Statement[]): boolean {
  const last = statements[statements.length - 1];
  switch (last?.kind) {
    case 'return':
    case 'break':
    case 'continue':
    case 'trap':
      return true;
    case 'evaluate':
      return last.expression.type.tag === 'never';
    case 'if':
      return isAlways(last.condition) ? endsFlow(last.whenTrue) : endsFlow(last.whenTrue) && endsFlow(last.whenFalse);
    case 'block':
      return endsFlow(last.body);
    case 'while':
    case 'for':
      return isAlways(last.condition) && !leavesByBreak(last.body);
    case 'switch':
      return (
        last.cases.some((one) => one.isDefault) &&
        last.cases.every((one) => endsFlow(one.body) && !leavesByBreak(one.body))
      );
    default:
      return false;
  }
}

function isAlways(condition: Expression): boolean {
  return condition.op === 'boolean' && condition.value;
}

/** Whether a `break` in these statements leaves the loop or switch around them. */
function leavesByBreak(statements: readonly Statement[]): boolean {
  return statements.some((statement) => {
    switch (statement.kind) {
      case 'break':
        return true;
      case 'if':
        return leavesByBreak(statement.whenTrue) || leavesByBreak(statement.whenFalse);
      case 'block':
        return leavesByBreak(statement.body);
      default:
        return false;
    }
  });
}
