/** Transcripts in documents: a `text` block that begins with `$ command`, and then what the command prints. */

/** The command of a transcript, or null. */
export function commandOf(content: readonly string[]): string | null {
  return /^\$ (.+)$/.exec(content[0] ?? '')?.[1] ?? null;
}

/** Numbers of any form become one mark: they change with every line of the kernel. Times that AVA adds go away. */
export function withoutNumbers(line: string): string {
  return line
    .replace(/ \([\d.]+m?s\)$/, '')
    .replace(/0x[0-9a-f]+/g, 'N')
    .replace(/\d[\d,]*/g, 'N')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * Whether lines stand in a text in this order, numbers and empty lines aside; `…` stands for any lines, also at the
 * beginning or the end. Null if they do, else the first line that does not.
 */
export function isShown(shown: readonly string[], text: string): string | null {
  const filled = (lines: readonly string[]): readonly string[] =>
    lines.map(withoutNumbers).filter((line) => line !== '');
  const printed = filled(text.split(/\r?\n/));
  let at = 0;
  let gap = false;
  for (const original of shown.filter((line) => line.trim() !== '')) {
    const line = withoutNumbers(original);
    if (line === '…') {
      gap = true;
      continue;
    }
    const found = gap ? printed.indexOf(line, at) : printed[at] === line ? at : -1;
    if (found < 0) return original.trim();
    at = found + 1;
    gap = false;
  }
  return gap || at === printed.length ? null : '(the end)';
}
