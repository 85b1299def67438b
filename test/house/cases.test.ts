/** The table of cases names tests that are there. */
import { readFileSync } from 'node:fs';
import test from 'ava';

const ROW = /^\| ([A-Z]\d+) +\|/;
const LINK = /\]\(\.\.\/(test\/[^)]+)\)/g;

const rows = readFileSync('docs/cases.md', 'utf8')
  .split('\n')
  .flatMap((line) => {
    const name = ROW.exec(line)?.[1];
    return name === undefined ? [] : [{ name, files: [...line.matchAll(LINK)].map(([, file = '']) => file) }];
  });

test('each case has a test, and each file that is named has a test or a report that begins with the case', (t) => {
  t.true(rows.length >= 49, `${rows.length} rows`);
  for (const { name, files } of rows) {
    t.true(files.length > 0, `${name} has no test`);
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      t.true(new RegExp(`['\`(, "]${name}[ :,]`).test(text), `${file} says nothing of ${name}`);
    }
  }
});
