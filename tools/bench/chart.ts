/** The bar chart of the README: each row as a part of seL4's figure. Plain SVG, the same bytes for the same rows. */
import { type Row } from './rows.ts';

const BAR = { left: 330, width: 400, height: 16, step: 24, top: 44 };

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** The largest part of seL4's figure, at least 1: what the whole width stands for. */
function largest(rows: readonly Row[]): number {
  return Math.max(1, ...rows.map((row) => (row.figures === null ? 0 : row.figures.median / row.sel4)));
}

/** One row: the bar of seL4 is as long in all of them, ours the part of it. */
function bar(row: Row, index: number, scale: number): string {
  const y = BAR.top + index * BAR.step;
  const text = `<text x="${BAR.left - 8}" y="${y + 12}" text-anchor="end">${escape(row.name)}</text>`;
  const unit = BAR.width / scale;
  const whole = `<rect x="${BAR.left}" y="${y}" width="${Math.round(unit)}" height="${BAR.height}" fill="#d0d7de"/>`;
  if (row.figures === null) return text + whole;
  const width = Math.round((row.figures.median / row.sel4) * unit);
  const ours = `<rect x="${BAR.left}" y="${y}" width="${width}" height="${BAR.height}" fill="#1f6feb"/>`;
  const label = `<text x="${BAR.left + BAR.width + 8}" y="${y + 12}">${row.figures.median} of ${row.sel4}</text>`;
  return text + whole + ours + label;
}

export function chartOf(rows: readonly Row[]): string {
  const measured = rows.filter((row) => row.figures !== null);
  const scale = largest(measured);
  const height = BAR.top + measured.length * BAR.step + 12;
  const style = 'font-family="sans-serif" font-size="12" fill="#57606a"';
  const title = `<text x="16" y="24" font-size="14">Retired instructions, Harmony (blue) of seL4 (grey)</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="860" height="${height}" ${style}>`,
    `<rect width="860" height="${height}" fill="#ffffff"/>`,
    title,
    ...measured.map((row, index) => bar(row, index, scale)),
    '</svg>',
    '',
  ].join('\n');
}
