import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { copyProject, make } from './scratch.ts';

const folder = copyProject();
test.after.always(() => rmSync(folder, { recursive: true }));

/** Everything that a build leaves for the machine, and the sources that it was made of. */
function fingerprints(root: string): ReadonlyMap<string, string> {
  const made = ['out/kernel', 'out/user', 'out/debug'].flatMap((part) =>
    readdirSync(join(root, part), { recursive: true, encoding: 'utf8' }).map((name) => join(part, name)),
  );
  const files = [...made, 'out/boot.cpio'].filter((name) => /\.(elf|cpio|c|h|js|txt)$|\/Image$/.test(name)).sort();
  return new Map(
    files.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(root, name)))
        .digest('hex'),
    ]),
  );
}

test.serial('two builds in two folders give the same bytes', async (t) => {
  t.timeout(400_000);
  const { code, output } = await make(folder, ['images']);
  if (code !== 0) t.log(output);
  t.is(code, 0);
  const here = fingerprints('.');
  t.true(here.has('out/kernel/harmony.elf') && here.has('out/kernel/Image') && here.has('out/boot.cpio'));
  t.deepEqual(fingerprints(folder), here);
});
