/** Loops: each gets a bound, proven from its header or stated by `bound(N)` and checked. */
import type { Expression, IntegerType, Local, Place, Statement } from '../ir/ir.ts';
import { booleanConstant, compare, integerConstant, load, reference } from '../ir/make.ts';
import { onlyArgument } from './call-arguments.ts';
import { isUntyped } from './literal.ts';
import { lowerCondition } from './operator.ts';
import { stepOf, UPDATES } from '../front/operators.ts';
import { find, tableElement } from './place.ts';
import { positionOf, ts } from '../front/project.ts';
import { factsOf, MIRRORED, rangeOf, type Facts } from '../flow/ranges.ts';
import {
  assigns,
  declareLocal,
  findLocal,
  hiddenLocal,
  innerContext,
  refusal,
  trapSite,
  unwrapped,
  withFacts,
  type Context,
} from './scope.ts';
import { integer, pointer, rangeOfKind, typeName, wideKind, type Range } from '../ir/types.ts';

interface Lowerers {
  readonly body: (nodes: readonly ts.Statement[], context: Context) => readonly Statement[];
  readonly simple: (node: ts.Expression | ts.VariableDeclarationList, context: Context) => readonly Statement[];
}
/** The variable of a counting loop, its range inside the body, and how often the body runs at most. */
interface Counting {
  readonly local: Local;
  readonly range: Range;
  readonly trips: bigint;
}

const U32 = integer('u32');
const MOST = (1n << 32n) - 1n;

function statementsOf(node: ts.Statement): readonly ts.Statement[] {
  return ts.isBlock(node) ? node.statements : [node];
}
function isBoundCall(
  node: ts.Statement | undefined,
): node is ts.ExpressionStatement & { expression: ts.CallExpression } {
  return (
    node !== undefined &&
    ts.isExpressionStatement(node) &&
    ts.isCallExpression(node.expression) &&
    ts.isIdentifier(node.expression.expression) &&
    node.expression.expression.text === 'bound'
  );
}

/** The statements of a body, and what `bound(N)` at its head says. */
function splitBound(node: ts.Statement, context: Context) {
  const all = statementsOf(node);
  const first = all[0];
  if (!isBoundCall(first) || findLocal(context.block, 'bound') !== undefined)
    return { limit: null, node: null, rest: all };
  const argument = first.expression.arguments[0];
  if (argument === undefined || first.expression.arguments.length > 1) throw refusal('boundPlace', first);
  const limit = context.lower(argument, context, isUntyped(argument) ? U32 : null);
  if (limit.op !== 'integer' || limit.value < 1n || limit.value > MOST) throw refusal('boundPlace', first);
  return { limit: limit.value, node: first, rest: all.slice(1) };
}

interface CountedBody {
  readonly before: readonly Statement[];
  readonly body: readonly Statement[];
  readonly limit: bigint;
}

/** Lowers the body of a loop; adds a counter where the header does not prove the bound. */
function lowerBody(
  loop: ts.IterationStatement,
  trips: bigint | null,
  facts: Facts,
  context: Context,
  lowerers: Lowerers,
): CountedBody {
  const { limit, node, rest } = splitBound(loop.statement, context);
  const inner = innerContext(context, { inside: { loop: true, breakable: true }, facts });
  const body = lowerers.body(rest, inner);
  if (limit === null || node === null) {
    if (trips === null) throw refusal('unboundedLoop', loop);
    return { before: [], body, limit: trips };
  }
  if (trips !== null && trips <= limit) return { before: [], body, limit: trips };
  const position = positionOf(node);
  const counter = hiddenLocal('rounds', U32, false);
  const place: Place = { place: 'local', local: counter, type: U32 };
  const count = load(place, U32, position);
  const site = trapSite(node, 'bound');
  const reached = compare('===', count, integerConstant(limit, U32, position), position);
  const one = integerConstant(1n, U32, position);
  const next: Expression = {
    op: 'arithmetic',
    operator: '+',
    type: U32,
    left: count,
    right: one,
    check: null,
    masked: false,
    effects: 0,
    position,
  };
  const head: readonly Statement[] = [
    { kind: 'if', condition: reached, whenTrue: [{ kind: 'trap', site, position }], whenFalse: [], position },
    { kind: 'assign', place, value: next, position },
  ];
  const start: Statement = { kind: 'declare', local: counter, initial: integerConstant(0n, U32, position), position };
  return { before: [start], body: [...head, ...body], limit };
}

