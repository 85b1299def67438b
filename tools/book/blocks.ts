/**
 * The blocks of the book that show something of the project. A fenced block whose first line names a file and a thing in
 * it, such as "ts kernel-src/base/zero.ts frameZero", holds exactly that thing, so it can be written anew and checked.
 */

export interface Block {
  /** Line of the opening fence, from 1. */
  readonly line: number;
  readonly language: string;
  /** What follows the language in the opening fence. */
  readonly words: readonly string[];
  /** The lines between the fences. */
  readonly content: readonly string[];
}

const FENCE = /^```(\S*)\s*(.*)$/;

/** Every fenced block of a document that begins at the left margin. */
export function blocks(text: string): readonly Block[] {
  const lines = text.split('\n');
  const found: Block[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const [, language = '', rest = ''] = FENCE.exec(lines[at] ?? '') ?? [];
    if (!(lines[at] ?? '').startsWith('```')) continue;
    const end = lines.indexOf('```', at + 1);
    if (end < 0) break;
    const words = rest.split(' ').filter((word) => word !== '');
    found.push({ line: at + 1, language, words, content: lines.slice(at + 1, end) });
    at = end;
  }
  return found;
}

/** The document with other lines between the fences of some blocks. */
export function replaceBlocks(text: string, changes: ReadonlyMap<Block, readonly string[]>): string {
  const lines = text.split('\n');
  const inOrder = [...changes].sort(([a], [b]) => b.line - a.line);
  for (const [block, content] of inOrder) lines.splice(block.line, block.content.length, ...content);
  return lines.join('\n');
}
