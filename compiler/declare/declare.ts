/** The top level of modules: what each name means, computed when it is first needed, in any order. */
import type { Configuration } from '../front/configuration.ts';
import { layOutClass } from './class.ts';
import { declareFunction, lowerFunctionBody, type OpenFunction } from './function.ts';
import { declareType } from './type.ts';
import { declareVariable } from './variable.ts';
import { Refusal, type Diagnostic } from '../diagnostics/diagnostics.ts';
import type { ClassDeclaration, FunctionDeclaration, FunctionTypeDeclaration } from '../ir/ir.ts';
import { lowerExpression } from '../lower/expression.ts';
import { checkExports, checkImports, collectScope, type Entry, type ModuleScope } from '../lower/module-scope.ts';
import { positionOf, ts, type Source } from '../front/project.ts';
import { attempt, documentationOf, refusal, type Context, type Meaning, type Surroundings } from '../lower/scope.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
interface OpenClass {
  readonly declaration: Mutable<ClassDeclaration>;
  readonly node: ts.ClassDeclaration;
  state: 'new' | 'open' | 'whole' | 'broken';
}

/** Declares every module of a program and lowers the bodies. */
export class Declarer implements Surroundings {
  readonly configuration: Configuration;
  private readonly scopes = new Map<string, ModuleScope>();
  private readonly diagnostics: Diagnostic[];
  private readonly classes = new Map<ClassDeclaration, OpenClass>();
  private readonly functions = new Map<FunctionDeclaration, OpenFunction>();
  private readonly values = new Map<FunctionTypeDeclaration, FunctionDeclaration[]>();

  private refused = 0;

  constructor(sources: readonly Source[], configuration: Configuration, diagnostics: Diagnostic[]) {
    this.configuration = configuration;
    this.diagnostics = diagnostics;
    const report = (found: Diagnostic): void => this.report(found);
    for (const source of sources) this.scopes.set(source.path, collectScope(source, report));
    checkExports(this.scopes.values(), report);
    checkImports(this.scopes, report);
  }

  report(found: Diagnostic): void {
    this.diagnostics.push(found);
  }
  refuse(found: Diagnostic | null): void {
    this.refused += 1;
    if (found !== null) this.report(found);
  }
  refusals(): number {
    return this.refused;
  }
  functionsOf(type: FunctionTypeDeclaration): FunctionDeclaration[] {
    const found = this.values.get(type) ?? [];
    this.values.set(type, found);
    return found;
  }

  /** Computes everything that is declared, then the bodies of functions. */
  declareAll(): void {
    for (const scope of this.scopes.values()) {
      for (const entry of scope.entries.values()) attempt(this, () => this.declare(entry, entry.node), null);
    }
    for (const open of this.classes.values()) this.layOut(open.declaration);
    for (const open of this.functions.values()) {
      attempt(this, () => lowerFunctionBody(open, this.contextOf(open.module)), undefined);
    }
  }

  /** The meanings of a module's own names, in source order; null where one was refused. */
  meaningsOf(module: string): ReadonlyMap<ts.Node, Meaning | null> {
    const entries = this.scopes.get(module)?.entries.values() ?? [];
    return new Map([...entries].map((entry) => [entry.node, entry.meaning]));
  }

  contextOf(module: string): Context {
    return {
      surroundings: this,
      module,
      result: null,
      assigned: new Set(),
      inside: { loop: false, breakable: false },
      steady: new Set(),
      block: { outer: null, names: new Map() },
      facts: new Map(),
      lower: lowerExpression,
    };
  }

  resolve(module: string, name: string, node: ts.Node): Meaning | null {
    const scope = this.scopes.get(module);
    const from = scope?.imports.get(name);
    const entry = from === undefined ? scope?.entries.get(name) : this.scopes.get(from)?.entries.get(name);
    if (entry !== undefined) return this.declare(entry, node);
    if (from !== undefined || scope?.refused.has(name) === true) throw new Refusal(null);
    return null;
  }

  layOut(target: ClassDeclaration): 'whole' | 'broken' | 'open' {
    const open = this.classes.get(target);
    if (open === undefined) throw new Error(`Compiler bug: the class ${target.name} is not declared.`);
    if (open.state !== 'new') return open.state;
    open.state = 'open';
    const before = this.refusals();
    const layout = attempt(this, () => layOutClass(open.node, target, this.contextOf(target.module)), null);
    if (layout !== null) Object.assign(open.declaration, layout);
    open.state = this.refusals() === before ? 'whole' : 'broken';
    return open.state;
  }

  /** What a name means; a name that was refused has been reported. */
  private declare(entry: Entry, node: ts.Node): Meaning {
    if (entry.state === 'open') throw refusal('cyclicConstant', node, entry.name);
    if (entry.state === 'new') {
      entry.state = 'open';
      entry.meaning = attempt(this, () => this.meaningOf(entry), null);
      entry.state = 'done';
    }
    if (entry.meaning === null) throw new Refusal(null);
    return entry.meaning;
  }

  private meaningOf(entry: Entry): Meaning {
    const { node } = entry;
    const base = baseOf(entry);
    const context = this.contextOf(entry.module);
    if (ts.isClassDeclaration(node)) {
      const declaration: Mutable<ClassDeclaration> = { kind: 'class', ...base, fields: [], size: 0, alignment: 1 };
      this.classes.set(declaration, { declaration, node, state: 'new' });
      return declaration;
    }
    if (ts.isFunctionDeclaration(node)) {
      const open = declareFunction(node, base, context);
      this.functions.set(open.declaration, open);
      if (open.parameters.includes(null)) throw new Refusal(null);
      return open.declaration;
    }
    if (ts.isVariableDeclaration(node)) return declareVariable(node, base, context);
    return declareType(node, base, context);
  }
}

function baseOf({ name, module, exported, node }: Entry) {
  const owner = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  return {
    name,
    module,
    exported,
    documentation: documentationOf(owner).text,
    position: positionOf(node.name ?? node),
  };
}
