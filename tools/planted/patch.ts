/**
 * A planted bug: three lines that say what is wrong and which test must find it, a blank line, and a unified diff.
 * The diff is applied by its text alone, not by line numbers, and must fit exactly once in each place.
 */

export interface PlantedBug {
  readonly bug: string;
  /** The test file below test/, and the title of the test. */
  readonly file: string;
  readonly test: string;
  readonly changes: readonly Change[];
}

/** One place of a file: lines that must be there, and what comes in their place. */
export interface Change {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

function header(name: string, line: string | undefined, word: string): string {
  if (line?.startsWith(`${word}: `) !== true) {
    throw new Error(`${name}: found "${line ?? ''}"; expected a line that begins with "${word}: "`);
  }
  return line.slice(word.length + 2);
}

function changesOf(name: string, lines: readonly string[]): readonly Change[] {
  const changes: Change[] = [];
  let file = '';
  let before: string[] = [];
  let after: string[] = [];
  const end = (): void => {
    if (before.length > 0) changes.push({ file, before: before.join('\n'), after: after.join('\n') });
    before = [];
    after = [];
  };
  for (const line of lines) {
    if (line.startsWith('--- ')) end();
    else if (line.startsWith('+++ b/')) file = line.slice(6);
    else if (line.startsWith('@@ ')) end();
    else if (line.startsWith('-')) before.push(line.slice(1));
    else if (line.startsWith('+')) after.push(line.slice(1));
    else if (line.startsWith(' ') || line === '') {
      before.push(line.slice(1));
      after.push(line.slice(1));
    } else throw new Error(`${name}: found "${line}", which is no line of a unified diff`);
  }
  end();
  if (changes.length === 0) throw new Error(`${name}: the patch changes nothing`);
  return changes;
}

export function parsePlanted(name: string, text: string): PlantedBug {
  const lines = text.trimEnd().split('\n');
  const file = header(name, lines[1], 'Caught by').replace(/\.test\.ts$/, '');
  return {
    bug: header(name, lines[0], 'Bug'),
    file,
    test: header(name, lines[2], 'Test'),
    changes: changesOf(name, lines.slice(4)),
  };
}

/** Every place of a text, which begins with a line feed, where whole lines stand. */
function placesOf(text: string, lines: string): readonly number[] {
  const places: number[] = [];
  const wanted = `\n${lines}\n`;
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) places.push(at + 1);
  return places;
}

/** A text with a change made in the one place where it fits. */
export function applyChange(name: string, text: string, change: Change): string {
  const whole = `\n${text}`;
  const places = placesOf(whole, change.before);
  const [place] = places;
  if (place === undefined || places.length > 1) {
    throw new Error(
      `${name} fits ${places.length} places of ${change.file}; expected 1: bring the patch in line with the source:\n${change.before}`,
    );
  }
  return `${whole.slice(0, place)}${change.after}${whole.slice(place + change.before.length)}`.slice(1);
}