/** A loop that needs a counter becomes a block around both. */
function enclosed(before: readonly Statement[], loop: Statement): readonly Statement[] {
  return before.length === 0 ? [loop] : [{ kind: 'block', body: [...before, loop], position: loop.position }];
}

export function lowerWhile(node: ts.WhileStatement, context: Context, lowerers: Lowerers): readonly Statement[] {
  const condition = lowerCondition(node.expression, context);
  const { before, body, limit } = lowerBody(node, null, context.facts, context, lowerers);
  return enclosed(before, { kind: 'while', condition, body, limit, position: positionOf(node) });
}

export function lowerFor(node: ts.ForStatement, context: Context, lowerers: Lowerers): readonly Statement[] {
  const position = positionOf(node);
  const header = innerContext(context);
  const initial = node.initializer === undefined ? [] : lowerers.simple(node.initializer, header);
  const condition =
    node.condition === undefined ? booleanConstant(true, position) : lowerCondition(node.condition, header);
  const counting = countingOf(node, initial, condition, header);
  const facts =
    counting === null
      ? conditionFacts(node, initial, condition, header)
      : factsOf(condition, true, new Map([...header.facts, [counting.local, counting.range]]));
  const update = node.incrementor === undefined ? [] : lowerers.simple(node.incrementor, withFacts(header, facts));
  const { before, body, limit } = lowerBody(node, counting?.trips ?? null, facts, header, lowerers);
  return enclosed(before, { kind: 'for', initial, condition, update, body, limit, position });
}

/** What the condition says inside a body that leaves the variable of the header alone. */
function conditionFacts(
  node: ts.ForStatement,
  initial: readonly Statement[],
  condition: Expression,
  header: Context,
): Facts {
  const [start] = initial;
  if (start?.kind !== 'declare' || start.local.type.tag !== 'integer' || assigns(node.statement, start.local.name)) {
    return header.facts;
  }
  return factsOf(condition, true, new Map([...header.facts, [start.local, rangeOfKind(start.local.type.kind)]]));
}

/**
 * Recognises `for (let i = a; i < b; i += c)` and its kin, with a constant step and a body that leaves `i` alone. The
 * condition may say more: in `i < b && rest` either side can be the one that counts.
 */
function countingOf(
  node: ts.ForStatement,
  initial: readonly Statement[],
  condition: Expression,
  header: Context,
): Counting | null {
  if (condition.op === 'logical' && condition.operator === '&&') {
    const left = countingOf(node, initial, condition.left, header);
    const right = countingOf(node, initial, condition.right, header);
    return left === null || (right !== null && right.trips < left.trips) ? right : left;
  }
  const [start, ...more] = initial;
  if (start?.kind !== 'declare' || start.initial === null || more.length > 0 || condition.op !== 'compare') return null;
  const { local } = start;
  const step = stepSize(node.incrementor, local, header);
  if (step === null || step === 0n || local.type.tag !== 'integer' || assigns(node.statement, local.name)) return null;
  const mirrored = !isLocal(condition.left, local);
  const [variable, limit] = mirrored ? [condition.right, condition.left] : [condition.left, condition.right];
  if (!isLocal(variable, local)) return null;
  const operator = mirrored ? MIRRORED[condition.operator] : condition.operator;
  const first = rangeOf(start.initial, header.facts);
  const last = rangeOf(limit, header.facts);
  return step > 0n
    ? countUp(local, local.type, first, last, operator, step)
    : countDown(local, local.type, first, last, operator, -step);
}

