/** Which installed packages a package needs in order to run. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function descriptionOf(folder: string): Readonly<Record<string, unknown>> {
  const found: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!isRecord(found))
    throw new Error(`${folder}/package.json: found no object; expected the description of a package`);
  return found;
}

/** The version of a package. */
export function versionOf(folder: string): string {
  const { version } = descriptionOf(folder);
  if (typeof version !== 'string') throw new Error(`${folder}/package.json: found no version`);
  return version;
}

/** What a package says of the packages it is built on: their names, and what it wants of each. */
export function dependenciesOf(folder: string): ReadonlyMap<string, string> {
  const { dependencies, optionalDependencies, devDependencies } = descriptionOf(folder);
  const lists = folder === '.' ? [devDependencies] : [dependencies, optionalDependencies];
  return new Map(
    lists.flatMap((list) =>
      isRecord(list) ? Object.entries(list).map(([name, wanted]) => [name, String(wanted)] as const) : [],
    ),
  );
}

/**
 * The folders of packages and of everything below them, directly in `root`; what lies inside a package's own folder
 * comes with it. Optional packages that are not installed are for other machines.
 */
export function packagesBelow(root: string, names: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const queue = names.map((name) => join(root, name));
  for (const folder of queue) {
    if (found.has(folder) || !existsSync(folder)) continue;
    found.add(folder);
    for (const name of dependenciesOf(folder).keys()) {
      const own = join(folder, 'node_modules', name);
      queue.push(existsSync(own) ? own : join(root, name));
    }
  }
  const inside = (folder: string): boolean =>
    [...found].some((other) => other !== folder && folder.startsWith(`${other}/`));
  return [...found].filter((folder) => !inside(folder)).sort();
}
