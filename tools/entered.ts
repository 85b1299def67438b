/**
 * Which functions of the kernel are entered with the hart's stack empty, as `hartOnEntry` needs it: those that use it, and
 * whoever calls one of these, for the compiler may put the one into the other. None of them may be called with something
 * on the stack, which is what every call does that is no jump.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The line in the C that depends on it. */
const MARK = /\bhartOnEntry\(\)/;
/** A definition: at the beginning of a line, maybe over several, up to its brace. */
const DEFINITION = /^(?![ #/*}])[^;{}=]*?\b(\w+)\(([^;{}]*)\) \{\n([\s\S]*?)^\}/gm;
/** A call through a field of a table. */
const THROUGH_TABLE = /(?:->|\.)\w+\(/;
const NAME = /\b[A-Za-z_]\w*\b/g;

interface Function {
  readonly names: ReadonlySet<string>;
  readonly uses: boolean;
  readonly indirect: boolean;
}

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[ch]$/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, ''));
}

function namesIn(text: string): Set<string> {
  return new Set(text.match(NAME) ?? []);
}

/** What the C in a folder says: its functions, and those that it names outside of functions, in tables. */
export interface Program {
  readonly functions: ReadonlyMap<string, Function>;
  readonly tabled: ReadonlySet<string>;
}

export function readProgram(texts: readonly string[]): Program {
  const functions = new Map<string, Function>();
  const outside: string[] = [];
  for (const text of texts) {
    for (const [, name = '', , body = ''] of text.matchAll(DEFINITION)) {
      functions.set(name, { names: namesIn(body), uses: MARK.test(body), indirect: THROUGH_TABLE.test(body) });
    }
    // What is left are declarations, each of which ends a line with a semicolon, and tables.
    outside.push(text.replaceAll(DEFINITION, '').replaceAll(/^(?![ #])[^={}]*?\w+\([^{}=]*?\);$/gm, ''));
  }
  const tabled = new Set([...namesIn(outside.join('\n'))].filter((name) => functions.has(name)));
  return { functions, tabled };
}

/** The functions that are entered with an empty stack, or should be. */
export function enteredFunctions({ functions, tabled }: Program): ReadonlySet<string> {
  const entered = new Set([...functions].filter(([, { uses }]) => uses).map(([name]) => name));
  for (let before = -1; before < entered.size;) {
    before = entered.size;
    const throughTable = [...tabled].some((name) => entered.has(name));
    for (const [name, { names, indirect }] of functions) {
      if ((indirect && throughTable) || [...names].some((other) => entered.has(other))) entered.add(name);
    }
  }
  return entered;
}

/** A call sets `ra`; the disassembler leaves `ra` out of `jal` and `jalr`, and writes a jump as `j` or `jr`. */
const CALL = /\t(?:jal|c\.jal)\t[0-9a-f]+ <([\w.]+)>$/;
const INDIRECT = /\t(?:jalr|c\.jalr)\t(?!zero,)/;
const LABEL = /^[0-9a-f]+ <([\w.]+)>:$/;

/** A part that the compiler has split off a function goes by the name of that. */
function baseOf(name: string): string {
  return name.split('.')[0] ?? name;
}

/** What is wrong in a disassembly: calls of such functions by compiled code. */
export function wrongCalls(lines: readonly string[], program: Program): readonly string[] {
  const entered = enteredFunctions(program);
  const problems: string[] = [];
  let here = '';
  for (const line of lines) {
    here = LABEL.exec(line)?.[1] ?? here;
    if (!program.functions.has(baseOf(here))) continue;
    const called = CALL.exec(line)?.[1];
    const target = called === undefined ? '' : baseOf(called);
    if (entered.has(target)) {
      problems.push(`${here} calls ${called}, which uses hartOnEntry or may hold what does; expected a jump`);
    } else if (INDIRECT.test(line) && entered.has(baseOf(here))) {
      problems.push(`${here} calls through a table what uses hartOnEntry; expected a jump`);
    }
  }
  return problems;
}

/** The program in a folder of generated C. */
export function programOf(folder: string): Program {
  return readProgram(sources(folder));
}
