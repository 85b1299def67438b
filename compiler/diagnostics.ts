/**
 * Every way in which `harmonyc` refuses a source: one table for the compiler,
 * the editor and the documentation. A code never changes its meaning.
 */
import type { Position } from './ir.ts';

interface DiagnosticEntry {
  readonly code: string;
  /** `{0}`, `{1}` … are replaced by what was found. */
  readonly message: string;
  readonly reason: string;
  readonly instead: string;
}

function entry(code: string, message: string, reason: string, instead: string): DiagnosticEntry {
  return { code, message, reason, instead };
}

export const DIAGNOSTICS = {
  // 1: files and modules
  unreadable: entry(
    'HC1001',
    '{0} cannot be read: {1}.',
    'The compiler reads every source of a program.',
    'Check the path and the permissions.',
  ),
  syntax: entry('HC1002', '{0}', 'The file is not valid TypeScript.', 'Mend the syntax at this place.'),
  importMissing: entry(
    'HC1003',
    'The file {0} that is imported here does not exist.',
    'Imports name files of the same project.',
    'Correct the path, or create the file.',
  ),
  importForm: entry(
    'HC1004',
    'This form of import is not in the subset: {0}.',
    'An import names what it takes, from a file, so that one search finds every use.',
    "Write `import { name } from './file.ts'`.",
  ),
  importCycle: entry(
    'HC1005',
    'Modules import each other in a circle: {0}.',
    'Data flows one way; the order of initialisation and the layers depend on it.',
    'Move what both need into a module below them.',
  ),
  floor: entry(
    'HC1006',
    '{0} may not import {1}: {2}.',
    'harmony.json lists the floors of the project; an import may only go down.',
    'Move the code to the floor where it belongs, or pass what is needed as an argument.',
  ),
  duplicateExport: entry(
    'HC1007',
    'The name {0} is exported here and in {1}.',
    'An exported name is the C symbol; it is unique in the program.',
    'Rename one of them.',
  ),
  notExported: entry(
    'HC1008',
    '{1} exports no {0}.',
    'Only exported names can be imported.',
    'Export it there, or correct the name.',
  ),
  exportForm: entry(
    'HC1009',
    'This form of export is not in the subset: {0}.',
    'Everything exported is a named declaration that nobody outside can change.',
    'Write `export` before a function, class, type or `const`.',
  ),
  configuration: entry(
    'HC1010',
    'harmony.json: {0}.',
    'The configuration decides which imports and casts are allowed.',
    'Correct the file.',
  ),
  reservedName: entry(
    'HC1011',
    'The name {0} belongs to the library.',
    'The compiler knows the declarations of the library by name.',
    'Choose another name.',
  ),
  suppression: entry(
    'HC1012',
    'The comment {0} switches a check off.',
    'Nothing is switched off by a comment.',
    'Mend what the checker reports.',
  ),
  duplicateName: entry(
    'HC1013',
    'The name {0} is declared twice in this file.',
    'A name has one meaning in a scope.',
    'Rename one of them.',
  ),
  noSources: entry(
    'HC1014',
    '{0} holds no .ts file.',
    'A program needs at least one source.',
    'Name a folder with sources.',
  ),
  outsideProject: entry(
    'HC1015',
    'The file {0} lies outside the project folder {1}.',
    'Paths in the output are relative to the project.',
    'Put harmony.json into the folder that holds all sources.',
  ),
  // 2: constructs that the subset lacks
  construct: entry(
    'HC2001',
    'This construct is not in the subset: {0}.',
    'What the compiler does not know it refuses.',
    'See the list in docs/language.md.',
  ),
  closure: entry(
    'HC2002',
    'A function inside a function or an expression would need a closure.',
    'Closures live on a heap, and there is none.',
    'Declare the function at the top level and pass what it needs.',
  ),
  asynchronous: entry(
    'HC2003',
    'Asynchronous functions and generators are not in the subset.',
    'They need a heap and a scheduler.',
    'Write a plain function.',
  ),
  exception: entry(
    'HC2004',
    'Exceptions are not in the subset.',
    'A failure is a result that the caller tests.',
    'Return an error value, or `assert` what can never fail.',
  ),
  dynamicType: entry(
    'HC2005',
    'The type {0} is not in the subset.',
    'The compiler must know the layout of every value.',
    'Name the type.',
  ),
  cast: entry(
    'HC2006',
    'A cast ({0}) is not in the subset.',
    'It would silence the checker.',
    'Convert with `u8(x)`, `u64(x)` and their kin, or narrow a nullable value with `if`.',
  ),
  allocation: entry(
    'HC2007',
    '`new` makes an object only in a field or in a constant at the top level.',
    'There is no heap.',
    'Embed the object, or make it a module constant.',
  ),
  template: entry(
    'HC2008',
    'Template strings are not in the subset.',
    'Text is constant; putting it together needs a heap.',
    'Write the parts one after the other.',
  ),
  floatingPoint: entry(
    'HC2009',
    '{0} is not an integer literal.',
    'There is no floating point in the subset.',
    'Write an integer.',
  ),
  variableForm: entry(
    'HC2010',
    'This form of variable is not in the subset: {0}.',
    'Every variable has one block and one owner.',
    'Use `const` or `let`.',
  ),
  loopForm: entry(
    'HC2011',
    '`{0}` is not in the subset.',
    'Three forms of loop are enough, and each has a bound.',
    'Use `for`, `for…of` or `while`.',
  ),
  label: entry(
    'HC2012',
    'Labels are not in the subset.',
    'A jump over two loops hides their bounds.',
    'Move the inner loop into a function and return from it.',
  ),
  classForm: entry(
    'HC2013',
    'A class holds fields only: {0} is not in the subset.',
    'A class is a struct with identity.',
    'Write a function whose first parameter is the object.',
  ),
  parameterForm: entry(
    'HC2014',
    'This form of parameter is not in the subset: {0}.',
    'A call passes exactly what the function declares.',
    'Declare each parameter with a name and a type.',
  ),
  pattern: entry(
    'HC2015',
    'Destructuring and spread are not in the subset.',
    'They copy in an order and to places that cannot be seen.',
    'Read the fields one by one.',
  ),
  operator: entry(
    'HC2016',
    'The operator `{0}` is not in the subset.',
    'Its meaning depends on run-time types or on JavaScript numbers.',
    '{1}',
  ),
  declarationForm: entry(
    'HC2017',
    '{0} are not in the subset.',
    'No source has needed them so far.',
    'Use constants, classes and functions at the top level.',
  ),
  assignmentExpression: entry(
    'HC2018',
    'An assignment is a statement, not an expression.',
    'Effects inside expressions hide their order.',
    'Put it on a line of its own.',
  ),
  tooDeep: entry(
    'HC2019',
    'This expression or block nests deeper than {0} levels.',
    'The compiler bounds its own recursion.',
    'Split it into several statements or functions.',
  ),
  innerDeclaration: entry(
    'HC2020',
    'Types and classes are declared at the top level of a file.',
    'A layout belongs to the program, not to a call.',
    'Move the declaration out of the function.',
  ),
  topLevelStatement: entry(
    'HC2021',
    'Statements stand inside functions.',
    'Nothing runs when a module is loaded.',
    'Move it into a function.',
  ),
  // 3: types
  unknownType: entry(
    'HC3001',
    'The type {0} is not known here.',
    'Types are the integers, boolean, Text, classes and values.',
    'Import or declare it.',
  ),
  missingType: entry(
    'HC3002',
    '{0} needs a type.',
    'The compiler types expressions from declared types.',
    'Add `: type`.',
  ),
  mismatch: entry(
    'HC3003',
    'Found {0} where {1} is expected.',
    'A value keeps its type.',
    'Convert it, or change the declaration.',
  ),
  narrowing: entry(
    'HC3004',
    '{0} may not fit into {1}.',
    'The compiler could not prove the range, and nothing is cut off silently.',
    'Write `{1}(x)` to check, or `{1}.wrap(x)` to keep the low bits.',
  ),
  mixedOperands: entry(
    'HC3005',
    '`{0}` is between {1} and {2}.',
    'Both operands have the same signedness and width class.',
    'Convert one of them, for instance with `u64(x)`.',
  ),
  literalRange: entry(
    'HC3006',
    '{0} does not fit into {1} ({2} to {3}).',
    'A literal takes the type that is expected, and must fit.',
    'Use a wider type, or another value.',
  ),
  operandType: entry('HC3007', '`{0}` does not apply to {1}.', '{2}', 'Convert the operand first.'),
  condition: entry(
    'HC3008',
    'A condition is a boolean; found {0}.',
    'Numbers and pointers have no truth value here.',
    'Compare: `x !== 0`, `p !== null`.',
  ),
  needsAnnotation: entry(
    'HC3009',
    '{0} needs a type annotation.',
    'tsc sees a bare number or bigint here and would check nothing that follows.',
    'Write `{0}: {1}`.',
  ),
  unknownName: entry(
    'HC3010',
    'The name {0} is not known here.',
    'Names come from the file, its imports and the library.',
    'Import or declare it.',
  ),
  nullableRead: entry(
    'HC3011',
    'The value may be null here.',
    'Narrowing holds for locals only: another function could change a field in between.',
    'Read it into a `const`, test that, and use it.',
  ),
  objectLiteral: entry(
    'HC3012',
    'An object literal is a value; found where {0} is expected.',
    'An object of a class has an identity, a literal has none.',
    'Use an all-readonly type, or fill the fields of an existing object.',
  ),
  distinct: entry(
    'HC3013',
    'Found {0} where the distinct type {1} is expected.',
    'Distinct types keep kinds of numbers apart.',
    'Make it where it is known to be one, with `distinct<{1}>(x)`.',
  ),
  castPlace: entry(
    'HC3014',
    '`{0}` may not be used in this file.',
    'harmony.json lists the few files that may cast, under `casts`.',
    'Use a function of one of those files: {1}.',
  ),
  shiftWidth: entry(
    'HC3015',
    'A shift by {0} is not below the width of {1}.',
    'Its result has no sensible meaning.',
    'Shift by less, or use a wider type.',
  ),
  divisionByZero: entry('HC3016', 'Division by the constant zero.', 'It has no result.', 'Correct the divisor.'),
  noMember: entry('HC3017', '{0} has no {1}.', 'Fields and methods are those that are declared.', 'Correct the name.'),
  argumentCount: entry(
    'HC3018',
    '{0} takes {1} arguments; found {2}.',
    'A call passes exactly what the function declares.',
    'Correct the call.',
  ),
  notCallable: entry(
    'HC3019',
    'This is not a function that can be called here: {0}.',
    'Every call target is known: functions, and function values in constant tables.',
    'Call a declared function.',
  ),
  functionValue: entry(
    'HC3020',
    'A function value may only stand in a constant table.',
    'Every call target must be known.',
    'Call the function, or list it in a table.',
  ),
  notAssignable: entry(
    'HC3021',
    '{0} cannot be assigned.',
    'Constants, parameters of values and embedded objects keep what they are.',
    'Assign to a variable or a scalar field.',
  ),
  notValue: entry(
    'HC3022',
    '{0} is not a value.',
    'Types, modules and functions without results have none.',
    'Name a value.',
  ),
  embeddedValue: entry(
    'HC3023',
    '{0} cannot be read as a whole.',
    'Arrays and shared words have no value of their own.',
    'Read an element, or use a method such as `load()`.',
  ),
  layoutForm: entry('HC3024', '`{0}` is used in a form that is not in the subset.', '{1}', 'See docs/language.md.'),
  // 4: constants and layout
  notConstant: entry(
    'HC4001',
    'The value is not a constant.',
    'It must be known when the program is compiled.',
    'Use literals, other constants, sizeof and offsetof.',
  ),
  embedsItself: entry(
    'HC4002',
    'The class {0} embeds itself.',
    'It would have no end.',
    'Hold a pointer: `next: {0} | null = null`.',
  ),
  assertionFails: entry(
    'HC4003',
    'The assertion does not hold: {0}.',
    'staticAssert states what the code relies on.',
    'Correct the layout or the assertion.',
  ),
  fieldForm: entry(
    'HC4004',
    'The field {0} cannot be laid out: {1}.',
    'A field is a scalar with a type and an initial value, or embedded storage.',
    'Write `name: u32 = 0`, or `readonly name = array(u64, 8)`.',
  ),
  arrayLength: entry(
    'HC4005',
    'An array has between 1 and {1} elements; found {0}.',
    'Its size is part of the layout.',
    'Use another length.',
  ),
  sharedWord: entry(
    'HC4006',
    '`{0}` of {1} is not in the subset.',
    'The machine has atomic accesses of 32 and 64 bits, and device registers of 8, 16 and 32 bits.',
    'Use another integer type.',
  ),
  constantOverflow: entry(
    'HC4007',
    'The constant expression overflows {0}.',
    'A constant that wraps is a mistake.',
    'Use a wider type.',
  ),
  cyclicConstant: entry(
    'HC4008',
    'The declaration of {0} needs itself.',
    'Constants and layouts are computed in order.',
    'Break the circle.',
  ),
  // 5: flow
  unboundedLoop: entry(
    'HC5001',
    'This loop has no bound.',
    'Every path through the program has a bound.',
    'Loop with a constant step to a constant limit, or begin the body with `bound(N)`.',
  ),
  boundPlace: entry(
    'HC5002',
    '`bound` is the first statement of a loop, with a constant from 1 to 2^32 - 1.',
    'It states how often the body may run.',
    'Put it first in the body.',
  ),
  recursion: entry(
    'HC5003',
    'Functions call each other in a circle: {0}.',
    'The depth of the stack is known at compile time.',
    'Use a loop with a bound.',
  ),
  fallThrough: entry(
    'HC5004',
    'This case falls through to the next.',
    'A forgotten break looks the same.',
    'End it with `break`, `return` or `continue`.',
  ),
  duplicateCase: entry('HC5005', 'The case {0} occurs twice.', 'The second could never run.', 'Remove one of them.'),
  misplacedJump: entry('HC5006', '`{0}` outside of {1}.', 'There is nothing to leave or to continue.', 'Remove it.'),
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
