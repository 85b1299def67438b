/** Runs a kernel under gdb, without a person at it. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { run, TIMED_OUT, type BootResult } from './boot.ts';

/** A port that nobody uses right now. */
export function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

export interface DebugResult {
  readonly gdb: BootResult;
  readonly guest: BootResult;
}

/** Boots with `options` of qemu.sh, gives gdb its commands, and waits for the end of both. Limit in seconds. */
export async function debug(options: readonly string[], commands: readonly string[], limit = 60): Promise<DebugResult> {
  const port = await freePort();
  const guest = run('./qemu.sh', ['--gdb-port', String(port), '--timeout', String(limit), ...options], limit + 10);
  const settings = [
    'set confirm off',
    'set pagination off',
    'set architecture riscv:rv64',
    `target remote 127.0.0.1:${port}`,
  ];
  const script = [...settings, ...commands].flatMap((command) => ['-ex', command]);
  const gdb = await run('gdb-multiarch', ['-q', '-nx', '-batch', ...script], limit);
  if (gdb.code === TIMED_OUT) gdbKilled(port);
  return { gdb, guest: await guest };
}

/** A guest that still waits for its debugger is ended through one that tells it to. */
function gdbKilled(port: number): void {
  spawn('gdb-multiarch', ['-q', '-nx', '-batch', '-ex', `target remote 127.0.0.1:${port}`, '-ex', 'kill'], {
    stdio: 'ignore',
  });
}
