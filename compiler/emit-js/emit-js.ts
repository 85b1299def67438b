/**
 * Emits a program as one JavaScript file for the host machine, plain or
 * yielding: an ES module that exports `instantiate(machine)`. What it takes and
 * returns is in `runtime/host-machine.ts`.
 */

import { Initializers, constantText, describeData, isStatic, printTable } from './data.ts';
import { LocalNames, Names } from './names.ts';
import type { Scope } from './pieces.ts';
import { braced, indent, printStatements, type Lines } from './statements.ts';
import { layoutStatics, type StaticLayout } from './storage.ts';
import type { Declaration, FunctionDeclaration, Local, Module, Program } from '../ir/ir.ts';
import type { OutputFile } from '../emit/output.ts';
import type { HostSupport } from '../runtime/host-machine-support.ts';
import { SimpleHostMachine } from '../runtime/host-machine.ts';
import { functionsOf, sharedFunctions } from './shared-functions.ts';
import { visitStatements } from '../ir/walk.ts';

export type JavaScriptForm = 'plain' | 'yielding';

function printDocumentation(documentation: string | null): Lines {
  if (documentation === null) return [];
  const lines = documentation.split('\n');
  if (lines.length === 1) return [`/** ${documentation} */`];
  return ['/**', ...lines.map((line) => ` * ${line}`.trimEnd()), ' */'];
}

/** Every local of a function: its parameters and what its body declares. */
function localsOf(declaration: FunctionDeclaration): readonly Local[] {
  const locals = [...declaration.parameters];
  visitStatements(declaration.body ?? [], {
    statement: (statement) => {
      if (statement.kind === 'declare') locals.push(statement.local);
    },
  });
  return locals;
}

/** The names of module-level things that a function refers to: no local of it may hide them. */
function globalsOf(declaration: FunctionDeclaration, names: Names): ReadonlySet<string> {
  const found = new Set<string>();
  visitStatements(declaration.body ?? [], {
    expression: (expression) => {
      if (expression.op === 'call' || expression.op === 'function') found.add(names.of(expression.function));
      if (expression.op === 'table-element') found.add(names.of(expression.table));
      if ('constant' in expression && expression.constant !== null) found.add(names.of(expression.constant));
      if (expression.op === 'text') found.add(names.text(expression.value));
    },
    place: (place) => {
      if (place.place === 'variable') found.add(names.of(place.variable));
      if (place.place === 'object') found.add(names.of(place.object));
    },
  });
  return found;
}

function printFunction(declaration: FunctionDeclaration, outer: Scope): Lines {
  const { names, shared } = outer;
  const name = names.of(declaration);
  if (declaration.body === null) {
    if (!shared.has(declaration)) return [];
    // The function itself, for tables: a call names the access in place.
    const access = `${outer.support('externalAccess')}(${JSON.stringify(declaration.name)}, operands, "${declaration.module}")`;
    return [...braced(`function* ${name}(...operands)`, [`return yield ${access};`]), ''];
  }
  const globals = globalsOf(declaration, names);
  const locals = new LocalNames(localsOf(declaration), (name) => names.isReserved(name) || globals.has(name));
  const parameters = declaration.parameters.map((parameter) => locals.of(parameter)).join(', ');
  const head = `function${shared.has(declaration) ? '*' : ''} ${name}(${parameters})`;
  const body = printStatements(declaration.body, { ...outer, locals });
  return [...printDocumentation(declaration.documentation), ...braced(head, body), ''];
}

function printDeclaration(declaration: Declaration, scope: Scope, layout: StaticLayout): Lines {
  if (declaration.kind === 'function') return printFunction(declaration, scope);
  const documented = (lines: Lines): Lines =>
    'documentation' in declaration ? [...printDocumentation(declaration.documentation), ...lines] : lines;
  if (declaration.kind === 'constant') {
    // Every use of a constant text holds the text itself.
    if (declaration.value.op === 'text') return [];
    return documented([`const ${scope.names.of(declaration)} = ${constantText(declaration)};`]);
  }
  if (declaration.kind === 'table') return documented(printTable(declaration, scope));
  if (!isStatic(declaration)) return [];
  return documented([`const ${scope.names.of(declaration)} = STATICS + ${layout.declarations.get(declaration) ?? 0};`]);
}

