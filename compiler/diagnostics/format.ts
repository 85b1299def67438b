/** Diagnostics as people and programs read them. */
import type { Diagnostic } from './diagnostics.ts';

/** Most characters of a line that a frame shows. */
const WIDTH = 160;

/** Gives the text of a source by its root-relative path, or undefined. */
export type TextOf = (path: string) => string | undefined;

function frame(found: Diagnostic, textOf: TextOf): readonly string[] {
  const { position } = found;
  const line = position === null ? undefined : textOf(position.file)?.split(/\r?\n/)[position.line - 1];
  if (position === null || line === undefined) return [];
  const number = String(position.line);
  const start = line.length <= WIDTH ? 0 : Math.max(0, position.column - 1 - WIDTH / 2);
  const column = position.column - 1 - start;
  const window = line.slice(start, start + WIDTH).replace(/\t/g, ' ');
  const room = Math.max(1, Math.min(found.length, window.length - column));
  return [`  ${number} | ${window}`, `  ${' '.repeat(number.length)} | ${' '.repeat(column)}${'^'.repeat(room)}`];
}

/** `file:line:col: error CODE: message`, a code frame, the reason, and what to write instead. */
export function formatDiagnostic(found: Diagnostic, textOf: TextOf): string {
  const { position } = found;
  const place = position === null ? '' : `${position.file}:${position.line}:${position.column}: `;
  const lines = [`${place}error ${found.code}: ${found.message}`, ...frame(found, textOf)];
  if (found.reason !== '') lines.push(`  ${found.reason}`);
  if (found.instead !== '') lines.push(`  ${found.instead}`);
  return lines.join('\n');
}

/** One JSON array for all, with stable field names. */
export function diagnosticsAsJson(list: readonly Diagnostic[]): string {
  const rows = list.map(({ code, message, reason, instead, position, length }) => ({
    code,
    message,
    reason,
    instead,
    file: position?.file ?? null,
    line: position?.line ?? null,
    column: position?.column ?? null,
    length,
  }));
  return JSON.stringify(rows, null, 2);
}
