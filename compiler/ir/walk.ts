/** Visits every expression and statement of a function or an initialiser, in source order. */

import type { Expression, Place, Statement } from './ir.ts';

export interface Visitor {
  readonly expression?: (expression: Expression) => void;
  readonly statement?: (statement: Statement) => void;
  /** Every place that is read, written or referred to; of an element also the array. */
  readonly place?: (place: Place) => void;
}

function placeParts(place: Place): readonly Expression[] {
  switch (place.place) {
    case 'local':
    case 'variable':
    case 'object':
      return [];
    case 'field':
      return [place.object];
    case 'element':
      return [...placeParts(place.array), place.index];
  }
}

/** The operands of an expression, in the order in which they are evaluated. */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.op) {
    case 'integer':
    case 'boolean':
    case 'null':
    case 'text':
    case 'function':
      return [];
    case 'load':
    case 'reference':
    case 'place-address':
    case 'volatile-read':
      return placeParts(expression.place);
    case 'atomic':
      return [...placeParts(expression.place), ...expression.operands];
    case 'volatile-write':
      return [...placeParts(expression.place), expression.value];
    case 'table-element':
      return [expression.index];
    case 'member':
      return [expression.value];
    case 'make-value':
      return expression.order.flatMap((index) => expression.fields[index] ?? []);
    case 'negate':
    case 'complement':
    case 'not':
    case 'convert':
    case 'address-of':
      return [expression.operand];
    case 'arithmetic':
    case 'compare':
    case 'logical':
      return [expression.left, expression.right];
    case 'conditional':
      return [expression.condition, expression.whenTrue, expression.whenFalse];
    case 'call':
      return expression.arguments;
    case 'call-indirect':
      return [expression.callee, ...expression.arguments];
    case 'object-at':
      return [expression.address];
    case 'text-length':
      return [expression.text];
    case 'text-byte':
      return [expression.text, expression.index];
  }
}

/** Visits an expression, then its operands. Uses no stack for the depth of nesting: sums of 10,000 terms exist. */
export function visitExpression(expression: Expression, visitor: Visitor): void {
  const waiting = [expression];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    visitor.expression?.(next);
    if ('place' in next) announcePlace(next.place, visitor);
    waiting.push(...[...operandsOf(next)].reverse());
  }
}

function announcePlace(place: Place, visitor: Visitor): void {
  visitor.place?.(place);
  if (place.place === 'element') announcePlace(place.array, visitor);
}

function visitPlace(place: Place, visitor: Visitor): void {
  announcePlace(place, visitor);
  for (const part of placeParts(place)) visitExpression(part, visitor);
}

function visitSwitch(statement: Extract<Statement, { kind: 'switch' }>, visitor: Visitor): void {
  visitExpression(statement.subject, visitor);
  for (const branch of statement.cases) {
    for (const label of branch.labels) visitExpression(label, visitor);
    visitStatements(branch.body, visitor);
  }
}

function visitStatement(statement: Statement, visitor: Visitor): void {
  visitor.statement?.(statement);
  switch (statement.kind) {
    case 'declare':
      if (statement.initial !== null) visitExpression(statement.initial, visitor);
      return;
    case 'assign':
    case 'update':
      visitPlace(statement.place, visitor);
      return visitExpression(statement.value, visitor);
    case 'evaluate':
      return visitExpression(statement.expression, visitor);
    case 'if':
      visitExpression(statement.condition, visitor);
      visitStatements(statement.whenTrue, visitor);
      return visitStatements(statement.whenFalse, visitor);
    case 'for':
      visitStatements(statement.initial, visitor);
      visitExpression(statement.condition, visitor);
      visitStatements(statement.body, visitor);
      return visitStatements(statement.update, visitor);
    case 'while':
      visitExpression(statement.condition, visitor);
      return visitStatements(statement.body, visitor);
    case 'switch':
      return visitSwitch(statement, visitor);
    case 'return':
      if (statement.value !== null) visitExpression(statement.value, visitor);
      return;
    case 'block':
      return visitStatements(statement.body, visitor);
    case 'break':
    case 'continue':
    case 'trap':
      return;
  }
}

export function visitStatements(statements: readonly Statement[], visitor: Visitor): void {
  for (const statement of statements) visitStatement(statement, visitor);
}
