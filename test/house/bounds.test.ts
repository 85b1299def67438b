/** What `make bounds` counts, on small programs in assembly. */
import test, { type ExecutionContext } from 'ava';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Blocks } from '../../tools/bounds/blocks.ts';
import { readImage } from '../../tools/bounds/image.ts';
import { readInstructions, type Instruction } from '../../tools/bounds/instructions.ts';
import { Longest, type BoundOf } from '../../tools/bounds/longest.ts';
import { sharesOf, START } from '../../tools/bounds/path.ts';
import { LoopBounds, type Line, type SourceLoop } from '../../tools/bounds/source.ts';

interface Program {
  readonly code: ReadonlyMap<bigint, Instruction>;
  readonly at: (label: string) => bigint;
}

function assemble(t: ExecutionContext, text: string): Program {
  const folder = mkdtempSync(join(tmpdir(), 'harmony-bounds-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const [source, image] = [join(folder, 'x.S'), join(folder, 'x.elf')];
  writeFileSync(source, `.text\n.global start\nstart:\n${text}\n`);
  const options = ['-march=rv64imac_zicsr', '-mabi=lp64', '-nostdlib', '-static', '-Wl,-Ttext=0x1000,-estart'];
  execFileSync('riscv64-unknown-elf-gcc', [...options, source, '-o', image]);
  const { symbols } = readImage(image);
  return { code: readInstructions(image), at: (label) => symbols.get(label)?.address ?? 0n };
}

/** No loop of a program is one of TypeScript. */
const UNKNOWN: BoundOf = new LoopBounds([], new Map()).of;

function longest(
  program: Program,
  boundOf: BoundOf = UNKNOWN,
  through = 'start',
  stops: readonly string[] = [],
): Longest {
  const { code, at } = program;
  const blocks = new Blocks(code, [at(through)], () => 'table');
  return new Longest(blocks, new Set(stops.map(at)), boundOf, { through: at(through), operation: null });
}

/** The most instructions from `start` until it returns. */
function toReturn(program: Program, boundOf: BoundOf = UNKNOWN): number | undefined {
  return longest(program, boundOf).summary(program.at('start')).toReturn[1]?.cost;
}

test('the dearer side of a branch counts', (t) => {
  t.is(toReturn(assemble(t, 'beqz a0, 1f\n nop\n nop\n 1: ret')), 4);
  t.is(toReturn(assemble(t, 'beqz a0, 1f\n nop\n ret\n 1: nop\n nop\n nop\n ret')), 5);
});

test('a call counts what is called, and a jump at the end what it leads to', (t) => {
  const program = assemble(
    t,
    'mv s0, ra\n jal more\n jal more\n mv ra, s0\n j more\n more: nop\n beqz a0, 1f\n nop\n 1: ret',
  );
  t.is(toReturn(program), 5 + 3 * 4);
  const path = longest(program).summary(program.at('start')).toReturn[1];
  t.deepEqual(
    [...sharesOf(path ?? START)],
    [
      ['start', 5],
      ['more', 12],
    ],
  );
});

test('a loop that counts a constant down goes back one time less', (t) => {
  t.is(toReturn(assemble(t, 'li a1, 7\n 1: nop\n addi a1, a1, -1\n bnez a1, 1b\n ret')), 1 + 7 * 3 + 1);
});

test('a loop has no bound if its counter is changed, loaded or not known at every entry', (t) => {
  for (const text of [
    'li a1, 7\n 1: addi a1, a1, 1\n addi a1, a1, -1\n bnez a1, 1b\n ret',
    'li a1, 7\n 1: ld a1, 0(a0)\n addi a1, a1, -1\n bnez a1, 1b\n ret',
    'li a1, 7\n bnez a0, 1f\n li a1, 9\n 1: nop\n addi a1, a1, -1\n bnez a1, 1b\n ret',
    'li a1, 7\n 1: nop\n addi a1, a1, -1\n bnez a2, 1b\n ret',
    'li a1, 7\n 1: nop\n addi a1, a1, -1\n jal other\n bnez a1, 1b\n ret\n other: ret',
    '1: nop\n addi a1, a1, -1\n bnez a1, 1b\n ret',
    'li a1, 0\n 1: nop\n addi a1, a1, -1\n bnez a1, 1b\n ret',
  ]) {
    t.throws(() => toReturn(assemble(t, text)), { message: /in start: a loop that has no bound/ }, text);
  }
});

test('a loop in a loop counts for each turn of the outer one', (t) => {
  const program = assemble(t, 'nop\n 1: nop\n 2: nop\n nop\n bnez a0, 2b\n bnez a1, 1b\n ret');
  const boundOf: BoundOf = ({ inside }) => ({ turns: inside.length === 0 ? 3 : 5, merged: [] });
  // One pass of the inner loop is 4 turns of 3, the outer one adds 2; then 6 turns of that, and `ret`.
  t.is(toReturn(program, boundOf), 1 + 6 * (4 * 3 + 2) + 1);
});

test('two ways round in one loop of the source share its turns', (t) => {
  const program = assemble(t, 'nop\n 1: nop\n 2: nop\n nop\n bnez a0, 2b\n bnez a1, 1b\n ret');
  const boundOf: BoundOf = ({ inside }) => ({ turns: 5, merged: inside });
  t.is(toReturn(program, boundOf), 1 + 5 * 5 + 5 + 1);
});

test('recursion, a call through a register and a loop with two entries are refused', (t) => {
  t.throws(() => toReturn(assemble(t, 'beqz a0, 1f\n jal start\n 1: ret')), { message: 'recursion: start, start' });
  t.throws(() => assemble(t, 'jalr a0\n ret'), { message: /0x1000 in start: .*a call of a function in a register/ });
  const text = 'beqz a0, 2f\n 1: nop\n 2: nop\n bnez a1, 1b\n ret';
  t.throws(() => toReturn(assemble(t, text)), {
    message: /a loop that is entered at 0x\w+ and 0x\w+, expected one place/,
  });
});

test('what only leads to the end of the machine is left out', (t) => {
  const program = assemble(t, 'beqz a0, 1f\n ret\n 1: nop\n nop\n nop\n j halt\n halt: nop\n j halt');
  const found = longest(program, UNKNOWN, 'start', ['halt']);
  t.is(found.summary(program.at('start')).toReturn[1]?.cost, 2);
  t.deepEqual([...found.leftOut], ['halt']);
});

test('the end of a path that does not pass the block in question is not its answer', (t) => {
  const program = assemble(t, 'beqz a0, near\n nop\n nop\n sret\n near: nop\n sret');
  const { toEnd } = longest(program, UNKNOWN, 'near').summary(program.at('start'));
  t.deepEqual([toEnd[0]?.cost, toEnd[1]?.cost], [4, 3]);
});

test('a loop of TypeScript is found by its head, and nothing of another place may be in it', (t) => {
  const program = assemble(t, 'nop\n 1: nop\n nop\n bnez a0, 1b\n ret');
  const linesOf = (...lines: readonly number[]): Map<bigint, readonly Line[]> =>
    new Map([...program.code.keys()].map((address, index) => [address, [{ file: 'a.ts', line: lines[index] ?? 0 }]]));
  const loop: SourceLoop = { file: 'a.ts', line: 10, lastLine: 12, bound: 4 };
  t.is(toReturn(program, new LoopBounds([loop], linesOf(9, 11, 12, 10)).of), 1 + 4 * 3 + 3 + 1);
  t.throws(() => toReturn(program, new LoopBounds([loop], linesOf(9, 11, 12, 12)).of), { message: /no bound/ });
  t.throws(() => toReturn(program, new LoopBounds([loop], linesOf(9, 11, 9, 10)).of), {
    message: /0x1002 in start: a\.ts:9 is in the loop, but not in a\.ts:10/,
  });
  const inner: SourceLoop = { file: 'a.ts', line: 11, lastLine: 11, bound: 6 };
  t.is(toReturn(program, new LoopBounds([loop, inner], linesOf(9, 11, 12, 10)).of), 1 + 24 * 3 + 3 + 1, 'both at once');
});
