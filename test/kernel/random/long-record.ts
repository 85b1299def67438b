/** The record of the long run: bench/random-operations.json, and the same as a page. */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Drive } from './drive.ts';
import { lines, merge, type Histogram } from './histogram.ts';

const FOLDER = 'bench';

type Counts = Readonly<{ [name: string]: number }>;

export interface RandomReport {
  readonly calls: number;
  readonly succeeded: number;
  readonly runs: number;
  readonly reclaimed: number;
  readonly histogram: Counts;
  readonly deliveries: Counts;
}
export interface Report {
  readonly date: string;
  readonly node: string;
  readonly processor: string;
  readonly firstSeed: number;
  readonly lastSeed: number;
  readonly random: RandomReport & { readonly seconds: number };
  readonly hostile: { readonly calls: number; readonly succeeded: number; readonly seconds: number };
}

function sorted(histogram: Histogram): Counts {
  return Object.fromEntries([...histogram].sort(([one], [other]) => one.localeCompare(other)));
}

export function mergeDrives(drives: readonly Drive[]): RandomReport {
  const total = (of: (result: Drive) => number): number => drives.reduce((sum, result) => sum + of(result), 0);
  return {
    calls: total(({ calls }) => calls),
    succeeded: total(({ succeeded }) => succeeded),
    runs: total(({ runs }) => runs),
    reclaimed: total(({ reclaimed }) => reclaimed),
    histogram: sorted(merge(drives.map(({ histogram }) => histogram))),
    deliveries: sorted(merge(drives.map(({ deliveries }) => deliveries))),
  };
}

function page({ random, hostile, ...run }: Report): string {
  const share = ({ calls, succeeded }: { calls: number; succeeded: number }): string =>
    `${((100 * succeeded) / Math.max(1, calls)).toFixed(1)} %`;
  const list = lines(new Map(Object.entries(random.histogram)), new Map(Object.entries(random.deliveries)));
  return [
    '# Random operations: the long run',
    '',
    'Written by `make long`. The kernel as JavaScript on a simulated machine of 64 frames: threads that run and call each',
    'other on up to four harts that take turns, with faults, interrupts, deadlines and signals. After every step the',
    'invariants INV1 to INV10 and those of the Run chains on the raw memory, and the whole state and the registers against',
    'the model.',
    '',
    `- ${run.date}, Node ${run.node}, ${run.processor}; seeds ${run.firstSeed} to ${run.lastSeed}`,
    `- ${random.calls} random calls, ${share(random)} succeeded, in ${random.seconds} s of workers`,
    `- ${random.runs} runs from boot; all memory taken back after ${random.reclaimed}, the others had dropped what it takes`,
    `- ${hostile.calls} calls of a hostile component, ${share(hostile)} succeeded, in ${hostile.seconds} s of workers: nothing outside of its authority changed`,
    '',
    'How often each answer came, of the random calls:',
    '',
    ...list.map((line) => `- ${line}`),
    '',
  ].join('\n');
}

export function writeRecord(report: Report): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}/random-operations.json`, JSON.stringify(report, null, 2) + '\n');
  writeFileSync(`${FOLDER}/random-operations.md`, page(report));
}
