/** Declarations other than functions in JavaScript: constants, tables, what lies in static memory, and descriptions. */

import { integerText } from './arithmetic.ts';
import { printExpression } from './expressions.ts';
import type { Scope } from './pieces.ts';
import { braced, type Lines } from './statements.ts';
import { accessorOf, isZero, storeText, type StaticDeclaration, type StaticLayout } from './storage.ts';
import type { ClassDeclaration, ConstantDeclaration, Program, StorageType, TableDeclaration } from '../ir/ir.ts';
import { extentOf } from '../ir/types.ts';

/** A storage type as the source declares it. */
function storageName(type: StorageType): string {
  switch (type.tag) {
    case 'integer':
      return type.distinct ?? type.kind;
    case 'atomic':
    case 'volatile':
      return `${type.tag}(${storageName(type.of)})`;
    case 'pointer':
      return type.nullable ? `${type.target.name} | null` : type.target.name;
    case 'embedded':
      return type.target.name;
    case 'array':
      return `array(${storageName(type.element)}, ${type.length})`;
    case 'boolean':
    case 'text':
    case 'void':
    case 'never':
      return type.tag;
  }
}

export function constantText(declaration: ConstantDeclaration): string {
  const { value } = declaration;
  if (value.op === 'integer') return integerText(value.value, value.radix, value.type.kind).text;
  if (value.op === 'boolean') return String(value.value);
  throw new Error(`emit-js: the constant "${declaration.name}" is not folded`);
}

export function printTable(declaration: TableDeclaration, scope: Scope): Lines {
  const elements = declaration.elements.map((element) => `  ${printExpression(element, scope).text},`);
  return [`const ${scope.names.of(declaration)} = [`, ...elements, '];'];
}

export function isStatic(declaration: { readonly kind: string }): declaration is StaticDeclaration {
  return declaration.kind === 'object' || declaration.kind === 'array' || declaration.kind === 'variable';
}

function needsInitializer(type: StorageType): boolean {
  if (type.tag === 'array') return needsInitializer(type.element);
  if (type.tag !== 'embedded') return false;
  return type.target.fields.some(
    (field) => needsInitializer(field.type) || (field.initial !== null && !isZero(field.initial)),
  );
}

/** Gives zeroed memory the initial values of classes, by a function for each class that has some. */
export class Initializers {
  readonly #scope: Scope;
  readonly #functions = new Map<ClassDeclaration, string>();
  readonly #lines: string[] = [];

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** The functions that calls to `statements` have asked for. */
  functions(): Lines {
    return this.#lines;
  }

  #functionOf(target: ClassDeclaration): string {
    const known = this.#functions.get(target);
    if (known !== undefined) return known;
    const name = this.#scope.names.fresh(`initialize${target.name}`);
    this.#functions.set(target, name);
    const body = target.fields.flatMap((field) => {
      const address = field.offset === 0 ? 'object' : `object + ${field.offset} /* ${field.name} */`;
      if (field.initial === null) return this.#storage(field.type, address);
      if (isZero(field.initial)) return [];
      return [`${storeText(field.type, address, printExpression(field.initial, this.#scope).text)};`];
    });
    this.#lines.push(...braced(`function ${name}(object)`, body), '');
    return name;
  }

  #storage(type: StorageType, address: string): Lines {
    if (!needsInitializer(type)) return [];
    if (type.tag === 'embedded') return [`${this.#functionOf(type.target)}(${address});`];
    if (type.tag !== 'array') return [];
    const stride = extentOf(type.element).size;
    if (type.element.tag !== 'embedded') throw new Error('emit-js: an array of arrays has no initialiser');
    const call = `${this.#functionOf(type.element.target)}(element);`;
    const head = `for (let element = ${address}, count = 0; count < ${type.length}; element += ${stride}, count += 1)`;
    return braced(head, [call]);
  }

  statements(declaration: StaticDeclaration): Lines {
    const name = this.#scope.names.of(declaration);
    if (declaration.kind !== 'variable') return this.#storage(declaration.type, name);
    if (isZero(declaration.initial)) return [];
    if (accessorOf(declaration.type).meaning === 'pointer') this.#scope.support('addressFrom');
    return [`${storeText(declaration.type, name, printExpression(declaration.initial, this.#scope).text)};`];
  }
}

function quoted(name: string): string {
  return JSON.stringify(name);
}

function describeClass(declaration: ClassDeclaration): Lines {
  const fields = declaration.fields.map((field) => {
    const { size } = extentOf(field.type);
    return `  ${quoted(field.name)}: { offset: ${field.offset}, size: ${size}, type: ${quoted(storageName(field.type))} },`;
  });
  const head = `${quoted(declaration.name)}: { size: ${declaration.size}, alignment: ${declaration.alignment}, fields: {`;
  return [head, ...fields, '} },'];
}

/** `classes`, `objects` and `constants` of the object that `instantiate` returns. */
export function describeData(program: Program, layout: StaticLayout): Lines {
  const declarations = program.modules.flatMap((module) => module.declarations);
  const statics = [...layout.declarations];
  const isUnique = (name: string): boolean => statics.filter(([declaration]) => declaration.name === name).length === 1;
  const objects = statics.map(([declaration, offset]) => {
    const { name, module, type } = declaration;
    const key = quoted(isUnique(name) ? name : `${module}:${name}`);
    return `${key}: { address: STATICS + ${offset}, size: ${extentOf(type).size}, type: ${quoted(storageName(type))} },`;
  });
  const classes = declarations
    .filter((declaration) => declaration.kind === 'class')
    .flatMap((declaration) => describeClass(declaration));
  const constants = declarations
    .filter((declaration) => declaration.kind === 'constant')
    .filter((declaration) => declaration.exported && declaration.value.op !== 'text')
    .map((declaration) => `${quoted(declaration.name)}: ${constantText(declaration)},`);
  return [
    ...braced('objects:', objects).map((line, index, all) => (index === all.length - 1 ? `${line},` : line)),
    ...braced('classes:', classes).map((line, index, all) => (index === all.length - 1 ? `${line},` : line)),
    ...braced('constants:', constants).map((line, index, all) => (index === all.length - 1 ? `${line},` : line)),
    `staticEnd: STATICS + ${layout.size},`,
  ];
}
