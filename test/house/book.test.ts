/** The tools that write into the book what it shows. */
import test from 'ava';
import { blocks, replaceBlocks } from '../../tools/book/blocks.ts';
import { firstVisit, functionOfC, machineCode, pathTable, symbols } from '../../tools/book/built.ts';
import { sourceOf } from '../../tools/book/sources.ts';
import { commandOf, isShown } from '../../tools/book/transcript.ts';

const DOCUMENT = ['# A', '```ts kernel-src/a.ts add', 'old', '```', 'text', '```sh', 'make run', '```', ''].join('\n');
const SOURCE = '/** Header. */\n\nconst A: u32 = 1;\n\n/** Adds. */\nexport function add(): void {\n  a();\n}\n';

test('blocks are found with their languages and words, and replaced', (t) => {
  const [first, second, ...more] = blocks(DOCUMENT);
  t.deepEqual(first, { line: 2, language: 'ts', words: ['kernel-src/a.ts', 'add'], content: ['old'] });
  t.deepEqual(second, { line: 6, language: 'sh', words: [], content: ['make run'] });
  t.deepEqual(more, []);
  if (first === undefined) return;
  const changed = replaceBlocks(DOCUMENT, new Map([[first, ['new', 'lines']]]));
  t.is(changed, DOCUMENT.replace('old', 'new\nlines'));
});

test('a declaration is shown with its comment, and nothing else of the file', (t) => {
  const read = (file: string): string | null => (file === 'kernel-src/a.ts' ? SOURCE : null);
  t.deepEqual(sourceOf('ts', ['kernel-src/a.ts', 'add'], read), [
    '/** Adds. */',
    'export function add(): void {',
    '  a();',
    '}',
  ]);
  t.deepEqual(sourceOf('ts', ['kernel-src/a.ts', 'A'], read), ['const A: u32 = 1;']);
  t.is(sourceOf('ts', ['kernel-src/a.ts', 'gone'], read), 'shows gone, which kernel-src/a.ts does not declare');
  t.is(sourceOf('ts', ['b.ts', 'add'], read), 'shows b.ts, which does not exist: mend the path');
  t.is(sourceOf('text', [], read), null);
});

test('assembly is shown from a label to a line', (t) => {
  const read = (): string => 'before:\n  ret\nname:\n  nop\n  ret\n  nop\n';
  t.deepEqual(sourceOf('asm', ['a.S', 'name'], read), ['name:', '  nop', '  ret']);
  t.deepEqual(sourceOf('asm', ['a.S', 'name', 'nop'], read), ['name:', '  nop']);
  t.is(sourceOf('asm', ['a.S', 'name', 'sret'], read), 'shows name to sret, which a.S does not have');
});

test('a function of C is its definition, not its prototype, without lines for the debugger', (t) => {
  const text =
    'u32 f(u32 a,\n    u32 b);\n#line 3 "a.ts"\nu32 f(u32 a,\n    u32 b) {\n#line 4 "a.ts"\n  return a;\n}\n';
  t.deepEqual(functionOfC(text, 'f'), ['u32 f(u32 a,', '    u32 b) {', '  return a;', '}']);
  t.is(functionOfC(text, 'g'), null);
});

test('machine code is shown without what moves with the image', (t) => {
  const listing = [
    '',
    'ffffffc080201e3c <f>:',
    'ffffffc080201e3c:\tld\ta4,48(a6)',
    'ffffffc080201e40:\tbne\ta4,a5,ffffffc080201e74 <f+0x38>',
    'ffffffc080201e44:\tauipc\ta5,0x9',
    'ffffffc080201e48:\tld\ta5,-1622(a5) # ffffffc08020a808 <table>',
    '',
    'ffffffc080201e4c <g>:',
    'ffffffc080201e4c:\tret',
  ].join('\n');
  t.deepEqual(machineCode(listing, 'f'), [
    '  ld      a4,48(a6)',
    '  bne     a4,a5,<f+0x38>',
    '  auipc   a5,…',
    '  ld      a5,…(a5)  # <table>',
  ]);
  t.deepEqual(machineCode(listing, 'g'), ['  ret']);
  t.is(machineCode(listing, 'h'), null);
});

test('a visit of the kernel is followed from the trap vector on', (t) => {
  const list = symbols('0000000000000010 T trapVector\n0000000000000030 t inspect\n0000000000000020 T other\n');
  const log = ['10', '12', '20', '10', '12', '30', '34', '14', '10', '30'].map(
    (address, index) => `Trace 0: 0x7f00 [0000000000000000/00000000000000${address}/00209001/ff000201] ${index}`,
  );
  const visit = firstVisit(log.join('\n'), list, 'inspect');
  t.deepEqual(visit, [
    { name: 'trapVector', instructions: 2 },
    { name: 'inspect', instructions: 2 },
    { name: 'trapVector', instructions: 1 },
  ]);
  t.is(pathTable(visit ?? []).at(-1), '  together                   5');
  t.is(firstVisit(log.join('\n'), list, 'gone'), null);
});

test('a transcript is compared without numbers, and may leave lines out only where it says so', (t) => {
  t.is(commandOf(['$ make run', 'a']), 'make run');
  t.is(commandOf(['a', '$ make run']), null);
  const printed = 'one 1\n  two: 0x22, 1,000\nthree\n';
  t.is(isShown(['one 9', 'two: 0x3, 7', 'three'], printed), null);
  t.is(isShown(['…', 'three'], printed), null);
  t.is(isShown(['one 1', '…'], printed), null);
  t.is(isShown(['one 1', 'three'], printed), 'three');
  t.is(isShown(['a test'], 'a test (12ms)\n'), null);
  t.is(isShown(['two: 0x3, 7', '…'], printed), 'two: 0x3, 7');
  t.is(isShown(['one 1', 'two: 0x3, 7'], printed), '(the end)');
  t.is(isShown(['one 1', '…', 'four'], printed), 'four');
});
