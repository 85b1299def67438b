/** Kernel and model side by side under fast-check, whose shrinking turns a difference into a short list of calls. */
import test from 'ava';
import fc from 'fast-check';
import { HartMachine } from '../support/hart-machine.ts';
import { type Answer } from '../support/memory-machine.ts';
import { generate } from '../random/generate.ts';
import { OPERATION } from '../checker/numbers.ts';
import { describeStep, Trial } from './trial.ts';

/** Numbers from which one step is made. */
const CHOICES = 16;

/** A step that is made of numbers: what it is depends on the state in which it runs. */
class RandomStep implements fc.Command<Record<string, never>, Trial> {
  readonly #choices: readonly number[];
  #text = '(not reached)';

  constructor(choices: readonly number[]) {
    this.#choices = choices;
  }

  check(): boolean {
    return true;
  }

  run(_model: Record<string, never>, trial: Trial): void {
    if (trial.over) return;
    let used = 0;
    const step = generate(trial.model, (limit) => (this.#choices[used++] ?? 0) % limit);
    this.#text = describeStep(step);
    trial.step(step);
  }

  toString(): string {
    return this.#text;
  }
}

const choices = fc.array(fc.nat(), { minLength: CHOICES, maxLength: CHOICES });
const commands = fc.commands([choices.map((list) => new RandomStep(list))], { maxCommands: 200, size: 'max' });

/** Runs the steps on a machine from boot on. */
function property(machine: HartMachine, trials: Trial[] = []) {
  const trial = new Trial(machine);
  trials.push(trial);
  return fc.property(commands, (steps) => {
    trial.restart();
    fc.modelRun(() => ({ model: {}, real: trial }), steps);
    trial.full();
  });
}

test('the kernel answers what the model answers and leaves the state that the model has', (t) => {
  const trials: Trial[] = [];
  fc.assert(property(new HartMachine(), trials), { numRuns: 200 });
  const calls = trials.flatMap((trial) => [...trial.histogram.values()]).reduce((sum, count) => sum + count, 0);
  t.log(`${calls} calls`);
  t.true(calls > 5_000);
});

/** A kernel that has a bug: after some operation that succeeded, something is wrong in memory or in the answer. */
class FaultyMachine extends HartMachine {
  readonly #operation: number;
  readonly #fault: (machine: HartMachine, answer: Answer, values: readonly bigint[]) => Answer;

  constructor(operation: number, fault: (machine: HartMachine, answer: Answer, values: readonly bigint[]) => Answer) {
    super();
    this.#operation = operation;
    this.#fault = fault;
  }

  override invoke(capability: bigint, operation: bigint, values: readonly bigint[]): Answer {
    const answer = super.invoke(capability, operation, values);
    return Number(operation) === this.#operation && answer.error === 0n ? this.#fault(this, answer, values) : answer;
  }
}

function leakCount(machine: HartMachine, answer: Answer): Answer {
  const entry = machine.entryOf(20);
  machine.setWord(entry, machine.word(entry) + 1n);
  return answer;
}

for (const [what, operation, fault, expected, most] of [
  ['a count that is leaked by Map', OPERATION['PageTable.Map'], leakCount, /INV1: frame 20 counts/, 4],
  ['a count that is leaked by Create', OPERATION['CapabilityTable.Create'], leakCount, /INV1: frame 20 counts/, 4],
  [
    'a wrong stamp',
    OPERATION['CapabilityTable.Drop'],
    (_: HartMachine, answer: Answer): Answer => ({ ...answer, value: 0n }),
    /model expected Ok, 1/,
    5,
  ],
] as const) {
  test(`a fault of the kernel shrinks to a few calls that a person can read: ${what}`, (t) => {
    const report = fc.check(property(new FaultyMachine(operation, fault)), { numRuns: 200, seed: 1 });
    t.true(report.failed);
    const text = String(report.counterexample?.[0]);
    t.log(text);
    t.regex(String(report.errorInstance), expected);
    t.true(text.split(',hart').length <= most, text);
    t.regex(text, /hart 0: (PageTable\.Map|CapabilityTable\.Create|CapabilityTable\.Drop) of /);
  });
}