/** What the last part of the header adds to the variable, if that is a constant. */
function stepSize(node: ts.Expression | undefined, local: Local, header: Context): bigint | null {
  const update = node === undefined ? undefined : unwrapped(node);
  const isVariable = (target: ts.Expression): boolean => ts.isIdentifier(target) && target.text === local.name;
  if (update === undefined || local.type.tag !== 'integer') return null;
  if (ts.isPrefixUnaryExpression(update) || ts.isPostfixUnaryExpression(update)) {
    const operator = isVariable(unwrapped(update.operand)) ? stepOf(update.operator) : null;
    return operator === null ? null : operator === '+' ? 1n : -1n;
  }
  if (!ts.isBinaryExpression(update) || !isVariable(unwrapped(update.left))) return null;
  const operator = UPDATES.get(update.operatorToken.kind);
  if (operator !== '+' && operator !== '-') return null;
  const wide = integer(wideKind(local.type.kind));
  const size = header.lower(update.right, header, isUntyped(update.right) ? wide : null);
  return size.op !== 'integer' ? null : operator === '+' ? size.value : -size.value;
}
function isLocal(e: Expression, local: Local): boolean {
  if (e.op === 'convert' && e.mode !== 'wrap') return isLocal(e.operand, local);
  return e.op === 'load' && e.place.place === 'local' && e.place.local === local;
}

function countUp(
  local: Local,
  type: IntegerType,
  first: Range,
  last: Range,
  operator: string,
  step: bigint,
): Counting | null {
  const high = operator === '<' ? last.high - 1n : operator === '<=' ? last.high : null;
  const whole = rangeOfKind(type.kind);
  if (high === null || step <= 0n || high + step > whole.high) return null;
  // From a constant start, the last round is a whole number of steps away.
  const steps = (high - first.low) / step;
  const reached = first.low === first.high && high >= first.low ? first.low + steps * step : high;
  return counting(local, { low: first.low, high: reached }, high - first.low, step);
}
function countDown(
  local: Local,
  type: IntegerType,
  first: Range,
  last: Range,
  operator: string,
  step: bigint,
): Counting | null {
  const low = operator === '>' ? last.low + 1n : operator === '>=' ? last.low : null;
  const whole = rangeOfKind(type.kind);
  if (low === null || step <= 0n || low - step < whole.low) return null;
  return counting(local, { low, high: first.high }, first.high - low, step);
}
/** Null when the range is that of the type itself: then nothing has been proven. */
function counting(local: Local, range: Range, distance: bigint, step: bigint): Counting | null {
  const trips = distance < 0n ? 0n : distance / step + 1n;
  return trips >= MOST ? null : { local, range: trips === 0n ? { low: 0n, high: 0n } : range, trips };
}

/** `for (const x of array)` and `for (const i of range(n))` become counting loops. */
export function lowerForOf(node: ts.ForOfStatement, context: Context, lowerers: Lowerers): readonly Statement[] {
  const list = node.initializer;
  const declaration = ts.isVariableDeclarationList(list) ? list.declarations[0] : undefined;
  if (declaration === undefined || !ts.isIdentifier(declaration.name)) {
    throw refusal('construct', node, 'for…of without a declaration of one variable');
  }
  const limit = rangeLimit(node.expression, context);
  return limit === null
    ? lowerOverElements(node, declaration.name, context, lowerers)
    : lowerOverRange(node, declaration.name, limit, context, lowerers);
}

function rangeLimit(node: ts.Expression, context: Context): ts.Expression | null {
  const isRange =
    ts.isCallExpression(node) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'range' &&
    findLocal(context.block, 'range') === undefined;
  return isRange ? onlyArgument('range', node) : null;
}

function counter(local: Local, limit: Expression, position: Statement['position']) {
  const place: Place = { place: 'local', local, type: U32 };
  const old = hiddenLocal('old', U32, true);
  const one = integerConstant(1n, U32, position);
  const before = load({ place: 'local', local: old, type: U32 }, U32, position);
  const initial: Statement = { kind: 'declare', local, initial: integerConstant(0n, U32, position), position };
  const condition = compare('<', load(place, U32, position), limit, position);
  const sum: Expression = {
    op: 'arithmetic',
    operator: '+',
    type: U32,
    left: before,
    right: one,
    check: null,
    masked: false,
    effects: 0,
    position,
  };
  const update: Statement = { kind: 'update', place, old, value: sum, operator: '+', operand: one, position };
  return { initial: [initial], condition, update: [update] };
}

