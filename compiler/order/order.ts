/**
 * Makes the order of evaluation explicit where C leaves it open.
 *
 * TypeScript evaluates operands, arguments, indexes and the place of a store
 * from left to right; C in any order. Wherever two of them could notice each
 * other, the earlier ones move into temporaries in front of the statement. The
 * C emitter uses this pass; the JavaScript emitter does not need it.
 *
 * Only calls and accesses to atomic or volatile words (EFFECT_ACTS) change
 * anything inside an expression, and they cannot change locals. So operands
 * conflict only if one acts and the other acts, reads memory or may trap.
 * Calls of functions that change nothing do not act (`quiet.ts`).
 */
import { EFFECT_ACTS, EFFECT_NONE, EFFECT_TRAPS } from '../ir/ir.ts';
import type { Expression, ExpressionOf, Local, Place, Position, Statement, StatementOf } from '../ir/ir.ts';
import type { Effects } from './quiet.ts';
import { type Part, partsOf, withParts } from './place.ts';
import { booleanLiteral, breakUnless, indexOutside, loadOf, loadOfPlace, notOf, resultName } from './build.ts';

type Binary = ExpressionOf<'arithmetic'> | ExpressionOf<'compare'> | ExpressionOf<'logical'>;

/** The statements of a function body with every order of evaluation that matters made explicit. */
export function orderBody(body: readonly Statement[], effects: Effects): readonly Statement[] {
  return body.flatMap((statement) => new StatementOrder(statement.position, effects).statement(statement));
}

/** True when a list of ordered `update` statements still fits into the head of a C `for`. */
function isPlainUpdate(update: readonly Statement[]): boolean {
  return update.every(({ kind }) => kind === 'assign' || kind === 'update' || kind === 'evaluate');
}

/** True when an update can be printed as `place operator= operand`. */
export function isDirectUpdate(update: StatementOf<'update'>): boolean {
  const { value, old, place } = update;
  if (value.op !== 'arithmetic' || value.check !== null || value.masked || value.operator !== update.operator)
    return false;
  if (value.left.op !== 'load' || value.left.place.place !== 'local' || value.left.place.local !== old) return false;
  return place.type.tag === 'integer' && place.type.kind === value.type.kind;
}

/** Orders one statement; collects what has to happen before it. */
class StatementOrder {
  #before: Statement[] = [];
  readonly #position: Position;
  readonly #effects: Effects;

  constructor(position: Position, effects: Effects) {
    this.#position = position;
    this.#effects = effects;
  }

