/** What the documents name: paths that must exist, make targets that must be listed, commands that must be run. */
import { posix } from 'node:path';
import type { Problem } from './problem.ts';

export interface Mention {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

const TOP = /^(\.ci|\.vscode|arch|bench|bin|compiler|docs|examples|kernel-src|test|tools|user)(\/|$)/;
const ROOT_FILE = /^(Makefile|LICENSE|qemu\.sh|[\w.-]+\.(md|json))$/;

/** Inline code spans that are paths of the project. Generated files below out/ are not looked for. */
function pathsInLine(line: string): readonly string[] {
  const spans = [...line.matchAll(/`([^`\s]+)`/g)].map((match) => match[1] ?? '');
  return spans.filter(
    (span) => !/[*{}<>$…]/.test(span) && ((TOP.test(span) && span.includes('/')) || ROOT_FILE.test(span)),
  );
}

/** Targets of relative links, as paths from the project's root. */
function linksInLine(file: string, line: string): readonly string[] {
  const targets = [...line.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
  return targets
    .filter((target) => !/^([a-z]+:|#)/.test(target))
    .map((target) => posix.join(posix.dirname(file), target.replace(/#.*$/, '')));
}

/** Lines of a Markdown file outside its fenced blocks, numbered from 1. */
function prose(text: string): readonly { readonly line: number; readonly text: string }[] {
  let fenced = false;
  return text.split('\n').flatMap((content, index) => {
    if (content.trimStart().startsWith('```')) {
      fenced = !fenced;
      return [];
    }
    return fenced ? [] : [{ line: index + 1, text: content }];
  });
}

/** Every path that a document names must be a file or folder of the project. */
export function checkPaths(file: string, text: string, exists: (path: string) => boolean): readonly Problem[] {
  return prose(text).flatMap(({ line, text: content }) =>
    [...pathsInLine(content), ...linksInLine(file, content)]
      .filter((path) => !exists(path.replace(/:\d+$/, '').replace(/\/$/, '')))
      .map((path) => ({ file, line, text: `names ${path}, which does not exist: mend the path` })),
  );
}

/** The commands of the fenced `sh` blocks, comments and continuation lines aside. */
export function commands(file: string, text: string): readonly Mention[] {
  let language: string | null = null;
  return text.split('\n').flatMap((content, index) => {
    const fence = /^\s*```(\w*)/.exec(content);
    if (fence !== null) {
      language = language === null ? (fence[1] ?? '') : null;
      return [];
    }
    const command = content.replace(/\s+#.*$/, '').trim();
    return language === 'sh' && command !== '' && !command.startsWith('#')
      ? [{ file, line: index + 1, text: command }]
      : [];
  });
}

/** The targets that `make help` lists. */
export function makeTargets(makefile: string): ReadonlySet<string> {
  return new Set([...makefile.matchAll(/^([a-z-]+):[^#\n]*## /gm)].map((match) => match[1] ?? ''));
}

/** Every `make TARGET` in a document, in prose or in a block, must be a listed target. */
export function checkTargets(file: string, text: string, targets: ReadonlySet<string>): readonly Problem[] {
  return text.split('\n').flatMap((content, index) =>
    [...content.matchAll(/(?:`|^\s*)make ([a-z][a-z-]*)/g)]
      .map((match) => match[1] ?? '')
      .filter((target) => !targets.has(target))
      .map((target) => ({ file, line: index + 1, text: `names make ${target}, which make help does not list` })),
  );
}
