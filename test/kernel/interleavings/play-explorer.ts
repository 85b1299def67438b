/** Explores what two harts with threads can do to each other, and judges every end. */
import { createHash } from 'node:crypto';
import { checkFull } from '../checker/check-full.ts';
import { CHAIN, FRAME_BYTES, HART, NEVER, THREAD, THREAD_HOME_SHIFT } from '../checker/numbers.ts';
import { RawMemory } from '../checker/raw.ts';
import { placesOf } from '../checker/watch.ts';
import { addressOf, FRAMES } from '../support/memory-machine.ts';
import { exploreSchedules, type Limits, type Report } from './explorer.ts';
import { PlayStage, type Play } from './plays.ts';
import { interruptWord, RunningHarts } from './running-harts.ts';
import { HARTS } from './shared-memory.ts';
import { stepsText } from './two-harts.ts';

export interface PlayReport extends Report {
  /** Different memories at the end. */
  readonly ends: number;
  /** Executions in which a frame became something else, and in which a hart had no live component left. */
  readonly reuses: number;
  readonly stopped: number;
}

export class PlayExplorer {
  readonly harts = new RunningHarts();
  readonly #raw = new RawMemory(this.harts.machine.host.memory);
  #ends = new Set<string>();
  #reuses = 0;
  #stopped = 0;

  constructor() {
    this.harts.onFinish = () => this.#finish();
  }

  explore(play: Play, limits: Limits): PlayReport {
    this.#ends = new Set();
    this.#reuses = 0;
    this.#stopped = 0;
    this.harts.load(play.setup(new PlayStage(this.harts.machine)));
    try {
      const report = exploreSchedules(this.harts, limits);
      return { ...report, ends: this.#ends.size, reuses: this.#reuses, stopped: this.#stopped };
    } catch (error) {
      throw new Error(`${String(error)}\nplay "${play.name}"\n${stepsText(this.harts.steps)}`, { cause: error });
    }
  }

  #finish(): void {
    const { machine, safety } = this.harts;
    if (safety.reused > 0) this.#reuses += 1;
    for (let hart = 0; hart < HARTS; hart++) {
      if (this.harts.isStopped(hart)) this.#stopped += 1;
      else this.#checkHart(hart);
    }
    const memory = machine.bytes.subarray(0, FRAMES * FRAME_BYTES);
    const end = createHash('md5').update(memory).digest('base64');
    if (this.#ends.has(end)) return;
    this.#ends.add(end);
    const problems = checkFull(this.#raw, placesOf(machine));
    if (problems.length > 0) throw new Error(problems.join('; '));
  }

  /** The chain of a hart is whole; and a hart does not sleep, nor a thread spin, while a signal has come for the outermost one. */
  #checkHart(hart: number): void {
    const { machine } = this.harts;
    const block = machine.hartBlock(hart);
    const running = 1n | (BigInt(hart) << BigInt(THREAD_HOME_SHIFT));
    let frame = Number(machine.word(block + HART.thread) - addressOf(0));
    const alone = machine.word(frame + THREAD.outer) === 0n;
    for (let position = 0; position < CHAIN; position++) {
      if (machine.word(frame + THREAD.status) !== running) throw new Error(`a thread of hart ${hart} does not run`);
      const outer = machine.word(frame + THREAD.outer);
      if (outer === 0n) break;
      frame = Number(outer - addressOf(0));
    }
    this.#checkComponent(hart);
    if (machine.word(block + HART.outermost) !== addressOf(frame))
      throw new Error(`hart ${hart} has lost its outermost`);
    const { sleeping } = machine.processor(hart);
    if ((machine.word(block + HART.done) === NEVER) !== sleeping)
      throw new Error(`hart ${hart} counts wrongly as asleep`);
    if (machine.word(interruptWord(hart)) !== 0n) throw new Error(`hart ${hart} ends with an interrupt pending`);
    if (!sleeping && alone) return;
    const told = machine.word(frame + THREAD.told) !== 0n;
    if (machine.word(frame + THREAD.pending) !== 0n && (sleeping || !told)) {
      throw new Error(`the outermost thread of hart ${hart} has signals that nobody tells it of: lost`);
    }
  }

  /** The component in which a hart runs lives, or the hart has not yet followed the epoch past the stamp of its death. */
  #checkComponent(hart: number): void {
    const { machine } = this.harts;
    if (machine.processor(hart).sleeping) return;
    const { frame, key } = machine.componentOf(hart);
    const entry = machine.entryOf(frame);
    const lives = machine.word(entry) >> 24n === key;
    const done = machine.word(machine.hartBlock(hart) + HART.done);
    if (!lives && done > machine.word(entry + 8))
      throw new Error(`hart ${hart} has followed the epoch past the death of the component in which it runs`);
  }
}
