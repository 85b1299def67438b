/** Words that no file of the project holds, and the places where C and assembly may stand. */
import type { Problem } from './problem.ts';

interface Word {
  readonly pattern: RegExp;
  readonly reason: string;
}

/** The patterns are put together from halves, so that this file passes its own check. */
function word(halves: readonly [string, string], reason: string, flags = ''): Word {
  return { pattern: new RegExp(halves.join(''), flags), reason };
}

const UNFINISHED = 'a mark of unfinished work: finish it, or say in the changelog what is missing';
const SWITCHED_OFF = 'a check switched off by a comment: mend what it reports';
const MACHINE = 'a path of one machine: name it relative to the project';

const WORDS: readonly Word[] = [
  word(['\\bTO', 'DO\\b'], UNFINISHED),
  word(['\\bFIX', 'ME\\b'], UNFINISHED),
  word(['\\bXX', 'X\\b'], UNFINISHED),
  word(['\\bHA', 'CK\\b'], UNFINISHED),
  word(['@ts-', '(expect-error|nocheck)'], SWITCHED_OFF),
  word(['^\\s*//\\s*@ts-', 'ignore'], SWITCHED_OFF),
  word(['eslint-', 'disable'], SWITCHED_OFF),
  word(['prettier-', 'ignore(?!["\\w])'], SWITCHED_OFF),
  word(['(^|[\\s"\'`(=])/(home|root|Users|wo', 'rk)/'], MACHINE),
  word(['"resol', 'ved": *"http'], 'the host of a package registry: npm keeps it out with the setting in .npmrc'),
];

/** Files in which such words are the subject: sources that are wrong on purpose, and the licence. */
function isExempt(file: string): boolean {
  return /^test\/compiler\/(reject|accept|golden)\//.test(file) || file === 'LICENSE' || file === '.prettierignore';
}

export function checkWords(file: string, text: string): readonly Problem[] {
  if (isExempt(file)) return [];
  const problems: Problem[] = [];
  text.split('\n').forEach((line, index) => {
    for (const { pattern, reason } of WORDS) {
      const match = pattern.exec(line);
      if (match !== null) problems.push({ file, line: index + 1, text: `found '${match[0].trim()}', ${reason}` });
    }
  });
  return problems;
}

/** Where C may be written by hand: the library for components in C, an example of one, and components that test it. */
const C_PLACES = /^(user\/c|examples\/c|test\/system\/components-c)\//;
/** Where headers may be: there, what generated C builds on, and the generated header of the interface. */
const HEADER_PLACES = /^(compiler\/runtime|arch\/riscv)\/|^user\/lib\/generated\/harmony\.h$/;
const ASSEMBLY_PLACES = /^(arch\/riscv\/|bench\/|user\/lib\/[a-z-]+\.S$|test\/system\/components\/)/;

/**
 * No logic in hand-written C, but for components that are meant to be in C; assembly only where the hardware asks for it: a
 * component that tests or counts registers or code in its memory needs some. The tests of the compiler may hold both: what calls the
 * generated C there cannot be generated C.
 */
export function checkPlace(file: string): readonly Problem[] {
  if (file.startsWith('test/compiler/')) return [];
  const problem = (text: string): readonly Problem[] => [{ file, line: 1, text }];
  if (/\.(c|cc|cpp)$/.test(file) && !C_PLACES.test(file)) {
    return problem('found hand-written C: write it in the TypeScript subset');
  }
  if (/\.h$/.test(file) && !HEADER_PLACES.test(file) && !C_PLACES.test(file)) {
    return problem('found a C header outside compiler/runtime/, arch/riscv/ and the places of C: move it there');
  }
  if (/\.(s|S|asm)$/.test(file) && !ASSEMBLY_PLACES.test(file)) {
    return problem('found assembly outside arch/riscv/, bench/, user/lib/ and components of tests: move it there');
  }
  return [];
}
