/**
 * Every way in which `harmonyc` refuses a source: one table for the compiler,
 * the editor and the documentation. A code never changes its meaning.
 */
import type { Position } from '../ir/ir.ts';

interface DiagnosticEntry {
  readonly code: string;
  /** `{0}`, `{1}` … are replaced by what was found. */
  readonly message: string;
  readonly reason: string;
  readonly instead: string;
}

export const DIAGNOSTICS = {
  // 1: files and modules
  unreadable: {
    code: 'HC1001',
    message: '{0} cannot be read: {1}.',
    reason: 'The compiler reads every source of a program, as UTF-8 text.',
    instead: 'Check the path, the permissions and the encoding.',
  },
  syntax: {
    code: 'HC1002',
    message: 'This is not valid TypeScript: {0}',
    reason: 'What cannot be parsed cannot be checked any further.',
    instead: 'Mend the syntax here, or just before this place.',
  },
  importMissing: {
    code: 'HC1003',
    message: 'The file {0}, which is imported here, does not exist (looked for {1}).',
    reason: 'Imports name source files of the same project.',
    instead: 'Correct the path, or create the file.',
  },
  importForm: {
    code: 'HC1004',
    message: 'This form of import is not in the subset: {0}.',
    reason: 'An import names what it takes and the file that it comes from, so that one search finds every use.',
    instead: "Write `import { name } from '../file.ts';`.",
  },
  importCycle: {
    code: 'HC1005',
    message: 'Modules import each other in a circle: {0}.',
    reason: 'Data flows one way; the order of initialisation and the floors depend on it.',
    instead: 'Move what both need into a module below them.',
  },
  floor: {
    code: 'HC1006',
    message: '{0} may not import {1}: {2}.',
    reason: 'The floors of a project, lowest first, stand in harmony.json; an import may only go down.',
    instead: 'Move the code to the floor where it belongs, or pass what is needed as an argument.',
  },
  duplicateExport: {
    code: 'HC1007',
    message: 'The name {0} is exported here and in {1}.',
    reason: 'An exported name is the C symbol, so it is unique in the program.',
    instead: 'Rename one of them.',
  },
  notExported: {
    code: 'HC1008',
    message: '{1} exports nothing named {0}.',
    reason: 'Only exported names can be imported.',
    instead: 'Write `export` before the declaration there, or correct the name here.',
  },
  exportForm: {
    code: 'HC1009',
    message: 'This form of export is not in the subset: {0}.',
    reason: 'Everything exported is a named declaration that nobody outside can change.',
    instead: 'Write `export` before a function, class, type or `const`, and import it from the file that declares it.',
  },
  configuration: {
    code: 'HC1010',
    message: 'The file harmony.json cannot be used: {0}.',
    reason:
      'It decides which imports and casts are allowed; an entry that names nothing would allow or forbid nothing.',
    instead:
      'Correct the file; it holds `"floors"` (lists of paths by name) and `"casts"` (a list of paths), both optional. Paths are relative to it.',
  },
  reservedName: {
    code: 'HC1011',
    message: 'The name {0} is reserved.',
    reason: 'The declarations of compiler/lib/harmony.d.ts, and `__proto__`, mean something already.',
    instead: 'Choose another name.',
  },
  suppression: {
    code: 'HC1012',
    message: 'The comment {0} switches a check off.',
    reason: 'Nothing is switched off by a comment.',
    instead: 'Delete the comment, and mend what tsc reports.',
  },
  duplicateName: {
    code: 'HC1013',
    message: 'The name {0} is declared twice in this {1}.',
    reason: 'A name has one meaning in one place; declarations do not merge.',
    instead: 'Rename one of them.',
  },
  noSources: {
    code: 'HC1014',
    message: '{0} holds no TypeScript source.',
    reason: 'A program needs at least one `.ts` file (`.d.ts` files only declare).',
    instead: 'Name a folder with sources, or a `.ts` file.',
  },
  outsideProject: {
    code: 'HC1015',
    message: 'The file {0} lies outside the project folder {1}.',
    reason:
      'Paths in the output are relative to the nearest folder with harmony.json, else to the first path of the command.',
    instead: 'Put harmony.json into the folder that holds all sources, or name that folder first.',
  },
  // 2: constructs that the subset lacks
  construct: {
    code: 'HC2001',
    message: 'This construct is not in the subset: {0}.',
    reason: 'What the compiler does not know it refuses.',
    instead: 'Look into docs/language.md: it says what the subset has and what it lacks.',
  },
  closure: {
    code: 'HC2002',
    message: 'A function or class stands inside a function or an expression; that would need a closure.',
    reason: 'Closures live on a heap, and there is none.',
    instead: 'Declare it at the top level of the file, and pass what it needs as arguments.',
  },
  asynchronous: {
    code: 'HC2003',
    message: 'Asynchronous functions and generators are not in the subset.',
    reason: 'They need a heap and a scheduler.',
    instead: 'Write a plain function that returns when its work is done.',
  },
  exception: {
    code: 'HC2004',
    message: 'Exceptions are not in the subset.',
    reason: 'A failure is a result that the caller tests.',
    instead: 'Return an error value, or `assert` what can never fail.',
  },
  dynamicType: {
    code: 'HC2005',
    message: 'This type is not in the subset: {0}.',
    reason: 'The compiler must know the layout of every value.',
    instead:
      'Write a type with a layout: `u8` to `u64`, `i8` to `i64`, `boolean`, `Text`, a class or an all-readonly type.',
  },
  cast: {
    code: 'HC2006',
    message: 'A cast ({0}) is not in the subset.',
    reason: 'It would silence the checker.',
    instead: 'Convert with `u8(x)`, `u64(x)` and their kin; narrow a nullable value with `if (p !== null)`.',
  },
  allocation: {
    code: 'HC2007',
    message: '{0} stands where it would allocate.',
    reason: 'There is no heap: objects and arrays are embedded in others, or live for the whole program.',
    instead:
      'Write `readonly part = new Part();` or `readonly words = array(u32, 8);` in a class, `const name = new Class();` or a table `const TABLE: readonly u32[] = […];` at the top level.',
  },
  template: {
    code: 'HC2008',
    message: 'Template strings are not in the subset.',
    reason: 'A text is constant; putting one together needs a heap.',
    instead: 'Write a plain string literal, and print the parts one after the other.',
  },
  floatingPoint: {
    code: 'HC2009',
    message: '{0} is not an integer literal.',
    reason: 'There is no floating point in the subset.',
    instead: 'Write digits, `0x…` or `0b…`; end a 64-bit literal in `n`.',
  },
  variableForm: {
    code: 'HC2010',
    message: 'This form of variable is not in the subset: {0}.',
    reason: 'Every variable has one block and one owner.',
    instead: 'Use `const` or `let` inside a function; export only `const`.',
  },
  loopForm: {
    code: 'HC2011',
    message: '`{0}` is not in the subset.',
    reason: 'Three forms of loop are enough, and each has a bound.',
    instead: 'Use `for`, `for…of` or `while`.',
  },
  label: {
    code: 'HC2012',
    message: 'Labels are not in the subset.',
    reason: 'A jump over two loops hides their bounds.',
    instead: 'Move the inner loop into a function, and return from it.',
  },
  classForm: {
    code: 'HC2013',
    message: 'A class holds fields only; found {0}.',
    reason: 'A class is a struct with identity.',
    instead: 'Write a function whose first parameter is the object; give every field a type and an initial value.',
  },
  parameterForm: {
    code: 'HC2014',
    message: 'This form of parameter is not in the subset: {0}.',
    reason: 'A call passes exactly what the function declares.',
    instead: 'Declare each parameter with a name and a type only.',
  },
  pattern: {
    code: 'HC2015',
    message: 'Destructuring and spread are not in the subset.',
    reason: 'They copy in an order, and to places, that cannot be seen.',
    instead: 'Read the fields one by one.',
  },
  operator: {
    code: 'HC2016',
    message: 'The operator `{0}` is not in the subset.',
    reason: 'Its meaning depends on run-time types or on JavaScript numbers.',
    instead: '{1}',
  },
  declarationForm: {
    code: 'HC2017',
    message: '{0} are not in the subset.',
    reason: 'No source has needed them so far.',
    instead: 'Use constants, classes and functions at the top level.',
  },
  assignmentExpression: {
    code: 'HC2018',
    message: 'An assignment stands inside an expression.',
    reason: 'Effects inside expressions hide their order: assignments, `++` and `--` are statements.',
    instead: 'Put it on a line of its own.',
  },
  tooDeep: {
    code: 'HC2019',
    message: 'Syntax nests deeper than {0} levels here.',
    reason: 'The compiler bounds its own recursion.',
    instead: 'Split the expression, block or type into several.',
  },
  innerDeclaration: {
    code: 'HC2020',
    message: 'A type is declared inside a function.',
    reason: 'A layout belongs to the program, not to a call.',
    instead: 'Move the declaration to the top level of the file.',
  },
  topLevelStatement: {
    code: 'HC2021',
    message: 'A statement stands outside of functions.',
    reason: 'Nothing runs when a module is loaded.',
    instead: 'Move it into a function; only `staticAssert(…)` may stand here.',
  },
  // 3: types
  unknownType: {
    code: 'HC3001',
    message: 'The type {0} is not known here.',
    reason: 'Types are the integers, `boolean`, `Text`, classes, all-readonly types, and `Class | null`.',
    instead: 'Import or declare it, or write one of these.',
  },
  missingType: {
    code: 'HC3002',
    message: '{0} needs a type.',
    reason: 'The compiler types every expression from declared types.',
    instead: 'Add `: type` after the name.',
  },
  mismatch: {
    code: 'HC3003',
    message: 'Found {0} where {1} is expected.',
    reason: 'A value keeps its type; classes and values are told apart by name, not by shape.',
    instead:
      'Convert an integer with `u32(x)`, `u64(x)` and their kin; otherwise pass what is expected, or change the declaration.',
  },
  narrowing: {
    code: 'HC3004',
    message: 'Found {0} where {1} is expected, and the value may not fit.',
    reason: 'The compiler could not prove its range, and nothing is cut off silently.',
    instead: 'Write it in that form; compiler/lib/harmony.d.ts declares it.',
  },
  mixedOperands: {
    code: 'HC3005',
    message: '`{0}` stands between {1} and {2}.',
    reason: 'Both operands have the same signedness and width class, and no two different distinct types.',
    instead: 'Convert one of them, for instance with `u64(x)` or `i32(x)`.',
  },
  literalRange: {
    code: 'HC3006',
    message: '{0} does not fit into {1} ({2} to {3}).',
    reason: 'A constant takes the type that its place expects, and must fit.',
    instead: 'Use another value, or a wider type.',
  },
  operandType: {
    code: 'HC3007',
    message: '`{0}` does not apply to {1}.',
    reason: '{2}',
    instead: 'Convert the operand first, or write it another way.',
  },
  condition: {
    code: 'HC3008',
    message: 'Found {0} where a condition (a boolean) is expected.',
    reason: 'Numbers and pointers have no truth value here.',
    instead: 'Compare: `x !== 0`, `p !== null`.',
  },
  needsAnnotation: {
    code: 'HC3009',
    message: '{0} needs a type annotation.',
    reason: 'Plain tsc sees a bare number or bigint here, and would check nothing that follows.',
    instead: 'Write `{0}: {1}`.',
  },
  unknownName: {
    code: 'HC3010',
    message: 'The name {0} is not known here.',
    reason:
      "Names come from the function, the file, its imports and the library; JavaScript's own library is not there.",
    instead: 'Import or declare it, or correct the spelling.',
  },
  nullableRead: {
    code: 'HC3011',
    message: 'This value may be null.',
    reason: 'Narrowing holds for locals and parameters only: another function could change a field in between.',
    instead: 'Read it into a `const`, test that against null, and use the `const`.',
  },
  objectLiteral: {
    code: 'HC3012',
    message: 'Found an object literal where {0} is expected.',
    reason: 'An object of a class has an identity, a literal has none: it makes values of all-readonly types only.',
    instead: 'Use an all-readonly type, or fill the fields of an existing object.',
  },
  distinct: {
    code: 'HC3013',
    message: 'Found {0} where the distinct type {1} is expected.',
    reason: 'Distinct types keep kinds of numbers apart.',
    instead:
      'Make it where it is known to be one, with `distinct<{1}>(x)`, in a file listed under `casts` in harmony.json.',
  },
  castPlace: {
    code: 'HC3014',
    message: '`{0}` may not be used in this file.',
    reason: 'The few files that may cast stand under `casts` in harmony.json.',
    instead: 'Call a function of one of those files: {1}.',
  },
  shiftWidth: {
    code: 'HC3015',
    message: 'A shift by {0} is not below the width of {1}.',
    reason: 'Its result has no sensible meaning.',
    instead: 'Shift by less, or use a wider type.',
  },
  divisionByZero: {
    code: 'HC3016',
    message: 'The divisor is the constant zero.',
    reason: 'A division by zero has no result.',
    instead: 'Correct the divisor.',
  },
  noMember: {
    code: 'HC3017',
    message: '{0} has no member {1}.',
    reason: 'Fields and methods are those that are declared.',
    instead: 'Correct the name, or declare the field.',
  },
  argumentCount: {
    code: 'HC3018',
    message: '{0} takes {1}; found {2}.',
    reason: 'A call passes exactly what the function declares.',
    instead: 'Correct the call.',
  },
  notCallable: {
    code: 'HC3019',
    message: 'Found {0} where a function is called.',
    reason: 'Every call target is known: declared functions, and function values in constant tables.',
    instead: 'Call a declared function.',
  },
  functionValue: {
    code: 'HC3020',
    message: 'A function is used as a value outside of a constant table.',
    reason: 'Every call target must be known when the program is compiled.',
    instead: 'Call the function here, or list it in a `const` table of a function type.',
  },
  notAssignable: {
    code: 'HC3021',
    message: '{0} cannot be assigned.',
    reason: 'Constants, values, loop variables and embedded objects keep what they are.',
    instead: 'Assign to a `let`, a parameter or a scalar field.',
  },
  notValue: {
    code: 'HC3022',
    message: 'Found {0} where a value is expected.',
    reason: 'Types and functions without a result have none.',
    instead: 'Name a variable, constant or field, or call a function with a result.',
  },
  embeddedValue: {
    code: 'HC3023',
    message: '{0} cannot be read as a whole.',
    reason: 'Arrays, tables and shared words have no value of their own.',
    instead: 'Read one element, or use a method such as `load()`.',
  },
  layoutForm: {
    code: 'HC3024',
    message: '`{0}` is used in a form that is not in the subset.',
    reason: '{1}',
    instead: '{2}',
  },
  usedBefore: {
    code: 'HC3025',
    message: '{0} is used before its declaration.',
    reason: 'A variable exists from its declaration to the end of its block.',
    instead: 'Move the declaration up, or rename one of two variables of the same name.',
  },
  literalForm: {
    code: 'HC3026',
    message: 'Found the literal {0} where {1} is expected.',
    reason: 'Integers of 64 bits are written as bigint literals, all others as number literals.',
    instead: 'Write `{2}`.',
  },
  // 4: constants and layout
  notConstant: {
    code: 'HC4001',
    message: 'This value is not a constant.',
    reason: 'It must be known when the program is compiled.',
    instead: 'Use literals, other constants, `sizeof` and `offsetof`.',
  },
  embedsItself: {
    code: 'HC4002',
    message: 'The class {0} embeds itself.',
    reason: 'Its size would have no end.',
    instead: 'Hold a pointer: `next: {0} | null = null`.',
  },
  assertionFails: {
    code: 'HC4003',
    message: 'The assertion does not hold: {0}.',
    reason: '`staticAssert` states what the code relies on.',
    instead: 'Correct the layout, the constants or the assertion.',
  },
  fieldForm: {
    code: 'HC4004',
    message: 'The field {0} cannot be laid out: {1}.',
    reason: 'A field is a scalar with a type and an initial value, or embedded storage.',
    instead: 'Write `name: u32 = 0;` or `readonly name = array(u64, 8);`.',
  },
  arrayLength: {
    code: 'HC4005',
    message: 'Found {0} elements; expected 1 to {1}.',
    reason: 'The size of an array is part of a layout.',
    instead: 'Use another length.',
  },
  sharedWord: {
    code: 'HC4006',
    message: '`{0}` of {1} is not in the subset.',
    reason:
      'The machine has atomic accesses of 32 and 64 bits, and device registers of 8, 16 and 32 bits, all unsigned.',
    instead: 'Use `atomic(u32)`, `atomic(u64)`, `volatile(u8)`, `volatile(u16)` or `volatile(u32)`.',
  },
  constantOverflow: {
    code: 'HC4007',
    message: 'The constant expression overflows {0}.',
    reason: 'A signed constant that wraps is a mistake.',
    instead: 'Use a wider type, or correct the expression.',
  },
  cyclicConstant: {
    code: 'HC4008',
    message: 'The declaration of {0} needs itself.',
    reason: 'Constants and layouts are computed in order.',
    instead: 'Break the circle.',
  },
  emptyClass: {
    code: 'HC4009',
    message: '{0} has no fields.',
    reason: 'C has no empty struct; a class and a value hold at least one field.',
    instead: 'Declare a field.',
  },
  tooLarge: {
    code: 'HC4010',
    message: 'The class {0} has {1} bytes; a class has at most {2}.',
    reason: 'Offsets are 31-bit numbers.',
    instead: 'Make its arrays smaller.',
  },
  // 5: flow
  unboundedLoop: {
    code: 'HC5001',
    message: 'This loop has no bound that the compiler can prove.',
    reason: 'Every path through the program has a bound.',
    instead: 'Loop with a constant step to a limit of known range, or begin the body with `bound(N);`.',
  },
  boundPlace: {
    code: 'HC5002',
    message: '`bound` is not used as the first statement of a loop with one constant from 1 to 4294967295.',
    reason: 'It states how often the body may run.',
    instead: 'Put `bound(N);` first in the body of the loop.',
  },
  recursion: {
    code: 'HC5003',
    message: 'Functions call each other in a circle: {0}.',
    reason: 'The depth of the stack is known when the program is compiled.',
    instead: 'Use a loop with a bound.',
  },
  fallThrough: {
    code: 'HC5004',
    message: 'This case falls through to the next.',
    reason: 'A forgotten `break` looks the same.',
    instead:
      'End it with `break`, `return`, `continue` or a call that never returns; give several labels one body by writing them one after the other.',
  },
  duplicateCase: {
    code: 'HC5005',
    message: 'The case {0} occurs twice.',
    reason: 'The second could never run.',
    instead: 'Remove one of them.',
  },
  misplacedJump: {
    code: 'HC5006',
    message: '`{0}` stands outside of {1}.',
    reason: 'There is nothing to leave or to continue.',
    instead: 'Remove it, or use `return`.',
  },
  missingResult: {
    code: 'HC5007',
    message: 'The end of the function {0} can be reached, but its result is {1}.',
    reason: 'Every path through a function gives the result that it declares; one that is `never` does not end.',
    instead: '{2}',
  },
} as const satisfies Readonly<Record<string, DiagnosticEntry>>;

