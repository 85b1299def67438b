/** Every fixture of reject/ is refused with exactly the diagnostics that its comments state, and every diagnostic has one. */
import test from 'ava';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileProject } from '../../compiler/compile.ts';
import { readConfiguration } from '../../compiler/front/configuration.ts';
import { DIAGNOSTICS, type Diagnostic } from '../../compiler/diagnostics/diagnostics.ts';
import { readProject, type Project } from '../../compiler/front/project.ts';
import { typeCheck, withoutEchoes } from '../../compiler/front/type-check.ts';
import { ROOT } from './worlds/build.ts';

const FOLDER = join(ROOT, 'test', 'compiler', 'reject');
const EXPECT = /^\/\/ expect ((?:HC\d{4}|TS\d{4,5})) @(\d+:\d+|none)$/;

/** `file:line:column code`, or `none code` for a diagnostic without a place. */
function described({ code, position }: Diagnostic): string {
  return position === null ? `none ${code}` : `${position.file}:${position.line}:${position.column} ${code}`;
}

/** What the comments of a project's sources state. */
function stated(project: Project): readonly string[] {
  return project.sources.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line) => {
      const [, code, place] = EXPECT.exec(line) ?? [];
      if (code === undefined) {
        if (/\/\/\s*expect/.test(line)) throw new Error(`${path}: expected "// expect HC2002 @12:7", found "${line}"`);
        return [];
      }
      return [place === 'none' ? `none ${code}` : `${path}:${place ?? ''} ${code}`];
    }),
  );
}

/** What the compiler says about a fixture; tsc as well where the fixture states one of its codes. */
async function found(project: Project, withTsc: boolean): Promise<readonly string[]> {
  const { configuration, diagnostics } = readConfiguration(project.root);
  const { diagnostics: own, program } = compileProject(project, configuration, diagnostics);
  if ((program === null) !== own.length > 0) throw new Error('a program, or diagnostics: exactly one of them');
  const files = project.sources.map((source) => source.path);
  const tsc = withTsc ? withoutEchoes(await typeCheck(project.root, files), own) : [];
  return [...own, ...tsc].map(described);
}

const fixtures = readdirSync(FOLDER).filter((name) => name !== 'harmony.json');
for (const name of fixtures) {
  test(`${name} is refused as it states`, async (t) => {
    const project = readProject([join(FOLDER, name)]);
    const expected = stated(project);
    t.true(expected.length > 0, 'it states at least one diagnostic');
    const withTsc = expected.some((line) => line.includes(' TS'));
    t.deepEqual([...(await found(project, withTsc))].sort(), [...expected].sort());
    const [, code] = /^hc(\d{4})-/.exec(name) ?? [];
    if (code !== undefined) t.true(expected.some((line) => line.endsWith(` HC${code}`)));
  });
}

/** Mistakes of the command or of files that are no text: made here, in a folder of their own. */
interface Scene {
  readonly code: string;
  readonly title: string;
  readonly files: Readonly<Record<string, string | Buffer>>;
  /** Below the folder. */
  readonly paths: readonly string[];
  readonly expected: readonly string[];
}
const ONE = 'export const one: u32 = 1;\n';
const SCENES: readonly Scene[] = [
  {
    code: 'HC1001',
    title: 'a path that does not exist',
    files: {},
    paths: ['nowhere'],
    expected: ['none HC1001'],
  },
  {
    code: 'HC1001',
    title: 'a source that is not UTF-8',
    files: { 'a.ts': Buffer.from([0x2f, 0x2f, 0xff, 0xfe, 0x0a]), 'b.ts': ONE },
    paths: ['.'],
    expected: ['none HC1001'],
  },
  {
    code: 'HC1001',
    title: 'an import of a folder and of a file that is not UTF-8',
    files: {
      'a.ts': "import { b } from './b.ts';\nimport { c } from './c.ts';\nexport const a: u32 = b + c;\n",
      'b.ts/inside.ts': 'export const b: u32 = 1;\n',
      'c.ts': Buffer.from([0xc0]),
    },
    paths: ['a.ts'],
    expected: ['a.ts:1:19 HC1001', 'a.ts:2:19 HC1001'],
  },
  {
    code: 'HC1014',
    title: 'an empty folder, a file that is no source, declarations only',
    files: { 'a/readme.md': 'words', 'b/b.d.ts': 'declare const b: u32;' },
    paths: ['a', 'a/readme.md', 'b'],
    expected: ['none HC1014', 'none HC1014', 'none HC1014'],
  },
  {
    code: 'HC1015',
    title: 'a second path and an import outside of the project',
    files: {
      'a/harmony.json': '{}',
      'a/a.ts': "import { one } from '../one.ts';\nexport const a: u32 = one;\n",
      'one.ts': ONE,
      'b/b.ts': 'export const b: u32 = 1;\n',
    },
    paths: ['a', 'b'],
    expected: ['none HC1015', 'a.ts:1:21 HC1015'],
  },
  {
    code: 'HC1010',
    title: 'a harmony.json that is not JSON',
    files: { 'harmony.json': '{ floors', 'a.ts': ONE },
    paths: ['.'],
    expected: ['none HC1010'],
  },
  {
    code: 'HC1010',
    title: 'a harmony.json whose floors and casts name what is not there, or name it otherwise',
    files: {
      'harmony.json': '{ "floors": { "all": ["low", "hihg", "./a.ts"] }, "casts": ["a.ts", "low/none.ts"] }',
      'a.ts': ONE,
      'low/b.ts': 'export const b: u32 = 1;\n',
    },
    paths: ['.'],
    expected: ['none HC1010', 'none HC1010', 'none HC1010'],
  },
];

for (const { title, files, paths, expected } of SCENES) {
  test(`${title} is refused`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'harmonyc-reject-'));
    t.teardown(() => rmSync(folder, { recursive: true, force: true }));
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name);
      mkdirSync(join(path, '..'), { recursive: true });
      writeFileSync(path, content);
    }
    const project = readProject(paths.map((path) => join(folder, path)));
    t.deepEqual(await found(project, false), expected);
  });
}

test('every diagnostic of the table has a fixture', (t) => {
  const shown = new Set(SCENES.map((scene) => scene.code));
  for (const name of fixtures) {
    for (const line of stated(readProject([join(FOLDER, name)]))) shown.add(line.split(' ')[1] ?? '');
  }
  const codes = Object.values(DIAGNOSTICS).map((entry) => entry.code);
  t.deepEqual(
    codes.filter((code) => !shown.has(code)),
    [],
  );
  t.is(new Set(codes).size, codes.length, 'no code means two things');
});

test('every message is a sentence that says what was found, why, and what to do', (t) => {
  for (const [kind, { message, reason, instead }] of Object.entries(DIAGNOSTICS)) {
    t.regex(message, /^[A-Z`{].*[.}]$/, kind);
    t.regex(reason, /^([A-Z`].*\.|\{\d\})$/, kind);
    t.regex(instead, /^([A-Z`].*\.|Write .*|\{\d\})$/, kind);
  }
});