  statement(statement: Statement): readonly Statement[] {
    const ordered = this.#ordered(statement);
    return [...this.#before, ...ordered];
  }

  #body(body: readonly Statement[]): readonly Statement[] {
    return orderBody(body, this.#effects);
  }

  #ordered(statement: Statement): readonly Statement[] {
    switch (statement.kind) {
      case 'declare':
        return [
          statement.initial === null ? statement : { ...statement, initial: this.#expression(statement.initial) },
        ];
      case 'assign': {
        const [place, [value]] = this.#placeAndOperands(statement.place, [statement.value]);
        return [{ ...statement, place, value: value ?? statement.value }];
      }
      case 'update':
        return this.#update(statement);
      case 'evaluate': {
        const expression = this.#expression(statement.expression);
        const isSettled = expression.op === 'load' && expression.place.place === 'local';
        return isSettled && this.#before.length > 0 ? [] : [{ ...statement, expression }];
      }
      case 'if': {
        const condition = this.#expression(statement.condition);
        return [
          {
            ...statement,
            condition,
            whenTrue: this.#body(statement.whenTrue),
            whenFalse: this.#body(statement.whenFalse),
          },
        ];
      }
      case 'for':
        return this.#for(statement);
      case 'while':
        return [this.#while(statement)];
      case 'switch': {
        const subject = this.#expression(statement.subject);
        return [
          { ...statement, subject, cases: statement.cases.map((one) => ({ ...one, body: this.#body(one.body) })) },
        ];
      }
      case 'return':
        return [statement.value === null ? statement : { ...statement, value: this.#expression(statement.value) }];
      case 'block':
        return [{ ...statement, body: this.#body(statement.body) }];
      default:
        return [statement];
    }
  }

  /** The old value is read after the place is evaluated and before the operand is. */
  #update(statement: StatementOf<'update'>): readonly Statement[] {
    const { place, old, position } = statement;
    const direct = isDirectUpdate(statement);
    if (place.place === 'local') {
      const value = this.#expression(statement.value);
      return [{ ...statement, value, operand: direct && value.op === 'arithmetic' ? value.right : statement.operand }];
    }
    const operandActs = (this.#effects.of(statement.value) & EFFECT_ACTS) !== 0;
    const findingMatters = this.#hasEffect(place, direct ? EFFECT_ACTS : EFFECT_ACTS | EFFECT_TRAPS);
    if (!operandActs && !findingMatters) return [statement];
    const once = this.#settlePlace(place);
    if (!operandActs) return [{ ...statement, place: once }];
    this.#before.push({ kind: 'declare', local: old, initial: loadOfPlace(once, old.type, position), position });
    return [{ kind: 'assign', place: once, value: this.#expression(statement.value), position }];
  }

  #for(statement: StatementOf<'for'>): readonly Statement[] {
    const { position } = statement;
    const initial = this.#body(statement.initial);
    const update = this.#body(statement.update);
    const [condition, before] = this.#captured(statement.condition);
    const body = this.#body(statement.body);
    const test: readonly Statement[] = [...before, breakUnless(condition)];
    if (isPlainUpdate(update)) {
      if (before.length === 0) return [{ ...statement, initial, condition, update, body }];
      return [{ ...statement, initial, condition: booleanLiteral(true, position), update, body: [...test, ...body] }];
    }
    // An update that needs temporaries runs at the top of every round but the first, so that `continue` reaches it.
    const again: Local = { name: 'again', type: { tag: 'boolean' }, constant: false, hidden: true };
    const loop: Statement = {
      ...statement,
      initial: [],
      condition: booleanLiteral(true, position),
      update: [],
      body: [
        { kind: 'if', condition: loadOf(again, position), whenTrue: update, whenFalse: [], position },
        {
          kind: 'assign',
          place: { place: 'local', local: again, type: again.type },
          value: booleanLiteral(true, position),
          position,
        },
        ...test,
        ...body,
      ],
    };
    const start: Statement = { kind: 'declare', local: again, initial: booleanLiteral(false, position), position };
    return [{ kind: 'block', body: [...initial, start, loop], position }];
  }

  #while(statement: StatementOf<'while'>): Statement {
    const [condition, before] = this.#captured(statement.condition);
    const body = this.#body(statement.body);
    if (before.length === 0) return { ...statement, condition, body };
    const always = booleanLiteral(true, statement.position);
    return { ...statement, condition: always, body: [...before, breakUnless(condition), ...body] };
  }

  // ------------------------------------------------------------ expressions

  #expression(expression: Expression): Expression {
    switch (expression.op) {
      case 'integer':
      case 'boolean':
      case 'null':
      case 'text':
      case 'function':
        return expression;
      case 'load':
      case 'reference':
      case 'place-address':
      case 'volatile-read':
        return { ...expression, place: this.#placeAndOperands(expression.place, [])[0] };
      case 'table-element':
        return { ...expression, index: this.#expression(expression.index) };
      case 'member':
        return { ...expression, value: this.#expression(expression.value) };
      case 'negate':
      case 'complement':
      case 'not':
      case 'convert':
      case 'address-of':
        return { ...expression, operand: this.#expression(expression.operand) };
      case 'object-at':
        return { ...expression, address: this.#expression(expression.address) };
      case 'text-length':
        return { ...expression, text: this.#expression(expression.text) };
      case 'arithmetic':
      case 'compare':
      case 'logical':
        return this.#binary(expression);
      case 'conditional':
        return this.#conditional(expression);
      default:
        return this.#manyOperands(expression);
    }
  }

  #manyOperands(
    expression: Extract<
      Expression,
      { op: 'make-value' | 'call' | 'call-indirect' | 'atomic' | 'volatile-write' | 'text-byte' }
    >,
  ): Expression {
    switch (expression.op) {
      case 'make-value':
        return { ...expression, fields: this.#inOrder(expression.fields, expression.order) };
      case 'call':
        return { ...expression, arguments: this.#operands(expression.arguments) };
      case 'call-indirect': {
        const [callee, ...rest] = this.#operands([expression.callee, ...expression.arguments]);
        return { ...expression, callee: callee ?? expression.callee, arguments: rest };
      }
      case 'atomic': {
        const [place, operands] = this.#placeAndOperands(expression.place, expression.operands);
        return { ...expression, place, operands };
      }
      case 'volatile-write': {
        const [place, [value]] = this.#placeAndOperands(expression.place, [expression.value]);
        return { ...expression, place, value: value ?? expression.value };
      }
      case 'text-byte': {
        const [text, index] = this.#operands([expression.text, expression.index]);
        return { ...expression, text: text ?? expression.text, index: index ?? expression.index };
      }
    }
  }

  /** Follows the left side down without recursion: long sums are deep on the left. */
  #binary(expression: Binary): Expression {
    const spine: Binary[] = [];
    let first: Expression = expression;
    for (; first.op === 'arithmetic' || first.op === 'compare' || first.op === 'logical'; first = first.left)
      spine.push(first);
    let left = this.#expression(first);
    for (let node = spine.pop(); node !== undefined; node = spine.pop()) {
      if (node.op === 'logical') {
        left = this.#logical(node, left);
        continue;
      }
      if (conflict(this.#effects.of(node.left), this.#effects.of(node.right))) left = this.#temporary(left);
      left = { ...node, left, right: this.#expression(node.right) };
    }
    return left;
  }

  /** A right side that needs statements of its own runs inside an `if`. */
  #logical(expression: ExpressionOf<'logical'>, left: Expression): Expression {
    const [right, before] = this.#captured(expression.right);
    if (before.length === 0) return { ...expression, left, right };
    const { position } = expression;
    const result: Local = { name: 'condition', type: { tag: 'boolean' }, constant: false, hidden: true };
    this.#before.push({ kind: 'declare', local: result, initial: left, position: this.#position });
    const whenTrue = [...before, this.#assignTo(result, right)];
    const condition = loadOf(result, position);
    const guard = expression.operator === '&&' ? condition : notOf(condition);
    this.#before.push({ kind: 'if', condition: guard, whenTrue, whenFalse: [], position: this.#position });
    return condition;
  }

  #conditional(expression: ExpressionOf<'conditional'>): Expression {
    const condition = this.#expression(expression.condition);
    const [whenTrue, beforeTrue] = this.#captured(expression.whenTrue);
    const [whenFalse, beforeFalse] = this.#captured(expression.whenFalse);
    if (beforeTrue.length === 0 && beforeFalse.length === 0) return { ...expression, condition, whenTrue, whenFalse };
    const result: Local = { name: 'choice', type: expression.type, constant: false, hidden: true };
    this.#before.push({ kind: 'declare', local: result, initial: null, position: this.#position });
    this.#before.push({
      kind: 'if',
      condition,
      whenTrue: [...beforeTrue, this.#assignTo(result, whenTrue)],
      whenFalse: [...beforeFalse, this.#assignTo(result, whenFalse)],
      position: this.#position,
    });
    return loadOf(result, expression.position);
  }

  #assignTo(local: Local, value: Expression): Statement {
    return { kind: 'assign', place: { place: 'local', local, type: local.type }, value, position: this.#position };
  }

  // --------------------------------------------------------------- operands

  #operands(operands: readonly Expression[]): readonly Expression[] {
    return this.#parts(operands.map((expression) => ({ expression, check: null }))).map((part) => part.expression);
  }

  /** `order` lists indexes into `fields` in the order in which they are evaluated. */
  #inOrder(fields: readonly Expression[], order: readonly number[]): readonly Expression[] {
    const result = [...fields];
    const inOrder = order.flatMap((index) => fields[index] ?? []);
    this.#operands(inOrder).forEach((expression, turn) => {
      const index = order[turn];
      if (index !== undefined) result[index] = expression;
    });
    return result;
  }

  #placeAndOperands(place: Place, operands: readonly Expression[]): readonly [Place, readonly Expression[]] {
    const inPlace = partsOf(place);
    const parts = this.#parts([...inPlace, ...operands.map((expression) => ({ expression, check: null }))]);
    return [
      withParts(place, parts.slice(0, inPlace.length)),
      parts.slice(inPlace.length).map((part) => part.expression),
    ];
  }

  /** Evaluates parts in their order: those that a later one could notice, or that could notice a later one, go first. */
  #parts(parts: readonly Part[]): readonly Part[] {
    const effects = parts.map((part) => this.#effectsOf(part));
    const lastActing = effects.findLastIndex((effect) => (effect & EFFECT_ACTS) !== 0);
    const last = effects.findLastIndex((effect) => !isHarmless(effect));
    const settled = last > lastActing && lastActing >= 0 ? lastActing + 1 : lastActing;
    return parts.map((part, index) => {
      const expression = this.#expression(part.expression);
      if (index >= settled || isHarmless(this.#effectsOf(part))) return { ...part, expression };
      return this.#settle({ ...part, expression });
    });
  }

  /** Evaluates every part of a place now, so that the place can be used twice. */
  #settlePlace(place: Place): Place {
    const parts = partsOf(place).map((part) => {
      const ordered = { ...part, expression: this.#expression(part.expression) };
      return isHarmless(this.#effectsOf(part)) ? ordered : this.#settle(ordered);
    });
    return withParts(place, parts);
  }

  #effectsOf(part: Part): number {
    return this.#effects.of(part.expression) | (part.check === null ? EFFECT_NONE : EFFECT_TRAPS);
  }

  #hasEffect(place: Place, effects: number): boolean {
    return partsOf(place).some((part) => (this.#effectsOf(part) & effects) !== 0);
  }

  #settle(part: Part): Part {
    const expression = this.#temporary(part.expression);
    if (part.check === null) return { expression, check: null };
    const condition = indexOutside(expression, part.check.length);
    const trap: Statement = { kind: 'trap', site: part.check.site, position: this.#position };
    this.#before.push({ kind: 'if', condition, whenTrue: [trap], whenFalse: [], position: this.#position });
    return { expression, check: null };
  }

  /** The value as a constant local, unless it is a literal or a local already. */
  #temporary(expression: Expression): Expression {
    if (isHarmless(expression.effects) && (expression.op === 'load' || expression.op === 'integer')) return expression;
    const local: Local = { name: resultName(expression), type: expression.type, constant: true, hidden: true };
    this.#before.push({ kind: 'declare', local, initial: expression, position: this.#position });
    return loadOf(local, expression.position);
  }

  /** An expression that may not run, or runs again: with the statements that must run before it, each time. */
  #captured(expression: Expression): readonly [Expression, readonly Statement[]] {
    const outer = this.#before;
    this.#before = [];
    const result = this.#expression(expression);
    const before = this.#before;
    this.#before = outer;
    return [result, before];
  }
}

function isHarmless(effects: number): boolean {
  return effects === EFFECT_NONE;
}

function conflict(left: number, right: number): boolean {
  return !isHarmless(left) && !isHarmless(right) && ((left | right) & EFFECT_ACTS) !== 0;
}
