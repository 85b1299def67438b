/** Bounds as a table for people, and in the documents. */
import type { Proven } from './kernel.ts';
import type { WayIn, Ways } from './ways.ts';

/** The most that a way into the kernel may take. */
export const LIMIT = 4000;
/** How many of the dearest ways are shown with their path. */
const SHOWN = 3;

function byBound(ways: readonly WayIn[]): readonly WayIn[] {
  return [...ways].sort((a, b) => (b.bound ?? 0) - (a.bound ?? 0));
}

function boundText({ bound }: WayIn): string {
  return bound === null ? 'stops' : bound.toLocaleString('en-US');
}

export function boundsTable({ ways, leftOut }: Ways): string {
  const rows = byBound(ways);
  const lines = rows.map((way) => `  ${way.name.padEnd(72)}${boundText(way).padStart(7)}`);
  const paths = rows
    .slice(0, SHOWN)
    .flatMap(({ name, path }) => [
      '',
      `  ${name}:`,
      ...path.map(
        (share) => `    ${share.function.padEnd(40)}${share.instructions.toLocaleString('en-US').padStart(7)}`,
      ),
    ]);
  const end = ['', `  Left out, for the machine stops: ${leftOut.join(', ')}.`, ''];
  return [...lines, ...paths, ...end].join('\n');
}

/** What is written beside the table. */
export function boundsOf({ ways, leftOut, loops }: Proven): string {
  const rows = loops.map((loop) => ({ ...loop, address: `0x${loop.address.toString(16)}` }));
  return JSON.stringify({ limit: LIMIT, ways: byBound(ways), loops: rows, leftOut }, null, 2) + '\n';
}

/** Ways that may take more than the limit. */
export function boundsProblems({ ways }: Ways): readonly string[] {
  return ways
    .filter(({ bound }) => (bound ?? 0) > LIMIT)
    .map((way) => `${way.name}: ${boundText(way)} instructions, expected at most ${LIMIT.toLocaleString('en-US')}`);
}

const START = '<!-- bounds: written by make bounds -->\n';
const END = '<!-- /bounds -->\n';

/** A page with its table written anew. */
export function boundsPage(page: string, { ways }: Ways): string {
  const [start, end] = [page.indexOf(START), page.indexOf(END)];
  if (start < 0 || end < start)
    throw new Error(`docs/performance.md: expected the lines ${START.trim()} and ${END.trim()}`);
  const rows = byBound(ways).map((way) => [way.name, boundText(way)] as const);
  const head = ['way into the kernel', 'bound'] as const;
  const [names, bounds] = [
    Math.max(...rows.map(([name]) => name.length), head[0].length),
    Math.max(...rows.map(([, bound]) => bound.length), head[1].length),
  ];
  const line = ([name, bound]: readonly [string, string]): string =>
    `| ${name.padEnd(names)} | ${bound.padStart(bounds)} |`;
  const rule = `| ${'-'.repeat(names)} | ${'-'.repeat(bounds - 1)}: |`;
  const table = [line(head), rule, ...rows.map(line)].join('\n');
  return `${page.slice(0, start)}${START}\n${table}\n\n${page.slice(end)}`;
}
