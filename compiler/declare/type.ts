/** Type aliases and interfaces: values, function types, names for other types. */
import type { FunctionTypeDeclaration, Type, ValueField } from '../ir/ir.ts';
import { lengthOf, positionOf, ts } from '../front/project.ts';
import { resolveType } from '../lower/resolve-type.ts';
import { documentationOf, refusal, type Context, type Meaning } from '../lower/scope.ts';
import { hasModifier } from '../front/subset-check.ts';
import { typeName } from '../ir/types.ts';
import { diagnostic } from '../diagnostics/diagnostics.ts';

type Base = Pick<FunctionTypeDeclaration, 'name' | 'module' | 'exported' | 'documentation' | 'position'>;

export function declareType(
  node: ts.TypeAliasDeclaration | ts.InterfaceDeclaration,
  base: Base,
  context: Context,
): Meaning {
  if (ts.isInterfaceDeclaration(node)) return { kind: 'value', ...base, fields: valueFields(node, base.name, context) };
  if (ts.isTypeLiteralNode(node.type)) {
    return { kind: 'value', ...base, fields: valueFields(node.type, base.name, context) };
  }
  if (ts.isFunctionTypeNode(node.type)) {
    const parameters = node.type.parameters.map((parameter) => ({
      name: parameter.name.getText(),
      type: annotated(parameter.name.getText(), parameter, parameter.type, context),
    }));
    const result = resolveType(node.type.type, context);
    if (result.tag === 'function') throw refusal('functionValue', node.type.type);
    return { kind: 'function-type', ...base, parameters, result };
  }
  const type = resolveType(node.type, context);
  if (type.tag === 'void' || type.tag === 'never') throw refusal('notValue', node.type, `the type ${typeName(type)}`);
  return { kind: 'alias', name: base.name, type };
}

/** The type of a parameter, field or the like: one that has values. */
export function annotated(name: string, node: ts.Node, type: ts.TypeNode | undefined, context: Context): Type {
  if (type === undefined) throw refusal('missingType', node, name);
  const found = resolveType(type, context);
  if (found.tag === 'void' || found.tag === 'never') throw refusal('notValue', type, `the type ${found.tag}`);
  return found;
}

function valueFields(
  node: ts.TypeLiteralNode | ts.InterfaceDeclaration,
  name: string,
  context: Context,
): readonly ValueField[] {
  if (node.members.length === 0) throw refusal('emptyClass', ts.isTypeLiteralNode(node) ? node : node.name, name);
  const fields = new Map<string, ValueField>();
  for (const member of node.members) {
    const field = valueField(member, context);
    if (fields.has(field.name)) {
      const found = diagnostic('duplicateName', positionOf(member), lengthOf(member), field.name, 'type');
      context.surroundings.refuse(found);
    }
    fields.set(field.name, field);
  }
  return [...fields.values()];
}

function valueField(member: ts.TypeElement, context: Context): ValueField {
  if (!ts.isPropertySignature(member) || !ts.isIdentifier(member.name) || member.questionToken !== undefined) {
    throw refusal('construct', member, 'a member of a type that is not a plain field');
  }
  if (!hasModifier(member, ts.SyntaxKind.ReadonlyKeyword)) {
    throw refusal('construct', member, 'a field of a type without `readonly` (a value never changes)');
  }
  const name = member.name.text;
  if (name === '__proto__') throw refusal('reservedName', member.name, name);
  return { name, type: annotated(name, member, member.type, context), documentation: documentationOf(member).text };
}
