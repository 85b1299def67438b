/** `switch` over integers: no case falls through. */
import { diagnostic } from '../diagnostics/diagnostics.ts';
import { endsFlow } from '../flow/flow.ts';
import type { Expression, Statement } from '../ir/ir.ts';
import { lengthOf, positionOf, ts } from '../front/project.ts';
import { attempt, innerContext, refusal, type Context } from './scope.ts';
import { typeName } from '../ir/types.ts';

type LowerStatements = (nodes: readonly ts.Statement[], context: Context) => readonly Statement[];
type Cases = Extract<Statement, { kind: 'switch' }>['cases'];

/** The statements of a case; a single block around them is the case's own. */
function bodyOf(clause: ts.CaseOrDefaultClause): readonly ts.Statement[] {
  const [only] = clause.statements;
  return clause.statements.length === 1 && only !== undefined && ts.isBlock(only) ? only.statements : clause.statements;
}

/** Without the `break` at the end, which says nothing where no case falls through. */
function withoutBreak(body: readonly Statement[]): readonly Statement[] {
  return body[body.length - 1]?.kind === 'break' ? body.slice(0, -1) : body;
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
    if (ts.isCaseClause(clause)) {
      labels.push(...attempt(context.surroundings, () => [lowerLabel(clause, subject, seen, context)], []));
    } else isDefault = true;
    const isLast = index === clauses.length - 1;
    if (clause.statements.length === 0 && !isLast) return;
    const inner = innerContext(context, { inside: { ...context.inside, breakable: true } });
    const before = context.surroundings.refusals();
    const body = lowerStatements(bodyOf(clause), inner);
    const isWhole = context.surroundings.refusals() === before;
    if (isWhole && !isLast && !endsFlow(body)) {
      context.surroundings.refuse(diagnostic('fallThrough', positionOf(clause), lengthOf(clause)));
    }
    cases.push({ labels, isDefault, body: withoutBreak(body), position: positionOf(clause) });
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
