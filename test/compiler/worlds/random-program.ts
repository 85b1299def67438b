/**
 * Random programs of the subset. A program is made from a list of choices, each
 * a number; when the list is used up, every further choice is the simplest one.
 * So a shorter list, or one with smaller numbers, gives a simpler program.
 */

type Kind = 'u8' | 'u16' | 'u32' | 'u64' | 'i8' | 'i16' | 'i32' | 'i64';
const KINDS: readonly Kind[] = ['u32', 'u64', 'i32', 'i64', 'u8', 'u16', 'i8', 'i16'];
const WIDE: readonly Kind[] = ['u32', 'u64', 'i32', 'i64'];
const BITS: Readonly<Record<Kind, number>> = { u8: 8, u16: 16, u32: 32, u64: 64, i8: 8, i16: 16, i32: 32, i64: 64 };

function isSigned(kind: Kind): boolean {
  return kind.startsWith('i');
}
function wideOf(kind: Kind): Kind {
  if (BITS[kind] === 64) return kind;
  return isSigned(kind) ? 'i32' : 'u32';
}
function literal(kind: Kind, value: bigint): string {
  return BITS[kind] === 64 ? `${value}n` : String(value);
}

interface Variable {
  readonly name: string;
  readonly kind: Kind;
  readonly mutable: boolean;
}
interface Helper {
  readonly name: string;
  readonly parameters: readonly Kind[];
  readonly result: Kind;
}

/** Draws from the list of choices. */
class Choices {
  readonly #list: readonly number[];
  #next = 0;

  constructor(list: readonly number[]) {
    this.#list = list;
  }
  /** 0 to `count` - 1; 0 when the list is used up. */
  below(count: number): number {
    const value = this.#list[this.#next] ?? 0;
    this.#next += 1;
    return value % count;
  }
  of<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('a choice among nothing');
    return item;
  }
  get isEmpty(): boolean {
    return this.#next >= this.#list.length;
  }
}

/** Values at which integer rules differ. */
function interesting(kind: Kind, choices: Choices): bigint {
  const bits = BigInt(BITS[kind]);
  const top = 1n << (isSigned(kind) ? bits - 1n : bits);
  const candidates = [1n, 2n, 7n, 0n, top - 1n, top - 2n, top / 2n, top / 2n + 1n, 100n, 31n, 63n];
  const signed = isSigned(kind) ? [-1n, -2n, -top, -top + 1n, -100n] : [];
  return choices.of([...candidates, ...signed].filter((value) => value < top));
}

class Writer {
  readonly #choices: Choices;
  readonly #globals: readonly Variable[];
  readonly #helpers: readonly Helper[];
  #variables: readonly Variable[];
  #locals = 0;
  #inLoop = false;

  constructor(
    choices: Choices,
    globals: readonly Variable[],
    helpers: readonly Helper[],
    parameters: readonly Variable[],
  ) {
    this.#choices = choices;
    this.#globals = globals;
    this.#helpers = helpers;
    this.#variables = [...parameters, ...globals];
  }

