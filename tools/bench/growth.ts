/** What costs grow with: series of points, as the component of `bench/growth` prints them, as a table and as a drawing. */
import { readFileSync } from 'node:fs';

/** Instructions of an operation at a size. */
export interface Point {
  readonly size: number;
  readonly cost: number;
}
export interface Series {
  /** What grows, a comma, and what is measured. */
  readonly name: string;
  readonly points: readonly Point[];
}

/** Series that may grow: an id of more levels is looked up step by step, and one Clear takes out up to 64. */
const STEPS: ReadonlySet<string> = new Set([
  'levels of an id, inspect a frame',
  'capabilities, one Clear of 64 slots',
  'mapped frames, one Clear of 64 entries',
]);
/** A series is flat when its dearest point is at most this part above its cheapest one. */
export const FLAT = 0.02;
const PANEL = { width: 268, height: 150, left: 44, right: 12, top: 30, bottom: 28, columns: 3 };

/** The lines `point SERIES: SIZE INSTRUCTIONS` of the component. */
export function parseGrowth(output: string): readonly Series[] {
  const found = new Map<string, Point[]>();
  for (const [, name = '', size, cost] of output.matchAll(/^point (.+): (\d+) (\d+)\r?$/gm)) {
    found.set(name, [...(found.get(name) ?? []), { size: Number(size), cost: Number(cost) }]);
  }
  return [...found].map(([name, points]) => ({ name, points }));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function pointOf(value: unknown): Point {
  if (isRecord(value) && typeof value['size'] === 'number' && typeof value['cost'] === 'number') {
    return { size: value['size'], cost: value['cost'] };
  }
  throw new Error(`a point needs size and cost, found ${JSON.stringify(value)}`);
}

/** The committed series. */
export function readGrowth(file: string): readonly Series[] {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isRecord(value) || !Array.isArray(value['series'])) throw new Error(`${file}: expected an object with series`);
  return value['series'].map((series: unknown) => {
    if (isRecord(series) && typeof series['name'] === 'string' && Array.isArray(series['points'])) {
      return { name: series['name'], points: series['points'].map(pointOf) };
    }
    throw new Error(`${file}: a series needs name and points, found ${JSON.stringify(series)}`);
  });
}

export function growthOf(series: readonly Series[]): string {
  return JSON.stringify({ series }, null, 2) + '\n';
}

/** What is wrong with fresh series: one that grows, or that is dearer than the committed one, or is gone. */
export function growthProblems(fresh: readonly Series[], committed: readonly Series[]): readonly string[] {
  const most = ({ points }: Series): number => Math.max(...points.map(({ cost }) => cost));
  const grown = fresh
    .filter(({ name, points }) => {
      const least = Math.min(...points.map(({ cost }) => cost));
      return !STEPS.has(name) && Math.max(...points.map(({ cost }) => cost)) > least * (1 + FLAT);
    })
    .map(({ name, points }) => `${name}: ${points.map(({ size, cost }) => `${size}: ${cost}`).join(', ')}: not flat`);
  const dearer = committed.flatMap((before) => {
    const now = fresh.find(({ name }) => name === before.name);
    if (now === undefined) return [`${before.name}: not measured any more`];
    return most(now) > most(before) * (1 + FLAT) ? [`${before.name}: ${most(before)} before, ${most(now)}`] : [];
  });
  return [...grown, ...dearer];
}

/** The tables behind the drawing, in Markdown. */
export function growthTables(series: readonly Series[]): string {
  return series
    .map(({ name, points }) => {
      const rows = [points.map(({ size }) => size), points.map(({ cost }) => cost)].map((row) =>
        row.map((value) => value.toLocaleString('en-US')),
      );
      const widths = points.map((_, index) => Math.max(3, ...rows.map((row) => (row[index] ?? '').length)));
      const line = (cells: readonly string[]): string =>
        `| ${cells.map((cell, index) => cell.padStart(widths[index] ?? 0)).join(' | ')} |`;
      const rule = `| ${widths.map((width) => `${'-'.repeat(width - 1)}:`).join(' | ')} |`;
      return `**${name}**\n\n${line(rows[0] ?? [])}\n${rule}\n${line(rows[1] ?? [])}\n`;
    })
    .join('\n');
}

/** One series: sizes from left to right by their logarithm, instructions from 0 upwards. */
function panel({ name, points }: Series, index: number): string {
  const x0 = (index % PANEL.columns) * PANEL.width;
  const y0 = Math.floor(index / PANEL.columns) * PANEL.height;
  const inner = { x: PANEL.width - PANEL.left - PANEL.right, y: PANEL.height - PANEL.top - PANEL.bottom };
  const scale = (size: number): number => Math.log2(size + 1);
  const [low, high] = [scale(points[0]?.size ?? 0), scale(points.at(-1)?.size ?? 1)];
  const top = Math.max(...points.map(({ cost }) => cost)) * 1.25;
  const at = points.map(({ size, cost }) => {
    const x = x0 + PANEL.left + ((scale(size) - low) / (high - low)) * inner.x;
    const y = y0 + PANEL.top + (1 - cost / top) * inner.y;
    return { x: x.toFixed(1), y: y.toFixed(1) };
  });
  const base = y0 + PANEL.top + inner.y;
  const [first, last] = [points[0], points.at(-1)];
  return [
    `<text x="${x0 + 8}" y="${y0 + 18}">${name}</text>`,
    `<path d="M${x0 + PANEL.left} ${y0 + PANEL.top}V${base}H${x0 + PANEL.left + inner.x}" stroke="#d0d7de" fill="none"/>`,
    `<polyline points="${at.map(({ x, y }) => `${x},${y}`).join(' ')}" stroke="#1f6feb" stroke-width="2" fill="none"/>`,
    ...at.map(({ x, y }) => `<circle cx="${x}" cy="${y}" r="2.5" fill="#1f6feb"/>`),
    `<text x="${x0 + PANEL.left - 4}" y="${at[0]?.y ?? 0}" text-anchor="end">${first?.cost ?? 0}</text>`,
    `<text x="${x0 + PANEL.left - 4}" y="${base}" text-anchor="end">0</text>`,
    `<text x="${x0 + PANEL.left}" y="${base + 14}">${first?.size ?? 0}</text>`,
    `<text x="${x0 + PANEL.left + inner.x}" y="${base + 14}" text-anchor="end">${last?.size ?? 0}</text>`,
  ].join('');
}

/** All series, side by side. Plain SVG, the same bytes for the same points. */
export function growthChart(series: readonly Series[]): string {
  const width = PANEL.width * PANEL.columns;
  const height = Math.ceil(series.length / PANEL.columns) * PANEL.height;
  const style = 'font-family="sans-serif" font-size="10" fill="#57606a"';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ${style}>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...series.map(panel),
    '</svg>',
    '',
  ].join('\n');
}

const START = '<!-- tables: written by make growth -->\n';

/** The page with its tables written anew. */
export function growthPage(page: string, series: readonly Series[]): string {
  const start = page.indexOf(START);
  if (start < 0) throw new Error(`docs/growth.md: expected the line ${START.trim()}`);
  return `${page.slice(0, start)}${START}\n${growthTables(series)}`;
}
