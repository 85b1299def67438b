import test from 'ava';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { applyChange, parsePlanted } from '../../tools/planted/patch.ts';

const PATCH = `Bug: something is wrong.
Caught by: kernel/some.test.ts
Test: it is right

--- a/some.ts
+++ b/some.ts
@@ -1,3 +1,3 @@
 one
-two
+2
 three
`;
const [CHANGE] = parsePlanted('some.patch', PATCH).changes;

test('a patch says what is wrong, which test finds it, and what changes', (t) => {
  t.deepEqual(parsePlanted('some.patch', PATCH), {
    bug: 'something is wrong.',
    file: 'kernel/some',
    test: 'it is right',
    changes: [{ file: 'some.ts', before: 'one\ntwo\nthree', after: 'one\n2\nthree' }],
  });
  t.throws(() => parsePlanted('some.patch', PATCH.replace('Test:', 'Tests:')), {
    message: /expected a line that begins/,
  });
});

test('a change is made in the one place where it fits', (t) => {
  if (CHANGE === undefined) throw new Error('the patch has no change');
  t.is(applyChange('some', 'zero\none\ntwo\nthree\nfour\n', CHANGE), 'zero\none\n2\nthree\nfour\n');
  t.is(applyChange('some', 'one\ntwo\nthree\n', CHANGE), 'one\n2\nthree\n');
  t.throws(() => applyChange('some', 'one\nthree\n', CHANGE), { message: /fits 0 places/ });
  t.throws(() => applyChange('some', 'one\ntwo\nthree\none\ntwo\nthree\n', CHANGE), { message: /fits 2 places/ });
});

test('every planted bug fits the kernel as it is, and names a test that there is', (t) => {
  const names = readdirSync('test/planted').filter((name) => name.endsWith('.patch'));
  t.true(names.length >= 12);
  for (const name of names) {
    const planted = parsePlanted(name, readFileSync(`test/planted/${name}`, 'utf8'));
    t.true(existsSync(`test/${planted.file}.test.ts`), name);
    const texts = new Map<string, string>();
    for (const change of planted.changes) {
      const text = texts.get(change.file) ?? readFileSync(change.file, 'utf8');
      t.notThrows(() => texts.set(change.file, applyChange(name, text, change)));
    }
  }
});
