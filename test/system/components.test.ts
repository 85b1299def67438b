/** Components that print TAP: each is the first component of a boot archive of its own. */
import { readdirSync } from 'node:fs';
import test from 'ava';
import { expectSuccess, tapLines } from './boot.ts';

/** In seconds of real time: the longest takes 7 on a machine that does nothing else. */
const LIMIT = 90;

const components = readdirSync('test/system/components', { withFileTypes: true }).filter((entry) =>
  entry.isDirectory(),
);

for (const { name } of components) {
  for (const cpu of ['rv64', 'sifive-u54']) {
    test.serial(`${name} on -cpu ${cpu}`, async (t) => {
      const archive = `out/test/components/${name}.cpio`;
      const { output } = await expectSuccess(t, { cpu, archive, timeout: LIMIT });
      const results = tapLines(output).filter((line) => !line.startsWith('1..'));
      t.true(results.length > 0, 'the component reported nothing');
      t.is(tapLines(output).at(-1), `1..${results.length}`, 'the plan is what was reported');
      t.deepEqual(
        results.filter((line) => line.startsWith('not ok')),
        [],
      );
    });
  }
}
