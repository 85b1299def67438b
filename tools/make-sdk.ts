/**
 * Writes out/sdk/: everything that building a component outside of this tree needs. What it is put together from has been
 * built before (`make sdk`). Files that would not change are not touched, and those of an older build are removed.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dependenciesOf, packagesBelow, versionOf } from './sdk/packages.ts';

const SDK = 'out/sdk';
const PACKAGES = ['ts-morph', 'typescript-native'] as const;

/** Files and folders: where they are, and where they come to lie. */
const COPIES: readonly (readonly [string, string])[] = [
  ['LICENSE', 'LICENSE'],
  ['tools/sdk/README.md', 'README.md'],
  ['tools/sdk/harmony.mk', 'harmony.mk'],
  ['arch/riscv/flags.mk', 'flags.mk'],
  ['qemu.sh', 'qemu.sh'],
  ['out/node/compiler', 'compiler'],
  ['out/node/tools/pack-archive.js', 'tools/pack-archive.js'],
  ['compiler/lib/harmony.d.ts', 'compiler/lib/harmony.d.ts'],
  ['compiler/runtime/harmonyc.h', 'include/harmonyc.h'],
  ['arch/riscv/target.h', 'include/target.h'],
  ['user/lib/generated/harmony.h', 'include/harmony.h'],
  ['user/c/component.h', 'include/component.h'],
  ['user/lib/start.S', 'lib/start.S'],
  ['user/lib/entry.S', 'lib/entry.S'],
  ['user/lib/user.ld', 'lib/user.ld'],
  ['out/c-library/libharmony.a', 'lib/libharmony.a'],
  ['user/c', 'c'],
  ['user/lib', 'typescript/user/lib'],
  ['kernel-src/abi', 'typescript/kernel-src/abi'],
  ['compiler/lib/harmony.d.ts', 'typescript/harmony.d.ts'],
  ['tsconfig.subset.json', 'typescript/tsconfig.subset.json'],
  ['out/kernel/Image', 'kernel/Image'],
  ['out/kernel/harmony.elf', 'kernel/harmony.elf'],
  ['examples', 'examples'],
];

/** What a folder holds beside what is meant: source maps, what belongs to C where TypeScript is, what an example has built. */
const LEFT_OUT = new RegExp(
  [
    '\\.map$',
    '^typescript/.*\\.(S|h|ld)$',
    '^c/component\\.h$',
    '^examples/.*\\.(o|d|elf|cpio)$',
    '^examples/typescript/(build|harmony)/',
  ].join('|'),
);

/** A file of the SDK. */
interface SdkFile {
  readonly path: string;
  readonly content: Buffer;
  /** Permissions. */
  readonly mode: number;
}

/** Every file at or below a place, as a file of the SDK. */
function filesOf(from: string, path: string): readonly SdkFile[] {
  if (!existsSync(from)) throw new Error(`${from} does not exist: run \`make sdk\``);
  const status = statSync(from);
  if (!status.isDirectory()) return [{ path, content: readFileSync(from), mode: status.mode & 0o777 }];
  return readdirSync(from)
    .sort()
    .flatMap((name) => filesOf(join(from, name), `${path}/${name}`));
}

/** The command of the compiler, which finds it at another place than here. */
function command(): SdkFile {
  const text = readFileSync('bin/harmonyc', 'utf8').replaceAll('out/node/compiler/', 'compiler/');
  return { path: 'bin/harmonyc', content: Buffer.from(text), mode: 0o755 };
}

/** The description of the compiler as a package, with the versions that lie beside it. */
function description(): SdkFile {
  const own = dependenciesOf('.');
  const dependencies = Object.fromEntries(
    PACKAGES.map((name) => {
      const [alias] = /^npm:[^@]+@/.exec(own.get(name) ?? '') ?? [''];
      return [name, `${alias}${versionOf(join('node_modules', name))}`];
    }),
  );
  const text = { name: 'harmony-sdk', version: versionOf('.'), private: true, type: 'module', dependencies };
  return { path: 'package.json', content: Buffer.from(`${JSON.stringify(text, null, 2)}\n`), mode: 0o644 };
}

/** Every path of a folder, deepest first. */
function pathsBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((item) => {
    const path = join(folder, item.name);
    return item.isDirectory() ? [...pathsBelow(path), path] : [path];
  });
}

function write({ path, content, mode }: SdkFile): boolean {
  const target = join(SDK, path);
  if (existsSync(target) && readFileSync(target).equals(content) && (statSync(target).mode & 0o777) === mode)
    return false;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
  chmodSync(target, mode);
  return true;
}

/** Removes what is not of this build. */
function removeOthers(kept: ReadonlySet<string>): void {
  for (const path of pathsBelow(SDK)) {
    const isFolder = statSync(path).isDirectory();
    if (isFolder ? readdirSync(path).length === 0 : !kept.has(path)) rmSync(path, { recursive: true });
  }
}

const copies = [...COPIES, ...packagesBelow('node_modules', PACKAGES).map((path) => [path, path] as const)];
const files = [command(), description(), ...copies.flatMap(([from, to]) => filesOf(from, to))].filter(
  ({ path }) => !LEFT_OUT.test(path),
);
const changed = files.filter(write);
removeOthers(new Set(files.map(({ path }) => join(SDK, path))));
if (changed.length > 0) process.stdout.write(`  sdk       ${SDK}, ${files.length} files\n`);
