/** Statements in JavaScript: the structure of the source, one line for each simple statement. */

import { isPlainPlace, loadPiece, placeText, printExpression, storePiece } from './expressions.ts';
import { LEVEL, at, callText, primary, siteText, type Scope } from './pieces.ts';
import type { Statement, StatementOf } from '../ir/ir.ts';

export type Lines = readonly string[];

export function indent(lines: Lines): Lines {
  return lines.map((line) => (line === '' ? '' : `  ${line}`));
}

function block(body: Lines): Lines {
  return ['{', ...indent(body), '}'];
}

/** `head {`, the body, `}`. */
export function braced(head: string, body: Lines): Lines {
  return body.length === 0 ? [`${head} {}`] : [`${head} {`, ...indent(body), '}'];
}

function withOld(statement: StatementOf<'update'>, old: string, scope: Scope): Scope {
  return { ...scope, old: new Map([...scope.old, [statement.old, primary(old)]]) };
}

/** A statement that JavaScript can write as an expression, or null. */
function simpleText(statement: Statement, scope: Scope): string | null {
  switch (statement.kind) {
    case 'evaluate':
      return printExpression(statement.expression, scope).text;
    case 'assign': {
      const { place, value } = statement;
      if (place.place === 'local') return `${scope.locals.of(place.local)} = ${printExpression(value, scope).text}`;
      return storePiece(place, placeText(place, scope), printExpression(value, scope), scope);
    }
    case 'update': {
      const { place, value } = statement;
      if (place.place === 'local') {
        const name = scope.locals.of(place.local);
        return `${name} = ${printExpression(value, withOld(statement, name, scope)).text}`;
      }
      if (!isPlainPlace(place)) return null;
      const address = placeText(place, scope);
      const old = at(loadPiece(place, address, scope), LEVEL.PRIMARY);
      return storePiece(place, address, printExpression(value, withOld(statement, old, scope)), scope);
    }
    case 'trap':
      return callText(scope, 'trap', JSON.stringify(statement.site.reason), siteText(statement.site.position)).text;
    default:
      return null;
  }
}

/** An update of a place that must be found once: its address gets a name. */
function printUpdate(statement: StatementOf<'update'>, scope: Scope): Lines {
  const { place, value } = statement;
  const address = scope.locals.hidden('place');
  const old = at(loadPiece(place, address, scope), LEVEL.PRIMARY);
  const changed = printExpression(value, withOld(statement, old, scope));
  return block([`const ${address} = ${placeText(place, scope)};`, `${storePiece(place, address, changed, scope)};`]);
}

function printDeclare(statement: StatementOf<'declare'>, scope: Scope): string {
  const { local, initial } = statement;
  const keyword = local.constant && initial !== null ? 'const' : 'let';
  const value = initial === null ? '' : ` = ${printExpression(initial, scope).text}`;
  return `${keyword} ${scope.locals.of(local)}${value};`;
}

function printIf(statement: StatementOf<'if'>, scope: Scope): Lines {
  const head = `if (${printExpression(statement.condition, scope).text})`;
  const [check, ...others] = statement.whenTrue;
  if (check?.kind === 'trap' && others.length === 0 && statement.whenFalse.length === 0) {
    return printStatement(check, scope).map((line) => `${head} ${line}`);
  }
  const whenTrue = braced(head, printStatements(statement.whenTrue, scope));
  if (statement.whenFalse.length === 0) return whenTrue;
  const [only, ...more] = statement.whenFalse;
  const rest =
    only?.kind === 'if' && more.length === 0
      ? printIf(only, scope)
      : block(printStatements(statement.whenFalse, scope));
  const [first = '', ...following] = rest;
  return [...whenTrue.slice(0, -1), `${whenTrue.at(-1) ?? ''} else ${first}`, ...following];
}

/** Whether a body contains a `continue` of its own loop. */
function hasContinue(statements: readonly Statement[]): boolean {
  return statements.some((statement) => {
    switch (statement.kind) {
      case 'continue':
        return true;
      case 'if':
        return hasContinue(statement.whenTrue) || hasContinue(statement.whenFalse);
      case 'switch':
        return statement.cases.some((branch) => hasContinue(branch.body));
      case 'block':
        return hasContinue(statement.body);
      default:
        return false;
    }
  });
}

