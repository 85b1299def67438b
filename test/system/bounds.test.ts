/** What `make bounds` proves of the release build. */
import test from 'ava';
import { readFileSync } from 'node:fs';
import { readModel } from '../../tools/abi/model.ts';
import { readGrowth } from '../../tools/bench/growth.ts';
import { proveKernel } from '../../tools/bounds/kernel.ts';
import { boundsPage, boundsProblems } from '../../tools/bounds/report.ts';
import { readLoops } from '../../tools/bounds/source.ts';
import { followKernel } from './kernel-trace.ts';

const KERNEL = 'out/kernel/harmony.elf';
const LOOPS = 'out/kernel/loops.json';
/** Instructions of a component that a measurement counts too: those of the stub. */
const STUB = 3;

test('no way into the kernel takes more than 4,000 instructions', (t) => {
  const proven = proveKernel(KERNEL);
  t.deepEqual(boundsProblems(proven), []);
  const names = proven.ways.map(({ name }) => name);
  const operations = readModel().operations.filter(({ kind }) => kind !== 'Itself');
  for (const { kind, name } of operations) t.true(names.includes(`${kind}.${name}`), `${kind}.${name}`);
  t.true(names.includes('fault or interrupt') && names.includes('wake from sleep'));
  t.deepEqual(
    proven.ways.filter(({ bound }) => bound === null).map(({ name }) => name),
    ['System.Reboot'],
  );
  const page = readFileSync('docs/performance.md', 'utf8');
  const rows = (text: string): readonly string[] =>
    [...text.matchAll(/^\| (.+?) +\| +(?:[\d,]+|stops) \|$/gm)].map((row) => row[1] ?? '').sort();
  t.deepEqual(rows(page), rows(boundsPage(page, proven)), 'docs/performance.md has a row for each: make bounds');
});

test('what was measured is less than what was proven', (t) => {
  const { ways } = proveKernel(KERNEL);
  for (const [series, way] of [
    ['capabilities, one Clear of 64 slots', 'CapabilityTable.Clear'],
    ['mapped frames, one Clear of 64 entries', 'PageTable.Clear'],
    ['emptied page tables, one to Untyped', 'Frames.Retype'],
    ['levels of an id, inspect a frame', 'Frames.Inspect'],
    ['mapped frames, map', 'PageTable.Map'],
    ['mapped frames, unmap', 'PageTable.Unmap'],
  ] as const) {
    const points = readGrowth('bench/growth.json').find(({ name }) => name === series)?.points ?? [];
    const measured = Math.max(...points.map(({ cost }) => cost));
    const bound = ways.find(({ name }) => name === way)?.bound ?? 0;
    t.true(measured > 0 && measured <= bound + STUB, `${way}: ${measured} measured, ${bound} proven`);
  }
});

for (const name of ['chapter-page-tables', 'chapter-capabilities', 'chapter-frames', 'pager']) {
  test(`each step of the kernel is one that was counted, and no way takes longer than its bound: ${name}`, async (t) => {
    t.timeout(180_000);
    const { ways } = proveKernel(KERNEL);
    const { code, most, strays } = await followKernel(KERNEL, `out/test/components/${name}.cpio`);
    t.is(code, 0);
    t.deepEqual(strays.slice(0, 5), []);
    for (const [way, count] of most) {
      const bound = ways.find((one) => one.name === way)?.bound ?? 0;
      t.true(count <= bound, `${way}: ${count} counted, ${bound} proven`);
    }
    t.true(most.size >= 5, 'the kernel was followed');
    t.log([...most].map(([way, count]) => `${way} ${count}`).join(', '));
  });
}

test('a loop that the compiler does not report is named, and a bound that is too high is found', (t) => {
  const loops = readLoops(LOOPS);
  const others = loops.filter(({ file }) => file !== 'kernel-src/base/zero.ts');
  t.is(loops.length - others.length, 1);
  t.throws(() => proveKernel(KERNEL, others), { message: /^0x[0-9a-f]+ in \S+: a loop that has no bound/ });
  const dearer = loops.map((one) => (one.file === 'kernel-src/base/zero.ts' ? { ...one, bound: 100 } : one));
  const [problem, ...more] = boundsProblems(proveKernel(KERNEL, dearer));
  t.regex(problem ?? '', /^Frames\.Retype: 1\d,\d{3} instructions, expected at most 4,000$/);
  t.deepEqual(more, []);
});
