/** What `make growth` measures, measured anew: nothing grows, and nothing is more than 2 % dearer than the committed points. */
import test from 'ava';
import { spawnSync } from 'node:child_process';
import { growthProblems, parseGrowth, readGrowth } from '../../tools/bench/growth.ts';

test('nothing grows with the number of capabilities, threads, components, frames, nor with depth', (t) => {
  t.timeout(300_000);
  const options = ['--icount', '--memory', '1G', '--timeout', '280', 'out/kernel/harmony.elf', 'out/growth.cpio'];
  const { status, stdout } = spawnSync('./qemu.sh', options, { encoding: 'utf8' });
  t.is(status, 0, stdout);
  t.deepEqual(growthProblems(parseGrowth(stdout), readGrowth('bench/growth.json')), []);
});
