/**
 * Every interleaving of several harts over one memory. A step of a hart is one
 * shared access and what the hart does on its own up to the next one. A thread
 * cannot be copied, so each interleaving runs again from the first state: the
 * program must do the same whenever the accesses give the same results.
 */

import type { HostThread, HostValue, SharedAccess } from './host-machine.ts';

export interface Step {
  readonly hart: number;
  readonly access: SharedAccess;
}

export interface Exploration {
  /** Restores the first state of the machine and gives one new thread for each hart. */
  readonly start: () => readonly HostThread[];
  /** Performs an access on behalf of a hart: the machine's memory model. */
  readonly perform: (access: SharedAccess, hart: number) => HostValue;
  /** Looks at the end of one interleaving; throws when something is wrong. */
  readonly finish: (results: readonly HostValue[], steps: readonly Step[]) => void;
  /** More interleavings than this are refused, so that a test cannot run for ever. */
  readonly limit: number;
}

export interface ExplorationReport {
  readonly interleavings: number;
  /** Shared accesses over all interleavings. */
  readonly steps: number;
  /** Of the longest interleaving. */
  readonly longest: number;
}

/** A point where several harts could go on: which of them were tried, and which wait. */
interface Choice {
  readonly harts: readonly number[];
  readonly taken: number;
}

interface Hart {
  readonly thread: HostThread;
  readonly step: IteratorResult<SharedAccess, HostValue>;
}

function describe(steps: readonly Step[]): string {
  return steps
    .map(({ hart, access }) => {
      const place = access.kind === 'external' ? '' : ` of byte ${access.address}`;
      return `  hart ${hart}: ${access.method}${place} at ${access.site}`;
    })
    .join('\n');
}

/** Runs one interleaving along `path`, and then always the first hart; gives the path that it took. */
function runOne(exploration: Exploration, path: readonly Choice[], steps: Step[]): readonly Choice[] {
  const harts: Hart[] = exploration.start().map((thread) => ({ thread, step: thread.next() }));
  const taken: Choice[] = [];
  for (;;) {
    const ready = [...harts.keys()].filter((hart) => harts[hart]?.step.done === false);
    if (ready.length === 0) break;
    const choice = path[taken.length] ?? { harts: ready, taken: 0 };
    if (choice.harts.join() !== ready.join()) {
      throw new Error(
        `a repeated interleaving went another way: harts ${choice.harts.join()} were ready, now ${ready.join()}`,
      );
    }
    taken.push(choice);
    const number = choice.harts[choice.taken] ?? 0;
    const hart = harts[number];
    if (hart === undefined || hart.step.done === true) throw new Error(`hart ${number} cannot go on`);
    steps.push({ hart: number, access: hart.step.value });
    harts[number] = { thread: hart.thread, step: hart.thread.next(exploration.perform(hart.step.value, number)) };
  }
  const results = harts.map((hart) => (hart.step.done === true ? hart.step.value : undefined));
  exploration.finish(results, steps);
  return taken;
}

/** The path to the next interleaving in depth-first order, or null after the last. */
function nextPath(path: readonly Choice[]): readonly Choice[] | null {
  const last = path.findLastIndex((choice) => choice.taken + 1 < choice.harts.length);
  const choice = path[last];
  return choice === undefined ? null : [...path.slice(0, last), { ...choice, taken: choice.taken + 1 }];
}

/** Runs every interleaving; an error names the accesses that led to it. */
export function explore(exploration: Exploration): ExplorationReport {
  let interleavings = 0;
  let total = 0;
  let longest = 0;
  for (let path: readonly Choice[] | null = []; path !== null;) {
    if (interleavings === exploration.limit) throw new Error(`more than ${exploration.limit} interleavings`);
    const steps: Step[] = [];
    try {
      path = nextPath(runOne(exploration, path, steps));
    } catch (error) {
      throw new Error(`interleaving ${interleavings + 1}: ${String(error)}\n${describe(steps)}`, { cause: error });
    }
    interleavings += 1;
    total += steps.length;
    longest = Math.max(longest, steps.length);
  }
  return { interleavings, steps: total, longest };
}
