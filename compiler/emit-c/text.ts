/** The text of a C file whose debug lines point at the TypeScript that it came from. */

/** Gaps up to this many lines become blank lines; larger ones a `#line`. */
const BLANK_LIMIT = 2;
export const WIDTH = 120;

/** The contents of a C string literal: octal escapes, because hexadecimal ones have no end. */
export function escapeBytes(text: string): string {
  const escape = (byte: number): string => {
    const character = String.fromCharCode(byte);
    if (character === '"' || character === '\\' || character === '?') return `\\${character}`;
    if (byte === 10) return '\\n';
    return byte >= 32 && byte < 127 ? character : `\\${byte.toString(8).padStart(3, '0')}`;
  };
  return [...new TextEncoder().encode(text)].map(escape).join('');
}

/** A comment of the source. Nothing in it can end it early or start another one. */
export function commentLines(documentation: string): readonly string[] {
  const lines = documentation.replaceAll('/*', '/ *').replaceAll('*/', '* /').split(/\r?\n/);
  if (lines.length === 1) return [`/** ${lines[0] ?? ''} */`];
  return ['/**', ...lines.map((line) => ` * ${line}`.trimEnd()), ' */'];
}

/** Where a long line may break, outside of string literals: at the space after a comma or before an operator. */
function breakPoints(text: string): readonly number[] {
  const points: number[] = [];
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (quoted && character === '\\') index++;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === ' ') {
      if (text[index - 1] === ',' || /^ (&&|\|\||[?:+|]) /.test(text.slice(index, index + 4))) points.push(index);
    }
  }
  return points;
}

/** A line of code as lines of at most WIDTH characters, where it has places to break. */
export function wrapLine(text: string, indentation: string): readonly string[] {
  const lines: string[] = [];
  let rest = indentation + text;
  while (rest.length > WIDTH) {
    const points = breakPoints(rest).filter((point) => point > indentation.length + 4);
    const point = points.findLast((candidate) => candidate <= WIDTH) ?? points[0];
    if (point === undefined) break;
    lines.push(rest.slice(0, point));
    rest = `${indentation}    ${rest.slice(point + 1)}`;
  }
  return [...lines, rest];
}

/**
 * Collects lines. While the C runs parallel to the TypeScript nothing is
 * needed; where it fell out of step a blank line or a `#line` mends it.
 */
export class SourceText {
  readonly #lines: string[] = [];
  readonly #file: string;
  #depth = 0;
  /** The line of the source to which the debugger would attribute the next line; null before the first `#line`. */
  #next: number | null = null;
  /** The line of the source to which the latest line belongs, if more may follow on it. */
  #open: number | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  /** A line that belongs to no line of the source. */
  plain(text: string): void {
    this.#push(text === '' ? '' : '  '.repeat(this.#depth) + text);
    this.#open = null;
  }

  /** A comment that ends on the line before `line`. */
  comment(line: number, documentation: string | null): void {
    if (documentation === null) return;
    const lines = commentLines(documentation);
    this.#synchronise(Math.max(1, line - lines.length));
    for (const text of lines) this.plain(text);
  }

  /** A line of code that belongs to a line of the source. */
  at(line: number, text: string): void {
    this.#synchronise(line);
    for (const part of wrapLine(text, '  '.repeat(this.#depth))) this.#push(part);
    this.#open = null;
  }

  /** A whole statement: it may share its line with the one before, and the one after may share its line. */
  statement(line: number, text: string): void {
    const latest = this.#lines.at(-1) ?? '';
    if (this.#open === line && latest.length + 1 + text.length <= WIDTH) {
      this.#lines[this.#lines.length - 1] = `${latest} ${text}`;
      return;
    }
    this.at(line, text);
    this.#open = line;
  }

  /**
   * A line that ends in `{`, behind a statement of the same source line if there is room. With `mayShare`,
   * statements that were made from that source line may follow on it.
   */
  open(line: number, text: string, mayShare: boolean): void {
    this.statement(line, text);
    this.#depth++;
    if (!mayShare) this.#open = null;
  }

  /** Continues a line that was closed: `} else {`. Null: at whatever line comes next. */
  reopen(line: number | null, text: string): void {
    this.#depth--;
    if (line === null) this.plain(text);
    else this.at(line, text);
    this.#depth++;
  }

  close(text: string): void {
    this.#depth--;
    this.plain(text);
  }

  indent(): void {
    this.#depth++;
  }

  dedent(): void {
    this.#depth--;
  }

  toString(): string {
    return `${this.#lines.join('\n')}\n`;
  }

  #push(text: string): void {
    this.#lines.push(text);
    if (this.#next !== null) this.#next++;
  }

  #synchronise(line: number): void {
    if (this.#next === line) return;
    const gap = this.#next === null ? -1 : line - this.#next;
    if (gap > 0 && gap <= BLANK_LIMIT) {
      for (let count = 0; count < gap; count++) this.#push('');
      return;
    }
    if (this.#depth === 0 && this.#lines.at(-1) !== '') this.#lines.push('');
    this.#lines.push(this.#next === null ? `#line ${line} "${escapeBytes(this.#file)}"` : `#line ${line}`);
    this.#next = line;
  }
}
