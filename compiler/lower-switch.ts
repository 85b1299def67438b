/** `switch` over integers: no case falls through. */
import type { Expression, Statement } from './ir.ts';
import { positionOf, ts } from './project.ts';
import { innerContext, refusal, type Context } from './scope.ts';
import { typeName } from './types.ts';

type LowerStatements = (nodes: readonly ts.Statement[], context: Context) => readonly Statement[];
type Cases = Extract<Statement, { kind: 'switch' }>['cases'];

/** The statements of a case without the `break` that ends it. */
function bodyOf(clause: ts.CaseOrDefaultClause): readonly ts.Statement[] {
  const [only] = clause.statements;
  const nodes =
    clause.statements.length === 1 && only !== undefined && ts.isBlock(only) ? only.statements : clause.statements;
  const last = nodes[nodes.length - 1];
  return last !== undefined && ts.isBreakStatement(last) ? nodes.slice(0, -1) : nodes;
}

/** Whether a statement certainly leaves its block. */
function leaves(node: ts.Statement | undefined): boolean {
  if (node === undefined) return false;
  if (ts.isBlock(node)) return leaves(node.statements[node.statements.length - 1]);
  if (ts.isIfStatement(node)) return leaves(node.thenStatement) && leaves(node.elseStatement);
  return ts.isReturnStatement(node) || ts.isBreakStatement(node) || ts.isContinueStatement(node);
}

function requireEnd(clause: ts.CaseOrDefaultClause, isLast: boolean, body: readonly Statement[]): void {
  const last = clause.statements[clause.statements.length - 1];
  const lowered = body[body.length - 1];
  const never = lowered?.kind === 'trap' || (lowered?.kind === 'evaluate' && lowered.expression.type.tag === 'never');
  if (!isLast && !leaves(last) && !never) throw refusal('fallThrough', clause);
}

export function lowerSwitch(node: ts.SwitchStatement, context: Context, lowerStatements: LowerStatements): Statement {
  const subject = context.lower(node.expression, context, null);
  if (subject.type.tag !== 'integer') {
    throw refusal('operandType', node.expression, 'switch', typeName(subject.type), 'Cases are integers.');
  }
  const seen = new Set<bigint>();
  const cases: Cases[number][] = [];
  let labels: Expression[] = [];
  let isDefault = false;
  const clauses = node.caseBlock.clauses;
  clauses.forEach((clause, index) => {
    if (ts.isCaseClause(clause)) labels.push(lowerLabel(clause, subject, seen, context));
    else isDefault = true;
    const isLast = index === clauses.length - 1;
    if (clause.statements.length === 0 && !isLast) return;
    const inner = innerContext(context, { inside: { ...context.inside, breakable: true } });
    const body = lowerStatements(bodyOf(clause), inner);
    requireEnd(clause, isLast, body);
    cases.push({ labels, isDefault, body, position: positionOf(clause) });
    labels = [];
    isDefault = false;
  });
  return { kind: 'switch', subject, cases, position: positionOf(node) };
}

function lowerLabel(clause: ts.CaseClause, subject: Expression, seen: Set<bigint>, context: Context): Expression {
  const label = context.lower(clause.expression, context, subject.type);
  if (label.op !== 'integer') throw refusal('notConstant', clause.expression);
  if (seen.has(label.value)) throw refusal('duplicateCase', clause.expression, String(label.value));
  seen.add(label.value);
  return label;
}
