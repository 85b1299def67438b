/** The stated calls as C: a process on the host under UBSan, and a bare program on the RISC-V emulator. */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, type Built } from './build.ts';
import { literalInC, type StatedCall } from './stated-calls.ts';

/** Holds the drivers in C. */
export const WORLDS = join(ROOT, 'test', 'compiler', 'worlds');
/** What all C of the tests is compiled with. Generated C counts on the last two (see compiler/runtime/harmonyc.h). */
export const C_FLAGS = [
  ...['-std=gnu11', '-Wall', '-Wextra', '-Wconversion', '-Werror', '-g', '-O1'],
  ...['-fno-strict-aliasing', '-fno-delete-null-pointer-checks'],
];
const HOST_FLAGS = ['-fsanitize=undefined', '-fno-sanitize-recover'];
export const RISCV_FLAGS = [
  '-march=rv64imac_zicsr_zifencei',
  '-mabi=lp64',
  '-mcmodel=medany',
  '-ffreestanding',
  '-fno-tree-loop-distribute-patterns',
  '-nostdlib',
  '-static',
  '-Wl,--build-id=none,--no-warn-rwx-segments',
];

export interface Finished {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs a program to its end, whatever its exit code; it is killed after `seconds`. */
export function run(command: string, values: readonly string[], seconds: number): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const options = { cwd: ROOT, timeout: seconds * 1000, maxBuffer: 1 << 26 };
    const child = execFile(command, values, options, (error, output, errors) => {
      if (child.pid === undefined) reject(new Error(`${command} could not be started: ${String(error)}`));
      else if (child.exitCode === null)
        reject(new Error(`${command} did not end: ${String(error)}\n${output}${errors}`));
      else resolve({ code: child.exitCode, output, errors });
    });
  });
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

/** The C files of the program, relative to its folder. */
export function sourcesOf(built: Built): readonly string[] {
  return readFileSync(join(built.folder, 'c', 'sources.txt'), 'utf8')
    .trimEnd()
    .split('\n');
}

/** The table of calls in C. */
function callsInC(built: Built, calls: readonly StatedCall[]): string {
  const headers = sourcesOf(built).map((path) => `#include "${path.replace(/\.c$/, '.h')}"`);
  const functions = calls.map((call, index) => {
    return `static void call${index}(void) { REPORT(${call.name}(${call.values.map(literalInC).join(', ')})); }`;
  });
  const rows = calls.map((call, index) => `  {${quoted(call.text)}, ${quoted(call.expected)}, call${index}},`);
  return [
    '#include "driver.h"',
    ...headers,
    '',
    ...functions,
    '',
    'const AcceptCall acceptCalls[] = {',
    ...rows,
    '};',
    `const u32 acceptCallCount = ${calls.length};`,
    '',
  ].join('\n');
}

/** Compiles the program, the table of calls and the driver into `target`. */
async function compileC(built: Built, compiler: string, target: string, flags: readonly string[]): Promise<void> {
  const table = join(built.folder, 'calls.c');
  writeFileSync(table, callsInC(built, built.calls));
  const modules = sourcesOf(built).map((path) => join(built.folder, path));
  const includes = ['-I', join(ROOT, 'compiler', 'runtime'), '-I', built.folder, '-I', WORLDS];
  const sources = [...modules, table, join(WORLDS, 'driver.c')];
  const values = [...C_FLAGS, ...includes, ...flags, ...sources, '-o', join(built.folder, target)];
  const { code, output, errors } = await run(compiler, values, 120);
  if (code !== 0) throw new Error(`${compiler} refused the generated C (exit code ${code}):\n${output}${errors}`);
}

const LINE = /^(ok|not ok) - (.*) = (.*)$/;

/** The outcomes in the driver's TAP, which must have a line for each call. */
function outcomesOf(finished: Finished, calls: readonly StatedCall[]): readonly string[] {
  const lines = finished.output.split(/\r?\n/).flatMap((line) => LINE.exec(line)?.slice(1) ?? []);
  const outcomes = calls.map((call, index) => {
    const [, text, outcome] = lines.slice(index * 3, index * 3 + 3);
    if (text === call.text && outcome !== undefined) return outcome;
    const end = `${finished.output}\n${finished.errors}`.slice(-2000);
    throw new Error(
      `${call.place}: no outcome of ${call.text}; exit code ${finished.code}, the output ends in\n${end}`,
    );
  });
  const failed = calls.some((call, index) => outcomes[index]?.split(' ')[0] !== call.expected);
  if ((finished.code !== 0) !== failed) {
    throw new Error(`the driver ended with exit code ${finished.code}\n${finished.errors}`);
  }
  return outcomes;
}

/** C on the host; undefined behaviour ends the process. `flags`: further ones for the compiler. */
export async function runHostC(built: Built, flags: readonly string[] = []): Promise<readonly string[]> {
  const target = join(ROOT, 'compiler', 'runtime', 'host');
  await compileC(built, 'gcc', 'host', ['-I', target, ...HOST_FLAGS, ...flags, join(WORLDS, 'host.c')]);
  return outcomesOf(await run(join(built.folder, 'host'), [], 60), built.calls);
}

/** C on the emulated RISC-V machine, with the atomics of arch/riscv; gives the TAP that it printed as well. */
export async function runRiscv(built: Built): Promise<{ outcomes: readonly string[]; tap: string }> {
  const machine = join(ROOT, 'arch', 'riscv');
  const bare = ['-T', join(WORLDS, 'bare.ld'), join(WORLDS, 'bare.S'), join(WORLDS, 'bare.c')];
  await compileC(built, 'riscv64-unknown-elf-gcc', 'bare.elf', ['-I', machine, ...RISCV_FLAGS, ...bare]);
  const finished = await run(join(ROOT, 'qemu.sh'), ['--timeout', '60', join(built.folder, 'bare.elf'), 'none'], 90);
  return { outcomes: outcomesOf(finished, built.calls), tap: finished.output.replace(/\r/g, '') };
}
