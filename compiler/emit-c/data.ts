/** Data in C: constants, tables, objects, arrays and private variables. */
import { print, valueOf } from './expression.ts';
import type { Scope } from './piece.ts';
import { type SourceText, WIDTH } from './text.ts';
import { declarator } from './types.ts';
import type {
  ArrayDeclaration,
  ConstantDeclaration,
  Expression,
  ObjectDeclaration,
  StorageType,
  TableDeclaration,
  VariableDeclaration,
} from '../ir/ir.ts';

export type DataDeclaration = TableDeclaration | ObjectDeclaration | ArrayDeclaration | VariableDeclaration;

/** `#define PAGE_SIZE 4096ul`: every use has the right type, and gdb shows it (-g3). */
export function constantMacro(scope: Scope, declaration: ConstantDeclaration): string {
  const value = print(scope, declaration.value);
  const text = value.text.startsWith('-') ? `(${value.text})` : value.text;
  return `#define ${scope.names.of(declaration)} ${text}`;
}

/** The declarator of data, with its storage class: `static const Operation OPERATIONS[5]`. */
export function dataDeclarator(scope: Scope, declaration: DataDeclaration, storage: string): string {
  const name = scope.names.of(declaration);
  if (declaration.kind !== 'table') return storage + declarator(scope.names, declaration.type, name);
  const table = `${name}[${declaration.elements.length}]`;
  const { element } = declaration;
  return element.tag === 'pointer'
    ? storage + declarator(scope.names, element, `const ${table}`)
    : `${storage}const ${declarator(scope.names, element, table)}`;
}

/** A value in a static initialiser: no calls, and braces without a type. */
function constantText(scope: Scope, expression: Expression): string {
  if (expression.op !== 'make-value') return valueOf(scope, expression);
  const { declaration } = expression.type;
  const texts = expression.fields.map((field) => constantText(scope, field));
  if (scope.names.pair(declaration) !== null) return `PAIR(${texts.join(', ')})`;
  return `{${declaration.fields.map((field, index) => `.${scope.names.field(field)} = ${texts[index] ?? ''}`).join(', ')}}`;
}

function isZero(expression: Expression): boolean {
  if (expression.op === 'integer') return expression.value === 0n;
  if (expression.op === 'boolean') return !expression.value;
  return expression.op === 'null';
}

/** The initialiser of storage, or null when it starts as zeros. */
function storageText(scope: Scope, type: StorageType, initial: Expression | null): string | null {
  if (type.tag === 'embedded') {
    const fields = type.target.fields.flatMap((field) => {
      const text = storageText(scope, field.type, field.initial);
      return text === null ? [] : [`.${scope.names.field(field)} = ${text}`];
    });
    return fields.length === 0 ? null : `{${fields.join(', ')}}`;
  }
  if (type.tag === 'array') {
    const element = storageText(scope, type.element, null);
    return element === null || type.length === 0 ? null : `{[0 ... ${type.length - 1}] = ${element}}`;
  }
  return initial === null || isZero(initial) ? null : constantText(scope, initial);
}

/** Prints the definition of data. */
export function printData(scope: Scope, text: SourceText, declaration: DataDeclaration, mark: string): void {
  const { line } = declaration.position;
  text.comment(line, declaration.documentation);
  const head = dataDeclarator(scope, declaration, declaration.exported ? '' : 'static ') + mark;
  if (declaration.kind === 'table') return printTable(scope, text, declaration, head);
  const initial =
    declaration.kind === 'variable'
      ? constantText(scope, declaration.initial)
      : storageText(scope, declaration.type, null);
  text.at(line, initial === null ? `${head};` : `${head} = ${initial};`);
}

/** Elements stay on the lines that they have in the source. */
function printTable(scope: Scope, text: SourceText, declaration: TableDeclaration, head: string): void {
  const { line } = declaration.position;
  const elements = declaration.elements.map((element) => constantText(scope, element));
  const oneLine = `${head} = {${elements.join(', ')}};`;
  const lines = new Set(declaration.elements.map((element) => element.position.line));
  if (lines.size <= 1 && oneLine.length <= WIDTH) return text.at(line, oneLine);
  text.open(line, `${head} = {`, false);
  for (const one of lines) {
    const here = elements.filter((_, index) => declaration.elements[index]?.position.line === one);
    text.at(one, `${here.join(', ')},`);
  }
  text.close('};');
}
