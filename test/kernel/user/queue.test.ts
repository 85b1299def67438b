/** The queue of the user library: every order of its accesses, and threads that stop in the middle for ever. */
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { explore } from '../../../compiler/runtime/host-machine-explore.ts';
import { drain, performAccess, type HostThread, type HostValue } from '../../../compiler/runtime/host-machine.ts';
import { ROOT, build } from '../../compiler/worlds/build.ts';
import { instantiate } from '../../compiler/worlds/javascript.ts';

const built = await build([join(ROOT, 'test', 'system', 'programs', 'queue.ts')], 'queue');
const { machine, program } = await instantiate(built, 'yielding');
const ENTRIES = 64;
/** Bytes of the threads that are looked at; those before and after have others. */
const FIRST = 101n;
const SECOND = 102n;

function thread(name: string, ...values: readonly bigint[]): HostThread {
  const call = program.generators[name];
  if (call === undefined) throw new Error(`no generator ${name}`);
  return call(...values);
}

/** A result as a number: true is 1, false and nothing are 0. */
function numberOf(value: HostValue): bigint {
  return typeof value === 'bigint' ? value : value === true ? 1n : 0n;
}

function run(name: string, ...values: readonly bigint[]): bigint {
  return numberOf(drain(machine, thread(name, ...values)));
}

/** Lets a thread make so many accesses, and no more. */
function advance(one: HostThread, steps: number): void {
  let step = one.next();
  for (let count = 0; step.done !== true && count < steps; count += 1)
    step = one.next(performAccess(machine, step.value));
}

/** Takes everything out. */
function rest(): readonly bigint[] {
  const found: bigint[] = [];
  for (let byte = run('trialTake'); byte !== 0n; byte = run('trialTake')) found.push(byte);
  return found;
}

/** An empty queue in which so many pieces have come and gone. */
function start(gone: number): void {
  run('trialStart');
  for (let count = 0; count < gone; count += 1) {
    if (run('trialPut', 1n) !== 1n || run('trialTake') !== 1n) throw new Error(`piece ${count} was lost`);
  }
}

/** What has come and gone before: nothing; so much that positions wrap around between the pieces; several laps. */
const BEFORE = [0, ENTRIES - 1, 5 * ENTRIES + 3];

test('it takes 64 pieces, gives them back in order, and says when it is full', (t) => {
  for (const gone of BEFORE) {
    start(gone);
    for (let byte = 1n; byte <= 64n; byte += 1n) t.is(run('trialPut', byte), 1n);
    t.is(run('trialPut', 99n), 0n);
    t.is(run('trialTake'), 1n);
    t.is(run('trialPut', 65n), 1n);
    t.is(run('trialHolds'), 1n);
    t.deepEqual(
      rest(),
      Array.from({ length: 64 }, (_, index) => BigInt(index + 2)),
    );
    t.is(run('trialHolds'), 0n);
  }
});

test('two put in and one takes out, in every order: each piece comes out once', (t) => {
  for (const gone of BEFORE) {
    start(gone);
    const fresh = machine.snapshot();
    const { interleavings } = explore({
      start: () => {
        machine.restore(fresh);
        return [thread('trialPut', FIRST), thread('trialPut', SECOND), thread('trialTake')];
      },
      perform: (access) => performAccess(machine, access),
      finish: ([first, second, taken]) => {
        const all = [numberOf(taken), ...rest()].filter((byte) => byte !== 0n);
        if (first !== true || second !== true || [...all].sort().join() !== `${FIRST},${SECOND}`)
          throw new Error(`put ${String(first)} and ${String(second)}, taken ${all.join()}`);
      },
      limit: 500_000,
    });
    t.log(`${interleavings} interleavings`);
    t.true(interleavings > 1000);
  }
});

/** Runs a thread to its end, and counts its accesses. */
function lengthOf(one: HostThread): number {
  let step = one.next();
  let steps = 0;
  for (; step.done !== true; steps += 1) step = one.next(performAccess(machine, step.value));
  return steps;
}

/** Puts a hundred pieces in and takes them out, one by one. Gives what came out but for that of the thread that has stopped. */
function pass(t: ExecutionContext, stop: number): readonly bigint[] {
  const passed: bigint[] = [];
  for (let byte = 1n; byte <= 100n; byte += 1n) {
    t.is(run('trialPut', byte), 1n, `stopped after ${stop} accesses, piece ${byte}`);
    passed.push(...rest());
  }
  t.true(passed.filter((byte) => byte === FIRST).length <= 1);
  return passed.filter((byte) => byte !== FIRST);
}
const ALL = Array.from({ length: 100 }, (_, index) => BigInt(index + 1));

test('one that stops for ever while it puts in holds up nobody', (t) => {
  for (const gone of BEFORE) {
    start(gone);
    const steps = lengthOf(thread('trialPut', FIRST));
    t.true(steps >= 3);
    for (let stop = 0; stop <= steps; stop += 1) {
      start(gone);
      advance(thread('trialPut', FIRST), stop);
      t.deepEqual(pass(t, stop), ALL);
    }
  }
});

test('one that stops for ever while it takes out holds up nobody', (t) => {
  for (const gone of BEFORE) {
    start(gone);
    run('trialPut', FIRST);
    const steps = lengthOf(thread('trialTake'));
    t.true(steps >= 3);
    for (let stop = 0; stop <= steps; stop += 1) {
      start(gone);
      run('trialPut', FIRST);
      advance(thread('trialTake'), stop);
      t.deepEqual(pass(t, stop), ALL);
    }
  }
});
