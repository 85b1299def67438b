/** Random operations in volume: runs of some thousand steps from boot, each ending with all memory taken back. */
import type { HartMachine } from '../support/hart-machine.ts';
import { seeded } from './choose.ts';
import { generate } from './generate.ts';
import { canReclaim, reclaim } from './reclaim.ts';
import { describeStep, Trial, type Step } from '../model/trial.ts';

/** Steps from boot until all memory is taken back. */
const RUN = 3000;
/** Steps between two looks at the whole memory. */
const LOOK = 500;
/** Steps that are told when something is wrong. */
const TOLD = 15;

export interface Drive {
  readonly calls: number;
  /** Calls that succeeded. */
  readonly succeeded: number;
  /** Runs, and how many of them ended with all memory taken back. */
  readonly runs: number;
  readonly reclaimed: number;
  readonly histogram: ReadonlyMap<string, number>;
  /** Answers that came later than their call, events, and the ends of traps. */
  readonly deliveries: ReadonlyMap<string, number>;
}

/** A failure with what led to it. */
function told(error: unknown, seed: number, run: number, steps: readonly Step[]): Error {
  const text = error instanceof Error ? error.message : String(error);
  return new Error(`${text}\nseed ${seed}, run ${run}, after\n${steps.map(describeStep).join('\n')}`, { cause: error });
}

/** Makes at least so many calls. Throws at the first difference or violation. */
export function drive(machine: HartMachine, seed: number, calls: number, progress?: (calls: number) => void): Drive {
  const trial = new Trial(machine);
  const pick = seeded(seed);
  let runs = 0;
  let reclaimed = 0;
  const counted = (): number => [...trial.histogram.values()].reduce((sum, count) => sum + count, 0);
  while (counted() < calls) {
    const steps: Step[] = [];
    trial.restart();
    try {
      for (let at = 0; at < RUN && !trial.over; at++) {
        const step = generate(trial.model, pick);
        steps.push(step);
        if (steps.length > TOLD) steps.shift();
        trial.step(step);
        if (at % LOOK === 0) trial.full();
      }
      trial.full();
      if (canReclaim(trial)) {
        reclaim(trial, pick);
        reclaimed += 1;
      }
    } catch (error) {
      throw told(error, seed, runs, steps);
    }
    runs += 1;
    progress?.(counted());
  }
  const total = counted();
  const good = [...trial.histogram].filter(([name]) => name.endsWith(' Ok'));
  const succeeded = good.reduce((sum, [, count]) => sum + count, 0);
  return { calls: total, succeeded, runs, reclaimed, histogram: trial.histogram, deliveries: trial.deliveries };
}
