import test from 'ava';
import { assemblyLines, typescriptLines } from '../../tools/source-lines.ts';

test('lines of TypeScript are those that hold code', (t) => {
  const source = [
    '/**',
    ' * A comment,',
    ' * of three lines.',
    ' */',
    'export class Pair {',
    '  /** A field. */',
    '  first: u64 = 0n;',
    '',
    '  // another comment',
    '  second: u64 = 0n; // behind code',
    '}',
  ];
  t.is(typescriptLines(source.join('\n')), 4);
});

test('lines of assembly are those that hold code', (t) => {
  const source = [
    '/* one',
    ' * two */',
    '#include "offsets.h"',
    'start:',
    '  nop # idle',
    '',
    '  # nothing',
    '  ret // back',
  ];
  t.is(assemblyLines(source.join('\n')), 4);
});
