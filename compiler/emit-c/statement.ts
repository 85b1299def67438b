/** Statements in C, line beside line with the TypeScript that they come from. */
import { placeText, print, valueOf } from './expression.ts';
import { LEVEL, type Scope, parenthesised, siteText } from './piece.ts';
import { type SourceText, WIDTH } from './text.ts';
import { constantDeclarator, declarator } from './types.ts';
import type { ArithmeticOperator, Expression, Local, Statement, StatementOf } from '../ir/ir.ts';
import { isDirectUpdate } from '../order/order.ts';
import { notOf } from '../order/build.ts';

export interface Body {
  readonly scope: Scope;
  readonly text: SourceText;
  /** Locals that nothing reads: gcc must be told. */
  readonly unused: ReadonlySet<Local>;
}

export function printStatements(body: Body, statements: readonly Statement[]): void {
  for (const statement of statements) printStatement(body, statement);
}

function printStatement(body: Body, statement: Statement): void {
  const { line } = statement.position;
  const simple = simpleText(body, statement);
  if (simple !== null) return body.text.statement(line, statement.kind === 'if' ? ended(simple) : `${simple};`);
  switch (statement.kind) {
    case 'if':
      return printIf(body, statement);
    case 'for':
      return printFor(body, statement);
    case 'while':
      return printLoop(body, statement, `while (${print(body.scope, statement.condition).text})`);
    case 'switch':
      return printSwitch(body, statement);
    case 'block':
      return printBlock(body, statement);
    default:
      throw new Error(`Compiler bug: no C for a statement of kind '${statement.kind}'.`);
  }
}

// ------------------------------------------------------- simple statements

/** A statement that fits on one line, without its semicolon, or null. */
function simpleText(body: Body, statement: Statement): string | null {
  const { scope } = body;
  switch (statement.kind) {
    case 'declare':
      return declarationText(body, statement);
    case 'assign':
      return assignmentText(scope, statement);
    case 'if':
      return shortIf(body, statement);
    case 'update':
      return updateText(scope, statement);
    case 'evaluate':
      return evaluationText(scope, statement.expression);
    case 'return':
      return statement.value === null ? 'return' : `return ${valueOf(scope, statement.value)}`;
    case 'break':
    case 'continue':
      return statement.kind;
    case 'trap':
      return `checkFailed(${siteText(scope, statement.site.position)})`;
    default:
      return null;
  }
}

function declarationText(body: Body, statement: StatementOf<'declare'>): string {
  const { local, initial } = statement;
  const { names } = body.scope;
  const name = body.scope.local(local);
  const isConstant = local.constant && initial !== null;
  const head = isConstant ? constantDeclarator(names, local.type, name) : declarator(names, local.type, name);
  const mark = body.unused.has(local) ? ' UNUSED' : '';
  return initial === null ? head + mark : `${head}${mark} = ${valueOf(body.scope, initial)}`;
}

/** `place++` or `place += operand`. */
function changeText(scope: Scope, target: string, operator: ArithmeticOperator, operand: Expression): string {
  const isOne = operand.op === 'integer' && operand.value === 1n && operand.constant === null;
  if (isOne && (operator === '+' || operator === '-')) return `${target}${operator}${operator}`;
  return `${target} ${operator}= ${valueOf(scope, operand)}`;
}

/** An assignment; one to a local of a sum in which it stands first (as counters are) in its short form. */
function assignmentText(scope: Scope, statement: StatementOf<'assign'>): string {
  const { place, value } = statement;
  const target = placeText(scope, place);
  if (place.place === 'local' && value.op === 'arithmetic' && value.check === null && !value.masked) {
    const { left } = value;
    const isOwn = left.op === 'load' && left.place.place === 'local' && left.place.local === place.local;
    if (isOwn) return changeText(scope, target, value.operator, value.right);
  }
  return `${target} = ${valueOf(scope, value)}`;
}

function updateText(scope: Scope, statement: StatementOf<'update'>): string {
  const { place, old, operand, operator, value } = statement;
  const target = placeText(scope, place);
  if (isDirectUpdate(statement)) return changeText(scope, target, operator, operand);
  const local = (one: Local): string => (one === old ? target : scope.local(one));
  return `${target} = ${valueOf({ ...scope, local }, value)}`;
}

