/** Loops: each gets a bound, proven from its header or stated by `bound(N)` and checked. */
import type { Expression, IntegerType, Local, Place, Statement } from './ir.ts';
import { booleanConstant, compare, integerConstant, load, reference } from './make.ts';
import { isUntyped, lowerCondition } from './lower-operator.ts';
import { lowerPlace } from './lower-place.ts';
import { positionOf, ts } from './project.ts';
import { rangeOf, type Facts } from './ranges.ts';
import { assignedNames, declareLocal, hiddenLocal, innerContext, refusal, trapSite, type Context } from './scope.ts';
import { integer, pointer, rangeOfKind, type Range } from './types.ts';

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
  if (!isBoundCall(first)) return { limit: null, node: null, rest: all };
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
  const update = node.incrementor === undefined ? [] : lowerers.simple(node.incrementor, header);
  const counting = countingOf(node, initial, condition, update, header.facts);
  const facts = counting === null ? header.facts : new Map([...header.facts, [counting.local, counting.range]]);
  const { before, body, limit } = lowerBody(node, counting?.trips ?? null, facts, header, lowerers);
  return enclosed(before, { kind: 'for', initial, condition, update, body, limit, position });
}

/** Recognises `for (let i = a; i < b; i += c)` and its kin, with a constant step and a body that leaves `i` alone. */
function countingOf(
  node: ts.ForStatement,
  initial: readonly Statement[],
  condition: Expression,
  update: readonly Statement[],
  facts: Facts,
): Counting | null {
  const [start] = initial;
  const [step] = update;
  if (start?.kind !== 'declare' || start.initial === null || initial.length !== 1) return null;
  if (step?.kind !== 'update' || update.length !== 1 || step.operand.op !== 'integer') return null;
  const { local } = start;
  if (step.place.place !== 'local' || step.place.local !== local || local.type.tag !== 'integer') return null;
  if (assignedNames(node.statement).has(local.name) || condition.op !== 'compare') return null;
  if (!isLocal(condition.left, local)) return null;
  const size = step.operator === '+' ? step.operand.value : step.operator === '-' ? -step.operand.value : 0n;
  const first = rangeOf(start.initial, facts);
  const last = rangeOf(condition.right, facts);
  return size > 0n
    ? countUp(local, local.type, first, last, condition.operator, size)
    : countDown(local, local.type, first, last, condition.operator, -size);
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
  if (declaration === undefined || !ts.isIdentifier(declaration.name))
    throw refusal('construct', node, 'for…of without a declaration');
  const limit = rangeLimit(node.expression);
  return limit === null
    ? lowerOverArray(node, declaration.name, context, lowerers)
    : lowerOverRange(node, declaration.name, limit, context, lowerers);
}

function rangeLimit(node: ts.Expression): ts.CallExpression | null {
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'range'
    ? node
    : null;
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
  call: ts.CallExpression,
  context: Context,
  lowerers: Lowerers,
): readonly Statement[] {
  const position = positionOf(node);
  const argument = call.arguments[0];
  if (argument === undefined || call.arguments.length > 1)
    throw refusal('argumentCount', call, 'range', '1', String(call.arguments.length));
  const header = innerContext(context);
  const found = context.lower(argument, context, U32);
  const limit = hiddenLocal('limit', U32, true);
  const simple =
    found.op === 'integer' || (found.op === 'load' && found.place.place === 'local' && found.place.local.constant);
  const local: Local = { name: name.text, type: U32, constant: false, hidden: false };
  if (assignedNames(node.statement).has(name.text)) throw refusal('notAssignable', name, name.text);
  declareLocal(header, name, local);
  const high = rangeOf(found, context.facts).high;
  const parts = counter(
    local,
    simple ? found : load({ place: 'local', local: limit, type: U32 }, U32, position),
    position,
  );
  const known: Range = { low: 0n, high: high === 0n ? 0n : high - 1n };
  const trips = high >= MOST ? null : high;
  const {
    before,
    body,
    limit: bound,
  } = lowerBody(node, trips, new Map([...context.facts, [local, known]]), header, lowerers);
  const first: readonly Statement[] = simple ? [] : [{ kind: 'declare', local: limit, initial: found, position }];
  return enclosed([...first, ...before], { kind: 'for', ...parts, body, limit: bound, position });
}

/** A place whose owner is computed once, before the loop. */
function steadyPlace(place: Place, node: ts.Node): { readonly place: Place; readonly before: readonly Statement[] } {
  if (place.place === 'field' && place.object.op !== 'load' && place.object.type.tag === 'pointer') {
    if (place.object.op === 'reference' && place.object.place.place === 'object') return { place, before: [] };
    const owner = hiddenLocal('owner', place.object.type, true);
    const object = load({ place: 'local', local: owner, type: owner.type }, owner.type, place.object.position);
    const position = positionOf(node);
    return {
      place: { ...place, object },
      before: [{ kind: 'declare', local: owner, initial: place.object, position }],
    };
  }
  if (place.place === 'element')
    throw refusal('layoutForm', node, 'for…of', 'Over an element of an array of arrays, loop with an index.');
  return { place, before: [] };
}

function lowerOverArray(
  node: ts.ForOfStatement,
  name: ts.Identifier,
  context: Context,
  lowerers: Lowerers,
): readonly Statement[] {
  const position = positionOf(node);
  const steady = steadyPlace(lowerPlace(node.expression, context), node.expression);
  const array = steady.place.type;
  if (array.tag !== 'array')
    throw refusal('operandType', node.expression, 'for…of', 'this', 'It goes over fixed arrays and range(n).');
  const header = innerContext(context);
  const index = hiddenLocal(`${name.text}Index`, U32, false);
  const parts = counter(index, integerConstant(BigInt(array.length), U32, position), position);
  const at = load({ place: 'local', local: index, type: U32 }, U32, position);
  const element: Place = { place: 'element', array: steady.place, index: at, check: null, type: array.element };
  const value = elementValue(element, name, position);
  const local: Local = { name: name.text, type: value.type, constant: true, hidden: false };
  declareLocal(header, name, local);
  if (assignedNames(node.statement).has(name.text)) throw refusal('notAssignable', name, name.text);
  const { before, body, limit } = lowerBody(node, BigInt(array.length), context.facts, header, lowerers);
  const take: Statement = { kind: 'declare', local, initial: value, position };
  return enclosed([...steady.before, ...before], { kind: 'for', ...parts, body: [take, ...body], limit, position });
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
      throw refusal('embeddedValue', node, 'The element');
  }
}
