/** The dearest path to a place, as steps that know the one before. */

export interface Path {
  /** Instructions of the whole path. */
  readonly cost: number;
  readonly before: Path | null;
  readonly name: string;
  /** Instructions of this step itself. */
  readonly own: number;
  /** A path that the step takes, and how often: a called function, a turn of a loop. */
  readonly inner: Path | null;
  readonly times: number;
}

export const START: Path = { cost: 0, before: null, name: '', own: 0, inner: null, times: 0 };

export function addInstructions(before: Path, name: string, own: number): Path {
  return { cost: before.cost + own, before, name, own, inner: null, times: 0 };
}

export function addPath(before: Path, inner: Path, times = 1): Path {
  if (times === 0 || inner.cost === 0) return before;
  return { cost: before.cost + times * inner.cost, before, name: '', own: 0, inner, times };
}

export function dearer(a: Path | null, b: Path | null): Path | null {
  if (a === null || b === null) return a ?? b;
  return b.cost > a.cost ? b : a;
}

/** The instructions of a path by function, in the order in which it meets them first. */
export function sharesOf(path: Path, times = 1, sum = new Map<string, number>()): ReadonlyMap<string, number> {
  const steps: Path[] = [];
  for (let step: Path | null = path; step !== null; step = step.before) steps.push(step);
  for (const step of steps.reverse()) {
    if (step.own > 0) sum.set(step.name, (sum.get(step.name) ?? 0) + step.own * times);
    if (step.inner !== null) sharesOf(step.inner, times * step.times, sum);
  }
  return sum;
}
