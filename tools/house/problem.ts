/** What a house check found, and the files that it looks at. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

export interface Problem {
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  /** What was found, what was expected, what to do. */
  readonly text: string;
}

/** Paths of the project, relative to its root: tracked files and new ones that are not ignored. */
export function projectFiles(): readonly string[] {
  const output = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const names = output.split('\0').filter((name) => name !== '' && existsSync(name));
  return [...new Set(names)].sort();
}
