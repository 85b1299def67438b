/** Which types a module's header defines, so that other modules can see them. */
import type {
  ClassDeclaration,
  Declaration,
  FunctionTypeDeclaration,
  Module,
  StorageType,
  Type,
  ValueDeclaration,
} from '../ir/ir.ts';

export type TypeDeclaration = ClassDeclaration | ValueDeclaration | FunctionTypeDeclaration;

export function isTypeDeclaration(declaration: Declaration): declaration is TypeDeclaration {
  return declaration.kind === 'class' || declaration.kind === 'value' || declaration.kind === 'function-type';
}

export function declarationOfType(type: Type | StorageType): TypeDeclaration | null {
  switch (type.tag) {
    case 'pointer':
    case 'embedded':
      return type.target;
    case 'value':
    case 'function':
      return type.declaration;
    case 'array':
      return declarationOfType(type.element);
    default:
      return null;
  }
}

/** The types that the C declaration of something mentions. */
export function typesIn(declaration: Declaration): readonly (Type | StorageType)[] {
  switch (declaration.kind) {
    case 'class':
    case 'value':
      return declaration.fields.map((field) => field.type);
    case 'function':
    case 'function-type':
      return [...declaration.parameters.map((parameter) => parameter.type), declaration.result];
    case 'table':
      return [declaration.element];
    case 'object':
    case 'array':
    case 'variable':
      return [declaration.type];
    default:
      return [];
  }
}

/** The types of a module that its header must define: the exported ones, and private ones that exported things mention. */
export function headerTypes(module: Module): ReadonlySet<TypeDeclaration> {
  const found = new Set<TypeDeclaration>();
  const pending: Declaration[] = module.declarations.filter((one) => one.kind !== 'assertion' && one.exported);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (isTypeDeclaration(next) && found.has(next)) continue;
    if (isTypeDeclaration(next)) found.add(next);
    for (const type of typesIn(next)) {
      const mentioned = declarationOfType(type);
      if (mentioned !== null && mentioned.module === module.path) pending.push(mentioned);
    }
  }
  return found;
}
