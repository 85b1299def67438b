/** Histograms of answers, and how they are shown. */
import { ONE_HART, OPERATIONS } from './pairs.ts';

export type Histogram = ReadonlyMap<string, number>;

export function merge(histograms: readonly Histogram[]): Histogram {
  const sum = new Map<string, number>();
  for (const histogram of histograms) {
    for (const [name, count] of histogram) sum.set(name, (sum.get(name) ?? 0) + count);
  }
  return sum;
}

/** Pairs that one hart can produce and that did not occur. */
export function missing(histogram: Histogram): readonly string[] {
  return ONE_HART.filter((name) => !histogram.has(name));
}

/** The answers of one operation, the most frequent first; or of its look-up. */
function line(histogram: Histogram, prefix: string): string {
  const own = [...histogram].filter(([name]) => name.startsWith(`${prefix} `));
  const sorted = own.sort(([, one], [, other]) => other - one);
  return sorted.map(([name, count]) => `${name.slice(prefix.length + 1)} ${count}`).join(', ');
}

/** A line for each operation and for each look-up. */
export function lines(histogram: Histogram): readonly string[] {
  const names = ['look-up none', ...OPERATIONS, ...OPERATIONS.map((name) => `look-up ${name}`)];
  return names.map((name) => `${name}: ${line(histogram, name)}`);
}
