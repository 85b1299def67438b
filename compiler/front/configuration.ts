/** harmony.json: the floors of a project, and the files that may cast. */
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostics.ts';

export interface Configuration {
  /** Named orders of folders and files, lowest first. */
  readonly floors: Readonly<Record<string, readonly string[]>>;
  /** Files that may use `distinct` and `objectAt`; null: every file. */
  readonly casts: readonly string[] | null;
}

export const NO_CONFIGURATION: Configuration = { floors: {}, casts: null };

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(text: string): Configuration {
  const found: unknown = JSON.parse(text);
  if (!isRecord(found)) throw new Error('found no object at the top');
  const unknown = Object.keys(found).find((key) => key !== 'floors' && key !== 'casts');
  if (unknown !== undefined) throw new Error(`found the key "${unknown}"; known are "floors" and "casts"`);
  const floors: Record<string, readonly string[]> = {};
  if (found.floors !== undefined && !isRecord(found.floors)) throw new Error('"floors" is not an object of lists');
  for (const [name, list] of Object.entries(found.floors ?? {})) {
    if (!isTexts(list)) throw new Error(`"floors.${name}" is not a list of paths`);
    floors[name] = list;
  }
  if (found.casts !== undefined && !isTexts(found.casts)) throw new Error('"casts" is not a list of paths');
  return { floors, casts: found.casts ?? null };
}

/** Entries that restrict nothing because no source can ever match them, each as a sentence says what is wrong. */
function idleEntries(root: string, { floors, casts }: Configuration): readonly string[] {
  const lists = [...Object.entries(floors).map(([name, list]) => [`floors.${name}`, list] as const)];
  return [...lists, ['casts', casts ?? []] as const].flatMap(([key, list]) =>
    list.flatMap((entry) => {
      const plain = posix.normalize(entry).replace(/\/$/, '');
      const place = `"${key}" lists "${entry}"`;
      if (!existsSync(join(root, plain))) return [`${place}, which names neither a file nor a folder`];
      return plain === entry ? [] : [`${place}, which is written "${plain}"`];
    }),
  );
}

/** Reads harmony.json of a project; without one nothing is restricted. */
export function readConfiguration(root: string): { configuration: Configuration; diagnostics: readonly Diagnostic[] } {
  const path = join(root, 'harmony.json');
  if (!existsSync(path)) return { configuration: NO_CONFIGURATION, diagnostics: [] };
  try {
    const configuration = parse(readFileSync(path, 'utf8'));
    const idle = idleEntries(root, configuration);
    return { configuration, diagnostics: idle.map((found) => diagnostic('configuration', null, 1, found)) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { configuration: NO_CONFIGURATION, diagnostics: [diagnostic('configuration', null, 1, message)] };
  }
}
