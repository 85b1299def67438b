/** What a module's code refers to: C wants declarations before uses, and no unused ones. */
import type { NamedDeclaration } from './names.ts';
import type { Declaration, Expression, FunctionDeclaration, Local, Module, Place, Statement } from '../ir/ir.ts';
import { type Visitor, visitExpression, visitStatements } from '../ir/walk.ts';

/** The place that an expression reads, writes or takes the address of, or null. */
function placeOf(expression: Expression): Place | null {
  return 'place' in expression ? expression.place : null;
}

/** A place without the indexes into arrays. */
function rootOf(place: Place): Place {
  let root = place;
  while (root.place === 'element') root = root.array;
  return root;
}

function declarationOfPlace(place: Place): NamedDeclaration | null {
  const root = rootOf(place);
  if (root.place === 'variable') return root.variable;
  return root.place === 'object' ? root.object : null;
}

function declarationsIn(expression: Expression): readonly (NamedDeclaration | null)[] {
  if (expression.op === 'call' || expression.op === 'function') return [expression.function];
  if (expression.op === 'table-element') return [expression.table];
  const place = placeOf(expression);
  return place === null ? [] : [declarationOfPlace(place)];
}

function visitDeclaration(declaration: Declaration, visitor: Visitor): void {
  if (declaration.kind === 'function') visitStatements(declaration.body ?? [], visitor);
  if (declaration.kind === 'table') for (const element of declaration.elements) visitExpression(element, visitor);
  if (declaration.kind === 'variable') visitExpression(declaration.initial, visitor);
}

/** The functions and data that a declaration refers to. */
export function referencesOf(declaration: Declaration): ReadonlySet<NamedDeclaration> {
  const found = new Set<NamedDeclaration>();
  const add = (one: NamedDeclaration | null): void => {
    if (one !== null) found.add(one);
  };
  visitDeclaration(declaration, {
    expression: (expression) => declarationsIn(expression).forEach(add),
    statement: (statement) => {
      if (statement.kind === 'assign' || statement.kind === 'update') add(declarationOfPlace(statement.place));
    },
  });
  return found;
}

/** Private functions and data: those used above their declaration, and those not used at all. */
export interface PrivateUses {
  readonly early: readonly NamedDeclaration[];
  readonly unused: ReadonlySet<NamedDeclaration>;
}

export function privateUses(module: Module): PrivateUses {
  const seen = new Set<Declaration>();
  const early = new Set<NamedDeclaration>();
  const used = new Set<NamedDeclaration>();
  for (const declaration of module.declarations) {
    if (declaration.kind !== 'function') seen.add(declaration);
    for (const one of referencesOf(declaration)) {
      if (one !== declaration) used.add(one);
      if (!one.exported && one.module === module.path && !seen.has(one) && one !== declaration) early.add(one);
    }
    seen.add(declaration);
  }
  const inOrder = module.declarations.flatMap((one) => (one.kind !== 'assertion' && early.has(one) ? [one] : []));
  const unused = module.declarations.flatMap((one) =>
    one.kind === 'assertion' || one.exported || used.has(one) ? [] : [one],
  );
  return { early: inOrder, unused: new Set(unused) };
}

/** The locals of a function that are never read. */
export function unusedLocals(declaration: FunctionDeclaration, body: readonly Statement[]): ReadonlySet<Local> {
  const declared = new Set<Local>(declaration.parameters);
  const read = new Set<Local>();
  visitStatements(body, {
    statement: (statement) => {
      if (statement.kind === 'declare') declared.add(statement.local);
    },
    expression: (expression) => {
      const place = placeOf(expression);
      const root = place === null ? null : rootOf(place);
      if (root?.place === 'local') read.add(root.local);
    },
  });
  return new Set([...declared].filter((local) => !read.has(local)));
}
