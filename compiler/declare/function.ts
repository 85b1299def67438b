/** Functions: signatures first, bodies when every declaration is known. */
import type { FunctionDeclaration, Local } from '../ir/ir.ts';
import { annotated } from './type.ts';
import { endsFlow } from '../flow/flow.ts';
import { lowerStatements } from '../lower/statement.ts';
import { ts } from '../front/project.ts';
import { isParameterList } from '../front/subset-check.ts';
import { typeName } from '../ir/types.ts';
import { resolveType } from '../lower/resolve-type.ts';
import {
  assignedNames,
  attempt,
  declareLocal,
  documentationOf,
  hiddenLocal,
  refusal,
  withdraw,
  type Block,
  type Context,
} from '../lower/scope.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A function whose body is still to be lowered. */
export interface OpenFunction {
  readonly declaration: Mutable<FunctionDeclaration>;
  readonly node: ts.FunctionDeclaration;
  readonly module: string;
  /** In order; null for a refused one: then nobody can call the function, but its body is checked. */
  readonly parameters: readonly (Local | null)[];
}
type Base = Pick<FunctionDeclaration, 'name' | 'module' | 'exported' | 'documentation' | 'position'>;

export function declareFunction(node: ts.FunctionDeclaration, base: Base, context: Context): OpenFunction {
  if (node.body === undefined && !isAmbient(node)) throw refusal('declarationForm', node, 'Overloads');
  const assigned = node.body === undefined ? new Set<string>() : assignedNames(node.body);
  const parameters = declareParameters(node, assigned, context);
  if (node.type === undefined) throw refusal('missingType', node.name ?? node, `The result of ${base.name}`);
  const { tags } = documentationOf(node);
  const result = resolveType(node.type, context);
  if (result.tag === 'function') throw refusal('functionValue', node.type);
  const declaration: Mutable<FunctionDeclaration> = {
    kind: 'function',
    ...base,
    parameters: parameters.filter((parameter) => parameter !== null),
    result,
    body: null,
    shared: tags.has('shared'),
    cold: tags.has('cold'),
    apart: tags.has('apart'),
  };
  return { declaration, node, module: base.module, parameters };
}

function declareParameters(
  node: ts.FunctionDeclaration,
  assigned: ReadonlySet<string>,
  context: Context,
): readonly (Local | null)[] {
  const [first] = node.parameters;
  if (first !== undefined && isParameterList(first) && ts.isArrayBindingPattern(first.name)) {
    const { elements } = first.name;
    return attempt(context.surroundings, () => declareList(first, elements, assigned, context), [null]);
  }
  return node.parameters.map((parameter) =>
    attempt(context.surroundings, () => declareParameter(parameter, assigned, context), null),
  );
}

/** The parameters of a function type, some of them under names of their own; the others cannot be named. */
function declareList(
  node: ts.ParameterDeclaration,
  elements: readonly ts.ArrayBindingElement[],
  assigned: ReadonlySet<string>,
  context: Context,
): readonly Local[] {
  const [written] = node.type !== undefined && ts.isTypeReferenceNode(node.type) ? (node.type.typeArguments ?? []) : [];
  const found = written === undefined ? null : resolveType(written, context);
  if (found?.tag !== 'function') throw refusal('unknownType', node.type ?? node, node.type?.getText() ?? '');
  const { parameters, name } = found.declaration;
  const surplus = elements[parameters.length];
  if (surplus !== undefined) {
    throw refusal('mismatch', surplus, 'one parameter more', `a parameter of ${name}, which has ${parameters.length}`);
  }
  return parameters.map(({ name, type }, index) => {
    const element = elements[index];
    const given = element !== undefined && ts.isBindingElement(element) ? element.name.getText() : null;
    if (given === null) return hiddenLocal(name, type, true);
    return { name: given, type, constant: !assigned.has(given), hidden: false };
  });
}

function declareParameter(parameter: ts.ParameterDeclaration, assigned: ReadonlySet<string>, context: Context): Local {
  if (!ts.isIdentifier(parameter.name)) throw refusal('pattern', parameter.name);
  const name = parameter.name.text;
  const type = annotated(name, parameter, parameter.type, context);
  if (type.tag === 'function') throw refusal('functionValue', parameter);
  return { name, type, constant: !assigned.has(name), hidden: false };
}

function isAmbient(node: ts.FunctionDeclaration): boolean {
  return ts.getModifiers(node)?.some((modifier) => modifier.kind === ts.SyntaxKind.DeclareKeyword) ?? false;
}

/** Makes the parameters known by the names that the source gives them. */
function nameParameters({ node, parameters }: OpenFunction, context: Context): void {
  const [first] = node.parameters;
  const list: readonly (ts.ParameterDeclaration | ts.ArrayBindingElement)[] =
    first !== undefined && ts.isArrayBindingPattern(first.name) ? first.name.elements : node.parameters;
  list.forEach((part, index) => {
    const local = parameters[index];
    if (ts.isOmittedExpression(part)) return;
    if (local === undefined || local === null) withdraw(context.block, part.name);
    else if (ts.isIdentifier(part.name)) declareLocal(context, part.name, local);
  });
}

export function lowerFunctionBody(open: OpenFunction, top: Context): void {
  const { body } = open.node;
  const { result, name } = open.declaration;
  if (body === undefined) return;
  const before = top.surroundings.refusals();
  const block: Block = { outer: null, names: new Map() };
  const context: Context = { ...top, result, assigned: assignedNames(body), block };
  nameParameters(open, context);
  const statements = lowerStatements(body.statements, context);
  open.declaration.body = statements;
  if (result.tag === 'void' || endsFlow(statements) || context.surroundings.refusals() !== before) return;
  const advice =
    result.tag === 'never'
      ? 'End it with a call of a function that is `never`, or with `unreachable()`.'
      : 'End every path with `return`, or with `unreachable()` where no path leads.';
  throw refusal('missingResult', open.node.name ?? open.node, name, typeName(result), advice);
}