/** The declarations of a loop's head as one `let`, or null when they are something else. */
function printInitial(initial: readonly Statement[], scope: Scope): string | null {
  const parts: string[] = [];
  for (const statement of initial) {
    if (statement.kind !== 'declare' || statement.initial === null) return null;
    parts.push(`${scope.locals.of(statement.local)} = ${printExpression(statement.initial, scope).text}`);
  }
  return parts.length === 0 ? '' : `let ${parts.join(', ')}`;
}

function printFor(statement: StatementOf<'for'>, outer: Scope): Lines {
  const scope = { ...outer, continueLabel: null };
  const initial = printInitial(statement.initial, scope);
  const condition = printExpression(statement.condition, scope).text;
  const updates = statement.update.map((update) => simpleText(update, scope));
  const before = initial === null ? printStatements(statement.initial, scope) : [];
  const head = `for (${initial ?? ''}; ${condition};`;
  const loop = updates.includes(null)
    ? braced(`${head})`, bodyThenUpdate(statement, scope))
    : braced(`${head}${updates.length === 0 ? '' : ` ${updates.join(', ')}`})`, printStatements(statement.body, scope));
  return initial === null ? block([...before, ...loop]) : loop;
}

/** For updates that are no expressions: `continue` leaves the block before them. */
function bodyThenUpdate(statement: StatementOf<'for'>, scope: Scope): Lines {
  const update = printStatements(statement.update, scope);
  if (!hasContinue(statement.body)) return [...block(printStatements(statement.body, scope)), ...update];
  const label = scope.locals.hidden('body');
  return [...braced(`${label}:`, printStatements(statement.body, { ...scope, continueLabel: label })), ...update];
}

function endsFlow(statement: Statement | undefined): boolean {
  return (
    statement !== undefined &&
    (statement.kind === 'return' ||
      statement.kind === 'break' ||
      statement.kind === 'continue' ||
      statement.kind === 'trap')
  );
}

function printSwitch(statement: StatementOf<'switch'>, scope: Scope): Lines {
  const lines: string[] = [];
  for (const branch of statement.cases) {
    const labels = branch.labels.map((label) => `case ${printExpression(label, scope).text}:`);
    if (branch.isDefault) labels.push('default:');
    const body = [...printStatements(branch.body, scope), ...(endsFlow(branch.body.at(-1)) ? [] : ['break;'])];
    const declares = branch.body.some((inner) => inner.kind === 'declare');
    const last = labels.pop() ?? '';
    lines.push(...labels, ...(declares ? braced(last, body) : [last, ...indent(body)]));
  }
  return braced(`switch (${printExpression(statement.subject, scope).text})`, lines);
}

function printReturn(statement: StatementOf<'return'>, scope: Scope): string {
  return statement.value === null ? 'return;' : `return ${printExpression(statement.value, scope).text};`;
}

function printStatement(statement: Statement, scope: Scope): Lines {
  const simple = simpleText(statement, scope);
  if (simple !== null) return [`${simple};`];
  switch (statement.kind) {
    case 'declare':
      return [printDeclare(statement, scope)];
    case 'update':
      return printUpdate(statement, scope);
    case 'if':
      return printIf(statement, scope);
    case 'for':
      return printFor(statement, scope);
    case 'while': {
      const head = `while (${printExpression(statement.condition, scope).text})`;
      return braced(head, printStatements(statement.body, { ...scope, continueLabel: null }));
    }
    case 'switch':
      return printSwitch(statement, scope);
    case 'return':
      return [printReturn(statement, scope)];
    case 'break':
      return ['break;'];
    case 'continue':
      return [scope.continueLabel === null ? 'continue;' : `break ${scope.continueLabel};`];
    case 'block':
      return block(printStatements(statement.body, scope));
    default:
      throw new Error(
        `emit-js: a statement of kind ${statement.kind} at ${statement.position.file}:${statement.position.line}`,
      );
  }
}

export function printStatements(statements: readonly Statement[], scope: Scope): Lines {
  return statements.flatMap((statement) => printStatement(statement, scope));
}
