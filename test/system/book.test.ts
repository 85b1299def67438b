/** What the documents show of the built system is what it does: transcripts, generated C, machine code. */
import { readFileSync } from 'node:fs';
import test from 'ava';
import { blocks } from '../../tools/book/blocks.ts';
import { commandOf, isShown } from '../../tools/book/transcript.ts';
import { projectFiles } from '../../tools/house/problem.ts';
import { run } from './boot.ts';

/** Transcripts that another test compares: by their command, and all those of a document. */
const ELSEWHERE: ReadonlySet<string> = new Set(['make run']);
const DOCUMENTS_ELSEWHERE: ReadonlySet<string> = new Set(['docs/first-component.md']);

const transcripts = projectFiles()
  .filter((file) => file.endsWith('.md') && !DOCUMENTS_ELSEWHERE.has(file))
  .flatMap((file) =>
    blocks(readFileSync(file, 'utf8'))
      .filter((block) => block.language === 'text')
      .flatMap(({ line, content }) => {
        const command = commandOf(content);
        return command === null || ELSEWHERE.has(command) ? [] : [{ place: `${file}:${line}`, command, content }];
      }),
  );

test('there are transcripts to compare', (t) => {
  t.true(transcripts.length >= 5);
});

for (const { place, command, content } of transcripts) {
  test.serial(`${place} shows what '${command}' prints`, async (t) => {
    const { code, output } = await run('sh', ['-c', command], 100);
    t.is(code, 0, output);
    const missing = isShown(content.slice(1), output);
    if (missing !== null) t.log(output);
    t.is(missing, null, `the command does not print '${missing ?? ''}' there`);
  });
}

test.serial('C, machine code and counts in the documents are those of the build', async (t) => {
  const { code, output } = await run('node', ['--enable-source-maps', 'out/node/tools/show-built.js', '--check'], 100);
  t.log(output);
  t.is(code, 0, 'run `make book` and commit the documents');
});
