import test from 'ava';
import { join } from 'node:path';
import { explore, type ExplorationReport } from '../../compiler/runtime/host-machine-explore.ts';
import { performAccess } from '../../compiler/runtime/host-machine.ts';
import { ROOT, build } from './worlds/build.ts';
import { instantiate, runJavaScript } from './worlds/javascript.ts';
import { runRiscv } from './worlds/native.ts';

const built = await build([join(ROOT, 'test', 'compiler', 'accept', 'checkpoint.ts')], 'checkpoint');

interface Counted extends ExplorationReport {
  /** Interleavings in which a call was not counted. */
  readonly lost: number;
}

/** Every interleaving of `harts` calls of one function on one counter. */
async function exploreCalls(name: string, harts: number): Promise<Counted> {
  const { machine, program } = await instantiate(built, 'yielding');
  const call = program.generators[name];
  const counter = program.objects['counter'];
  const calls = program.classes['Counter']?.fields['calls'];
  if (call === undefined || counter === undefined || calls === undefined) throw new Error(`no ${name} in the program`);
  const fresh = machine.snapshot();
  const view = new DataView(machine.memory);
  let lost = 0;
  const report = explore({
    start: () => {
      machine.restore(fresh);
      return Array.from({ length: harts }, () => call());
    },
    perform: (access) => performAccess(machine, access),
    finish: () => {
      const counted = view.getBigUint64(counter.address + calls.offset, true);
      if (counted > BigInt(harts)) throw new Error(`${counted} calls were counted, ${harts} were made`);
      if (counted < BigInt(harts)) lost += 1;
    },
    limit: 100_000,
  });
  return { ...report, lost };
}

test('the checkpoint module runs as C on the RISC-V emulator, which prints TAP', async (t) => {
  const { outcomes, tap } = await runRiscv(built);
  t.deepEqual(outcomes, await runJavaScript(built, 'plain'));
  const lines = tap.slice(tap.indexOf('TAP version')).trimEnd().split('\n');
  t.is(lines[1], `1..${built.calls.length}`);
  t.true(lines.slice(2).every((line) => line.startsWith('ok - ')));
  t.log(lines.join('\n'));
});

test('two and three harts: an atomic addition loses no call in any interleaving', async (t) => {
  const two = await exploreCalls('countByAdd', 2);
  const three = await exploreCalls('countByAdd', 3);
  t.like(two, { interleavings: 2, lost: 0 });
  t.like(three, { interleavings: 6, lost: 0 });
  t.log(
    `explored ${two.interleavings} interleavings of two harts and ${three.interleavings} of three: none loses a call`,
  );
});

test('two and three harts: a load and a store lose a call in some interleavings', async (t) => {
  const two = await exploreCalls('countByLoadAndStore', 2);
  const three = await exploreCalls('countByLoadAndStore', 3);
  // (2 + 2)! / (2! 2!) = 6, of which only the two serial ones are right; (2 + 2 + 2)! / (2! 2! 2!) = 90 and 3! = 6.
  t.like(two, { interleavings: 6, lost: 4 });
  t.like(three, { interleavings: 90, lost: 84 });
  t.log(`explored ${two.interleavings} interleavings of two harts: ${two.lost} lose a call`);
  t.log(`explored ${three.interleavings} interleavings of three harts: ${three.lost} lose a call`);
});

test('an error in an interleaving names the accesses that led to it', async (t) => {
  const { machine, program } = await instantiate(built, 'yielding');
  const call = program.generators['countByLoadAndStore'];
  if (call === undefined) throw new Error('the checkpoint module has no countByLoadAndStore');
  const run = (limit: number): ExplorationReport =>
    explore({
      start: () => [call(), call()],
      perform: (access) => performAccess(machine, access),
      finish: () => {
        throw new Error('wrong on purpose');
      },
      limit,
    });
  const error = t.throws(() => run(10));
  t.regex(
    error?.message ?? '',
    /^interleaving 1: Error: wrong on purpose\n {2}hart 0: load of byte 16 at checkpoint.ts:22\n/,
  );
  t.throws(() => run(0), { message: 'more than 0 interleavings' });
});

test('plain and yielding form share a memory, and exports say which form they have', async (t) => {
  const { machine, program } = await instantiate(built, 'yielding');
  t.deepEqual(Object.keys(program.functions), ['rounds']);
  t.deepEqual(Object.keys(program.generators), ['countByAdd', 'countByLoadAndStore', 'counted', 'countTo']);
  t.deepEqual(program.classes['Counter'], {
    size: 16,
    alignment: 8,
    fields: {
      calls: { offset: 0, size: 8, type: 'atomic(u64)' },
      rounds: { offset: 8, size: 4, type: 'u32' },
    },
  });
  const { program: plain } = await instantiate(built, 'plain', { memory: machine.memory, initialized: true });
  t.is(plain.functions['countTo']?.(4), 10n);
  t.is(program.functions['rounds']?.(), 1);
  t.deepEqual(plain.objects, program.objects);
});
