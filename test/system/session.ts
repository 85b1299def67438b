/** A machine that somebody types into. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Session {
  /** Types, as a terminal would send it. */
  readonly type: (text: string) => void;
  /** Waits until the output so far matches; throws after `seconds`. */
  readonly expect: (pattern: RegExp, seconds?: number) => Promise<void>;
  /** Waits for the end: the exit code. */
  readonly end: (seconds?: number) => Promise<number>;
  /** Everything that was printed. */
  readonly output: () => string;
  /** Seconds of processor time that the emulator has used. */
  readonly processorTime: () => number;
}

/** Ticks of a second in /proc (proc(5): sysconf(_SC_CLK_TCK), 100 on Linux). */
const TICKS = 100;
/** Where user and system time stand among the fields behind the name of the command. */
const USER_TIME = 11;
/** How often what was printed is looked at, in milliseconds. */
const LOOK = 20;
/** How much of the output an error shows. */
const SHOWN = 600;

/** Processor time of a process, from its status line (proc(5), /proc/pid/stat). */
function processorTime(child: ChildProcess): number {
  const line = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[USER_TIME]) + Number(fields[USER_TIME + 1])) / TICKS;
}

/** Boots a kernel and an archive. Without a timeout of qemu.sh, the emulator is the process itself. */
export function session(args: readonly string[]): Session {
  const child = spawn('./qemu.sh', args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  let code: number | null = null;
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stdin.on('error', () => undefined);
  child.on('close', (value) => (code = value ?? -1));
  const wait = async (what: string, holds: () => boolean, seconds: number): Promise<void> => {
    for (let rest = (seconds * 1000) / LOOK; rest > 0 && !holds(); rest -= 1) await sleep(LOOK);
    if (holds()) return;
    child.kill('SIGKILL');
    throw new Error(`waited ${seconds} seconds for ${what}; found:\n…${output.slice(-SHOWN)}`);
  };
  return {
    type: (text) => void child.stdin.write(text),
    expect: (pattern, seconds = 30) => wait(String(pattern), () => pattern.test(output), seconds),
    end: async (seconds = 30) => {
      await wait('the end of the machine', () => code !== null, seconds);
      return code ?? -1;
    },
    output: () => output,
    processorTime: () => processorTime(child),
  };
}
