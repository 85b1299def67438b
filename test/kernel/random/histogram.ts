/** Histograms of answers, and how they are shown. */
import { EVENT } from '../checker/numbers.ts';
import { ONE_HART, OPERATIONS } from './pairs.ts';

const EVENTS = Object.keys(EVENT).map((name) => `event ${name}`);

export type Histogram = ReadonlyMap<string, number>;

export function merge(histograms: readonly Histogram[]): Histogram {
  const sum = new Map<string, number>();
  for (const histogram of histograms) {
    for (const [name, count] of histogram) sum.set(name, (sum.get(name) ?? 0) + count);
  }
  return sum;
}

/** Pairs that one hart can produce and events that did not occur, as answers of calls or later. */
export function missing(histogram: Histogram, deliveries: Histogram): readonly string[] {
  return [...ONE_HART, ...EVENTS].filter((name) => !histogram.has(name) && !deliveries.has(name));
}

/** Pairs that occurred, though the interface does not list them, or only where several harts meet. */
export function unexpected(histogram: Histogram, deliveries: Histogram): readonly string[] {
  const errors = [...histogram.keys()].filter((name) => !name.endsWith(' Ok') && !name.endsWith(' Stops'));
  const late = [...deliveries.keys()].filter(
    (name) => name.startsWith('Invocation.Call ') && !name.endsWith(' returns'),
  );
  return [...errors, ...late].filter((name) => !ONE_HART.includes(name));
}

/** The answers of one operation, the most frequent first; or of its look-up. */
function line(histogram: Histogram, prefix: string): string {
  const own = [...histogram].filter(([name]) => name.startsWith(`${prefix} `));
  const sorted = own.sort(([, one], [, other]) => other - one);
  return sorted.map(([name, count]) => `${name.slice(prefix.length + 1)} ${count}`).join(', ');
}

/** What came later than the call that asked for it: events of Runs, answers of Calls; and how traps ended. */
function later(deliveries: Histogram): readonly string[] {
  return ['event', 'Invocation.Call', 'trap', 'wake'].map((prefix) => `${prefix}, later: ${line(deliveries, prefix)}`);
}

/** A line for each operation and for each look-up. */
export function lines(histogram: Histogram, deliveries: Histogram): readonly string[] {
  const names = ['look-up none', ...OPERATIONS, ...OPERATIONS.map((name) => `look-up ${name}`)];
  return [...names.map((name) => `${name}: ${line(histogram, name)}`), ...later(deliveries)];
}