function evaluationText(scope: Scope, expression: Expression): string {
  const { op } = expression;
  const printed = print(scope, expression);
  if (op === 'call' || op === 'call-indirect' || op === 'atomic' || op === 'volatile-read' || op === 'volatile-write') {
    return printed.text;
  }
  return `(void)${parenthesised(printed, LEVEL.UNARY)}`;
}

// ----------------------------------------------------------------- if

/** A check; or an `if` that the source has on one line, or that was made from one line. */
function shortIf(body: Body, statement: StatementOf<'if'>): string | null {
  const { whenTrue, whenFalse, position } = statement;
  const [first, ...more] = whenTrue;
  if (first === undefined || [...whenTrue, ...whenFalse].some((one) => one.position.line !== position.line))
    return null;
  if (first.kind === 'trap' && more.length === 0 && whenFalse.length === 0) {
    const holds = valueOf(body.scope, notOf(statement.condition));
    return `harmonyAssert(${holds}, ${siteText(body.scope, first.site.position)})`;
  }
  const inner = shortBody(body, whenTrue, whenFalse.length > 0);
  const rest = whenFalse.length === 0 ? '' : shortBody(body, whenFalse, true);
  if (inner === null || rest === null) return null;
  const text = `if (${print(body.scope, statement.condition).text}) ${inner}${rest === '' ? '' : ` else ${rest}`}`;
  return text.length > WIDTH - 8 ? null : text;
}

/** A statement on one line with its end: a block in braces has one already, a value in braces has not. */
function ended(text: string): string {
  return text.endsWith(' }') ? text : `${text};`;
}

/** Simple statements on one line, in braces unless there is only one that C takes without; or null. */
function shortBody(body: Body, statements: readonly Statement[], needsBraces: boolean): string | null {
  const texts = statements.map((one) => simpleText(body, one));
  if (texts.includes(null)) return null;
  const [only, ...more] = statements;
  const isAlone = only !== undefined && more.length === 0 && only.kind !== 'declare' && only.kind !== 'if';
  if (isAlone && !needsBraces) return texts[0] ?? null;
  return `{ ${texts.map((text) => ended(text ?? '')).join(' ')} }`;
}

function printIf(body: Body, statement: StatementOf<'if'>): void {
  const { text, scope } = body;
  text.open(statement.position.line, `if (${print(scope, statement.condition).text}) {`, false);
  printStatements(body, statement.whenTrue);
  let rest = statement.whenFalse;
  for (let next = onlyIf(rest); next !== null; next = onlyIf(rest)) {
    text.reopen(next.position.line, `} else if (${print(scope, next.condition).text}) {`);
    printStatements(body, next.whenTrue);
    rest = next.whenFalse;
  }
  if (rest.length > 0) {
    text.reopen(null, '} else {');
    printStatements(body, rest);
  }
  text.close('}');
}

function onlyIf(statements: readonly Statement[]): StatementOf<'if'> | null {
  const [only, ...more] = statements;
  return only?.kind === 'if' && more.length === 0 ? only : null;
}

// --------------------------------------------------------------- loops

function printLoop(body: Body, statement: StatementOf<'for' | 'while'>, head: string): void {
  const { line } = statement.position;
  const isShort = statement.body.length > 0 && statement.body.every(({ position }) => position.line === line);
  const short = isShort ? shortBody(body, statement.body, false) : null;
  const text = `${head} ${short ?? ''}`;
  if (short !== null && text.length < WIDTH - 8) return body.text.statement(line, ended(text));
  body.text.open(line, `${head} {`, true);
  printStatements(body, statement.body);
  body.text.close('}');
}

/**
 * A block of the source; or variables that the compiler added in front of a loop: their names are
 * unique in the function, so they need no block, and mostly they fit into the head of a `for`.
 */
function printBlock(body: Body, statement: StatementOf<'block'>): void {
  const added = statement.body.slice(0, -1);
  const loop = statement.body.at(-1);
  const isAdded = added.length > 0 && added.every((one) => one.kind === 'declare' && one.local.hidden);
  if (!isAdded || (loop?.kind !== 'for' && loop?.kind !== 'while')) {
    body.text.open(statement.position.line, '{', false);
    printStatements(body, statement.body);
    return body.text.close('}');
  }
  const own = loop.kind === 'for' ? loop.initial : [];
  const isCounter = added.every((one) => one.kind === 'declare' && one.initial?.op === 'integer');
  const initial = isCounter ? [...own, ...added] : [...added, ...own];
  const { position, condition, limit } = loop;
  if (initialText(body, initial) === null) {
    return printStatements(body, [...added.map((one) => ({ ...one, position })), loop]);
  }
  const update = loop.kind === 'for' ? loop.update : [];
  printFor(body, { kind: 'for', initial, condition, update, body: loop.body, limit, position });
}

