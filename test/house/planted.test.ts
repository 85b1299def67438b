import test from 'ava';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { applyChange, applyPlanted, parsePlanted } from '../../tools/planted/patch.ts';

const FOLDER = 'test/planted';
const PATCH = `Bug: something is wrong.
Caught by: kernel/some.test.ts
Test: it is right

In some.ts, right:
   one();
-  two();
+  2();
`;
const SOURCE = `function wrong() {
  one();
  two();
}

export function right() {
  zero();
  one();  two(
  );
}
`;
const [CHANGE] = parsePlanted('some', PATCH).changes;

test('a patch says what is wrong, which test finds it, and what changes where', (t) => {
  t.deepEqual(parsePlanted('some', PATCH), {
    bug: 'something is wrong.',
    file: 'kernel/some',
    test: 'it is right',
    changes: [{ file: 'some.ts', within: 'right', before: '  one();\n  two();', after: '  one();\n  2();' }],
  });
  const broken = (from: string, to: string) => () => parsePlanted('some', PATCH.replace(from, to));
  t.throws(broken('Test:', 'Tests:'), { message: /expected a line that begins/ });
  t.throws(broken('In some.ts, right:', '--- some.ts'), { message: /expected "In FILE, FUNCTION:"/ });
  t.throws(broken('-  two', '?  two'), { message: /begins with -, \+ or a space/ });
  t.throws(broken('2();', 'two();'), { message: /changes nothing/ });
});

test('a change is made in the one place of its function where it fits, white space aside', (t) => {
  if (CHANGE === undefined) throw new Error('the patch has no change');
  t.is(applyChange('some', SOURCE, CHANGE), SOURCE.replace('one();  two(\n  );', 'one();\n  2();'));
  t.throws(() => applyChange('some', SOURCE.replace('zero', 'one(); two'), CHANGE), {
    message: /fits 2 places of right/,
  });
  t.throws(() => applyChange('some', SOURCE.replace('one();  ', ''), CHANGE), { message: /fits 0 places of right/ });
  t.throws(() => applyChange('some', SOURCE.replace('right', 'left'), CHANGE), { message: /there is none/ });
});

const NAMES = readdirSync(FOLDER).filter((name) => name.endsWith('.patch'));

test('there are at least thirty planted bugs', (t) => {
  t.true(NAMES.length >= 30);
});

for (const name of NAMES) {
  test(`the planted bug ${name} still fits the kernel, and its test is there`, (t) => {
    const planted = parsePlanted(name, readFileSync(`${FOLDER}/${name}`, 'utf8'));
    t.true(existsSync(`test/${planted.file}.test.ts`), `there is no test/${planted.file}.test.ts`);
    t.notThrows(() => applyPlanted(name, planted, (file) => readFileSync(file, 'utf8')));
  });
}
