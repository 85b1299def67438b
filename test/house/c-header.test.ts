/** The header for components in C: both languages take it without a warning, and it says what the sources say. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { header, stubName } from '../../tools/abi/c-header.ts';
import { readModel, type Model, type Operation } from '../../tools/abi/model.ts';

const WARNINGS = ['-Wall', '-Wextra', '-Wconversion', '-Wpedantic', '-Wshadow', '-Werror', '-O2'];
const INTEGER = ['-march=rv64imac', '-mabi=lp64'];
const FLOATING = ['-march=rv64gc', '-mabi=lp64d'];

interface Compiled {
  readonly code: number | null;
  readonly errors: string;
  readonly assembly: string;
}

/** Compiles a text that includes the header, or another header of this content, to assembly. */
function compiled(
  t: ExecutionContext,
  language: 'c' | 'c++',
  flags: readonly string[],
  text: string,
  content?: string,
): Compiled {
  const folder = mkdtempSync(join(tmpdir(), 'harmony-header-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  if (content !== undefined) writeFileSync(join(folder, 'harmony.h'), content);
  const source = join(folder, language === 'c' ? 'a.c' : 'a.cc');
  writeFileSync(source, `#include "harmony.h"\n${text}`);
  const compiler = `riscv64-unknown-elf-${language === 'c' ? 'gcc' : 'g++'}`;
  const include = content === undefined ? 'user/lib/generated' : folder;
  const { status, stderr, stdout } = spawnSync(
    compiler,
    [...WARNINGS, ...flags, '-I', include, '-I', 'user/c', '-S', '-o', '-', source],
    { encoding: 'utf8', timeout: 60_000 },
  );
  return { code: status, errors: stderr, assembly: stdout };
}

const model = readModel();

/** A function for each operation that calls its stub with arguments of its own parameters, and uses every name. */
function caller(operations: readonly Operation[]): string {
  const calls = operations.map((operation) => {
    const count = operation.arguments.length + (operation.kind === 'Itself' ? 0 : 1);
    const names = Array.from({ length: count }, (_, index) => `p${index}`);
    const parameters = names.map((name) => `uint64_t ${name}`).join(', ') || 'void';
    const function_ = `call${stubName(operation)}`;
    const body = `return ${stubName(operation)}(${names.join(', ')}).error;`;
    return `uint64_t ${function_}(${parameters});\nuint64_t ${function_}(${parameters}) { ${body} }\n`;
  });
  return `${calls.join('')}
extern const char *texts[4];
const char *texts[4];
void setTexts(uint64_t number);
void setTexts(uint64_t number) {
  texts[0] = harmonyErrorName(number);
  texts[1] = harmonyKindName(number);
  texts[2] = harmonyFrameTypeName(number);
  texts[3] = harmonyRightName(number, number);
}
HARMONY_STATIC_ASSERT(HARMONY_BELOW(3, 5) == (3u | 5u << 6 | 1u << 24), "one level");
HARMONY_STATIC_ASSERT(HARMONY_BELOW(HARMONY_BELOW(3, 5), 0) == (3u | 5u << 6 | 2u << 24), "two levels");
HARMONY_STATIC_ASSERT(HARMONY_BELOW(HARMONY_BELOW(HARMONY_BELOW(63, 62), 61), 60) ==
  (63u | 62u << 6 | 61u << 12 | 60u << 18 | 3u << 24), "three levels");
`;
}

for (const [language, standard, machine] of [
  ['c', 'c11', INTEGER],
  ['c', 'gnu17', FLOATING],
  ['c++', 'c++17', INTEGER],
  ['c++', 'c++20', FLOATING],
] as const) {
  for (const library of ['-ffreestanding', '--specs=picolibc.specs']) {
    test(`${standard} for ${machine[0]} with ${library} takes the headers without a warning`, (t) => {
      const flags = [`-std=${standard}`, ...machine, library];
      const text = `#include "component.h"\n${caller(model.operations)}`;
      const { code, errors } = compiled(t, language, flags, text);
      t.is(errors, '');
      t.is(code, 0);
    });
  }
}

test('a stub is its registers and one ecall', (t) => {
  const operation = model.operations.filter((one) => one.name === 'Retype');
  t.is(operation.length, 1);
  const { assembly } = compiled(t, 'c', ['-std=c11', ...INTEGER, '-ffreestanding'], caller(operation));
  const [, body = ''] = /^callharmonyFramesRetype:\n([\s\S]*?)\tret\n/m.exec(assembly) ?? [];
  const instructions = body.split('\n').filter((line) => /^\t[a-z]/.test(line));
  t.is(instructions.filter((line) => line.includes('ecall')).length, 1);
  t.true(instructions.length <= 14, body);
  t.notRegex(body, /\bsp\b/);
});

/** The model with one more operation that has several results, a parameter that C reserves, and no capability. */
function withAnother(kind: string, results: readonly string[]): Model {
  const [first] = model.operations;
  if (first === undefined) throw new Error('there are no operations');
  const argument = { name: 'register', text: 'Which.' };
  const other = { ...first, kind, name: 'Probe', arguments: [argument], results, errors: [] };
  return { ...model, operations: [...model.operations, other] };
}

test('several results come back in a structure, and the calling thread needs no capability', (t) => {
  const content = header(withAnother('Itself', ['One.', 'Two.']));
  const text = `uint64_t f(void);
uint64_t f(void) { HarmonyResults r = harmonyItselfProbe(7); return r.error + r.value + r.a2 + r.a3 + r.a4 + r.a5; }
`;
  for (const [language, standard, machine] of [
    ['c', 'c11', INTEGER],
    ['c++', 'c++17', FLOATING],
  ] as const) {
    const flags = [`-std=${standard}`, ...machine, '-ffreestanding'];
    const { code, errors, assembly } = compiled(t, language, flags, text, content);
    t.is(errors, '');
    t.is(code, 0);
    t.regex(assembly, /li\ta7,64/);
  }
});

test('a structure that is laid out otherwise does not compile', (t) => {
  const flags = ['-std=c11', ...INTEGER, '-ffreestanding'];
  const changed = header(model).replace('uint32_t abiVersion;', 'uint64_t abiVersion;');
  const { code, errors } = compiled(t, 'c', flags, '', changed);
  t.is(code, 1);
  t.regex(errors, /HarmonyBootInfo\.size/);
});

test('another machine is refused in one sentence', (t) => {
  const { stderr } = spawnSync('gcc', ['-I', 'user/lib/generated', '-fsyntax-only', '-x', 'c', '-'], {
    input: '#include "harmony.h"\n',
    encoding: 'utf8',
  });
  t.regex(stderr, /harmony.h is for components, which are RV64 programs/);
});
