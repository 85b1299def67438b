/** Rows of the benches: what is measured, beside what, and what the components printed. */
import { readFileSync } from 'node:fs';

/** A row as `bench/rows.json` has it. */
export interface RowPlan {
  /** What the component calls it. */
  readonly id: string;
  readonly name: string;
  /** Instructions of seL4, and ours at most. */
  readonly sel4: number;
  readonly goal: number;
}
/** Instructions of one row, over at least `SAMPLES` samples. */
export interface Figures {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}
export interface Row extends RowPlan {
  /** Null while nothing measures the row. */
  readonly figures: Figures | null;
}

/** Samples that a row needs. */
const SAMPLES = 1000;
/** A row is worse when its median grew by more than this part. */
export const TOLERANCE = 0.02;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The fields of a plan in parsed JSON; throws on anything else. */
function planOf(value: unknown): RowPlan {
  if (isRecord(value)) {
    const { id, name, sel4, goal } = value;
    if (typeof id === 'string' && typeof name === 'string' && typeof sel4 === 'number' && typeof goal === 'number')
      return { id, name, sel4, goal };
  }
  throw new Error(`bench/rows.json: a row needs id, name, sel4 and goal, found ${JSON.stringify(value)}`);
}

export function readPlan(file: string): readonly RowPlan[] {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(value)) throw new Error(`${file}: expected an array of rows`);
  return value.map(planOf);
}

/** The medians of a committed baseline, by the name of the row. */
export function readBaseline(file: string): ReadonlyMap<string, number> {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isRecord(value) || !Array.isArray(value['rows'])) throw new Error(`${file}: expected an object with rows`);
  return new Map(
    value['rows'].map((row: unknown) => {
      if (isRecord(row) && typeof row['name'] === 'string' && typeof row['median'] === 'number')
        return [row['name'], row['median']] as const;
      throw new Error(`${file}: a row needs name and median, found ${JSON.stringify(row)}`);
    }),
  );
}

/** The lines `row NAME: MINIMUM MEDIAN MAXIMUM of COUNT` of a component, by name. Throws on a row with too few samples. */
export function parseRows(output: string): ReadonlyMap<string, Figures> {
  const line = /^row (.+): (\d+) (\d+) (\d+) of (\d+)\r?$/gm;
  return new Map(
    [...output.matchAll(line)].map(([, id = '', min, median, max, count]) => {
      if (Number(count) < SAMPLES) throw new Error(`row '${id}' has ${count} samples, ${SAMPLES} are needed`);
      return [id, { min: Number(min), median: Number(median), max: Number(max) }];
    }),
  );
}

/** Puts figures to the plan. A row that a component printed and the plan does not know is a mistake. */
export function joinRows(plan: readonly RowPlan[], measured: ReadonlyMap<string, Figures>): readonly Row[] {
  const known = new Set(plan.map((row) => row.id));
  const unknown = [...measured.keys()].filter((id) => !known.has(id));
  if (unknown.length > 0) throw new Error(`bench/rows.json has no row '${unknown.join("', '")}': add it there`);
  return plan.map((row) => ({ ...row, figures: measured.get(row.id) ?? null }));
}

const count = (value: number): string => value.toLocaleString('en-US').padStart(7);

/** The table for people. The ratio says how many times fewer instructions than seL4. */
export function tableOf(rows: readonly Row[]): string {
  const head = ['min', 'median', 'max', 'goal', 'seL4', 'ratio'].map((title) => title.padStart(7)).join('');
  const lines = rows.map(({ name, figures, sel4, goal }) => {
    const start = `  ${name.padEnd(46)}`;
    if (figures === null) return `${start}${'not yet'.padStart(21)}${count(goal)}${count(sel4)}`;
    const { min, median, max } = figures;
    const verdict = median > goal ? '  over the goal' : '';
    const ratio = (sel4 / median).toFixed(1).padStart(7);
    return `${start}${count(min)}${count(median)}${count(max)}${count(goal)}${count(sel4)}${ratio}${verdict}`;
  });
  const note =
    '  Retired instructions, user to user, under an instruction-exact emulator on one hart. They are not cycles.';
  return [`  ${''.padEnd(46)}${head}`, ...lines, note, ''].join('\n');
}

/** What is written beside the table. */
export function resultsOf(rows: readonly Row[]): string {
  const measured = rows.flatMap(({ name, figures, sel4, goal }) =>
    figures === null ? [] : [{ name, ...figures, sel4, goal }],
  );
  return JSON.stringify({ rows: measured }, null, 2) + '\n';
}

export interface Comparison {
  readonly changes: readonly string[];
  readonly worse: readonly string[];
}

/** What changed against the baseline, and which rows are worse by more than the tolerance, or gone. */
export function compareRows(rows: readonly Row[], baseline: ReadonlyMap<string, number>): Comparison {
  const changes: string[] = [];
  const worse: string[] = [];
  for (const { name, figures } of rows) {
    const before = baseline.get(name);
    if (before === undefined || before === figures?.median) continue;
    const now = figures === null ? 'not measured any more' : `${figures.median}`;
    const line = `${name}: ${before} before, ${now}`;
    changes.push(line);
    if (figures === null || figures.median > before * (1 + TOLERANCE)) worse.push(line);
  }
  return { changes, worse };
}