function printModule(module: Module, scope: Scope, layout: StaticLayout): Lines {
  const lines = module.declarations.flatMap((declaration) => printDeclaration(declaration, scope, layout));
  const separated = lines.at(-1) === '' ? lines.slice(0, -1) : lines;
  return [`// ${'-'.repeat(8)} ${module.path}`, ...printDocumentation(module.documentation), ...separated, ''];
}

/** The `declare function`s become constants; those that are shared accesses are called by the machine instead. */
function printExternals(program: Program, scope: Scope): Lines {
  const declared = functionsOf(program).filter((declaration) => declaration.body === null);
  if (declared.length === 0) return [];
  const bindings = declared
    .filter((declaration) => !scope.shared.has(declaration))
    .map((declaration) => `const ${scope.names.of(declaration)} = machine.externals.${declaration.name};`);
  const names = declared.map((declaration) => JSON.stringify(declaration.name)).join(', ');
  return [`${scope.support('requireExternals')}([${names}]);`, ...bindings];
}

function printResult(program: Program, form: JavaScriptForm, scope: Scope, layout: StaticLayout): Lines {
  const exported = functionsOf(program).filter((declaration) => declaration.exported && declaration.body !== null);
  const entries = (wanted: boolean): string =>
    exported
      .filter((declaration) => scope.shared.has(declaration) === wanted)
      .map((declaration) => `${JSON.stringify(declaration.name)}: ${scope.names.of(declaration)}`)
      .join(', ');
  const members = [
    `form: ${JSON.stringify(form)},`,
    `functions: { ${entries(false)} },`,
    `generators: { ${entries(true)} },`,
    ...describeData(program, layout),
  ];
  return ['return {', ...indent(members), '};'];
}

/** Words with commas behind them, in lines of at most 100 columns. */
function wrapped(words: readonly string[]): Lines {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length > 97) lines.push(`${word},`);
    else lines[lines.length - 1] = `${last} ${word},`;
  }
  return lines;
}

function printHeader(form: JavaScriptForm, support: ReadonlySet<string>): Lines {
  return [
    'const {',
    ...wrapped([...support].sort()).map((line) => `  ${line}`),
    '} = machine.support;',
    'const view = new DataView(machine.memory);',
    'const STATICS = machine.staticStart;',
    ...(form === 'yielding' ? ['// A function* yields before each shared access and is resumed with its result.'] : []),
  ];
}

/** The program as an ES module, `js/program.js` or, with control coming back at every shared access, `js/yielding.js`. */
export function emitJs(program: Program, form: JavaScriptForm): OutputFile {
  const used = new Set<keyof HostSupport>();
  const names = new Names(program, Object.keys(new SimpleHostMachine({ size: 16 }).support));
  const support = (name: keyof HostSupport): string => {
    used.add(name);
    return name;
  };
  const scope: Scope = {
    names,
    locals: new LocalNames([], () => false),
    yielding: form === 'yielding',
    shared: form === 'yielding' ? sharedFunctions(program) : new Set(),
    support,
    old: new Map(),
    continueLabel: null,
  };
  const layout = layoutStatics(program);
  const isFresh = names.fresh('isFresh');
  const externals = printExternals(program, scope);
  const modules = program.modules.flatMap((module) => printModule(module, scope, layout));
  const initializers = new Initializers(scope);
  const initial = [...layout.declarations.keys()].flatMap((declaration) => initializers.statements(declaration));
  const clear = `const ${isFresh} = ${support('clearStatics')}(${layout.size});`;
  const texts = names.texts().map(([value, name]) => {
    return `const ${name} = ${support('placeText')}(STATICS + ${layout.texts.get(value) ?? 0}, ${JSON.stringify(value)});`;
  });
  const start = initial.length === 0 ? [] : [...initializers.functions(), ...braced(`if (${isFresh})`, initial), ''];
  const result = printResult(program, form, scope, layout);
  const body = [...printHeader(form, used), clear, ...externals, ...texts, '', ...modules, ...start, ...result];
  return { path: `js/${form === 'plain' ? 'program' : 'yielding'}.js`, text: emitFile(body) };
}

function emitFile(body: Lines): string {
  return [
    '// Emitted by harmonyc for the host machine.',
    ...braced('export function instantiate(machine)', body),
    '',
  ].join('\n');
}
