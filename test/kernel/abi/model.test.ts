/** The check that the description of the interface and the kernel agree: each kind of disagreement is found. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { readModel } from '../../../tools/abi/model.ts';

/** The problems in a copy of the sources in which one text is replaced by another. */
function problemsAfter(file: string, from: string | RegExp, to: string): readonly string[] {
  const root = mkdtempSync(join(tmpdir(), 'harmony-abi-'));
  try {
    cpSync('kernel-src', join(root, 'kernel-src'), { recursive: true });
    const path = join(root, 'kernel-src', file);
    const text = readFileSync(path, 'utf8');
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`${file}: found no ${String(from)}`);
    writeFileSync(path, changed);
    return readModel(root).problems;
  } finally {
    rmSync(root, { recursive: true });
  }
}

const CASES: readonly (readonly [string, string, string | RegExp, string, RegExp])[] = [
  [
    'a number used twice',
    'abi/operations.ts',
    'SYSTEM_REBOOT: u64 = 3n',
    'SYSTEM_REBOOT: u64 = 2n',
    /number 2 2 times/,
  ],
  [
    'an unknown error',
    'abi/capability-table-operations.ts',
    '@error Empty',
    '@error Void',
    /'Void'; expected the name of an error/,
  ],
  ['an unknown kind', 'abi/operations.ts', '@kind Console', '@kind Screen', /'Screen'; expected the name of a kind/],
  ['a right of another kind', 'abi/operations.ts', '@rights write', '@rights inspect', /'inspect'; expected a right/],
  [
    'an operation without text',
    'abi/operations.ts',
    'Starts the machine again. Does not return.',
    '',
    /no description/,
  ],
  [
    'a hole in the errors',
    'abi/errors.ts',
    'ERROR_BUSY: u64 = 13n',
    'ERROR_BUSY: u64 = 14n',
    /ERROR_BUSY is 14; expected 13/,
  ],
  [
    'a wrong kind in the dispatch table',
    'entry/syscall.ts',
    'need: KIND_FRAMES',
    'need: KIND_DEVICE',
    /line 4 of OPERATIONS/,
  ],
  [
    'a missing right in the dispatch table',
    'entry/syscall.ts',
    / \| \(RIGHT_CONSOLE_WRITE << SLOT_RIGHTS_SHIFT\)/,
    '',
    /line 1/,
  ],
  ['a wrong function in the dispatch table', 'entry/syscall.ts', 'run: systemReboot', 'run: systemShutdown', /line 3/],
  ['a missing line in the dispatch table', 'entry/syscall.ts', /\n.*\/\* 7 \*\/.*/, '', /has 63 lines; expected 64/],
];

for (const [what, file, from, to, expected] of CASES) {
  test(`${what} is found`, (t) => {
    const problems = problemsAfter(file, from, to);
    t.true(
      problems.some((problem) => expected.test(problem)),
      problems.join('\n'),
    );
  });
}

test('the sources as they are agree', (t) => {
  t.deepEqual(readModel().problems, []);
});
