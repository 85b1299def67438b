import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import test from 'ava';
import { expectSuccess, KERNEL, tapLines } from './boot.ts';
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
  for (const target of ['run', 'system', 'test', 'debug', 'check', 'format', 'docs', 'size', 'doctor', 'clean']) {
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
  for (const row of rows) t.true(row.value > 0 && row.goal > 0, JSON.stringify(row));
});

/** Numbers of any form become one mark: they change with every line of the kernel. */
function withoutNumbers(line: string): string {
  return line
    .replace(/0x[0-9a-f]+/g, 'N')
    .replace(/\d[\d,]*/g, 'N')
    .replace(/\s+/g, ' ')
    .trim();
}

test.serial('the transcript in the README is that of a boot, numbers aside', async (t) => {
  const block = /```text\n\$ make run\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8'))?.[1] ?? '';
  const shown = block.split('\n').map(withoutNumbers);
  const { output } = await expectSuccess(t, {});
  const printed = output.split(/\r?\n/).map(withoutNumbers);
  t.true(shown.length > 20);
  let at = 0;
  for (const line of shown.filter((text) => text !== '' && text !== '…')) {
    const found = printed.indexOf(line, at);
    t.true(found >= at, `the boot does not print '${line}' there`);
    at = found + 1;
  }
});

/** What qemu.sh prints for somebody who is busy for a while, in milliseconds, after each piece that was read. */
function readSlowly(archive: string, pause: number): Promise<string> {
  const child = spawn('./qemu.sh', ['--timeout', '60', KERNEL, archive], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end();
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(output));
  });
}

test.serial('nothing that the guest prints is lost on a slow reader', async (t) => {
  const lines = tapLines(await readSlowly('out/test/components/run.cpio', 200));
  t.is(lines.at(-1), `1..${lines.length - 1}`);
  t.deepEqual(
    lines.slice(0, -1).map((line) => Number(/^ok (\d+) - /.exec(line)?.[1])),
    Array.from({ length: lines.length - 1 }, (_, index) => index + 1),
  );
});