export type DiagnosticKind = keyof typeof DIAGNOSTICS;

export interface Diagnostic {
  /** `HC…`, or `TS…` for what tsc reports. */
  readonly code: string;
  readonly message: string;
  readonly reason: string;
  readonly instead: string;
  /** Null when the mistake belongs to no place in a source. */
  readonly position: Position | null;
  /** Length of the offending text in characters, at least 1. */
  readonly length: number;
}

function fill(template: string, found: readonly string[]): string {
  return template.replace(/\{(\d)\}/g, (_, digit: string) => found[Number(digit)] ?? '');
}

/** Makes a diagnostic of a kind from the table. */
export function diagnostic(
  kind: DiagnosticKind,
  position: Position | null,
  length: number,
  ...found: string[]
): Diagnostic {
  const { code, message, reason, instead } = DIAGNOSTICS[kind];
  return {
    code,
    message: fill(message, found),
    reason: fill(reason, found),
    instead: fill(instead, found),
    position,
    length: Math.max(1, length),
  };
}

/** Thrown inside the front end when a construct is refused; the nearest statement or declaration collects it. */
export class Refusal extends Error {
  readonly diagnostic: Diagnostic | null;
  /** Null: the cause was reported already. */
  constructor(diagnostic: Diagnostic | null) {
    super(diagnostic === null ? 'refused before' : `${diagnostic.code} ${diagnostic.message}`);
    this.diagnostic = diagnostic;
  }
}

/** Sorts by file, place and code, and drops repetitions. */
export function sortDiagnostics(list: readonly Diagnostic[]): readonly Diagnostic[] {
  const key = (d: Diagnostic): string => {
    const p = d.position;
    const place =
      p === null ? '' : `${p.file}\0${String(p.line).padStart(8, '0')}\0${String(p.column).padStart(8, '0')}`;
    return `${place}\0${d.code}\0${d.message}`;
  };
  const unique = new Map(list.map((d) => [key(d), d]));
  return [...unique].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, d]) => d);
}
