/** The check of images: who uses hartOnEntry is entered by jumps only. */
import test from 'ava';
import { enteredFunctions, readProgram, wrongCalls } from '../../tools/entered.ts';

const C = `
static Outcome operationOne(u64 a0);
typedef struct { Outcome (*run)(u64 a0); } Line;

static u64 plain(u64 a0) {
  return a0 + 1;
}

APART static Outcome operationOne(u64 a0,
    u64 a1 UNUSED) {
  Hart *const hart = hartOnEntry();
  return Outcome_make(0, plain(hart->index + a0));
}

static Outcome operationTwo(u64 a0) {
  return Outcome_make(0, plain(a0));
}

static const Line LINES[] = {
  { .run = operationOne },
  { .run = operationTwo },
};

Outcome before(u64 a0) {
  return a0 == 0 ? operationOne(a0) : operationTwo(a0);
}

Outcome dispatch(u64 a0) {
  return LINES[a0].run(a0);
}

void boot(void) {
  plain(7);
}
`;
const program = readProgram([C]);

function disassembly(...lines: readonly string[]): readonly string[] {
  return lines.map((line) =>
    line.endsWith(':') ? `ffffffc080200000 <${line.slice(0, -1)}>:` : `ffffffc080200004:\t00000000\t${line}`,
  );
}

test('who uses it, who calls one that does, and who goes through a table that holds one, is entered with an empty stack', (t) => {
  t.deepEqual([...enteredFunctions(program)].sort(), ['before', 'dispatch', 'operationOne']);
});

test('jumps, calls of others, and calls by assembly are right', (t) => {
  const lines = disassembly(
    'before:',
    'j\tffffffc080200100 <operationOne>',
    'jal\tffffffc080200200 <plain>',
    'dispatch:',
    'jr\ta5',
    'trapVector:',
    'jal\tffffffc080200300 <dispatch>',
  );
  t.deepEqual(wrongCalls(lines, program), []);
});

test('a call is found: by name, of a part, and through a table', (t) => {
  const lines = disassembly(
    'before:',
    'jal\tffffffc080200100 <operationOne>',
    'boot:',
    'jal\tffffffc080200100 <operationOne.part.0>',
    'jal\tffffffc080200300 <before>',
    'dispatch:',
    'jalr\ta5',
  );
  t.deepEqual(wrongCalls(lines, program), [
    'before calls operationOne, which uses hartOnEntry or may hold what does; expected a jump',
    'boot calls operationOne.part.0, which uses hartOnEntry or may hold what does; expected a jump',
    'boot calls before, which uses hartOnEntry or may hold what does; expected a jump',
    'dispatch calls through a table what uses hartOnEntry; expected a jump',
  ]);
});
