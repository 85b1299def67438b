/**
 * A planted bug: three lines that say what is wrong and which test must find it, then one or more changes. A change
 * names a file and a function of it, and shows the lines as a diff does: `-` goes, `+` comes, a space stays. It is found
 * by its text alone, white space aside, and must fit exactly once in the function: so it outlives what changes around it.
 */

export interface PlantedBug {
  readonly bug: string;
  /** The test file below test/, and the title of the test. */
  readonly file: string;
  readonly test: string;
  readonly changes: readonly Change[];
}

/** One place of a function: text that must be there, and what comes in its place. */
export interface Change {
  readonly file: string;
  readonly within: string;
  readonly before: string;
  readonly after: string;
}

const PLACE = /^In (\S+), (\w+):$/;

function header(name: string, line: string | undefined, word: string): string {
  if (line?.startsWith(`${word}: `) !== true) {
    throw new Error(`${name}: found "${line ?? ''}"; expected a line that begins with "${word}: "`);
  }
  return line.slice(word.length + 2);
}

function changeOf(name: string, lines: readonly string[]): Change {
  const [, file = '', within = ''] = PLACE.exec(lines[0] ?? '') ?? [];
  if (file === '') throw new Error(`${name}: found "${lines[0] ?? ''}"; expected "In FILE, FUNCTION:"`);
  const before: string[] = [];
  const after: string[] = [];
  for (const line of lines.slice(1)) {
    const text = line.slice(1);
    if (!/^[-+ ]/.test(line))
      throw new Error(`${name}: found "${line}"; expected a line that begins with -, + or a space`);
    if (!line.startsWith('+')) before.push(text);
    if (!line.startsWith('-')) after.push(text);
  }
  if (dense(before.join('\n')).text === '') throw new Error(`${name}: a change in ${within} does not say where`);
  if (before.join('\n') === after.join('\n')) throw new Error(`${name}: a change in ${within} changes nothing`);
  return { file, within, before: before.join('\n'), after: after.join('\n') };
}

export function parsePlanted(name: string, text: string): PlantedBug {
  const [head = '', ...changes] = text.trimEnd().split('\n\n');
  const lines = head.split('\n');
  if (changes.length === 0) throw new Error(`${name}: the patch changes nothing`);
  return {
    bug: header(name, lines[0], 'Bug'),
    file: header(name, lines[1], 'Caught by').replace(/\.test\.ts$/, ''),
    test: header(name, lines[2], 'Test'),
    changes: changes.map((change) => changeOf(name, change.split('\n'))),
  };
}

/** A text without its white space, and where each character of it stands. */
function dense(text: string): { readonly text: string; readonly places: readonly number[] } {
  const places = [...text.matchAll(/\S/g)].map(({ index }) => index);
  return { text: text.replace(/\s+/g, ''), places };
}

/** Where a function at the top of a file begins and ends. */
function functionPlace(name: string, text: string, { file, within }: Change): readonly [number, number] {
  const start = new RegExp(`^(export )?function ${within}\\(`, 'm').exec(text)?.index ?? -1;
  const end = text.indexOf('\n}\n', start);
  if (start < 0 || end < 0) {
    throw new Error(
      `${name} is about the function ${within} of ${file}, and there is none: bring the patch in line with the source`,
    );
  }
  return [start, end];
}

/** A text with a change made in the one place of its function where it fits. */
export function applyChange(name: string, text: string, change: Change): string {
  const [start, end] = functionPlace(name, text, change);
  const body = dense(text.slice(start, end));
  const wanted = dense(change.before).text;
  const at = body.text.indexOf(wanted);
  const count = body.text.split(wanted).length - 1;
  if (count !== 1) {
    const where = `${change.within} of ${change.file}`;
    throw new Error(
      `${name} fits ${count} places of ${where}; expected 1: bring the patch in line with the source:\n${change.before}`,
    );
  }
  const first = start + (body.places[at] ?? 0);
  const last = start + (body.places[at + wanted.length - 1] ?? 0);
  return text.slice(0, first) + change.after.trim() + text.slice(last + 1);
}

/** The texts of the files that a bug changes, with the bug. `read` gives a file as it is. */
export function applyPlanted(
  name: string,
  bug: PlantedBug,
  read: (file: string) => string,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const change of bug.changes) {
    texts.set(change.file, applyChange(name, texts.get(change.file) ?? read(change.file), change));
  }
  return texts;
}
