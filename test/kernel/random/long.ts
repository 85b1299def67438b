/**
 * The long run: random operations in volume, and a hostile component's, recorded in bench/random-operations.json and
 * .md. Usage: long [CALLS [SEED]]; by default 10,000,000 calls of each, beside each other on two processors.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { HartMachine } from '../support/hart-machine.ts';
import { drive, type Drive } from './drive.ts';
import { lines, merge, missing, type Histogram } from './histogram.ts';
import { attack, type Attack } from './hostile.ts';

const CALLS = 10_000_000;
/** Calls of one seed. */
const PART = 500_000;
const FOLDER = 'bench';

interface Report {
  readonly date: string;
  readonly node: string;
  readonly processor: string;
  readonly firstSeed: number;
  readonly lastSeed: number;
  readonly random: { calls: number; succeeded: number; runs: number; reclaimed: number; seconds: number };
  readonly hostile: { calls: number; succeeded: number; seconds: number };
  readonly histogram: Readonly<{ [pair: string]: number }>;
  readonly deliveries: Readonly<{ [what: string]: number }>;
}

function processor(): string {
  return cpus()[0]?.model.trim() ?? 'unknown';
}

/** Repeats a part with one seed after the other; says how far it is. */
function repeat<T extends { readonly calls: number }>(
  what: string,
  calls: number,
  seed: number,
  part: (seed: number, calls: number) => T,
): readonly T[] {
  const results: T[] = [];
  for (let done = 0, at = seed; done < calls; at++) {
    const result = part(at, Math.min(PART, calls - done));
    results.push(result);
    done += result.calls;
    process.stdout.write(`${what}: ${done} calls, seed ${at}\n`);
  }
  return results;
}

function sum<T>(list: readonly T[], of: (item: T) => number): number {
  return list.reduce((total, item) => total + of(item), 0);
}

interface Timed<T> {
  readonly result: T;
  readonly seconds: number;
}

function timed<T>(run: () => T): Timed<T> {
  const start = process.hrtime.bigint();
  const result = run();
  return { result, seconds: Math.round(Number(process.hrtime.bigint() - start) / 1e9) };
}

function page(report: Report): string {
  const { random, hostile } = report;
  const share = ({ calls, succeeded }: Attack): string => `${((100 * succeeded) / calls).toFixed(1)} %`;
  const list = lines(new Map(Object.entries(report.histogram)), new Map(Object.entries(report.deliveries))).map(
    (line) => `- ${line}`,
  );
  return [
    '# Random operations: the long run',
    '',
    'Written by `make long`. The kernel as JavaScript on a simulated machine of 64 frames: threads that run and call each',
    'other on up to four harts that take turns, with faults, interrupts, deadlines and signals;',
    'after every step the invariants INV1 to INV10 on the raw memory, the whole state and the registers against the model.',
    '',
    `- ${report.date}, Node ${report.node}, ${report.processor}, one core each`,
    `- ${random.calls} random calls, ${share(random)} succeeded, in ${random.seconds} s; seeds ${report.firstSeed} to ${report.lastSeed}`,
    `- ${random.runs} runs from boot; all memory taken back after ${random.reclaimed}, the others had dropped what it takes`,
    `- ${hostile.calls} calls of a hostile component, ${share(hostile)} succeeded, in ${hostile.seconds} s: nothing outside of its authority changed`,
    '',
    'How often each answer came, of the random calls:',
    '',
    ...list,
    '',
  ].join('\n');
}

function summary(drives: readonly Drive[], seconds: number): Report['random'] {
  const total = (of: (result: Drive) => number): number => sum(drives, of);
  return {
    calls: total(({ calls }) => calls),
    succeeded: total(({ succeeded }) => succeeded),
    runs: total(({ runs }) => runs),
    reclaimed: total(({ reclaimed }) => reclaimed),
    seconds,
  };
}

function sorted(histogram: Histogram): Readonly<{ [name: string]: number }> {
  return Object.fromEntries([...histogram].sort(([one], [other]) => one.localeCompare(other)));
}

function randomPart(calls: number, seed: number): Timed<readonly Drive[]> {
  const machine = new HartMachine();
  return timed(() => repeat('random', calls, seed, (at, part) => drive(machine, at, part)));
}

function hostilePart(calls: number, seed: number): Timed<readonly Attack[]> {
  const machine = new HartMachine();
  return timed(() => repeat('hostile', calls, seed, (at, part) => attack(machine, at, part)));
}

/** Writes the record. Answers the exit code. */
function record(seed: number, random: Timed<readonly Drive[]>, hostile: Timed<readonly Attack[]>): number {
  const histogram = merge(random.result.map((result) => result.histogram));
  const deliveries = merge(random.result.map((result) => result.deliveries));
  const report: Report = {
    date: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
    processor: processor(),
    firstSeed: seed,
    lastSeed: seed + random.result.length - 1,
    random: summary(random.result, random.seconds),
    hostile: {
      calls: sum(hostile.result, (result) => result.calls),
      succeeded: sum(hostile.result, (result) => result.succeeded),
      seconds: hostile.seconds,
    },
    histogram: sorted(histogram),
    deliveries: sorted(deliveries),
  };
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}/random-operations.json`, JSON.stringify(report, null, 2) + '\n');
  writeFileSync(`${FOLDER}/random-operations.md`, page(report));
  process.stdout.write(readFileSync(`${FOLDER}/random-operations.md`, 'utf8'));
  const absent = missing(histogram, deliveries);
  if (absent.length > 0) process.stderr.write(`long: these pairs did not occur: ${absent.join(', ')}\n`);
  return absent.length > 0 || report.random.succeeded < 0.3 * report.random.calls ? 1 : 0;
}

/** The hostile part, in a thread of its own. */
async function hostileBeside(calls: number, seed: number): Promise<Timed<readonly Attack[]>> {
  const worker = new Worker(new URL(import.meta.url), { workerData: { calls, seed } });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

if (isMainThread) {
  const [calls = CALLS, seed = 1] = process.argv.slice(2).map(Number);
  const hostile = hostileBeside(calls, seed);
  const random = randomPart(calls, seed);
  process.exitCode = record(seed, random, await hostile);
} else {
  const { calls, seed }: { readonly calls: number; readonly seed: number } = workerData;
  parentPort?.postMessage(hostilePart(calls, seed));
}