function printFor(body: Body, statement: StatementOf<'for'>): void {
  const initial = initialText(body, statement.initial);
  if (initial === null) {
    body.text.open(statement.position.line, '{', true);
    printStatements(body, [...statement.initial, { ...statement, initial: [] }]);
    return body.text.close('}');
  }
  const { condition } = statement;
  const isEndless = condition.op === 'boolean' && condition.value && condition.constant === null;
  const conditionText = isEndless ? '' : ` ${print(body.scope, condition).text}`;
  const update = statement.update.map((one) => simpleText(body, one) ?? '').join(', ');
  printLoop(body, statement, `for (${initial};${conditionText};${update === '' ? '' : ` ${update}`})`);
}

/** What stands before the first `;` of a `for`, or null when C has no form for it. */
function initialText(body: Body, initial: readonly Statement[]): string | null {
  const [first, ...more] = initial;
  if (first === undefined) return '';
  if (more.length === 0) return simpleText(body, first);
  if (!initial.every(isAssignment) && !initial.every((one) => canShareDeclaration(one, first))) return null;
  const texts = initial.map((one) => simpleText(body, one) ?? '');
  const declared = first.kind === 'declare' ? declarator(body.scope.names, first.local.type, '') : '';
  return texts.map((text, index) => (index === 0 ? text : text.slice(declared.length))).join(', ');
}

function isAssignment(statement: Statement): boolean {
  return statement.kind === 'assign' || statement.kind === 'update';
}

function canShareDeclaration(statement: Statement, first: Statement): boolean {
  if (statement.kind !== 'declare' || first.kind !== 'declare') return false;
  const { type, constant } = statement.local;
  const other = first.local.type;
  return (
    type.tag === 'integer' && other.tag === 'integer' && type.kind === other.kind && !constant && !first.local.constant
  );
}

// -------------------------------------------------------------- switch

function printSwitch(body: Body, statement: StatementOf<'switch'>): void {
  const { text, scope } = body;
  text.open(statement.position.line, `switch (${print(scope, statement.subject).text}) {`, false);
  for (const one of statement.cases) {
    const [block, ...more] = one.body;
    const inner = block?.kind === 'block' && more.length === 0 ? block.body : one.body;
    const needsBraces = inner.some(declaresHere);
    printLabels(body, one, needsBraces);
    if (!needsBraces) text.indent();
    printStatements(body, inner);
    if (!endsControl(inner)) text.plain('break;');
    if (needsBraces) text.close('}');
    else text.dedent();
  }
  text.close('}');
}

/** `case 1:` and its like, each on its line; the last one opens the braces if there are any. */
function printLabels(body: Body, one: StatementOf<'switch'>['cases'][number], needsBraces: boolean): void {
  const labels = one.labels.map((label) => ({
    line: label.position.line,
    text: `case ${valueOf(body.scope, label)}:`,
  }));
  const all = one.isDefault ? [...labels, { line: one.position.line, text: 'default:' }] : labels;
  all.forEach(({ line, text }, index) => {
    if (index === all.length - 1 && needsBraces) body.text.open(line, `${text} {`, true);
    else body.text.statement(line, text);
  });
}

/** C wants braces around a case that declares something. */
function declaresHere(statement: Statement): boolean {
  return statement.kind === 'declare' || (statement.kind === 'block' && statement.body.some(declaresHere));
}

/** True when control never reaches the end of these statements, as far as is plain to see. */
function endsControl(statements: readonly Statement[]): boolean {
  const last = statements.at(-1);
  switch (last?.kind) {
    case 'return':
    case 'break':
    case 'continue':
    case 'trap':
      return true;
    case 'evaluate':
      return last.expression.type.tag === 'never';
    case 'block':
      return endsControl(last.body);
    case 'if':
      return endsControl(last.whenTrue) && endsControl(last.whenFalse);
    default:
      return false;
  }
}