  #fresh(): string {
    this.#locals += 1;
    return `v${this.#locals}`;
  }

  /** A variable, field or element whose value widens silently to `kind`; always there, because of the globals. */
  #leaf(kind: Kind): string {
    const wide = wideOf(kind);
    const fits = (other: Kind): boolean => other === kind || (kind === wide && wideOf(other) === wide);
    const names = this.#variables.filter((variable) => fits(variable.kind)).map((variable) => variable.name);
    if (kind === 'u32') names.push('cell.words[2]', 'cell.word.load()');
    if (kind === 'u64') names.push('cell.shared.load()', 'outcome(1n, 2n).value');
    return this.#choices.of([...names, `cell.${kind}s`]);
  }

  /** An expression of exactly this kind. */
  expression(kind: Kind, depth: number): string {
    if (depth <= 0 || this.#choices.isEmpty) return this.#leaf(kind);
    if (kind !== wideOf(kind)) return this.#narrow(kind, depth);
    switch (this.#choices.below(10)) {
      case 0:
        return this.#leaf(kind);
      case 1:
      case 2:
      case 3:
      case 4:
        return this.#arithmetic(kind, depth);
      case 5:
        return this.#call(kind, depth);
      case 6:
        return `(${this.condition(depth - 1)} ? ${this.expression(kind, depth - 1)} : ${this.expression(kind, depth - 1)})`;
      case 7:
        return this.#conversion(kind, depth);
      case 8:
        return this.#memory(kind, depth);
      default:
        return `(${this.#leaf(kind)} ${this.#choices.of(['+', '-'])} ${literal(kind, this.#choices.of([1n, 3n]))})`;
    }
  }

  #narrow(kind: Kind, depth: number): string {
    const choice = this.#choices.below(8);
    if (choice === 0) return this.#leaf(kind);
    if (choice === 1) return this.#call(kind, depth);
    if (choice === 2) return `${kind}(${this.#leaf(wideOf(kind))})`;
    if (choice === 3 && !isSigned(kind))
      return `(${this.expression('u32', depth - 1)} & ${kind === 'u8' ? '0xff' : '0xffff'})`;
    return `${kind}.wrap(${this.expression(this.#choices.of(WIDE), depth - 1)})`;
  }

  #arithmetic(kind: Kind, depth: number): string {
    const left = this.expression(kind, depth - 1);
    const operator = this.#choices.of(
      isSigned(kind) ? ['+', '-', '*', '/', '%', '>>'] : ['+', '-', '*', '&', '|', '^', '/', '%', '<<', '>>'],
    );
    if (operator === '<<' || operator === '>>') {
      const count =
        this.#choices.below(2) === 0 ? literal(kind, BigInt(this.#choices.below(BITS[kind]))) : this.#leaf(kind);
      return `(${left} ${operator} ${count})`;
    }
    if ((operator === '/' || operator === '%') && this.#choices.below(4) !== 0) {
      return `(${left} ${operator} ${literal(kind, this.#choices.of([3n, 1n, 7n, 10n, 255n]))})`;
    }
    if (!isSigned(kind) && this.#choices.below(8) === 0) return `(~${left})`;
    const right =
      this.#choices.below(3) === 0 ? literal(kind, interesting(kind, this.#choices)) : this.expression(kind, depth - 1);
    const safe = operator === '/' || operator === '%' ? this.#leaf(kind) : right;
    return isSigned(kind) && this.#choices.below(12) === 0 ? `(-${left})` : `(${left} ${operator} ${safe})`;
  }

  #call(kind: Kind, depth: number): string {
    const helpers = this.#helpers.filter((helper) => helper.result === kind);
    if (helpers.length === 0) return this.#leaf(kind);
    const helper = this.#choices.of(helpers);
    return `${helper.name}(${helper.parameters.map((parameter) => this.expression(parameter, depth - 1)).join(', ')})`;
  }

  #conversion(kind: Kind, depth: number): string {
    if (kind === 'u64' && this.#choices.below(2) === 0) return `u64(${this.expression('u32', depth - 1)})`;
    const from = this.#choices.of(WIDE.filter((other) => other !== kind));
    return `${kind}.wrap(${this.expression(from, depth - 1)})`;
  }

  #memory(kind: Kind, depth: number): string {
    if (kind === 'u32') {
      const index =
        this.#choices.below(8) === 0 ? this.expression('u32', depth - 1) : `${this.expression('u32', depth - 1)} & 7`;
      if (this.#choices.below(3) === 0)
        return `cell.word.${this.#choices.of(['add', 'swap', 'or', 'and', 'max'])}(${this.expression('u32', depth - 1)})`;
      return `cell.words[${index}]`;
    }
    if (kind === 'u64') {
      const member = this.#choices.of(['error', 'value']);
      const values = `${this.expression('u64', depth - 1)}, ${this.expression('u64', depth - 1)}`;
      if (this.#choices.below(2) === 0) return `outcome(${values}).${member}`;
      return `cell.shared.${this.#choices.of(['add', 'swap', 'max'])}(${this.expression('u64', depth - 1)})`;
    }
    return `cell.${kind}s`;
  }

  condition(depth: number): string {
    const kind = this.#choices.of(KINDS);
    if (depth <= 0) return this.#comparison(kind, this.#leaf(kind), this.#leaf(kind));
    switch (this.#choices.below(5)) {
      case 0:
        return `(${this.condition(depth - 1)} && ${this.condition(depth - 1)})`;
      case 1:
        return `(${this.condition(depth - 1)} || ${this.condition(depth - 1)})`;
      case 2:
        return `!${this.condition(depth - 1)}`;
      default: {
        const right = this.#choices.below(2) === 0 ? '' : this.expression(wideOf(kind), depth - 1);
        return this.#comparison(kind, this.expression(kind, depth - 1), right);
      }
    }
  }

  /** gcc warns of comparisons of equal texts, so those get a literal on the right. */
  #comparison(kind: Kind, left: string, right: string): string {
    const wide = wideOf(kind);
    const operator = this.#choices.of(['<', '===', '!==', '<=', '>', '>=']);
    const other = right === '' || right === left ? literal(wide, interesting(wide, this.#choices)) : right;
    return `(${left} ${operator} ${other})`;
  }

  /** An assignment, plain or compound, to something that can be assigned. */
  #assignment(): string {
    const targets = [...this.#variables, ...this.#globals].filter((variable) => variable.mutable);
    const { name, kind } = this.#choices.of(targets);
    const wide = kind === wideOf(kind);
    switch (this.#choices.below(5)) {
      case 0:
        return `cell.words[${this.expression('u32', 1)} & 7] = ${this.expression('u32', 2)};`;
      case 1:
        return `cell.words[${this.expression('u32', 1)} & 7] ${this.#choices.of(['+=', '^=', '*='])} ${this.expression('u32', 2)};`;
      case 2:
        return `cell.${kind}s = ${this.expression(kind, 2)};`;
      case 3:
        if (wide)
          return `${name} ${this.#choices.of(isSigned(kind) ? ['+=', '-='] : ['+=', '-=', '*=', '|='])} ${this.expression(kind, 2)};`;
        return `${name} = ${kind}.wrap(${name} + 1);`;
      default:
        return `${name} = ${this.expression(kind, 3)};`;
    }
  }

  #nested(statements: number): readonly string[] {
    const outer = this.#variables;
    const lines = this.statements(statements).map((line) => `  ${line}`);
    this.#variables = outer;
    return lines;
  }

  #loop(): readonly string[] {
    if (this.#inLoop) return [this.#assignment()];
    this.#inLoop = true;
    const name = this.#fresh();
    const outer = this.#variables;
    const rounds = 1 + this.#choices.below(4);
    const form = this.#choices.below(3);
    const condition = this.condition(1);
    if (form !== 2) this.#variables = [...outer, { name, kind: 'u32', mutable: false }];
    const skip =
      this.#choices.below(3) === 0 ? [`  if ${this.#parenthesised()} ${this.#choices.of(['continue', 'break'])};`] : [];
    const body = [...this.#nested(2), ...skip, ...this.#nested(1)];
    this.#variables = outer;
    this.#inLoop = false;
    if (form === 0) return [`for (let ${name}: u32 = 0; ${name} < ${rounds}; ${name}++) {`, ...body, '}'];
    if (form === 1)
      return [`for (const ${name} of range(${this.expression('u32', 1)} & 3)) {`, '  bound(3);', ...body, '}'];
    return [
      `let ${name}: u32 = 0;`,
      `while (${name} < ${rounds} && ${condition}) {`,
      '  bound(5);',
      `  ${name} += 1;`,
      ...body,
      '}',
    ];
  }

  #parenthesised(): string {
    const condition = this.condition(1);
    return condition.startsWith('!') ? `(${condition})` : condition;
  }

  #switch(): readonly string[] {
    const subject = this.expression('u32', 2);
    return [
      `switch (${subject} & 3) {`,
      '  case 1:',
      ...this.#nested(1).map((line) => `  ${line}`),
      '    break;',
      '  default:',
      ...this.#nested(1).map((line) => `  ${line}`),
      '    break;',
      '  case 0:',
      '  case 3: {',
      ...this.#nested(2).map((line) => `  ${line}`),
      '    break;',
      '  }',
      '}',
    ];
  }

  #statement(): readonly string[] {
    switch (this.#choices.below(8)) {
      case 0:
      case 1: {
        const kind = this.#choices.of(KINDS);
        const value = this.expression(kind, 3);
        const name = this.#fresh();
        this.#variables = [...this.#variables, { name, kind, mutable: true }];
        return [`let ${name}: ${kind} = ${value};`];
      }
      case 2:
        return [`if ${this.#parenthesised()} {`, ...this.#nested(1), '} else {', ...this.#nested(1), '}'];
      case 3:
        return this.#loop();
      case 4:
        return this.#switch();
      default:
        return [this.#assignment()];
    }
  }

  statements(count: number): readonly string[] {
    const lines: string[] = [];
    for (let index = 0; index < count; index += 1) lines.push(...this.#statement());
    return lines;
  }
}

function writeFunction(
  choices: Choices,
  globals: readonly Variable[],
  helpers: readonly Helper[],
  helper: Helper,
  size: number,
): readonly string[] {
  const parameters = helper.parameters.map((kind, index): Variable => ({ name: `p${index}`, kind, mutable: true }));
  const writer = new Writer(choices, globals, helpers, parameters);
  const body = writer.statements(size);
  const list = parameters.map(({ name, kind }) => `${name}: ${kind}`).join(', ');
  const result = `  return ${writer.expression(helper.result, 3)};`;
  return [`function ${helper.name}(${list}): ${helper.result} {`, ...body.map((line) => `  ${line}`), result, '}'];
}

/** Everything that a program can change, as one number: sums of fields, each in a place of its own. */
function writeState(globals: readonly Variable[]): readonly string[] {
  const terms = [...globals.map((variable) => variable.name), ...KINDS.map((kind) => `cell.${kind}s`)];
  const kinds = [...globals.map((variable) => variable.kind), ...KINDS];
  const mixed = terms.map((term, index) => {
    const kind = kinds[index] ?? 'u32';
    const wide = kind === 'u64' ? term : BITS[kind] === 64 || isSigned(kind) ? `u64.wrap(${term})` : `u64(${term})`;
    return `  sum = sum * 31n + ${wide};`;
  });
  return [
    'function digest(): u64 {',
    '  let sum: u64 = cell.shared.load() + u64(cell.word.load());',
    '  for (const word of cell.words) sum = sum * 31n + u64(word);',
    ...mixed,
    '  return sum;',
    '}',
  ];
}

/** A module of the subset with stated calls of `run…` and `state…`; what they give is not known beforehand. */
export function randomProgram(list: readonly number[], number: number): string {
  const choices = new Choices(list);
  const globals = KINDS.map((kind, index): Variable => ({ name: `g${index}`, kind, mutable: true }));
  const helpers: Helper[] = [];
  const functions: string[] = [];
  const count = 1 + choices.below(3);
  for (let index = 0; index < count; index += 1) {
    const parameters = Array.from({ length: choices.below(3) }, () => choices.of(KINDS));
    const helper: Helper = { name: `helper${index}`, parameters, result: choices.of(KINDS) };
    functions.push(...writeFunction(choices, globals, helpers, helper, 2), '');
    helpers.push(helper);
  }
  const main: Helper = { name: `run${number}`, parameters: ['u32', 'u64', 'i32'], result: 'u64' };
  const values = [
    '0, 0n, 0',
    '5, 77n, -3',
    '4294967295, 18446744073709551615n, 2147483647',
    '256, 4294967296n, -2147483648',
  ];
  return [
    'class Cell {',
    ...KINDS.map((kind) => `  ${kind}s: ${kind} = ${literal(kind, 1n)};`),
    '  readonly words = array(u32, 8);',
    '  readonly word = atomic(u32);',
    '  readonly shared = atomic(u64);',
    '}',
    'const cell = new Cell();',
    'type Outcome = { readonly error: u64; readonly value: u64 };',
    ...globals.map(({ name, kind }, index) => `let ${name}: ${kind} = ${literal(kind, BigInt(index) + 1n)};`),
    '',
    'function outcome(error: u64, value: u64): Outcome {',
    '  return { value: value, error: error + 1n };',
    '}',
    '',
    ...functions,
    ...writeFunction(choices, globals, helpers, main, 5).map((line, index) => (index === 0 ? `export ${line}` : line)),
    '',
    ...writeState(globals),
    `export function state${number}(): u64 {`,
    '  return digest();',
    '}',
    ...values.flatMap((text) => [`// call run${number}(${text}) = ?`, `// call state${number}() = ?`]),
    '',
  ].join('\n');
}
