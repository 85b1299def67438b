/** Components that print TAP: each is the first component of a boot archive of its own. */
import { readdirSync } from 'node:fs';
import test from 'ava';
import { expectSuccess, tapLines } from './boot.ts';

/** In seconds of real time: the longest takes 7 on a machine that does nothing else. */
const LIMIT = 90;

/** The names of the folders in a folder, behind a prefix. */
function folders(path: string, prefix: string): readonly string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => prefix + entry.name);
}

for (const name of [...folders('test/system/components', ''), ...folders('test/system/components-c', 'c-')]) {
  for (const cpu of ['rv64', 'sifive-u54']) {
    test.serial(`${name} on -cpu ${cpu}`, async (t) => {
      const archive = `out/test/components/${name}.cpio`;
      const { output } = await expectSuccess(t, { cpu, archive, timeout: LIMIT });
      const results = tapLines(output).filter((line) => !line.startsWith('1..'));
      if (tapLines(output).at(-1) !== `1..${results.length}`) t.log(output);
      t.true(results.length > 0, 'the component reported nothing');
      t.is(tapLines(output).at(-1), `1..${results.length}`, 'the plan is what was reported');
      t.deepEqual(
        results.filter((line) => line.startsWith('not ok')),
        [],
      );
    });
  }
}
