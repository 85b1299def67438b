/** The SDK, copied to a place outside of this tree: what its documents say is done there, and works. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { blocks } from '../../tools/book/blocks.ts';
import { commandOf, isShown } from '../../tools/book/transcript.ts';
import { commands } from '../../tools/house/documents.ts';
import { run, TIMED_OUT, type BootResult } from './boot.ts';
import { make } from './scratch.ts';

const DOCUMENT = 'docs/first-component.md';
const README = 'tools/sdk/README.md';
/** Of the document, what is done in the tree. */
const IN_TREE: ReadonlySet<string> = new Set(['make sdk']);
/** In seconds of real time. */
const LIMIT = 90;

const folder = mkdtempSync(join(tmpdir(), 'harmony-sdk-'));
const sdk = join(folder, 'sdk');
test.after.always(() => rmSync(folder, { recursive: true }));

/** Runs a command in the copy, without what a make around this test told it. */
function inCopy(command: string): Promise<BootResult> {
  const clean = 'unset MAKEFLAGS MAKELEVEL MFLAGS';
  const environment = { QEMU_OPTIONS: `--timeout ${LIMIT}` };
  return run('sh', ['-c', `${clean}; cd ${sdk} && ${command}`], LIMIT + 30, '', environment);
}

async function succeeds(t: ExecutionContext, command: string): Promise<string> {
  const { code, output } = await inCopy(command);
  t.is(code, 0, `${command}\n${output}`);
  return output;
}

function texts(file: string): readonly string[] {
  return commands(file, readFileSync(file, 'utf8')).map((mention) => mention.text);
}

test.serial('make sdk has written everything, and a second time nothing', async (t) => {
  const { code, output } = await make('.', ['sdk']);
  t.is(code, 0, output);
  t.notRegex(output, /^ {2}sdk /m);
  cpSync('out/sdk', sdk, { recursive: true });
});

test.serial('the commands of the chapter and of the README are run in the copy', async (t) => {
  const chapter = texts(DOCUMENT);
  t.true(IN_TREE.size > 0 && [...IN_TREE].every((command) => chapter.includes(command)));
  const all = new Set([...chapter, ...texts(README)].filter((command) => !IN_TREE.has(command)));
  t.true(all.size >= 6);
  for (const command of all) {
    t.log(command);
    await succeeds(t, command);
  }
});

const transcripts = blocks(readFileSync(DOCUMENT, 'utf8')).flatMap(({ language, content }) => {
  const command = language === 'text' ? commandOf(content) : null;
  return command === null ? [] : [{ command, shown: content.slice(1) }];
});

test.serial('the chapter shows what its commands print', async (t) => {
  t.true(transcripts.length >= 2);
  for (const { command, shown } of transcripts) {
    const output = await succeeds(t, command);
    t.is(isShown(shown, output), null, output);
  }
});

test('the chapter shows the Makefile as it is', (t) => {
  const shown = blocks(readFileSync(DOCUMENT, 'utf8')).filter(({ language }) => language === 'makefile');
  t.is(shown.length, 1);
  for (const { words, content } of shown) t.is(`${content.join('\n')}\n`, readFileSync(words[0] ?? '', 'utf8'));
});

for (const example of ['c', 'typescript']) {
  test.serial(
    `the example in ${example} is built where it lies, with a short Makefile, and runs on a U54`,
    async (t) => {
      const lines = readFileSync(join(sdk, 'examples', example, 'Makefile'), 'utf8')
        .trim()
        .split('\n');
      t.true(lines.length <= 24, `the Makefile has ${lines.length} lines`);
      await succeeds(t, `make -C examples/${example} run QEMU_OPTIONS='--cpu sifive-u54 --timeout ${LIMIT}'`);
      await succeeds(t, `make -C examples/${example} clean`);
      t.deepEqual(readdirSync(join(sdk, 'examples', example)).sort(), readdirSync(join('examples', example)).sort());
    },
  );
}

test.serial('a mistake in TypeScript is reported with its place, and nothing is built', async (t) => {
  cpSync(join(sdk, 'examples/typescript'), join(sdk, 'mistake'), { recursive: true });
  const path = join(sdk, 'mistake/main.ts');
  writeFileSync(path, readFileSync(path, 'utf8').replace('expected ? 0n : 1n', 'expected ? 0 : 1n'));
  const { code, output } = await inCopy('make -C mistake SDK=$PWD');
  t.not(code, 0);
  t.regex(output, /^main\.ts:\d+:\d+: error HC\d{4}: /m);
});

/** Every file below a folder, but for packages that others have written. */
function filesBelow(path: string): readonly string[] {
  return readdirSync(path, { withFileTypes: true }).flatMap((item) => {
    const below = join(path, item.name);
    if (!item.isDirectory()) return item.isFile() ? [below] : [];
    return item.name === 'node_modules' ? [] : filesBelow(below);
  });
}

test.serial('no file of the SDK names the place where it was made', (t) => {
  const files = filesBelow('out/sdk');
  t.true(files.length > 100);
  const place = Buffer.from(resolve('.') + '/');
  t.deepEqual(
    files.filter((file) => readFileSync(file).includes(place)),
    [],
  );
});

/** A program in C in the copy, built with the Makefile of the example. Answers what booting it gives. */
async function bootProgram(t: ExecutionContext, name: string, body: string): Promise<BootResult> {
  mkdirSync(join(sdk, name));
  cpSync(join(sdk, 'examples/c/Makefile'), join(sdk, name, 'Makefile'));
  const includes = ['assert', 'errno', 'stdio', 'stdlib'].map((header) => `#include <${header}.h>\n`).join('');
  const text = `${includes}#include "component.h"\nint main(void) { ${body} }\n`;
  writeFileSync(join(sdk, name, 'main.c'), text);
  await succeeds(t, `make -C ${name} SDK=$PWD`);
  return inCopy(`./qemu.sh --timeout ${LIMIT} kernel/Image ${name}/boot.cpio`);
}

const TABLE = 'HARMONY_BOOT_SLOT_TABLE';
for (const [title, body, code, line] of [
  ['what main returns is the exit code', 'return 7;', 7, null],
  ['what exit is given is the exit code', 'printf("no end of line"); exit(8);', 8, /no end of line/],
  ['a code that the machine does not have is a failure', 'return 256;', 255, null],
  ['a negative code is a failure', 'return -256;', 255, null],
  [
    'an assertion that fails says so',
    'assert(harmonyBootInfo == NULL); return 0;',
    134,
    /assert.*harmonyBootInfo == NULL/,
  ],
  ['abort is a failure', 'printf("then "); abort();', 134, /^then $/m],
  [
    'a component that may not stop the machine ends itself',
    `harmonyCapabilityTableDrop(${TABLE}, HARMONY_BOOT_SLOT_SYSTEM); return 0;`,
    1,
    /^exit: the outermost thread has returned/m,
  ],
  [
    'without its console printf fails with EIO',
    `harmonyCapabilityTableDrop(${TABLE}, HARMONY_BOOT_SLOT_CONSOLE); return printf("lost\\n") < 0 && errno == EIO ? 9 : 1;`,
    9,
    null,
  ],
  [
    'thread-local and floating-point data need no preparation',
    'static _Thread_local double half = 0.5; volatile double two = half * 4; return two == 2.0 ? 0 : 1;',
    0,
    null,
  ],
] as const) {
  test.serial(title, async (t) => {
    const found = await bootProgram(t, title.replace(/\W+/g, '-'), body);
    t.not(found.code, TIMED_OUT, found.output);
    t.is(found.code, code, found.output);
    if (line !== null) t.regex(found.output, line);
  });
}
