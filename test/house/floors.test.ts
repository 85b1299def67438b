import test from 'ava';
import type { Configuration } from '../../compiler/front/configuration.ts';
import { checkFloors } from '../../tools/house/floors.ts';

const ORDER: Configuration = {
  floors: { compiler: ['compiler/ir', 'compiler/front', 'compiler/cli.ts'] },
  casts: null,
};

function texts(files: Readonly<Record<string, string>>): readonly string[] {
  return checkFloors(new Map(Object.entries(files)), ORDER).map(({ file, line, text }) => `${file}:${line}: ${text}`);
}

test('an import of the compiler may go down the pipeline, and to node', (t) => {
  const files = {
    'compiler/ir/ir.ts': "import { join } from 'node:path';\n",
    'compiler/front/project.ts': "import type { A } from '../ir/ir.ts';\n",
    'compiler/cli.ts': "import { readProject } from './front/project.ts';\n",
  };
  t.deepEqual(texts(files), []);
});

test('an import that goes up, a circle and a file on no floor are problems', (t) => {
  const files = {
    'compiler/ir/ir.ts': "\nimport { ts } from '../front/project.ts';\n",
    'compiler/front/project.ts': "import { b } from './b.ts';\n",
    'compiler/front/b.ts': "import { a } from './project.ts';\n",
    'compiler/back.ts': '',
  };
  const found = texts(files);
  t.is(found.length, 3, found.join('\n'));
  t.true(found[0]?.startsWith('compiler/back.ts:1: found it on no floor'), found[0]);
  t.true(found.some((line) => /^compiler\/ir\/ir\.ts:2: compiler\/ir\/ir\.ts may not import .* is above/.test(line)));
  t.true(found.some((line) => line.includes('import each other in a circle')));
});
