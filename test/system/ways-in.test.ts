import { readFileSync } from 'node:fs';
import test from 'ava';
import { make } from './scratch.ts';

test.serial('make run boots, and the second time builds nothing', async (t) => {
  const first = await make('.', ['run']);
  t.is(first.code, 0, first.output);
  const second = await make('.', ['run']);
  t.is(second.code, 0);
  const steps = second.output.split('\n').filter((line) => /^ {2}(install|tsc|harmonyc|cc|link|pack) /.test(line));
  t.deepEqual(steps, []);
});

test.serial('make help lists every target with a line', async (t) => {
  const { code, output } = await make('.', ['help']);
  t.is(code, 0);
  for (const target of ['run', 'test', 'debug', 'check', 'format', 'docs', 'size', 'doctor', 'clean']) {
    t.regex(output, new RegExp(`^ {2}make ${target} +\\S`, 'm'));
  }
});

test.serial('make size prints each figure beside its goal and writes them as JSON', async (t) => {
  const { code, output } = await make('.', ['size']);
  t.log(output);
  t.is(code, 0);
  const { rows }: { readonly rows: readonly { readonly value: number; readonly goal: number }[] } = JSON.parse(
    readFileSync('out/size.json', 'utf8'),
  );
  t.is(rows.length, 3);
  for (const row of rows) t.true(row.value > 0 && row.value <= row.goal, JSON.stringify(row));
});
