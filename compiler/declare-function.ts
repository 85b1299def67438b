/** Functions: signatures first, bodies when every declaration is known. */
import type { FunctionDeclaration, Local } from './ir.ts';
import { lowerStatements } from './lower-statement.ts';
import { ts } from './project.ts';
import { resolveType } from './resolve-type.ts';
import { assignedNames, declareLocal, documentationOf, refusal, type Context } from './scope.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A function whose body is still to be lowered. */
export interface OpenFunction {
  readonly declaration: Mutable<FunctionDeclaration>;
  readonly node: ts.FunctionDeclaration;
  readonly module: string;
}
type Base = Pick<FunctionDeclaration, 'name' | 'module' | 'exported' | 'documentation' | 'position'>;

export function declareFunction(node: ts.FunctionDeclaration, base: Base, context: Context): OpenFunction {
  if (node.type === undefined) throw refusal('missingType', node.name ?? node, `The result of ${base.name}`);
  const assigned = node.body === undefined ? new Set<string>() : assignedNames(node.body);
  const parameters = node.parameters.map((parameter): Local => {
    if (!ts.isIdentifier(parameter.name)) throw refusal('pattern', parameter.name);
    const name = parameter.name.text;
    if (parameter.type === undefined) throw refusal('missingType', parameter, name);
    const type = resolveType(parameter.type, context);
    if (type.tag === 'void' || type.tag === 'never')
      throw refusal('mismatch', parameter, type.tag, 'a type with values');
    if (type.tag === 'function') throw refusal('functionValue', parameter);
    return { name, type, constant: !assigned.has(name), hidden: false };
  });
  const { tags } = documentationOf(node);
  const result = resolveType(node.type, context);
  if (result.tag === 'function') throw refusal('functionValue', node.type);
  if (node.body === undefined && !isAmbient(node)) throw refusal('declarationForm', node, 'Overloads');
  const declaration: Mutable<FunctionDeclaration> = {
    kind: 'function',
    ...base,
    parameters,
    result,
    body: null,
    shared: tags.has('shared'),
    cold: tags.has('cold'),
    apart: tags.has('apart'),
  };
  return { declaration, node, module: base.module };
}

function isAmbient(node: ts.FunctionDeclaration): boolean {
  return ts.getModifiers(node)?.some((modifier) => modifier.kind === ts.SyntaxKind.DeclareKeyword) ?? false;
}

export function lowerFunctionBody(open: OpenFunction, top: Context): void {
  const { body } = open.node;
  if (body === undefined) return;
  const context: Context = {
    ...top,
    result: open.declaration.result,
    assigned: assignedNames(body),
    block: { outer: null, names: new Map() },
  };
  open.node.parameters.forEach((parameter, index) => {
    const local = open.declaration.parameters[index];
    if (ts.isIdentifier(parameter.name) && local !== undefined) declareLocal(context, parameter.name, local);
  });
  open.declaration.body = lowerStatements(body.statements, context);
}
