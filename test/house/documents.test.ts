import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import test from 'ava';
import { checkPaths, checkTargets, commands, makeTargets } from '../../tools/house/documents.ts';
import { projectFiles } from '../../tools/house/problem.ts';

const documents = projectFiles().filter((file) => file.endsWith('.md'));
const targets = makeTargets(readFileSync('Makefile', 'utf8'));

/** Commands of the documents that continuous integration runs, or that this suite runs elsewhere. */
const RUN_ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['make run', 'test/system/ways-in.test.ts'],
  ['make system', 'test/system/console.test.ts'],
  ['make test', '.ci/run'],
  ['make check', '.ci/run'],
  ['make debug', 'test/system/debugger.test.ts'],
  ['make size', 'test/system/ways-in.test.ts'],
  ['.ci/run', 'continuous integration'],
]);

/** Documents all of whose commands are run elsewhere, in another folder. */
const DOCUMENTS_RUN_ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['docs/first-component.md', 'test/system/sdk.test.ts'],
  ['tools/sdk/README.md', 'test/system/sdk.test.ts'],
]);

function runs(command: string): number | null {
  return spawnSync('sh', ['-c', command], { stdio: 'ignore', timeout: 60_000 }).status;
}

test('a path that does not exist is reported, in code spans and in links', (t) => {
  const text =
    'see `tools/none.ts` and [this](gone.md)\n```\n`tools/none.ts`\n```\n`tools/doctor` [x](https://a.example/b)';
  t.deepEqual(
    checkPaths('docs/a.md', text, (path) => path === 'tools/doctor').map(
      (problem) => `${problem.line} ${problem.text}`,
    ),
    [
      '1 names tools/none.ts, which does not exist: mend the path',
      '1 names docs/gone.md, which does not exist: mend the path',
    ],
  );
});

test('a make target that make help does not list is reported', (t) => {
  t.deepEqual(
    checkTargets('a.md', 'run `make run` or `make rum`\n', new Set(['run'])).map((problem) => problem.text),
    ['names make rum, which make help does not list'],
  );
  for (const target of ['run', 'test', 'check', 'debug', 'help', 'size', 'doctor', 'clean', 'format', 'docs']) {
    t.true(targets.has(target), target);
  }
});

test('every path and make target that the documents name exists', (t) => {
  t.true(documents.includes('README.md'));
  const problems = documents.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return [...checkPaths(file, text, existsSync), ...checkTargets(file, text, targets)];
  });
  t.deepEqual(problems, []);
});

test('every command in the documents is run, here or by continuous integration', (t) => {
  const here = documents.filter((file) => !DOCUMENTS_RUN_ELSEWHERE.has(file));
  const found = here.flatMap((file) => commands(file, readFileSync(file, 'utf8')));
  t.true(found.length > 0);
  const distinct = new Set(found.map((mention) => mention.text).filter((text) => !RUN_ELSEWHERE.has(text)));
  for (const command of distinct) {
    t.log(command);
    t.is(runs(command), 0, command);
  }
});
