/** What an emitter produces, and the one place that writes it to disk. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface OutputFile {
  /** Relative to the output folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

/**
 * Writes the files whose text differs from what is there, and creates the
 * folders they need. Unchanged files keep their time stamps, so that make
 * compiles only what changed. Removes nothing.
 */
export function writeOutputs(folder: string, files: readonly OutputFile[]): void {
  for (const file of files) {
    const path = join(folder, file.path);
    if (existsSync(path) && readFileSync(path, 'utf8') === file.text) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.text);
  }
}
