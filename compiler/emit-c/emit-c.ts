/** C11: a source and a header for each module, meant to be read beside the TypeScript. */
import { type DataDeclaration, dataDeclarator, printData } from './data.ts';
import { type Names, nameLocals, nameProgram } from './names.ts';
import type { Scope } from './piece.ts';
import { printStatements } from './statement.ts';
import { SourceText, commentLines, wrapLine } from './text.ts';
import { constantBlocks, typeBlocks } from './typedefs.ts';
import { functionHead } from './types.ts';
import { type PrivateUses, privateUses, referencesOf, unusedLocals } from './uses.ts';
import { headerTypes, isTypeDeclaration } from './visible.ts';
import type { AssertionDeclaration, Declaration, FunctionDeclaration, Module, Program, Statement } from '../ir/ir.ts';
import { Effects } from '../order/quiet.ts';
import { orderBody } from '../order/order.ts';
import type { OutputFile } from '../emit/output.ts';

/** `c/….c` and `c/….h` for every module, and `c/sources.txt`, the list of the sources. */
export function emitC(program: Program): readonly OutputFile[] {
  const names = nameProgram(program);
  const effects = new Effects();
  const files = program.modules.flatMap((module) => [
    { path: `c/${fileName(module.path)}.h`, text: headerText(names, module) },
    { path: `c/${fileName(module.path)}.c`, text: sourceText(names, module, effects) },
  ]);
  const sources = program.modules.map((module) => `c/${fileName(module.path)}.c\n`);
  return [...files, { path: 'c/sources.txt', text: sources.join('') }];
}

