/** Explores what two harts can do to each other when each makes its calls, and judges every outcome. */
import { checkFull } from '../checker/check-full.ts';
import { ERROR } from '../checker/numbers.ts';
import { RawMemory, type Places } from '../checker/raw.ts';
import { placesOf } from '../checker/watch.ts';
import { SUBJECT, type Action, type Call } from './actions.ts';
import { exploreSchedules, type Limits, type Report } from './explorer.ts';
import type { Held } from './safety.ts';
import { Stage, prepare, type Scene } from './scenes.ts';
import { pinnedFrames, SerialOrders } from './serial.ts';
import { HARTS } from './shared-memory.ts';
import { StateDifference } from './state.ts';
import { stepsText, TwoHarts, type Result } from './two-harts.ts';

export class WrongOutcome extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'WrongOutcome';
  }
}

/** What a test asks of each outcome; throws if it is not so. */
export type Judge = (results: readonly (readonly Result[])[]) => void;

export interface PairReport extends Report {
  /** Different results and states. */
  readonly outcomes: number;
  /** Executions in which a frame became something else. */
  readonly reuses: number;
}

const NAMES = new Map<bigint, string>(Object.entries(ERROR).map(([name, number]) => [BigInt(number), name]));

function resultText(result: Result): string {
  if (result.stopped) return 'stopped';
  const where = result.lookUp ? 'look-up ' : '';
  return `${where}${NAMES.get(result.error) ?? result.error} ${result.value.toString(16)}`;
}

export class PairExplorer {
  readonly harts = new TwoHarts();
  /** Each answer to a call, as the list of pairs of operations and errors has it, and in how many outcomes. */
  readonly answers = new Map<string, number>();
  readonly #places: Places;
  readonly #raw: RawMemory;
  readonly #difference: StateDifference;
  readonly #serial: SerialOrders;
  #phantoms = 0;
  #calls: readonly (readonly Call[])[] = [];
  #outcomes = new Set<string>();
  #reuses = 0;
  #judge: Judge = () => undefined;

  constructor() {
    const { machine } = this.harts;
    this.#places = placesOf(machine);
    this.#raw = new RawMemory(machine.host.memory);
    this.#difference = new StateDifference(this.#raw, this.#places);
    this.#serial = new SerialOrders(machine, this.#difference);
    this.harts.onFinish = () => this.#finish();
  }

  #setUp(scene: Scene, actions: readonly Action[]): readonly Held[] {
    const { machine } = this.harts;
    const stage = new Stage(machine);
    prepare(stage);
    scene.setup(stage);
    this.#phantoms = stage.phantoms;
    this.#calls = actions.map((action, hart) => action.calls(hart, machine.hartBlock(hart)));
    this.harts.load(this.#calls, stage.held);
    this.#difference.setBase();
    this.harts.safety.pinned.clear();
    for (const frame of pinnedFrames(machine)) this.harts.safety.pinned.add(frame);
    return stage.held;
  }

  /** Whether each of two actions, or the first call of it, does something in some order of them. */
  isWorthwhile(scene: Scene, actions: readonly Action[]): boolean {
    if (actions.some(({ scenes }) => scenes?.includes(scene.name) === false)) return false;
    this.#setUp(scene, actions);
    if (actions.filter(({ givesUp }) => givesUp).length > this.#phantoms) return false;
    const orders = [
      [0, 1],
      [1, 0],
    ];
    const succeeded = new Set<number>();
    for (const order of orders) {
      this.harts.restore();
      for (const hart of order) {
        const [first] = (this.#calls[hart] ?? []).map((call) => this.#serial.make(hart, call, true));
        if (first?.error === 0n) succeeded.add(hart);
      }
    }
    return succeeded.size === HARTS;
  }

  /** Explores a pair in a scene. */
  explore(scene: Scene, actions: readonly Action[], limits: Limits, judge: Judge = () => undefined): PairReport {
    this.#setUp(scene, actions);
    this.#judge = judge;
    this.#outcomes = new Set();
    this.#reuses = 0;
    try {
      const report = exploreSchedules(this.harts, limits);
      return { ...report, outcomes: this.#outcomes.size, reuses: this.#reuses };
    } catch (error) {
      const names = actions.map((action, hart) => `hart ${hart}: ${action.name}`).join(', ');
      const results = this.harts.results.map((list) => list.map(resultText).join(', ')).join(' | ');
      const where = `scene "${scene.name}", ${names}\nanswers: ${results}\n${stepsText(this.harts.steps)}`;
      throw new Error(`${String(error)}\n${where}`, { cause: error });
    }
  }

  #finish(): void {
    if (this.harts.safety.reused > 0) this.#reuses += 1;
    const { results } = this.harts;
    const state = this.#difference.text();
    const key = `${results.map((list) => list.map(resultText).join(', ')).join(' | ')}\n${state}`;
    if (this.#outcomes.has(key)) return;
    this.#outcomes.add(key);
    this.#note(results);
    this.#judge(results);
    const problems = checkFull(this.#raw, this.#places, this.#phantomMap(results));
    if (problems.length > 0) throw new WrongOutcome(problems.join('; '));
    this.harts.restore();
    const reordered = this.harts.steps.some(({ old }) => old);
    if (!this.#serial.explains({ calls: this.#calls, results, state, reordered })) {
      throw new WrongOutcome(`no order of the calls explains the outcome:\n${state}\n`);
    }
  }

  /** Counts the answers. */
  #note(results: readonly (readonly Result[])[]): void {
    for (const [hart, list] of results.entries()) {
      for (const [at, result] of list.entries()) {
        const call = this.#calls[hart]?.[at];
        if (call === undefined) continue;
        const what = 'name' in call ? call.name : call.operation;
        const error = result.stopped ? 'stopped' : (NAMES.get(result.error) ?? `${result.error}`);
        const key = `${result.lookUp ? 'look-up ' : ''}${what} ${error}`;
        this.answers.set(key, (this.answers.get(key) ?? 0) + 1);
      }
    }
  }

  /** The references to the subject that raw calls took and gave up. */
  #phantomMap(results: readonly (readonly Result[])[]): ReadonlyMap<number, number> {
    let count = this.#phantoms;
    for (let hart = 0; hart < HARTS; hart++) {
      for (const [at, call] of (this.#calls[hart] ?? []).entries()) {
        if (!('name' in call) || results[hart]?.[at]?.error !== 0n) continue;
        if (call.name === 'frameReference') count += 1;
        if (call.name === 'frameRelease') count -= 1;
      }
    }
    return new Map([[SUBJECT, count]]);
  }
}

/** What a pair is, for people. */
export function pairText(actions: readonly Action[]): string {
  return actions.map(({ name }) => name).join(' | ');
}
