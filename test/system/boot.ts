/** Boots an image under qemu.sh. The verdict is the exit code; the output is kept for the log. */
import { spawn } from 'node:child_process';
import type { ExecutionContext } from 'ava';

export interface BootOptions {
  readonly cpu?: string;
  readonly harts?: number;
  /** As qemu.sh takes it: 64M, 2G. */
  readonly memory?: string;
  /** A device tree to use instead of the emulator's. */
  readonly deviceTree?: string;
  readonly kernel?: string;
  /** Boot archive; null: none. */
  readonly archive?: string | null;
  /** In seconds of real time. */
  readonly timeout?: number;
}

export interface BootResult {
  readonly code: number;
  /** What the guest printed, firmware included. */
  readonly output: string;
}

export const KERNEL = 'out/kernel/Image';
export const ARCHIVE = 'out/boot.cpio';

/** What qemu.sh answers when the guest did not stop in time. */
export const TIMED_OUT = 124;

function commandLine(options: BootOptions): readonly string[] {
  const line = ['--timeout', String(options.timeout ?? 30)];
  if (options.cpu !== undefined) line.push('--cpu', options.cpu);
  if (options.harts !== undefined) line.push('--smp', String(options.harts));
  if (options.memory !== undefined) line.push('--memory', options.memory);
  if (options.deviceTree !== undefined) line.push('--dtb', options.deviceTree);
  line.push(options.kernel ?? KERNEL);
  const archive = options.archive === undefined ? ARCHIVE : options.archive;
  return [...line, archive ?? 'none'];
}

/** Runs a command to its end, at most `limit` seconds; both outputs are in the answer, in the order of their coming. */
export function run(
  command: string,
  args: readonly string[],
  limit: number,
  input = '',
  environment: Readonly<Record<string, string>> = {},
): Promise<BootResult> {
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: limit * 1000,
    killSignal: 'SIGKILL',
    env: { ...process.env, ...environment },
  });
  child.stdin.on('error', () => undefined).end(input);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? TIMED_OUT, output }));
  });
}

export function boot(options: BootOptions): Promise<BootResult> {
  return run('./qemu.sh', commandLine(options), (options.timeout ?? 30) + 15);
}

/** Lines of the guest that are TAP: they go into the report of the test. The machine may stop within the end of the last line. */
export function tapLines(output: string): readonly string[] {
  return output.split(/\r?\n|\r$/).filter((line) => /^(ok |not ok |1\.\.\d)/.test(line));
}

/** Boots and expects exit code 0; on failure the whole output is in the report. */
export async function expectSuccess(t: ExecutionContext, options: BootOptions): Promise<BootResult> {
  const result = await boot(options);
  for (const line of tapLines(result.output)) t.log(line);
  if (result.code !== 0) t.log(result.output);
  t.is(
    result.code,
    0,
    result.code === TIMED_OUT ? 'the guest did not stop in time' : `the guest stopped with ${result.code}`,
  );
  return result;
}

/** The lines in which the kernel says why it cannot boot. */
export function refusals(output: string): readonly string[] {
  return output.split(/\r?\n/).filter((line) => /^boot failed: \S.{10,}/.test(line));
}

/** Boots what cannot run: the guest stops by itself with a failure and one line that says why. */
export async function expectRefusal(t: ExecutionContext, options: BootOptions): Promise<void> {
  const { code, output } = await boot(options);
  const lines = refusals(output);
  t.log(...lines);
  if (code === 0 || code === TIMED_OUT || lines.length !== 1) t.log(output);
  t.not(code, 0, 'the guest reported success');
  t.not(code, TIMED_OUT, 'the guest did not stop in time');
  t.is(lines.length, 1, 'one line says what is wrong');
}
