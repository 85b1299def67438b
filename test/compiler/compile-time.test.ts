/** How long the compiler takes beside `tsc --noEmit` of TypeScript 6 on the same sources, in processor time. */
import test from 'ava';
import { join } from 'node:path';
import { ROOT } from './worlds/build.ts';
import { run } from './worlds/native.ts';

/** The compiler, its own run of the native tsc included, may take this many times as long. */
const LIMIT = 1.2;
/** What else runs on the machine only adds to a time: the smallest of at most so many rounds counts. */
const ROUNDS = 6;

/** Seconds that a command and its children spend on the processor: user and system, as the shell's `times` prints them. */
async function processorTime(command: string): Promise<number> {
  const { code, output, errors } = await run('sh', ['-c', `${command} >/dev/null && times`], 120);
  if (code !== 0) throw new Error(`${command}: ${errors}`);
  const [, children] = output.trim().split('\n');
  return [...(children ?? '').matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  );
}

test(`harmonyc takes at most ${LIMIT} times as long as tsc --noEmit on the kernel`, async (t) => {
  const times = { tsc: Infinity, check: Infinity, build: Infinity };
  const out = join(ROOT, 'out', 'test', 'compile-time');
  const holds = (): boolean => Math.max(times.check, times.build) <= LIMIT * times.tsc;
  for (let round = 0; round < ROUNDS && (round === 0 || !holds()); round++) {
    times.tsc = Math.min(times.tsc, await processorTime('node node_modules/typescript/bin/tsc -p kernel-src'));
    times.check = Math.min(times.check, await processorTime('bin/harmonyc check kernel-src'));
    times.build = Math.min(times.build, await processorTime(`bin/harmonyc build kernel-src --emit c --out ${out}`));
  }
  for (const [name, seconds] of Object.entries(times)) {
    t.log(`${name.padEnd(6)}${seconds.toFixed(2)} s  ${(seconds / times.tsc).toFixed(2)}`);
  }
  t.true(times.tsc > 0.1 && times.check > 0.1, 'times were measured');
  t.true(holds());
});
