/**
 * The long run: random operations in volume, and a hostile component's, recorded in bench/random-operations.json and
 * .md, which are written anew after each part. Usage: long [CALLS [SEED [WORKERS]]]; by default 10,000,000 calls of each
 * kind, on every processor.
 */
import { availableParallelism, cpus } from 'node:os';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { HartMachine } from '../support/hart-machine.ts';
import { drive, type Drive } from './drive.ts';
import { missing } from './histogram.ts';
import { attack, type Attack } from './hostile.ts';
import { mergeDrives, writeRecord, type Report } from './long-record.ts';

const CALLS = 10_000_000;
/** Calls of one part: from boot on, with a seed of its own. */
const PART = 250_000;

interface Job {
  readonly hostile: boolean;
  readonly seed: number;
  readonly calls: number;
}
type Done = { readonly job: Job; readonly seconds: number } & (
  { readonly drive: Drive; readonly attack: null } | { readonly drive: null; readonly attack: Attack }
);

/** The time that a part takes, in seconds. */
function timed<T>(run: () => T): { readonly result: T; readonly seconds: number } {
  const start = process.hrtime.bigint();
  const result = run();
  return { result, seconds: Number(process.hrtime.bigint() - start) / 1e9 };
}

function perform(machine: HartMachine, job: Job): Done {
  if (job.hostile) {
    const { result, seconds } = timed(() => attack(machine, job.seed, job.calls));
    return { job, seconds, drive: null, attack: result };
  }
  const { result, seconds } = timed(() => drive(machine, job.seed, job.calls));
  return { job, seconds, drive: result, attack: null };
}

/** Both kinds in turn, so that the record tells of both from the beginning. */
function jobsOf(calls: number, seed: number): Job[] {
  return Array.from({ length: Math.ceil(calls / PART) }, (_, part) => part).flatMap((part) =>
    [false, true].map((hostile) => ({ hostile, seed: seed + part, calls: Math.min(PART, calls - part * PART) })),
  );
}

class Run {
  readonly #done: Done[] = [];
  readonly #jobs: Job[];
  readonly #seed: number;
  report: Report | null = null;

  constructor(calls: number, seed: number) {
    this.#jobs = jobsOf(calls, seed);
    this.#seed = seed;
  }

  #take(done: Done): void {
    this.#done.push(done);
    const drives = this.#done.flatMap(({ drive: one }) => (one === null ? [] : [one]));
    const attacks = this.#done.flatMap(({ attack: one }) => (one === null ? [] : [one]));
    const seconds = (hostile: boolean): number =>
      Math.round(this.#done.reduce((sum, one) => sum + (one.job.hostile === hostile ? one.seconds : 0), 0));
    const sum = (of: (one: Attack) => number): number => attacks.reduce((total, one) => total + of(one), 0);
    this.report = {
      date: new Date().toISOString().slice(0, 10),
      node: process.versions.node,
      processor: cpus()[0]?.model.trim() ?? 'unknown',
      firstSeed: this.#seed,
      lastSeed: Math.max(...this.#done.map(({ job }) => job.seed)),
      random: { ...mergeDrives(drives), seconds: seconds(false) },
      hostile: { calls: sum((one) => one.calls), succeeded: sum((one) => one.succeeded), seconds: seconds(true) },
    };
    writeRecord(this.report);
    const { random, hostile } = this.report;
    process.stdout.write(`${random.calls} random calls, ${hostile.calls} hostile ones\n`);
  }

  /** A worker makes one part after the other, until there is none. */
  async work(): Promise<void> {
    const worker = new Worker(new URL(import.meta.url));
    try {
      for (let job = this.#jobs.shift(); job !== undefined; job = this.#jobs.shift()) {
        const done = new Promise<Done>((resolve, reject) => {
          worker.once('message', resolve);
          worker.once('error', reject);
        });
        worker.postMessage(job);
        this.#take(await done);
      }
    } finally {
      await worker.terminate();
    }
  }
}

/** The exit code: whether the run shows what it is for. */
function verdict(report: Report | null): number {
  if (report === null) return 1;
  const { histogram, deliveries, calls, succeeded } = report.random;
  const absent = missing(new Map(Object.entries(histogram)), new Map(Object.entries(deliveries)));
  if (absent.length > 0) process.stderr.write(`long: these pairs did not occur: ${absent.join(', ')}\n`);
  return absent.length > 0 || succeeded < 0.3 * calls ? 1 : 0;
}

if (isMainThread) {
  const [calls = CALLS, seed = 1, workers = availableParallelism()] = process.argv.slice(2).map(Number);
  const run = new Run(calls, seed);
  await Promise.all(Array.from({ length: workers }, () => run.work()));
  process.exitCode = verdict(run.report);
} else {
  const machine = new HartMachine();
  parentPort?.on('message', (job: Job) => parentPort?.postMessage(perform(machine, job)));
}
