/**
 * Names in emitted JavaScript: the source's own, with `$2`, `$3`, … behind them
 * where two modules have a private one of the same name, or where JavaScript
 * or the emitted file itself already uses the word.
 */

import type { Declaration, Local, Program } from '../ir/ir.ts';

/** Words of JavaScript that may not be names in a module, and globals that the emitted code uses. */
const JAVASCRIPT_WORDS = [
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends',
  'false finally for function if implements import in instanceof interface let new null package private protected',
  'public return static super switch this throw true try typeof undefined var void while with yield',
  'BigInt DataView Infinity Math NaN Number Object Uint8Array',
].flatMap((line) => line.split(' '));

/** Names that the emitted file declares besides the support functions. */
const OWN_WORDS = ['instantiate', 'machine', 'view', 'STATICS'];

export type NamedDeclaration = Exclude<Declaration, { readonly kind: 'assertion' }>;

export class Names {
  readonly #reserved: ReadonlySet<string>;
  readonly #taken: Set<string>;
  readonly #declarations = new Map<NamedDeclaration, string>();
  readonly #texts = new Map<string, string>();

  /** `support`: names of the support functions. */
  constructor(program: Program, support: readonly string[]) {
    this.#reserved = new Set([...JAVASCRIPT_WORDS, ...OWN_WORDS, ...support]);
    this.#taken = new Set(this.#reserved);
    const declarations = program.modules
      .flatMap((module) => module.declarations)
      .filter((declaration) => declaration.kind !== 'assertion');
    for (const declaration of declarations) if (declaration.exported) this.#declare(declaration);
    for (const declaration of declarations) if (!declaration.exported) this.#declare(declaration);
  }

  #declare(declaration: NamedDeclaration): void {
    this.#declarations.set(declaration, this.fresh(declaration.name));
  }

  /** A name that nothing else in the file has, nearest to the one asked for. */
  fresh(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.#taken.has(name); count += 1) name = `${wanted}$${count}`;
    this.#taken.add(name);
    return name;
  }

  of(declaration: NamedDeclaration): string {
    const name = this.#declarations.get(declaration);
    if (name === undefined) throw new Error(`emit-js: "${declaration.name}" is declared in no module of the program`);
    return name;
  }

  /** The name of a constant text. */
  text(value: string): string {
    const known = this.#texts.get(value);
    if (known !== undefined) return known;
    const name = this.fresh(`TEXT_${this.#texts.size + 1}`);
    this.#texts.set(value, name);
    return name;
  }

  /** Constant texts in the order in which they were first asked for. */
  texts(): readonly (readonly [value: string, name: string])[] {
    return [...this.#texts];
  }

  /** Whether a local of that name would hide something that emitted code needs everywhere. */
  isReserved(name: string): boolean {
    return this.#reserved.has(name);
  }
}

/**
 * Names of the locals of one function. Locals of the source keep their name,
 * and shadow each other as in the source; hidden ones get one of their own.
 */
export class LocalNames {
  readonly #reserved: (name: string) => boolean;
  readonly #used = new Set<string>();
  readonly #locals = new Map<Local, string>();

  /** `reserved`: names that mean something else in the function. */
  constructor(locals: readonly Local[], reserved: (name: string) => boolean) {
    this.#reserved = reserved;
    for (const local of locals) if (!local.hidden) this.#used.add(local.name);
    for (const local of locals) if (!local.hidden) this.#locals.set(local, this.#renamed(local.name));
    for (const local of locals) if (local.hidden) this.#locals.set(local, this.hidden(local.name));
  }

  /** The name itself unless it is reserved; so equal names of nested blocks stay equal. */
  #renamed(name: string): string {
    return this.#reserved(name) ? this.hidden(`${name}$`) : name;
  }

  of(local: Local): string {
    const name = this.#locals.get(local);
    if (name === undefined) throw new Error(`emit-js: the local "${local.name}" is declared nowhere in its function`);
    return name;
  }

  /** A name that no other local of the function has. */
  hidden(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.#reserved(name) || this.#used.has(name); count += 1) name = `${wanted}$${count}`;
    this.#used.add(name);
    return name;
  }
}
