/**
 * The invariants of the kernel: each is stated once, in the comment at the top of the file that owns it ("INV1: …"), and
 * tests carry its number in their names ("INV1: …", "INV1 to INV6 hold after …").
 */
import ts from 'typescript';

export interface Invariant {
  readonly number: number;
  readonly statement: string;
  readonly file: string;
}
export interface NamedTest {
  readonly file: string;
  readonly title: string;
}

/** The text of the comment at the top of a file, line by line, without stars. */
function headerLines(text: string): readonly string[] {
  const [comment = ''] = /^\/\*\*[\s\S]*?\*\//.exec(text) ?? [];
  return comment
    .replace(/^\/\*\*|\*\/$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trim());
}

/** The invariants that a file states. A statement ends at the next one, or at an empty line. */
export function statedInvariants(file: string, text: string): readonly Invariant[] {
  const found: Invariant[] = [];
  let open = false;
  for (const line of headerLines(text)) {
    const [, number, statement] = /^INV(\d+): (.+)$/.exec(line) ?? [];
    const last = found.at(-1);
    if (number !== undefined && statement !== undefined) {
      found.push({ number: Number(number), statement, file });
      open = true;
    } else if (line === '') open = false;
    else if (open && last !== undefined) found[found.length - 1] = { ...last, statement: `${last.statement} ${line}` };
  }
  return found;
}

/** What a string or template says, with `…` for what is put in. */
function titleOf(node: ts.Expression): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return node.head.text + node.templateSpans.map((span) => `…${span.literal.text}`).join('');
}

/** Whether a call makes a test: `test(…)`, `test.serial(…)`. */
function isTest(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return callee.text === 'test';
  return ts.isPropertyAccessExpression(callee) && isTest(callee.expression);
}

/** The tests of a file, by the first argument of each call of `test` and its kin. Skipped ones are none. */
export function testsOf(file: string, text: string): readonly NamedTest[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found: NamedTest[] = [];
  const visit = (node: ts.Node): void => {
    const [first] = ts.isCallExpression(node) ? node.arguments : [];
    if (ts.isCallExpression(node) && first !== undefined && isTest(node.expression)) {
      const title = titleOf(first);
      if (title !== null && !/\.(skip|failing|todo)\b/.test(node.expression.getText(source)))
        found.push({ file, title });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The numbers that a title carries: "INV3", "INV1 to INV6", "INV1, INV2 and INV5". */
export function numbersOf(title: string): ReadonlySet<number> {
  const numbers = new Set<number>();
  for (const [, first, last] of title.matchAll(/\bINV(\d+)(?:(?: to |–|-)(?:INV)?(\d+))?/g)) {
    for (let number = Number(first); number <= Number(last ?? first); number += 1) numbers.add(number);
  }
  return numbers;
}

/** What is wrong: a number stated twice or missing, an invariant without a test, a test of an unknown number. */
export function invariantProblems(invariants: readonly Invariant[], tests: readonly NamedTest[]): readonly string[] {
  const problems: string[] = [];
  const highest = Math.max(0, ...invariants.map((one) => one.number));
  for (let number = 1; number <= highest; number += 1) {
    const owners = invariants.filter((one) => one.number === number);
    if (owners.length === 0) problems.push(`INV${number} is stated nowhere: state it in the file that owns it`);
    if (owners.length > 1)
      problems.push(`INV${number} is stated in ${owners.map((one) => one.file).join(' and ')}: state it once`);
    if (!tests.some((one) => numbersOf(one.title).has(number)))
      problems.push(`INV${number} has no test: put its number into the name of the test that checks it`);
  }
  for (const { file, title } of tests) {
    for (const number of numbersOf(title)) {
      if (number > highest) problems.push(`${file}: the test "${title}" names INV${number}, which is stated nowhere`);
    }
  }
  return problems;
}

/** The page of the manual. */
export function invariantManual(invariants: readonly Invariant[], tests: readonly NamedTest[]): string {
  const sections = [...invariants]
    .sort((a, b) => a.number - b.number)
    .map(({ number, statement, file }) => {
      const lines = tests
        .filter((one) => numbersOf(one.title).has(number))
        .map((one) => `- \`${one.file}\`: ${one.title.replace(/([*_<`])/g, '\\$1')}`);
      const text = statement.charAt(0).toUpperCase() + statement.slice(1);
      return [`## INV${number}`, text, `Stated in \`${file}\`. Tests:`, [...new Set(lines)].join('\n')].join('\n\n');
    });
  return [
    '# Invariants',
    'What always holds in the kernel, whatever components do. Generated by `make docs` from the comments at the top of the files that own them and from the names of the tests; `make check` finds it stale, and refuses an invariant without a test.',
    ...sections,
  ].join('\n\n');
}
