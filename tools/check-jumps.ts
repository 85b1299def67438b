/**
 * Checks images of the kernel: the ways from one thread to another are reached by jumps, never by calls. A call would
 * leave something on the hart's stack that nobody takes off again. And a function that uses `hartOnEntry` is reached by
 * jumps: it takes the place of the stack for that of the hart's block, which is true only while the stack is empty.
 * Usage: check-jumps GENERATED IMAGE... (the folder of the C that the images were made of).
 */
import { spawnSync } from 'node:child_process';
import { programOf, wrongCalls, type Program } from './entered.ts';

/** Assembly that does not return; the stack must be empty where it is entered. */
const WAYS = [
  'threadSwitch',
  'threadSwitchAnswer',
  'threadLeave',
  'threadLeaveAnswer',
  'threadContinue',
  'threadRestore',
  'threadSleep',
  'threadSleepAgain',
  'invocationEnter',
  'invocationLeave',
  'trapEntry',
  'idleWake',
];
/** A call sets `ra`; the disassembler leaves `ra` out of `jal` and `jalr`, and writes a jump as `j` or `jr`. */
const CALL = /\t(?:jal|jalr|c\.jalr|c\.jal)\t(.*)$/;

interface Use {
  readonly calls: readonly string[];
  readonly jumps: number;
}

function usesOf(lines: readonly string[], name: string): Use {
  const here = lines.filter((line) => line.includes(`<${name}>`) && !line.endsWith('>:'));
  const calls = here.filter((line) => CALL.test(line) && !/\tjalr?\tzero,/.test(line));
  return { calls, jumps: here.length - calls.length };
}

function check(image: string, program: Program): readonly string[] {
  const { status, stdout, stderr } = spawnSync('riscv64-unknown-elf-objdump', ['-d', image], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) return [`${image}: objdump could not read it: ${stderr.trim()}`];
  const lines = stdout.split('\n');
  const ways = WAYS.flatMap((name) => {
    const { calls, jumps } = usesOf(lines, name);
    if (calls.length > 0) {
      const at = calls.map((line) => line.trim().split(':')[0] ?? '').join(', ');
      return [`${image}: ${name} is called at ${at}; expected jumps only: it must stand in the place of a result`];
    }
    const isEntered = jumps > 0 || lines.some((line) => line.endsWith(`<${name}>:`));
    return isEntered ? [] : [`${image}: found no ${name}; expected it: correct the list in tools/check-jumps.ts`];
  });
  return [...ways, ...wrongCalls(lines, program).map((problem) => `${image}: ${problem}`)];
}

const [generated = '', ...images] = process.argv.slice(2);
const program = programOf(generated);
const problems = images.flatMap((image) => check(image, program));
for (const problem of problems) process.stderr.write(`check-jumps: ${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
