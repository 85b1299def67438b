/** The scripts that look for Node and install packages, run with folders of stand-ins as their only search path. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import test, { type ExecutionContext } from 'ava';

const TOOLS = ['sh', 'sed', 'head', 'mkdir', 'env'];
const PRESENT = ['riscv64-unknown-elf-gcc', 'qemu-system-riscv64', 'gdb-multiarch', 'dtc', 'gcc'];

interface Machine {
  /** Stand-in commands: name and shell script. */
  readonly commands: Readonly<Record<string, string>>;
  readonly release?: string;
  readonly header?: boolean;
}
interface Answer {
  readonly code: number | null;
  readonly lines: readonly string[];
  /** What the stand-ins wrote to the file `calls`. */
  readonly calls: string;
}

function answer(t: ExecutionContext, script: string, machine: Machine): Answer {
  const folder = mkdtempSync(join(tmpdir(), 'harmony-machine-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  for (const tool of TOOLS) {
    const found = spawnSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).stdout.trim();
    symlinkSync(found, join(folder, tool));
  }
  for (const [name, text] of Object.entries(machine.commands)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  const release = join(folder, 'os-release');
  writeFileSync(release, machine.release ?? 'ID=debian\nVERSION_ID="12"\n');
  const header = machine.header === false ? join(folder, 'no-header.h') : release;
  const { status, stdout, stderr } = spawnSync(resolve(script), [], {
    encoding: 'utf8',
    cwd: folder,
    env: { PATH: folder, OS_RELEASE: release, C_HEADER: header },
    timeout: 20_000,
  });
  const log = join(folder, 'calls');
  const calls = existsSync(log) ? readFileSync(log, 'utf8') : '';
  return { code: status, lines: (stdout + stderr).split('\n').filter((line) => line !== ''), calls };
}

const CROSS_COMPILER = 'riscv64-unknown-elf-gcc';

/** Stand-ins for every command but some; the cross compiler knows where its C library is. */
function present(except: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    PRESENT.filter((name) => !except.includes(name)).map((name) => [
      name,
      name === CROSS_COMPILER ? 'echo /usr/lib/picolibc.specs' : 'exit 0',
    ]),
  );
}

for (const [title, commands, expected] of [
  ['no Node', {}, 'Node was not found'],
  ['an old Node', { node: 'echo v18.19.0' }, 'found Node 18.19.0, which is too old'],
  ['a Node just too old', { node: 'echo v20.18.3' }, 'found Node 20.18.3, which is too old'],
  ['something else called node', { node: 'echo hello' }, "answered 'hello', which is no version"],
  ['a Node without npm', { node: 'echo v22.1.0' }, 'without npm'],
] as const) {
  test(`${title} ends in one line that says what was found and what to do`, (t) => {
    const { code, lines } = answer(t, 'tools/need-node', { commands });
    t.is(code, 1);
    t.is(lines.length, 1);
    t.true(lines[0]?.includes(expected), lines[0]);
    t.true(lines[0]?.includes('install'), lines[0]);
  });
}

test('make without Node ends in one line, and make help still helps', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'harmony-machine-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  for (const tool of ['make', 'sh', 'sed', 'awk']) {
    const found = spawnSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).stdout.trim();
    symlinkSync(found, join(folder, tool));
  }
  const options = { encoding: 'utf8', env: { PATH: folder }, timeout: 20_000 } as const;
  for (const goal of ['run', 'test', 'check']) {
    const { status, stdout, stderr } = spawnSync(join(folder, 'make'), [goal], options);
    t.not(status, 0);
    const lines = (stdout + stderr).split('\n').filter((line) => line !== '');
    t.is(lines.length, 1, lines.join('\n'));
    t.true(lines[0]?.includes('Node was not found: install Node 20.19 or newer'), lines[0]);
  }
  const help = spawnSync(join(folder, 'make'), ['help'], options);
  t.is(help.status, 0);
  t.true(help.stdout.includes('make run'));
});

test('Node 20.19 and newer pass silently', (t) => {
  for (const version of ['v20.19.0', 'v22.0.0', 'v100.1.2-nightly']) {
    t.deepEqual(answer(t, 'tools/need-node', { commands: { node: `echo ${version}`, npm: 'exit 0' } }), {
      code: 0,
      lines: [],
      calls: '',
    });
  }
});

test('nothing is installed when nothing is missing', (t) => {
  t.deepEqual(answer(t, 'tools/install-packages', { commands: present() }), { code: 0, lines: [], calls: '' });
});

test('as root the missing packages are installed, and no others', (t) => {
  const commands = { ...present(['dtc', 'gcc']), id: 'echo 0', 'apt-get': 'echo "$@" >>calls' };
  const { code, lines, calls } = answer(t, 'tools/install-packages', { commands, header: false });
  t.is(code, 0);
  t.deepEqual(lines, ['  install   apt packages: device-tree-compiler gcc libc6-dev']);
  t.is(calls, '-q update\n-q install -y --no-install-recommends device-tree-compiler gcc libc6-dev\n');
});

test('a cross compiler that knows no picolibc gets it', (t) => {
  const commands = { ...present(), [CROSS_COMPILER]: 'echo picolibc.specs', id: 'echo 0', 'apt-get': 'exit 0' };
  const { code, lines } = answer(t, 'tools/install-packages', { commands });
  t.is(code, 0);
  t.deepEqual(lines, ['  install   apt packages: picolibc-riscv64-unknown-elf']);
});

test('without the cross compiler both it and its C library are named', (t) => {
  const commands = { ...present([CROSS_COMPILER]), id: 'echo 1000' };
  const { code, lines } = answer(t, 'tools/install-packages', { commands });
  t.is(code, 1);
  t.true(lines[0]?.endsWith('missing packages: gcc-riscv64-unknown-elf picolibc-riscv64-unknown-elf'), lines[0]);
});

test('without root, without sudo: one line names the packages', (t) => {
  const { code, lines } = answer(t, 'tools/install-packages', { commands: { ...present(['dtc']), id: 'echo 1000' } });
  t.is(code, 1);
  t.is(lines.length, 1);
  t.true(lines[0]?.includes('sudo was not found'), lines[0]);
  t.true(lines[0]?.endsWith('missing packages: device-tree-compiler'), lines[0]);
});

test('a sudo that wants a password where there is no terminal: one line', (t) => {
  const commands = { ...present(['dtc']), id: 'echo 1000', sudo: 'exit 1' };
  const { code, lines } = answer(t, 'tools/install-packages', { commands });
  t.is(code, 1);
  t.is(lines.length, 1);
  t.true(lines[0]?.includes('asks for a password'), lines[0]);
});

test('without a network: one line with what apt-get said', (t) => {
  const apt = 'if [ "$2" = install ]; then echo "E: Unable to fetch some archives" >&2; exit 100; fi';
  const commands = { ...present(['dtc']), id: 'echo 0', 'apt-get': apt };
  const { code, lines } = answer(t, 'tools/install-packages', { commands });
  t.is(code, 1);
  t.is(lines.length, 2);
  t.true(lines[1]?.includes('Unable to fetch some archives'), lines[1]);
});

test('another distribution: one line names it and the packages', (t) => {
  const machine = { commands: { ...present(['gcc']), id: 'echo 0' }, release: 'ID=fedora\nVERSION_ID=41\n' };
  const { code, lines } = answer(t, 'tools/install-packages', machine);
  t.is(code, 1);
  t.is(lines.length, 1);
  t.true(lines[0]?.includes("this is 'fedora 41'"), lines[0]);
});