/** The path of a module without its ending. Quotes and backslashes cannot stand in an `#include`. */
function fileName(modulePath: string): string {
  return modulePath.replace(/\.ts$/, '').replace(/["\\\n]/g, '_');
}

/** `../abi/errors.h`, as seen from the folder of a module. */
function relativeHeader(from: string, to: string): string {
  const here = from.split('/').slice(0, -1);
  const there = fileName(to).split('/');
  let common = 0;
  while (common < here.length && common < there.length - 1 && here[common] === there[common]) common++;
  return [...here.slice(common).map(() => '..'), ...there.slice(common)].join('/') + '.h';
}

function moduleScope(names: Names, module: Module): Scope {
  const local = (): never => {
    throw new Error('Compiler bug: a local outside of a function.');
  };
  return { names, module: module.path, local };
}

function isData(declaration: Declaration): declaration is DataDeclaration {
  return ['table', 'object', 'array', 'variable'].includes(declaration.kind);
}

/** A comment at the top of a generated file. */
function banner(module: Module, what: string): string {
  const lines = [
    `${what} of ${module.path}, written by harmonyc.`,
    ...(module.documentation === null ? [] : ['', module.documentation]),
  ];
  return commentLines(lines.join('\n')).join('\n').replace('/**', '/*');
}

// ------------------------------------------------------------------ header

function headerText(names: Names, module: Module): string {
  const scope = moduleScope(names, module);
  const guard = names.guard(module.path);
  const exported = module.declarations.filter((one) => one.kind !== 'assertion' && one.exported);
  const constants = exported.flatMap((one) => (one.kind === 'constant' ? [one] : []));
  const visible = headerTypes(module);
  const types = module.declarations.filter(isTypeDeclaration).filter((one) => visible.has(one));
  const data = exported.filter(isData).map((one) => `${dataDeclarator(scope, one, 'extern ')};`);
  const functions = exported.flatMap((one) => (one.kind === 'function' ? prototypeLines(names, one) : []));
  const blocks = [
    ['#include <harmonyc.h>', ...module.imports.map((path) => `#include "${relativeHeader(module.path, path)}"`)],
    ...constantBlocks(scope, constants),
    ...typeBlocks(scope, types),
    data,
    functions,
  ];
  const body = blocks.filter((block) => block.length > 0).map((block) => block.join('\n'));
  return [banner(module, 'Header'), `#ifndef ${guard}\n#define ${guard}`, ...body, '#endif'].join('\n\n') + '\n';
}

/** The prototype of a function; one that the machine defines brings its comment along. */
function prototypeLines(names: Names, declaration: FunctionDeclaration): readonly string[] {
  const locals = nameLocals(names, declaration, [], referencesOf(declaration));
  const marks = { unused: new Set<never>(), isUnused: false };
  const head = functionHead(names, declaration, (local) => locals.get(local) ?? '', marks);
  const comment =
    declaration.body === null && declaration.documentation !== null ? commentLines(declaration.documentation) : [];
  return [...comment, ...wrapLine(`${head};`, '')];
}

// ------------------------------------------------------------------ source

function sourceText(names: Names, module: Module, effects: Effects): string {
  const scope = moduleScope(names, module);
  const text = new SourceText(module.path);
  const visible = headerTypes(module);
  const constants = module.declarations.flatMap((one) => (one.kind === 'constant' && !one.exported ? [one] : []));
  const types = module.declarations.filter(isTypeDeclaration).filter((one) => !visible.has(one));
  const uses = privateUses(module);
  const own = fileName(module.path).split('/').at(-1) ?? '';
  const blocks = [
    [...banner(module, 'Source').split('\n'), `#include "${own}.h"`],
    ...constantBlocks(scope, constants),
    ...typeBlocks(scope, types),
    module.declarations.filter(isPrivateExternal).flatMap((one) => prototypeLines(names, one)),
    uses.early.flatMap((one) => earlyLines(scope, one, uses)),
  ];
  blocks
    .filter((block) => block.length > 0)
    .forEach((block, index) => {
      if (index > 0) text.plain('');
      block.forEach((line) => text.plain(line));
    });
  for (const declaration of module.declarations) printDeclaration(scope, text, declaration, uses, effects);
  return text.toString();
}

/** A `declare function` that only its own module sees. */
function isPrivateExternal(declaration: Declaration): declaration is FunctionDeclaration {
  return declaration.kind === 'function' && declaration.body === null && !declaration.exported;
}

/** Private things that are used above their declaration. */
function earlyLines(scope: Scope, declaration: Declaration, uses: PrivateUses): readonly string[] {
  if (declaration.kind === 'function') return declaration.body === null ? [] : prototypeLines(scope.names, declaration);
  if (!isData(declaration)) return [];
  return [`${dataDeclarator(scope, declaration, 'static ')}${uses.unused.has(declaration) ? ' UNUSED' : ''};`];
}

function printDeclaration(
  scope: Scope,
  text: SourceText,
  declaration: Declaration,
  uses: PrivateUses,
  effects: Effects,
): void {
  if (declaration.kind === 'assertion') return printAssertion(scope, text, declaration);
  const isUnused = uses.unused.has(declaration);
  if (declaration.kind === 'function') {
    const statements = orderBody(declaration.body ?? [], effects);
    return printFunction(scope, text, declaration, statements, isUnused);
  }
  if (isData(declaration)) printData(scope, text, declaration, isUnused ? ' UNUSED' : '');
}

function printAssertion(scope: Scope, text: SourceText, declaration: AssertionDeclaration): void {
  if (declaration.layout === null) return;
  const { target, field, value } = declaration.layout;
  const name = scope.names.of(target);
  const subject = field === null ? `sizeof(${name})` : `offsetof(${name}, ${scope.names.field(field)})`;
  const label = field === null ? name : `${name}.${field.name}`;
  text.at(declaration.position.line, `_Static_assert(${subject} == ${value}, "${label}");`);
}

function printFunction(
  scope: Scope,
  text: SourceText,
  declaration: FunctionDeclaration,
  statements: readonly Statement[],
  isUnused: boolean,
): void {
  if (declaration.body === null) return;
  const locals = nameLocals(scope.names, declaration, statements, referencesOf(declaration));
  const local: Scope['local'] = (one) => {
    const name = locals.get(one);
    if (name === undefined) throw new Error(`Compiler bug: '${one.name}' in ${declaration.name} is never declared.`);
    return name;
  };
  const unused = unusedLocals(declaration, statements);
  const { line } = declaration.position;
  text.comment(line, declaration.documentation);
  text.open(line, `${functionHead(scope.names, declaration, local, { unused, isUnused })} {`, false);
  printStatements({ scope: { ...scope, local }, text, unused }, statements);
  text.close('}');
}
