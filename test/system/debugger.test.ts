import { readFileSync } from 'node:fs';
import test from 'ava';
import { run } from './boot.ts';
import { debug, freePort } from './gdb.ts';

const DEBUG_BUILD = ['out/debug/harmony.elf', 'out/debug/boot.cpio'] as const;

/** The first line of a source that holds a text: its number and the line itself. */
function place(file: string, text: string): { readonly line: number; readonly source: string } {
  const lines = readFileSync(file, 'utf8').split('\n');
  const index = lines.findIndex((line) => line.includes(text));
  if (index < 0) throw new Error(`${file} has no line with ${text}`);
  return { line: index + 1, source: lines[index] ?? '' };
}

test.serial('gdb stops at a line of the kernel and shows that source and its variables', async (t) => {
  const file = 'kernel-src/object/console.ts';
  const { line, source } = place(file, 'if (count === 0n');
  const { gdb, guest } = await debug(
    DEBUG_BUILD,
    [
      `file ${DEBUG_BUILD[0]}`,
      `break ${file}:${line}`,
      'continue',
      `list ${line},${line}`,
      'print count',
      'print/x bytes',
      'backtrace 1',
      'delete',
      'continue',
    ],
    60,
  );
  t.log(gdb.output.split('\n').slice(-12).join('\n'));
  t.true(gdb.output.includes(`at ${file}:${line}`), gdb.output);
  t.true(gdb.output.includes(`${line}\t${source}`), 'the line of TypeScript is shown');
  t.regex(gdb.output, /^\$1 = [1-8]$/m, 'count is one of 1 to 8');
  t.regex(gdb.output, /^\$2 = 0x[0-9a-f]+$/m, 'bytes has a value');
  t.regex(gdb.output, /^#0 +consoleWrite \(/m);
  t.is(guest.code, 0, guest.output);
});

test.serial('make debug stops at the first line of TypeScript that the kernel runs', async (t) => {
  const file = 'kernel-src/boot/main.ts';
  const { line } = place(file, 'export function bootMain(');
  const { output } = await run('tools/debug', [], 60, 'info args\nquit\n', { GDB_PORT: String(await freePort()) });
  t.true(output.includes(`at ${file}:${line}`), output);
  t.regex(output, /hart = \d+$/m, output);
  t.regex(output, /^deviceTree = \d+$/m, output);
});
