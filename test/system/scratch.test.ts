import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { run } from './boot.ts';
import { copyProject, make } from './scratch.ts';

const folder = copyProject();
test.after.always(() => rmSync(folder, { recursive: true }));

/** What the compiler wrote for one program: the C, its headers, and the rest. Files of an older build may lie beside. */
function generated(root: string, folder: string): readonly string[] {
  const sources = readFileSync(join(root, folder, 'c/sources.txt'), 'utf8')
    .trim()
    .split('\n');
  const headers = sources
    .map((name) => name.replace(/\.c$/, '.h'))
    .filter((name) => existsSync(join(root, folder, name)));
  const others = ['c/sources.txt', 'offsets.h', 'layout.txt', 'js/program.js', 'js/yielding.js'];
  return [...sources, ...headers, ...others].map((name) => join(folder, name));
}

const IMAGES = [
  'kernel/harmony.elf',
  'kernel/Image',
  'debug/harmony.elf',
  'user/booter.elf',
  'debug/booter.elf',
  'boot.cpio',
  'c-library/libharmony.a',
];

/** Everything that a build leaves for the machine, and what it was made of. */
function fingerprints(root: string): ReadonlyMap<string, string> {
  const files = [
    ...IMAGES.map((name) => join('out', name)),
    ...generated(root, 'out/kernel'),
    ...generated(root, 'out/user/booter'),
  ];
  return new Map(
    files.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(root, name)))
        .digest('hex'),
    ]),
  );
}

test.serial('harmonyc says in one line that it is not built yet', async (t) => {
  const { code, output } = await run(join(folder, 'bin/harmonyc'), ['--help'], 20);
  t.is(code, 3);
  t.regex(output, /^harmonyc: the compiler is not built yet .*: run `make compiler`\n$/);
});

test.serial('two builds in two folders give the same bytes', async (t) => {
  t.timeout(400_000);
  const { code, output } = await make(folder, ['images', 'c-library']);
  if (code !== 0) t.log(output);
  t.is(code, 0);
  const here = fingerprints('.');
  t.true(here.size > 60);
  const there = fingerprints(folder);
  t.deepEqual([...there.keys()], [...here.keys()]);
  const different = [...here.keys()].filter((name) => here.get(name) !== there.get(name));
  t.deepEqual(different, []);
});

/** One mistake in a check of the kernel: the text that stands there, and what it becomes. */
const PLANTED = {
  file: 'kernel-src/object/console.ts',
  from: 'count === 0n || count > CONSOLE_BYTES',
  to: 'count > CONSOLE_BYTES',
};

/** Leaves only the test of the components, so that make test is short. */
function keepComponentTests(): void {
  for (const group of ['compiler', 'kernel', 'house'])
    rmSync(join(folder, 'test', group), { recursive: true, force: true });
  const tests = readdirSync(join(folder, 'test/system')).filter((name) => name.endsWith('.test.ts'));
  for (const name of tests.filter((test) => test !== 'components.test.ts')) rmSync(join(folder, 'test/system', name));
}

test.serial('a check of the kernel that is broken makes make test red', async (t) => {
  t.timeout(400_000);
  keepComponentTests();
  const sound = await make(folder, ['test']);
  t.is(sound.code, 0, sound.output);
  t.regex(sound.output, /^[1-9]\d* passed, 0 failed$/m);

  const path = join(folder, PLANTED.file);
  const source = readFileSync(path, 'utf8');
  t.is(source.split(PLANTED.from).length, 2, 'the text of the check stands in the file once');
  writeFileSync(path, source.replace(PLANTED.from, PLANTED.to));
  const broken = await make(folder, ['test']);
  t.not(broken.code, 0, broken.output);
  t.regex(broken.output, /^\d+ passed, [1-9]\d* failed$/m);
  t.regex(broken.output, /^# +not ok /m);
});
