/**
 * Every schedule of two threads, but of those that only swap accesses whose order cannot matter, one: dynamic
 * partial-order reduction (Flanagan and Godefroid, 2005) with sleep sets (Godefroid, 1996). A thread cannot be
 * copied, so each schedule runs again from the first state, and must go the same way as long as the choices are the
 * same. At a step a thread may also have several values to choose from; all of them are tried.
 */

export interface Program {
  /** Restores the first state and starts both threads, each up to its first shared access. */
  start(): void;
  /** Whether a thread has an access to perform. */
  isReady(thread: number): boolean;
  /** How many values the next access of a thread can choose from. */
  choices(thread: number): number;
  /** Whether the next accesses of both threads depend on each other. */
  dependent(): boolean;
  /** The latest step of the other thread whose order with the next access of this one can be reversed; or -1. */
  raceOf(thread: number): number;
  /** Performs the next access of a thread, as step number `position`. */
  step(thread: number, choice: number, position: number): void;
  /** Both threads have ended. */
  finish(): void;
}

export interface Report {
  /** Schedules that were run to their end. */
  readonly executions: number;
  /** Schedules that turned out to repeat another one. */
  readonly repeated: number;
  readonly steps: number;
  readonly longest: number;
  /** Executions in which some load read an old value. */
  readonly reordered: number;
  /** Null: every schedule. Else the most switches away from a thread that could go on. */
  readonly switches: number | null;
}

interface Node {
  thread: number;
  choice: number;
  choices: number;
  /** Sets of threads, as bits: to be tried, tried with all choices, no use to try. */
  backtrack: number;
  done: number;
  /** Threads that had an access to perform. */
  readonly ready: number;
  readonly sleep: number;
  /** Switches away from a ready thread before this step, and the thread of the step before. */
  readonly switches: number;
  readonly before: number;
}

export interface Limits {
  /** More executions than this, and switches are bounded. */
  readonly executions: number;
  /** That bound. */
  readonly switches: number;
}

class Search {
  executions = 0;
  repeated = 0;
  steps = 0;
  longest = 0;
  reordered = 0;
  readonly #program: Program;
  readonly #bound: number | null;
  readonly #stack: Node[] = [];

  constructor(program: Program, bound: number | null) {
    this.#program = program;
    this.#bound = bound;
  }

  #newNode(sleep: number, before: number, switches: number): Node | null {
    const program = this.#program;
    const free = [0, 1].filter((thread) => program.isReady(thread) && (sleep & (1 << thread)) === 0);
    const thread = free.includes(before) ? before : free[0];
    if (thread === undefined) return null;
    const ready = (program.isReady(0) ? 1 : 0) | (program.isReady(1) ? 2 : 0);
    return { thread, choice: 0, choices: 1, backtrack: 1 << thread, done: 0, ready, sleep, switches, before };
  }

  /** Threads that need not be tried after a node's step, before it is performed. */
  #sleepAfter(node: Node): number {
    const other = 1 - node.thread;
    const asleep = ((node.sleep | node.done) & (1 << other)) !== 0;
    if (!asleep || !this.#program.isReady(other) || this.#program.dependent()) return 0;
    return 1 << other;
  }

  /** Runs along the stack, and on to the end. False: only what another schedule covers was left. */
  #run(): boolean {
    const program = this.#program;
    program.start();
    let sleep = 0;
    let before = 0;
    let switches = 0;
    let depth = 0;
    let reordered = false;
    while (program.isReady(0) || program.isReady(1)) {
      const known = this.#stack[depth];
      const node = known ?? this.#newNode(sleep, before, switches);
      if (node === null) return false;
      if (known === undefined) this.#stack.push(node);
      node.choices = program.choices(node.thread);
      this.#noteRace(node.thread, program.raceOf(node.thread));
      sleep = this.#sleepAfter(node);
      if (node.thread !== before && program.isReady(before)) switches += 1;
      before = node.thread;
      reordered ||= node.choice > 0;
      program.step(node.thread, node.choice, depth);
      depth += 1;
    }
    program.finish();
    this.steps += depth;
    this.longest = Math.max(this.longest, depth);
    if (reordered) this.reordered += 1;
    return true;
  }

  /** The thread must also be tried before a step of the other one, if it was not waiting for that very step. */
  #noteRace(thread: number, step: number): void {
    const node = this.#stack[step];
    if (node !== undefined) node.backtrack |= node.ready & (1 << thread);
  }

  /** Sets the stack for the next schedule. False after the last one. */
  #advance(): boolean {
    for (let node = this.#stack.at(-1); node !== undefined; node = this.#stack.at(-1)) {
      if (node.choice + 1 < node.choices) {
        node.choice += 1;
        return true;
      }
      node.done |= 1 << node.thread;
      const other = 1 - node.thread;
      const wanted = node.backtrack & ~node.done & ~node.sleep & (1 << other);
      const switched = node.thread === node.before ? 1 : 0;
      if (wanted !== 0 && (this.#bound === null || node.switches + switched <= this.#bound)) {
        node.thread = other;
        node.choice = 0;
        return true;
      }
      this.#stack.pop();
    }
    return false;
  }

  /** False: there are more executions than `limit`. */
  all(limit: number): boolean {
    do {
      if (this.executions === limit) return false;
      if (this.#run()) this.executions += 1;
      else this.repeated += 1;
    } while (this.#advance());
    return true;
  }

  report(): Report {
    const { executions, repeated, steps, longest, reordered } = this;
    return { executions, repeated, steps, longest, reordered, switches: this.#bound };
  }
}

/** Runs every schedule; with bounded switches where there are too many. */
export function exploreSchedules(program: Program, limits: Limits): Report {
  const search = new Search(program, null);
  if (search.all(limits.executions)) return search.report();
  const bounded = new Search(program, limits.switches);
  bounded.all(Number.MAX_SAFE_INTEGER);
  return bounded.report();
}