function lowerOverRange(
  node: ts.ForOfStatement,
  name: ts.Identifier,
  argument: ts.Expression,
  context: Context,
  lowerers: Lowerers,
): readonly Statement[] {
  const position = positionOf(node);
  const found = context.lower(argument, context, U32);
  const limit = hiddenLocal('limit', U32, true);
  const simple =
    found.op === 'integer' || (found.op === 'load' && found.place.place === 'local' && found.place.local.constant);
  const local: Local = { name: name.text, type: U32, constant: false, hidden: false };
  const header = innerContext(context, { steady: new Set([...context.steady, local]) });
  declareLocal(header, name, local);
  const high = rangeOf(found, context.facts).high;
  const end = simple ? found : load({ place: 'local', local: limit, type: U32 }, U32, position);
  const parts = counter(local, end, position);
  const known: Range = { low: 0n, high: high === 0n ? 0n : high - 1n };
  const trips = high >= MOST ? null : high;
  const facts = new Map([...context.facts, [local, known] as const]);
  const { before, body, limit: bound } = lowerBody(node, trips, facts, header, lowerers);
  const first: readonly Statement[] = simple ? [] : [{ kind: 'declare', local: limit, initial: found, position }];
  return enclosed([...first, ...before], { kind: 'for', ...parts, body, limit: bound, position });
}

/** Elements one after the other: how many, each by its index, and what is computed once before the loop. */
interface Elements {
  readonly length: number;
  readonly at: (index: Expression) => Expression;
  readonly before: readonly Statement[];
}

/** The place of an array whose owner keeps its value during the loop. */
function steadyPlace(place: Place, node: ts.Node): { readonly place: Place; readonly before: readonly Statement[] } {
  if (place.place === 'element') {
    throw refusal('layoutForm', node, 'for…of', 'Over an element of an array of arrays, loop with an index.');
  }
  if (place.place !== 'field' || isSteady(place.object)) return { place, before: [] };
  const { object } = place;
  const owner = hiddenLocal('owner', object.type, true);
  const held = load({ place: 'local', local: owner, type: owner.type }, owner.type, object.position);
  return {
    place: { ...place, object: held },
    before: [{ kind: 'declare', local: owner, initial: object, position: positionOf(node) }],
  };
}
function isSteady(object: Expression): boolean {
  if (object.op === 'reference') return object.place.place === 'object';
  return object.op === 'load' && object.place.place === 'local' && object.place.local.constant;
}

function elementsOf(node: ts.Expression, name: ts.Node, context: Context): Elements {
  const found = find(node, context);
  const position = positionOf(name);
  if (found.kind === 'table') {
    const { table } = found;
    if (table.element.tag === 'function') throw refusal('functionValue', name);
    return { length: table.elements.length, at: (index) => tableElement(table, index, null, name), before: [] };
  }
  const type = found.kind === 'place' ? found.place.type : found.value.type;
  if (found.kind === 'value' || type.tag !== 'array') {
    const what = 'It goes over fixed arrays, constant tables and range(n).';
    throw refusal('operandType', node, 'for…of', typeName(type), what);
  }
  const { place: array, before } = steadyPlace(found.place, node);
  const at = (index: Expression): Expression =>
    elementValue({ place: 'element', array, index, check: null, type: type.element }, name, position);
  return { length: type.length, at, before };
}

function lowerOverElements(
  node: ts.ForOfStatement,
  name: ts.Identifier,
  context: Context,
  lowerers: Lowerers,
): readonly Statement[] {
  const position = positionOf(node);
  const elements = elementsOf(node.expression, name, context);
  const header = innerContext(context);
  const index = hiddenLocal(`${name.text}Index`, U32, false);
  const parts = counter(index, integerConstant(BigInt(elements.length), U32, position), position);
  const value = elements.at(load({ place: 'local', local: index, type: U32 }, U32, position));
  const local: Local = { name: name.text, type: value.type, constant: true, hidden: false };
  declareLocal(header, name, local);
  const { before, body, limit } = lowerBody(node, BigInt(elements.length), context.facts, header, lowerers);
  const take: Statement = { kind: 'declare', local, initial: value, position };
  return enclosed([...elements.before, ...before], { kind: 'for', ...parts, body: [take, ...body], limit, position });
}

function elementValue(place: Place, node: ts.Node, position: Statement['position']): Expression {
  const { type } = place;
  switch (type.tag) {
    case 'embedded':
      return reference(place, pointer(type.target, false), position);
    case 'integer':
    case 'boolean':
    case 'pointer':
      return load(place, type, position);
    default:
      throw refusal('embeddedValue', node, `An element of type ${typeName(type)}`);
  }
}
